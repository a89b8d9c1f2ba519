"""Was it published, by the word its software uses for its state?

Only what is known as published is. A state that nobody knows is private: a program that adds
one ("embargo", "privadm", `audience: only_paid`) must never see it made public by us.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_PUBLISHED = frozenset(
    (
        *("publish", "published", "publie", "publiee", "public", "publique"),
        *("approved", "approve", "approuve", "approuvee", "accepted", "valide", "validee"),
        *("live", "visible", "online", "en_ligne", "mis_en_ligne", "mise_en_ligne"),
        *("paru", "parue", "diffuse", "diffusee"),
        # Ghost 5, in the table of posts that its administration exports
        *("published_only", "published_and_emailed"),
        *("1", "true", "vrai", "yes", "oui", "on"),
    )
)
"""The states that say "published", folded, in the programs whose exports are read."""
_NUMBER = re.compile(r"[-+]?[0-9]{1,9}(?:[.,]0+)?")
_INCLUSIVE = re.compile(r"(?<=e)[(·.\u2027]e?s?\)?$")
"""The end of « Publié(e) », « validé·e »."""
_SEPARATORS = re.compile(r"[\s_-]+")


EMPTY = "vide"
"""How the state of an empty cell is called, to those who read the report and to `--published`."""


def folded_state(state: object) -> str:
    """A state without case, accents, nor the difference between its separators.

    >>> folded_state(" En attente "), folded_state(True), folded_state("Publié"), folded_state("")
    ('en_attente', 'true', 'publie', 'vide')
    >>> folded_state("1.0\x1c"), folded_state("-1"), folded_state("Publié(e)")
    ('1', '-1', 'publie')
    """
    return _folded(str(state)[:200])


@lru_cache(maxsize=4096)
def _folded(state: str) -> str:
    state = state.strip()
    if _NUMBER.fullmatch(state):
        return str(int(float(state.replace(",", "."))))
    plain = unicodedata.normalize("NFKD", state).casefold()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _SEPARATORS.sub("_", _INCLUSIVE.sub("", plain.strip())) or EMPTY


class Publication:
    """Which states are read as published: the known ones, and those that whoever indexes adds.

    >>> Publication().allows("publie"), Publication().allows("prepa"), Publication().allows(None)
    (True, False, True)
    >>> Publication(["prepa"]).allows("Prépa")
    True
    """

    def __init__(self, also: Iterable[str] = ()) -> None:
        self._also = frozenset(map(folded_state, also))

    def allows(self, state: object | None) -> bool:
        """Return whether a state is published; None, for a source that has no states at all, is."""
        return state is None or folded_state(state) in _PUBLISHED | self._also

    def allows_of(self, state: object | None, published: Iterable[object]) -> bool:
        """The same for a program that says "published" in words of its own.

        `published` replaces the known words, so that Over-Blog's 2 is published and its 1 is not;
        what whoever indexes adds still counts.

        >>> Publication().allows_of("1", ["2"]), Publication(["1"]).allows_of("1", ["2"])
        (False, True)
        """
        if state is None:
            return True
        folded = folded_state(state)
        return folded in map(folded_state, published) or folded in self._also
