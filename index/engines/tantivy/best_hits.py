"""Which are the best hits of a tree, when they are asked for again?

The next page of a question, its filter taken away and the next reader ask for the same. A hit takes
24 bytes in place of some 200; what is given back is what was packed, to the last bit.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from struct import Struct

from index.engines.memo import Memo
from index.engines.requests import Hit, SearchResult

# Four megabytes of a worker, for each state of an index that it reads.
_BYTES = 4_000_000
# What wants more than pages do goes through it once.
_MOST = 800
# Who goes on page after page, as exports do, has so many found together, and so many hits at most:
# what comes before is found again each time.
_PAGES = 16
_AHEAD = 16_000

_TOTAL = Struct("<Q")
# part of the index, place in it, score, number of the article
_HIT = Struct("<IIdq")
# The key, and what holds a value.
_AROUND = 300


class BestHits:
    """The best hits of the trees that one state of an index was asked lately."""

    def __init__(self) -> None:
        self._packed = Memo[bytes](_BYTES, lambda packed: len(packed) + _AROUND)

    def get(
        self, key: Hashable, count: int, start: int, ask: Callable[[int, int], SearchResult]
    ) -> SearchResult:
        """Return the `count` hits after the `start` best; `ask` is given so many, and after which.

        key: tells a tree, its order and whether its matches are counted from any other.
        """
        most, first = count, 0
        if start:
            ahead = count * max(1, min(_PAGES, _AHEAD // count)) if count else 0
            if not ahead or start % count:
                return ask(count, start)
            most, first = ahead, start - (start - count) % ahead
        elif count > _MOST:
            return ask(count, start)
        packed = self._packed.get((key, most, first), lambda: _packed(ask(most, first)))
        return _unpacked(packed, count, start - first)


def _packed(result: SearchResult) -> bytes:
    """A total and hits as bytes.

    >>> result = SearchResult(7, [Hit((0, 12), 0.1, 2**61), Hit((3, 1), 0.0, 0)])
    >>> _unpacked(_packed(result), 2, 0) == result, _unpacked(_packed(result), 5, 1).hits
    (True, [Hit(ref=(3, 1), score=0.0, group=0)])
    """
    hits = b"".join([_HIT.pack(*ref, score, group) for ref, score, group in result.hits])
    return _TOTAL.pack(result.total) + hits


def _unpacked(packed: bytes, count: int, start: int) -> SearchResult:
    """The total, and `count` of the hits after the `start` first."""
    [total] = _TOTAL.unpack_from(packed)
    begin = _TOTAL.size + start * _HIT.size
    rows = _HIT.iter_unpack(packed[begin : begin + count * _HIT.size])
    return SearchResult(
        total, [Hit((part, place), score, group) for part, place, score, group in rows]
    )
