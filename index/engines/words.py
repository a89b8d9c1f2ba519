"""In which order do words of an index stand?"""

from __future__ import annotations

from collections.abc import Iterable

Words = list[tuple[str, int]]
"""Terms, each with how many records hold it: the most frequent first, then in order of letters."""


def ranked(words: Iterable[tuple[str, int]]) -> Words:
    """Words in their order: ties must fall alike on every engine.

    >>> ranked([("b", 1), ("a", 1), ("c", 2)])
    [('c', 2), ('a', 1), ('b', 1)]
    """
    return sorted(words, key=lambda pair: (-pair[1], pair[0]))
