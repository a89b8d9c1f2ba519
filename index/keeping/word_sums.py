"""Does an index hold each word as often as its passages do?

A sum over all words, so that a million passages take no more memory than one: of each field, how
many (word, passage) pairs there are, and their hashes. Those of the passages, read again, and
those of the engine's dictionary are the same; a word too few, too many or another one is seen,
wherever it stands. Not what leaves each word its number of passages: two passages that exchanged
a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from whoosh.query import Term

from index.engines import Entry, Look, Reader
from index.record import WORD_FIELDS

# Words whose passages are counted on one trip.
_AT_ONCE = 1_000


class _Sum(NamedTuple):
    """How many (word, passage) pairs, and the sum of the hashes of their words."""

    pairs: int = 0
    hashes: int = 0


def passage_words(entry: Entry) -> dict[str, list[str]]:
    """The words of a passage by field, in their order, its own and those that it shares."""
    shared, terms = entry.shared.terms, entry.terms
    return {
        name: f"{shared.get(name, '')} {terms.get(name, '')}".split()
        for name in WORD_FIELDS
        if name in terms or name in shared
    }


class WordSums:
    """The sums of the words of all passages that were added.

    >>> sums = WordSums()
    >>> sums.add({"text": ["un", "deux", "un"]})
    >>> sums.pairs("text"), sums.pairs("stem")
    (2, 0)
    """

    def __init__(self) -> None:
        self._sums = dict.fromkeys(WORD_FIELDS, _Sum())

    def add(self, words: Mapping[str, Sequence[str]]) -> None:
        """Add the words of a passage, by field."""
        for name, field_words in words.items():
            if field_words:
                distinct = {*field_words}
                pairs, hashes = self._sums[name]
                self._sums[name] = _Sum(pairs + len(distinct), hashes + sum(map(hash, distinct)))

    def pairs(self, field: str) -> int:
        """How many (word, passage) pairs were added of a field."""
        return self._sums[field].pairs

    def differences(self, reader: Reader) -> Iterator[tuple[str, int, int]]:
        """Yield each field that the index holds otherwise, its pairs there and those added."""
        for name, added in self._sums.items():
            words = reader.words(name, "")
            stored = _sum(words)
            if stored != added:
                # a frequency may count records that were taken away
                stored = _sum(_counted(reader, name, [word for word, _ in words]))
            if stored != added:
                yield name, stored.pairs, added.pairs


def _sum(words: Iterable[tuple[str, int]]) -> _Sum:
    pairs = hashes = 0
    for word, records in words:
        pairs += records
        hashes += hash(word) * records
    return _Sum(pairs, hashes)


def _counted(reader: Reader, field: str, words: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Yield the words, each with how many records hold it, none that was taken away counted."""
    for start in range(0, len(words), _AT_ONCE):
        portion = words[start : start + _AT_ONCE]
        totals = reader.look(Look(totals=[Term(field, word) for word in portion])).totals
        yield from zip(portion, totals, strict=True)
