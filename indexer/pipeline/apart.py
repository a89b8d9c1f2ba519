"""How is a large file read, that may need too much memory or time?

In another process, which may take neither more memory nor more time than is said here: whatever
a file asks of the readers or of their libraries, the run goes on without it. Small files are read
here: to start a process takes a second. Only Linux and its kin bound a process so; elsewhere the
bounds of each reader are alone.
"""

from __future__ import annotations

import gc
import math
import multiprocessing
import re
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib import import_module
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import PurePath
from typing import Any, Self

from index.writing import uninterrupted
from indexer.files import CapturedFile, Format
from indexer.reporting import Outcome, Skipped, plural

MOST_MEMORY = 448 << 20
"""Bytes of data of a reader's process, its libraries' included (some 60 MB)."""
MOST_SECONDS = 20
_A_MEGABYTE = 6
"""Of work, between two things that a file gives, and for each megabyte of it: the page of an
article of 20,000 comments weighs twenty, and takes three seconds each."""
LARGE = 1 << 18
"""Bytes from which a file is read apart; what is compressed inside always is."""
_GROWING = ("archive", "warc", "parquet")
_GROWS = re.compile(rb"\A(?:\x1f\x8b|\xfd7zXZ|\x28\xb5\x2f\xfd)|<html\b[^>]{0,500}\bdata-sfz\b")
"""How files begin that are compressed, and pages that extract themselves."""

Reading = Callable[[CapturedFile, Format], Iterator[Outcome]]
"""How a file is read: a function of a module."""


class SeparateReader:
    """A process that reads files, one after the other. It starts with the first, and is started
    again after a file that made it stop. seconds: of work, for a file of less than a megabyte.
    """

    def __init__(self, reading: Reading, seconds: int = MOST_SECONDS) -> None:
        self._reading = reading
        self._seconds = seconds
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None

    def outcomes(self, file: CapturedFile, form: Format) -> Iterator[Outcome]:
        """Yield the outcomes of a file, and a Skipped when it costs too much. Raises OSError."""
        seconds = self._seconds + _A_MEGABYTE * (file.path.stat().st_size >> 20)
        connection = self._started()
        is_complete = False
        try:
            connection.send((file, form, seconds))
            while (received := connection.recv()) is not None:
                if isinstance(received, OSError):
                    is_complete = True
                    raise received
                yield received
            is_complete = True
        except (EOFError, ConnectionError):
            yield Skipped(file.name, self._stopped(seconds))
            is_complete = True
        finally:
            if not is_complete:
                # what is left of a file that nobody reads on is not for the next one
                self.close()

    def _started(self) -> Connection:
        if self._connection is None:
            # not a fork: the engine's threads would be copied in the middle of something
            context = multiprocessing.get_context("spawn")
            self._connection, child_connection = context.Pipe()
            self._process = context.Process(
                target=_serve,
                args=(child_connection, self._reading),
                daemon=True,
                name="glose-reader",
            )
            with uninterrupted():
                self._process.start()
            child_connection.close()
        return self._connection

    def _stopped(self, seconds: int) -> str:
        """Return why the process ended, in French."""
        assert self._process is not None
        self._process.join()
        code = self._process.exitcode or 0
        self.close()
        if code == _TOO_LARGE:
            amount = f"plus de {MOST_MEMORY >> 20} Mio de mémoire"
        elif code == -getattr(signal, "SIGXCPU", 0):
            amount = f"plus de {plural(seconds, 'seconde')} de calcul sans rien y trouver"
        else:
            exit_cause = f"signal {-code}" if code < 0 else f"code {code}"
            return _broken(exit_cause)
        return f"ce fichier demande {amount} ; la suite n'est pas lue"

    def close(self) -> None:
        """End the process. Another one starts if more is to be read."""
        if self._connection is not None:
            self._connection.close()
        if self._process is not None:
            # it may be in the middle of a file that nobody waits for
            self._process.kill()
            self._process.join()
            self._process.close()
        self._process = self._connection = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def outlived(reading: Reading, file: CapturedFile, form: Format) -> Iterator[Outcome]:
    """Yield the outcomes of a file, and a Skipped for any error of its reader, which is a fault of
    ours.

    It says where the fault is, for whoever mends it. Raises OSError, which is the disk's; and
    MemoryError, also for what a library makes of it.
    """
    try:
        yield from reading(file, form)
    except OSError:
        raise
    except Exception as error:
        if _lacks_memory(error):
            raise MemoryError from error
        code = traceback.extract_tb(error.__traceback__)[-1]
        code_place = f"{PurePath(code.filename).name}, ligne {code.lineno}"
        yield Skipped(file.name, _broken(f"{type(error).__name__}, {code_place}"))


def _lacks_memory(error: BaseException | None) -> bool:
    """Whether an error comes from a lack of memory: orjson (3.11) makes a SystemError of it.

    >>> _lacks_memory(MemoryError()), _lacks_memory(KeyError("a"))
    (True, False)
    """
    while error is not None and not isinstance(error, MemoryError):
        error = error.__cause__ or error.__context__
    return error is not None


def _broken(exit_cause: str) -> str:
    return f"la lecture s'est arrêtée d'elle-même ({exit_cause}) ; la suite n'est pas lue"


def is_large(file: CapturedFile, form: Format) -> bool:
    """Return whether a file is to be read apart: it is large, or may become so. Raises OSError."""
    if form.name in _GROWING or file.path.stat().st_size >= LARGE:
        return True
    with file.path.open("rb") as opened:
        return _GROWS.search(opened.read(4096)) is not None


_TOO_LARGE = 3


def _serve(connection: Connection, reading: Reading) -> None:
    """Read the files that are asked for, until nobody asks. Runs in the other process."""
    _bound_memory()
    # whoever asks may leave with an answer unread, which resets the connection
    with suppress(EOFError, ConnectionError):
        while True:
            file, form, seconds = connection.recv()
            try:
                _send(connection, outlived(reading, file, form), seconds)
                _give_memory_back()
            except MemoryError:
                # what is left of it is not worth trusting
                raise SystemExit(_TOO_LARGE) from None
            except ConnectionError:
                return
            except OSError as error:
                connection.send(error)


def _send(connection: Connection, outcomes: Iterator[Outcome], seconds: int) -> None:
    """Send outcomes, and None. The last one is let go with this call: while its thousands of
    comments are written, nothing else is asked for.
    """
    _bound_seconds(seconds)
    for outcome in outcomes:
        connection.send(outcome)
        _bound_seconds(seconds)
    connection.send(None)


def _give_memory_back() -> None:
    """Give the system what was freed: Python and glibc keep a third of a large article."""
    # nobody else needs it
    import ctypes

    gc.collect()
    with suppress(OSError, TypeError, AttributeError):
        # TypeError on Windows; AttributeError where another C library gives it back by itself
        ctypes.CDLL(None).malloc_trim(0)


def _resource() -> Any | None:
    """The system's bounds on a process; None on Windows, which has none of this kind."""
    try:
        return import_module("resource")
    except ImportError:
        return None


def _bound_memory() -> None:
    _bound("RLIMIT_DATA", MOST_MEMORY)


def _bound_seconds(seconds: int) -> None:
    """The process dies after so many more seconds of work."""
    _bound("RLIMIT_CPU", math.ceil(time.process_time()) + seconds)


def _bound(name: str, most: int) -> None:
    if resource := _resource():
        kind = getattr(resource, name)
        above = resource.getrlimit(kind)[1]
        resource.setrlimit(
            kind, (most if above == resource.RLIM_INFINITY else min(most, above), above)
        )
