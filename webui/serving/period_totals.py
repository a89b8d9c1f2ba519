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
        self._held: OrderedDict[Hashable, Totals] = OrderedDict()

    def get(self, key: Hashable, count: Callable[[], Totals]) -> Totals:
        """Those of a key, counted when they are not held; the least lately asked for go first."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        totals = count()
        with self._lock:
            self._held[key] = totals
            while len(self._held) > self._most:
                self._held.popitem(last=False)
        return totals
