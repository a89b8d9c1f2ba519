"""Which last lines of a page are the site's own, below the article and its comments?

Nothing ends the last comment but the end of the text: without this, the links at the foot
of a site would be its last words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.pages.blocks import is_count
from indexer.pages.contents import DASHES
from indexer.text import Line

_LONGEST, _LONGEST_SURE = 100, 300
_FARTHEST = 60
_SIGNED = re.compile(r"(?:copyright )?(?:©|\(c\)) ?(?:copyright )?(?:.{0,30}\b)?\d{4}\b.*")
_CERTAIN = re.compile(
    r".{0,60}tous droits reserves\.?"
    r"|mentions legales.{0,30}|politique (?:de confidentialite|de cookies|des cookies).{0,20}"
    r"|conditions generales (?:d'utilisation|de vente|d'abonnement).{0,30}"
    r"|(?:gestion|parametres|preferences) (?:de |des )?cookies|gerer (?:mes|les) cookies"
    r"|protection des donnees(?: personnelles)?|plan du site|donnees personnelles"
)
_USUAL = re.compile(
    r"cgu|cgv|cgu ?/ ?cgv|contact|(?:nous )?contacter?(?:-| )?(?:nous)?|a propos(?: de .{1,30})?"
    r"|qui sommes-nous ?\??|l'equipe|la redaction|publicite|annonceurs|faq|aide|(?:flux )?rss"
    r"|(?:nos )?newsletters?|(?:s')?abonne(?:r|z-vous)(?: a .{1,30})?|facebook|twitter|x|mastodon"
    r"|bluesky|linkedin|youtube|instagram|discord|suivez-nous.{0,20}|accessibilite.{0,30}"
    r"|(?:retour en )?haut(?: de (?:la )?page)?|retour en haut|credits|partenaires|archives"
)
_BETWEEN = re.compile(r" ?[|·•] ?| - ")


def without_footer(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """A page's lines, and those of the site's footer, which may be none.

    A footer is short lines to the end that begin with one of a footer's; one of them at least
    can be nothing else, which "© 2024 Moi" alone could.

    >>> page = [Line(1, "Bravo."), Line(2, "Contact"), Line(3, "Mentions légales")]
    >>> without_footer(page)[1]
    [Line(number=2, text='Contact'), Line(number=3, text='Mentions légales')]
    >>> without_footer(page[:2])[1]
    []
    """
    first, count, certain, signed = len(lines), 0, False, False
    for at in range(len(lines) - 1, max(len(lines) - _FARTHEST, 0), -1):
        if lines[at].key in DASHES:
            # the line below is an entry of the table of contents, whatever it says
            first = max(first, at + 2)
            break
        if is_count(lines[at].text):
            break
        short = len(lines[at].text) <= _LONGEST
        parts = _BETWEEN.split(lines[at].folded)
        sign = _SIGNED.fullmatch(lines[at].folded) is not None
        sure = len(lines[at].text) <= _LONGEST_SURE and any(map(_CERTAIN.fullmatch, parts))
        if sure or sign or (short and all(map(_USUAL.fullmatch, parts))):
            first, count = at, count + 1
            certain, signed = certain or sure, signed or sign
        elif not short or lines[at].text[-1] in ".!?…:;,":
            break
    if not certain and not (signed and count > 1):
        first = len(lines)
    return list(lines[:first]), list(lines[first:])
