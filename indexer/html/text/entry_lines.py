"""Which lines between a title and its text only say whose entry it is, where and how much answered?

Themes write them in their own ways and in two languages: « 6 Comments / Non classé / By Zoé »,
« Rédigé par Zoé 6 commentaires », « Classé dans : Non classé ».
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from indexer.html.finder.comment_words import shown

_COUNT = (
    r"(?:\d[\d ]{0,6}|aucune?|pas de|pas encore de|no|one|une?) "
    r"(?:commentaires?|comments?|reactions?|reponses?|replies|avis)(?: (?:sur|on|to|a))?"
)
_FILED = r"(?:classee? (?:dans|sous)|filed under)\b ?:?|(?:categor(?:ies?|y)|rubriques?) ?:"
_LEAD = (
    r"(?:ecrit|redige|publie|poste|posted|written|published)e?(?: (?:par|by|on|in|le|dans|sous))?"
    r"|par|by|in|on|dans|tags? ?:|mots[- ]cles ?:"
)
_PIECES = re.compile(rf"\b(?:{_COUNT}|{_FILED}|{_LEAD})(?!\w)")
_CATEGORIZED = re.compile(rf"(?:{_FILED}) ?[^.!?]{{1,60}}")
_LONGEST = 200


def is_entry_line(line: str, names: Iterable[str]) -> bool:
    """Return whether a line is nothing but names, rubrics, counts and what leads to them.

    names: what the page's head holds already: title, authors, rubrics, keywords.

    >>> [is_entry_line(line, ("Zoé", "Non classé")) for line in ("6 Comments / Non classé / By",
    ...     "Rédigé par Zoé 6 commentaires", "Classé dans : Sorties", "—", "Par hasard", "6 avis")]
    [True, True, True, True, False, True]
    """
    if len(line) > _LONGEST:
        return False
    rest = shown(line)
    if _CATEGORIZED.fullmatch(rest):
        return True
    for name in sorted(map(shown, names), key=len, reverse=True):
        rest = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", rest) if name else rest
    return not any(map(str.isalnum, _PIECES.sub(" ", rest)))
