"""Which texts are in the elements of one comment, and where?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from typing import Any, NamedTuple

_SKIPPED = frozenset(
    ["script", "style", "noscript", "textarea", "select", "svg", "iframe", "template", "datalist"]
)
_INLINE_NAMES = (
    "a abbr b bdi big br cite code del em font i img ins kbd mark q s small span strike strong sub"
    " sup tt u var wbr"
)
INLINE = frozenset(_INLINE_NAMES.split())
_MOST_PIECES = 4000


class Piece(NamedTuple):
    """A text of an item, the element that holds it, and the path from the item to there."""

    text: str
    holder: Any
    path: tuple[Any, ...]
    in_button: bool


def pieces_of(element: Any, borders: Set[Any], item_elements: Set[Any]) -> Iterator[Piece]:
    """The texts of an element, in order, without those of other items."""
    waiting: list[tuple[Any, tuple[Any, ...], bool, bool]] = [(element, (), False, False)]
    count = 0
    while waiting and count < _MOST_PIECES:
        node, path, in_button, is_tail = waiting.pop()
        count += 1
        if is_tail:
            if (node.tail or "").strip():
                yield Piece(" ".join(node.tail.split()), path[-1], path, in_button)
            continue
        node_path = (*path, node) if len(path) < 40 else path
        pressed = in_button or node.tag == "button" or node.get("role") == "button"
        if (node.text or "").strip():
            yield Piece(" ".join(node.text.split()), node, node_path, pressed)
        for child in reversed(node):
            waiting.append((child, node_path, pressed, True))
            hidden = child.tag in _SKIPPED or not isinstance(child.tag, str)
            form = child.tag == "form" and next(child.iter("textarea"), None) is not None
            if not hidden and not form and (child not in borders or child in item_elements):
                waiting.append((child, node_path, pressed, False))


def item_pieces(elements: Sequence[Any], borders: Set[Any]) -> list[Piece]:
    """The texts of a comment that several siblings hold."""
    item_elements = frozenset(elements)
    return [piece for element in elements for piece in pieces_of(element, borders, item_elements)]


def repeated(items: Sequence[Sequence[Piece]]) -> frozenset[str]:
    """The texts that most comments have: what the program writes beside each."""
    if len(items) < 2:
        return frozenset()
    counts = Counter(text for pieces in items for text in {piece.text for piece in pieces})
    return frozenset(text for text, count in counts.items() if count * 2 > len(items))
