"""Every engine, and entries to put in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from whoosh import query

from index import engines
from index.engines import Engine, Entry, Order, Reader
from tests.opensearch_node import forget

IN_MEMORY = [":memory:", "whoosh::memory:"]
KEPT = ["{}/tantivy.index", "whoosh:{}/whoosh.index"]
# of one shard and of three: counts and orders add up, or not, where there are several
CLUSTER = ["opensearch, 1 shard", "opensearch, 3 shards"]


@pytest.fixture(params=[*IN_MEMORY, *KEPT, *CLUSTER])
def location(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where an index of each engine may be made."""
    yield from _place(request, tmp_path)


@pytest.fixture(params=[*KEPT, *CLUSTER])
def directory(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A location that outlives its engine."""
    yield from _place(request, tmp_path)


@pytest.fixture(scope="module", params=[*IN_MEMORY, CLUSTER[-1]])
def shared_location(request: pytest.FixtureRequest) -> Iterator[str]:
    """The same, in memory or on a cluster of several shards, for all the tests of a file."""
    yield from _place(request)


@pytest.fixture(scope="module", params=[*IN_MEMORY, *KEPT, *CLUSTER])
def common_location(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Where an index of each engine may be made, for all the tests of a file: they only read it."""
    yield from _place(request, tmp_path_factory.mktemp("common"))


def _place(request: pytest.FixtureRequest, path: Path = Path()) -> Iterator[str]:
    if request.param not in CLUSTER:
        yield str(request.param).format(path)
        return
    node = request.getfixturevalue("node")
    location = node.fresh(shards=request.param.split()[1])
    yield location
    forget(location)


@pytest.fixture
def engine(location: str) -> Iterator[Engine]:
    """A new index in each place."""
    opened_engine = engines.open(location, create=True)
    yield opened_engine
    opened_engine.close()


@pytest.fixture(params=[*IN_MEMORY, *KEPT])
def local(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A new index of an engine that is in this process, which counts one thing at a time."""
    opened_engine = engines.open(str(request.param).format(tmp_path), create=True)
    yield opened_engine
    opened_engine.close()


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
        **fields: str | int | list[str],
    ) -> Entry:
        texts = {name: value for name, value in fields.items() if isinstance(value, str)}
        values = {name: value for name, value in fields.items() if not isinstance(value, str)}
        terms = {"text": text, "stem": " ".join([text, *texts.values()]).strip(), **texts}
        return Entry(
            id,
            {name: value for name, value in terms.items() if value},
            {"id": [id], "article": [article], "kind": [kind], **values},
            id.encode() if stored is None else stored,
        )

    return make


@pytest.fixture
def find_ids() -> Callable[..., list[str]]:
    """The ids that a tree finds, in order, for entries whose stored bytes are their ids."""

    def ids(
        reader: Reader, tree: query.Query, count: int = 1000, order: Order = "relevance"
    ) -> list[str]:
        hits = reader.search(tree, count, order).hits
        return [stored.decode() for stored in reader.load([hit.ref for hit in hits])]

    return ids
