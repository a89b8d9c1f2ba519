"""What must an engine do, and which one holds the index at a location?

An engine keeps terms and answers trees; it never sees a reader's text. It is one file, or
a few, the only place that imports its library, and gives two things: a `Reader` (one frozen state
of the index, safe to share between threads) and a `Writer` (one at a time).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Protocol, Self

from whoosh.query import Query

from index.engines import faults
from index.engines.faults import IndexMissing, IndexUnavailable
from index.engines.requests import (
    FacetValue,
    Halfway,
    Hit,
    ListAnswer,
    ListRequest,
    Look,
    LookAnswer,
    Near,
    Order,
    Page,
    PageGroup,
    PageRequest,
    Prefix,
    SearchResult,
    Span,
    SpanCount,
    Term,
)
from index.engines.words import Words

__all__ = [
    "DistantReader",
    "Engine",
    "Entry",
    "FacetValue",
    "Halfway",
    "Hit",
    "IndexMissing",
    "IndexUnavailable",
    "ListAnswer",
    "ListRequest",
    "Look",
    "LookAnswer",
    "Near",
    "Order",
    "Page",
    "PageGroup",
    "PageRequest",
    "Prefix",
    "Reader",
    "SearchResult",
    "Shared",
    "Span",
    "SpanCount",
    "Term",
    "Words",
    "Writer",
    "in_memory",
    "open",
    "place",
]


@dataclass(frozen=True, slots=True, eq=False)
class Shared:
    """The terms and values that several records share: title, addresses, authors of their article.

    terms: field → terms joined by one space, for `text` and `bag` fields.
    values: field → whole values for `key` fields, an integer for `number` fields.
    """

    terms: Mapping[str, str]
    values: Mapping[str, Sequence[str] | int]


class Entry(NamedTuple):
    """One record as an engine receives it: what is its own, and what it shares with others.

    `terms` and `values` are as those of `Shared`: a field has the terms of both, a value is in
    one or the other. stored: given back as it is.
    """

    id: str
    terms: Mapping[str, str]
    values: Mapping[str, Sequence[str] | int]
    stored: bytes
    shared: Shared = Shared({}, {})


class Reader(Protocol):
    """One state of the index. Every method answers from the same commit, or raises.

    A question is asked by `look` and `page`: one trip each, however far the engine is. The rest
    is for indexing, exports and upkeep, and for an engine that is in the process.
    """

    @property
    def generation(self) -> int:
        """Grows with every commit."""

    @property
    def updated(self) -> float | None:
        """The time of the commit, in seconds since 1970; None for an index in memory."""

    @property
    def files(self) -> str:
        """Name of what holds it: another one once the index was rewritten whole."""

    distant: bool
    """Whether each call is a trip, so that `freq` and `words` are not asked word by word."""

    def look(self, lookups: Look) -> LookAnswer:
        """Frequencies, words and totals, all at once."""

    def page(self, request: PageRequest) -> Page:
        """A page of answers with all that is shown around them, all at once."""

    def values(self, request: ListRequest) -> ListAnswer:
        """A part of the list of a facet's values; two trips, however many there are."""

    def search(self, tree: Query, count: int, order: Order = "relevance") -> SearchResult:
        """The `count` best records, ties in the order of indexing. count ≥ 0."""

    def engine_query(self, tree: Query) -> str:
        """Return the query of the engine's library for a tree, in its own words: for people to
        read.
        """

    def load(self, refs: Sequence[Any]) -> list[bytes]:
        """Return the stored bytes of these hits, in their order."""

    def everything(self) -> Iterator[bytes]:
        """Yield the stored bytes of every record, in the order of indexing, some at a time."""

    def passages(self, article: str) -> list[bytes]:
        """Return the stored bytes of every record of an article, in no promised order."""

    def freq(self, field: str, term: str) -> int:
        """How many records hold a term, deleted ones perhaps still counted; 0 when none is left."""

    def words(self, field: str, prefix: str, limit: int | None = None) -> Words:
        """The terms that begin so, with how many records hold them, most frequent first.

        Counted as `freq` does; terms that only deleted records held are not among them.
        """

    def near(self, field: str, word: str, faults: int, heads: Sequence[str]) -> Words:
        """The terms that look like a word (see `Near`), as `words` gives them."""

    def slips(self, field: str, word: str) -> Words:
        """The terms at one slip of a word (see `likeness.slips`), as `words` gives them."""

    def size(self) -> int:
        """Records held, empty comments included."""

    def kinds(self) -> Mapping[str, int]:
        """Records of each kind; worked out once."""


class DistantReader(Reader, Protocol):
    """A reader each call of which is a trip."""

    def remembered(self, lookups: Look) -> Mapping[Term | Prefix | Near, Any]:
        """What the process knows of the words that a look wants, by what is wanted; no trip."""


class Writer(Protocol):
    """Leaving the block commits; leaving it by an exception gives everything up since `commit`."""

    def add(self, entries: Iterable[Entry]) -> None: ...

    def remove(self, ids: Iterable[str]) -> None:
        """Take records away by id, those added since the last commit included."""

    def commit(self) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


class Engine(Protocol):
    location: str

    def reader(self) -> Reader: ...

    def writer(self) -> Writer: ...

    def close(self) -> None: ...


def open(location: str, *, create: bool = False, former: bool = False) -> Engine:
    """The engine for a location.

    `opensearch://host:9200/name` is an index on a cluster (see `opensearch.address`);
    `path/to/dir` is tantivy, `whoosh:path/to/dir` Whoosh, `:memory:` tantivy in memory
    (and `whoosh::memory:` Whoosh in memory). With `create`, a missing or empty directory
    becomes an index. With `former`, an index made with an older French or other columns can
    be read, so that it can be rebuilt. Raises IndexUnavailable: nothing there, not an index,
    other version, damaged.

    >>> open(":memory:").reader().size()
    0
    """
    if _on_cluster(location):
        return _cluster(location, create=create, former=former)
    name, path = place(location)
    # each engine's library is imported when it is asked for, and only then
    if path is not None:
        from index.engines.directory import index_directory

        if create:
            index_directory.make(name, path, location)
        return index_directory.IndexDirectory(name, path, location, former=former)
    if name == "whoosh":
        from index.engines import whoosh

        return whoosh.open(None)
    from index.engines import tantivy

    return tantivy.open(None)


def _cluster(location: str, *, create: bool, former: bool) -> Engine:
    try:
        from index.engines import opensearch
    except ModuleNotFoundError as error:
        if error.name != "opensearchpy":
            raise
        raise IndexUnavailable(
            f"« {location} » : il manque de quoi parler à un cluster. Installez-le : "
            "pip install 'glose[opensearch]'"
        ) from error
    return opensearch.open(location, create=create, former=former)


def _on_cluster(location: str) -> bool:
    return location.startswith(("opensearch://", "opensearch+https://"))


def in_memory(location: str) -> bool:
    """Return whether an index ends with the process that opens it.

    >>> in_memory("whoosh::memory:"), in_memory("glose.index"), in_memory("opensearch://a/b")
    (True, False, False)
    """
    name, path = place(location)
    return path is None and name != "opensearch"


def place(location: str) -> tuple[str, Path | None]:
    """The engine that a location names, and its directory; None in memory and on a cluster.

    >>> place("whoosh::memory:")
    ('whoosh', None)
    """
    if _on_cluster(location):
        return "opensearch", None
    name, path_text = "tantivy", location
    if location.startswith("whoosh:"):
        name, path_text = location.split(":", 1)
    elif "://" in location or location.startswith(("opensearch:", "opensearch+https:")):
        raise IndexUnavailable(
            f"« {faults.shown(location)} » : Glose ne sait pas ouvrir un index à cette adresse. "
            "Donnez un dossier, whoosh:DOSSIER, opensearch://HÔTE/NOM ou :memory:"
        )
    return name, None if path_text == ":memory:" else Path(path_text)
