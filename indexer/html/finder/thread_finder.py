"""Where is the thread of a page whose program of comments nobody described?

Comments are repeated elements that hold a name, a date and words. They are looked for where
classes and ids speak of comments, then under the headings that announce some, then anywhere, if
most of them can be answered or reported. The dates of one form are the clue: `thread_items`
climbs from them to the comments, `thread_doubts` refuses what is none, and the number announced
confirms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import islice
from typing import Any

from lxml import etree

from indexer.html.elements import around
from indexer.html.finder.announced import Announcement
from indexer.html.finder.comment_words import is_elsewhere, thread_hint
from indexer.html.finder.date_marks import HOUR, DateMark, date_marks
from indexer.html.finder.items.item import Item
from indexer.html.finder.thread_doubts import answered, is_doubtful, is_ping
from indexer.html.finder.thread_items import Items, items_of, read_items
from indexer.html.finder.topics import is_topic
from indexer.html.finder.undated_threads import identified_items, undated_items

_MOST_TITLES = 20
_MOST_MARKS = 60_000
_MOST_FORMS = 8
_HIGHEST_HEADING = 5


@dataclass(frozen=True, slots=True)
class Zone:
    """Elements among which comments are looked for.

    `is_named` when a class, an id or a heading may speak of comments, `sure` when it surely does;
    `headed` when they follow a heading.
    """

    elements: tuple[Any, ...]
    sure: bool
    count: int | None = None
    is_named: bool = True
    headed: bool = False


@dataclass(frozen=True, slots=True)
class Thread:
    """The comments of a page. `zone`: where they were; `numbered`: as many as announced.

    topic: the first is the opening of a forum's topic.
    """

    items: Items
    zone: Zone
    numbered: bool
    topic: bool = False


@dataclass(slots=True)
class Steps:
    """How many elements were looked at."""

    taken: int = 0


_MOST_STEPS = 6
"""How many times each element of a page is looked at, zones holding one another."""


def find_thread(
    root: Any,
    announced: Sequence[Announcement],
    authors: tuple[str, ...] = (),
    *,
    steps: Steps | None = None,
) -> Thread | None:
    """Return the thread of a page, from its tree without scripts; None when it shows none.

    authors: the article's, who may answer but do not make a thread alone. steps: counts the
    elements that are looked at, each of the page's a few times at most.

    >>> import lxml.html
    >>> page = lxml.html.document_fromstring("<h1>Sora</h1><h2>2 commentaires</h2>"
    ...     "<div><b>Zoé</b> <i>2 mars 2024</i><p>Bravo.</p></div>"
    ...     "<div><b>Yann</b> <i>3 mars 2024</i><p>Merci.</p></div>")
    >>> from indexer.html.finder.announced import announcements
    >>> thread = find_thread(page, announcements(page, None))
    >>> [(member.author, member.text) for member in thread.items.members], thread.numbered
    ([('Zoé', 'Bravo.'), ('Yann', 'Merci.')], True)
    """
    tops = tops_of(root)
    best: Thread | None = None
    steps = steps or Steps()
    for zone in _affordable(root, _zones(root, announced, tops), steps):
        if best is not None and (_is_whole(best, announced) or (best.zone.sure and not zone.sure)):
            break
        items = _in_zone(zone, tops, authors)
        if items is None:
            continue
        counts = (
            {announcement.count or 0 for announcement in announced}
            if zone.count is None
            else {zone.count}
        )
        # « 1 réponse » in a comment is not of those that the heading counts
        numbered = bool(
            counts & {len(items.items), len(items.items) - _counted_inside(items, announced)}
        )
        topic = is_topic(items, root, is_named=zone.is_named)
        if not topic and not _believed(items, zone, numbered, announced):
            continue
        if best is None or (numbered, items.complete) > (best.numbered, best.items.complete):
            best = Thread(items, zone, numbered, topic)
    return best or _undated(root, announced, tops, authors)


def _undated(
    root: Any, announced: Sequence[Announcement], tops: Set[Any], authors: tuple[str, ...]
) -> Thread | None:
    """The thread without dates: of elements with ids, or of as many as a heading announces."""
    zone = Zone(tuple(_hinted(root, tops, 2)), sure=True)
    counts = {announcement.count for announcement in announced}
    for items, around_items in _undated_lists(zone, announced, tops):
        if items is not None and not is_doubtful(items, tops, authors, sure=True):
            return Thread(items, around_items, len(items.items) in counts)
    return None


def _undated_lists(
    zone: Zone, announced: Sequence[Announcement], tops: Set[Any]
) -> Iterator[tuple[Items | None, Zone]]:
    yield identified_items(zone.elements, tops), zone
    for announcement in announced:
        # « Réactions », « Réponses » without a number may be headings of the article
        is_of_comments = announcement.count is not None or _COMMENTS.search(announcement.text)
        if announcement.sure and announcement.count != 0 and is_of_comments:
            for under in _under(announcement, tops):
                yield undated_items(under.elements, announcement.count, tops), under
    yield undated_items(zone.elements, None, tops), zone


_COMMENTS = re.compile(r"(?i)comment")


def _counted_inside(items: Items, announced: Sequence[Announcement]) -> int:
    """How many answers the comments announce themselves, each those to it."""
    elements = {element for item in items.items for element in item.elements}
    return sum(
        announcement.count or 0
        for announcement in announced
        if not elements.isdisjoint(announcement.element.iterancestors())
    )


def _is_whole(thread: Thread, announced: Sequence[Announcement]) -> bool:
    """Whether a thread has the highest of the numbers that the page announces."""
    counts = (announcement.count or 0 for announcement in announced)
    return thread.numbered and len(thread.items.items) >= max(counts, default=0)


def looks_like_thread(
    root: Any, announced: Sequence[Announcement], authors: tuple[str, ...] = ()
) -> bool:
    """Return whether a page without a thread that is believed holds what looks like one.

    What is called comments and holds dates; or names, dates and words under a heading or in a
    block that may speak of comments. The tree is without its scripts.

    >>> import lxml.html
    >>> page = lxml.html.document_fromstring("<h1>Sora</h1><div><h2>Forum</h2>"
    ...     "<div><b>Zoé</b> <i>2 mars 2024</i><p>Bravo.</p></div></div>")
    >>> from indexer.html.finder.announced import announcements
    >>> looks_like_thread(page, announcements(page, None))
    True
    """
    if has_marked_thread(root):
        return True
    tops = tops_of(root)
    zones = (zone for zone in _zones(root, announced, tops) if zone.is_named)
    return any(
        _in_zone(zone, tops, authors) is not None for zone in _affordable(root, zones, Steps())
    )


def has_marked_thread(root: Any) -> bool:
    """Return whether something in a page is called comments and holds dates."""
    elements = list(_hinted(root, tops_of(root), 2))
    return bool(elements and date_marks(elements))


def tops_of(root: Any) -> frozenset[Any]:
    """What no comment can be: the page, and what holds its title."""
    tops = {root, *root.iter("html", "body", "main")}
    hinted = {element for element in root.iter("div", "section") if thread_hint(element) == 2}
    for place, heading in enumerate(islice(root.iter("h1"), _MOST_TITLES)):
        above = list(heading.iterancestors())
        # a program may set its own heading among the comments, below the article's
        if place == 0 or hinted.isdisjoint(above):
            tops |= {heading, *above}
    return frozenset(tops)


def _zones(root: Any, announced: Sequence[Announcement], tops: Set[Any]) -> Iterator[Zone]:
    strong = tuple(_hinted(root, tops, 2))
    if strong:
        yield Zone(strong, sure=True)
    for announcement in announced:
        if announcement.count != 0:
            yield from _under(announcement, tops)
    if weak := tuple(_hinted(root, tops, 1)):
        yield Zone(weak, sure=False)
    yield Zone(tuple(root.iter("body")) or (root,), sure=False, is_named=False)


def _affordable(root: Any, zones: Iterator[Zone], steps: Steps) -> Iterator[Zone]:
    """Yield the zones whose elements are few enough, with those of the zones before."""
    most = _MOST_STEPS * sum(1 for _ in root.iter())
    for zone in zones:
        size = sum(1 for element in zone.elements for _ in element.iter())
        if steps.taken + size <= most:
            steps.taken += size
            yield zone


def _hinted(root: Any, tops: Set[Any], least: int) -> Iterator[Any]:
    """The outermost elements that speak of comments, but for lists of other pages'."""
    walk = etree.iterwalk(root, events=("start",))
    for _, element in walk:
        if not isinstance(element.tag, str) or element in tops:
            continue
        if element.tag in ("a", "form", "nav", "button", "input", "label", "li") and (
            element.tag != "li" or not len(element)
        ):
            continue
        if is_elsewhere(element):
            walk.skip_subtree()
        elif thread_hint(element) >= least:
            yield element
            walk.skip_subtree()


def _under(announcement: Announcement, tops: Set[Any]) -> Iterator[Zone]:
    """What follows a heading: its siblings, then those of what is around it."""
    element = announcement.element
    sure = announcement.sure or any(
        thread_hint(above) for above in islice(element.iterancestors(), 2) if above not in tops
    )
    for _ in range(_HIGHEST_HEADING):
        parent = element.getparent()
        if parent is None:
            return
        siblings = []
        for sibling in element.itersiblings(etree.Element):
            if sibling.tag == element.tag and element.tag in ("h1", "h2", "h3", "h4"):
                break
            siblings.append(sibling)
        if siblings and element not in tops:
            yield Zone(tuple(siblings), sure, announcement.count, headed=True)
        if parent in tops:
            return
        element = parent


def _in_zone(zone: Zone, tops: Set[Any], authors: tuple[str, ...]) -> Items | None:
    """Return the comments of a zone: around the dates of one form, then of other forms."""
    marks = date_marks(zone.elements)
    if not zone.headed:
        marks = [mark for mark in marks if not _of_article(mark.element, tops)]
    marks = marks[:_MOST_MARKS]
    groups: dict[tuple[str, ...], list[DateMark]] = {}
    for mark in marks:
        groups.setdefault(mark.form, []).append(mark)
    ordered = sorted(
        groups.values(), key=lambda group: (HOUR in group[0].form, -len(group), not group[0].sure)
    )
    candidates: list[Items] = []
    for group in ordered[:_MOST_FORMS]:
        items = items_of(group, tops)
        if items is not None and not is_doubtful(items, tops, authors, sure=zone.sure):
            candidates.append(items)
    if not candidates:
        return None
    candidates.sort(key=lambda items: -items.complete)
    best = candidates[0]
    for other in candidates[1:]:
        best = _together(best, other)
    return _without_pings(best)


def _of_article(element: Any, tops: Set[Any]) -> bool:
    """Whether this element is just under one that holds the title, as the article's date is."""
    for ancestor in islice(element.iterancestors(), 3):
        if ancestor in tops:
            return ancestor.tag not in ("html", "body", "main")
        if thread_hint(ancestor) == 2:
            return False
    return False


def _together(first: Items, second: Items) -> Items:
    """The items of both: a program may write answers in another form than what they answer."""
    elements = {element for item in first.items for element in item.elements}
    above = around(elements)
    other_items = [item for item in second.items if above.isdisjoint(item.elements)]
    dates = {item.date.element for item in first.items}
    other_items = [item for item in other_items if item.date.element not in dates]
    if not other_items:
        return first
    items = [*first.items, *other_items]
    order = {item.root: None for item in items}
    top = items[0].root.getroottree().getroot()
    places = {element: at for at, element in enumerate(top.iter(etree.Element)) if element in order}
    items.sort(key=lambda item: places[item.root])
    merged = read_items(items)
    return merged if merged is not None and merged.complete > first.complete else first


def _without_pings(all_items: Items) -> Items | None:
    pings = [is_ping(item) for item in all_items.items]
    if not any(pings):
        return all_items
    places = [at for at, ping in enumerate(pings) if not ping]
    if not places:
        return None
    items: tuple[Item, ...] = tuple(all_items.items[at] for at in places)
    return Items(items, tuple(all_items.members[at] for at in places), len(places))


def _believed(items: Items, zone: Zone, numbered: bool, announced: Sequence[Announcement]) -> bool:
    """Whether there is enough evidence that these are comments."""
    names = sum(members.sure for members in items.members) * 2 >= len(items.members)
    if numbered or answered(items):
        return zone.sure or names or len(items.items) > 1
    if not zone.sure:
        return False
    return len(items.items) > 1 or (
        names and any(announcement.count != 0 for announcement in announced)
    )
