"""Which texts are in the elements of one comment, and where?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence, Set
from typing import Any, NamedTuple

from lxml import etree

from indexer.html.elements import short_text
from indexer.html.inline import INLINE

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


_SIGNS = re.compile(r"[\s|·•/()\[\]–—-]*")


_MOST_BESIDE = 20


def stands_apart(link: Any, is_button: Callable[[str], bool]) -> bool:
    """Return whether nothing is said on the line of a link, but by other buttons.

    >>> import lxml.html
    >>> page = lxml.html.document_fromstring("<p>Voir <a>répondre</a>.</p><p><a>Répondre</a> |</p>")
    >>> [stands_apart(link, str.isalpha) for link in page.iter("a")]
    [False, True]
    """
    return all(_ends_line(link, is_button, preceding=preceding) for preceding in (True, False))


def ends_line(link: Any, is_button: Callable[[str], bool]) -> bool:
    """Return whether nothing is said behind a link on its line, but by other buttons."""
    return _ends_line(link, is_button, preceding=False)


def _ends_line(link: Any, is_button: Callable[[str], bool], *, preceding: bool) -> bool:
    element = link
    # each link of a line of thousands would go along it
    for _ in range(_MOST_BESIDE):
        before = element.getprevious()
        ahead = element.getparent().text if before is None else before.tail
        text = ahead if preceding else element.tail
        if text and not _SIGNS.fullmatch(text):
            return False
        sibling = next(element.itersiblings(etree.Element, preceding=preceding), None)
        if sibling is None:
            parent = element.getparent()
            if parent is None or parent.tag not in INLINE:
                return True
            element = parent
        elif sibling.tag == "br" or sibling.tag not in INLINE:
            return True
        elif sibling.tag == "a" and is_button(short_text(sibling, 60)):
            element = sibling
        else:
            return False
    return False


def repeated(items: Sequence[Sequence[Piece]]) -> frozenset[str]:
    """The texts that most comments have, but for a number: what the program writes beside each.

    >>> items = [["12 points", "12"], ["3 points", "7 ans"], ["1 points", "7"]]
    >>> sorted(repeated([[Piece(text, None, (), False) for text in item] for item in items]))
    ['1 points', '12 points', '3 points']
    """
    if len(items) < 2:
        return frozenset()
    texts = [{piece.text for piece in pieces} for pieces in items]
    counts = Counter(tally for beside in texts for tally in set(map(_tally, beside)))
    beside = set().union(*texts)
    return frozenset(text for text in beside if counts[_tally(text)] * 2 > len(items))


_NUMBERS = re.compile(r"^\d[\d\s.,\u202f]*(?=\s?[^\W\d])")


def _tally(text: str) -> str:
    """A text without the number that it begins with: « 12 points » is beside « 3 points »."""
    return _NUMBERS.sub("0 ", text)
