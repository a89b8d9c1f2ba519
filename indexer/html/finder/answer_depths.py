"""How deep does each comment of a found thread stand, and so under which one?

Levels are in names and numbers of the markup; else the room at the left tells, else how deep an
element stands in the tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Any

from lxml import etree

from indexer.html.elements import inherited
from indexer.html.finder.comment_words import words_of
from indexer.html.finder.thread_items import Items

ABOVE = 4
"""How many elements around a comment are its own, where it begins them."""
_LEVEL = re.compile(
    r"(?:^|[\s_-]|(?<=[a-z])(?=[A-Z])|(?<=comment)|(?<=thread)|(?<=reply))(?i:level|depth|niveau|niv|indent|lvl|rang|nest(?:ed)?)[-_]?(\d{1,2})\b"
)
_SPACER = re.compile(r"(?i)spacer|blank|pixel|transp|vide|dot|clear")
_LEVEL_ATTRIBUTES = ("data-depth", "data-level", "data-indent", "aria-level", "data-comment-depth")
_INDENT = re.compile(
    # the fourth of a shorthand is the left
    r"(?:margin|padding)(?:-(?:left|inline-start|inline)\s*:|\s*:(?:\s*[^\s;]+){3}\s)\s*"
    r"(?:calc\(\s*(?:\d+(?:\.\d+)?[a-z%]+\s*\*\s*)?)?(\d{1,4}(?:\.\d+)?)"
    r"|--[\w-]*(?:depth|level|indent|nest(?:ing)?)\s*:\s*(\d{1,2})"
)
_ROOM_CLASS = re.compile(
    r"(?:^|\s)(?:\w+:)?(?:[mp][ls]|(?:col-)?(?:\w\w-)?offset(?:-\w\w)?)-(\d{1,3})(?=\s|$)"
)
"""The room at the left in classes of Bootstrap and Tailwind: `ms-4`, `md:pl-8`, `offset-md-1`."""
_WIDTH = re.compile(r"(?:^|[;\s])width\s*:\s*(\d{1,3})(?:\.\d+)?%")
_ANSWERING = frozenset(("reply", "response", "reponse", "answer", "child", "enfant"))
"""What a class says of an item that answers the one before, where others are not called so."""


def levels_of(items: Items, elements_by_item: Sequence[Sequence[Any]]) -> list[float]:
    """Return the depth of each item, from its markup, else from how deep its element stands."""
    levels = [_level(elements) for elements in elements_by_item]
    if sum(level is not None for level in levels) * 10 >= len(levels) * 3:
        return [level or 0.0 for level in levels]
    rooms: dict[Any, float] = {}
    indents = [
        _indent(elements, item.root) + _room_around(item.root, rooms)
        for elements, item in zip(elements_by_item, items.items, strict=True)
    ]
    if len(set(indents)) > 1 and not _are_striped(indents):
        return indents
    depth_of_element: dict[Any, int] = {}
    depths = [
        float(inherited(item.root, depth_of_element, 0, lambda depth, _: depth + 1))
        for item in items.items
    ]
    if len(set(depths)) > 1:
        return depths
    is_answer = [not _ANSWERING.isdisjoint(words_of(item.root)) for item in items.items]
    return depths if is_answer[0] else [float(answers) for answers in is_answer]


_FEWEST_STRIPES = 4


def _are_striped(indents: Sequence[float]) -> bool:
    """Whether every other comment stands further right: a theme's stripes, or a chat's sides."""
    return len(indents) >= _FEWEST_STRIPES and indents[2:] == indents[:-2]


def _level(elements: Sequence[Any]) -> float | None:
    for element in (*elements[:3], *elements[-ABOVE:]):
        for attribute in _LEVEL_ATTRIBUTES:
            if (value := element.get(attribute) or "").isdecimal():
                return float(value[:4])
        if match := _LEVEL.search(element.get("class") or ""):
            return float(match[1])
    return None


def _indent(elements: Sequence[Any], root: Any) -> float:
    """The room at the left: a margin, a width, or the cell that old tables put there."""
    around = root.getparent()
    outer = () if around is None else (around,)
    for element in (*elements[:4], *outer):
        if match := _INDENT.search(element.get("style") or ""):
            return float(match[1] or match[2])
    for element in (root, *outer):
        if match := _ROOM_CLASS.search(element.get("class") or ""):
            return float(match[1])
        width = f"width:{element.get('width')};{element.get('style')}"
        if match := _WIDTH.search(width):
            return 100 - float(match[1])
    cells = (cell for cell in outer if cell.tag == "td")
    for element in (*elements[:5], *empty_before(root), *chain(*map(empty_before, cells))):
        spacer = element.tag == "img" and (
            element.get("height") in ("0", "1") or _SPACER.search(element.get("src") or "")
        )
        empty = element.tag == "td" and not len(element) and not (element.text or "").strip()
        width = (element.get("width") or "").removesuffix("px")
        if (spacer or empty) and width.isdecimal() and len(width) < 4:
            return float(width)
    return 0.0


def _room_around(root: Any, rooms: dict[Any, float]) -> float:
    """The margins of what stands around the parent of an item, which has its own.

    rooms: those of the elements met before.
    """
    parent = root.getparent()
    return inherited(None if parent is None else parent.getparent(), rooms, 0.0, _with_margin)


def _with_margin(room: float, element: Any) -> float:
    match = _INDENT.search(element.get("style") or "")
    return room + (float(match[1] or 0) if match else 0.0)


def empty_before(element: Any) -> Iterator[Any]:
    """Yield the empty elements just before an item: `<a id="comment-12"></a>`."""
    for sibling in islice(element.itersiblings(etree.Element, preceding=True), 2):
        if len(sibling) or (sibling.text or "").strip():
            return
        yield sibling
