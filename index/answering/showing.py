"""What is shown of the hits of a page?

Snippets are made for these hits, and for no other.
"""

from __future__ import annotations

from collections.abc import Iterator

from whoosh import query as nodes

from index.answering import snippet
from index.engines import Page
from index.record import Record
from index.results import Group, Passage


def groups(
    page: Page,
    tree: nodes.Query,
    partial: nodes.Query | None = None,
    *,
    marked: bool = True,
) -> Iterator[Group]:
    """The groups of a page, marked with what they hold of `tree`, or of the looser `partial`.

    Unless `marked`, nothing is cut nor marked: ranks alone, many times faster for a hundred long
    texts.
    """
    parents = {id: Record.load(stored) for id, stored in page.parents.items()}
    whole = snippet.wanted(tree) if marked else None
    part = whole if partial is None or not marked else snippet.wanted(partial)
    for group in page.groups:
        first = part if group.partial else whole
        records = [Record.load(hit.stored) for hit in group.hits]
        about = records[0].about
        yield Group(
            about=about,
            score=group.hits[0].score,
            passages_found=group.found,
            passages=tuple(
                _passage(
                    record,
                    hit.score,
                    part if hit.partial else whole,
                    parents.get(record.parent or ""),
                    hit.partial,
                )
                for hit, record in zip(group.hits, records, strict=True)
            ),
            title_marks=() if first is None else snippet.marks(about.title, first, "title"),
            standfirst_marks=()
            if first is None
            else snippet.marks(about.standfirst or "", first, "text"),
            partial=group.partial,
        )


def _passage(
    record: Record,
    score: float,
    shown: snippet.Wanted | None,
    parent: Record | None,
    partial: bool,
) -> Passage:
    if shown is None:
        return Passage(record, score, (), (), partial, parent)
    pieces = snippet.snippets(record.text, shown, "text")
    if record.quotes and not any(piece.marks for piece in pieces):
        quoted = snippet.snippets(record.quoted, shown, "quoted", 1)
        if any(piece.marks for piece in quoted):
            pieces = quoted
    heading_marks = snippet.marks(record.heading, shown, "heading")
    return Passage(record, score, pieces, heading_marks, partial, parent)
