"""Which are the best hits of a tree, when they are asked for again?

The next reader of a question, who takes its filter away, and the next page where partial matches
stand among full ones ask for the same. A hit takes 24 bytes in place of some 200; what is given
back is what was packed, to the last bit.
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

_TOTAL = Struct("<Q")
# part of the index, place in it, score, number of the article
_HIT = Struct("<IIdq")
# The key, and what holds a value.
_AROUND = 300


class BestHits:
    """The best hits of the trees that one state of an index was asked lately."""

    def __init__(self) -> None:
        self._packed = Memo[bytes](_BYTES, lambda packed: len(packed) + _AROUND)

    def get(self, key: Hashable, count: int, ask: Callable[[], SearchResult]) -> SearchResult:
        """Return what `ask` answers, or answered before under the same key; `count` hits at most.

        key: tells all that is asked from anything else.
        """
        if count > _MOST:
            return ask()
        return _unpacked(self._packed.get(key, lambda: _packed(ask())))


def _packed(result: SearchResult) -> bytes:
    """A total and hits as bytes.

    >>> result = SearchResult(7, [Hit((0, 12), 0.1, 2**61), Hit((3, 1), 0.0, 0)])
    >>> _unpacked(_packed(result)) == result
    True
    """
    hits = b"".join([_HIT.pack(*ref, score, group) for ref, score, group in result.hits])
    return _TOTAL.pack(result.total) + hits


def _unpacked(packed: bytes) -> SearchResult:
    [total] = _TOTAL.unpack_from(packed)
    rows = _HIT.iter_unpack(packed[_TOTAL.size :])
    return SearchResult(
        total, [Hit((part, place), score, group) for part, place, score, group in rows]
    )
