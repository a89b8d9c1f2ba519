"""Which news of saved questions were told already?

The state is a file of its own, replaced whole: what was not told stays to be told.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from index.engines import disk
from index.engines.faults import why
from webui.alerts.files import Unreadable
from webui.alerts.news import Mark

try:
    import fcntl
except ImportError:  # Windows: whoever starts it sees to it that one run ends before the next
    fcntl = None  # type: ignore[assignment]

_VERSION = 1


class AlreadyRunning(Exception):
    """Another run is using the same state at this moment."""


class Unwritable(Exception):
    """Nothing can be remembered there; the message is the system's reason."""


def marks(path: Path) -> dict[str, Mark]:
    """Return the mark of each question, by name; none when there is no such file yet.

    Raises Unreadable, OSError.
    """
    try:
        content = json.loads(path.read_text("utf-8"))
        if content["version"] != _VERSION:
            raise ValueError(content["version"])
        return {
            name: Mark(mark["asked"], int(mark["seen"]), frozenset(mark["told"]))
            for name, mark in content["questions"].items()
        }
    except FileNotFoundError:
        return {}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unreadable(
            f"« {path} » ne se lit pas. Sans lui tout recommence : supprimez-le, ou donnez-en "
            "un autre avec --state."
        ) from error


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """No other run reads or replaces this state meanwhile. Raises AlreadyRunning, Unwritable.

    The state is replaced whole, so the lock is on a file beside it, which stays; the kernel
    releases it when its process dies.
    """
    try:
        number = os.open(path.with_name(f".{path.name}.lock"), os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise Unwritable(why(error)) from error
    try:
        if fcntl is not None:
            try:
                fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise AlreadyRunning from None
        yield
    finally:
        os.close(number)


def remember(path: Path, marks_by_name: Mapping[str, Mark]) -> None:
    """Replace the whole state. Raises OSError and leaves the former state as it was."""
    body = json.dumps(
        {
            "version": _VERSION,
            "questions": {
                name: {"asked": mark.address, "seen": mark.seen, "told": sorted(mark.hashes)}
                for name, mark in marks_by_name.items()
            },
        },
        ensure_ascii=False,
        indent=1,
    )
    disk.write(path, body.encode(), mode=0o600)
