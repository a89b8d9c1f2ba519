"""What may an engine be asked all at once, and what does it answer?

A question is two things to an engine, however far away it is: what its index says of some words
(`look`), asked as often as needed to understand the question, once or twice; then a page of
answers with all that is shown around them (`page`), asked once. Plain data both ways.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from whoosh.query import Query

from index.engines.words import Words
from index.results import Stopped

Order = Literal["relevance", "newest", "oldest", "most_commented", "first_seen"]
"""`first_seen`: what the index saw last comes first, for those who watch a question; of what it saw
at once, the newest."""


class Term(NamedTuple):
    """A term of a field, whose frequency is wanted."""

    field: str
    text: str


class Prefix(NamedTuple):
    """The terms of a field that begin so; the `limit` most frequent, None for all."""

    field: str
    text: str
    limit: int | None = None


class Near(NamedTuple):
    """The terms of a field that look like a word.

    Those at `faults` faults of it at most (a letter more, less, changed, or swapped with its
    neighbour, each letter in one fault: `rapidfuzz.distance.OSA`), 3 at most, that begin with
    one of `heads`; no head begins another.
    """

    field: str
    word: str
    faults: int
    heads: tuple[str, ...]


class Look(NamedTuple):
    """A request about the words of an index.

    totals: trees of which only the number of matching records is wanted. samples: trees, and
    of how many of their best records what was stored is wanted; latest: of their newest.
    trusting: words that are perhaps in no record any more are given as they were counted, and said
    in the answer's `unverified`. unverified: those of an earlier answer, to be looked for among the
    records; the answer's `lost` says which of them are in none.
    """

    terms: Sequence[Term] = ()
    prefixes: Sequence[Prefix] = ()
    near: Sequence[Near] = ()
    totals: Sequence[Query] = ()
    samples: Sequence[tuple[Query, int]] = ()
    estimate: Query | None = None
    latest: Sequence[tuple[Query, int]] = ()
    unverified: Sequence[Term] = ()
    trusting: bool = False


@dataclass(frozen=True, slots=True)
class LookAnswer:
    """The answer to each of them, in the order asked.

    A frequency is as `Reader.freq` gives it, the words of a prefix and those that look like a
    word are as `Reader.words` gives them.
    """

    terms: list[int] = field(default_factory=list)
    prefixes: list[Words] = field(default_factory=list)
    near: list[Words] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    samples: list[list[bytes]] = field(default_factory=list)
    estimate: int | None = None
    latest: list[list[bytes]] = field(default_factory=list)
    unverified: list[Term] = field(default_factory=list)
    lost: list[Term] = field(default_factory=list)


class Halfway(NamedTuple):
    """What is known of a page before its hits are loaded.

    records: how many match. totals, looked: as in `Page`.
    """

    records: int
    totals: Sequence[int | None]
    looked: LookAnswer


class Span(NamedTuple):
    """A piece of time, [start, end) in seconds since 1970."""

    start: int
    end: int


class Hit(NamedTuple):
    """`ref`, hashable, means something to the reader that gave it only.

    `group` is the article's number, of 62 bits.
    """

    ref: Any
    score: float
    group: int


class SearchResult(NamedTuple):
    """The best hits of a tree and the exact number of records that match it."""

    total: int
    hits: list[Hit]


class PageRequest(NamedTuple):
    """A page of answers, and all that is shown around them.

    tree: what a full match meets. looser: what partial matches meet, None when there are none.
    otherwise: the same, instead of `looser`, when nothing matches `tree`. mixed: partial matches
    may stand among full ones, where their score puts them. `index.engines.ranking` says which
    hits stand on a page, and has the functions that choose them.

    number: pages count from 1. size: groups on a page, or hits when not `grouped`. shown: hits
    of each group at most. counted: whether it is wanted how many records of each group match.
    parents: whether the comments that the hits answer are wanted.

    look: what is wanted of the index's words besides, on the same trip. later: makes, of what is
    known halfway, a second look, which goes with what loads the hits. estimate: about how many
    records match `tree`, when that is known, or as many as make no difference; what is asked at
    once may depend on it, the answer never does.

    facets: fields of `key` kind that make facets; each gives its `most` commonest values, but
    `month` all of them, and `state` those that a question can ask for. beside: of some of these
    fields, the tree that is counted instead of `tree`. named: of some, folded values that are given
    besides the commonest, where a record has them. spans: [start, end) in seconds, in order and
    apart; how many records lie in each is wanted. totals: other trees, of which the number of
    matching records is wanted.
    """

    tree: Query
    order: Order = "relevance"
    number: int = 1
    size: int = 10
    grouped: bool = True
    shown: int = 3
    counted: bool = True
    parents: bool = True
    looser: Query | None = None
    otherwise: Query | None = None
    mixed: bool = False
    facets: Sequence[str] = ()
    most: int = 12
    beside: Mapping[str, Query] = MappingProxyType({})
    named: Mapping[str, Sequence[str]] = MappingProxyType({})
    spans: Sequence[Span] = ()
    totals: Sequence[Query] = ()
    look: Look = Look()
    later: Callable[[Halfway], Look] | None = None
    estimate: int | None = None


class PageHit(NamedTuple):
    """One hit of a page: what was stored with it, whether it is a partial match."""

    stored: bytes
    score: float
    partial: bool = False


class PageGroup(NamedTuple):
    """One group of a page, its best hits first; `matches` counts the full ones it has.

    It counts them also when the page is of single hits, unless that is not wanted: then it is 1.
    Of a group of partial matches only, it counts the hits given.
    """

    hits: list[PageHit]
    matches: int

    @property
    def partial(self) -> bool:
        """Whether all of its hits are partial matches."""
        return all(hit.partial for hit in self.hits)


class FacetValue(NamedTuple):
    """One value of a facet: as most write it, over how many groups and records it is spread.

    Values that differ by case and accents only are one. Of a month, `groups` is 0 and
    `comments` says how many of its records are comments.
    """

    value: str
    groups: int
    records: int
    comments: int = 0


class SpanCount(NamedTuple):
    """How many records lie in a span, from start to end, and how many of them are comments."""

    records: int = 0
    comments: int = 0


class ListRequest(NamedTuple):
    """A part of the list of a facet's values, the commonest first.

    containing: folded text that the folded values hold. start: values passed over. named: folded
    values that are wanted besides, where a record has them.
    """

    tree: Query
    field: str
    containing: str = ""
    start: int = 0
    size: int = 100
    named: Sequence[str] = ()


class ListAnswer(NamedTuple):
    """The answer to a `ListRequest`; `total` is how many values the whole list has.

    exact: false when an engine had to leave out the least frequent of very many values.
    """

    values: Sequence[FacetValue] = ()
    named: Sequence[FacetValue] = ()
    total: int = 0
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Page:
    """The answer to a `PageRequest`.

    count: groups that have a full match, exactly. kinds: full matches of each kind. matches:
    the full ones and the partial ones. listed: groups on all pages together. parents: by record id,
    what was stored with the comments that the hits answer, where the index holds them. facets:
    field → its values, the commonest first; months in order of time. spans: what lies in each.
    looked, looked_later: answers to `look` and to what `later` made. stopped: what would have taken
    too much work (see `work`); `totals` has None for what was not counted.
    """

    count: int
    kinds: Mapping[str, int]
    groups: list[PageGroup]
    matches: int
    listed: int
    has_next: bool
    parents: Mapping[str, bytes] = field(default_factory=dict)
    facets: Mapping[str, Sequence[FacetValue]] = field(default_factory=dict)
    spans: Sequence[SpanCount] = ()
    totals: Sequence[int | None] = ()
    looked: LookAnswer = field(default_factory=LookAnswer)
    looked_later: LookAnswer = field(default_factory=LookAnswer)
    stopped: Sequence[Stopped] = ()

    @property
    def records(self) -> int:
        """How many full matches there are."""
        return sum(self.kinds.values())
