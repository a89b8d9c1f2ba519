"""Which states of the index are kept, for those who turn the pages of an answer?

The address of a following page names the state that its first page was read from. A state is
kept some minutes after it was last read, and for good no longer than half an hour after another
took its place: meanwhile the space of what was rewritten is not given back. None is kept when
the whole index was rewritten, so that what was forgotten does not come back by that way.

The next page may well be asked of another process than the one that gave the first. Of an index in
a directory each keeps each state as it comes; a cluster tells any of them what one shared.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from zlib import crc32

from index.engines import Engine, IndexUnavailable, Reader
from index.engines.places import Sharing

_MOST = 32
# In seconds.
_UNREAD = 600.0
_LONGEST = 1800.0
_LOOK = 0.5


def state_name(reader: Reader) -> str:
    """What an address calls the state that a reader reads.

    >>> from index import engines
    >>> state_name(engines.open(":memory:").reader())
    '0-dfa2aff1'
    """
    return f"{reader.generation}-{crc32(repr(reader.updated).encode()):08x}"


@dataclass(slots=True)
class _State:
    reader: Reader
    last_read: float
    past: float | None = None
    """Since when another state has taken its place."""


class States:
    """So many states of one index, known by name; threads may share it.

    >>> from index import engines
    >>> reader = engines.open(":memory:").reader()
    >>> states = States()
    >>> states.find(states.keep(reader), reader) is reader, states.find("1-00", reader)
    (True, None)
    """

    def __init__(
        self,
        engine: Engine | None = None,
        most: int = _MOST,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._sharing = engine if isinstance(engine, Sharing) else None
        self._most = most
        self._clock = clock
        self._turn = threading.Lock()
        # the least lately read first
        self._states: dict[str, _State] = {}

    def keep(self, reader: Reader) -> str:
        """Keep the state that a reader reads, and share it; gives its name."""
        name = self._keep(reader)
        if self._sharing is not None:
            # without it the next page may have to say that it begins again
            with suppress(IndexUnavailable):
                self._sharing.share(reader, name)
        return name

    def _keep(self, reader: Reader) -> str:
        name, now = state_name(reader), self._clock()
        with self._turn:
            before = self._states.pop(name, None)
            self._states[name] = _State(reader, now, before.past if before else None)
            while len(self._states) > self._most:
                del self._states[next(iter(self._states))]
        return name

    def find(self, name: str, present: Reader) -> Reader | None:
        """The reader of a state; None when it is kept no more."""
        if name == state_name(present):
            return present
        self.tidy(present)
        with self._turn:
            state = self._states.get(name)
            # a cluster may have lost it: its reader then reads another
            if state is not None and state_name(state.reader) == name:
                state.last_read = self._clock()
                return state.reader
        return self._shared(name, present)

    def _shared(self, name: str, present: Reader) -> Reader | None:
        """The reader of a state that another process shared. Raises IndexUnavailable."""
        if self._sharing is None or time.time() - (present.updated or 0.0) > _LONGEST:
            return None
        reader = self._sharing.shared(int(name.partition("-")[0]), name)
        if reader is None or reader.files != present.files:
            return None
        self._keep(reader)
        return reader

    def tidy(self, present: Reader) -> None:
        """Let go of what is kept for nobody, now that `present` is the state of the index."""
        now, current = self._clock(), state_name(present)
        with self._turn:
            for name, state in list(self._states.items()):
                if name == current:
                    continue
                state.past = now if state.past is None else state.past
                if (
                    state.reader.files != present.files
                    or now - state.last_read > _UNREAD
                    or now - state.past > _LONGEST
                ):
                    del self._states[name]

    def forget(self) -> None:
        """Let go of all."""
        with self._turn:
            self._states.clear()

    def follow(self, engine: Engine) -> threading.Thread:
        """Keep each state as it comes, in a thread of its own, whoever reads it first."""

        def look() -> None:
            while True:
                time.sleep(_LOOK)
                # those who ask are told what is wrong with the index
                with suppress(IndexUnavailable):
                    reader = engine.reader()
                    if state_name(reader) not in self._states:
                        self.keep(reader)
                    self.tidy(reader)

        thread = threading.Thread(target=look, name="states", daemon=True)
        thread.start()
        return thread
