"""How far does one question go into the index's words?

The lookups of `expanding`, with the limits of a question: so many prefixes, so many
misspelt words, so many explanations; past them a notice says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import permutations, product
from math import log

from index import french
from index.question.clauses import Scope
from index.question.grammar import LIMITS
from index.question.vocabulary import expanding, spelling
from index.question.vocabulary.expanding import Expansion, Pattern, Vocabulary

_SHOWN_STEMS = 6
# What a plain word covers is looked up for show: not for a whole pasted paragraph.
_EXPLAINED = 10
_SPLIT = 6
# Words of a compound, and rows that its words make.
_COMPOUND = 4
_ROWS = 8
# Misspelt words of a question that others are looked for instead of, and how many of them.
_MISSPELT = 3
_INSTEAD = 2
_GLUED_NAME = 4
_AGENTS = ("eur", "euse", "rice")
# From 0.25 to 0.6 measures alike; 0 and 1 are worse (`make relevance`).
_SPREAD = 0.55

At = tuple[int, int]
"""The characters of the question that a notice is about."""


class Lookups:
    """The look-ups of one question in the index's words so far; `wild` of its words have * or ?."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        say: Callable[..., None],
        several: bool = True,
        wild: int = 0,
    ) -> None:
        self._vocabulary = vocabulary
        self._several = several
        share = LIMITS.expansions_together // min(max(wild, 1), LIMITS.wild)
        self.expansions = min(LIMITS.expansions, share)
        self._say = say
        self._wild = self._misspelt = self._explained = self._split = self._cut = 0
        self._unknown = 0
        self._spellings: dict[str, list[tuple[str, int]]] = {}

    def holds(self, word: str, columns: Sequence[str]) -> bool:
        """Return whether a column holds this very form."""
        return expanding.holds(self._vocabulary, word, columns)

    def known(self, word: str) -> bool:
        """Return whether the index holds a word, under this form or another of the same stem."""
        return expanding.known(self._vocabulary, word)

    def weight(self, stem: str) -> float:
        """How much a word counts beside the others of its question: 1 when it is the rarest.

        BM25 says it too, but too low: an article is several records, and the words of its
        subject are in most of them.
        """
        # beside nothing any weight does, and an engine is fastest without
        size = self._vocabulary.freq("state", "visible") if self._several else 0
        if not size:
            return 1.0
        frequency = min(self._vocabulary.freq("stem", stem), size)
        # two digits are as good as all, and a tree can be read
        return round(float((_rarity(frequency, size) / _rarity(0, size)) ** _SPREAD), 2)

    def joined(
        self, words: Sequence[str], columns: Sequence[str], stems: Sequence[str] = ()
    ) -> list[str]:
        """The forms in one word of some neighbours, that a column holds, or one of stems."""
        forms = expanding.joined(self._vocabulary, words, columns)
        if not forms and stems:
            forms = [form for form in french.joins(words) if self.holds(french.stem(form), stems)]
        return forms

    def split(self, word: str) -> list[tuple[str, ...]]:
        """A word as several that the index holds."""
        if self._split >= _SPLIT:
            return []
        ways = expanding.split(self._vocabulary, word)
        if not ways or expanding.known(self._vocabulary, word):
            return ways
        ways = [way for way in ways if self._likely(way, word)]
        self._split += bool(ways)
        return ways

    def compounds(self, word: str) -> list[tuple[str, ...]]:
        """The likeliest way to write a word as several, when some text has it as a compound."""
        if not self.holds(word, ("variants",)):
            return []
        return expanding.split(self._vocabulary, word, 1)

    def cut(self, word: str, hashtag: bool, split: bool) -> tuple[str, ...]:
        """A hashtag, or a word that the index does not hold, as several that it holds.

        Not of one that is `split`, unless its halves are only assumed to be held.
        """
        if split and not expanding.assuming(self._vocabulary):
            return ()
        hashtag = hashtag or self.holds("#" + word, ("variants",))
        if self._cut >= _SPLIT or not (hashtag or word.isalpha()):
            return ()  # #1erMai, and no RTX4090
        if not hashtag and expanding.known(self._vocabulary, word):
            return ()
        self._cut += 1
        pieces = expanding.cut(self._vocabulary, word)
        return pieces if hashtag or self._likely(pieces, word) else ()

    def _likely(self, pieces: Sequence[str], word: str) -> bool:
        """Whether an unknown word may be these pieces, rather than a slip for one that it is near.

        Any word falls into pieces that some text has, `pri nse`: each must be more frequent than
        the likeliest spelling, or it is one of them, with a small word glued.
        """
        if not pieces or not (near_words := self._near(word)):
            return True
        likeliest = near_words[0][0]
        return likeliest in pieces or min(map(self._frequency, pieces)) > self._frequency(likeliest)

    def _frequency(self, word: str) -> int:
        return self._vocabulary.freq("text", word)

    def _near(self, word: str) -> list[tuple[str, int]]:
        """The likeliest words that an unknown one may have been meant for."""
        if word not in self._spellings:
            self._spellings[word] = spelling.suggest(word, self._vocabulary, _INSTEAD)
        return self._spellings[word]

    def apart(self, word: str) -> list[str]:
        """A word with an article glued to it, or without the one it has, as the index has it."""
        freq = self._vocabulary.freq
        # what is more frequent than the word it is glued to is a word, or a name: Davis, avis
        freq_of_word = max(1, freq("text", word))
        glued = [form for form in french.glued(word) if 0 < freq("text", form) <= freq_of_word]
        # les écoles, for « lécole »
        return glued + [
            bare_word
            for bare_word in french.unglued(word)
            if sum(freq("text", form) for form in (bare_word, bare_word + "s")) >= freq_of_word
        ]

    def agreeing(self, word: str) -> list[str]:
        """The feminine and the plurals of a word by its letters alone: née, nés and nées, of né."""
        forms = [word + ending for ending in ("e", "s", "es")]
        return [form for form in forms if self.holds(form, ("text", "title"))]

    def elided_name(self, word: str) -> list[str]:
        """A short word glued to its article, as likely: « darc », of « jeanne darc »."""
        freq = self._vocabulary.freq
        least = max(1, freq("text", word)) if len(word) == _GLUED_NAME else 0
        bare_words = french.unglued(word, _GLUED_NAME - 1) if least else ()
        return [bare_word for bare_word in bare_words if freq("text", bare_word) >= least]

    def inflected(self, words: Sequence[str]) -> list[tuple[str, ...]]:
        """The rows that the words of a compound make in the singular or the plural."""
        if len(words) > _COMPOUND:
            return []
        ways = [[word, *self._numbers(word)] for word in words]
        return [row for row in product(*ways) if row != tuple(words)][:_ROWS]

    def _numbers(self, word: str) -> list[str]:
        if word in french.COMMON or len(word) < 3 or not word.isalpha():
            return []
        singular = word[:-1] if word[-1] in "sx" else word
        forms = {singular, singular + "s", singular + "x", singular.removesuffix("al") + "aux"}
        forms.add(word.removesuffix("aux") + "al")
        man = singular.removesuffix("e")
        forms |= {man, man + "s", man + "e", man + "es"}
        # sapeur-pompier, sapeuse-pompière
        for ending, other in permutations(_AGENTS, 2):
            if singular.endswith(ending):
                other_form = singular.removesuffix(ending) + other
                forms |= {other_form, other_form + "s"}
        stem = french.stem(word)
        # clef, clé; yeux, œil
        forms |= {stem, *french.irregular(stem)}
        same_stem = sorted(form for form in forms - {word} if french.stem(form) == stem)
        return [form for form in same_stem if self.holds(form, ("text", "title"))]

    def instead(self, word: str, split: Sequence[Sequence[str]], at: At) -> list[str]:
        """The words that an unknown one may have been meant for, beside what it is read as.

        One notice tells them and the words that it was `split` into.
        """
        likeliest: list[str] = []
        if self._unknown < _MISSPELT:
            self._unknown += 1
            likeliest = [other for other, _ in self._near(word) if [other] not in split]
        cut, near = _quoted(map(" ".join, split)), _quoted(likeliest)
        if cut and near:
            self._say("split_or_misspelt_word", *at, word=word, cut=cut, near=near)
        elif cut or near:
            self._say("split_word" if cut else "misspelt_word", *at, word=word, near=cut or near)
        return likeliest

    def family(self, word: str, stem: str) -> list[str]:
        """Other words of the same stem."""
        self._explained += 1
        if self._explained > _EXPLAINED:
            return []
        return expanding.same_stem(self._vocabulary, word, stem, _SHOWN_STEMS)

    def allows(self, pattern: Pattern, word: str, at: At) -> bool:
        """Return whether a pattern may be expanded: long enough, and not one too many."""
        if not pattern.long_enough:
            self._say("prefix_too_short", *at, limit=LIMITS.prefix, word=word.rstrip("*"))
            return False
        self._wild += 1
        if self._wild > LIMITS.wild:
            self._say("too_many_wild", *at, limit=LIMITS.wild, word=word)
        return self._wild <= LIMITS.wild

    def expanded(
        self, pattern: Pattern, scope: Scope, at: At, limit: int | None = None
    ) -> Expansion:
        """The words that a pattern stands for, its share of them when no `limit` is given."""
        limit = self.expansions if limit is None else limit
        expanded = expanding.expand(self._vocabulary, scope.columns, pattern, limit)
        return self._with_notice(expanded, pattern.glob or pattern.prefix + "*", at, limit)

    def close(self, word: str, typed: str, faults: int, scope: Scope, at: At) -> Expansion | None:
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
        expanded = expanding.close(
            self._vocabulary, scope.columns, word, min(faults, 2), LIMITS.expansions
        )
        return self._with_notice(expanded, typed + "~", at, LIMITS.expansions)

    def _with_notice(self, expanded: Expansion, word: str, at: At, limit: int) -> Expansion:
        if expanded.cut:
            self._say("too_many_expansions", *at, word=word, limit=limit)
        elif not expanded.words:
            self._say("no_expansion", *at, word=word)
        return expanded


def _quoted(words: Iterable[str]) -> str:
    return ", ".join(f"« {word} »" for word in words)


def _rarity(frequency: int, size: int) -> float:
    """BM25's: the logarithm of how few records hold a word."""
    return log(1 + (size - frequency + 0.5) / (frequency + 0.5))
