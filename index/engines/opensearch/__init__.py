"""How is an index kept on a cluster of OpenSearch, whoever else uses it?

The face of these files: `open` gives the engine. What the cluster is given, and how it is asked,
is in `schema`, `documents` and `trees`.
"""

from __future__ import annotations

import threading
import time
import weakref
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from typing import Any

from index.engines import Engine, IndexMissing, IndexUnavailable, Reader, Writer, faults, stamp
from index.engines.opensearch import notes, points, rights, sharing, state
from index.engines.opensearch.address import parse
from index.engines.opensearch.client import Client
from index.engines.opensearch.lock import ClusterLock
from index.engines.opensearch.reader import ClusterReader
from index.engines.opensearch.refusals import Refused
from index.engines.opensearch.snapshot import Snapshot
from index.engines.opensearch.state import State
from index.engines.opensearch.writer import ClusterWriter


def open(location: str, *, create: bool = False, former: bool = False) -> Engine:
    """The engine over the index that an address names.

    Raises IndexUnavailable: not there, not ours, another version's, or the cluster's fault.
    """
    client = Client(parse(location))
    if create:
        _make(client)
    return Cluster(client, former=former)


def _make(client: Client) -> None:
    """Make an index where there is none; nothing when there is one already.

    Raises IndexUnavailable when what is there is not ours, or lost its alias.
    """
    if _exists(client):
        return
    lock = ClusterLock(client, notes.index(client, create=True))
    try:
        if not _exists(client):
            fresh = state.create(client, state.next_number(client))
            state.take(client, fresh, None)
            state.sweep(client, fresh.index)
    finally:
        lock.release()


def _exists(client: Client) -> bool:
    try:
        state.read(client, former=True)
    except IndexMissing:
        return False
    return True


class Cluster:
    """An index on a cluster. `index`: one that grows beside the one that the address names."""

    def __init__(
        self,
        client: Client,
        *,
        former: bool = False,
        index: str | None = None,
        writer_lock: ClusterLock | None = None,
    ) -> None:
        self.location = client.address.location
        self.client = client
        self._former = former
        self._index = index
        self._writer_lock = writer_lock
        self._turn = threading.Lock()
        self._reader: ClusterReader | None = None
        self._state_seen: State = self.state()
        self._looked = time.monotonic()
        self._refusal: IndexUnavailable | None = None
        self._refused = 0.0
        self._closing: list[Snapshot] = []

    def state(self) -> State:
        """The index as it is by now."""
        return state.read(self.client, self._index, former=self._former)

    def reader(self) -> Reader:
        arrived = time.monotonic()
        with self._turn:
            if self._refusal is not None and self._refused >= arrived:
                # the cluster refused whoever was before us while we waited: each would wait as long
                raise self._refusal
            if time.monotonic() - self._looked >= self.client.address.options.follow:
                try:
                    self._state_seen = self.state()
                except IndexUnavailable as refusal:
                    self._refusal, self._refused = refusal, time.monotonic()
                    raise
                self._looked = time.monotonic()
            reader, state_seen = self._reader, self._state_seen
            if reader is None or (reader.generation, reader.files) != (
                state_seen.generation,
                state_seen.index,
            ):
                reader = self._reader = self._open(state_seen)
            return reader

    def _open(self, state_seen: State) -> ClusterReader:
        self._close_points()
        try:
            opened = Snapshot(self.client, state_seen, self.state)
        except Refused as refused:
            if refused.status != 404:
                raise
            # another index took its place since
            self._state_seen = state_seen = self.state()
            opened = Snapshot(self.client, state_seen, self.state)
        reader = ClusterReader(opened)
        # its last user is who lets it go: what is on the network is closed by the next reader
        weakref.finalize(reader, self._closing.append, opened)
        return reader

    def _close_points(self) -> None:
        while self._closing:
            opened = self._closing.pop()
            if opened.shared != opened.points:
                points.close(self.client, opened.points)

    def share(self, reader: Reader, name: str) -> None:
        if isinstance(reader, ClusterReader):
            sharing.share(reader.snapshot, name)

    def shared(self, generation: int, name: str) -> Reader | None:
        opened = sharing.shared(self.client, generation, name, self.state)
        return None if opened is None else ClusterReader(opened)

    def writer(self) -> Writer:
        if self._writer_lock is not None:
            return self._writer(self._writer_lock, lambda: None)
        lock = self._lock()
        try:
            return self._writer(lock, lock.release)
        except BaseException:
            lock.release()
            raise

    def _writer(self, lock: ClusterLock, end: Callable[[], None]) -> Writer:
        present = self.state()
        if not present.stamp.present:
            # what is read in two ways is found in neither
            expected = str(stamp.current("opensearch"))
            raise IndexUnavailable(
                faults.other_version(self.location, str(present.stamp), expected, mendable=True)
            )
        return ClusterWriter(
            self.client, present, alive=lock.alive, published=self._published, end=end
        )

    def _published(self, present: State) -> None:
        with self._turn:
            if present.index == self._state_seen.index:
                self._state_seen = present

    def _lock(self) -> ClusterLock:
        present, name = self.state(), self.client.address.name
        if present.name != name:
            # another alias, or the index itself: the lock would be another than its writers'
            raise IndexUnavailable(
                f"« {self.location} » : « {name} » est un autre nom de l’index « {present.name} », "
                f"où l’on ne fait que lire. Pour écrire, donnez l’adresse de « {present.name} »."
            )
        return ClusterLock(self.client, notes.index(self.client))

    @contextmanager
    def hold(self) -> Iterator[ClusterLock]:
        """Keep writers out, over every machine. What a dead one left half-made is swept away."""
        lock = self._lock()
        try:
            state.sweep(self.client, self.state().index)
            yield lock
        finally:
            lock.release()

    @contextmanager
    def shadow(self) -> Iterator[Engine]:
        """An empty index beside this one, that takes its place when the block is left.

        Raises IndexUnavailable for an index of a later version, or shown to us in part.
        """
        with self.hold() as lock:
            present = self.state()
            stamp.refuse_newer(present.stamp, self.location)
            rights.refuse_loss(self.client, present.index)
            number = state.next_number(self.client)
            fresh = state.create(self.client, number, present.generation + 1, present)
            try:
                beside = Cluster(self.client, index=fresh.index, writer_lock=lock)
                yield beside
                lock.alive()
                state.take(self.client, beside.state(), present)
                beside.release()
            finally:
                # the alias says which of both lives, whatever went wrong
                with suppress(IndexUnavailable):
                    state.sweep(self.client, self.state().index)

    def faults(self) -> AbstractContextManager[None]:
        """What a cluster says is a sentence already."""
        return nullcontext()

    def note(self, name: str) -> Mapping[str, Any] | None:
        return notes.read(self.client, name)

    def keep_note(self, name: str, content: Mapping[str, Any]) -> None:
        notes.keep(self.client, name, content)

    def missing(self) -> int:
        """How many records of those committed are there no more, at least; nobody writing.

        The kinds are counted among the words as well; those of records that were removed or changed
        since the index was made may be counted still.
        """
        reader = self.reader()
        counted = sum(records for _, records in reader.words("kind", ""))
        return max(0, counted - self.state().doubtful - reader.size())

    def bytes(self) -> int:
        return state.size(self.client, self.state())

    def release(self) -> None:
        """Let go of what the cluster keeps for this one's readers."""
        self._reader = None
        self._close_points()

    def close(self) -> None:
        self.release()
        self.client.close()
