"""How many passages of each period are there in all, counted once for each state of the index?"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence

from index.results import Bucket

Totals = Mapping[str, Sequence[Bucket]]


class PeriodTotals:
    """So many of them, each for a generation of the index and what narrows it.

    >>> totals = PeriodTotals(1)
    >>> totals.get("a", lambda: {"month": ()}), totals.get("a", dict)
    ({'month': ()}, {'month': ()})
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._totals: OrderedDict[Hashable, Totals] = OrderedDict()

    def get(self, key: Hashable, count: Callable[[], Totals]) -> Totals:
        """Return the totals of a key, counted when they are not stored; the least recently used go
        first.
        """
        with self._lock:
            if key in self._totals:
                self._totals.move_to_end(key)
                return self._totals[key]
        totals = count()
        with self._lock:
            self._totals[key] = totals
            while len(self._totals) > self._most:
                self._totals.popitem(last=False)
        return totals
