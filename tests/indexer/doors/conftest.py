"""Who watches a folder, in the tests of what commands do?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.indexer.doors.watched_folder import Watching


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Callable[..., Watching]]:
    """`glose watch` on a folder in another process, as often as it is called; ended after."""
    watchings: list[Watching] = []

    def watch(*options: str, **environment: Any) -> Watching:
        watchings.append(Watching(tmp_path, *options, **environment))
        return watchings[-1]

    yield watch
    for watching in watchings:
        watching.process.kill()
        watching.process.wait()
