"""How far does one question go into the index's words?

The lookups of `expanding`, with the limits of a question: so many prefixes, so many
misspelt words, so many explanations; past them the reader is told.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from index.question import expanding
from index.question.clauses import Scope
from index.question.expanding import Expanded, Pattern, Vocabulary
from index.question.grammar import LIMITS

_SHOWN_STEMS = 6
# What a plain word covers is looked up for show: not for a whole pasted paragraph.
_EXPLAINED = 10
_SPLIT = 6

At = tuple[int, int]
"""The characters of the question that a notice is about."""


class Lookups:
    """What one question asked of the index's words so far."""

    def __init__(self, vocabulary: Vocabulary, say: Callable[..., None]) -> None:
        self._vocabulary = vocabulary
        self._say = say
        self._wild = self._misspelt = self._explained = self._split = 0

    def holds(self, word: str, columns: Sequence[str]) -> bool:
        """Whether a column holds this very form."""
        return any(self._vocabulary.freq(column, word) for column in columns)

    def joined(self, words: Sequence[str], columns: Sequence[str]) -> list[str]:
        """The forms in one word of some neighbours, that a column holds."""
        return expanding.joined(self._vocabulary, words, columns)

    def split(self, word: str, at: At) -> list[tuple[str, str]]:
        """A word as two that the index holds; of an unknown word, it is said."""
        if self._split >= _SPLIT:
            return []
        found = expanding.split(self._vocabulary, word)
        if found and not expanding.known(self._vocabulary, word):
            self._split += 1
            near = ", ".join(f"« {left} {right} »" for left, right in found)
            self._say("split_word", *at, word=word, near=near)
        return found

    def family(self, word: str, stem: str) -> list[str]:
        """Other words of the same stem."""
        self._explained += 1
        if self._explained > _EXPLAINED:
            return []
        return expanding.same_stem(self._vocabulary, word, stem, _SHOWN_STEMS)

    def allows(self, wanted: Pattern, typed: str, at: At) -> bool:
        """Whether a pattern may be expanded: long enough, and not one too many."""
        if not wanted.long_enough:
            self._say("prefix_too_short", *at, limit=LIMITS.prefix, word=typed.rstrip("*"))
            return False
        self._wild += 1
        if self._wild > LIMITS.wild:
            self._say("too_many_wild", *at, limit=LIMITS.wild, word=typed)
        return self._wild <= LIMITS.wild

    def expanded(
        self, wanted: Pattern, scope: Scope, at: At, limit: int = LIMITS.expansions
    ) -> Expanded:
        """The words that a pattern stands for."""
        found = expanding.expand(self._vocabulary, scope.columns, wanted, limit)
        return self._told(found, wanted.glob or wanted.prefix + "*", at, limit)

    def close(self, word: str, typed: str, faults: int, scope: Scope, at: At) -> Expanded | None:
        """The words near a misspelt one; None when it may not be asked."""
        if len(word) < LIMITS.fuzzy_letters:
            self._say("fuzzy_too_short", *at, limit=LIMITS.fuzzy_letters, word=typed)
            return None
        self._misspelt += 1
        if self._misspelt > LIMITS.fuzzy:
            self._say("too_many_fuzzy", *at, limit=LIMITS.fuzzy, word=typed)
            return None
        if faults > 2:
            self._say("fuzzy_too_far", *at)
        found = expanding.close(
            self._vocabulary, scope.columns, word, min(faults, 2), LIMITS.expansions
        )
        return self._told(found, typed + "~", at, LIMITS.expansions)

    def _told(self, found: Expanded, word: str, at: At, limit: int) -> Expanded:
        if found.cut:
            self._say("too_many_expansions", *at, word=word, limit=limit)
        elif not found.words:
            self._say("no_expansion", *at, word=word)
        return found
