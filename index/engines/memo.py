"""What was worked out before, for as long as it is true?

Held by a reader, which is one state of an index, or with the state in its keys, it never grows
old; bounded, it never grows large. Threads may share it: what two work out at once is worked out
twice, and the same.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from contextlib import suppress
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Memo(Generic[Value]):
    """So many values at most; beyond, the first that came goes."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: dict[Hashable, Value] = {}

    def peek(self, key: Hashable) -> Value | None:
        """The value under a key; None when it is not stored."""
        return self._values.get(key)

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """Return the value under a key, made when it is not stored.

        >>> memo = Memo[int](1)
        >>> memo.get("a", lambda: 1), memo.get("a", lambda: 2), memo.get("b", lambda: 3)
        (1, 1, 3)
        >>> memo.get("a", lambda: 4)
        4
        """
        try:
            return self._values[key]
        except KeyError:
            value = make()
            if len(self._values) >= self._most:
                # another thread may take one away at the same time
                with suppress(KeyError, StopIteration, RuntimeError):
                    del self._values[next(iter(self._values))]
            self._values[key] = value
            return value
