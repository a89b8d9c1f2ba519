"""What does the markup of a comment say, where its adapter has no rule for it?

Its author's role, the buttons that stand among its words, and the number in its fragment: themes
add and rename them, while the rest of an engine stays as its adapter knows it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from lxml import etree

from indexer.html.comments.comment_names import is_role
from indexer.html.elements import MARK, short_text, text_of
from indexer.html.finder.comment_words import (
    AUTHOR,
    ROLE,
    is_action,
    is_button,
    is_hidden_translation,
    is_named_button,
    is_unfolding,
    words_of,
)
from indexer.html.finder.date_marks import is_dated
from indexer.html.finder.items.pieces import ends_line, stands_apart
from indexer.html.finder.items.words import is_quotation

_LONGEST_ROLE = 30
_LONGEST_ASIDE = 60


def marked_roles(items: Sequence[Any], owner: Mapping[Any, Any]) -> dict[Any, str]:
    """Return what an element called badge, role or rank says in each of these items.

    owner: the item that each element of the page belongs to.
    """
    roles: dict[Any, str] = {}
    item_set = set(items)
    for element in owner:
        item = owner[element]
        if item not in item_set or item is element or item in roles or not element.get("class"):
            continue
        if element.tag == "label":
            continue
        text = short_text(element, _LONGEST_ROLE)
        # a theme's `small` behind the name
        is_badge = is_role(text) and bool(words_of(element.getparent()) & AUTHOR)
        if not (is_badge or words_of(element) & ROLE):
            continue
        if any(map(str.isalpha, text)) and not (text.endswith(":") or is_dated(text)):
            roles[item] = text
    return roles


def name_text(element: Any) -> str:
    """Return the text of the element of a name, without the date and the buttons that are in it.

    >>> import lxml.html
    >>> name_text(lxml.html.fragment_fromstring("<p><b>Zoé</b> <i>2 mars 2024 <a>Répondre</a></i>"))
    'Zoé'
    """
    pieces: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, inner in walk:
        if event == "end":
            pieces += [] if inner is element else [" "] * (inner.tag == "br") + [inner.tail or ""]
        elif inner is not element and _is_beside_name(short_text(inner, _LONGEST_ASIDE)):
            walk.skip_subtree()
        else:
            pieces.append(inner.text or "" if isinstance(inner.tag, str) else "")
    return " ".join("".join(pieces).split())


def _is_beside_name(text: str) -> bool:
    """Whether it is a date, or what is done to a comment."""
    return is_dated(text) or is_action(text)


def action_links(owner: Mapping[Any, Any]) -> Iterator[Any]:
    """Yield the links and buttons « Répondre », « Signaler » that stand apart from sentences.

    So is « Voir plus », which ends one. owner: the item that each element of the page belongs to.
    """
    for element in owner:
        if element.tag in ("a", "button") and element.get(MARK) is None:
            text = short_text(element, 60)
            if is_action(text):
                if element.tag == "button" or stands_apart(element, is_action):
                    yield element
            elif is_unfolding(text) and ends_line(element, is_action):
                yield element
        elif element.get(MARK) is None and is_named_button(element):
            yield element


def marked_quotes(owner: Mapping[Any, Any]) -> Iterator[Any]:
    """Yield the blocks called quotations in comments, each the outermost.

    owner: the item that each element of the page belongs to.
    """
    quoted: set[Any] = set()
    for element in owner:
        if element.getparent() in quoted or element in quoted:
            quoted.add(element)
            continue
        may_quote = element.tag in _QUOTING and owner[element] is not element
        if not may_quote or element.get(MARK) is not None or not is_quotation(element):
            continue
        # what is around a `blockquote` says whose it is
        holds_quote = next(element.iter("blockquote"), None) is not None
        if not holds_quote and len(text_of(element)) > _SHORTEST_QUOTE:
            quoted.add(element)
            yield element


_QUOTING = frozenset(("div", "table", "fieldset", "section", "aside", "details", "p"))
_SHORTEST_QUOTE = 20
"""Characters of what is no button « Citer »."""
_COUNTERS = frozenset(
    (
        *("like", "likes", "vote", "votes", "ulike", "wpulike", "karma", "thumbs", "score"),
        *("reaction", "reactions"),
    )
)


def vote_counts(owner: Mapping[Any, Any]) -> Iterator[Any]:
    """Yield the elements called likes or votes that hold numbers, and nobody's words.

    So are hidden translations: their words are those of the comment again.
    """
    for element in owner:
        if element.tag not in _OF_COUNTS or not element.get("class") or element.get(MARK):
            continue
        text = short_text(element, 60) if words_of(element) & _COUNTERS else ""
        counts = text and (is_button(text) or not any(map(str.isalpha, text)))
        if counts or is_hidden_translation(element):
            yield element


_OF_COUNTS = frozenset(("div", "span", "p", "ul", "ol", "footer"))
_LONGEST_HEADER = 120
_MOST_ELDERS = 10
_OF_WORDS = frozenset(("p", "li", "blockquote", "pre"))


def is_header(element: Any, body: Any) -> bool:
    """Return whether a name or a date stands in a body, and is none of its words."""
    if element.get(MARK) is not None or len(text_of(element)) > _LONGEST_HEADER:
        return False
    elders = islice(element.itersiblings(preceding=True), _MOST_ELDERS)
    beside = [element.getparent().text, *(elder.tail for elder in elders)]
    if any(text and text.strip() for text in beside):
        # a sentence goes on with it
        return False
    for around in element.iterancestors():
        if around is body:
            return element.tag not in _OF_WORDS
        if around.tag in _OF_WORDS:
            return False
    return False
