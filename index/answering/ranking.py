"""Which hits stand on a page of answers, and in which order?

Articles, each where its best passage stands; or single passages. What holds all the words is
counted and paged exactly. What holds a part of them stands after, and fills the last page: but a
question of several words says a subject rather than a condition, and there a passage that holds
nearly all of them, and often, may well be better than one that holds them all by accident.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from whoosh import query as nodes

from index.engines import Groups, Hit, Order, Reader
from index.question.combining import SENTENCE
from index.record import article_of

SHOWN = 3
"""Passages shown under an article."""
# A first fetch this many times the groups wanted is almost always enough.
_FETCH = 4
# Below this many groups of full matches, those that hold part of the words follow.
FEW = 10
# Of a sentence, what holds part of the words stands where its score puts it, unless so many
# passages hold them all that they are its subject.
_MANY = 300
# So many partial matches at most stand among the full ones of a sentence: the question is asked
# once, however far down the last full match would be.
_AMONG = 400


@dataclass(frozen=True, slots=True)
class Ranked:
    """One group of a page: its best hits, and of each whether it holds a part of the words only."""

    hits: list[Hit]
    partial: list[bool]


@dataclass(frozen=True, slots=True)
class Ranking:
    """One page. `listed` counts the groups of all pages, `found` the passages partial or not."""

    groups: list[Ranked]
    has_next: bool
    listed: int
    found: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of a reader: `tree`, or the looser `partial` with its plain words.

    `groups` are those of the full matches, `passages` how many these are; pages count from 1
    and hold `size` articles, or passages when not `grouped`.
    """

    tree: nodes.Query
    groups: Groups
    passages: int
    page: int
    size: int
    order: Order = "relevance"
    grouped: bool = True
    partial: nodes.Query | None = None
    words: int = 0

    @property
    def full(self) -> int:
        """How many groups hold all the words."""
        return self.groups.count if self.grouped else self.passages

    @property
    def end(self) -> int:
        """How many groups there are up to the end of the page."""
        return self.page * self.size


def rank(reader: Reader, wanted: Wanted) -> Ranking:
    """The hits of one page. Raises IndexUnavailable."""
    partial = wanted.partial if wanted.order == "relevance" else None
    if partial is not None and wanted.words >= SENTENCE and 0 < wanted.passages < _MANY:
        return _mixed(reader, wanted, partial)
    best = _articles(reader, wanted) if wanted.grouped else _passages(reader, wanted)
    groups = [Ranked(hits, [False] * len(hits)) for hits in best]
    found = wanted.passages
    last = wanted.page == max(1, -(-wanted.full // wanted.size))
    if partial is not None and wanted.full < FEW:
        if last:
            more, found = _partial(reader, wanted, partial, wanted.size - len(groups))
            groups += more
        else:
            # told on every page alike
            found = reader.search(partial, 0).total
    return Ranking(groups, wanted.full > wanted.end, wanted.full, found)


def _articles(reader: Reader, wanted: Wanted) -> list[list[Hit]]:
    """The best hits of each article of the page, best article first."""
    need, count = min(wanted.end, wanted.full), 0
    grouped: dict[int, list[Hit]] = {}
    while len(grouped) < need and count < wanted.passages:
        count = min(wanted.passages, max(_FETCH * need, 4 * count, 40))
        grouped = _grouped(reader.search(wanted.tree, count, wanted.order).hits)
    best = list(grouped.values())[wanted.end - wanted.size : wanted.end]
    return [hits[:SHOWN] for hits in _completed(reader, wanted, best)]


def _completed(reader: Reader, wanted: Wanted, best: list[list[Hit]]) -> list[list[Hit]]:
    """The same groups, each with as many hits as are shown, where it has them."""
    short = [hits for hits in best if len(hits) < min(SHOWN, wanted.groups.of(hits[0].group))]
    if not short:
        return best
    count = sum(wanted.groups.of(hits[0].group) for hits in short)
    inside = nodes.Or([nodes.Term("article", name) for name in _names(reader, short)])
    found = _grouped(reader.search(nodes.And([wanted.tree, inside]), count, wanted.order).hits)
    # the first stays first: a group stands where it was ranked
    return [
        [hits[0], *(hit for hit in found.get(hits[0].group, hits) if hit.ref != hits[0].ref)]
        for hits in best
    ]


def _names(reader: Reader, groups: Sequence[list[Hit]]) -> list[str]:
    """The ids of the articles of some groups."""
    return [article_of(one) for one in reader.load([hits[0].ref for hits in groups])]


def _passages(reader: Reader, wanted: Wanted) -> list[list[Hit]]:
    hits = reader.search(wanted.tree, wanted.end, wanted.order).hits
    return [[hit] for hit in hits[wanted.end - wanted.size :]]


def _partial(
    reader: Reader, wanted: Wanted, tree: nodes.Query, room: int
) -> tuple[list[Ranked], int]:
    """Up to `room` groups that hold part of the words and no full match; and the passages found."""
    found = reader.search(tree, _FETCH * max(room, FEW) + wanted.passages)
    # fewer than FEW of them
    full = reader.tally(wanted.tree, ["group"])["group"]
    others = [hit for hit in found.hits if hit.group not in full]
    best = list(_grouped(others).values()) if wanted.grouped else [[hit] for hit in others]
    kept = [hits[:SHOWN] for hits in best[: max(0, room)]]
    return [Ranked(hits, [True] * len(hits)) for hits in kept], found.total


def _mixed(reader: Reader, wanted: Wanted, tree: nodes.Query) -> Ranking:
    """Full and partial matches by score, as far as the page that holds the last full one."""
    full = reader.search(wanted.tree, wanted.passages).hits
    whole = _keyed(full, wanted.grouped)
    refs = {hit.ref for hit in full}
    found = reader.search(tree, _AMONG + len(full))
    others = [hit for hit in found.hits if hit.ref not in refs][:_AMONG]
    best = _keyed(sorted([*full, *others], key=lambda hit: -hit.score), wanted.grouped)
    last = max(place for place, key in enumerate(best, 1) if key in whole)
    groups = []
    for key, hits in list(best.items())[wanted.end - wanted.size : wanted.end]:
        first = whole.get(key, [])
        kept = [*first, *(hit for hit in hits if hit.ref not in refs)][:SHOWN]
        groups.append(Ranked(kept, [hit.ref not in refs for hit in kept]))
    beyond = wanted.page > -(-last // wanted.size)
    return Ranking([] if beyond else groups, last > wanted.end, last, found.total)


def _keyed(hits: Sequence[Hit], grouped: bool) -> dict[Any, list[Hit]]:
    return _grouped(hits) if grouped else {hit.ref: [hit] for hit in hits}


def _grouped(hits: Sequence[Hit]) -> dict[int, list[Hit]]:
    grouped: dict[int, list[Hit]] = {}
    for hit in hits:
        grouped.setdefault(hit.group, []).append(hit)
    return grouped
