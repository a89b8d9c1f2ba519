"""Which clients have a place, when there are not enough for everybody?

Places (threads, connections, questions that wait) are counted by client. One may take a place as
long as it holds fewer than are free: alone it has half of them, the next half of what is left.
Those that wait are taken client by client, so that a crowd from one address waits for itself.
"""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict, deque
from collections.abc import Callable
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Places:
    """So many places; from any thread.

    >>> places = Places(4)
    >>> [places.take("192.0.2.7") for _ in range(3)], places.take("192.0.2.9")
    ([True, True, False], True)
    >>> places.leave("192.0.2.7"); places.count("192.0.2.7")
    1
    """

    def __init__(self, total: int) -> None:
        self._lock = threading.Lock()
        self._by_client: Counter[str] = Counter()
        self._free = total

    def take(self, client: str) -> bool:
        """A place for this client, unless it has its share."""
        with self._lock:
            if not self._has_room(client):
                return False
            self._by_client[client] += 1
            self._free -= 1
            return True

    def has_room(self, client: str) -> bool:
        """Return whether `take` would give a place."""
        with self._lock:
            return self._has_room(client)

    def _has_room(self, client: str) -> bool:
        return self._by_client[client] < self._free

    def leave(self, client: str) -> None:
        """Give one place of this client back."""
        with self._lock:
            self._free += 1
            self._by_client[client] -= 1
            if not self._by_client[client]:
                del self._by_client[client]

    def count(self, client: str) -> int:
        with self._lock:
            return self._by_client[client]


class Rotation(Generic[Item]):
    """What waits, taken one client after the other; in the order it came for each of them.

    >>> rotation = Rotation()
    >>> for client, item in [("a", 1), ("a", 2), ("b", 3)]:
    ...     rotation.put(client, item)
    >>> [rotation.take() for _ in range(4)]
    [('a', 1), ('b', 3), ('a', 2), None]
    """

    def __init__(self) -> None:
        self._waiting: OrderedDict[str, deque[Item]] = OrderedDict()

    def __bool__(self) -> bool:
        return bool(self._waiting)

    def put(self, client: str, item: Item) -> None:
        self._waiting.setdefault(client, deque()).append(item)

    def take(self, may: Callable[[str], bool] = lambda client: True) -> tuple[str, Item] | None:
        """The next of the first client that `may`, which then waits behind the others."""
        client = next(filter(may, self._waiting), None)
        if client is None:
            return None
        items = self._waiting[client]
        item = items.popleft()
        if items:
            self._waiting.move_to_end(client)
        else:
            del self._waiting[client]
        return client, item

    def remove(self, client: str, item: Item) -> None:
        """Wait no more for this one. Raises ValueError: it does not wait."""
        items = self._waiting.get(client)
        if items is None:
            raise ValueError(client)
        items.remove(item)
        if not items:
            del self._waiting[client]
