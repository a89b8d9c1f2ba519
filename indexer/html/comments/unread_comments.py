"""Which comments does a page hold that are not read, and how are they told?

Programs fetch them by a script, or write a page's data in JSON, in an attribute or in a script, of
which only the browser makes comments: their states (pending, deleted) are the program's own, so
that they are told and not read. So are the signatures of a petition.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from indexer.html.elements import short_text
from indexer.html.finder.comment_words import shown, tokens_of
from indexer.html.finder.waiting_programs import waiting_program
from indexer.reporting import plural

_THREAD = re.compile(
    r"(?i)(?:comment|repl(?:y|ies)|reponses|reactions)[\w-]{0,40}(?::[\w-]{1,60})?[\"']?"
    r"\s{0,9}[:=]\s{0,9}(?=[\[{])"
)
_RECENT = re.compile(
    r"(?i)recent|latest|last|dernier|config|settings|options|commented|commentary|form\b"
)
_TEXT_NAMES = (
    "body bodyhtml comment commentaire content contenthtml contenu html message text texte"
)
_AUTHOR_NAMES = "author auteur authorname commenter displayname member name nickname pseudo user"
_TEXTS, _AUTHORS = frozenset(_TEXT_NAMES.split()), frozenset((*_AUTHOR_NAMES.split(), "username"))
_DATE = re.compile(r"date|time|created|published|posted|(?:_a|A)t$")
_NOT_LETTERS = re.compile(r"[\W_]+")
_FEWEST = 40
_BEFORE = 12
"""Characters of a name before « comments »: `recentComments`."""
_MOST_FAILURES = 40
"""Names followed by no JSON, in one text: each is decoded up to where it is none."""


def shown_by_script(root: Any) -> str:
    """Return what is said, in French, of comments that a script was to show; "" for none.

    root: the tree with its scripts.

    >>> import lxml.html
    >>> shown_by_script(lxml.html.document_fromstring('<div id="disqus_thread"></div>'))
    'fil de commentaires (Disqus) pas enregistré avec la page'
    """
    if in_json := comments_in_json(root):
        return f"{in_json}, pas lus"
    program = waiting_program(root)
    return f"fil de commentaires ({program}) pas enregistré avec la page" if program else ""


def comments_in_json(root: Any) -> str:
    """Return how many comments a page holds in JSON, and where, in French; "" for none.

    root: the tree with its scripts. Those of JSON-LD, which are read, are not counted.

    >>> import lxml.html
    >>> page = lxml.html.document_fromstring("<div data-page='{\\"comments\\": [{\\"body\\":"
    ...     " \\"Bravo\\", \\"user\\": \\"Zoé\\", \\"created_at\\": \\"2024-03-02\\"}]}'></div>")
    >>> comments_in_json(page)
    '1 commentaire en JSON dans la page (data-page)'
    """
    counts = ((_count_in(text), place) for text, place in _texts(root))
    count, place = max(counts, default=(0, ""), key=lambda pair: pair[0])
    return f"{plural(count, 'commentaire')} en JSON dans la page ({place})" if count else ""


def _texts(root: Any) -> Iterator[tuple[str, str]]:
    """Yield the texts that may be JSON, under the name of what holds each."""
    for element in root.iter(etree.Element):
        for name, value in element.attrib.items():
            if len(value) >= _FEWEST and value.lstrip()[:1] in ("{", "["):
                yield f"{name}: {value}", name
        if element.tag == "script" and "ld+json" not in (element.get("type") or ""):
            yield element.text or "", "script"


def _count_in(text: str) -> int:
    count = at = failures = 0
    while failures < _MOST_FAILURES and (match := _THREAD.search(text, at)) is not None:
        at = match.end()
        if _RECENT.search(text, max(0, match.start() - _BEFORE), at):
            continue
        try:
            value, at = json.JSONDecoder().raw_decode(text, at)
        except (ValueError, RecursionError):
            failures += 1
        else:
            count += _comments(value)
    if not count and '\\"' in text:
        # JSON in a string of a script
        return _count_in(text.replace('\\"', '"').replace("\\\\", "\\"))
    return count


def _comments(value: Any) -> int:
    """How many objects of some JSON have a text, and an author or a date."""
    count = 0
    waiting = [value]
    while waiting:
        inner = waiting.pop()
        if isinstance(inner, list):
            waiting += inner
        elif isinstance(inner, dict):
            names = {_NOT_LETTERS.sub("", name).lower() for name, member in inner.items() if member}
            is_dated = any(map(_DATE.search, inner))
            count += bool(names & _TEXTS and (names & _AUTHORS or is_dated))
            waiting += inner.values()
    return count


_SIGNATURES = re.compile(r"(?:.{0,40}[^\d .]\W+)?(\d[\d .]{0,9}) signatures?\b[^.]{0,40}")
_OF_PETITIONS = frozenset(("signatures", "petition", "petitions"))


def signatures_of(root: Any) -> str:
    """Return how many signatures of a petition a page says to show, in French; "" for none.

    >>> import lxml.html
    >>> page = lxml.html.document_fromstring('<div id="signatures"><h2>3 signatures</h2></div>')
    >>> signatures_of(page)
    '3 signatures'
    """
    for element in root.iter("div", "section", "ul", "table", "form"):
        names = tokens_of(f"{element.get('class') or ''} {element.get('id') or ''}")
        if names & _OF_PETITIONS:
            headings = element.iter("h1", "h2", "h3", "h4", "h5", "h6", "p", "caption", "legend")
            for heading in headings:
                if match := _SIGNATURES.fullmatch(shown(short_text(heading, 110))):
                    return plural(int(re.sub(r"\D", "", match[1])), "signature")
    return ""
