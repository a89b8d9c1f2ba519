"""Where does an article stop, and the offer to pay for the rest of it begin?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.article import Section
from indexer.text import Line, fold, is_paywall, key

_PAYING = re.compile(
    r"pour (?:lire|decouvrir|acceder a|poursuivre|continuer)\b.{0,30}\b(?:suite|lecture|article"
    r"|integralite)\b.{0,120}"
    r"|(?:lire|decouvrir|lisez|continuez|poursuivez|debloquez|accedez a)\b.{0,20}\b(?:la suite|cet"
    r" article|l'article|l'integralite|votre lecture|la lecture)\b.{0,80}\b"
    r"(?:abonn|compte|€|inscri).{0,60}"
    r"|.{0,60}\breservee?s? (?:a|aux) (?:nos |la |tous les )?(?:seuls )?(?:abonne|adherent).{0,80}"
    r"|(?:il )?(?:vous )?reste .{0,12}\d ?% .{0,60}"
    r"|vous avez (?:lu|atteint|consulte).{0,40}(?:articles?|limite).{0,80}"
)
_MOST = 1200
"""Characters of all that an offer says: what is longer is the article, going on."""
_LONGEST = 220


def without_offer(sections: Sequence[Section]) -> tuple[tuple[Section, ...], bool]:
    """The sections up to the offer to pay for the rest, and whether there is one.

    >>> offer = Section("Pour lire la suite, créez votre compte", "1 € le premier mois")
    >>> [section.text for section in without_offer([Section(None, "Un texte."), offer])[0]]
    ['Un texte.']
    """
    rest = sum(len(section.headline or "") + len(section.text) for section in sections)
    for place, section in enumerate(sections):
        if rest <= _MOST and place and _is_offer(section.headline or ""):
            return tuple(sections[:place]), True
        rest -= len(section.headline or "")
        at = 0
        for line in section.text.split("\n"):
            if rest <= _MOST and (place or at) and _is_offer(line):
                text = section.text[: max(0, at - 1)]
                embeds = tuple(embed for embed in section.embeds if embed.end <= len(text))
                return (*sections[:place], replace(section, text=text, embeds=embeds)), True
            rest -= len(line)
            at += len(line) + 1
    return tuple(sections), False


def _is_offer(text: str) -> bool:
    if not text or len(text) > _LONGEST:
        return False
    folded = fold(key(text)).lower()
    return _PAYING.fullmatch(folded) is not None or is_paywall(Line(1, text))
