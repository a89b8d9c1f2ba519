"""What is shown of the hits of a page?

Snippets are made for these hits, and for no other; where that is asked, once they are looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from hashlib import blake2b
from typing import Any

from whoosh import query as nodes

from index.answering import matching, snippet
from index.engines import Page
from index.engines.memo import Memo
from index.record import Record, recent_record
from index.results import Group, Passage, Snippet, Span

# What was shown lately of some twenty pages: pieces of texts, and marks of titles and headings, ten
# megabytes of a worker. Beyond so many characters, none is remembered.
_pieces = Memo[tuple[Snippet, ...]](500)
_marks = Memo[tuple[Span, ...]](1_000)
_LONGEST = 10_000


class LazyGroups(Sequence[Group]):
    """Groups that are made when they are first looked at.

    >>> groups = LazyGroups(lambda: print("made") or ())
    >>> list(groups), len(groups)
    made
    ([], 0)
    """

    def __init__(self, make: Callable[[], Sequence[Group]]) -> None:
        self._make = make

    @cached_property
    def _groups_made(self) -> Sequence[Group]:
        return self._make()

    def __getitem__(self, place: Any) -> Any:
        return self._groups_made[place]

    def __len__(self) -> int:
        return len(self._groups_made)


def groups(
    page: Page,
    tree: nodes.Query,
    partial: nodes.Query | None = None,
    *,
    marked: bool = True,
    uncut: bool = False,
) -> Iterator[Group]:
    """The groups of a page, marked with what they hold of `tree`, or of the looser `partial`.

    Unless `marked`, nothing is cut nor marked: ranks alone, many times faster for a hundred long
    texts. `uncut`: the only snippet of a passage is its whole text, and nothing of its article's
    own is marked.
    """
    parents = {id: recent_record(stored) for id, stored in page.parents.items()}
    full_marker = _Marker(tree) if marked else None
    partial_marker = full_marker if partial is None or not marked else _Marker(partial)
    for group in page.groups:
        marker = None if uncut else partial_marker if group.partial else full_marker
        records = [recent_record(hit.stored) for hit in group.hits]
        about = records[0].about
        yield Group(
            about=about,
            score=group.hits[0].score,
            passages_found=group.matches,
            passages=tuple(
                _passage(
                    record,
                    hit.score,
                    partial_marker if hit.partial else full_marker,
                    parents.get(record.parent or ""),
                    hit.partial,
                    uncut,
                )
                for hit, record in zip(group.hits, records, strict=True)
            ),
            title_marks=() if marker is None else marker.marks(about.title, "title"),
            standfirst_marks=() if marker is None else marker.marks(about.standfirst or "", "text"),
            partial=group.partial,
        )


class _Marker:
    """Cuts and marks texts for a tree, each once: pages show them again, for the same question.

    A facet that narrows it, another order and JSON beside the page do so too. What is shown of a
    text depends on the tree alone: what is remembered stays right when the index changes.
    """

    def __init__(self, tree: nodes.Query) -> None:
        self._tree = tree
        # a prefix has thousands of terms: their digest, so that a memory of trees stays small
        representation = repr(tree).encode("utf-8", "surrogatepass")
        self._key = blake2b(representation, digest_size=16).digest()

    @cached_property
    def matcher(self) -> matching.Matcher:
        return matching.matcher(self._tree)

    def pieces(self, text: str, field: str, limit: int = 3) -> tuple[Snippet, ...]:
        """As `snippet.snippets`."""
        if len(text) > _LONGEST:
            return snippet.snippets(text, self.matcher, field, limit)
        return _pieces.get(
            (self._key, field, limit, text),
            lambda: snippet.snippets(text, self.matcher, field, limit),
        )

    def marks(self, text: str, field: str) -> tuple[Span, ...]:
        """As `matching.marks`."""
        if not text or len(text) > _LONGEST:
            return matching.marks(text, self.matcher, field)
        return _marks.get(
            (self._key, field, text), lambda: matching.marks(text, self.matcher, field)
        )


def _passage(
    record: Record,
    score: float,
    marker: _Marker | None,
    parent: Record | None,
    partial: bool,
    uncut: bool,
) -> Passage:
    if marker is None:
        return Passage(record, score, (), (), partial, parent)
    if uncut:
        # an export shows each text once
        matcher = marker.matcher
        return Passage(
            record,
            score,
            (Snippet(record.text, matching.marks(record.text, matcher, "text")),),
            matching.marks(record.heading, matcher, "heading"),
            partial,
            parent,
            quote_marks=tuple(
                matching.marks(quote.text, matcher, "quoted") for quote in record.quotes
            ),
        )
    pieces = marker.pieces(record.text, "text")
    if record.quotes and not any(piece.marks for piece in pieces):
        quoted = marker.pieces(record.quoted, "quoted", 1)
        if any(piece.marks for piece in quoted):
            pieces = quoted
    heading_marks = marker.marks(record.heading, "heading")
    return Passage(record, score, pieces, heading_marks, partial, parent)
