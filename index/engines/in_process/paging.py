"""How does an engine that is in this process answer what it is asked all at once?

`look` and `page` over the single questions that such an engine answers. The same tree is asked
as few times as can be: once for the counts, once for the best, and once for what the groups of
the page still lack.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

import orjson
from whoosh import query as nodes

from index.engines import ranking
from index.engines.in_process import work
from index.engines.in_process.facet_counts import Counting
from index.engines.ranking import PagePlan, Ranked, Ranking
from index.engines.requests import (
    FacetValue,
    Halfway,
    Hit,
    Look,
    LookAnswer,
    Order,
    Page,
    PageGroup,
    PageHit,
    PageRequest,
    SearchResult,
    Span,
    SpanCount,
)
from index.engines.words import Words
from index.record import article_of

# The best of a tree are asked, which takes twice what counting does, then once more as a rule,
# then inside the groups of a page.
_BEST = 4
# So many hits of the groups of a page are fetched together: all of them, mostly.
_TOGETHER = 300


class Local(Counting, Protocol):
    """The questions that an engine of this process answers."""

    def best(
        self, tree: nodes.Query, count: int, order: Order = "relevance", start: int = 0
    ) -> list[Hit]:
        """The `count` best records after the `start` best, ties in the order of indexing."""

    def search(self, tree: nodes.Query, count: int) -> SearchResult:
        """The `count` best records, and how many match: both at once."""

    def load(self, refs: Sequence[Any]) -> list[bytes]: ...

    def freq(self, field: str, term: str) -> int: ...

    def size(self) -> int: ...

    def words(self, field: str, prefix: str, limit: int | None = None) -> Words: ...

    def near(self, field: str, word: str, faults: int, heads: Sequence[str]) -> Words: ...

    def facets(
        self,
        tree: nodes.Query,
        fields: Sequence[str],
        most: int,
        named: Mapping[str, Sequence[str]],
    ) -> Mapping[str, Sequence[FacetValue]]: ...

    def within(self, tree: nodes.Query, spans: Sequence[Span]) -> Sequence[SpanCount]: ...


def look(reader: Local, lookups: Look) -> LookAnswer:
    """Answer a look at the words of an index, one by one.

    Totals are exact, whatever their work: an answer has no room to say that they are not.
    """
    return LookAnswer(
        [reader.freq(*term) for term in lookups.terms],
        [reader.words(*prefix) for prefix in lookups.prefixes],
        [reader.near(*request) for request in lookups.near],
        [reader.total(tree) for tree in lookups.totals],
        [
            reader.load([hit.ref for hit in reader.best(tree, count)])
            for tree, count in lookups.samples
        ],
        latest=[
            reader.load([hit.ref for hit in reader.best(tree, count, "newest")])
            for tree, count in lookups.latest
        ],
    )


def page(reader: Local, request: PageRequest) -> Page:
    """A page of answers with all that is shown around them, as far as it is not too much work."""
    effort = work.WorkBudget(reader, work.ALL)
    request = _lighter(request, effort)
    counts = reader.counts(request.tree)
    effort.learn(request.tree, counts.records)
    effort.spend(request.tree, _BEST + effort.times_counted(request.tree), 1.5, scored=_BEST)
    costly = effort.costly(request.tree)
    plan = PagePlan(request, counts.groups, counts.records, costly)
    partial = plan.partial
    if (
        partial is not None
        and (plan.mixed or plan.full < ranking.FEW)
        and not effort.allows("partial", partial, 2, 0.5)
    ):
        request = request._replace(looser=None, otherwise=None)
        plan = plan._replace(request=request)
    ranked = _ranking(reader, plan)
    stored = iter(reader.load([hit.ref for group in ranked.groups for hit in group.hits]))
    groups = [
        PageGroup(
            [
                PageHit(next(stored), hit.score, partial)
                for hit, partial in zip(group.hits, group.partial, strict=True)
            ],
            group.matches,
        )
        for group in ranked.groups
    ]
    answer = Page(
        counts.groups,
        counts.kinds,
        groups,
        ranked.matches,
        ranked.listed,
        ranked.has_next,
        _parents(reader, groups) if request.parents else {},
        _facets(reader, request, effort),
        reader.within(request.tree, request.spans)
        if request.spans and effort.allows("facets", request.tree)
        else (),
        [
            reader.total(tree) if effort.allows("counts", tree, counted=work.MATCHED) else None
            for tree in request.totals
        ],
        look(reader, request.look),
        stopped=effort.stopped,
    )
    if request.later is None:
        return answer
    halfway = Halfway(answer.records, answer.totals, answer.looked)
    return replace(answer, looked_later=look(reader, request.later(halfway)))


def _lighter(request: PageRequest, effort: work.WorkBudget) -> PageRequest:
    """The same, of trees that are not too much work."""
    tree = effort.lighter(request.tree)
    looser, otherwise = (
        None if loose is None else effort.lighter(loose)
        for loose in (request.looser, request.otherwise)
    )
    beside = {name: effort.lighter(other) for name, other in request.beside.items()}
    return request._replace(tree=tree, looser=looser, otherwise=otherwise, beside=beside)


def _facets(
    reader: Local, request: PageRequest, effort: work.WorkBudget
) -> dict[str, Sequence[FacetValue]]:
    """Those of the page's own tree at once, and each of those counted beside it."""
    names = [name for name in request.facets if name not in request.beside]
    facets: dict[str, Sequence[FacetValue]] = {}
    if names and effort.allows_facets(request.tree, len(names)):
        facets |= reader.facets(request.tree, names, request.most, request.named)
    for name in request.facets:
        if name in request.beside and effort.allows_facets(request.beside[name], 1):
            facets |= reader.facets(request.beside[name], [name], request.most, request.named)
    return {name: facets[name] for name in request.facets if name in facets}


def _ranking(reader: Local, plan: PagePlan) -> Ranking:
    request, partial = plan.request, plan.partial
    if partial is not None and plan.mixed:
        full = reader.best(request.tree, plan.records)
        loose = reader.search(partial, ranking.AMONG + len(full))
        return ranking.mixed(plan, full, loose)
    groups = _articles(reader, plan) if request.grouped else _passages(reader, plan)
    records = plan.records
    if partial is not None and plan.full < ranking.FEW:
        if ranking.last(plan):
            loose = reader.search(partial, ranking.fetched(plan, len(groups)))
            # fewer than FEW of them, or of their passages
            full_groups = reader.tally(request.tree, ["group"])["group"] if plan.records else {}
            groups += ranking.after(plan, loose.hits, full_groups, len(groups))
            records = loose.total
        else:
            # the same count on every page
            records = reader.total(partial)
    return Ranking(groups, plan.full > plan.end, plan.full, records)


def _articles(reader: Local, plan: PagePlan) -> list[Ranked]:
    """The best hits of each article of the page, best article first."""
    request, count = plan.request, 0
    hits_by_article: dict[int, list[Hit]] = {}
    while len(hits_by_article) < min(plan.end, plan.full) and count < plan.records:
        count = ranking.fetched_first(plan, count)
        hits_by_article = ranking.grouped(reader.best(request.tree, count, request.order))
    page_groups = list(hits_by_article.values())[plan.end - request.size : plan.end]
    if count < plan.records:
        return _completed(reader, request, page_groups)
    return [_ranked(hits[: request.shown], len(hits)) for hits in page_groups]


def _completed(reader: Local, request: PageRequest, page_groups: list[list[Hit]]) -> list[Ranked]:
    """The groups with as many hits as are shown, where they have them."""
    if not page_groups:
        return []
    names = _names(reader, page_groups)
    inside = reader.best(_inside(request.tree, names), _TOGETHER, request.order)
    hits_by_article = ranking.grouped(inside)
    if len(inside) < _TOGETHER:
        counts: Mapping[int, int] = {number: len(hits) for number, hits in hits_by_article.items()}
    else:
        counts = _counted(reader, request.tree, names)
    ranked = []
    for name, hits in zip(names, page_groups, strict=True):
        number = hits[0].group
        count = counts[number]
        expected = min(request.shown, count)
        if len(hits) < expected:
            hits = [
                hits[0],
                *(hit for hit in hits_by_article.get(number, ()) if hit.ref != hits[0].ref),
            ]
        if len(hits) < expected:
            best = reader.best(_inside(request.tree, [name]), request.shown, request.order)
            # the first stays first: a group stands where it was ranked
            hits = [hits[0], *(hit for hit in best if hit.ref != hits[0].ref)]
        ranked.append(_ranked(hits[: request.shown], count))
    return ranked


def _passages(reader: Local, plan: PagePlan) -> list[Ranked]:
    request = plan.request
    hits = reader.best(request.tree, request.size, request.order, plan.end - request.size)
    if not hits or not request.counted:
        return [_ranked([hit], 1) for hit in hits]
    firsts = [[hit] for hit in {hit.group: hit for hit in hits}.values()]
    by_group = _counted(reader, request.tree, _names(reader, firsts))
    return [_ranked([hit], by_group[hit.group]) for hit in hits]


def _ranked(hits: list[Hit], count: int) -> Ranked:
    return Ranked(hits, [False] * len(hits), count)


def _names(reader: Local, groups: Sequence[list[Hit]]) -> list[str]:
    """The ids of the articles of some groups."""
    return [article_of(stored) for stored in reader.load([hits[0].ref for hits in groups])]


def _counted(reader: Local, tree: nodes.Query, names: Sequence[str]) -> Mapping[int, int]:
    """How many records of each of some articles match."""
    return reader.tally(_inside(tree, names), ["group"])["group"]


def _inside(tree: nodes.Query, names: Sequence[str]) -> nodes.Query:
    return nodes.And([tree, nodes.Or([nodes.Term("article", name) for name in names])])


def _parents(reader: Local, groups: Sequence[PageGroup]) -> dict[str, bytes]:
    """The comments that the hits answer, by id, where the index holds them."""
    ids = {
        parent
        for group in groups
        for hit in group.hits
        # most comments answer none, and reading them takes longer than looking
        if b'"parent":' in hit.stored and (parent := orjson.loads(hit.stored).get("parent"))
    }
    if not ids:
        return {}
    hits = reader.best(
        nodes.Or([nodes.Term("id", parent_id) for parent_id in sorted(ids)]), len(ids)
    )
    stored = reader.load([hit.ref for hit in hits])
    return {orjson.loads(record)["id"]: record for record in stored}


# Records loaded at a time.
_AT_ONCE = 1000


def everything(reader: Local, size: int) -> Iterator[bytes]:
    """Yield the stored bytes of every record, in the order of indexing."""
    hits = reader.best(nodes.Every(), size)
    for start in range(0, len(hits), _AT_ONCE):
        yield from reader.load([hit.ref for hit in hits[start : start + _AT_ONCE]])
