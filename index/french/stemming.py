"""Which words are forms of one word?

A light stemmer of our own, on folded words: marché and marche are one word here, so that a
question without accents loses nothing. After J. Savoy's light French stemmer it knows plurals and
feminines; unlike it, it takes verbs to their present (chiffrait, chiffrement → chiffre) rather
than to a bare root, which keeps porte and port, France and français, cours and cour apart. What
rules cannot know is in stemming.toml.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import takewhile
from pathlib import Path
from string import ascii_lowercase
from typing import Any

_DATA: dict[str, Any] = tomllib.loads(Path(__file__).with_name("stemming.toml").read_text("utf-8"))
_FIRST: frozenset[str] = frozenset(_DATA["first"].split())
_SECOND: frozenset[str] = frozenset(_DATA["second"].split())


def _by_last_letters(endings: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The last two letters of a word → the endings it may have, in the order given."""
    known = tuple(endings)
    return {
        before + after: tuple(one for one in known if (before + after).endswith(one[-2:]))
        for before in ascii_lowercase
        for after in ascii_lowercase
    }


_KNOWN_VERB = _by_last_letters(_DATA["known_endings"].split())
_ANY_VERB = _by_last_letters(_DATA["any_endings"].split())

_NOUN: tuple[tuple[str, str, int], ...] = (
    ("eaux", "eau", 1), ("yaux", "yau", 1), ("aux", "al", 2), ("eux", "eu", 1),
    ("trice", "teu", 2), ("drice", "deu", 2), ("euse", "eu", 3), ("eure", "eu", 3),
    ("eur", "eu", 3), ("ienne", "ien", 2), ("enne", "en", 4), ("elle", "el", 3),
    ("ale", "al", 3), ("aine", "ain", 3),
    ("iere", "i", 3), ("ier", "i", 3), ("gere", "ge", 2), ("chere", "che", 2),
    ("aise", "ais", 3), ("oise", "ois", 2), ("ante", "ant", 4), ("ive", "ive", 2), ("if", "ive", 2),
)  # fmt: skip
"""Ending of a singular, what it becomes, and how many letters must stand before it."""

_NOUN_BY_LETTERS = {
    letters: tuple(row for row in _NOUN if row[0] in endings)
    for letters, endings in _by_last_letters(row[0] for row in _NOUN).items()
}


# the words of compounds, and what stands between a capital and a comma, come again and again
@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """What a folded word has in common with its other forms; anything but letters is left alone.

    >>> [stem(word) for word in ("journaux", "chiffrement", "utilisatrices", "porte", "port")]
    ['journal', 'chiffre', 'utilisateu', 'porte', 'port']
    """
    known = _KNOWN.get(word)
    if known is not None:
        return known
    return _ruled(word) if len(word) > 3 and word.isalpha() else word


def _ruled(word: str) -> str:
    found = _verb(word)
    if found is None and word.endswith("s") and not word.endswith(("ss", "ais", "ois")):
        word = word[:-1]
        found = _KNOWN.get(word) or _verb(word)
    if found is None:
        noun = _noun(word)
        found = _KNOWN.get(noun) or (_verb(noun) if noun.endswith("ant") else None) or noun
    return _short(found)


def _verb(word: str) -> str | None:
    """The present of a verb (chiffre, fini) when the word is one of its forms."""
    for ending in _KNOWN_VERB.get(word[-2:], ()):
        if word.endswith(ending):
            root = _root(word[: -len(ending)])
            if root and len(root) > _SHORT.get(ending, 0):
                return root + "e"
    if word[:-2] in _SECOND and word.endswith(("it", "is")):
        return word[:-1]
    for ending in _ANY_VERB.get(word[-2:], ()):
        root = word[: -len(ending)]
        if len(root) > 2 and word.endswith(ending):
            return _present(root, ending)
    return None


_SHORT = {"a": 3, "ai": 3, "as": 3, "ons": 2}
"""Endings that make nouns after roots so short: data, visa, lions."""


def _root(root: str) -> str | None:
    """The root in -er that a form has: mang- in mangeons, employ- in emploie."""
    if root in _FIRST:
        return root
    if root.endswith("ge"):
        return root[:-1] if root[:-1] in _FIRST else None
    return root[:-1] + "y" if root.endswith("i") and root[:-1] + "y" in _FIRST else None


def _present(root: str, ending: str) -> str | None:
    if ending[0] == "i":
        return None if root.endswith(("o", "u")) else root + "i"
    if root.endswith("i") and ending == "er":
        return root
    present = root if root.endswith("ge") else root + "e"
    return _noun(present) if ending in ("ement", "ements") else present


def _noun(word: str) -> str:
    for ending, instead, before in _NOUN_BY_LETTERS.get(word[-2:], ()):
        if word.endswith(ending) and len(word) >= len(ending) + before:
            return word[: -len(ending)] + instead
    return word


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
    return frozenset([_kept(stem), *map(_noun_kept, _forms().get(stem, ()))])


def _common(one: str, other: str) -> int:
    """How many letters they begin with in common."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


# What an ending became (aux: al), and how many letters of it were there before.
_CHANGED = {
    instead: _common(ending, instead)
    for ending, instead, _ in _NOUN
    if not ending.startswith(instead)
}


def _kept(stem: str) -> str:
    """How every word begins that the rules give this stem."""
    least = stem
    # `_short` may have taken an e away
    for whole in (stem, stem + "e"):
        root = whole[:-1]
        if whole.endswith("e") and (root in _FIRST or len(root) > 2):
            least = min(least, root[:-1] if root.endswith("y") else root, key=len)
        elif whole.endswith("i") and len(root) > 2:
            least = min(least, root, key=len)
        least = min(least, _noun_kept(whole), key=len)
    return least


def _noun_kept(singular: str) -> str:
    """How every word begins of which `_noun` makes this one."""
    for instead, kept in _CHANGED.items():
        if singular.endswith(instead):
            return singular[: kept - len(instead)]
    return singular


@cache
def _forms() -> Mapping[str, Sequence[str]]:
    """Stem → the words that have it and that the rules did not make."""
    found: dict[str, list[str]] = {}
    for form, known in _KNOWN.items():
        if form.isalpha():
            for stem in {known, _short(known)}:
                found.setdefault(stem, []).append(form)
    return found


def _learnt() -> Iterator[tuple[str, str]]:
    """Every form the data gives, with its stem; what comes later wins."""
    for family in _DATA["third"]:
        forms = [form.strip("-") for form in family["forms"].split()]
        forms += [form + more for form in forms if form.endswith("ra") for more in ("i", "s")]
        forms += [
            form[:-1] + more
            for form in forms
            if form.endswith("ra")
            for more in ("ons", "ez", "ont", "ais", "ait", "ions", "iez", "aient")
        ]
        for before in family["before"].replace("-", " ").split(" "):
            for form in forms:
                yield before + form, before + forms[0]
    for noun in _DATA["nouns"].split():
        yield noun, noun
        yield noun + "s", noun
    for word in _DATA["invariable"].split():
        yield word, word
    for word, others in _DATA["irregular"].items():
        yield word, word
        for form in others.split():
            yield form, word


_KNOWN: dict[str, str] = dict(_learnt())
for _ending, _words in _DATA["feminine"].items():
    for _word in _words.split():
        _KNOWN.setdefault(_word + _ending, stem(_word))
        _KNOWN.setdefault(_word + _ending + "s", stem(_word))
