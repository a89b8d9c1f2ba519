"""Which words of the index may a misspelt one have been meant for?

Only words that the index holds are offered, each with how many passages hold it. A fault
that sounds alike in French, or falls on a neighbouring key of an AZERTY keyboard, counts
less than another.
"""

from __future__ import annotations

import re
from itertools import pairwise

from rapidfuzz.distance import OSA

from index import french
from index.question import expanding
from index.question.expanding import Vocabulary

_ROWS = ("azertyuiop", "qsdfghjklm", "wxcvbn")
_COLUMNS = ("text", "title")
_KEY = 0.6
_SOUND = 0.4
_SHORTEST = 3
# What one says the same way in French, longest first; the letter is only a name for the sound.
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"eaux?$|eau|aux?$|au", "o"),
        (r"(?:er|ez|ee?s?|et|ai[st]?)$", "e"),
        (r"ph", "f"),
        (r"sch|sh|ch", "C"),
        (r"th", "t"),
        (r"h", ""),
        (r"qu|q|ck|k|c(?![eiyC])", "k"),
        (r"s(?:c|s)(?=[eiy])|ss|c(?=[eiy])|(?<![aeiouy])z", "s"),
        (r"(?<=[aeiouy])s(?=[aeiouy])", "z"),
        (r"ge(?=[ao])|g(?=[eiy])|j", "J"),
        (r"gu(?=[eiy])", "g"),
        (r"(?:ain|ein|yn|ym|im|in)(?![aeiouymn])", "I"),
        (r"(?:an|am|en|em)(?![aeiouymn])", "A"),
        (r"(?:on|om)(?![aeiouymn])", "O"),
        (r"oeu|eu", "E"),
        (r"ai|ei|ay|ey", "e"),
        (r"y", "i"),
        (r"x$|s$|t$|d$|e$|p$", ""),
    )
)


# Beginnings said alike that differ by more than one letter.
_BEGIN_ALIKE = tuple(
    pair
    for one, other in (
        ("f", "ph"), ("k", "qu"), ("c", "qu"), ("s", "sc"), ("j", "ge"), ("o", "au"), ("o", "eau"),
        ("o", "ho"), ("au", "hau"), ("e", "ai"), ("e", "hai"), ("e", "he"), ("i", "hy"),
        ("an", "en"), ("in", "ain"), ("ke", "che"), ("k", "ch"), ("re", "rhe"), ("t", "th"),
    )
    for pair in ((one, other), (other, one))
)  # fmt: skip


def _neighbours() -> frozenset[tuple[str, str]]:
    pairs = [pair for row in _ROWS for pair in pairwise(row)]
    for upper, lower in pairwise(_ROWS):
        for place, key in enumerate(lower):
            pairs += [(key, other) for other in upper[max(0, place - 1) : place + 2]]
    return frozenset(pairs + [(right, left) for left, right in pairs])


_NEAR_KEYS = _neighbours()


def sound(word: str) -> str:
    """How a folded word is said, roughly: equal for words that sound alike.

    >>> sound("metallurgie") == sound("metalurgie"), sound("language") == sound("langage")
    (True, False)
    >>> sound("ortografe") == sound("orthographe")
    True
    """
    for pattern, said in _SOUNDS:
        word = pattern.sub(said, word)
    return re.sub(r"(.)\1+", r"\1", word)


def cost(word: str, other: str) -> float:
    """How unlikely `word` is to have been typed for `other`: 0 for the same, 1 for any fault.

    >>> cost("midjourny", "midjourney"), cost("artiste", "zrtiste"), cost("foto", "photo")
    (1.0, 0.6, 0.4)
    """
    if word == other:
        return 0.0
    faults = float(OSA.distance(word, other))
    if sound(word) == sound(other):
        return min(faults, _SOUND * max(1.0, faults / 2))
    if len(word) == len(other):
        differing = [pair for pair in zip(word, other, strict=True) if pair[0] != pair[1]]
        if len(differing) == faults:
            return sum(_KEY if pair in _NEAR_KEYS else 1.0 for pair in differing)
    return faults


def suggest(word: str, vocabulary: Vocabulary, most: int = 3) -> list[tuple[str, int]]:
    """The likeliest words meant, with how many passages hold each; none for a word well known.

    `word` may have capitals and accents. A word is offered when it is near (one fault, two in
    eight letters or more, or said alike) and more frequent than the word itself.
    """
    folded = french.fold(word)
    if len(folded) < _SHORTEST or len(folded) > 40 or not folded.isalpha():
        return []
    own = max(vocabulary.freq(name, folded) for name in _COLUMNS)
    allowed = 2 if len(folded) >= 8 else 1
    scored: dict[str, tuple[float, int]] = {}
    for other, freq in _candidates(folded, allowed + 1, vocabulary):
        if freq <= own or other == folded:
            continue
        price = cost(folded, other)
        if price <= allowed:
            known = scored.get(other, (price, 0))[1]
            scored[other] = price, max(known, freq)
    # among words as near as one another, the most frequent was likeliest meant
    ranked = sorted(scored.items(), key=lambda item: (item[1][0], -item[1][1], item[0]))
    return [(other, freq) for other, (_, freq) in ranked[:most]]


def _candidates(word: str, faults: int, vocabulary: Vocabulary) -> list[tuple[str, int]]:
    """The words that begin alike, or as a slip in the first letters would have them begin.

    All the words under a letter would be hundreds of thousands in a large index.
    """
    heads = expanding.heads(word, _BEGIN_ALIKE)
    return [pair for name in _COLUMNS for pair in vocabulary.near(name, word, faults, heads)]
