"""Which texts are in the elements of one comment, and where?"""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import Any, NamedTuple

_SKIPPED = frozenset(
    ["script", "style", "noscript", "textarea", "select", "svg", "iframe", "template", "datalist"]
)
_MOST_PIECES = 4000


class Piece(NamedTuple):
    """A text of an item, the element that holds it, and the path from the item to there."""

    text: str
    holder: Any
    path: tuple[Any, ...]
    in_button: bool


def pieces_of(element: Any, borders: Set[Any], own: Set[Any]) -> Iterator[Piece]:
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
        here = (*path, node) if len(path) < 40 else path
        pressed = in_button or node.tag == "button" or node.get("role") == "button"
        if (node.text or "").strip():
            yield Piece(" ".join(node.text.split()), node, here, pressed)
        for child in reversed(node):
            waiting.append((child, here, pressed, True))
            hidden = child.tag in _SKIPPED or not isinstance(child.tag, str)
            form = child.tag == "form" and next(child.iter("textarea"), None) is not None
            if not hidden and not form and (child not in borders or child in own):
                waiting.append((child, here, pressed, False))
