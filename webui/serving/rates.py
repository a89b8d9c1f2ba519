"""Does this client ask too often?

A bucket of tokens for each client, in the memory of one process: with several workers a
client may ask as many times more. The reverse proxy in front sees them all and is the
better place for a strict limit; this one needs nothing installed.
"""

from __future__ import annotations

import threading
from collections import OrderedDict

from webui.serving import proxies

# A client that nobody remembers has a full bucket.
_MOST_CLIENTS = 10_000


class TooOften(Exception):
    """The client has to wait; `seconds` says how long."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Rates:
    """`a_minute` questions a minute for each client, which may come all at once.

    >>> rates = Rates(2)
    >>> rates.take("192.0.2.7", 0.0), rates.take("192.0.2.7", 0.0)
    (None, None)
    >>> rates.take("192.0.2.7", 10.0)
    Traceback (most recent call last):
    webui.serving.rates.TooOften: 20.0
    >>> rates.take("192.0.2.7", 30.0)
    """

    def __init__(self, a_minute: int) -> None:
        self._capacity = float(a_minute)
        self._lock = threading.Lock()
        # client → tokens left, and when they were counted
        self._clients: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, address: str, now: float) -> None:
        """One question of a client at a time of a steady clock. Raises TooOften."""
        client = proxies.network(address)
        with self._lock:
            left, counted = self._clients.pop(client, (self._capacity, now))
            left = min(self._capacity, left + (now - counted) * self._capacity / 60)
            self._clients[client] = (left - 1 if left >= 1 else left, now)
            if len(self._clients) > _MOST_CLIENTS:
                self._clients.popitem(last=False)
        if left < 1:
            raise TooOften(round((1 - left) * 60 / self._capacity, 3))
