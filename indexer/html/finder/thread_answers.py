"""Which comment of a found thread has which number, and which one does it answer?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain, islice
from typing import Any, NamedTuple

from lxml import etree

from indexer.html.elements import inherited
from indexer.html.finder.answer_depths import ABOVE, empty_before, levels_of
from indexer.html.finder.comment_words import IN_REPLY, PARENT, shown, words_of
from indexer.html.finder.thread_items import Items

_ID_ATTRIBUTES = (
    *("data-comment-id", "data-commentid", "data-id", "data-comment", "data-post-id", "data-cid"),
    *(
        "data-message-id",
        "data-reply-id",
        "data-uuid",
        "data-content-uuid",
        "data-comment-uuid",
        "data-key",
        "id",
        "name",
        "about",
    ),
)
_PARENT_ATTRIBUTES = (
    *("data-parent-id", "data-parent", "data-parentid", "data-parent-comment-id", "data-pid"),
    *("data-reply-to", "data-in-reply-to", "data-replyto"),
)
_NATIVE = re.compile(
    r"(?i)(?P<before>(?:.*[^0-9a-z])?)(?P<native>"
    r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}|[0-9a-f]{16,80})"
    r"|(?P<word>(?:.*[^0-9])?)(?P<number>[0-9]{1,20})"
)
_OF_COMMENTS = re.compile(
    r"(?i)(?:.*(?:comm|com|msg|message|reponse|reply|forum|reac|post|avis)[a-z]*|c|p|m|r|i)?[-_/#.:]?"
)
_OF_PROGRAM = re.compile(r"(?i)[a-z][a-z0-9_-]{0,20}[-_]")
_ANY = re.compile(".*")


class Place(NamedTuple):
    """A comment's number, the fragment that leads to it, and the place of the one it answers."""

    native: str | None
    anchor: str | None
    parent: int | None


def names_of(elements: Sequence[Any]) -> list[tuple[str | None, str | None]]:
    """Return the number and the fragment that the markup of each comment's element tells.

    >>> import lxml.html
    >>> page = lxml.html.document_fromstring("<ul><li id=c12>Oui</li><li id=c14>Non</li></ul>")
    >>> names_of(list(page.iter("li")))
    [('12', 'c12'), ('14', 'c14')]
    """
    return _names(_own_elements([(element,) for element in elements]))


def places_of(items: Items) -> list[Place]:
    """The place of each comment of a thread, in its order."""
    elements_by_item = _own_elements([item.elements for item in items.items])
    names = _names(elements_by_item)
    place_of_name: dict[str, int] = {}
    for place, (native, anchor) in enumerate(names):
        for name in (native, anchor):
            if name:
                place_of_name.setdefault(name, place)
    nested = _nested(items)
    numbered = _numbered_parents(elements_by_item)
    levels = levels_of(items, elements_by_item)
    parents = []
    authors = [shown(members.author or "") for members in items.members]
    above: list[tuple[float, int]] = []
    for place, members in enumerate(items.members):
        while above and above[-1][0] >= levels[place]:
            above.pop()
        parent = _marked_parent(elements_by_item[place], place_of_name)
        if parent is None or parent == place:
            parent = _deeper(nested[place], shown(members.answers or ""), authors, place)
        if parent is None:
            parent = numbered.get(place)
        if parent is None and members.answers:
            parent = _closest_by(shown(members.answers), authors, place)
        if parent is None and above:
            parent = above[-1][1]
        parents.append(parent if parent != place else None)
        above.append((levels[place], place))
    return [Place(*name, parent) for name, parent in zip(names, parents, strict=True)]


def _closest_by(author: str, authors: Sequence[str], place: int) -> int | None:
    """Return the place of an author's last comment above a place, else of the first one below.

    The newest come first in some threads.
    """
    nearest_first = chain(range(place - 1, -1, -1), range(place + 1, len(authors)))
    return next((at for at in nearest_first if authors[at] == author), None)


def _deeper(around: int | None, author: str, authors: Sequence[str], place: int) -> int | None:
    """Return the place of an author's last comment between the one around a comment and it.

    Some programs stop nesting at a depth, and say from there on who is answered.
    """
    if around is None or not author or authors[around] == author:
        return around
    between = range(place - 1, around, -1)
    return next((at for at in between if authors[at] == author), around)


_OUTLINE = re.compile(r"#?(\d{1,4}(?:\.\d{1,4})*)\.?")


def _numbered_parents(elements_by_item: Sequence[Sequence[Any]]) -> dict[int, int]:
    """Return the parents of comments numbered as the parts of a text: « 2.1 » answers « 2 »."""
    numbers: dict[str, int] = {}
    for place, elements in enumerate(elements_by_item):
        texts = (" ".join((element.text or "").split()) for element in elements[:_MOST_NUMBERED])
        number = next(filter(None, map(_OUTLINE.fullmatch, texts)), None)
        if number is not None:
            numbers.setdefault(number[1], place)
    if len(numbers) < len(elements_by_item):
        # notes, of which some are the same
        return {}
    parent_numbers = {place: number.rpartition(".")[0] for number, place in numbers.items()}
    return {place: numbers[number] for place, number in parent_numbers.items() if number in numbers}


_MOST_NUMBERED = 8
"""First elements of a comment, in which its number stands."""


_MOST_OWN = 60


def _own_elements(items: Sequence[tuple[Any, ...]]) -> list[list[Any]]:
    """Return the first elements that belong to each item alone, then the ancestors it begins."""
    borders = {element for item in items for element in item}
    begins: dict[Any, int] = {}
    for place, item in enumerate(items):
        for around in islice(item[0].iterancestors(), ABOVE):
            begins.setdefault(around, place)
    elements_by_item = []
    for place, item in enumerate(items):
        item_elements: list[Any] = []
        waiting = list(reversed(item))
        while waiting and len(item_elements) < _MOST_OWN:
            element = waiting.pop()
            item_elements.append(element)
            children = element.iterchildren(etree.Element)
            waiting += reversed([child for child in children if child not in borders])
        for around in islice(item[0].iterancestors(), ABOVE):
            if begins[around] != place or around in borders:
                break
            item_elements.append(around)
        elements_by_item.append(item_elements)
    return elements_by_item


def _names(elements_by_item: Sequence[Sequence[Any]]) -> list[tuple[str | None, str | None]]:
    """Return the number and the fragment of each item, from the attribute unique to each."""
    for attribute in _ID_ATTRIBUTES:
        if not any(_first(elements, attribute, _ANY) for elements in elements_by_item[:20]):
            continue
        pairs = [_first(elements, attribute, _OF_COMMENTS) for elements in elements_by_item]
        if not _tell_apart(pairs, elements_by_item) and len(elements_by_item) > 1:
            # a program's own name, the same for all
            pairs = [_first(elements, attribute, _OF_PROGRAM) for elements in elements_by_item]
            if len({pair[0].removesuffix(pair[1]) for pair in pairs if pair}) != 1:
                continue
        if _tell_apart(pairs, elements_by_item):
            anchors = pairs
            if attribute.startswith("data-"):
                anchors = [
                    _anchor(elements, pair)
                    for elements, pair in zip(elements_by_item, pairs, strict=True)
                ]
            else:
                anchors = [pair and (pair[0], pair[0]) for pair in pairs]
            return [
                (pair[1] if pair else None, anchor[0] if anchor else None)
                for pair, anchor in zip(pairs, anchors, strict=True)
            ]
    links = [_fragment(elements) for elements in elements_by_item]
    if _tell_apart(links, elements_by_item):
        return [(link[1], link[0]) if link else (None, None) for link in links]
    return [(None, None)] * len(elements_by_item)


Named = tuple[str, str] | None
"""An attribute's value and the number in it."""


def _first(elements: Sequence[Any], attribute: str, pattern: re.Pattern[str]) -> Named:
    before = empty_before(elements[0]) if attribute in ("id", "name") else ()
    for element in (*elements[:12], *before, *elements[-ABOVE:]):
        value = (element.get(attribute) or "").strip()
        if attribute == "about":
            value = value.lstrip("/")
        parts = _parts(value)
        if parts and (attribute.startswith("data-") or pattern.fullmatch(parts[0])):
            return value, parts[1]
    return None


def _parts(value: str) -> tuple[str, str] | None:
    """What stands before the number of an id, and that number."""
    match = _NATIVE.fullmatch(value) if value and len(value) < 120 else None
    if match is None:
        return None
    if match["number"] is not None:
        return match["word"] or "", match["number"]
    return match["before"] or "", match["native"]


def _anchor(elements: Sequence[Any], name_mark: Named) -> Named:
    if name_mark is not None:
        for element in elements[:12]:
            name = element.get("id") or element.get("name") or ""
            if name.endswith(name_mark[1]):
                return name, name_mark[1]
    return None


def _fragment(elements: Sequence[Any]) -> Named:
    for element in elements:
        if element.tag == "a" and not _speaks_of_another(element):
            value = (element.get("href") or "").rpartition("#")[2]
            parts = _parts(value)
            if parts and parts[0] and _OF_COMMENTS.fullmatch(parts[0]):
                return value, parts[1]
    return None


def _speaks_of_another(link: Any) -> bool:
    words = words_of(link) | (words_of(link.getparent()) if link.getparent() is not None else set())
    return bool(words & PARENT) or bool(IN_REPLY.match(shown("".join(link.itertext())[:90])))


def _tell_apart(pairs: Sequence[Named], elements_by_item: Sequence[Sequence[Any]]) -> bool:
    """Whether nearly all are numbered, each by a number of its own."""
    natives = [pair[1] for pair in pairs if pair is not None]
    return (
        len(natives) * 10 >= len(elements_by_item) * 9
        and len(set(natives)) == len(natives)
        and bool(natives)
    )


def _marked_parent(item_elements: Sequence[Any], place_of_name: dict[str, int]) -> int | None:
    """Return the place of the comment that the markup names as the parent."""
    for element in item_elements:
        for attribute in _PARENT_ATTRIBUTES:
            value = (element.get(attribute) or "").lstrip("#")
            if value and value != "0" and value in place_of_name:
                return place_of_name[value]
        if element.tag == "a":
            fragment = (element.get("href") or "").rpartition("#")[2]
            rel = element.get("rel") or ""
            if fragment in place_of_name and ("in-reply-to" in rel or _answers_by(element)):
                return place_of_name[fragment]
    return None


def _answers_by(link: Any) -> bool:
    """Whether a link to another comment leads to the one that is answered."""
    if _speaks_of_another(link) or (
        words_of(link) & {"inreply", "reply"} and "to" in words_of(link)
    ):
        return True
    if _AT.match("".join(link.itertext())[:90].strip()):
        return True
    before = link.getprevious()
    text = (before.tail if before is not None else link.getparent().text) or ""
    return _LEADS_TO_PARENT.search(shown(text)) is not None


_AT = re.compile(r"@\S|>>\s*\d|[↳↪⤷]")
_LEADS_TO_PARENT = re.compile(
    r"(?:(?:reponse|repond) (?:a|au)(?: (?:message|commentaire|post))?|in reply to|replying to)\W*$"
)


def _nested(items: Items) -> list[int | None]:
    """Return, for each item, the place of the item around it."""
    places = {element: place for place, item in enumerate(items.items) for element in item.elements}
    inside: dict[Any, int | None] = {}
    return [
        inherited(
            item.root.getparent(), inside, None, lambda place, element: places.get(element, place)
        )
        for item in items.items
    ]
