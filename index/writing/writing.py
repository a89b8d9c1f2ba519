"""How do records enter the index?

Each text is read once, and the engine receives its terms. Only what changed is written:
an article read again writes the passages that are new or different, and takes away those
that it no longer has. What an article becomes beside the one that the index holds of the same
page is for whoever reads the sources to say (`Settle`).
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from whoosh.query import Every, Term

from index.engines import Engine, Entry, Look, Reader, Writer
from index.engines.places import Place
from index.record import Record
from index.writing import erasing, forgotten
from index.writing.engine_entries import entries_of
from index.writing.forgotten import Forgotten
from index.writing.reading import Given, Read, Readers

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

    def held(self, article: str) -> Sequence[Record]:
        """All the records of an article; none when it is not there."""


class Settle(Protocol):
    """Which article of the index another one is, and what both are together."""

    def held_as(self, given: Sequence[Record], state: State) -> str:
        """The id of an article in the index, or the one it is given under when it is new."""

    def beside(self, held: Sequence[Record], given: Sequence[Record]) -> Sequence[Record]:
        """What an article becomes, given what the index holds of it, under the id it has there."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a run did, in records; `records` is how many it was given."""

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
    settle: Settle | None = None,
    progress: Callable[[int], None] | None = None,
    processes: int = 0,
) -> Written:
    """Write articles, each given whole as all its records; commits at the end and now and then.

    `seen` is the run's time in seconds since 1970: the date at which new passages were first
    seen, unless the index holds later ones (a clock that went back must not make what is new
    older than what was told). `settle` is asked about what differs from what is held; without
    it, what is given replaces what is held under the same id. `progress` is told how many
    records were just handled. `processes` others read, in a long run (whoever asks for them is
    a command that can be started again: they import it). What is of somebody the index has
    forgotten does not come back, and is counted nowhere. Raises IndexUnavailable; what was
    committed before it stays.
    """
    done = Written()
    names = _forgotten(engine)
    with _rare_collections(), engine.writer() as writer, Readers(processes) as readers:
        batch = _Batch(engine, writer, readers)
        seen = max(seen, _latest(batch.reader))
        for given in batch.foreseen(articles):
            batch.make_room()
            own = given[0].about.id
            article = own if settle is None else settle.held_as(given, batch)
            held = batch.stored(article)
            records = _cleaned(given, held, names)
            change = _change(held, records)
            if settle is not None and held and (change or article != own):
                together = settle.beside([record for record, _ in held.values()], given)
                records = _cleaned(together, held, names)
                change = _change(held, records)
            if not records:
                continue
            batch.write(article, change, records, seen)
            done = Written(
                done.records + len(given),
                done.added + change.added,
                done.updated + len(change.fresh) - change.added,
                done.unchanged + len(records) - len(change.fresh),
                done.removed + len(change.gone),
            )
            if progress is not None:
                progress(len(given))
        batch.finish()
    return done


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
    records: Sequence[Record], held: Mapping[str, Stored], names: Forgotten
) -> Sequence[Record]:
    """Return the records without forgotten people; what was erased from a text stays erased."""
    if not names:
        return records
    left = erasing.erase(records, names).left
    return [
        erasing.still(record, held[record.id][0]) if record.id in held else record
        for record in left
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
        self._recent: dict[str, Sequence[Given]] = {}
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
        some: list[Sequence[Record]] = []
        for given in filter(None, articles):
            some.append(given)
            if not self.reader.distant or sum(map(len, some)) >= _AHEAD:
                yield from self._looked_for(some)
                some = []
        yield from self._looked_for(some)

    def _looked_for(self, some: Sequence[Sequence[Record]]) -> Sequence[Sequence[Record]]:
        """The same, once what the index holds of them is at hand."""
        if len(some) > 1 and not self._empty:
            ids = [*{given[0].about.id for given in some}]
            asked = [(Term("article", id), _AHEAD_HELD + 1) for id in ids]
            samples = self.reader.look(Look(samples=asked)).samples
            held = zip(ids, samples, strict=True)
            self._ahead = {id: stored for id, stored in held if len(stored) <= _AHEAD_HELD}
        return some

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

    def held(self, article: str) -> Sequence[Record]:
        return [record for record, _ in self.stored(article).values()]

    def stored(self, article: str) -> dict[str, Stored]:
        """What the index holds of an article by now, by id; commits when it must, to see it."""
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
        if change.seen or change.gone:
            if article in self._written:
                # what is still being read would come back after it was taken away
                self.finish()
            self._writer.remove([*change.seen, *change.gone])
        fresh = [(record, change.seen.get(record.id, seen)) for record in change.fresh]
        self._keep(article, fresh, records)
        self._add(self._readers.give(fresh))
        self._records += len(fresh)

    def _keep(self, article: str, fresh: Sequence[Given], records: Sequence[Record]) -> None:
        held = self.stored(article)
        whole = fresh
        if len(fresh) < len(records):
            first_seen = {record.id: when for record, when in fresh}
            whole = [
                (
                    record,
                    first_seen[record.id] if record.id in first_seen else held[record.id][0].seen,
                )
                for record in records
            ]
        self._last = "", {}
        self._written.add(article)
        self._forget(self._recent.pop(article, ()))
        self._recent[article] = whole
        self._at_hand += len(whole)
        self._characters_at_hand += _characters(whole)
        while self._at_hand > _RECENT or self._characters_at_hand > _RECENT_CHARACTERS:
            self._forget(self._recent.pop(next(iter(self._recent))))

    def _forget(self, records: Sequence[Given]) -> None:
        self._at_hand -= len(records)
        self._characters_at_hand -= _characters(records)

    def finish(self) -> None:
        """Everything read is given to the engine."""
        self._add(self._readers.rest())

    def _add(self, read: Iterable[tuple[Given, Read]]) -> None:
        self._writer.add(self._weighed(entries_of(read)))

    def _weighed(self, written: Iterable[Entry]) -> Iterator[Entry]:
        for entry in written:
            self._bytes += len(entry.stored)
            yield entry


def _characters(records: Sequence[Given]) -> int:
    return sum(len(record.text) for record, _ in records)


@dataclass(frozen=True, slots=True)
class _Change:
    fresh: list[Record]
    seen: dict[str, int]
    """When those of `fresh` that the index holds in another state were first seen."""
    gone: list[str]

    def __bool__(self) -> bool:
        return bool(self.fresh or self.gone)

    @property
    def added(self) -> int:
        return len(self.fresh) - len(self.seen)


def _change(held: Mapping[str, Stored], records: Sequence[Record]) -> _Change:
    """What differs between an article's records and those the index holds."""
    left = dict(held)
    fresh: list[Record] = []
    first_seen: dict[str, int] = {}
    for record in records:
        old = left.pop(record.id, None)
        if old is not None:
            if record.dump(old[0].seen) == old[1]:
                continue
            first_seen[record.id] = old[0].seen
        fresh.append(record)
    return _Change(fresh, first_seen, list(left))
