"""Which words look like one?"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache


@cache
def _osa() -> Callable[..., int]:
    # loaded when two words are compared: half of the questions compare none
    from rapidfuzz.distance import OSA

    return OSA.distance


def distance(word: str, other: str, most: int | None = None) -> int:
    """How many faults there are between two words; any number above `most` when there are more.

    A fault is a letter more, less, changed, or swapped with its neighbour.

    >>> distance("serveur", "sevreur"), distance("chat", "chats"), distance("chat", "loup")
    (1, 1, 4)
    """
    return _osa()(word, other, score_cutoff=most)


def alike(word: str, other: str, faults: int) -> bool:
    """Whether two words are at so many faults of one another at most.

    >>> alike("serveur", "sevreur", 1), alike("serveur", "vers", 2)
    (True, False)
    """
    if abs(len(word) - len(other)) > faults:
        return False
    return bool(_osa()(word, other, score_cutoff=faults) <= faults)
