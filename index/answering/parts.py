"""Which passages of an article are one part of it, and where do its neighbours begin?

In the order of the page, a part begins at a position; by date, after so many comments. It ends
where its page would pass what a page may weigh: only what it shows is read, and little more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from whoosh import query as nodes
from whoosh.query import Query

from index.engines import Look, PageRequest, Reader
from index.question.clauses import all_of
from index.record import Record

# What a part may weigh as a page, in bytes, and what a passage weighs beside its text.
LONGEST = 240_000
_AROUND = 900
# Accents take two bytes, and signs of markup more.
_WEIGHT_OF_MARKUP = 1.6
# Passages read at once, in the order of the page.
_WINDOW = 250
# The same where few of them are wanted, at most.
_WIDEST = 64 * _WINDOW
# Passages read at once by date.
_DATED = 50
# Passages that answer shown first, of an article too long to be one part.
_BEST = 40
# Passages among which the nearest is looked for by reading them.
_FEW = 50
# Positions in each of the ranges that are counted to find where something is.
_NEAR = 64
_RANGES = 12
_LAST = 999_999_999


class Part(NamedTuple):
    """Some passages, and where the neighbouring parts begin, None where there is none."""

    records: Sequence[Record]
    start: int = 0
    previous: int | None = None
    following: int | None = None


Weigh = Callable[[Record], float]
"""What a passage weighs in a page, in bytes."""


def weight(record: Record) -> float:
    """Return the weight of a passage without marks."""
    characters = len(record.text) + len(record.heading) + len(record.quoted)
    return _AROUND + _WEIGHT_OF_MARKUP * characters


def part(reader: Reader, tree: Query, start: int, total: int, weigh: Weigh = weight) -> Part:
    """The part that begins at a position, of the passages that meet a tree, `total` in all.

    An empty one when they all stand before.
    """
    before = count(reader, between(tree, None, start - 1)) if start else 0
    if before >= total:
        # where they end would be looked for window by window
        return Part([])
    records, following = _fitting(_ahead(reader, tree, start, total - before), weigh)
    first, _ = _fitting(_behind(reader, tree, start, before), weigh)
    previous = first[-1].position if first else None
    return Part(records, start, previous, following.position if following else None)


def part_before(reader: Reader, tree: Query, end: int, total: int, weigh: Weigh = weight) -> Part:
    """The part that ends before a position."""
    before = count(reader, between(tree, None, end - 1))
    records, _ = _fitting(_behind(reader, tree, end, before), weigh)
    return part(reader, tree, records[-1].position if records else 0, total, weigh)


def part_by_date(
    reader: Reader,
    tree: Query,
    order: Literal["oldest", "newest"],
    start: int,
    total: int,
    weigh: Weigh = weight,
) -> Part:
    """The part that begins after `start` passages, by date, of those that meet a tree."""
    start = min(start, max(0, total - 1))

    def records_of_page(number: int) -> Sequence[Record]:
        page = reader.page(
            PageRequest(tree, order, number, _DATED, grouped=False, counted=False, parents=False)
        )
        return [Record.load(group.hits[0].stored) for group in page.groups]

    def ahead() -> Iterator[Record]:
        for number in range(start // _DATED, -(-total // _DATED)):
            yield from records_of_page(number + 1)[max(0, start - number * _DATED) :]

    def behind() -> Iterator[Record]:
        for number in reversed(range(-(-start // _DATED))):
            yield from reversed(records_of_page(number + 1)[: start - number * _DATED])

    records, following = _fitting(ahead(), weigh)
    first, _ = _fitting(behind(), weigh)
    return Part(
        records,
        start,
        start - len(first) if first else None,
        start + len(records) if following else None,
    )


def best(reader: Reader, tree: Query, weigh: Weigh = weight) -> tuple[Part, int] | None:
    """The passages that meet a tree best, in the order of the page, and how many meet it."""
    page = reader.page(PageRequest(tree, size=_BEST, grouped=False, counted=False, parents=False))
    if not page.records:
        return None
    best_records = (Record.load(group.hits[0].stored) for group in page.groups)
    records, _ = _fitting(best_records, weigh)
    return Part(sorted(records, key=_place), 0, None, 0), page.records


def nearest(reader: Reader, tree: Query, start: int) -> int | None:
    """The position of the first passage from `start` on that meets a tree; None: there is none.

    Ranges are counted, wider and wider, then the first that holds one is cut: of fifty thousand
    comments few are read.
    """
    edges = [start + _NEAR * ((1 << doubled) - 1) for doubled in range(_RANGES)]
    spans = [(low, high - 1) for low, high in pairwise(edges)]
    return _closest(reader, tree, [*spans, (edges[-1], _LAST)], min)


def furthest(reader: Reader, tree: Query, end: int) -> int | None:
    """The position of the last passage before `end` that meets a tree; None: there is none."""
    edges = [end - _NEAR * ((1 << doubled) - 1) for doubled in range(_RANGES)]
    spans = [(low, high - 1) for high, low in pairwise(edges)]
    return _closest(reader, tree, [*spans, (-_LAST, edges[-1] - 1)], max)


def _closest(
    reader: Reader,
    tree: Query,
    spans: list[tuple[int, int]],
    chosen: Callable[[Iterable[int]], int],
) -> int | None:
    """The position that is `chosen` of those in the first span that holds a passage."""
    while True:
        totals = reader.look(Look(totals=[between(tree, *span) for span in spans])).totals
        holding = next((place for place, total in enumerate(totals) if total), None)
        if holding is None:
            return None
        (low, high), total = spans[holding], totals[holding]
        if total <= _FEW or high == low:
            hits = reader.search(between(tree, low, high), total).hits
            stored = reader.load([hit.ref for hit in hits])
            return chosen([Record.load(dumped).position for dumped in stored])
        step = -(-(high - low + 1) // _RANGES)
        spans = [(at, min(high, at + step - 1)) for at in range(low, high + 1, step)]
        if chosen is max:
            spans.reverse()


def position(reader: Reader, article: str, anchor: str) -> int | None:
    """Return where the passage of an anchor stands."""
    tree = all_of([nodes.Term("article", article), nodes.Term("id", f"{article}#{anchor}")])
    hits = reader.search(tree, 1).hits
    return Record.load(reader.load([hits[0].ref])[0]).position if hits else None


def count(reader: Reader, tree: Query) -> int:
    return reader.look(Look(totals=[tree])).totals[0]


def between(tree: Query, low: int | None, high: int | None) -> Query:
    """Return the tree within two positions, both included; None leaves a side open."""
    return all_of([tree, nodes.NumericRange("position", low, high)])


def _place(record: Record) -> tuple[int, str]:
    return record.position, record.id


def _fitting(records: Iterator[Record], weigh: Weigh) -> tuple[list[Record], Record | None]:
    """The first records that make one part, one at least, and the next."""
    fitting: list[Record] = []
    weighed = 0.0
    for record in records:
        weighed += weigh(record)
        if weighed > LONGEST and fitting:
            return fitting, record
        fitting.append(record)
    return fitting, None


def _ahead(reader: Reader, tree: Query, low: int, remaining: int) -> Iterator[Record]:
    """The `remaining` passages from a position on, in order."""
    width = _WINDOW
    while remaining > 0:
        records, width, step = _window(reader, tree, low, width)
        yield from records
        remaining -= len(records)
        low += step


def _behind(reader: Reader, tree: Query, high: int, remaining: int) -> Iterator[Record]:
    """The `remaining` passages before a position, the last first."""
    width = _WINDOW
    while remaining > 0:
        records, width, step = _window(reader, tree, high - 1, -width)
        yield from reversed(records)
        remaining -= len(records)
        high -= step


def _some(reader: Reader, tree: Query, count: int) -> tuple[int, list[bytes]]:
    """How many records match, and what was stored with so many of them, on one trip."""
    answer = reader.look(Look(totals=[tree], samples=[(tree, count)]))
    return answer.totals[0], answer.samples[0]


def _window(reader: Reader, tree: Query, edge: int, width: int) -> tuple[list[Record], int, int]:
    """The passages in so many positions from `edge` on, down from it when `width` is negative.

    Then the width for the next window, and that of this one, both positive: few are wanted of a
    wide window, and no more than some hundreds are read at once.
    """
    wide = abs(width)
    while True:
        span = (edge, edge + wide - 1) if width > 0 else (edge - wide + 1, edge)
        # two passages may have one position, in what a source wrote badly
        total, stored = _some(reader, between(tree, *span), 2 * _WINDOW)
        if total <= 2 * _WINDOW or wide == 1:
            break
        wide = max(1, wide // 4)
    if total > len(stored):
        total, stored = _some(reader, between(tree, *span), total)
    records = sorted(map(Record.load, stored), key=_place)
    return records, min(_WIDEST, 4 * wide) if len(records) < _WINDOW // 4 else wide, wide
