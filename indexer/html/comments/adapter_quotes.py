"""Which elements of a comment quote somebody, as an adapter marked them, and whom?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lxml import etree

from indexer.html.comments.adapters import Rule
from indexer.html.elements import MARK, text_of

_QUOTES = etree.XPath(f"descendant::*[@{MARK}='quote']")


def is_quoted(element: Any, item: Any) -> bool:
    """Return whether an element is in somebody else's words, that the comment quotes."""
    for around in element.iterancestors():
        if around is item:
            return False
        if around.get(MARK) == "quote" or around.tag == "blockquote":
            return True
    return False


def make_blockquotes(copy: Any, authors: Sequence[Rule]) -> None:
    """Make `blockquote` of the quotations in a copy of a body, those of others left inside.

    authors: the rules for the name of whoever is quoted.
    """
    for quote in _QUOTES(copy):
        if all(ancestor.tag != "blockquote" for ancestor in quote.iterancestors()):
            _as_quote(quote, authors)


def _as_quote(element: Any, authors: Sequence[Rule]) -> None:
    """Make a `blockquote` of an element, and a `cite` of the first name that a rule finds in it."""
    element.tag = "blockquote"
    for rule in authors:
        for author in rule.selector.of(element):
            if author is not element and author.tag != "cite" and (name := text_of(author)):
                author.clear(keep_tail=True)
                author.tag = "p"
                cite = etree.SubElement(author, "cite")
                cite.text = name
                return
