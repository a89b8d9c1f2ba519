"""How long the trials are, and what they need of the machine."""

from __future__ import annotations

import os
import random
import shutil
import sys
from pathlib import Path

import pytest

# the trials' own modules, which are scripts too
sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def long() -> bool:
    """Whether every point is tried (`make trials`), or a sample of them."""
    return os.environ.get("TRIALS") == "long"


@pytest.fixture(scope="session")
def strace() -> str:
    found = shutil.which("strace")
    if found is None:
        message = "strace is missing: tests/trials/install.sh"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return found


@pytest.fixture
def chance() -> random.Random:
    """The same chance every time, unless a seed is given."""
    return random.Random(int(os.environ.get("SEED", "8")))


@pytest.fixture(params=["{}/tantivy.index", "whoosh:{}/whoosh.index"])
def location(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(request.param).format(tmp_path)
