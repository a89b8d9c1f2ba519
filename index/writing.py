"""How do records enter the index?

Each text is read once, and the engine receives its terms. Only what changed is written:
an article read again writes the passages that are new or different, and takes away those
that its page no longer has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from index import erasing, forgotten
from index.engines import Engine, Entry, Reader, Writer
from index.engines.kept import Kept
from index.entries import entries_of
from index.forgotten import Forgotten
from index.reading import Given, Read, Readers
from index.record import Record

# A commit costs some fsyncs; an interrupted run loses at most what follows the last one.
BATCH = 100_000
_BATCH_BYTES = 256_000_000


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
    progress: Callable[[int], None] | None = None,
    processes: int = 0,
) -> Written:
    """Write articles, each given whole as all its records; commits at the end and now and then.

    `seen` is the run's time in seconds since 1970: the date at which new passages were first
    seen. `progress` is told how many records were just handled. `processes` others may help to
    read, in a long run (whoever asks for them is a command that can be started again: they
    import it). What is of somebody the index
    has forgotten does not come back, and is counted nowhere. Raises IndexUnavailable; what was
    committed before it stays.
    """
    done = Written()
    names = _forgotten(engine)
    with engine.writer() as writer, Readers(processes) as readers:
        batch = _Batch(engine, writer, readers)
        for given in articles:
            records = erasing.erase(given, names).left if names else given
            if not records:
                continue
            batch.make_room_for(records[0].about.id)
            change = _change(batch.reader, records)
            batch.write(change, seen)
            done = Written(
                done.records + len(records),
                done.added + change.added,
                done.updated + len(change.fresh) - change.added,
                done.unchanged + len(records) - len(change.fresh),
                done.removed + len(change.gone),
            )
            if progress is not None:
                progress(len(records))
        batch.finish()
    return done


def _forgotten(engine: Engine) -> Forgotten:
    if not isinstance(engine, Kept):
        return Forgotten()
    with engine.faults():
        return forgotten.load(engine.path)


class _Batch:
    """What was written since the last commit, and the state of the index at that commit."""

    def __init__(self, engine: Engine, writer: Writer, readers: Readers) -> None:
        self._engine = engine
        self._writer = writer
        self._readers = readers
        self.reader = engine.reader()
        self._articles: set[str] = set()
        self._records = 0
        self._bytes = 0

    def make_room_for(self, article: str) -> None:
        """Commit when the batch is full, or holds this article: it must be seen as it is."""
        full = self._records >= BATCH or self._bytes >= _BATCH_BYTES
        if full or article in self._articles:
            self.finish()
            self._writer.commit()
            self.reader = self._engine.reader()
            self._articles.clear()
            self._records = self._bytes = 0
        self._articles.add(article)

    def write(self, change: _Change, seen: int) -> None:
        if change.seen or change.gone:
            self._writer.remove([*change.seen, *change.gone])
        fresh = [(record, change.seen.get(record.id, seen)) for record in change.fresh]
        self._add(self._readers.give(fresh))
        self._records += len(fresh)

    def finish(self) -> None:
        """Everything read is given to the engine."""
        self._add(self._readers.rest())

    def _add(self, read: Iterable[tuple[Given, Read]]) -> None:
        self._writer.add(self._weighed(entries_of(read)))

    def _weighed(self, written: Iterable[Entry]) -> Iterator[Entry]:
        for entry in written:
            self._bytes += len(entry.stored)
            yield entry


@dataclass(frozen=True, slots=True)
class _Change:
    fresh: list[Record]
    seen: dict[str, int]
    """When those of `fresh` that the index holds in another state were first seen."""
    gone: list[str]

    @property
    def added(self) -> int:
        return len(self.fresh) - len(self.seen)


def _change(reader: Reader, records: Sequence[Record]) -> _Change:
    """What differs between an article's records and those the index holds."""
    held: dict[str, tuple[Record, bytes]] = {}
    if reader.size():
        for stored in reader.passages(records[0].about.id):
            record = Record.load(stored)
            held[record.id] = record, stored
    fresh: list[Record] = []
    first_seen: dict[str, int] = {}
    for record in records:
        old = held.pop(record.id, None)
        if old is not None:
            if record.dump(old[0].seen) == old[1]:
                continue
            first_seen[record.id] = old[0].seen
        fresh.append(record)
    return _Change(fresh, first_seen, list(held))
