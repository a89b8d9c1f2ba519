"""Which words are forms of one word?

A light stemmer of our own, on folded words: marché and marche are one word here, so that a
question without accents loses nothing. After J. Savoy's light French stemmer it knows plurals and
feminines; unlike it, it takes verbs to their present (chiffrait, chiffrement → chiffre) rather
than to a bare root, which keeps porte and port, France and français, cours and cour apart. What
rules cannot know is in stemming.toml, by hand, and in inflections.txt, which `make lexicon` makes
of a published lexicon: the forms of irregular verbs, each with its infinitive.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import takewhile
from pathlib import Path
from typing import Any

from index.french.folding import fold
from index.french.patterns import late_table

DATA: dict[str, Any] = tomllib.loads(Path(__file__).with_name("stemming.toml").read_text("utf-8"))
"""What stemming.toml says."""
_INFLECTIONS = Path(__file__).with_name("inflections.txt")


class _ByLastLetters(dict[str, tuple[str, ...]]):
    """The last two letters of a word → the endings it may have, in the order given.

    Worked out when such a word is first met: all of them would cost a third of a start.
    """

    def __init__(self, endings: Iterable[str]) -> None:
        self._endings = tuple(endings)

    def __missing__(self, letters: str) -> tuple[str, ...]:
        if not letters.isascii():
            return ()
        endings = tuple(tail for tail in self._endings if letters.endswith(tail[-2:]))
        self[letters] = endings
        return endings


def irregular(lemma: str) -> tuple[str, ...]:
    """Return the forms of a word that no rule makes.

    >>> irregular("cle")
    ('cles', 'clef', 'clefs')
    """
    return tuple(DATA["irregular"].get(lemma, "").split())


ENDINGS: tuple[str, ...] = tuple(DATA["known_endings"].split())
"""What stands after the root of a verb in -er, and sometimes ends a noun."""
_KNOWN_VERB = _ByLastLetters(ENDINGS)
_ANY_VERB = _ByLastLetters(DATA["any_endings"].split())

_NOUN: tuple[tuple[str, str, int], ...] = (
    ("eaux", "eau", 1), ("yaux", "yau", 1), ("aux", "al", 2), ("eux", "eu", 1),
    ("trice", "teu", 2), ("drice", "deu", 2), ("euse", "eu", 3), ("eure", "eu", 3),
    ("eur", "eu", 3), ("ienne", "ien", 2), ("enne", "en", 4), ("elle", "el", 3),
    ("ale", "al", 3), ("aine", "ain", 3),
    ("iere", "ier", 3), ("gere", "ge", 2), ("chere", "che", 2),
    ("aise", "ais", 3), ("oise", "ois", 2), ("ante", "ant", 4), ("ive", "ive", 2), ("if", "ive", 2),
)  # fmt: skip
"""Ending of a singular, what it becomes, and how many letters must stand before it."""

_NOUN_ENDINGS = _ByLastLetters(row[0] for row in _NOUN)
_NOUN_ROWS = {row[0]: row for row in _NOUN}

_SHORT = {"a": 3, "ai": 3, "as": 3, "ons": 2}
"""Endings that make nouns after roots so short: data, visa, lions."""

_MAKING = ("ement", "ements")

SECOND_GROUP = ("it", "is", "isse", "isses", "imes", "ites", "issions")


class Rules:
    """The rules, with what they know: roots of the two regular groups, and words by heart.

    `by_heart`: word → stem. Sets and mapping are read at each word, and may grow.
    """

    def __init__(self, first: set[str], second: set[str], by_heart: dict[str, str]) -> None:
        self.first = first
        self.second = second
        self.by_heart = by_heart

    def stem(self, word: str) -> str:
        stem_by_heart = self.by_heart.get(word)
        if stem_by_heart is not None:
            return stem_by_heart
        if len(word) <= 3 or not word.isalpha():
            return word
        root = self._verb(word)
        if root is None and word.endswith("s") and not word.endswith(("ss", "ais", "ois")):
            word = word[:-1]
            root = self.by_heart.get(word) or self._verb(word)
        if root is None:
            noun = _noun(word)
            root = self.by_heart.get(noun) or (self._verb(noun) if noun.endswith("ant") else None)
            root = root or noun
        return _short(root)

    def is_verb(self, word: str) -> bool:
        """Return whether a word is a form of a verb that the rules or the lists know."""
        forms = (word, word.removesuffix("s"))
        stems = (self.by_heart.get(form) or self._verb(form) for form in forms)
        return word[:-1] in self.first or any(stem and stem not in forms for stem in stems)

    def is_listed_verb(self, word: str) -> bool:
        """Return whether a word is a form of a verb in the lists, and not merely ends as one."""
        stem = self.by_heart.get(word)
        if stem is not None:
            return stem != word and (stem.endswith(("er", "ir", "re")) or stem[:-1] in self.first)
        listings = (
            self._root(word[: -len(ending)])
            for ending in _KNOWN_VERB[word[-2:]]
            if word.endswith(ending)
        )
        return any(listings) or any(
            word.endswith(ending) and word[: -len(ending)] in self.second
            for ending in ("ir", *SECOND_GROUP)
        )

    def _verb(self, word: str) -> str | None:
        """The present of a verb (chiffre, fini) when the word is one of its forms."""
        for ending in _KNOWN_VERB[word[-2:]]:
            if word.endswith(ending):
                root = self._root(word[: -len(ending)])
                if root and len(root) > _SHORT.get(ending, 0):
                    return root + "e"
        for ending in SECOND_GROUP:
            if word.endswith(ending) and word[: -len(ending)] in self.second:
                return word[: -len(ending)] + "i"
        for ending in _ANY_VERB[word[-2:]]:
            root = word[: -len(ending)]
            if len(root) > 2 and word.endswith(ending):
                return self._eler(root, ending) or _present(root, ending)
        return None

    def _eler(self, root: str, ending: str) -> str | None:
        """Nivellement is nivèlement, of niveler."""
        eler = ending in _MAKING and root.endswith("ell") and root[:-1] in self.first
        return root[:-1] + "e" if eler else None

    def _root(self, root: str) -> str | None:
        """The root in -er that a form has: mang- in mangeons, employ- in emploie."""
        if root in self.first:
            return root
        if root.endswith("ge"):
            return root[:-1] if root[:-1] in self.first else None
        return root[:-1] + "y" if root.endswith("i") and root[:-1] + "y" in self.first else None


def _present(root: str, ending: str) -> str | None:
    if ending[0] == "i":
        return None if root.endswith(("o", "u")) else root + "i"
    if root.endswith("i") and ending == "er":
        # premier and métier are no verbs: those in -ier are in the lists
        return None
    present = root if root.endswith("ge") else root + "e"
    return _noun(present) if ending in _MAKING else present


def _noun(word: str) -> str:
    for ending in _NOUN_ENDINGS[word[-2:]]:
        _, replacement, before = _NOUN_ROWS[ending]
        if word.endswith(ending) and len(word) >= len(ending) + before:
            return word[: -len(ending)] + replacement
    return word


_SHORTENED = ("ee", "ie", "ue")


def _short(word: str) -> str:
    """abonnée, abonné → abonne; finie → fini; vendue → vendu."""
    while word.endswith("ee"):
        word = word[:-1]
    if len(word) > 4 and word.endswith(("ie", "ue")) and not word.endswith(("que", "gue")):
        word = word[:-1]
    return word


# a question's words are looked for in several fields
@lru_cache(maxsize=4096)
def beginnings(stem: str) -> frozenset[str]:
    """How words begin that have this stem: each with one of these, at least.

    >>> sorted(beginnings("journal")), sorted(beginnings("chiffre"))
    (['journa'], ['chiffr'])
    >>> "yeux".startswith(tuple(beginnings("oeil")))
    True
    """
    forms = filter(str.isalpha, _forms().get(stem, ()))
    return frozenset([_common_beginning(stem), *map(_noun_beginning, forms)])


def _common(word: str, other: str) -> int:
    """How many letters they begin with in common."""
    pairs = zip(word, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


# What an ending became (aux: al), and how many letters of it were there before.
_CHANGED = {
    instead: _common(ending, instead)
    for ending, instead, _ in _NOUN
    if not ending.startswith(instead)
}


def _common_beginning(stem: str) -> str:
    """How every word begins that the rules give this stem."""
    least = stem
    # `_short` may have taken an e away
    for form in (stem, stem + "e"):
        root = form[:-1]
        if form.endswith("e") and (root in complete().first or len(root) > 2):
            least = min(least, root[:-1] if root.endswith("y") else root, key=len)
        elif form.endswith("i") and len(root) > 2:
            least = min(least, root, key=len)
        least = min(least, _noun_beginning(form), key=len)
    return least


def _noun_beginning(singular: str) -> str:
    """How every word begins of which `_noun` makes this one."""
    for plural_ending, ending in _CHANGED.items():
        if singular.endswith(plural_ending):
            return singular[: ending - len(plural_ending)]
    return singular


@late_table
def _forms() -> Mapping[str, Sequence[str]]:
    """Stem → the words that have it and that the rules did not make."""
    by_stem: dict[str, list[str]] = defaultdict(list)
    for form, stem in complete().by_heart.items():
        by_stem[stem].append(form)
    for lemma, words in DATA["also"].items():
        by_stem[complete().stem(lemma)] += fold(words).split()
    for stem, forms in tuple(by_stem.items()):
        if stem.endswith(_SHORTENED):
            by_stem[_short(stem)] += forms
    return dict(by_stem)


def by_hand() -> Rules:
    """The rules with what stemming.toml gives, and no lexicon."""
    heart: dict[str, str] = {}
    for noun in DATA["nouns"].split():
        heart[noun] = heart[noun + "s"] = noun
    heart.update((word, word) for word in DATA["invariable"].split())
    for word, other_words in DATA["irregular"].items():
        heart.update(dict.fromkeys([word, *other_words.split()], word))
    rules = Rules(set(DATA["first"].split()), set(DATA["second"].split()), heart)
    for ending, words in DATA["feminine"].items():
        for word in words.split():
            stem = rules.stem(word)
            heart.setdefault(word + ending, stem)
            heart.setdefault(word + ending + "s", stem)
    return rules


@late_table
def complete() -> Rules:
    """The rules by hand, with what they miss of the lexicon; the hand is right.

    Read when a word first wants them: commands that read no French go without.
    """
    rules = by_hand()
    by_heart: dict[str, str] = {}
    *_, first, second, families = _INFLECTIONS.read_text("utf-8").split("\n", 4)
    rules.first.update(first.partition(": ")[2].split())
    rules.second.update(second.partition(": ")[2].split())
    # « stem: form form », a family a line; read word by word, which takes half as long
    stem = ""
    for word in families.split():
        if word.endswith(":"):
            stem = word[:-1]
        else:
            by_heart[word] = stem
    by_heart.update(rules.by_heart)
    rules.by_heart = by_heart
    return rules


# the words of compounds, and what stands between a capital and a comma, come again and again
@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """What a folded word has in common with its other forms; anything but letters is left alone.

    >>> [stem(word) for word in ("journaux", "chiffrement", "utilisatrices", "porte", "port")]
    ['journal', 'chiffre', 'utilisateu', 'porte', 'port']
    >>> [stem(word) for word in ("naquirent", "prenne", "rapidement")]
    ['naitre', 'prendre', 'rapidement']
    """
    return complete().stem(word)


def is_verb(word: str) -> bool:
    """Return whether a folded word is a form of a listed verb.

    >>> is_verb("importe"), is_verb("impression")
    (True, False)
    """
    return complete().is_listed_verb(word)
