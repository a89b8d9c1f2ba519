"""Which run of nodes holds the words of a comment, without its name, its date and its buttons?"""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Any, Literal, NamedTuple

from indexer.html.elements import short_text
from indexer.html.finder.comment_words import is_button, words_of
from indexer.html.finder.date_marks import is_dated
from indexer.html.finder.items.pieces import Piece
from indexer.html.inline import INLINE

_RUN = frozenset(("p", "blockquote", "ul", "ol", "pre", "table", "figure", "dl"))


_QUOTING = frozenset(("div", "p", "blockquote", "section", "aside", "details", "table", "fieldset"))
QUOTES = frozenset(("quote", "quotes", "quoted", "quotation", "citation", "blockquote"))


def is_quotation(element: Any) -> bool:
    """Return whether its tag or its class says that an element quotes somebody."""
    if element.tag in ("a", "button"):
        # « Citer »
        return False
    return element.tag == "blockquote" or bool(words_of(element) & QUOTES)


class Node(NamedTuple):
    """A piece of a tree: an element, the text at its start, or the text after it."""

    kind: Literal["element", "text", "tail"]
    element: Any

    @property
    def string(self) -> str:
        """The text of a text; "" for an element."""
        if self.kind == "element":
            return ""
        return (self.element.text if self.kind == "text" else self.element.tail) or ""


def run_of_words(
    free: Sequence[Piece], apart: Set[Any], item_elements: Set[Any]
) -> tuple[Node, ...]:
    """The run around the longest of these texts; `apart` are the elements of what is no words.

    item_elements: the elements that hold the comment, in one parent.
    """
    # a comment may quote more than it says
    own_words = [piece for piece in free if not any(map(is_quotation, piece.path))] or free
    sizes: dict[Any, int] = {}
    for piece in own_words:
        sizes[piece.holder] = sizes.get(piece.holder, 0) + len(piece.text)
    # of equal ones the later: headers come first
    longest = max(reversed(own_words), key=lambda piece: (sizes[piece.holder], len(piece.text)))
    around = _holding(apart, item_elements)
    primary: Any = None
    for node in reversed(longest.path):
        if node in around:
            break
        primary = node
        if node in item_elements:
            break
    nodes_of_words = {node for piece in free for node in piece.path}
    if primary is None:
        # the text is in what holds the name or the date
        return _stretch(longest.holder, None, longest.text, around, nodes_of_words)
    if primary in item_elements:
        return _siblings(primary, item_elements, around, nodes_of_words)
    return _stretch(primary.getparent(), primary, "", around, nodes_of_words)


def _holding(apart: Set[Any], item_elements: Set[Any]) -> set[Any]:
    """These elements and all that are around them, up to those of the comment."""
    around: set[Any] = set()
    for element in apart:
        node = element
        while node is not None and node not in around:
            around.add(node)
            node = None if node in item_elements else node.getparent()
    return around


def _stretch(
    parent: Any, primary: Any, text: str, around: Set[Any], nodes_of_words: Set[Any]
) -> tuple[Node, ...]:
    """The nodes of a parent beside one of them, or beside a text, that go on with it."""
    nodes = [Node("text", parent)]
    for child in parent:
        nodes += [Node("element", child), Node("tail", child)]
    place = 0
    for at, node in enumerate(nodes):
        is_primary = node.element is primary and node.kind == "element"
        if is_primary or (primary is None and text and " ".join(node.string.split()) == text):
            place = at
    inline = primary is None or primary.tag in INLINE
    form = None if primary is None else (primary.tag, primary.get("class"))

    def goes_on(node: Node) -> bool:
        element = node.element
        if node.kind != "element":
            return not is_dated(node.string)
        if not isinstance(element.tag, str) or element in around:
            return False
        if element.tag in _QUOTING and is_quotation(element):
            return not is_button(short_text(element, 60) or "what is longer")
        if element not in nodes_of_words:
            # a line, a picture: nothing is said there; a button is
            return element.tag in ("br", "img") or not "".join(element.itertext()).strip()
        if element.tag in _RUN or (inline and element.tag in INLINE):
            return True
        return (element.tag, element.get("class")) == form

    first = last = place
    while first > 0 and goes_on(nodes[first - 1]):
        first -= 1
    while last + 1 < len(nodes) and goes_on(nodes[last + 1]):
        last += 1
    return tuple(nodes[first : last + 1])


def _siblings(
    primary: Any, item_elements: Set[Any], around: Set[Any], nodes_of_words: Set[Any]
) -> tuple[Node, ...]:
    """Return an element of a comment with the siblings beside it that hold only words."""
    siblings = [primary]
    for preceding in (True, False):
        for sibling in primary.itersiblings(preceding=preceding):
            if sibling not in item_elements or sibling in around or sibling not in nodes_of_words:
                break
            if sibling.tag not in _RUN and sibling.tag != primary.tag:
                break
            siblings = [sibling, *siblings] if preceding else [*siblings, sibling]
    return tuple(Node("element", element) for element in siblings)
