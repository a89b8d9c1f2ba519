"""How is an index of tantivy read by somebody who may not write where it is?

tantivy takes a lock, which is a file beside the others, to load a state, even to search.
Where that file cannot be written (a read-only disk, a service that is given no more rights
than it needs), the state is loaded through a directory of our own: links to the files of
the last commit, and a copy of the file that names them.
"""

from __future__ import annotations

import os
import weakref
from contextlib import suppress
from pathlib import Path

from index.engines import disk
from index.engines.faults import IndexUnavailable, unreachable

META = "meta.json"
_LOCK = ".tantivy-meta.lock"


def needed(directory: Path) -> bool:
    """Return whether tantivy could not take its lock in a directory.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as mine:
    ...     needed(Path(mine))
    False
    """
    if os.name == "nt":
        # links ask for rights there that a reader seldom has
        return False
    lock = directory / _LOCK
    effective = os.access in os.supports_effective_ids
    return not os.access(lock if lock.exists() else directory, os.W_OK, effective_ids=effective)


class Mirror:
    """A directory of ours through which another one is read; it goes when this does.

    Raises IndexUnavailable: no place to make one; OSError.
    """

    def __init__(self, directory: Path, location: str) -> None:
        # most readers need no mirror
        import tempfile

        self._directory = directory.absolute()
        try:
            self.path = Path(tempfile.mkdtemp(prefix="glose-"))
        except OSError as error:
            raise IndexUnavailable(unreachable(location, str(error))) from error
        # a process forked from this one shares the directory, and is not to take it away
        self._end = weakref.finalize(self, _remove, self.path, os.getpid())
        self.follow()

    def follow(self) -> None:
        """Hold the files of the last commit, and forget those that are gone."""
        for link in self.path.iterdir():
            if link.is_symlink() and not link.exists():
                link.unlink(missing_ok=True)
        # read before the files are listed: a commit made meanwhile has them all
        meta = (self._directory / META).read_bytes()
        for file in self._directory.iterdir():
            link = self.path / file.name
            if not file.name.startswith((META, ".")) and not link.is_symlink():
                _link(link, file)
        fresh = self.path / f".{META}.{os.getpid()}"
        fresh.write_bytes(meta)
        fresh.replace(self.path / META)

    def behind(self) -> bool:
        """Return whether another commit took the place of the one that is held."""
        return (self._directory / META).read_bytes() != (self.path / META).read_bytes()


def _link(link: Path, file: Path) -> None:
    # a process forked from the same one may be there first
    with suppress(FileExistsError):
        link.symlink_to(file)


def _remove(path: Path, owner: int) -> None:
    if os.getpid() == owner:
        disk.remove(path)
