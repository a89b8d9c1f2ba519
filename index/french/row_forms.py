"""How else may neighbouring words be written: as one word, and one word as two neighbours?"""

from __future__ import annotations

from collections.abc import Sequence

from index.french.patterns import late


def joins(words: Sequence[str]) -> list[str]:
    """The terms that neighbouring exact terms, taken together, may be written as.

    >>> joins(["red", "team"]), joins(["150", "000"]), joins(["10", "h", "38"])
    (['redteam'], ['150000'], ['10h38'])
    """
    joined = "".join(words)
    return [joined] if len(words) > 1 and (joined.isalnum() or words[0].isdigit()) else []


_NAME = late(r"[^\W\d_]{2,}(?=\d)")
_NUMBER_AND_WORD = late(r"(\d+)(bis|ter|quater|[^\W\d_]{4,})")
_SHORT_NUMBER = late(r"(?:3\d|11|10)\d\d")


def splits(word: str) -> list[tuple[str, str]]:
    """The ways a folded word may be written as two neighbours, the most even first.

    >>> splits("wifi"), splits("3919"), splits("rtx4090"), splits("5g")
    ([('wi', 'fi')], [('39', '19')], [('rtx', '4090')], [])
    """
    if word.isalpha():
        places = sorted(range(2, len(word) - 1), key=lambda i: abs(2 * i - len(word)))
        return [(word[:i], word[i:]) for i in places]
    if word.isdigit():
        # French short numbers are said and written by two: le 39 19, le 36 15
        return [(word[:2], word[2:])] if _SHORT_NUMBER.fullmatch(word) else []
    if counted := _NUMBER_AND_WORD.fullmatch(word):
        return [(counted[1], counted[2])]  # 12 bis rue de la Paix, #8mars
    name = _NAME.match(word)
    return [(name[0], word[name.end() :])] if name and word.isalnum() else []
