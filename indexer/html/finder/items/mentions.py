"""Whom does a program say, above the words of a comment, that they answer?"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from typing import Any

from indexer.html.elements import short_text
from indexer.html.finder.comment_words import IN_REPLY, PARENT, is_button, shown, words_of
from indexer.html.finder.items.pieces import Piece

_MENTION = re.compile(
    r"(?i)(?P<lead>(?:reply(?:ing)?|replied|(?:en )?ré?pon\w+|in reply|回复)\b(?: to| à)?)?"
    r"[\s:]*(?P<at>@)?(?P<name>[^@:：]{1,60}?)\s*(?P<colon>[:：])?\s*"
)
_BY = re.compile(r"(?i)^.*\b(?:par|by)\s+(?=\S)")
"""« En réponse à Le bac par Zoé »."""
_LONGEST = 90
_MOST_PIECES = 20
_TO = frozenset(("to", "at"))


def mention_of(pieces: Sequence[Piece], apart: Set[Any]) -> tuple[str | None, Any]:
    """Return the name of who is answered, and the element that says so; or None twice.

    Nothing in that element is of the words: it may show again what is answered. It is named
    « reply to », or is « Répondre @Zoé : » around a link to another comment. What is named so may
    also be the comment itself, or all that it says: it holds what is `apart`, its name and its
    date, or leaves nothing beside.

    >>> import lxml.html
    >>> from indexer.html.finder.items.pieces import item_pieces
    >>> page = lxml.html.fragment_fromstring('<div><b>Yann</b><p class="reply-to"><a>@Zoé</a>'
    ...     ' : </p><p>Merci.</p></div>')
    >>> name, element = mention_of(item_pieces([page], frozenset()), {page[0]})
    >>> name, element.get("class")
    ('Zoé', 'reply-to')
    """
    for piece in pieces[:_MOST_PIECES]:
        for node in piece.path[1:]:
            words = words_of(node)
            is_named = words & PARENT or ("reply" in words and words & _TO)
            if not is_named and (node.tag == "a" or not any(map(_leads_down, node.iter("a")))):
                continue
            text = _first_line(node) if is_named else short_text(node, _LONGEST)
            match = _MENTION.fullmatch(text)
            if match is None or is_button(match["name"]):
                continue
            answering = IN_REPLY.match(shown(text)) and not match["colon"]
            says_whom = is_named or answering or (match["at"] and (match["lead"] or match["colon"]))
            if says_whom and _is_beside(node, pieces, apart):
                return (_BY.sub("", match["name"]) if answering else match["name"]), node
    return None, None


def _is_beside(element: Any, pieces: Sequence[Piece], apart: Set[Any]) -> bool:
    """Whether an element holds nothing of what is apart, and words stand outside of both."""
    return apart.isdisjoint(element.iter()) and any(
        element not in piece.path
        and apart.isdisjoint(piece.path)
        and not (piece.in_button or is_button(piece.text))
        for piece in pieces
    )


def _first_line(element: Any) -> str:
    """The text of an element, or of its first child that has one where it has several blocks."""
    block = next(element.iterchildren("div", "p", "blockquote"), element)
    return short_text(block, _LONGEST)


def _leads_down(link: Any) -> bool:
    return "#" in (link.get("href") or "")
