"""Which words of the index may a misspelt one have been meant for?

Only words that the index holds are offered, each with how many passages hold it. A fault
that sounds alike in French, or falls on a neighbouring key of an AZERTY keyboard, counts
less than another.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from math import log

from index import french
from index.question.vocabulary.expanding import Vocabulary
from index.question.vocabulary.likeness import distance
from index.question.vocabulary.near_words import LONG, near, slipped

_ROWS = ("azertyuiop", "qsdfghjklm", "wxcvbn")
COLUMNS = ("text", "title")
"""Where whole words are, as they are written."""
_KEY = 0.6
_SOUND = 0.4
_OFFERED = 3
_SHORTEST = 3
_LONGEST = 40
# A fault more is as unlikely as a word twenty times rarer.
_UNLIKELY = 3.0
# Passages that hold a rare form, and how many times more hold the word that it hides.
_RARE = 20
_HIDES = 50
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
    for pattern, letter in _SOUNDS:
        word = pattern.sub(letter, word)
    return re.sub(r"(.)\1+", r"\1", word)


def cost(word: str, meant_word: str) -> float:
    """How unlikely `word` is to have been typed for `meant_word`: 0 for the same, 1 for any fault.

    >>> cost("midjourny", "midjourney"), cost("artiste", "zrtiste"), cost("foto", "photo")
    (1.0, 0.6, 0.4)
    """
    if word == meant_word:
        return 0.0
    faults = float(distance(word, meant_word))
    if sound(word) == sound(meant_word):
        return min(faults, _SOUND * max(1.0, faults / 2))
    if len(word) == len(meant_word):
        differing = [pair for pair in zip(word, meant_word, strict=True) if pair[0] != pair[1]]
        if len(differing) == faults:
            return sum(_KEY if pair in _NEAR_KEYS else 1.0 for pair in differing)
    return faults


def suggest(word: str, vocabulary: Vocabulary, most: int = _OFFERED) -> list[tuple[str, int]]:
    """The likeliest words meant, with how many passages hold each; none for a word well known.

    `word` may have capitals and accents. A word is offered when it is near (one fault, two in
    eight letters or more, or one that sounds alike) and more frequent than the word itself.
    """
    folded = french.fold(word)
    freq_of_word = max(vocabulary.freq(name, folded) for name in COLUMNS)
    return _likeliest(folded, _near(folded, vocabulary), freq_of_word)[:most]


def hidden(word: str, vocabulary: Vocabulary) -> list[tuple[str, int]]:
    """The common words that a rare form may be a slip for: `pase` twice beside `passe`.

    One slip only, in a word that hardly any passage holds beside the other.
    """
    folded = french.fold(word)
    freq_of_word = max(vocabulary.freq(name, folded) for name in COLUMNS)
    if freq_of_word > _RARE:
        return []
    # what is further is no slip, and dear to look for
    freqs = slipped(folded, vocabulary, COLUMNS) if _may_be_misspelt(folded) else {}
    least = _HIDES * max(freq_of_word, 1)
    # « mai » is no slip for « mais », which nobody searches
    common = {word for word, freq in freqs.items() if freq >= least} - french.COMMON
    hides = {meant_word for meant_word in common if distance(folded, meant_word) <= 1}
    if not hides:
        return []
    return [pair for pair in _likeliest(folded, freqs, freq_of_word)[:_OFFERED] if pair[0] in hides]


def _near(word: str, vocabulary: Vocabulary) -> dict[str, int]:
    """The words near a folded one; none of what is too short or too long to be told, or no word."""
    return near(word, vocabulary, COLUMNS) if _may_be_misspelt(word) else {}


def _may_be_misspelt(word: str) -> bool:
    """Whether a folded word is neither too short nor too long to be told, and of letters alone."""
    return _SHORTEST <= len(word) <= _LONGEST and word.isalpha()


def _likeliest(word: str, freqs: Mapping[str, int], freq_of_word: int) -> list[tuple[str, int]]:
    """Those near enough and more frequent than `freq_of_word`, the likeliest first.

    A likely fault (same sound, neighbouring key) is worth so many times the passages.
    """
    allowed = 2 if len(word) >= LONG else 1
    scored = []
    for meant_word, freq in freqs.items():
        if freq > freq_of_word and (price := cost(word, meant_word)) <= allowed:
            scored.append((_UNLIKELY * price - log(freq), meant_word, freq))
    return [(meant_word, freq) for _, meant_word, freq in sorted(scored)]
