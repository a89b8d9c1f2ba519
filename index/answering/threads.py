"""What is an article with its thread, whole or by parts?

A thread of fifty thousand comments is sixty megabytes of page: a long one goes by parts, each of
which reads what it shows and little more. A part begins at a passage; where it ends depends on how
long its passages are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from whoosh import query as nodes
from whoosh.query import NullQuery, Query

from index.answering import looking, snippet
from index.answering.once_more import whole
from index.engines import Look, PageRequest, Reader
from index.question.clauses import all_of, any_of
from index.question.synonyms import BUNDLED
from index.record import About, Record
from index.results import Passage, Snippet, Span

# What a part may weigh as a page, in bytes, and what a passage weighs beside its text.
_LONGEST = 240_000
_AROUND = 900
# Words marked are longer to write, and accents take two bytes.
_WRITTEN = 1.6
# Passages read at once, in the order of the page.
_WINDOW = 250
# Passages that answer shown first, of an article too long to be one part.
_BEST = 40


@dataclass(frozen=True, slots=True)
class Thread:
    """An article with its thread, or a part of it, in page order, a question's matches marked.

    Each passage has one snippet: its whole text. `occurrences` counts the marks. `start` is the
    position of the first passage shown, `previous` and `following` those where the neighbouring
    parts begin, None where there is none. `total` counts the passages of the article, `found`
    those that answer the question when the part is made of the best of them, else it is None.
    """

    about: About
    passages: tuple[Passage, ...]
    title_marks: tuple[Span, ...]
    occurrences: int
    start: int = 0
    previous: int | None = None
    following: int | None = None
    total: int = 0
    found: int | None = None

    @property
    def whole(self) -> bool:
        """Whether everything is shown."""
        return len(self.passages) == self.total


@whole
def thread(
    reader: Reader,
    article: str,
    asked: str = "",
    *,
    now: datetime,
    start: int | None = None,
    at: str | None = None,
    synonyms: Mapping[str, tuple[str, ...]] = BUNDLED,
) -> Thread | None:
    """An article as the index holds it, or None when it does not.

    A short one is whole. Of a long one, the part that begins at position `start`; else with the
    passage whose anchor is `at`; else, when a question is `asked`, the passages that answer it
    best; else its beginning.
    """
    inside = nodes.Term("article", article)
    total = reader.look(Look(totals=[inside])).totals[0]
    if not total:
        return None
    question = looking.understood(reader, asked, now=now, synonyms=synonyms)
    guessed = any(piece.instead for piece in question.pieces)
    # what was found by a word that nobody typed is marked too
    tree = (guessed and question.partial) or question.tree
    if start is None and at:
        start = _position(reader, article, at)
    part = _part(reader, inside, start or 0, total)
    if not part.records:
        # nothing stands so far down
        part = _part(reader, inside, 0, total)
    count = None
    if start is None and part.following is not None and tree != NullQuery:
        best = _answering(reader, all_of([tree, inside]))
        if best is not None:
            part, count = best
    return _shown(reader, part, tree, total, count)


@dataclass(frozen=True, slots=True)
class _Part:
    records: Sequence[Record]
    previous: int | None = None
    following: int | None = None


def _part(reader: Reader, inside: Query, start: int, total: int) -> _Part:
    before = reader.look(Look(totals=[_between(inside, None, start - 1)])).totals[0] if start else 0
    left = total - before
    records: list[Record] = []
    weight, read, low = 0.0, 0, start
    while read < left:
        for record in _window(reader, inside, low):
            read += 1
            weight += _weight(record)
            if weight > _LONGEST and records:
                return _Part(records, _previous(reader, inside, start, before), record.position)
            records.append(record)
        low += _WINDOW
    return _Part(records, _previous(reader, inside, start, before))


def _previous(reader: Reader, inside: Query, start: int, before: int) -> int | None:
    """Where the part before one begins that `before` passages precede."""
    read, weight, high, first = 0, 0.0, start, None
    while read < before:
        for record in reversed(_window(reader, inside, high - _WINDOW)):
            read += 1
            weight += _weight(record)
            if weight > _LONGEST and first is not None:
                return first
            first = record.position
        high -= _WINDOW
    return first


def _window(reader: Reader, inside: Query, low: int) -> list[Record]:
    tree = _between(inside, low, low + _WINDOW - 1)
    # two passages may have one position, in what a source wrote badly
    hits = reader.search(tree, 2 * _WINDOW).hits
    records = map(Record.load, reader.load([hit.ref for hit in hits]))
    return sorted(records, key=lambda record: (record.position, record.id))


def _between(inside: Query, low: int | None, high: int | None) -> Query:
    return nodes.And([inside, nodes.NumericRange("position", low, high)])


def _weight(record: Record) -> float:
    characters = len(record.text) + len(record.heading) + len(record.quoted)
    return _AROUND + _WRITTEN * characters


def _position(reader: Reader, article: str, anchor: str) -> int | None:
    tree = all_of([nodes.Term("article", article), nodes.Term("id", f"{article}#{anchor}")])
    hits = reader.search(tree, 1).hits
    return Record.load(reader.load([hits[0].ref])[0]).position if hits else None


def _answering(reader: Reader, tree: Query) -> tuple[_Part, int] | None:
    """The passages that answer best, in the order of the page, and how many answer."""
    page = reader.page(PageRequest(tree, size=_BEST, grouped=False, counted=False, parents=False))
    if not page.records:
        return None
    kept: list[Record] = []
    weight = 0.0
    for group in page.groups:
        record = Record.load(group.hits[0].stored)
        weight += _weight(record)
        if weight > _LONGEST and kept:
            break
        kept.append(record)
    return _Part(sorted(kept, key=lambda record: record.position), None, 0), page.records


def _shown(
    reader: Reader, part: _Part, tree: Query, total: int, count: int | None
) -> Thread | None:
    if not part.records:
        return None
    wanted = snippet.wanted(tree)
    parents = _parents(reader, part.records)
    passages = tuple(
        Passage(
            record,
            0.0,
            (Snippet(record.text, snippet.marks(record.text, wanted, "text")),),
            snippet.marks(record.heading, wanted, "heading"),
            parent=parents.get(record.parent or ""),
            quote_marks=tuple(
                snippet.marks(quote.text, wanted, "quoted") for quote in record.quotes
            ),
        )
        for record in part.records
    )
    about = part.records[0].about
    title_marks = snippet.marks(about.title, wanted, "title")
    marked = sum(
        len(passage.snippets[0].marks)
        + (len(passage.heading_marks) if passage.record.kind != "lead" else 0)
        + sum(map(len, passage.quote_marks))
        for passage in passages
    )
    return Thread(
        about,
        passages,
        title_marks,
        marked + len(title_marks),
        part.records[0].position,
        part.previous,
        part.following,
        total,
        count,
    )


def _parents(reader: Reader, records: Sequence[Record]) -> dict[str, Record]:
    """The comments that these answer, by id; those of other parts are asked for."""
    held = {record.id: record for record in records}
    others = {record.parent for record in records if record.parent} - held.keys()
    if others:
        tree = any_of([nodes.Term("id", parent) for parent in sorted(others)])
        hits = reader.search(tree, len(others)).hits
        for stored in reader.load([hit.ref for hit in hits]):
            record = Record.load(stored)
            held[record.id] = record
    return held
