"""How are the elements of a page's tree walked, owned and copied?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import Any, TypeVar

from lxml import etree

from indexer.html.inline import INLINE
from indexer.html.unseen import is_unfolded, is_unseen

MARK = "data-glose"
"""The attribute that marks what is a quotation, what is dropped, and other comments' elements."""
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_COPIED = "class cite href alt data-username data-topic data-post"
_NUMBERING = ("start", "value", "reversed", "type")
"""What tells the numbers of a list."""
_ATTRIBUTES = (*_COPIED.split(), *_NUMBERING, MARK)
_FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def holds_title(element: Any) -> bool:
    """Return whether the page's title is inside: the thread is never around it."""
    return next(element.iter("h1"), None) is not None


def around(elements: Iterable[Any]) -> set[Any]:
    """Return these elements and all their ancestors, each visited once."""
    ancestors: set[Any] = set()
    for element in elements:
        while element is not None and element not in ancestors:
            ancestors.add(element)
            element = element.getparent()
    return ancestors


def take_away(element: Any) -> None:
    """Take an element out of its page, unless it is out already; what follows it stays."""
    if element.getparent() is not None:
        element.drop_tree()


def in_order(root: Any, elements: Iterable[Any]) -> list[Any]:
    element_set = set(elements)
    if not element_set:
        return []
    return [element for element in root.iter(etree.Element) if element in element_set]


def owners_of(root: Any, items: set[Any]) -> dict[Any, Any]:
    """For each element, the innermost of these that holds it; itself, for one of these."""
    owners: dict[Any, Any] = {}
    for element in root.iter(etree.Element):
        if element in items:
            owners[element] = element
        elif (owner := owners.get(element.getparent())) is not None:
            owners[element] = owner
    return owners


_Value = TypeVar("_Value")


def inherited(
    element: Any, values: dict[Any, _Value], start: _Value, step: Callable[[_Value, Any], _Value]
) -> _Value:
    """Return what an element has from those around it: a step from its parent's value, or `start`.

    values: those of the elements met before, and so of this one: each is looked at once.

    >>> import lxml.html
    >>> page = lxml.html.document_fromstring("<body><p><b>Sora</b></p></body>")
    >>> inherited(page[0][0][0], {}, "", lambda path, element: f"{path}/{element.tag}")
    '/html/body/p/b'
    """
    path = []
    while element is not None and element not in values:
        path.append(element)
        element = element.getparent()
    value = start if element is None else values[element]
    for descendant in reversed(path):
        value = values[descendant] = step(value, descendant)
    return value


def grouped(
    elements: Iterable[Any], places: set[Any], nearest: Mapping[Any, Any] | None = None
) -> dict[Any, list[Any]]:
    by_place: dict[Any, list[Any]] = {}
    for element in elements:
        place = nearest.get(element) if nearest is not None else _upward(element, places)
        if place is not None:
            by_place.setdefault(place, []).append(element)
    return by_place


def _upward(element: Any, places: set[Any]) -> Any:
    while element is not None and element not in places:
        element = element.getparent()
    return element


def text_of(element: Any) -> str:
    """An element's text on one line, where a break parts words as a space does.

    >>> import lxml.html
    >>> text_of(lxml.html.fragment_fromstring("<p>02/03/2024<br>10:22</p>"))
    '02/03/2024 10:22'
    """
    if next(element.iter("br"), None) is None:
        return " ".join("".join(element.itertext()).split())
    pieces = [element.text or ""]
    for event, inner in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        if inner is element:
            continue
        if event == "start":
            pieces.append(" " if inner.tag == "br" else inner.text or "")
        else:
            pieces.append(inner.tail or "")
    return " ".join("".join(pieces).split())


_MOST_INSIDE = 60
"""Elements in what is called short: nested ones would each be gone through, again and again."""


def short_text(element: Any, most: int) -> str:
    """An element's text when it is this short, of a few elements; "" otherwise."""
    if len(list(islice(element.iter(), _MOST_INSIDE + 1))) > _MOST_INSIDE:
        return ""
    text = text_of(element)
    return text if len(text) <= most else ""


def anchor_of(item: Any, native: str | None) -> str | None:
    """The fragment that leads to the comment on its site."""
    if native is None:
        return None
    beside = item.itersiblings("a", preceding=True)
    for element in (item, *beside, *item.iter("a", "article", "div")):
        name = element.get("id") or element.get("name") or ""
        if name.endswith(native) and not name.startswith(("div-", "li-", "div_")):
            return str(name)
    return None


def copied(element: Any) -> Any:
    """An element with what is inside it, but for what is marked to be left out.

    What is left out is not gone through: answers can be nested by hundreds. Nor is what nobody
    sees within a line; a hidden block may be what a click unfolds.
    """
    copy = etree.Element("div")
    # a list may be copied alone
    for name in _NUMBERING:
        if (number := element.get(name)) is not None:
            copy.set(name, _FORBIDDEN.sub("", number))
    waiting = [(element, copy)]
    while waiting:
        source, target = waiting.pop()
        _write(target, source.text, None)
        last = None
        for child in source.iterchildren(etree.Element):
            unseen = child.tag in INLINE and is_unseen(child) and not is_unfolded(child)
            if child.get(MARK) not in ("drop", "item") and not unseen:
                last = etree.SubElement(
                    target, child.tag if _PLAIN.fullmatch(child.tag) else "span"
                )
                for name in _ATTRIBUTES:
                    if (value := child.get(name)) is not None:
                        last.set(name, _FORBIDDEN.sub("", value))
                waiting.append((child, last))
            _write(target, child.tail, last)
    return copy


def _write(target: Any, text: str | None, after: Any) -> None:
    """Add a text at the end of an element: after its last child, if it has one."""
    if not text:
        return
    text = _FORBIDDEN.sub("", text)
    if after is None:
        target.text = (target.text or "") + text
    else:
        after.tail = (after.tail or "") + text
