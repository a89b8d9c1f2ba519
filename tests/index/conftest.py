"""Two small articles, in an index of each engine of this process."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import engines
from index.engines import Engine
from index.writing.writing import write
from tests.index.small_articles import article


@pytest.fixture(params=["{}/tantivy.index", "whoosh:{}/whoosh.index"])
def location(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(request.param).format(tmp_path)


@pytest.fixture
def engine(location: str) -> Engine:
    opened_engine = engines.open(location, create=True)
    write(
        opened_engine, [article("a", "un requin", "deux requins"), article("b", "trois")], seen=10
    )
    return opened_engine
