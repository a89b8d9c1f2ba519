"""Every engine, and entries to put in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from whoosh import query

from index import engines
from index.engines import Engine, Entry, Order, Reader

LOCATIONS = [":memory:", "{}/tantivy.index", "whoosh::memory:", "whoosh:{}/whoosh.index"]


@pytest.fixture(params=LOCATIONS)
def location(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an index of each engine may be made."""
    return str(request.param).format(tmp_path)


@pytest.fixture(params=[one for one in LOCATIONS if ":memory:" not in one])
def directory(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A location that outlives its engine."""
    return str(request.param).format(tmp_path)


@pytest.fixture
def engine(location: str) -> Iterator[Engine]:
    """A new index in each place."""
    opened = engines.open(location, create=True)
    yield opened
    opened.close()


@pytest.fixture
def entry() -> Callable[..., Entry]:
    """An entry whose terms are the words given; `stem` has the words of every text field."""

    def make(
        id: str,
        text: str = "",
        *,
        article: str = "a",
        kind: str = "comment",
        stored: bytes | None = None,
        **others: str | int | list[str],
    ) -> Entry:
        texts = {name: value for name, value in others.items() if isinstance(value, str)}
        values = {name: value for name, value in others.items() if not isinstance(value, str)}
        terms = {"text": text, "stem": " ".join([text, *texts.values()]).strip(), **texts}
        return Entry(
            id,
            {name: value for name, value in terms.items() if value},
            {"id": [id], "article": [article], "kind": [kind], **values},
            id.encode() if stored is None else stored,
        )

    return make


@pytest.fixture
def found() -> Callable[..., list[str]]:
    """The ids that a tree finds, in order, for entries whose stored bytes are their ids."""

    def ids(
        reader: Reader, tree: query.Query, count: int = 1000, order: Order = "relevance"
    ) -> list[str]:
        hits = reader.search(tree, count, order).hits
        return [stored.decode() for stored in reader.load([hit.ref for hit in hits])]

    return ids
