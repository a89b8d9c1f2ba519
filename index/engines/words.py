"""In which order do words of an index stand?"""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter

Words = list[tuple[str, int]]
"""Terms, each with how many records hold it: the most frequent first, then in order of letters."""


_freq = itemgetter(1)


def ranked(words: Iterable[tuple[str, int]], limit: int | None = None) -> Words:
    """Words in their order, the first `limit` of them: ties must fall alike on every engine.

    >>> ranked([("b", 1), ("a", 1), ("c", 2)], 2)
    [('c', 2), ('a', 1)]
    """
    pairs = [*words]
    if limit is not None and 0 < limit < len(pairs):
        # of the tens of thousands that begin with two letters, few can be among the first
        least = sorted(map(_freq, pairs), reverse=True)[limit - 1]
        pairs = [pair for pair in pairs if pair[1] >= least]
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))[:limit]
