"""How many questions are answered at once, and for how long?

Too many questions at once make each of them slow: beyond `at_once`, a question waits for
its turn, and when it has waited too long, or too many of its client's wait already, it is refused
at once, which a client understands better than silence. An engine cannot be stopped inside one
call, whose work the limits of the question bound; between two calls the time is looked at.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, cast

from whoosh.query import Query

from index.engines import (
    DistantReader,
    ListAnswer,
    ListRequest,
    Look,
    LookAnswer,
    Near,
    Order,
    Page,
    PageRequest,
    Prefix,
    Reader,
    SearchResult,
    Term,
    Words,
    past,
)
from webui.serving.places import Places, Rotation


class Busy(Exception):
    """The question had no turn in time."""


class TooLong(Exception):
    """The question took all the time one may take."""


class Turns:
    """So many questions at once, so many waiting, so many seconds each, the wait included.

    Those that wait are taken one client after the other. `report` is told how many run and how
    many wait, each time that changes.

    >>> turns = Turns(at_once=1, waiting=0, budget=1.0)
    >>> with turns.turn("192.0.2.7"):
    ...     turns.running
    1
    """

    def __init__(
        self,
        at_once: int,
        waiting: int,
        budget: float,
        clock: Callable[[], float] = time.monotonic,
        report: Callable[[int, int], None] = lambda running, waiting: None,
    ) -> None:
        self._lock = threading.Lock()
        self._free = at_once
        self._rotation = Rotation[threading.Event]()
        self._resuming: deque[threading.Event] = deque()
        self._places = Places(waiting)
        self._exports = Places(1 + waiting // 2)
        self._budget = budget
        self._clock = clock
        self._report = report
        self.waiting = 0
        self.running = 0

    @contextmanager
    def turn(self, client: str) -> Iterator[float]:
        """One question's turn; gives its deadline on the clock. Raises Busy.

        A client has no more than its share of the places where questions wait (see `Places`).
        """
        deadline = self._clock() + self._budget
        if not self._begun():
            if not self._places.take(client):
                raise Busy
            try:
                self._wait(client, deadline)
            finally:
                self._places.leave(client)
        with self._running():
            yield deadline

    @contextmanager
    def more(self, client: str) -> Iterator[None]:
        """A turn for what was begun already, the next page of an export: it waits as it must.

        It has no deadline: the first page showed how much work it is, and an answer half sent
        can no longer say that it stopped.
        """
        if not self._begun():
            self._wait(client, None)
        with self._running():
            yield

    @contextmanager
    def resumed(self) -> Iterator[None]:
        """The turn again of a question that left it while its client took what was made.

        Before those that wait, since it holds a thread already; it has no deadline either.
        """
        turn_event = threading.Event()
        with self._lock:
            self._resuming.append(turn_event)
            self._count(waiting=1)
            self._call()
        turn_event.wait()
        with self._running():
            yield

    def long(self, client: str) -> Callable[[], None]:
        """A place for an answer that lasts, such as an export; gives how to leave it, once.

        Exports have half of those who may wait: however many are asked for, and however
        slowly they are taken, a thread is left for questions. Raises Busy.
        """
        if not self._exports.take(client):
            raise Busy
        release_lock = threading.Lock()

        def leave() -> None:
            if release_lock.acquire(blocking=False):
                self._exports.leave(client)

        return leave

    def timed(self, reader: Reader, deadline: float, present: Reader | None = None) -> TimedReader:
        """The reader, until the deadline."""
        return TimedReader(reader, deadline, self._clock, present)

    def _begun(self) -> bool:
        """Whether a question may run at once: none waits and not too many run."""
        with self._lock:
            if not self._free or self._rotation:
                return False
            self._free -= 1
            self._count(running=1)
            return True

    def _wait(self, client: str, deadline: float | None) -> None:
        """Wait to be let in by a question that ends. Raises Busy, at the deadline."""
        turn_event = threading.Event()
        with self._lock:
            self._rotation.put(client, turn_event)
            self._count(waiting=1)
            # a turn may have been left since
            self._call()
        if turn_event.wait(None if deadline is None else max(0.0, deadline - self._clock())):
            return
        with self._lock:
            if not turn_event.is_set():
                self._rotation.remove(client, turn_event)
                self._count(waiting=-1)
                raise Busy

    @contextmanager
    def _running(self) -> Iterator[None]:
        try:
            yield
        finally:
            with self._lock:
                self._free += 1
                self._count(running=-1)
                self._call()

    def _call(self) -> None:
        """Let in who waits, as far as there is room: the turn is theirs from now on."""
        while self._free and (turn_event := self._following()):
            self._free -= 1
            self._count(running=1, waiting=-1)
            turn_event.set()

    def _following(self) -> threading.Event | None:
        if self._resuming:
            return self._resuming.popleft()
        following = self._rotation.take()
        return following[1] if following else None

    def _count(self, running: int = 0, waiting: int = 0) -> None:
        self.running += running
        self.waiting += waiting
        self._report(self.running, self.waiting)


class TimedReader:
    """A reader that answers until a deadline, then raises TooLong; `reader` is the lasting one.

    present: that of today's state, when the reader's is past.
    """

    def __init__(
        self,
        reader: Reader,
        deadline: float,
        clock: Callable[[], float],
        present: Reader | None = None,
    ) -> None:
        self.reader = reader
        self.present = present or reader
        self._deadline = deadline
        self._clock = clock
        self.files = reader.files
        self.generation = reader.generation
        self.updated = reader.updated
        self.distant = reader.distant

    @property
    def _within(self) -> Reader:
        if self._clock() > self._deadline:
            raise TooLong
        return self.reader

    def search(self, tree: Query, count: int, order: Order = "relevance") -> SearchResult:
        return self._within.search(tree, count, order)

    def look(self, request: Look) -> LookAnswer:
        return self._within.look(request)

    def remembered(self, lookups: Look) -> Mapping[Term | Prefix | Near, Any]:
        return cast(DistantReader, self._within).remembered(lookups)

    def page(self, request: PageRequest) -> Page:
        if self.present is self.reader:
            return self._within.page(request)
        return past.page(self._within, self.present, request)

    def values(self, request: ListRequest) -> ListAnswer:
        return self._within.values(request)

    def engine_query(self, tree: Query) -> str:
        return self._within.engine_query(tree)

    def load(self, refs: Sequence[Any]) -> list[bytes]:
        return self._within.load(refs)

    def everything(self) -> Iterator[bytes]:
        return self._within.everything()

    def passages(self, article: str) -> list[bytes]:
        return self._within.passages(article)

    def freq(self, field: str, term: str) -> int:
        return self._within.freq(field, term)

    def words(self, field: str, prefix: str, limit: int | None = None) -> Words:
        return self._within.words(field, prefix, limit)

    def near(self, field: str, word: str, faults: int, heads: Sequence[str]) -> Words:
        return self._within.near(field, word, faults, heads)

    def slips(self, field: str, word: str) -> Words:
        return self._within.slips(field, word)

    def size(self) -> int:
        return self._within.size()

    def kinds(self) -> Mapping[str, int]:
        return self._within.kinds()
