"""What is an answer? Plain frozen data with offsets, never HTML.

The page's template marks and escapes it; the endpoint serialises the very same value.
Links are made by the doors (webui), which know their addresses; a `Results` holds none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Literal, NamedTuple

from index.record import About, Record

Span = tuple[int, int]
"""[start, end) in Unicode code points of the text beside it."""

Stopped = Literal["conditions", "partial", "facets", "counts", "suggestions"]
"""What would have taken too much work, and was left out: rows of words were only required
together, partial matches, facets, the counts of single pieces and of places, what else could be
asked."""


class Occurrence(NamedTuple):
    """Marks that stand together: one place where a question is met, [start, end) of a text.

    `whole`: it holds all that the question asks, and not some of its words.
    """

    start: int
    end: int
    whole: bool


class Notice(NamedTuple):
    """Something the reader should know about the question; `start` and `end` are offsets in it.

    `message` is French, `message_en` English; `code` is stable, for programs.
    """

    code: str
    start: int
    end: int
    message: str
    message_en: str


class Piece(NamedTuple):
    """One piece of the question as the engine understood it: a chip of the page.

    kind: word, exact, phrase, near, prefix, fuzzy, field, date, number, state, place, order,
    excluded, either, common (a word set aside). `without` is the question with this piece
    taken out. `passages` is how many passages hold it (None when it was not counted). `instead`:
    of a word that is nowhere, those looked for in its place, in partial matches only; `exactly` is
    the question that looks for the word alone.
    """

    kind: str
    text: str
    start: int
    end: int
    matches: tuple[str, ...] = ()
    without: str = ""
    passages: int | None = None
    instead: tuple[str, ...] = ()
    exactly: str = ""


class Snippet(NamedTuple):
    """A piece of a text, with what matched in it. Removing the marks gives back the source."""

    text: str
    marks: tuple[Span, ...] = ()
    starts_inside: bool = False
    ends_inside: bool = False
    occurrences: tuple[Occurrence, ...] = ()
    """The marks as they stand together: each is in one of these."""


class Passage(NamedTuple):
    """One hit. `heading_marks` are offsets in `record.heading`.

    `quote_marks`, those of uncut passages only, are offsets in each of `record.quotes`; the
    occurrences of the heading and quotes are those of an article's page only.
    """

    record: Record
    score: float
    snippets: tuple[Snippet, ...]
    heading_marks: tuple[Span, ...] = ()
    partial: bool = False
    parent: Record | None = None
    instead: tuple[str, ...] = ()
    """Words that it was found by and that nobody typed (see `Piece.instead`)."""
    quote_marks: tuple[tuple[Span, ...], ...] = ()
    heading_occurrences: tuple[Occurrence, ...] = ()
    quote_occurrences: tuple[tuple[Occurrence, ...], ...] = ()


class Group(NamedTuple):
    """An article and its best passages, best first; `passages_found` counts all of them."""

    about: About
    score: float
    passages_found: int
    passages: tuple[Passage, ...]
    title_marks: tuple[Span, ...] = ()
    standfirst_marks: tuple[Span, ...] = ()
    partial: bool = False


class Totals(NamedTuple):
    """Exact counts, or when `exact` is false at most so many; partial matches are apart."""

    articles: int = 0
    passages: int = 0
    sections: int = 0
    comments: int = 0
    partial: int = 0
    exact: bool = True


class Bucket(NamedTuple):
    """A facet's value, with the articles and passages that have it among the results."""

    value: str
    articles: int = 0
    passages: int = 0
    sections: int = 0
    comments: int = 0


class Suggestion(NamedTuple):
    """Another question that would find `passages` passages."""

    label: str
    question: str
    passages: int
    partial: int = 0
    """When none holds all of it: passages that hold a part."""
    everywhere: bool = False
    """Asked without the filters that stand beside the question."""


class IndexState(NamedTuple):
    generation: int = 0
    updated: str | None = None
    articles: int = 0
    sections: int = 0
    comments: int = 0


class Results(NamedTuple):
    """One page of answers to one question."""

    question: str
    understood: tuple[Piece, ...] = ()
    notices: tuple[Notice, ...] = ()
    totals: Totals = Totals()
    groups: Sequence[Group] = ()
    facets: Mapping[str, tuple[Bucket, ...]] = MappingProxyType({})
    did_you_mean: tuple[Suggestion, ...] = ()
    relax: tuple[Suggestion, ...] = ()
    page: int = 1
    size: int = 10
    has_next: bool = False
    listed: int = 0
    """Groups on all the pages together."""
    order: Literal["relevance", "newest", "oldest", "most_commented", "first_seen"] = "relevance"
    state: IndexState = IndexState()
    took_ms: float = 0.0
    everywhere: Totals | None = Totals()
    """Without the choice of a place, where that was asked; `articles` is not counted. None when
    counting it would have taken too much work."""
    stopped: tuple[Stopped, ...] = ()
    """What would have taken too much work."""
