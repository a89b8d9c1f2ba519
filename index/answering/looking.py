"""How is a question understood with few looks at a distant index?

A question is read over words that are not known yet: what it wanted of them is gathered, asked
all at once, and the question is read again, until nothing is missing. What comes out is what the
index itself would have made it, word by word.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

from whoosh.query import Query

from index.engines import Found, Look, Near, Prefix, Reader, Term, Words

Value = TypeVar("Value")
# Readings after which a question is read with what is known: each learns something.
_READINGS = 12


class Known(Protocol):
    """What is known of an index's words, and how much of it matches some trees."""

    def freq(self, field: str, term: str) -> int: ...

    def words(self, field: str, prefix: str, limit: int | None = None) -> Words: ...

    def near(self, field: str, word: str, faults: int, heads: Sequence[str]) -> Words: ...

    def search(self, tree: Query, count: int) -> Found: ...

    def total(self, tree: Query) -> int:
        """How many records match."""

    def sample(self, tree: Query, count: int) -> list[bytes]:
        """What was stored with the best records."""

    def settled(self, reading: Callable[[], Value]) -> Value:
        """What a reading of these words comes to, once all that it wants is known."""


def known(reader: Reader) -> Known:
    """The words of an index, near or far."""
    return Far(reader) if reader.distant else Here(reader)


class Here:
    """The words of an index of this process."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.freq = reader.freq
        self.words = reader.words
        self.near = reader.near
        self.search = reader.search

    def total(self, tree: Query) -> int:
        return self._reader.look(Look(totals=[tree])).totals[0]

    def sample(self, tree: Query, count: int) -> list[bytes]:
        return self._reader.look(Look(samples=[(tree, count)])).samples[0]

    def settled(self, reading: Callable[[], Value]) -> Value:
        return reading()


class Far:
    """The words of an index that each look is a trip to."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._held: dict[Any, Any] = {}
        self._trees: dict[Any, Query] = {}
        self._missing: dict[Any, None] = {}
        self._assumed = 0

    def freq(self, field: str, term: str) -> int:
        count: int = self._get(Term(field, term), self._assumed)
        return count

    def words(self, field: str, prefix: str, limit: int | None = None) -> Words:
        found: Words = self._get(Prefix(field, prefix, limit), [])
        return found

    def near(self, field: str, word: str, faults: int, heads: Sequence[str]) -> Words:
        found: Words = self._get(Near(field, word, faults, tuple(heads)), [])
        return found

    def search(self, tree: Query, count: int) -> Found:
        """As if something matched: whether it does only spares an engine some work."""
        return Found(1, [])

    def total(self, tree: Query) -> int:
        key = "total", repr(tree)
        self._trees[key] = tree
        count: int = self._get(key, 0)
        return count

    def sample(self, tree: Query, count: int) -> list[bytes]:
        key = "sample", repr(tree), count
        self._trees[key] = tree
        found: list[bytes] = self._get(key, [])
        return found

    def settled(self, reading: Callable[[], Value]) -> Value:
        for _ in range(_READINGS):
            self._missing.clear()
            value = reading()
            if not self._missing:
                break
            # read as if the index held everything it also wants what hangs from that
            self._assumed = 1
            reading()
            self._assumed = 0
            self._look()
        return value

    def _get(self, key: Any, otherwise: Any) -> Any:
        if key not in self._held:
            self._missing[key] = None
            return otherwise
        return self._held[key]

    def _look(self) -> None:
        missing = list(self._missing)
        terms = [one for one in missing if type(one) is Term]
        prefixes = [one for one in missing if type(one) is Prefix]
        near = [one for one in missing if type(one) is Near]
        totals = [one for one in missing if type(one) is tuple and one[0] == "total"]
        samples = [one for one in missing if type(one) is tuple and one[0] == "sample"]
        looked = self._reader.look(
            Look(
                terms,
                prefixes,
                near,
                [self._trees[one] for one in totals],
                [(self._trees[one], one[2]) for one in samples],
            )
        )
        for keys, values in (
            (terms, looked.terms),
            (prefixes, looked.prefixes),
            (near, looked.near),
            (totals, looked.totals),
            (samples, looked.samples),
        ):
            self._held.update(zip(keys, values, strict=True))
