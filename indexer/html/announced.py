"""How many comments does a page announce?"""

from __future__ import annotations

import re

_COUNT = re.compile(
    r"^\D{0,3}(\d{1,3}(?:[ \u00a0\u202f.,]\d{3})+|\d{1,7})\b(?!\s*(?:h\b|:\d|/\d))"
    r"|\((\d{1,7})\)\s*$|(?:comment\w*|réactions?|réponses?|avis|messages?)\s*[:\s]\s*(\d{1,7})\s*$",
    re.IGNORECASE,
)
_ONE = re.compile(r"^(?:une?|one)\b", re.IGNORECASE)
_NONE = re.compile(r"^(?:aucune?|no|pas de|soyez le premier)\b", re.IGNORECASE)


def declared_count(text: str) -> int | None:
    """The number of comments that a title announces.

    >>> declared_count("27 commentaires"), declared_count("Une réponse à « Les 5 raisons »")
    (27, 1)
    >>> declared_count("Commentaires (1 204)"), declared_count("Vos commentaires")
    (None, None)
    """
    text = " ".join(text.split())[:300]
    if match := _COUNT.search(text):
        digits = next(filter(None, match.groups()))
        return int(re.sub(r"\D", "", digits))
    if _ONE.match(text):
        return 1
    return 0 if _NONE.match(text) else None
