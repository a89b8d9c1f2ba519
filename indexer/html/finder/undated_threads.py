"""Where is a thread whose comments have no dates?

Where elements have the ids of comments, or where like elements are as many as the page announces
comments, or two at least under its name for them; each with a name, all in one form, and words.
Without dates, nothing else tells such a list from others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from itertools import islice
from typing import Any

from lxml import etree

from indexer.html.elements import text_of
from indexer.html.finder.date_marks import DateMark, form_of
from indexer.html.finder.items.item import Item
from indexer.html.finder.items.members import Members
from indexer.html.finder.thread_items import Items, read_items

_FEWEST = 2
_MOST_ELEMENTS = 5_000
_MOST_LISTS = 40
"""Lists that are tried where no number tells which."""
_HEADS = frozenset(("dt", "h2", "h3", "h4", "h5", "h6"))


def undated_items(elements: Sequence[Any], count: int | None, tops: Set[Any]) -> Items | None:
    """Return the comments among these elements, as many as announced; None when there are none.

    count: None where the page tells no number. tops: the elements that hold the title, which are
    no comments.

    >>> import lxml.html
    >>> page = lxml.html.document_fromstring("<div><p><b>Zoé</b> Bravo à tous.</p>"
    ...     "<p><b>Yann</b> Merci bien.</p></div>")
    >>> [(member.author, member.text) for member in undated_items([page], 2, set()).members]
    [('Zoé', 'Bravo à tous.'), ('Yann', 'Merci bien.')]
    """
    if count is not None and count < _FEWEST:
        return None
    lists = [list(elements)]
    for element in elements:
        lists += [
            list(inner.iterchildren(etree.Element))
            for inner in islice(element.iter(etree.Element), _MOST_ELEMENTS)
            if len(inner) >= (count or _FEWEST)
        ]
    for siblings in lists if count else lists[:_MOST_LISTS]:
        for candidate in _candidates(siblings, count):
            if any(not tops.isdisjoint(item.elements) for item in candidate):
                continue
            items = read_items(candidate)
            if items is not None and _is_thread(items, len(candidate)):
                return items
    return None


_REPLY = re.compile(r"(?i)rep")
_COMMENT_ID = re.compile(r"(?i)(?:comment|commentaire|reply|reponse)[-_]?\d+")


def identified_items(elements: Iterable[Any], tops: Set[Any]) -> Items | None:
    """Return the comments among these elements, which have ids like `comment_12`, or None.

    >>> import lxml.html
    >>> page = lxml.html.document_fromstring("<ol><li id='comment_1'><b>Zoé</b> Bravo à tous.</ol>")
    >>> [(member.author, member.text) for member in identified_items([page], set()).members]
    [('Zoé', 'Bravo à tous.')]
    """
    roots = [
        element
        for zone in elements
        for element in zone.iter(etree.Element)
        if element not in tops and _COMMENT_ID.fullmatch(element.get("id") or "")
        # `reply-12` may hold the form in which to answer
        if element.find(".//textarea") is None or not _REPLY.match(element.get("id"))
    ]
    items = read_items([_item((root,)) for root in roots]) if roots else None
    return items if items is not None and _is_thread(items, len(roots)) else None


def _candidates(siblings: Sequence[Any], count: int | None) -> Iterable[list[Item]]:
    """As many elements of one form, each alone, or each heading with what follows it."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for place, element in enumerate(siblings):
        groups.setdefault(form_of(element), []).append(place)
    for form, places in groups.items():
        if len(places) != (count or max(len(places), _FEWEST)):
            continue
        if form[0] not in _HEADS:
            yield [_item((siblings[place],)) for place in places]
            continue
        ends = [*places[1:], len(siblings)]
        yield [_item(tuple(siblings[place:end])) for place, end in zip(places, ends, strict=True)]


def _item(elements: tuple[Any, ...]) -> Item:
    return Item(elements, DateMark(etree.Element("time"), (), sure=False))


def _is_thread(items: Items, count: int) -> bool:
    """Whether each has a name, in an element like the others', and words."""
    # a heading that is the name, or what holds it
    holders = {
        form_of(item.root if members.holder is None else members.holder)
        for item, members in zip(items.items, items.members, strict=True)
        if members.holder is not None or len(item.elements) > 1
    }
    if items.complete != count or len(items.items) != count or len(holders) != 1:
        return False
    # a list of other articles, each behind its rubric, is none
    length = sum(len(members.text) for members in items.members)
    return 2 * sum(map(_linked, items.items, items.members)) <= length


def _linked(item: Item, members: Members) -> int:
    """How many characters of an item are in links, its name apart."""
    links = (link for element in item.elements for link in element.iter("a"))
    return sum(len(text) for text in map(text_of, links) if text != members.author)
