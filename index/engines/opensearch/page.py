"""How is a page of answers asked of a cluster in two trips, or three?

The first asks what every page needs: the groups of the page, the counts, the facets, the other
totals; and, of a question whose partial matches may stand among the full ones, the best of both,
which are then put in order here. The second asks for what only the first could tell: the best hits
of these groups, all in one search, and partial matches when full ones are few. The third, of fewer
pages, for the comments that hits answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from whoosh.query import Query

from index.engines import ranking
from index.engines.opensearch import counts
from index.engines.opensearch.documents import unstored
from index.engines.opensearch.hits import (
    Ref,
    Walk,
    best,
    by_number,
    fields,
    inside,
    read_hit,
    sorting,
)
from index.engines.opensearch.schema import WINDOW
from index.engines.opensearch.snapshot import INSIDE, Body, Snapshot
from index.engines.opensearch.trees import NOTHING, compiled
from index.engines.opensearch.vocabulary import Looking, total
from index.engines.ranking import PagePlan, Ranked, Ranking
from index.engines.requests import (
    FacetValue,
    Hit,
    Order,
    Page,
    PageGroup,
    PageHit,
    PageRequest,
    SearchResult,
)


def page(snapshot: Snapshot, page_request: PageRequest) -> Page:
    """A page of answers with all that is shown around them. Raises IndexUnavailable."""
    asking = _Asking(snapshot, page_request)
    return asking.page()


class _Asking:
    """One page, as its answers come."""

    def __init__(self, snapshot: Snapshot, page_request: PageRequest) -> None:
        self._snapshot = snapshot
        self._page_request = page_request
        # what the trips gave of the records that may be shown, and the comments that they answer
        self._stored: dict[Ref, bytes] = {}
        self._answered: dict[Ref, str] = {}

    def page(self) -> Page:
        page_request = self._page_request
        looking = Looking(page_request.look)
        first = self._first()
        answers = iter(
            self._snapshot.ask([*looking.searches, *(("records", body) for body in first)])
        )
        looked = looking.read(self._snapshot, answers)
        main = next(answers)
        counting = [next(answers) if body else main for body in self._other_totals]
        totals = [answer["hits"]["total"]["value"] for answer in counting]
        facets = dict(main["aggregations"])
        for _ in self._beside:
            facets |= next(answers)["aggregations"]
        aggregations = main["aggregations"]
        kinds = counts.buckets(aggregations["kinds"])
        groups, few = aggregations["groups"]["value"]
        plan = PagePlan(page_request, groups, sum(kinds.values()))
        ranked = self._ranking(plan, main, few, answers)
        parents, matching = self._parents_and_matches(ranked)
        return Page(
            groups,
            kinds,
            [self._page_group(group, matching) for group in ranked.groups],
            ranked.matches,
            ranked.listed,
            ranked.has_next,
            parents,
            self._facets(facets),
            counts.begun(aggregations["spans"]) if page_request.spans else (),
            totals,
            looked,
        )

    def _first(self) -> list[Body]:
        page_request = self._page_request
        bodies = [self._main(), *filter(None, self._other_totals)]
        bodies += [
            total(page_request.beside[name]) | {"aggs": self._facet(name, counts.FIRST)}
            for name in self._beside
        ]
        if self._perhaps_mixed and page_request.looser is not None:
            bodies.append(best(page_request.tree, ranking.MANY))
            bodies.append(best(page_request.looser, ranking.AMONG + ranking.MANY))
        return bodies + self._alone

    @cached_property
    def _other_totals(self) -> list[Body | None]:
        """What counts the other totals; None: the page itself, where it finds the same."""
        found = total(self._page_request.tree)
        bodies = map(total, self._page_request.totals)
        return [None if body == found else body for body in bodies]

    @property
    def _perhaps_mixed(self) -> bool:
        """Whether partial matches may stand among full ones: how many there are decides."""
        page_request = self._page_request
        mixed = (
            page_request.mixed
            and page_request.order == "relevance"
            and page_request.looser is not None
        )
        return mixed and not self._alone

    @cached_property
    def _alone(self) -> list[Body]:
        """What finds partial matches, where it is known beforehand that none is full."""
        nothing = PagePlan(self._page_request, groups=0, records=0)
        if nothing.partial is None or compiled(self._page_request.tree, scored=False) != NOTHING:
            return []
        return self._after(nothing.partial, nothing, [], 0)

    def _main(self) -> Body:
        page_request = self._page_request
        begin = (page_request.number - 1) * page_request.size
        # of a group, what is stored comes with the best inside it, the first among them
        body = best(
            page_request.tree,
            page_request.size,
            page_request.order,
            stored=not page_request.grouped,
        )
        if begin + page_request.size > WINDOW:
            # grouped or not, what is so far down is walked to (see `Walk`)
            body["size"] = 0
        else:
            body["from"] = begin
            if page_request.grouped:
                body["collapse"] = {"field": "group"}
        # partial matches follow few full ones, and leave out the groups of these
        aggs = {"groups": counts.groups(ranking.FEW), "kinds": counts.KINDS}
        for name in page_request.facets:
            if name not in page_request.beside:
                aggs |= self._facet(name, counts.FIRST)
        if page_request.spans:
            aggs["spans"] = counts.spans(page_request.spans)
        return body | {"aggs": aggs}

    @property
    def _beside(self) -> list[str]:
        """The facets that are not counted over what the page finds."""
        return [name for name in self._page_request.facets if name in self._page_request.beside]

    def _facet(self, name: str, values: int) -> dict[str, counts.Aggregation]:
        aggs = {f"facet {name}": counts.facet(name, self._page_request.most, values)}
        if named := self._page_request.named.get(name):
            aggs[f"named {name}"] = counts.some_values(name, named)
        return aggs

    def _ranking(
        self, plan: PagePlan, main: Any, few: Sequence[int], answers: Iterator[Any]
    ) -> Ranking:
        page_request, partial = self._page_request, plan.partial
        if self._perhaps_mixed:
            full, loose = answers
            if plan.mixed:
                loose_hits = SearchResult(loose["hits"]["total"]["value"], self._hits(loose))
                return ranking.mixed(plan, self._hits(full), loose_hits)
        firsts = self._firsts(plan, main)
        bodies = []
        if page_request.grouped and firsts:
            groups = [hit.group for hit in firsts]
            bodies.append(inside(page_request.tree, groups, page_request.shown, page_request.order))
        after = partial is not None and plan.full < ranking.FEW
        if partial is not None and after:
            bodies += self._after(partial, plan, few, len(firsts))
        more = answers if self._alone else iter(self._snapshot.records(*bodies))
        if page_request.grouped:
            ranked = self._groups(firsts, next(more)) if firsts else []
        else:
            ranked = [Ranked([hit], [False], 1) for hit in firsts]
        count = plan.records
        if after:
            last = [*more]
            count = last[-1]["hits"]["total"]["value"]
            ranked += self._partial(last[0])
        return Ranking(ranked, plan.full > plan.end, plan.full, count)

    def _firsts(self, plan: PagePlan, main: Any) -> list[Hit]:
        """The first hit of each full group of the page, or the page's full hits."""
        if plan.end > WINDOW:
            return self._far(plan)
        keep = self._noted if self._page_request.grouped else self._keep
        return [keep(raw, self._page_request.order) for raw in main["hits"]["hits"]]

    def _groups(self, firsts: Sequence[Hit], answer: Any) -> list[Ranked]:
        buckets = answer["aggregations"][INSIDE]["buckets"]
        best_of = {bucket["key"]: bucket for bucket in buckets}
        return [self._group(first, best_of.get(first.group)) for first in firsts]

    def _group(self, first: Hit, bucket: Any) -> Ranked:
        if bucket is None:
            # a record of no article is a group by itself
            return Ranked([first], [False], 1)
        order = self._page_request.order
        other_hits = [self._keep(raw, order) for raw in bucket["shown"]["hits"]["hits"]]
        # the first stays first: a group stands where it was ranked
        group_hits = [first, *(hit for hit in other_hits if hit.ref != first.ref)][
            : self._page_request.shown
        ]
        return Ranked(group_hits, [False] * len(group_hits), bucket["doc_count"])

    def _after(
        self, partial: Query, plan: PagePlan, full: Sequence[int], groups: int
    ) -> list[Body]:
        """What finds the groups of partial matches that end the page, and how many match so."""
        page_request = self._page_request
        room = page_request.size - groups
        # the same count on every page
        counted = total(partial)
        if not ranking.last(plan) or room <= 0:
            return [counted]
        body = best(partial, room, stored=not page_request.grouped)
        if page_request.grouped:
            body["collapse"] = collapsed(page_request.shown, page_request.order)
        if not full:
            return [body]
        body["query"] = {
            "bool": {"must": [body["query"]], "must_not": [{"terms": {"group": [*full]}}]}
        }
        return [body, counted]

    def _partial(self, answer: Any) -> list[Ranked]:
        """The groups of partial matches of an answer."""
        ranked = []
        for raw in answer["hits"]["hits"]:
            inner = (
                raw["inner_hits"]["shown"]["hits"]["hits"] if self._page_request.grouped else [raw]
            )
            group_hits = [self._keep(inner_hit, "relevance") for inner_hit in inner]
            ranked.append(Ranked(group_hits, [True] * len(group_hits), len(group_hits)))
        return ranked

    def _far(self, plan: PagePlan) -> list[Hit]:
        """A page beyond what a cluster gives at once: single hits are walked to."""
        page_request = self._page_request
        if page_request.grouped:
            raise self._snapshot.client.of(
                400,
                {
                    "type": "too_far",
                    "reason": f"plus de {WINDOW} articles : demandez les passages, ou un export",
                },
            )
        walk = Walk(self._snapshot, page_request.tree, page_request.order)
        hits = walk.between(plan.end - page_request.size, page_request.size)
        return [self._keep(hit, page_request.order) for hit in hits]

    def _hits(self, answer: Any) -> list[Hit]:
        return [self._noted(hit, "relevance") for hit in answer["hits"]["hits"]]

    def _noted(self, raw: Any, order: Order | None) -> Hit:
        hit = read_hit(raw, order)
        if parent := raw.get("fields", {}).get("parent"):
            self._answered[hit.ref] = parent[0]
        return hit

    def _keep(self, raw: Any, order: Order | None) -> Hit:
        hit = self._noted(raw, order)
        self._stored[hit.ref] = unstored(raw["_source"])
        return hit

    def _parents_and_matches(
        self, ranked: Ranking
    ) -> tuple[dict[str, bytes], dict[int, int] | None]:
        """What only the hits that are shown could tell, in one trip or none.

        The comments that they answer, by id; and of single hits, where it is wanted, how many
        records of each of their groups match.
        """
        page_request = self._page_request
        hits_shown = [hit for group in ranked.groups for hit in group.hits]
        lacking = [hit.ref for hit in hits_shown if hit.ref not in self._stored]
        ids = sorted({self._answered[hit.ref] for hit in hits_shown if hit.ref in self._answered})
        groups = (
            sorted({hit.group for hit in hits_shown})
            if page_request.counted and not page_request.grouped
            else []
        )
        bodies = [by_number(lacking)] if lacking else []
        if ids:
            answered: Body = {"bool": {"filter": [{"terms": {"id": ids}}]}}
            bodies.append({"query": answered, "size": len(ids), "docvalue_fields": ["id"]})
        if groups:
            bodies.append(total(page_request.tree) | {"aggs": {"found": counts.by_group(groups)}})
        answers = iter(self._snapshot.records(*bodies))
        for raw in next(answers)["hits"]["hits"] if lacking else ():
            self._keep(raw, None)
        parents = {
            raw["fields"]["id"][0]: unstored(raw["_source"])
            for raw in (next(answers)["hits"]["hits"] if ids else ())
        }
        matching = counts.buckets(next(answers)["aggregations"]["found"]) if groups else None
        return parents, matching

    def _page_group(self, group: Ranked, matching: dict[int, int] | None) -> PageGroup:
        page_hits = [
            PageHit(self._stored[hit.ref], hit.score, partial)
            for hit, partial in zip(group.hits, group.partial, strict=True)
        ]
        if matching is None or all(group.partial):
            return PageGroup(page_hits, group.matches)
        return PageGroup(page_hits, matching[group.hits[0].group])

    def _facets(self, aggregations: Any) -> dict[str, list[FacetValue]]:
        page_request = self._page_request
        counted = {name: aggregations[f"facet {name}"] for name in page_request.facets}
        open = [
            name for name in counted if not counts.settled(name, counted[name], page_request.most)
        ]
        if open:
            bodies = [
                total(page_request.beside.get(name, page_request.tree))
                | {"aggs": {name: counts.facet(name, page_request.most, counts.LAST)}}
                for name in open
            ]
            for name, answer in zip(open, self._snapshot.records(*bodies), strict=True):
                counted[name] = answer["aggregations"][name]
                if not counts.settled(name, counted[name], page_request.most):
                    raise counts.unsettled(self._snapshot.client, name)
        return {
            name: counts.facet_values(name, counted[name], aggregations.get(f"named {name}"))
            for name in page_request.facets
        }


def collapsed(shown: int, order: Order) -> Body:
    """One hit a group, and beside it the best of the group with their number."""
    inner = {
        "name": "shown",
        "size": shown,
        "sort": sorting(order),
        **fields(stored=True),
    }
    return {"field": "group", "inner_hits": inner}
