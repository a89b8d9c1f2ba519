"""Which words of an index are near a misspelt one, in few look-ups?

The words at one slip are few enough to be written down: those whose slip is in the first letters
are looked for one by one, and the others all begin alike, so that one prefix gives them. Only a
word that has none, and is long, is worth the hundreds of prefixes of two slips.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from index.question.vocabulary import expanding
from index.question.vocabulary.expanding import Vocabulary
from index.question.vocabulary.likeness import BEGINNING

# Letters of a word that may hold two slips.
LONG = 8
_MOST_SLIPS = 3
# Beginnings that sound alike and differ by more than one letter.
_BEGIN_ALIKE = tuple(
    pair
    for spelling, other in (
        ("f", "ph"), ("k", "qu"), ("c", "qu"), ("s", "sc"), ("j", "ge"), ("o", "au"), ("o", "eau"),
        ("o", "ho"), ("au", "hau"), ("e", "ai"), ("e", "hai"), ("e", "he"), ("i", "hy"),
        ("an", "en"), ("in", "ain"), ("ke", "che"), ("k", "ch"), ("re", "rhe"), ("t", "th"),
    )
    for pair in ((spelling, other), (other, spelling))
)  # fmt: skip


def near(word: str, vocabulary: Vocabulary, columns: Sequence[str]) -> dict[str, int]:
    """The words at one slip of a folded one, or that sound like it; failing that, those further.

    A slip is a letter more, less, changed, or swapped with its neighbour. Each word is given with
    how many passages hold it, in the column that has it most.

    >>> class Held(Vocabulary):
    ...     def freq(self, field: str, term: str) -> int:
    ...         return {"salaire": 9}.get(term, 0)
    ...     def words(self, field: str, prefix: str, limit: int | None = None) -> list[...]:
    ...         return [("salaire", 9)] if "salaire".startswith(prefix) else []
    >>> near("salire", Held(), ["text"])
    {'salaire': 9}
    """
    freqs = slipped(word, vocabulary, columns)
    if freqs:
        return freqs
    beginnings = (
        expanding.heads(word, _BEGIN_ALIKE) if len(word) >= LONG else _alike_beginnings(word)
    )
    _add(freqs, _beginning(word, beginnings, _MOST_SLIPS, vocabulary, columns))
    freqs.pop(word, None)
    return freqs


def slipped(word: str, vocabulary: Vocabulary, columns: Sequence[str]) -> dict[str, int]:
    """The words at one slip of a folded one, or that sound like it: what `near` gives first."""
    freqs: dict[str, int] = {}
    _add(freqs, chain.from_iterable(vocabulary.slips(column, word) for column in columns))
    if len(word) > BEGINNING:
        _add(freqs, _beginning(word, (word[:BEGINNING],), 1, vocabulary, columns))
    freqs.pop(word, None)
    return freqs


def _alike_beginnings(word: str) -> list[str]:
    """The first letters of a word, and the others that sound like them."""
    size = 3 if len(word) > 4 else 2
    heads = {word[:size]}
    for beginning, other in _BEGIN_ALIKE:
        if word.startswith(beginning):
            heads.add((other + word[len(beginning) :])[: size + 1])
    return sorted(heads)


def _beginning(
    word: str,
    beginnings: Sequence[str],
    most: int,
    vocabulary: Vocabulary,
    columns: Sequence[str],
) -> Iterable[tuple[str, int]]:
    """The words that begin so, at `most` slips at most."""
    return chain.from_iterable(
        vocabulary.near(column, word, most, beginnings) for column in columns
    )


def _add(freqs: dict[str, int], more: Iterable[tuple[str, int]]) -> None:
    for word, freq in more:
        freqs[word] = max(freq, freqs.get(word, 0))
