"""Which program was to bring the comments of a page by a script, after the page was loaded?"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from lxml import etree

from indexer.html.elements import short_text
from indexer.html.finder.announced import MAYBE, RESERVED
from indexer.html.finder.comment_words import shown

_PROGRAMS: dict[str, list[str]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)


def waiting_program(root: Any) -> str | None:
    """The program whose script was to bring comments that this page does not hold.

    >>> import lxml.html
    >>> waiting_program(lxml.html.document_fromstring('<div id="disqus_thread"></div>'))
    'Disqus'
    >>> waiting_program(lxml.html.document_fromstring("<p>Abonnez-vous pour lire les réactions"))
    'réservé aux abonnés'
    """
    for element in root.iter(etree.Element):
        # an element of a program's own: <hyvor-talk-comments>, <fb:comments>
        is_custom = "-" in element.tag or ":" in element.tag
        if not is_custom and element.tag not in _HOLDERS:
            continue
        names = ("id", "class") if element.tag not in ("iframe", "script") else ("id", "src")
        name = " ".join(filter(None, map(element.get, names)))[:500].lower()
        name = f"{element.tag.replace(':', '-')} {name}" if is_custom else name
        if element.get("data-spot-id") or element.get("data-spot-im-module"):
            return "OpenWeb"
        if element.get("data-telegram-discussion"):
            return "Telegram"
        match = _ANY_PROGRAM.search(name) if name else None
        if match and not (element.tag == "script" and "count" in name):
            return next(program for program, marks in _PROGRAMS.items() if match[0] in marks)
        if is_custom and "comment" in element.tag and not "".join(element.itertext()).strip():
            # <bluesky-comments>, and others to come
            return str(element.tag)
    lines = (short_text(element, 110) for element in root.iter("p", "div", "span", "a", "button"))
    reserved = any(RESERVED.fullmatch(shown(text)) for text in lines if MAYBE.search(text))
    return "réservé aux abonnés" if reserved else None


_HOLDERS = frozenset(("div", "section", "iframe", "article", "aside", "script", "a"))
_ANY_MARK = "|".join(re.escape(mark) for marks in _PROGRAMS.values() for mark in marks)
# « chevaline » is no mark of Valine
_ANY_PROGRAM = re.compile(rf"(?<![a-z])(?:{_ANY_MARK})")
