"""What is shown of the hits of a page?

Records are loaded and snippets made for these hits, and for no other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from whoosh import query as nodes

from index.answering import snippet
from index.answering.ranking import Ranked
from index.engines import Groups, Reader
from index.question.clauses import any_of
from index.record import Record
from index.results import Group, Passage


def groups(
    reader: Reader,
    ranked: Sequence[Ranked],
    counted: Groups,
    tree: nodes.Query,
    partial: nodes.Query | None = None,
    *,
    marked: bool = True,
) -> Iterator[Group]:
    """The groups of a page, marked with what they hold of `tree`, or of the looser `partial`.

    `counted` says how many passages of each group hold everything. Unless `marked`, nothing is
    cut nor marked: ranks alone, many times faster for a hundred long texts.
    """
    records = iter(load(reader, [hit.ref for group in ranked for hit in group.hits]))
    loaded = [[next(records) for _ in group.hits] for group in ranked]
    parents = _parents(reader, [record for group in loaded for record in group])
    whole = snippet.wanted(tree) if marked else None
    part = whole if partial is None or not marked else snippet.wanted(partial)
    for group, found in zip(ranked, loaded, strict=True):
        first = part if all(group.partial) else whole
        about = found[0].about
        yield Group(
            about=about,
            score=group.hits[0].score,
            passages_found=(len(found) if all(group.partial) else counted.of(group.hits[0].group)),
            passages=tuple(
                _passage(
                    record,
                    hit.score,
                    part if loose else whole,
                    parents.get(record.parent or ""),
                    loose,
                )
                for hit, record, loose in zip(group.hits, found, group.partial, strict=True)
            ),
            title_marks=() if first is None else snippet.marks(about.title, first, "title"),
            standfirst_marks=()
            if first is None
            else snippet.marks(about.standfirst or "", first, "text"),
            partial=all(group.partial),
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


def load(reader: Reader, refs: Sequence[object]) -> list[Record]:
    """The records of some hits, in the same order."""
    return [Record.load(stored) for stored in reader.load(refs)]


def _parents(reader: Reader, records: Sequence[Record]) -> dict[str, Record]:
    """The comments that these answer, by id, where the index holds them."""
    ids = {record.parent for record in records if record.parent}
    if not ids:
        return {}
    found = reader.search(any_of([nodes.Term("id", one) for one in sorted(ids)]), len(ids))
    return {record.id: record for record in load(reader, [hit.ref for hit in found.hits])}
