"""What is shown of the hits of a page?

Snippets are made for these hits, and for no other; where that is asked, once they are looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any

from whoosh import query as nodes

from index.answering import matching, snippet
from index.engines import Page
from index.record import Record, recent_record
from index.results import Group, Passage, Snippet


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
    full_matcher = matching.matcher(tree) if marked else None
    partial_matcher = full_matcher if partial is None or not marked else matching.matcher(partial)
    for group in page.groups:
        first = None if uncut else partial_matcher if group.partial else full_matcher
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
                    partial_matcher if hit.partial else full_matcher,
                    parents.get(record.parent or ""),
                    hit.partial,
                    uncut,
                )
                for hit, record in zip(group.hits, records, strict=True)
            ),
            title_marks=() if first is None else matching.marks(about.title, first, "title"),
            standfirst_marks=()
            if first is None
            else matching.marks(about.standfirst or "", first, "text"),
            partial=group.partial,
        )


def _passage(
    record: Record,
    score: float,
    matcher: matching.Matcher | None,
    parent: Record | None,
    partial: bool,
    uncut: bool,
) -> Passage:
    if matcher is None:
        return Passage(record, score, (), (), partial, parent)
    if uncut:
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
    pieces = snippet.snippets(record.text, matcher, "text")
    if record.quotes and not any(piece.marks for piece in pieces):
        quoted = snippet.snippets(record.quoted, matcher, "quoted", 1)
        if any(piece.marks for piece in quoted):
            pieces = quoted
    heading_marks = matching.marks(record.heading, matcher, "heading")
    return Passage(record, score, pieces, heading_marks, partial, parent)
