"""How are records given to a Whoosh index, all of a commit or none?"""

from __future__ import annotations

import pickle
import struct
from collections.abc import Iterable
from contextlib import AbstractContextManager, suppress
from typing import Self

import whoosh.index
from whoosh.writing import SegmentWriter

from index.engines import Entry
from index.engines.whoosh.faults import faults

_DAMAGE = (
    OSError,
    EOFError,
    struct.error,
    pickle.UnpicklingError,
    whoosh.index.IndexError,
    whoosh.index.LockError,
)


class WhooshWriter:
    """The one writer of an index; it holds the lock from the start to the end of the block."""

    def __init__(
        self, index: whoosh.index.FileIndex, location: str, turn: AbstractContextManager[object]
    ) -> None:
        self._index = index
        self._location = location
        self._turn = turn
        self._lock = index.lock("WRITELOCK")
        if not self._lock.acquire(blocking=False):
            raise whoosh.index.LockError
        self._segment: SegmentWriter | None = None
        # where each record added since the last commit is: Whoosh deletes committed ones only
        self._pending: dict[str, list[int]] = {}

    def add(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            with faults(self._location):
                segment = self._open()
                number = segment.docnum
                values = {
                    name: value if isinstance(value, int) else list(value)
                    for name, value in {**entry.shared.values, **entry.values}.items()
                }
                terms = {name: joined.split() for name, joined in entry.shared.terms.items()}
                for name, joined in entry.terms.items():
                    terms[name] = [*terms.get(name, ()), *joined.split()]
                # generations only grow, so ranks follow the order of indexing even after a
                # merge has put an older segment's records behind newer ones
                rank = (segment.generation << 32) + number
                segment.add_document(stored=entry.stored, rank=rank, **values, **terms)
                self._pending.setdefault(entry.id, []).append(number)

    def remove(self, ids: Iterable[str]) -> None:
        with faults(self._location):
            segment = self._open()
            committed = segment.searcher().reader()
            for record_id in ids:
                for number in self._pending.pop(record_id, ()):
                    segment.newsegment.delete_document(number)
                if ("id", record_id.encode()) in committed:
                    for number in committed.postings("id", record_id).all_ids():
                        segment.delete_document(number)

    def commit(self) -> None:
        if self._segment is not None:
            with faults(self._location), self._turn:
                self._segment.commit()
            self._segment = None
            self._pending.clear()

    def _open(self) -> SegmentWriter:
        if self._segment is None:
            self._segment = SegmentWriter(self._index, _lk=False)
        return self._segment

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self.commit()
            elif self._segment is not None and not self._segment.is_closed:
                # nothing was published: what cannot be tidied now, the next commit takes away
                with suppress(*_DAMAGE):
                    self._segment.cancel()
        finally:
            self._lock.release()
