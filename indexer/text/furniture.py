"""Which lines of a page did its site put there, and nobody write?"""

from __future__ import annotations

import re

from indexer.text.page_lines import Line

INCLUSIVE_ENDING = re.compile(r"(?<=[a-z])(?:\(e\)|[·•.‧-](?:e(?=[·•.‧-]?s\b)|(?=s\b)|e(?![a-z])))")
"""What inclusive writing adds to a word, folded."""
_PAYWALL = re.compile(
    r"(?:(?:la suite de )?(?:cet |l'|ce )?(?:article|contenu)(?: est)?|la suite est)"
    r"(?: en acces| exclusivement| uniquement)? reservee? (?:a nos |aux )(?:seuls )?abonnes.{0,60}"
    r"|(?:en acces )?reserve (?:a nos |aux )abonnes\.?"
    r"|pour lire la suite(?: de (?:cet |l')article)?,? (?:abonnez|connectez)-vous.{0,60}"
    r"|(?:abonnez|connectez)-vous pour lire (?:la suite|(?:tout )?(?:cet |l')article).{0,60}"
    r"|il (?:vous )?reste \d+(?:[.,]\d+)? ?% de (?:l'|cet )article.*"
    r"|vous devez etre (?:abonne|connecte)[e]? pour lire la suite.*"
    r"|vous n'avez pas encore notre abonnement.*"
)


def is_paywall(line: Line) -> bool:
    """Return whether a line says that the rest of the article is for subscribers."""
    return _PAYWALL.fullmatch(INCLUSIVE_ENDING.sub("", line.folded)) is not None
