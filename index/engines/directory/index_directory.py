"""How is an index kept in a directory, whichever engine holds its terms?

    glose.json      the stamp: whose it is, and which data directory is the present one
    writer.lock     who writes
    forgotten.json  whom the index must not learn again (only when someone was forgotten)
    data-1/         the engine's files, and the list of their sums

One writer at a time; readers ask nobody. An index rewritten whole grows beside the present
one, and takes its place by the atomic replacing of the stamp: readers follow at their next
`reader()`, and those that are open keep the files they opened.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from index.engines import Engine, Entry, IndexUnavailable, Reader, Writer, disk, faults, stamp
from index.engines.directory import sums
from index.engines.directory.lock import Lock
from index.engines.stamp import Stamp

# A swap may happen while a reader opens; so many in a row do not.
_TRIES = 9

_T = TypeVar("_T")


class IndexDirectory:
    """An index in a directory. Raises IndexUnavailable: see `stamp.read`."""

    def __init__(self, name: str, path: Path, location: str, *, former: bool = False) -> None:
        _nameable(location)
        self.location = location
        self.path = path
        self._name = name
        self._former = former
        self._turn = threading.Lock()
        self._place_open: tuple[int, int] = (0, 0)
        self._stamp, self._engine, self._mark = self._patiently(self._arrive)

    def reader(self) -> Reader:
        return self._patiently(self._read_state)

    def _read_state(self) -> Reader:
        engine = self._follow()
        with self.faults():
            wrong = self._sizes.cut()
        if wrong is not None:
            raise IndexUnavailable(faults.damaged(self.location, wrong))
        return engine.reader()

    def _patiently(self, work: Callable[[], _T]) -> _T:
        """Try again when another index took the place of the one that was being opened."""
        before = self._look()
        for _ in range(_TRIES):
            try:
                return work()
            except IndexUnavailable:
                after = self._look()
                if after == before:
                    raise
                before = after
        return work()

    def writer(self) -> Writer:
        return DirectoryWriter(self)

    def close(self) -> None:
        self._engine.close()

    @property
    def data(self) -> Path:
        """Where the engine's files are now."""
        self._follow()
        return self.path / self._stamp.data

    def note(self, name: str) -> dict[str, Any] | None:
        """Return the JSON of a file beside the engine's. Raises OSError, disk.Damaged."""
        try:
            return disk.read_json(self.path / name)
        except FileNotFoundError:
            return None

    def keep_note(self, name: str, content: Mapping[str, Any]) -> None:
        """Write such a file, for its owner's eyes only. Raises OSError."""
        disk.write_json(self.path / name, dict(content), mode=0o600)

    def bytes(self) -> int:
        """Bytes of the directory, locks and notes included."""
        return disk.size(self.path)

    @contextmanager
    def hold(self) -> Iterator[Lock]:
        """Keep writers out. What a dead one left half-made is swept away first."""
        lock = Lock(self.path, self.location)
        try:
            with self.faults():
                self._sweep()
            yield lock
        finally:
            lock.release()

    @contextmanager
    def shadow(self) -> Iterator[Engine]:
        """An empty index beside this one, that takes its place when the block is left.

        Left by an exception, nothing has happened. Raises IndexUnavailable for an index of a later
        version: what this one does not know of it would be lost.
        """
        with self.hold() as lock:
            self._follow()
            stamp.refuse_newer(self._stamp, self.location)
            base = self.reader().generation + 1
            fresh = stamp.current(self._name, stamp.following(self.path), base)
            try:
                with self.faults():
                    (self.path / fresh.data).mkdir()
                    engine = _engine(self._name, self.path / fresh.data, self.location, base, True)
                    yield engine
                    engine.close()
                    take(self.path, fresh)
                    lock.settled = True
            finally:
                # the stamp says which of both lives, whatever went wrong
                with suppress(IndexUnavailable, OSError):
                    self._sweep()

    def unshared(self, fresh: Engine) -> Reader | None:
        """Link in a shadow, still empty, the sound parts of this index that lost no record.

        Returns a reader of the records that are not there then. None: the shadow has no record,
        since the engine knows no parts, or the file system no links, or a file is damaged.
        """
        share = getattr(fresh, "take_parts", None)
        with self.faults():
            if share is None or any(sums.problems(self.data, settled=False)):
                return None
            rest = self.path / stamp.following(self.path)
            names = share(self.data, rest)
            if names is None:
                return None
            sums.inherit(self.data, self.path / fresh.reader().files, names)
        return _engine(self._name, rest, self.location, 0, False).reader()

    def opened(self, lock: Lock) -> Writer:
        """The engine's writer, once its files were seen to be what the last writer left."""
        engine = self._follow()
        if not self._stamp.present:
            # what is read in two ways is found in neither
            raise IndexUnavailable(stamp.other_version(self._stamp, self.location))
        wrong = sums.quick_problem(self.data, settled=lock.settled)
        if wrong is not None:
            raise IndexUnavailable(faults.damaged(self.location, wrong))
        lock.settled = False
        return engine.writer()

    def _follow(self) -> Engine:
        with self._turn:
            if self._look() != self._mark:
                # those who read keep what they opened; nobody else needs the old files
                self._stamp, self._engine, self._mark = self._arrive(self._stamp, self._engine)
            return self._engine

    def _arrive(
        self, former_stamp: Stamp | None = None, engine: Engine | None = None
    ) -> tuple[Stamp, Engine, tuple[int, int]]:
        """The stamp as it is, the engine over the files it names, and what tells it from others."""
        mark = self._look()
        present = stamp.read(self.path, self._name, self.location, former=self._former)
        place = self._place(present)
        if (
            engine is None
            or former_stamp is None
            or present.data != former_stamp.data
            or place != self._place_open
        ):
            engine = self._open(present)
            self._place_open = place
        return present, engine, mark

    def _place(self, present: Stamp) -> tuple[int, int]:
        """What tells the engine's directory from another that took its name, or its link's."""
        with self.faults():
            state = (self.path / present.data).stat()
        return state.st_dev, state.st_ino

    def _look(self) -> tuple[int, int]:
        try:
            state = (self.path / stamp.NAME).stat()
        except OSError:
            # `stamp.read` says what is wrong
            return 0, 0
        return state.st_mtime_ns, state.st_ino

    def _open(self, present: Stamp) -> Engine:
        data = self.path / present.data
        with self.faults():
            wrong = sums.quick_problem(data, settled=False)
            if wrong is not None:
                raise IndexUnavailable(faults.damaged(self.location, wrong))
        self._sizes = sums.Sizes(data)
        return _engine(self._name, data, self.location, present.base, False)

    def faults(self) -> AbstractContextManager[None]:
        """Turn the disk's errors into sentences about this index."""
        return disk_faults(self.location)

    def _sweep(self) -> None:
        # as the disk says, not as it was last seen: what is swept is gone
        present = stamp.read(self.path, self._name, self.location, former=True)
        sweep(self.path, present.data)


class DirectoryWriter:
    """The one writer of a directory, over every process; it lists what it wrote as it leaves."""

    def __init__(self, index: IndexDirectory) -> None:
        self._index = index
        self._end = ExitStack()
        with ExitStack() as opening:
            self._lock = opening.enter_context(index.hold())
            self._data = index.data
            self._inner = index.opened(self._lock)
            self._end = opening.pop_all()

    def add(self, entries: Iterable[Entry]) -> None:
        self._inner.add(entries)

    def remove(self, ids: Iterable[str]) -> None:
        self._inner.remove(ids)

    def commit(self) -> None:
        self._inner.commit()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._end:
            try:
                self._inner.__exit__(kind, error, trace)
                # files of a writer that the disk refused may not have ended as they will be
                if not isinstance(error, IndexUnavailable):
                    with self._index.faults():
                        sums.update(self._data)
                    self._lock.settled = True
            except IndexUnavailable:
                # the first error is the one to report
                if error is None:
                    raise


@contextmanager
def disk_faults(location: str) -> Iterator[None]:
    """Turn the disk's errors into sentences about an index."""
    try:
        yield
    except OSError as error:
        raise IndexUnavailable(faults.sentence(location, error)) from error
    except disk.Damaged as error:
        raise IndexUnavailable(faults.damaged(location, str(error))) from error


def _nameable(location: str) -> None:
    """Engines take names in UTF-8 only."""
    try:
        location.encode()
    except UnicodeEncodeError:
        raise IndexUnavailable(faults.unnameable(location)) from None


def make(name: str, path: Path, location: str) -> None:
    """Make an index in a missing or empty directory; nothing when there is one already.

    The stamp comes last: an index that has one is whole.
    """
    _nameable(location)
    if (path / stamp.NAME).exists():
        return
    try:
        if path.exists() and not (path.is_dir() and stamp.is_blank(path)):
            raise stamp.unstamped(path, location)
        if path.is_symlink() and not path.exists():
            raise IndexUnavailable(faults.astray(location))
        try:
            path.mkdir(parents=True, exist_ok=True)
        except FileNotFoundError as error:
            raise IndexUnavailable(faults.unmakeable(location)) from error
        lock = Lock(path, location)
        try:
            if (path / stamp.NAME).exists():
                return
            fresh = stamp.current(name)
            data = path / fresh.data
            # what a maker that died left
            disk.remove(data)
            data.mkdir()
            _engine(name, data, location, 0, True).close()
            sums.update(data)
            disk.sync(data)
            stamp.write(path, fresh)
            disk.sync(path.parent)
        finally:
            lock.release()
    except OSError as error:
        raise IndexUnavailable(faults.sentence(location, error)) from error


def take(path: Path, fresh: Stamp) -> None:
    """Make other files the present ones, and sweep the former; the lock must be held.

    Raises OSError, disk.Damaged: the stamp says which files are the present ones.
    """
    sums.update(path / fresh.data)
    disk.sync(path / fresh.data)
    disk.sync(path)
    stamp.write(path, fresh)
    sweep(path, fresh.data)
    # what was forgotten is not to come back with the power
    disk.sync(path)


def sweep(path: Path, present: str) -> None:
    """Take away what is not of the present files: those of before, and half-made ones."""
    for child in path.iterdir():
        if stamp.DATA.fullmatch(child.name) and child.name != present:
            disk.remove(child)
        elif child.name.endswith(disk.FRESH):
            child.unlink(missing_ok=True)


def of(engine: Engine) -> IndexDirectory:
    """The same index, as one kept in a directory. Raises IndexUnavailable for one in memory."""
    if isinstance(engine, IndexDirectory):
        return engine
    raise IndexUnavailable(faults.in_memory(engine.location))


def _engine(name: str, data: Path, location: str, base: int, create: bool) -> Engine:
    # each engine's library is imported when it is asked for, and only then
    if name == "whoosh":
        from index.engines import whoosh

        return whoosh.open(data, create=create, location=location, base=base)
    from index.engines import tantivy

    return tantivy.open(data, create=create, location=location, base=base)
