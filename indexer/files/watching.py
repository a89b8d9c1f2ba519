"""Which files have arrived in a folder, whole?

The system tells that something moved; a file is taken when its size and date have not
changed for a moment. A burst of files is taken together, without one that is still being
written holding the others for long.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from index.engines import stamp as index_stamp
from indexer.files.file_names import is_candidate, saved_beside

_TICK = 250
"""Milliseconds between two looks at what is waiting."""
RESCAN = 300.0
"""Seconds after which the whole folder is looked at again: the system forgets, when much moves."""
_MANY = 500
"""Paths that moved in one look, beyond which the system may have told only a part."""
_PATIENCE = 10
"""A settled file waits for the others of its burst so many times the quiet of one file."""


class Shape(NamedTuple):
    """What changes when a file does: bytes, time in nanoseconds, and which file it is."""

    size: int
    modified: int
    number: int


def shape(path: Path) -> Shape | None:
    """Return the shape of a file; None when there is no file.

    >>> shape(Path("nulle/part")) is None
    True
    """
    try:
        status = path.stat()
        return Shape(status.st_size, status.st_mtime_ns, status.st_ino) if path.is_file() else None
    except OSError:
        return None


class Arrivals:
    """Files that are changing, and those that were taken. Times are in seconds.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     page = Path(folder, "a.txt"); _ = page.write_text("Un"); arrivals = Arrivals(2.0)
    ...     arrivals.seen([page], 0.0)
    ...     arrivals.ready(1.0), [one.name for one in arrivals.ready(2.5)], arrivals.ready(9.0)
    ([], ['a.txt'], [])
    """

    def __init__(self, quiet: float) -> None:
        self._quiet = quiet
        self._waiting: dict[Path, tuple[Shape, float]] = {}
        self._shapes_taken: dict[Path, Shape] = {}
        self._due: dict[Path, float] = {}

    def seen(self, paths: Iterable[Path], now: float) -> None:
        """Note that these files may have changed."""
        for path in paths:
            current = shape(path)
            if current is None or self._shapes_taken.get(path) == current:
                self._waiting.pop(path, None)
            elif path not in self._waiting or self._waiting[path][0] != current:
                self._waiting[path] = current, now

    def ready(self, now: float) -> list[Path]:
        """The files to take now, in the order of their names; none while a burst lasts."""
        due_paths = [path for path, due in self._due.items() if due <= time.time()]
        for path in due_paths:
            del self._due[path]
        self.again(due_paths, now)
        self.seen(list(self._waiting), now)
        settled = {
            path: since for path, (_, since) in self._waiting.items() if now - since >= self._quiet
        }
        if not settled:
            return []
        longest = now - min(settled.values())
        if len(settled) < len(self._waiting) and longest < _PATIENCE * self._quiet:
            return []
        for path in settled:
            self._shapes_taken[path] = self._waiting.pop(path)[0]
        return sorted(settled)

    def later(self, path: Path, due: float) -> None:
        """Note that a file is to be taken again at a time, in seconds since 1970.

        It is compared with the system's clock, which goes on while the machine sleeps.
        """
        self._due[path] = due

    def again(self, paths: Iterable[Path], now: float) -> None:
        """These were taken, and could not be read now."""
        for path in paths:
            self._shapes_taken.pop(path, None)
        self.seen(paths, now)


def arrivals(
    folder: Path,
    *,
    quiet: float,
    poll: bool,
    every: bool,
    stop: Callable[[], bool],
    clock: Callable[[], float],
    folder_gone: Callable[[bool], None] = lambda is_gone: None,
) -> Iterator[tuple[Arrivals, list[Path]]]:
    """The files of a folder, those that are there and then those that come, by bursts.

    poll: look at the files instead of asking the system. every: whatever their names. gone: told
    True when the folder has gone, False when there is one again, which is then looked at whole.
    Ends when `stop` says so, asked four times a second. Raises OSError when the folder cannot be
    watched.
    """
    waiting = Arrivals(quiet)
    is_gone = False
    while not stop():
        identity = _identity(folder)
        if (identity is None) != is_gone:
            is_gone = identity is None
            folder_gone(is_gone)
        if identity is None:
            time.sleep(_TICK / 1000)
            continue

        def over(identity: tuple[int, int] = identity) -> bool:
            # another folder of that name is not the one that the system speaks of
            return stop() or _identity(folder) != identity

        try:
            yield from _arrivals_in(folder, waiting, poll, every, over, clock)
        except FileNotFoundError:
            # it went while it was looked at
            continue


def _arrivals_in(
    folder: Path,
    waiting: Arrivals,
    poll: bool,
    every: bool,
    over: Callable[[], bool],
    clock: Callable[[], float],
) -> Iterator[tuple[Arrivals, list[Path]]]:
    # what is there is looked at once the system tells what moves: nothing comes in between
    scanned_at = float("-inf")
    burst = False
    for changes in _moved(folder, poll, over):
        moved = {Path(name) for _, name in changes}
        if len(moved) > _MANY:
            burst = True
        elif burst and not moved:
            # the system's queue may have overflowed: look again, once it is quiet
            burst, scanned_at = False, float("-inf")
        if clock() - scanned_at > RESCAN:
            os.stat(folder)
            moved, scanned_at = {folder}, clock()
        for path in moved:
            waiting.seen(files(path, folder, every) if path.is_dir() else [path], clock())
        names = cache(_names)
        ready = [path for path in waiting.ready(clock()) if belongs(path, folder, every, names)]
        if ready:
            yield waiting, ready
        if over():
            return


def _identity(folder: Path) -> tuple[int, int] | None:
    """Which folder is there: its disk and its number; None without one."""
    try:
        status = os.stat(folder)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return (status.st_dev, status.st_ino) if stat.S_ISDIR(status.st_mode) else None


def _moved(
    folder: Path, poll: bool, stop: Callable[[], bool]
) -> Iterator[Collection[tuple[object, str]]]:
    """Yield the paths that the system reports as changed, or the folder when it cannot."""
    from watchfiles import watch
    from watchfiles._rust_notify import WatchfilesRustInternalError

    while not stop():
        try:
            yield from watch(
                folder,
                watch_filter=None,
                debounce=_TICK,
                rust_timeout=_TICK,
                yield_on_timeout=True,
                stop_event=_Stop(stop),
                raise_interrupt=False,
                force_polling=poll,
                poll_delay_ms=1000,
                ignore_permission_denied=True,
            )
            return
        except WatchfilesRustInternalError:
            # a name that is not UTF-8 cannot be handed over, and what was told with it is lost
            yield [(None, str(folder))]


class _Stop:
    def __init__(self, stop: Callable[[], bool]) -> None:
        self.is_set = stop


def files(folder: Path, top: Path, every: bool = False) -> Iterator[Path]:
    """The files to read in a folder that is, or is under, the one watched."""
    listed = cache(_names)
    for directory, folders, names in os.walk(folder):
        if index_stamp.NAME in names:
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if belongs(path := Path(directory, name), top, every, listed):
                yield path


def belongs(
    path: Path, folder: Path, every: bool = False, names: Callable[[Path], set[str]] | None = None
) -> bool:
    """Whether `index` would read this file in this folder: it is hidden neither by its name, nor
    as a part of an index or of a saved page. every: whatever its kind. names: what a folder holds,
    which whoever asks of many files remembers.

    >>> belongs(Path("a/b/page.txt"), Path("a")), belongs(Path("a/.b/page.txt"), Path("a"))
    (True, False)
    """
    try:
        parts = path.relative_to(folder).parts
    except ValueError:
        return False
    if any(part.startswith(".") for part in parts) or not (every or is_candidate(path)):
        return False
    directory = folder
    for name in parts[:-1]:
        if saved_beside(name, (names or _names)(directory)):
            return False
        directory /= name
        if (directory / index_stamp.NAME).exists():
            return False
    return not (folder / index_stamp.NAME).exists()


def _names(folder: Path) -> set[str]:
    try:
        return set(os.listdir(folder))
    except OSError:
        return set()
