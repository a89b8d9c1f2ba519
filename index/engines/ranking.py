"""Which hits stand on a page of answers, and in which order?

Articles, each where its best passage stands; or single passages. What holds all the words is
counted and paged exactly. What holds a part of them stands after, and fills the last page: but a
question of several words says a subject rather than a condition, and there a passage that holds
nearly all of them, and often, may well be better than one that holds them all by accident.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from whoosh.query import Query

from index.engines.requests import Hit, PageRequest, SearchResult

# A first fetch this many times the groups wanted is almost always enough.
_FETCH = 4
_LEAST = 40
# How many times more are asked for when those were not enough.
_AGAIN = 4
# Below this many groups of full matches, those that hold part of the words follow.
FEW = 10
# Partial matches stand where their score puts them, unless so many passages hold all the words
# that they are its subject.
MANY = 300
# So many partial matches at most stand among the full ones: the question is asked once, however
# far down the last full match would be.
AMONG = 400


class Ranked(NamedTuple):
    """One group of a page: its best hits, and of each whether it is a partial match.

    `matches` is as that of `PageGroup`.
    """

    hits: list[Hit]
    partial: list[bool]
    matches: int


class Ranking(NamedTuple):
    """One page. `listed` counts the groups of all pages, `matches` the passages partial or not."""

    groups: list[Ranked]
    has_next: bool
    listed: int
    matches: int


class PagePlan(NamedTuple):
    """A page, and what is known of its full matches: in how many `groups`, how many `records`, and
    whether they are `costly`, each time that the best are asked for.
    """

    request: PageRequest
    groups: int
    records: int
    costly: bool = False

    @property
    def full(self) -> int:
        """How many groups hold all the words."""
        return self.groups if self.request.grouped else self.records

    @property
    def end(self) -> int:
        """How many groups there are up to the end of the page."""
        return self.request.number * self.request.size

    @property
    def partial(self) -> Query | None:
        """The tree of partial matches; they are ranked by relevance only."""
        request = self.request
        if request.order != "relevance":
            return None
        return request.looser if self.records or request.otherwise is None else request.otherwise

    @property
    def mixed(self) -> bool:
        """Whether partial matches stand among the full ones."""
        return self.partial is not None and self.request.mixed and 0 < self.records < MANY


def fetched_first(plan: PagePlan, before: int = 0) -> int:
    """Return how many full matches to ask for, so as to fill the page; `before` were not enough.

    Of those that are costly, at once as many as would be asked for the second time.
    """
    need = min(plan.end, plan.full)
    first = max(_FETCH * need, _LEAST) * (_AGAIN if plan.costly else 1)
    return min(plan.records, max(first, _AGAIN * before))


def last(plan: PagePlan) -> bool:
    """Return whether the page is the one that ends with the last full match."""
    return plan.request.number == max(1, -(-plan.full // plan.request.size))


def fetched(plan: PagePlan, groups: int) -> int:
    """Return how many partial matches to ask for, when the page has so many groups of full ones."""
    return _FETCH * max(plan.request.size - groups, FEW) + plan.records


def after(plan: PagePlan, loose: Sequence[Hit], full: Collection[int], groups: int) -> list[Ranked]:
    """The groups of partial matches that end a page which has so many of full ones.

    loose: the best hits of `plan.partial`, as many as `fetched` says. full: the groups that
    have a full match.
    """
    request = plan.request
    room = max(0, request.size - groups)
    partial_hits = [hit for hit in loose if hit.group not in full]
    best = (
        list(grouped(partial_hits).values()) if request.grouped else [[hit] for hit in partial_hits]
    )
    page_groups = [hits[: request.shown] for hits in best[:room]]
    return [Ranked(hits, [True] * len(hits), len(hits)) for hits in page_groups]


def mixed(plan: PagePlan, full: Sequence[Hit], loose: SearchResult) -> Ranking:
    """Full and partial matches by score, as far as the page that holds the last full one.

    full: every hit of the tree. loose: the AMONG + len(full) best of `plan.partial`.
    """
    request = plan.request
    full_keys = _keyed(full, request.grouped)
    counts = Counter(hit.group for hit in full)
    refs = {hit.ref for hit in full}
    loose_hits = [hit for hit in loose.hits if hit.ref not in refs][:AMONG]
    best = _keyed(sorted([*full, *loose_hits], key=lambda hit: -hit.score), request.grouped)
    end = max(place for place, key in enumerate(best, 1) if key in full_keys)
    groups = []
    for key, hits in list(best.items())[plan.end - request.size : plan.end]:
        first = full_keys.get(key, [])
        shown_hits = [*first, *(hit for hit in hits if hit.ref not in refs)][: request.shown]
        groups.append(
            Ranked(
                shown_hits,
                [hit.ref not in refs for hit in shown_hits],
                counts[shown_hits[0].group] if first else len(shown_hits),
            )
        )
    past_end = request.number > -(-end // request.size)
    return Ranking([] if past_end else groups, end > plan.end, end, loose.total)


def _keyed(hits: Sequence[Hit], by_group: bool) -> dict[Any, list[Hit]]:
    return grouped(hits) if by_group else {hit.ref: [hit] for hit in hits}


def grouped(hits: Sequence[Hit]) -> dict[int, list[Hit]]:
    """The hits of each group, in the order in which each is first met."""
    groups: dict[int, list[Hit]] = {}
    for hit in hits:
        groups.setdefault(hit.group, []).append(hit)
    return groups
