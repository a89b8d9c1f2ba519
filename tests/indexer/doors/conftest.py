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
    made: list[Watching] = []

    def watch(*options: str, **more: Any) -> Watching:
        made.append(Watching(tmp_path, *options, **more))
        return made[-1]

    yield watch
    for one in made:
        one.process.kill()
        one.process.wait()
