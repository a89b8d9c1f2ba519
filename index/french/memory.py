"""What was worked out of a word or a text, and for how long is it remembered?"""

from __future__ import annotations

from typing import TypeVar

Value = TypeVar("Value")


TEXTS = 1_000
"""Texts shown lately, of which what was worked out is remembered: those of some thirty pages.

Of one of 1,500 letters it is 7 kilobytes, its record included: twenty megabytes of a worker, at
most.
"""


class Memory(dict[str, Value]):
    """Word → what is made of it: worked out when it is first met and looked up ever after.

    `size` bounds a generation: when it is full it becomes the one before, and a word met again
    moves on, so that only words not met for a long time are forgotten: those that come back
    need not be worked out again.

    >>> class Lengths(Memory[int]):
    ...     size = 2
    ...     def compute(self, word: str) -> int:
    ...         return len(word)
    >>> lengths = Lengths()
    >>> [lengths[word] for word in "un deux trois un".split()], len(lengths)
    ([2, 4, 5, 2], 2)
    """

    size = 50_000
    longest = 100
    """Characters of the longest word, or text, worth remembering."""

    def __init__(self) -> None:
        self._before: dict[str, Value] = {}

    def compute(self, word: str) -> Value:
        """What a word gives; never None."""
        raise NotImplementedError

    def __missing__(self, word: str) -> Value:
        earlier = self._before.pop(word, None)
        value = self.compute(word) if earlier is None else earlier
        if len(word) <= self.longest:
            if len(self) >= self.size:
                self._before = dict(self)
                self.clear()
            self[word] = value
        return value
