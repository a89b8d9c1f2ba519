"""How is an index made anew from what it stores, while it serves?

Stored records are read again by the present French into a shadow beside the index, which
takes its place when it is whole. Nothing that was removed, and nobody who was forgotten, comes
along. Cut at any moment, the index is the old one or the new one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from whoosh.query import Term

from index.engines import Engine, IndexUnavailable, Reader, places
from index.engines.directory.index_directory import IndexDirectory
from index.record import About, Record
from index.writing import BATCH, Count, entries, erasing, forgotten

_AT_ONCE = 1000

Progress = Callable[[int], None] | None


@dataclass(frozen=True, slots=True)
class RewriteReport:
    """Records and bytes before and after, and the pieces removed on the way."""

    records_before: int
    records: int
    bytes_before: int
    bytes: int
    count: Count
    removed: tuple[Record, ...] = ()
    touched: tuple[str, ...] = ()
    """Articles from which something was taken out."""


def everything(reader: Reader) -> Iterator[Record]:
    """Every record of the index, in the order of indexing.

    Neighbours of one article share what they know of it, so that it is read once for them.
    """
    about: About | None = None
    for record in map(Record.load, reader.everything()):
        if record.about == about:
            yield replace(record, about=about)
        else:
            about = record.about
            yield record


def rewrite(
    engine: Engine,
    *,
    progress: Progress = None,
    check: Callable[[Reader], None] | None = None,
    sharing: bool = False,
) -> RewriteReport:
    """Make the index anew, without whom its tombstones name.

    `check` sees the new index before it takes the old one's place, and may raise. `sharing`: parts
    from which nothing was removed are taken as they are, where the place knows its parts. Raises
    IndexUnavailable: the old index is then as it was.
    """
    place = places.of(engine)
    bytes_before = place.bytes()
    with place.shadow() as fresh:
        reader = place.reader()
        records_before = reader.size()
        with place.faults():
            names = forgotten.of(place)
        remaining = reader
        if sharing and isinstance(place, IndexDirectory) and not _concerned(reader, names):
            remaining = place.unshared(fresh) or reader
        shared = records_before - remaining.size()
        making = fill(fresh, remaining, names, progress)
        records = shared + making.records
        fresh_reader = fresh.reader()
        if fresh_reader.size() != records:
            raise IndexUnavailable(
                f"L’index refait « {place.location} » n’a pas le bon compte ({fresh_reader.size()} "
                f"passages au lieu de {records}) : l’ancien reste en place."
            )
        if check is not None:
            check(fresh_reader)
    return RewriteReport(
        records_before,
        records,
        bytes_before,
        place.bytes(),
        making.count,
        tuple(making.removed),
        tuple(sorted(making.touched)),
    )


def fill(
    fresh: Engine, reader: Reader, names: forgotten.Forgotten, progress: Progress = None
) -> RewrittenRecords:
    """Write every record of a reader into an empty index, without whom `names` are of."""
    making = RewrittenRecords(reader, names)
    records = iter(making)
    with fresh.writer() as writer:
        while batch := list(islice(records, _AT_ONCE)):
            writer.add(entries(batch))
            if progress is not None:
                progress(len(batch))
            if making.records % BATCH < _AT_ONCE:
                writer.commit()
    return making


class RewrittenRecords:
    """The records of the new index, and those removed from it."""

    def __init__(self, reader: Reader, names: forgotten.Forgotten) -> None:
        self._reader = reader
        self._names = names
        self.records = 0
        self.count = Count()
        self.removed: list[Record] = []
        self.touched: set[str] = set()

    def __iter__(self) -> Iterator[Record]:
        for record in self._cleaned() if self._names else everything(self._reader):
            self.records += 1
            yield record

    def _cleaned(self) -> Iterator[Record]:
        concerned = _concerned(self._reader, self._names)
        for record in everything(self._reader):
            article = record.about.id
            if article not in concerned:
                yield record
            elif article not in self.touched:
                # cleaned whole, where its first record stood
                self.touched.add(article)
                yield from self._clean(article)

    def _clean(self, article: str) -> list[Record]:
        records = map(Record.load, self._reader.passages(article))
        ordered = sorted(records, key=lambda record: record.position)
        erased = erasing.erase(ordered, self._names)
        self.count += erased.count
        self.removed += erased.removed
        return erased.remaining


def _concerned(reader: Reader, names: forgotten.Forgotten) -> set[str]:
    """Return the ids of the articles in which somebody forgotten may still be."""
    if not names:
        return set()
    return {record.about.id for record in everything(reader) if erasing.concerns(record, names)}


def delete(engine: Engine, ids: list[str]) -> dict[str, int]:
    """Delete articles and comments by id; return how many records went for each (0: not found).

    Answers to a comment stay, as orphans. The article counts the comments that are left.
    """
    counts: dict[str, int] = {}
    with engine.writer() as writer:
        for record_id in ids:
            reader = engine.reader()
            records = list(map(Record.load, reader.passages(record_id)))
            if records:
                writer.remove(record.id for record in records)
                counts[record_id] = len(records)
            else:
                counts[record_id] = _without(reader, writer.remove, writer.add, record_id)
            # the next id may be of the same article
            writer.commit()
    return counts


def _without(
    reader: Reader, remove: Callable[..., None], add: Callable[..., None], comment: str
) -> int:
    hits = reader.search(Term("id", comment), 1).hits
    if not hits:
        return 0
    [removed] = map(Record.load, reader.load([hits[0].ref]))
    if removed.kind != "comment":
        return 0
    other_records = [
        replace(record, about=replace(record.about, comments=max(0, record.about.comments - 1)))
        for record in map(Record.load, reader.passages(removed.about.id))
        if record.id != comment
    ]
    remove([comment, *(other_record.id for other_record in other_records)])
    add(entries(sorted(other_records, key=lambda other_record: other_record.position)))
    return 1
