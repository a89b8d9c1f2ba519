"""Which process reads the French of many texts, and on how many cores?

Reading is most of the work of indexing. A long run hands its texts to other processes, in
batches, while the engine indexes what was already read; a short one reads for itself.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from itertools import chain
from multiprocessing.process import BaseProcess
from typing import Self

from index import french
from index.record import Record

# Texts handed over at once, or characters when they are long, and batches on their way to each
# process: enough to keep it busy, and memory bounded.
_BATCH = 1_000
_CHARACTERS = 1_000_000
_AHEAD = 4
# Below this many texts a process costs more to start than it saves.
_SHORT_RUN = 1_000
# Seconds after which a busy thread lets another one go on: what goes to the others and what
# comes back passes through threads of ours, and would wait for longer than it takes to read.
_TURN = 0.001

DatedRecord = tuple[Record, int]
"""A record, and when it was first seen."""
Readings = tuple[french.Reading, french.Reading]
"""Of a record's text, and of its heading."""


class Readers:
    """Reads the texts of records, and gives records and readings back in order.

    `processes` is how many others read, in a long run; 0 reads here. Leaving the block lets
    them go.
    """

    def __init__(self, processes: int = 0) -> None:
        self._processes = processes
        self._pool: ProcessPoolExecutor | None = None
        self._waiting: list[DatedRecord] = []
        self._characters = 0
        self._away: deque[tuple[list[DatedRecord], Future[str]]] = deque()
        self._count = 0
        self._end = ExitStack()

    def give(self, records: Sequence[DatedRecord]) -> Iterator[tuple[DatedRecord, Readings]]:
        """Take records; yield those read by now, earlier ones first."""
        self._count += len(records)
        if self._processes == 0 or self._count < _SHORT_RUN:
            yield from self.remaining()
            for batch in _slices(records):
                yield from zip(batch, read_all(_texts(batch)), strict=True)
            return
        # an article of fifty thousand comments is no larger to those who read than many articles
        for batch in _slices(records):
            self._waiting += batch
            self._characters += sum(len(record.text) for record, _ in batch)
            if len(self._waiting) >= _BATCH or self._characters >= _CHARACTERS:
                self._send()
            while self._away and (len(self._away) > self._most or self._away[0][1].done()):
                yield from self._received()

    def remaining(self) -> Iterator[tuple[DatedRecord, Readings]]:
        """Yield the records taken and not yet given back."""
        if self._waiting:
            self._send()
        while self._away:
            yield from self._received()

    @property
    def _most(self) -> int:
        return _AHEAD * self._processes

    def _send(self) -> None:
        records, self._waiting, self._characters = self._waiting, [], 0
        if self._pool is None:
            self._pool = self._start()
        try:
            # a process begins here perhaps, and keeps this: Ctrl+C is for the one it reads for
            with uninterrupted():
                coming = self._pool.submit(_sent, _texts(records))
        except (BrokenProcessPool, OSError) as error:
            coming = Future()
            coming.set_exception(BrokenProcessPool(str(error)))
        self._away.append((records, coming))

    def _start(self) -> ProcessPoolExecutor:
        # not a fork: the engine's threads would be copied in the middle of something
        context = multiprocessing.get_context("spawn")
        pool = ProcessPoolExecutor(self._processes, context, initializer=_begin)
        # nobody waits for them to end: the engine still has to commit
        self._end.callback(pool.shutdown, wait=False, cancel_futures=True)
        self._end.callback(sys.setswitchinterval, sys.getswitchinterval())
        sys.setswitchinterval(_TURN)
        return pool

    def _received(self) -> Iterator[tuple[DatedRecord, Readings]]:
        records, coming = self._away.popleft()
        try:
            readings = _unpacked(coming.result())
        except BrokenProcessPool:
            # the system took a process away or gave none, for want of memory perhaps: go on alone
            self._processes = 0
            readings = iter(read_all(_texts(records)))
        yield from zip(records, readings, strict=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end.close()


def _slices(records: Sequence[DatedRecord]) -> Iterator[Sequence[DatedRecord]]:
    """Records by so many, or so many characters."""
    start = characters = 0
    for at, (record, _) in enumerate(records):
        size = len(record.text) + len(record.heading)
        if at - start >= _BATCH or (at > start and characters + size > _CHARACTERS):
            yield records[start:at]
            start, characters = at, 0
        characters += size
    if start < len(records):
        yield records[start:]


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Have the processes started in the block hear no Ctrl-C: it is for the one they work for."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin() -> None:
    """How a process that reads for another begins."""
    # strings make no cycles to be looked for
    gc.disable()
    parent = multiprocessing.parent_process()
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: BaseProcess | None) -> None:
    """Whoever is killed lets nobody go: its readers, waiting for texts, would stay for ever."""
    if parent is not None:
        parent.join()
        os._exit(1)


def _texts(records: Sequence[DatedRecord]) -> list[tuple[str, str]]:
    return [(record.text, record.heading) for record, _ in records]


def read_all(texts: Sequence[tuple[str, str]]) -> list[Readings]:
    """Texts and headings read one after the other.

    >>> [text.exact for text, heading in read_all([("L’été", ""), ("Ça va", "Non")])]
    ['ete', 'ca va']
    """
    return [
        (french.read(text), french.read(heading) if heading else _NOTHING)
        for text, heading in texts
    ]


_NOTHING = french.read("")


def _sent(texts: Sequence[tuple[str, str]]) -> str:
    """What `read_all` gives, as one string: terms hold no white space."""
    return "\n".join(chain.from_iterable(text + heading for text, heading in read_all(texts)))


def _unpacked(packed: str) -> Iterator[Readings]:
    """The inverse of `_sent`."""
    parts = iter(packed.split("\n"))
    readings = map(french.Reading, parts, parts, parts, parts)
    return zip(readings, readings, strict=True)
