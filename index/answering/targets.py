"""What does a question look for in one field of a text?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from index import french
from index.answering.occurrences import Match
from index.french import homographs, number_words
from index.french.characters import shown_characters
from index.french.memory import TEXTS, Memory
from index.french.patterns import late
from index.french.spotting import Spotter
from index.french.tokens import WORDED

# A number may go on in the next chunk, or be begun in the one before: mars 2024, L. 12, € 10, G 7.
_SPREAD = late(r"\d\s|\s\*?\d|\b[IVXivx]+\s?e")
_NUMEROS = late(r"\bnos?\.?\s\d", re.IGNORECASE)
_NUMERO = frozenset({"n°", "numero"})
_FEWEST_LETTERS = 3
_MOST_LETTERS = 40
"""Of a row that has acronyms within: those of a longer one would take as long as its square."""
# the letter first: what is looked for from behind is tried everywhere
_LETTERS = late(r"[A-Z](?<!\w.)(?:\.?(?: [A-Z]\.?){2,}|\. [A-Z]\.)(?!\w)")
_LETTERS_APART = late(rb"A\.? A\.? A|A\. A\.")


class _Folds(Memory[tuple[str, str]]):
    """Text → the same without accents and odd signs, and without case too."""

    size = TEXTS
    longest = 10_000

    def compute(self, text: str) -> tuple[str, str]:
        plain_text = french.plain(text)
        return plain_text, plain_text.casefold()


class _Acronyms(Memory[frozenset[str]]):
    """Text → its acronyms whose letters stand apart: S N C F, S. N. C. F, and their stems.

    Each may begin at any of its letters: « BRAVO A T O U S » has tous.
    """

    size = TEXTS
    longest = 10_000

    def compute(self, text: str) -> frozenset[str]:
        acronyms: set[str] = set()
        if not _LETTERS_APART.search(shown_characters[text].kinds):
            return frozenset()
        for match in _LETTERS.finditer(text):
            # O N U. C 3: a point may end one, or be within it
            for row in (match[0], *match[0].split(".")):
                letters = "".join(filter(str.isalpha, row)).lower()
                last = len(letters) - _FEWEST_LETTERS if len(letters) <= _MOST_LETTERS else 0
                acronyms.update([letters[at:] for at in range(max(0, last) + 1)])
        return frozenset(acronyms | set(map(french.stem, acronyms)))


folds, _acronyms = _Folds(), _Acronyms()


@dataclass
class Targets:
    """What a question looks for in one field, all of it terms."""

    exact: set[str] = field(default_factory=set)
    stems: set[str] = field(default_factory=set)
    variants: set[str] = field(default_factory=set)
    phrases: list[tuple[str, ...]] = field(default_factory=list)
    near: list[tuple[str, str, int, bool]] = field(default_factory=list)
    """Two words, at most so many places apart, and whether in this order alone."""
    matches_by_piece: dict[str, tuple[Match, ...]] = field(default_factory=dict, repr=False)
    """Chunk, or some in a row → what matches there, at its own offsets.

    A page holds the same words many times.
    """

    @cached_property
    def terms(self) -> frozenset[str]:
        """Every term without which there is nothing to mark."""
        pairs = [(word, near_word) for word, near_word, *_ in self.near]
        return frozenset().union(self.exact, self.stems, self.variants, *self.phrases, *pairs)

    @cached_property
    def spotter(self) -> Spotter | None:
        """Where the words may be that are looked for; None: anywhere."""
        return Spotter.of(self.terms)

    @cached_property
    def alone(self) -> bool:
        """Whether words are looked for by themselves, whatever stands beside them."""
        return not (self.phrases or self.near)

    @cached_property
    def openings(self) -> Mapping[str, Sequence[tuple[str, ...]]]:
        """First word → the phrases that begin with it: a prefix in a phrase makes thousands."""
        openings: dict[str, list[tuple[str, ...]]] = {}
        for words in self.phrases:
            if words:
                openings.setdefault(words[0], []).append(words)
        return openings

    @cached_property
    def numbers(self) -> bool:
        """Whether a number is looked for: it may be spread over several chunks of a text."""
        return any(character.isdigit() for term in self.terms for character in term)

    @cached_property
    def participles(self) -> frozenset[str]:
        """The forms of verbs that answer beside a word only, which may stand in another chunk."""
        return homographs.forms(frozenset(self.stems))

    @cached_property
    def worded(self) -> bool:
        """Whether the value of a number in words is looked for."""
        return any(term.startswith(WORDED) for term in self.terms)

    def beyond_chunks(self, text: str) -> bool:
        """Return whether a number or acronym looked for may be spread over chunks of a text."""
        if not self.terms.isdisjoint(_acronyms[text]):
            return True
        if not _NUMERO.isdisjoint(self.terms) and _NUMEROS.search(text):
            return True
        if not self.numbers:
            return False
        text, folded = folds[text]
        return bool(_SPREAD.search(text) or (self.worded and number_words.SPELT.search(folded)))

    def verbs(self, text: str) -> list[str]:
        """Return the forms that a text may have and that answer beside some words only."""
        return [form for form in self.participles if form in folds[text][1]]
