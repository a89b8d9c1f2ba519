"""Which elements hold one comment each, when only their dates are known?

From each date one climbs as long as what is climbed to is that date's alone. Of these levels
the lowest is kept where nearly every item has a name and words. Where the words are beside
(`dt` and `dd`, two rows of a table), an item is an element with the siblings that follow it,
or that precede it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from typing import Any

from lxml import etree

from indexer.html.date_marks import DateMark
from indexer.html.item_members import Members, members_of

_HIGHEST = 10
_SAMPLE = 40
"""Items that are looked into to choose a level."""


@dataclass(frozen=True, slots=True)
class Item:
    """Sibling elements that hold one comment, and its date's element."""

    elements: tuple[Any, ...]
    date: Any

    @property
    def root(self) -> Any:
        return self.elements[0]


@dataclass(frozen=True, slots=True)
class Items:
    """The items of one list, those that are comments with their members."""

    items: tuple[Item, ...]
    members: tuple[Members, ...]
    complete: int


def items_of(marks: Sequence[DateMark], tops: Set[Any], *, lenient: bool) -> Items | None:
    """The items around dates of one form, below `tops`; None when they are no list of comments.

    lenient: a first short text may be a name, where nothing else says one.
    """
    best: tuple[int, float, list[Item]] | None = None
    step = max(1, len(marks) // _SAMPLE)
    for candidate in _candidates([mark.element for mark in marks], tops):
        borders = _borders(candidate)
        sample = candidate[::step]
        read = [members_of(item.elements, item.date, borders, lenient) for item in sample]
        named = sum(members.complete for members in read)
        if named * 5 < len(sample) * 3:
            continue
        words = sum(len(members.text) for members in read)
        if best is None or named > best[0]:
            best = named, words, candidate
        elif (named, len(candidate[0].elements) > 1 < len(candidate)) == (best[0], True):
            # what was taken for words may be a detail, and the words beside
            if words > best[1] * 1.25:
                best = named, words, candidate
    if best is None:
        return None
    return read_items(best[2])


def read_items(items: Sequence[Item]) -> Items | None:
    """These items with their members; None when most are no comments."""
    borders = _borders(items)
    read = [members_of(item.elements, item.date, borders, lenient=True) for item in items]
    complete = sum(members.complete for members in read)
    if complete * 5 < len(items) * 3:
        return None
    kept = [(item, one) for item, one in zip(items, read, strict=True) if one.text or one.deleted]
    return Items(tuple(item for item, _ in kept), tuple(one for _, one in kept), complete)


def _borders(items: Sequence[Item]) -> frozenset[Any]:
    return frozenset(element for item in items for element in item.elements)


def _candidates(dates: Sequence[Any], tops: Set[Any]) -> Iterator[list[Item]]:
    """The levels, from the lowest; then each with the siblings of its items."""
    levels: list[list[Any]] = []
    level = list(dates)
    below: list[set[Any]] = []
    for _ in range(_HIGHEST):
        nodes = set(level)
        if len(nodes) < len(level) or nodes & tops:
            break
        # an element that another date was climbed from may hold that date too
        if any(nodes & climbed for climbed in below) and not _owned(dates, nodes, len(levels)):
            break
        levels.append(level)
        below.append(nodes)
        parents = [node.getparent() for node in level]
        if any(parent is None for parent in parents):
            break
        level = parents
    for nodes_of_level in levels:
        yield [Item((node,), date) for node, date in zip(nodes_of_level, dates, strict=True)]
    for nodes_of_level in reversed(levels):
        for before in (False, True):
            if segments := _segments(nodes_of_level, dates, tops, before=before):
                yield segments


def _owned(dates: Sequence[Any], nodes: set[Any], height: int) -> bool:
    """Whether each date's closest element among these is the one at its own height."""
    for date in dates:
        around = date
        for _ in range(height):
            if around in nodes:
                return False
            around = around.getparent()
    return True


_LONGEST_SEGMENT = 12


def _segments(
    nodes: Sequence[Any], dates: Sequence[Any], tops: Set[Any], *, before: bool
) -> list[Item]:
    """Items with the siblings up to the next one's; none when they have no sibling."""
    starts = set(nodes)
    items: list[tuple[Any, ...]] = []
    for node in nodes:
        beside: list[Any] = []
        for sibling in node.itersiblings(etree.Element, preceding=before):
            if sibling in starts or len(beside) >= _LONGEST_SEGMENT or _ends(sibling, tops):
                break
            beside.append(sibling)
        items.append((*reversed(beside), node) if before else (node, *beside))
    sizes = sorted(len(item) for item in items)
    usual = sizes[len(sizes) // 2]
    if usual < 2:
        return []
    # nothing tells where the last one ends, but the others' length
    cut = [item[-usual:] if before else item[:usual] for item in items]
    return [Item(one, date) for one, date in zip(cut, dates, strict=True)]


def _ends(element: Any, tops: Set[Any]) -> bool:
    return element in tops or element.tag in ("form", "h1", "h2", "script", "footer", "nav")
