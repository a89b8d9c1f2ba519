"""Where may a text have a verb that the words beside it tell: elle est partie, tu bois?

Such a word answers to its verb there and nowhere else. It is looked for among a few chunks, so that
the others need not be read.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence


def places(folded: str, starts: Sequence[int], forms: Iterable[str]) -> list[int]:
    """Return the numbers of the chunks that have one of some forms in them, in order.

    `starts`: where the chunks of `folded` begin.

    >>> from index.french.chunks import chunk_starts
    >>> text = "ne naissant, né de ne"
    >>> places(text, chunk_starts(text), ["ne", "naissant"])
    [0, 1, 4]
    """
    numbers = set()
    for form in forms:
        at = folded.find(form)
        while at >= 0:
            number = bisect_right(starts, at) - 1
            numbers.add(number)
            # once in a chunk is enough
            at = folded.find(form, starts[number + 1]) if number + 1 < len(starts) else -1
    return sorted(numbers)
