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
# A site of IPv6 may ask as much as so many clients: it has 65,536 networks, each of them a client.
# A mobile operator gives each telephone one of them, so that a site may be many people.
_SITE = 16


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
        # client or site → tokens left, and when they were counted
        self._clients: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, address: str, now: float) -> None:
        """One question of a client at a time of a steady clock. Raises TooOften."""
        buckets = {proxies.network(address): self._capacity}
        if site := proxies.site(address):
            buckets[site] = self._capacity * _SITE
        wait = 0.0
        with self._lock:
            lefts = {name: self._questions_left(name, most, now) for name, most in buckets.items()}
            allowed = min(lefts.values()) >= 1
            for name, most in buckets.items():
                self._clients[name] = (lefts[name] - 1 if allowed else lefts[name], now)
                wait = max(wait, (1 - lefts[name]) * 60 / most)
            while len(self._clients) > _MOST_CLIENTS:
                self._clients.popitem(last=False)
        if not allowed:
            raise TooOften(round(wait, 3))

    def _questions_left(self, name: str, most: float, now: float) -> float:
        questions, counted = self._clients.pop(name, (most, now))
        return min(most, questions + (now - counted) * most / 60)
