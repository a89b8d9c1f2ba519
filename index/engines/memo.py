"""What was worked out before, for as long as it is true?

Held by a reader, which is one state of an index, or with the state in its keys, it never grows
old; bounded, it never grows large. Threads may share it: what two work out at once is worked out
twice, and the same.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Memo(Generic[Value]):
    """So many values, or so much weight of them, at most; beyond, the first that came go.

    weight: of a value; 1 when it is None.
    """

    def __init__(self, most: int, weight: Callable[[Value], int] | None = None) -> None:
        self._most = most
        self._weight = weight or (lambda value: 1)
        self._values: dict[Hashable, Value] = {}
        self._total = 0
        self._changing = Lock()

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
        >>> memo = Memo[str](5, len)
        >>> memo.get("a", lambda: "xxx"), memo.get("b", lambda: "yy"), memo.get("c", lambda: "z")
        ('xxx', 'yy', 'z')
        >>> memo.peek("a"), memo.peek("b"), memo.get("d", lambda: "x" * 6), memo.peek("c")
        (None, 'yy', 'xxxxxx', 'z')
        """
        try:
            return self._values[key]
        except KeyError:
            value = make()
            self._store(key, value)
            return value

    def _store(self, key: Hashable, value: Value) -> None:
        weight = self._weight(value)
        with self._changing:
            # another thread may have made the same; and what outweighs all the rest is not stored
            if key in self._values or weight > self._most:
                return
            while self._total + weight > self._most:
                self._total -= self._weight(self._values.pop(next(iter(self._values))))
            self._values[key] = value
            self._total += weight
