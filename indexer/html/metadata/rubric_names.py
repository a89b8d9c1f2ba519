"""Is a line above a date a rubric's name: « Intelligence Artificielle », in capitals as a person's?

Nothing marks the line as a rubric: what its words are, and what the page says of them elsewhere.
A doubt costs an author that nothing announced; without it a rubric signs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from lxml import etree

from indexer.html.elements import text_of
from indexer.html.metadata.metas import metas_of

_COMMON = re.compile(
    r"(?:\w{3,}(?:[ct]ielle|ionnelle|tion|isme|logie|graphie|nomie|sphère|atif|ative"
    r"|(?:[bgt]l|[gmnst]|[dfh])ique)s?"
    r"|culture|santé|sécurité|société|économie|politiques?|sports?|sciences?|énergies?|éducation"
    r"|emploi|travail|logement|transports?|mobilités?|environnement|climat|nature|vie|cinéma"
    r"|musiques?|théâtre|livres?|arts|jeux|vidéos?|réseaux|données|logiciels?|marchés|entreprises?"
    r"|finances?|patrimoine|tourisme|voyages?|gastronomie|cuisine|recettes?|actualités?|idées"
    r"|débats?|opinions?|tribunes?|reportages?|enquêtes?|communiqués?|collectivités?|industrie"
    r"|agriculture|élections?|municipales|législatives|européennes|locales?|régionales?"
    r"|nationale?s?|internationale?s?|sociale?s?|sociaux|libres|humaines|durable|urbanisme)"
)
"""Endings and words of things, and of no family's name that is at all common."""
_FIRST_NAMES = re.compile(r"(?:domi|mo|véro)nique")
_MOST_TEXT = 400_000
"""Characters of the page in which the words are looked for in small letters."""
_MENU = ("nav", "menu")
_UNREAD = ("script", "style", "noscript", "template")
_OF_PEOPLE = re.compile(r"(?i)/(?:auteurs?|authors?|journalistes?|blogs?|profils?|users?|@)")


def is_rubric_name(root: Any, names: Sequence[str]) -> bool:
    """Return whether one of these names is rather that of a rubric, in this page.

    >>> import lxml.html
    >>> page = lxml.html.document_fromstring("<p>Le bac à voile est un bac.</p>")
    >>> is_rubric_name(page, ["Intelligence Artificielle"]), is_rubric_name(page, ["Zoé Petit"])
    (True, False)
    >>> is_rubric_name(page, ["Bac À Voile"]), is_rubric_name(page, ["Dominique Michel"])
    (True, False)
    """
    for name in names:
        words = name.casefold().split()
        if any(_COMMON.fullmatch(word) and not _FIRST_NAMES.fullmatch(word) for word in words):
            return True
        if _in_small_letters(root, name) or name.casefold() in rubrics_of(root):
            return True
    return False


def _in_small_letters(root: Any, name: str) -> bool:
    """Whether the page says these words, side by side, as it says things and not people."""
    pieces = (
        f"{'' if element.tag in _UNREAD else element.text or ''} {element.tail or ''}"
        for element in root.iter(etree.Element)
    )
    text = " ".join("".join(pieces)[:_MOST_TEXT].split())
    return re.search(rf"(?<!\w){re.escape(name.lower())}(?!\w)", text) is not None


def rubrics_of(root: Any) -> set[str]:
    """Return the rubrics the page names, in small letters: in `meta`, and in its menus."""
    shown = {
        text_of(link).casefold()
        for menu in root.iter(*_MENU)
        for link in menu.iter("a")
        if not _OF_PEOPLE.search(link.get("href") or "")
    }
    return shown | {metas_of(root).get("article:section", "").strip().casefold()}
