"""How do records enter the index?

Each text is read once, and the engine receives its terms. Only what changed is written:
an article read again writes the passages that are new or different, and takes away those
that it no longer has. How an article is merged with the stored one of the same page is decided by
the caller that reads the sources (`Merger`).
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Protocol

from whoosh.query import Every, Term

from index.engines import Engine, Entry, Look, Reader, Writer
from index.engines.places import Place
from index.record import Record
from index.writing import erasing, forgotten
from index.writing.engine_entries import entries_of
from index.writing.forgotten import Forgotten
from index.writing.reading import DatedRecord, Readers, Readings

# A commit costs some fsyncs; an interrupted run loses at most what follows the last one.
BATCH = 250_000
_BATCH_BYTES = 256_000_000
_ALLOCATIONS = 500_000
# Of what was just written, this many passages are kept at hand: the pages of one article, or
# the sources that give it, often follow one another, and need no commit to be seen.
_RECENT = 5_000
_RECENT_CHARACTERS = 20_000_000
# Where each look is a trip, the articles that have so many records together are looked for at
# once; of one that has no more than so many in the index, these come with the answer.
_AHEAD = 500
_AHEAD_HELD = 50


class State(Protocol):
    """The index as a run sees it, what it has just written included."""

    @property
    def reader(self) -> Reader:
        """The last commit."""

    def stored(self, article: str) -> Sequence[Record]:
        """Return all the records of an article; none when the index does not have it."""


class Merger(Protocol):
    """Which article of the index an incoming one is, and how both are merged."""

    def stored_id(self, incoming: Sequence[Record], state: State) -> str:
        """Return the id of an article in the index, or its own when it is new."""

    def merge(self, stored: Sequence[Record], incoming: Sequence[Record]) -> Sequence[Record]:
        """Return an article merged with the stored one, under the id it has in the index."""


@dataclass(frozen=True, slots=True)
class WriteReport:
    """How many of the `records` given to a run it added, updated, left unchanged or removed."""

    records: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0


def write(
    engine: Engine,
    articles: Iterable[Sequence[Record]],
    *,
    seen: int,
    merger: Merger | None = None,
    progress: Callable[[int], None] | None = None,
    processes: int = 0,
) -> WriteReport:
    """Write articles, each given whole as all its records; commits at the end and now and then.

    `seen` is the run's time in seconds since 1970: the date at which new passages were first
    seen, unless the index holds later ones (a clock that went back must not make what is new
    older than what was told). `merger` is asked about each article that differs from the stored
    one; without it, an article replaces the stored one of the same id. `progress` receives how many
    records were just handled. `processes` others read, in a long run (whoever asks for them is a
    command that can be started again: they import it). Comments of somebody the index has forgotten
    do not come back, and are counted nowhere. Raises IndexUnavailable; what was committed before
    it stays.
    """
    counts = WriteReport()
    names = _forgotten(engine)
    with _rare_collections(), engine.writer() as writer, Readers(processes) as readers:
        batch = _Batch(engine, writer, readers)
        seen = max(seen, _latest(batch.reader))
        for incoming in batch.foreseen(articles):
            batch.make_room()
            incoming_id = incoming[0].about.id
            article = incoming_id if merger is None else merger.stored_id(incoming, batch)
            stored = batch.stored_by_id(article)
            records = _cleaned(incoming, stored, names)
            change = _change(stored, records)
            if merger is not None and stored and (change or article != incoming_id):
                merged_records = merger.merge([record for record, _ in stored.values()], incoming)
                records = _cleaned(merged_records, stored, names)
                change = _change(stored, records)
            if not records:
                continue
            batch.write(article, change, records, seen)
            counts = WriteReport(
                counts.records + len(incoming),
                counts.added + change.added,
                counts.updated + len(change.fresh) - change.added,
                counts.unchanged + len(records) - len(change.fresh),
                counts.removed + len(change.removed),
            )
            if progress is not None:
                progress(len(incoming))
        batch.finish()
    return counts


@contextmanager
def _rare_collections() -> Iterator[None]:
    """Cycles are looked for less often: records are many, and make none."""
    before = gc.get_threshold()
    gc.set_threshold(_ALLOCATIONS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _latest(reader: Reader) -> int:
    """When the newest passage of an index was first seen; 0 when it is empty."""
    newest = reader.search(Every(), 1, "first_seen").hits
    stored = reader.load([hit.ref for hit in newest])
    return max((Record.load(data).seen for data in stored), default=0)


def remove(engine: Engine, articles: Iterable[str]) -> int:
    """Take whole articles away, in one commit: how many records went. Raises IndexUnavailable."""
    reader = engine.reader()
    count = 0
    with engine.writer() as writer:
        for article in articles:
            ids = [Record.load(stored).id for stored in reader.passages(article)]
            writer.remove(ids)
            count += len(ids)
    return count


def _cleaned(
    records: Sequence[Record], stored: Mapping[str, Stored], names: Forgotten
) -> Sequence[Record]:
    """Return the records without forgotten people; what was erased from a text stays erased."""
    if not names:
        return records
    remaining = erasing.erase(records, names).remaining
    return [
        erasing.erased_again(record, stored[record.id][0]) if record.id in stored else record
        for record in remaining
    ]


def _forgotten(engine: Engine) -> Forgotten:
    if not isinstance(engine, Place):
        return Forgotten()
    with engine.faults():
        return forgotten.of(engine)


Stored = tuple[Record, bytes]
"""A record that the index holds, and its bytes there."""


class _Batch:
    """What was written since the last commit, and the state of the index at that commit."""

    def __init__(self, engine: Engine, writer: Writer, readers: Readers) -> None:
        self._engine = engine
        self._writer = writer
        self._readers = readers
        self._written: set[str] = set()
        self._recent: dict[str, Sequence[DatedRecord]] = {}
        self._at_hand = self._characters_at_hand = 0
        self._last: tuple[str, dict[str, Stored]] = "", {}
        self._ahead: dict[str, list[bytes]] = {}
        self._records = 0
        self._bytes = 0
        self._see()

    def _see(self) -> None:
        self.reader = self._engine.reader()
        self._empty = not self.reader.size()
        self._ahead.clear()

    def foreseen(self, articles: Iterable[Sequence[Record]]) -> Iterator[Sequence[Record]]:
        """The articles that have records, some of them read ahead where that spares trips."""
        batch: list[Sequence[Record]] = []
        for records in filter(None, articles):
            batch.append(records)
            if not self.reader.distant or sum(map(len, batch)) >= _AHEAD:
                yield from self._looked_for(batch)
                batch = []
        yield from self._looked_for(batch)

    def _looked_for(self, articles: Sequence[Sequence[Record]]) -> Sequence[Sequence[Record]]:
        """Return the same articles, once their stored passages are at hand."""
        if len(articles) > 1 and not self._empty:
            ids = [*{records[0].about.id for records in articles}]
            queries = [(Term("article", id), _AHEAD_HELD + 1) for id in ids]
            samples = self.reader.look(Look(samples=queries)).samples
            by_id = zip(ids, samples, strict=True)
            self._ahead = {id: passages for id, passages in by_id if len(passages) <= _AHEAD_HELD}
        return articles

    def make_room(self) -> None:
        """Commit when the batch is full."""
        if self._records >= BATCH or self._bytes >= _BATCH_BYTES:
            self._commit()

    def _commit(self) -> None:
        self.finish()
        self._writer.commit()
        self._written.clear()
        self._recent.clear()
        self._at_hand = self._characters_at_hand = self._records = self._bytes = 0
        self._see()

    def stored(self, article: str) -> Sequence[Record]:
        return [record for record, _ in self.stored_by_id(article).values()]

    def stored_by_id(self, article: str) -> dict[str, Stored]:
        """Return the stored records of an article by id; commits when it must, to see them."""
        if self._last[0] == article:
            return self._last[1]
        recent = self._recent.get(article)
        if recent is None and article in self._written:
            self._commit()
        dumped: Sequence[bytes] = ()
        if recent is not None:
            dumped = [record.dump(seen) for record, seen in recent]
        elif article in self._ahead:
            dumped = self._ahead[article]
        elif not self._empty:
            dumped = self.reader.passages(article)
        loaded = [(Record.load(data), data) for data in dumped]
        self._last = article, {record.id: (record, data) for record, data in loaded}
        return self._last[1]

    def write(self, article: str, change: _Change, records: Sequence[Record], seen: int) -> None:
        """Write what changed of an article, which is now these records."""
        if not change:
            return
        if change.replaced or change.removed:
            if article in self._written:
                # what is still being read would come back after it was taken away
                self.finish()
            self._writer.remove([*change.replaced, *change.removed])
        fresh = list(self._sighted(article, change, seen))
        self._keep(article, fresh, records)
        self._add(self._readers.give(fresh))
        self._records += len(fresh)

    def _sighted(self, article: str, change: _Change, seen: int) -> Iterator[DatedRecord]:
        """Yield the fresh records with the name and the time of when each was first seen."""
        stored = self.stored_by_id(article)
        taken_ids = {origin.lasting_id for origin in change.origins.values()}
        unchanged = stored.keys() - {*change.replaced, *change.removed}
        taken_ids.update(stored[id][0].lasting_id for id in unchanged)
        for record in change.fresh:
            origin = change.origins.get(record.id)
            if origin is None:
                # the name may last for words that are under another one now
                lasting_id = f"{record.id}@{seen}" if record.id in taken_ids else record.id
                first_seen = seen
            else:
                lasting_id, first_seen = origin.lasting_id, origin.seen
            yield _first_named(record, "" if lasting_id == record.id else lasting_id), first_seen

    def _keep(self, article: str, fresh: Sequence[DatedRecord], records: Sequence[Record]) -> None:
        stored = self.stored_by_id(article)
        recent = fresh
        if len(fresh) < len(records):
            present = {id: (record, record.seen) for id, (record, _) in stored.items()}
            present |= {record.id: (record, first_seen) for record, first_seen in fresh}
            recent = [present[record.id] for record in records]
        self._last = "", {}
        self._written.add(article)
        self._forget(self._recent.pop(article, ()))
        self._recent[article] = recent
        self._at_hand += len(recent)
        self._characters_at_hand += _characters(recent)
        while self._at_hand > _RECENT or self._characters_at_hand > _RECENT_CHARACTERS:
            self._forget(self._recent.pop(next(iter(self._recent))))

    def _forget(self, records: Sequence[DatedRecord]) -> None:
        self._at_hand -= len(records)
        self._characters_at_hand -= _characters(records)

    def finish(self) -> None:
        """Give the engine every record read."""
        self._add(self._readers.remaining())

    def _add(self, records: Iterable[tuple[DatedRecord, Readings]]) -> None:
        self._writer.add(self._weighed(entries_of(records)))

    def _weighed(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        for entry in entries:
            self._bytes += len(entry.stored)
            yield entry


def _characters(records: Sequence[DatedRecord]) -> int:
    return sum(len(record.text) for record, _ in records)


@dataclass(frozen=True, slots=True)
class _Change:
    fresh: list[Record]
    replaced: list[str]
    """Those of `fresh` that the index holds in another state."""
    removed: list[str]
    origins: dict[str, Record]
    """What the index holds of the words of some of `fresh`, under their name or another."""

    def __bool__(self) -> bool:
        return bool(self.fresh or self.removed)

    @property
    def added(self) -> int:
        return len(self.fresh) - len(self.replaced)


def _change(stored: Mapping[str, Stored], records: Sequence[Record]) -> _Change:
    """Return the difference between an article's records and the stored ones."""
    missing = dict(stored)
    fresh: list[Record] = []
    replaced: list[str] = []
    for record in records:
        stored_record = missing.pop(record.id, None)
        if stored_record is not None:
            if dump_as(record, stored_record[0]) == stored_record[1]:
                continue
            replaced.append(record.id)
        fresh.append(record)
    before = {id: stored[id][0] for id in (*replaced, *missing)}
    return _Change(fresh, replaced, list(missing), _origins(before, fresh))


def dump_as(record: Record, stored: Record) -> bytes:
    """Return a record's JSON with the time and the name of when the stored one was first seen."""
    return _first_named(record, stored.first_id).dump(stored.seen)


def _first_named(record: Record, first_id: str) -> Record:
    return record if record.first_id == first_id else replace(record, first_id=first_id)


def _origins(before: Mapping[str, Record], fresh: Sequence[Record]) -> dict[str, Record]:
    """What passages were: those whose words were edited, or that have another name now.

    A site that numbers its comments anew, or puts a section before others, says nothing new of
    those. A name whose words have gone to another one is that of a new passage.

    before: by id, those that are replaced or go. fresh: those that come.
    """
    # of each, the names in order: twenty thousand readers may have said « merci »
    names: dict[tuple[str | None, ...], dict[str, None]] = {}
    for id, record in reversed([*before.items()]):
        names.setdefault(_words(record), {})[id] = None
    origins: dict[str, str] = {}
    others: list[Record] = []
    for record in fresh:
        words = _words(record)
        if record.id in names.get(words, ()):
            del names[words][record.id]
            origins[record.id] = record.id
        else:
            others.append(record)
    edited: list[str] = []
    for record in others:
        if record.visible and names.get(_words(record)):
            origins[record.id] = names[_words(record)].popitem()[0]
        elif record.id in before:
            edited.append(record.id)
    moved = set(origins.values())
    origins.update((id, id) for id in edited if id not in moved)
    return {id: before[origin] for id, origin in origins.items()}


def _words(record: Record) -> tuple[str | None, ...]:
    """What was written, by whom and when."""
    return record.kind, record.author, record.start, record.heading, record.text, record.quoted
