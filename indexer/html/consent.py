"""Which elements of a page ask its reader to accept cookies, and hold nothing of its article?

A name that speaks of consent (or a dialog) and words that do: a page saved before anybody
answered may hold more of these words than of its article's, and they come first.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

from indexer.html.elements import text_of
from indexer.html.finder.comment_words import shown, words_of

_NAMES = """
consent consents consentement cookie cookies cookiebanner cookiewall cookiebot gdpr rgpd ccpa tcf
cmp cmpbox cmplz privacy traceurs didomi onetrust axeptio tarteaucitron sirdata quantcast qc
usercentrics iubenda trustarc truste sp complianz borlabs cky moove klaro osano termly appconsent
abconsent sfbx ketch
"""
_NAMED = frozenset(_NAMES.split())
_OF_ARTICLES = frozenset(("article", "post", "hentry", "category", "tag"))
"""« post category-cookies », as WordPress names an article."""
_SPEAKS = re.compile(
    r"\bcookies?\b|\btraceurs?\b|\bconsente[mz]|\bconsentir\b|\bvie privee\b"
    r"|\bdonnees (?:personnelles|a caractere personnel)\b|\bwithout consent\b|\byour consent\b"
)
_ASKS = re.compile(
    r"\b(?:accept|refus|parametr|personnalis|autoris|consent|agree|reject|gere|gestion|continuer)"
)
_MOST_DIALOGS = 40


def consent_dialogs(root: Any) -> list[Any]:
    """Return the outermost elements that ask to accept cookies, from the whole tree of a page.

    >>> import lxml.html
    >>> page = lxml.html.document_fromstring('<div id="didomi-host"><p>Nous utilisons des cookies.'
    ...     '</p><button>Accepter</button></div><article class="cookies"><p>Sora</p></article>')
    >>> [element.get("id") for element in consent_dialogs(page)]
    ['didomi-host']
    """
    candidates = (
        element for element in root.iter("div", "section", "aside", "dialog") if _named(element)
    )
    dialogs: list[Any] = []
    for element in islice(candidates, _MOST_DIALOGS):
        if any(ancestor in dialogs for ancestor in element.iterancestors()):
            continue
        # a page may be called after the answer it was given
        if next(element.iter("article", "main"), None) is not None:
            continue
        words = shown(text_of(element))
        if _ASKS.search(words) and len(_SPEAKS.findall(words)) * 600 >= len(words):
            dialogs.append(element)
    return dialogs


def _named(element: Any) -> bool:
    if element.tag == "dialog" or element.get("role") in ("dialog", "alertdialog"):
        return True
    words = words_of(element)
    return element.get("aria-modal") == "true" or bool(words & _NAMED and not words & _OF_ARTICLES)
