"""Who is writing this index?

One file, held with flock by whoever writes, over all commands: index, delete, forget,
rebuild, restore. The kernel lets go of it when its holder dies, however it dies. What the
file says is only for the sentence that refuses a second writer, and for knowing that a
writer died: one that leaves in order empties it.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime
from pathlib import Path

from index.engines import disk
from index.engines.faults import IndexUnavailable, busy, sentence

try:
    import fcntl
except ImportError:  # Windows: the engine's own lock decides alone, and names nobody
    fcntl = None  # type: ignore[assignment]

NAME = "writer.lock"


class Lock:
    """Held from its making to `release`. Raises IndexUnavailable, saying who holds it.

    `settled`: nobody died at work since the files were last listed. Whoever touches them
    takes it back until they are listed again, and leaves it to the next holder as it is.
    """

    def __init__(self, directory: Path, location: str) -> None:
        self._path = directory / NAME
        try:
            existed = self._path.exists()
            self._number = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
            if not existed:
                disk.sync(directory)
        except OSError as error:
            raise IndexUnavailable(sentence(location, error)) from error
        try:
            if fcntl is not None:
                fcntl.flock(self._number, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self.settled = os.fstat(self._number).st_size == 0
            self._say(myself())
        except BlockingIOError:
            holder = holds(directory)
            os.close(self._number)
            raise IndexUnavailable(busy(location, holder)) from None
        except OSError as error:
            os.close(self._number)
            raise IndexUnavailable(sentence(location, error)) from error

    def release(self) -> None:
        """Let go; the name stays there when an unfinished work does."""
        if self._number < 0:
            return
        number, self._number = self._number, -1
        try:
            if self.settled:
                os.ftruncate(number, 0)
        finally:
            if fcntl is not None:
                # a child forked meanwhile shares the lock: closing alone would leave it held
                fcntl.flock(number, fcntl.LOCK_UN)
            os.close(number)

    def _say(self, content: bytes) -> None:
        os.ftruncate(self._number, 0)
        os.pwrite(self._number, content, 0)
        # on the disk before anything that the engine writes
        os.fsync(self._number)


def myself() -> bytes:
    """Return the name of this process for a lock, as JSON."""
    # a question takes no lock
    import socket

    # the sub-command alone: what follows may be the very name that is to be forgotten
    command = " ".join([Path(sys.argv[0]).name, *sys.argv[1:2]])
    return json.dumps(
        {
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "command": command,
            "since": datetime.now().astimezone().isoformat(timespec="seconds"),
        },
        ensure_ascii=False,
    ).encode(errors="replace")


def holds(directory: Path) -> str:
    """Return who holds the lock, as a piece of a French sentence; "" when nobody does."""
    try:
        return holder(json.loads((directory / NAME).read_bytes()))
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def holder(owner: dict[str, str]) -> str:
    """Put what `myself` gave in a piece of a sentence. Raises ValueError, KeyError, TypeError."""
    since = datetime.fromisoformat(owner["since"])
    return (
        f"« {owner['command']} », processus {owner['pid']} sur {owner['host']}, "
        f"depuis le {since:%d/%m/%Y à %H:%M:%S}"
    )
