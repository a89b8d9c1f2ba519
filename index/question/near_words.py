"""Which words of an index are near a misspelt one, in few look-ups?

The words at one slip are few enough to be written down: those whose slip is in the first letters
are looked for one by one, and the others all begin alike, so that one prefix gives them. Only a
word that has none, and is long, is worth the hundreds of prefixes of two slips.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from string import ascii_lowercase

from index.question import expanding
from index.question.expanding import Vocabulary

# Beyond so many letters, what begins alike is few words; below, all the slips are written down.
_BEGINNING = 5
# Letters of a word that may hold two slips.
LONG = 8
_MOST_SLIPS = 3
# Spellings that sound alike and differ by more than one letter, anywhere in a word.
_ALIKE = tuple(
    pair
    for spelling, other in (
        ("f", "ph"), ("k", "qu"), ("c", "qu"), ("o", "au"), ("o", "eau"), ("e", "ai"),
        ("an", "en"), ("in", "ain"), ("in", "ein"), ("s", "sc"), ("ch", "k"), ("ge", "j"),
    )
    for pair in ((spelling, other), (other, spelling))
)  # fmt: skip
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
    freqs = _held(slips(word), vocabulary, columns)
    if len(word) > _BEGINNING:
        _add(freqs, _beginning(word, (word[:_BEGINNING],), 1, vocabulary, columns))
    freqs.pop(word, None)
    if freqs:
        return freqs
    beginnings = (
        expanding.heads(word, _BEGIN_ALIKE) if len(word) >= LONG else _alike_beginnings(word)
    )
    _add(freqs, _beginning(word, beginnings, _MOST_SLIPS, vocabulary, columns))
    freqs.pop(word, None)
    return freqs


def slips(word: str) -> list[str]:
    """The forms at one slip within the first letters of a word, and those that sound like it.

    >>> forms = slips("foto")
    >>> "photo" in forms, "toto" in forms, "fot" in forms, "footo" in forms, "ofto" in forms
    (True, True, True, True, True)
    """
    last = len(word) if len(word) <= _BEGINNING else _BEGINNING
    letters = sorted({*ascii_lowercase, *word})
    forms: dict[str, None] = {}
    for at in range(last):
        before, after = word[:at], word[at + 1 :]
        forms[before + after] = None
        if after:
            forms[before + after[0] + word[at] + after[1:]] = None
        for letter in letters:
            forms[before + letter + after] = None
            forms[before + letter + word[at:]] = None
    if last == len(word):
        forms.update((word + letter, None) for letter in letters)
    for spelling, other in _ALIKE:
        at = word.find(spelling)
        while at >= 0:
            forms[word[:at] + other + word[at + len(spelling) :]] = None
            at = word.find(spelling, at + 1)
    forms.pop(word, None)
    forms.pop("", None)
    return list(forms)


def _alike_beginnings(word: str) -> list[str]:
    """The first letters of a word, and the others that sound like them."""
    size = 3 if len(word) > 4 else 2
    heads = {word[:size]}
    for beginning, other in _BEGIN_ALIKE:
        if word.startswith(beginning):
            heads.add((other + word[len(beginning) :])[: size + 1])
    return sorted(heads)


def _held(forms: Iterable[str], vocabulary: Vocabulary, columns: Sequence[str]) -> dict[str, int]:
    freqs: dict[str, int] = {}
    for form in forms:
        most = max(vocabulary.freq(column, form) for column in columns)
        if most:
            freqs[form] = most
    return freqs


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
