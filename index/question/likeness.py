"""Which words look like one?"""

from __future__ import annotations

from rapidfuzz.distance import OSA


def alike(word: str, other: str, faults: int) -> bool:
    """Whether two words are at so many faults of one another at most.

    A fault is a letter more, less, changed, or swapped with its neighbour.

    >>> alike("serveur", "sevreur", 1), alike("serveur", "vers", 2)
    (True, False)
    """
    if abs(len(word) - len(other)) > faults:
        return False
    return bool(OSA.distance(word, other, score_cutoff=faults) <= faults)
