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

from indexer.html.elements import short_text
from indexer.html.finder.date_marks import DateMark, form_of, marks_in
from indexer.html.finder.items.item import Item
from indexer.html.finder.items.members import Members, is_of_date, members_of
from indexer.html.finder.items.names import Name, signature_of
from indexer.html.finder.items.pieces import Piece, item_pieces, repeated
from indexer.html.finder.items.written_names import bare_name

_HIGHEST = 10
_SAMPLE = 40
"""Items that are looked into to choose a level."""


@dataclass(frozen=True, slots=True)
class Items:
    """The items of one list, those that are comments with their members."""

    items: tuple[Item, ...]
    members: tuple[Members, ...]
    complete: int


def items_of(marks: Sequence[DateMark], tops: Set[Any]) -> Items | None:
    """The items around dates of one form, below `tops`; None when they are no list of comments."""
    best: tuple[int, float, list[Item]] | None = None
    step = max(1, len(marks) // _SAMPLE)
    for candidate in _candidates(marks, tops):
        borders = _borders(candidate)
        sample = candidate[::step]
        item_members = _read(sample, borders)
        complete_count = sum(members.complete for members in item_members)
        if complete_count * 5 < len(sample) * 3:
            continue
        words = sum(len(members.text) for members in item_members)
        if best is None or complete_count > best[0]:
            best = complete_count, words, candidate
            continue
        # what was taken for words may be a detail, and the words above, or beside
        several = max(len(item.elements) for item in sample) > 1
        if (
            complete_count == best[0]
            and len(candidate) > 1
            and words > best[1] * (1.25 if several else 1.5)
        ):
            best = complete_count, words, candidate
    if best is None:
        return None
    return read_items(best[2])


def read_items(items: Sequence[Item]) -> Items | None:
    """Return these items with their members; None when most are not comments."""
    borders = _borders(items)
    item_members = _read(items, borders)
    complete = sum(members.complete for members in item_members)
    if complete * 5 < len(items) * 3:
        return None
    complete_items = [
        (item, members)
        for item, members in zip(items, item_members, strict=True)
        if members.text or members.deleted
    ]
    return Items(
        tuple(item for item, _ in complete_items),
        tuple(members for _, members in complete_items),
        complete,
    )


def _read(items: Sequence[Item], borders: Set[Any]) -> list[Members]:
    pieces = [item_pieces(item.elements, borders) for item in items]
    common = repeated(pieces)
    # « Auteur », « Message » above each
    pieces = [
        [piece for piece in of_item if piece.text not in common or piece.holder.tag != "th"]
        for of_item in pieces
    ]

    def members_at(place: int, name: Name | None, form: tuple[str, ...] | None) -> Members:
        return members_of(items[place], pieces[place], common, borders, name, form)

    item_members = [members_at(place, None, None) for place in range(len(items))]
    # « 1984 », « Plus », « Mai 68 » are names, « Hier », « 2 » words, where those of the others
    # stand in the same element
    holders = [form_of(members.holder) for members in item_members if members.holder is not None]
    form = max(holders, key=holders.count, default=None)
    if form is not None and holders.count(form) * 2 <= len(items):
        form = None
    # or in the line of the date: what stands before « — Zoé, le 3 mars » is said
    signed = sum(bool(members.author) and members.holder is None for members in item_members)
    are_signed = signed * 2 > len(items)
    forms_of_words = list(filter(None, map(_form_of_words, pieces, item_members)))
    words_form = max(forms_of_words, key=forms_of_words.count, default=("p",))
    for place, members in enumerate(item_members):
        name = None
        if form and (members.holder is None or form_of(members.holder) != form):
            name = _name_in(form, _before_name(pieces[place], members), items[place].date)
        elif are_signed and not members.sure and (members.holder is not None or not members.author):
            dates = [
                at for at, piece in enumerate(pieces[place]) if is_of_date(piece, items[place].date)
            ]
            signature = signature_of(pieces[place], dates)
            name = signature if signature.name else None
        if name is not None or not (members.text or members.deleted):
            item_members[place] = members_at(place, name, words_form)
    return item_members


def _before_name(pieces: Sequence[Piece], members: Members) -> Sequence[Piece]:
    """Return the texts where another name may be: all, or those before a sure name.

    « Par le maire » may be all the words; what is bold in those of Zoé is no name.
    """
    if not members.sure:
        return pieces
    places = (place for place, piece in enumerate(pieces) if (members.author or "") in piece.text)
    return pieces[: next(places, 0)]


def _form_of_words(pieces: Sequence[Piece], members: Members) -> tuple[str, ...] | None:
    """Return the form of the element that holds most of a comment's words."""
    texts = [piece for piece in pieces if piece.text in members.text]
    return form_of(max(texts, key=lambda piece: len(piece.text)).holder) if texts else None


_MOST_PIECES = 6
"""First texts of a comment, one of which its name is where its element has no class."""
_LONGEST_NAME = 60


def _name_in(form: tuple[str, ...], pieces: Sequence[Piece], date: DateMark) -> Name | None:
    """Return the first text that is all of an element of this form, as a name.

    An element with a class (`div.username`) may stand behind the words.
    """
    for piece in pieces if len(form) > 1 else pieces[:_MOST_PIECES]:
        name = bare_name(piece.text)
        holder = next((node for node in piece.path if form_of(node) == form), None)
        around = piece.path[-1:] if date.mixed else piece.path
        if holder is None or date.element in around or not 0 < len(name) <= _LONGEST_NAME:
            continue
        # it may hold its date too: « 1984 sur <time>… »
        is_leaf = holder is piece.holder and all(child is date.element for child in holder)
        if is_leaf or short_text(holder, _LONGEST_NAME + 1) == piece.text:
            return Name(name, holder, True)
    return None


def _borders(items: Sequence[Item]) -> frozenset[Any]:
    return frozenset(element for item in items for element in item.elements)


def _candidates(dates: Sequence[DateMark], tops: Set[Any]) -> Iterator[list[Item]]:
    """The levels, from the lowest; then each with the siblings of its items."""
    levels: list[list[Any]] = []
    level = [date.element for date in dates]
    below: set[Any] = set()
    for _ in range(_HIGHEST):
        nodes = set(level)
        if len(nodes) < len(level) or nodes & tops:
            break
        # an element that another date was climbed from holds that date too
        if nodes & below:
            break
        levels.append(level)
        below |= nodes
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


_LONGEST_SEGMENT = 12


def _segments(
    nodes: Sequence[Any], dates: Sequence[DateMark], tops: Set[Any], *, before: bool
) -> list[Item]:
    """Return each node with the siblings up to the next node; nothing when there are none."""
    if not before:
        nodes = _with_headings(nodes, tops)
    starts = set(nodes)
    sample = nodes[:: max(1, len(nodes) // _SAMPLE)]
    if not any(_next(node, starts, tops, before=before) is not None for node in sample):
        return []
    items: list[tuple[Any, ...]] = []
    for node in nodes:
        beside: list[Any] = []
        for sibling in node.itersiblings(etree.Element, preceding=before):
            if sibling in starts or len(beside) >= _LONGEST_SEGMENT or _ends(sibling, tops):
                break
            if form_of(sibling) == form_of(node) and next(marks_in(sibling), None) is not None:
                # another comment, whose date has another form
                break
            beside.append(sibling)
        items.append((*reversed(beside), node) if before else (node, *beside))
    # nothing tells where the last one ends, but the others' length
    other_items = (items[1:] if before else items[:-1]) or items
    most = max(map(len, other_items))
    if most < 2:
        return []
    cut = [item[-most:] if before else item[:most] for item in items]
    return [Item(elements, date) for elements, date in zip(cut, dates, strict=True)]


def _next(node: Any, starts: Set[Any], tops: Set[Any], *, before: bool) -> Any:
    """The sibling that goes on with an item, if it is not another item."""
    sibling = next(node.itersiblings(etree.Element, preceding=before), None)
    if sibling is None or sibling in starts or _ends(sibling, tops):
        return None
    return sibling


def _with_headings(nodes: Sequence[Any], tops: Set[Any]) -> Sequence[Any]:
    """Return the elements just before these when all have the same form, as headings with names."""
    for _ in range(2):
        node_set = set(nodes)
        before = [next(node.itersiblings(etree.Element, preceding=True), None) for node in nodes]
        if any(heading is None or heading in node_set or heading in tops for heading in before):
            break
        if len({form_of(heading) for heading in before}) > 1 or len(set(before)) < len(nodes):
            break
        nodes = before
    return nodes


def _ends(element: Any, tops: Set[Any]) -> bool:
    return element in tops or element.tag in ("form", "h1", "h2", "script", "footer", "nav")
