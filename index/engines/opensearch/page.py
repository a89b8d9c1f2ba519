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
from index.engines.ranking import Ranked, Ranking, Wanted
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


def page(snapshot: Snapshot, asked: PageRequest) -> Page:
    """A page of answers with all that is shown around them. Raises IndexUnavailable."""
    asking = _Asking(snapshot, asked)
    return asking.page()


class _Asking:
    """One page, as its answers come."""

    def __init__(self, snapshot: Snapshot, asked: PageRequest) -> None:
        self._snapshot = snapshot
        self._asked = asked
        # what the trips gave of the records that may be shown, and the comments that they answer
        self._known: dict[Ref, bytes] = {}
        self._answered: dict[Ref, str] = {}

    def page(self) -> Page:
        asked = self._asked
        looking = Looking(asked.look)
        first = self._first()
        answers = iter(self._snapshot.ask([*looking.asked, *(("records", body) for body in first)]))
        looked = looking.read(self._snapshot, answers)
        main = next(answers)
        counting = [next(answers) if body else main for body in self._others]
        others = [answer["hits"]["total"]["value"] for answer in counting]
        facets = dict(main["aggregations"])
        for _ in self._beside:
            facets |= next(answers)["aggregations"]
        aggregations = main["aggregations"]
        kinds = counts.buckets(aggregations["kinds"])
        groups, few = aggregations["groups"]["value"]
        wanted = Wanted(asked, groups, sum(kinds.values()))
        ranked = self._ranking(wanted, main, few, answers)
        parents, matching = self._rest(ranked)
        return Page(
            groups,
            kinds,
            [self._shown(group, matching) for group in ranked.groups],
            ranked.matches,
            ranked.listed,
            ranked.has_next,
            parents,
            self._facets(facets),
            counts.begun(aggregations["spans"]) if asked.spans else (),
            others,
            looked,
        )

    def _first(self) -> list[Body]:
        asked = self._asked
        bodies = [self._main(), *filter(None, self._others)]
        bodies += [
            total(asked.beside[name]) | {"aggs": self._facet(name, counts.FIRST)}
            for name in self._beside
        ]
        if self._perhaps_mixed and asked.looser is not None:
            bodies.append(best(asked.tree, ranking.MANY))
            bodies.append(best(asked.looser, ranking.AMONG + ranking.MANY))
        return bodies + self._alone

    @cached_property
    def _others(self) -> list[Body | None]:
        """What counts the other totals; None: the page itself, where it finds the same."""
        found = total(self._asked.tree)
        bodies = map(total, self._asked.totals)
        return [None if body == found else body for body in bodies]

    @property
    def _perhaps_mixed(self) -> bool:
        """Whether partial matches may stand among full ones: how many there are decides."""
        asked = self._asked
        mixed = asked.mixed and asked.order == "relevance" and asked.looser is not None
        return mixed and not self._alone

    @cached_property
    def _alone(self) -> list[Body]:
        """What finds partial matches, where it is known beforehand that none is full."""
        nothing = Wanted(self._asked, groups=0, records=0)
        if nothing.partial is None or compiled(self._asked.tree, scored=False) != NOTHING:
            return []
        return self._after(nothing.partial, nothing, [], 0)

    def _main(self) -> Body:
        asked = self._asked
        begin = (asked.number - 1) * asked.size
        # of a group, what is stored comes with the best inside it, the first among them
        body = best(asked.tree, asked.size, asked.order, stored=not asked.grouped)
        if begin + asked.size > WINDOW:
            # grouped or not, what is so far down is walked to (see `Walk`)
            body["size"] = 0
        else:
            body["from"] = begin
            if asked.grouped:
                body["collapse"] = {"field": "group"}
        # partial matches follow few full ones, and leave out the groups of these
        aggs = {"groups": counts.groups(ranking.FEW), "kinds": counts.KINDS}
        for name in asked.facets:
            if name not in asked.beside:
                aggs |= self._facet(name, counts.FIRST)
        if asked.spans:
            aggs["spans"] = counts.spans(asked.spans)
        return body | {"aggs": aggs}

    @property
    def _beside(self) -> list[str]:
        """The facets that are not counted over what the page finds."""
        return [name for name in self._asked.facets if name in self._asked.beside]

    def _facet(self, name: str, values: int) -> dict[str, counts.Aggregation]:
        aggs = {f"facet {name}": counts.facet(name, self._asked.most, values)}
        if named := self._asked.named.get(name):
            aggs[f"named {name}"] = counts.some_values(name, named)
        return aggs

    def _ranking(
        self, wanted: Wanted, main: Any, few: Sequence[int], answers: Iterator[Any]
    ) -> Ranking:
        asked, partial = self._asked, wanted.partial
        if self._perhaps_mixed:
            full, loose = answers
            if wanted.mixed:
                loose_hits = SearchResult(loose["hits"]["total"]["value"], self._hits(loose))
                return ranking.mixed(wanted, self._hits(full), loose_hits)
        firsts = self._firsts(wanted, main)
        bodies = []
        if asked.grouped and firsts:
            groups = [hit.group for hit in firsts]
            bodies.append(inside(asked.tree, groups, asked.shown, asked.order))
        after = partial is not None and wanted.full < ranking.FEW
        if partial is not None and after:
            bodies += self._after(partial, wanted, few, len(firsts))
        more = answers if self._alone else iter(self._snapshot.records(*bodies))
        if asked.grouped:
            ranked = self._groups(firsts, next(more)) if firsts else []
        else:
            ranked = [Ranked([hit], [False], 1) for hit in firsts]
        count = wanted.records
        if after:
            last = [*more]
            count = last[-1]["hits"]["total"]["value"]
            ranked += self._partial(last[0])
        return Ranking(ranked, wanted.full > wanted.end, wanted.full, count)

    def _firsts(self, wanted: Wanted, main: Any) -> list[Hit]:
        """The first hit of each full group of the page, or the page's full hits."""
        if wanted.end > WINDOW:
            return self._far(wanted)
        keep = self._noted if self._asked.grouped else self._keep
        return [keep(raw, self._asked.order) for raw in main["hits"]["hits"]]

    def _groups(self, firsts: Sequence[Hit], answer: Any) -> list[Ranked]:
        buckets = answer["aggregations"][INSIDE]["buckets"]
        best_of = {bucket["key"]: bucket for bucket in buckets}
        return [self._group(first, best_of.get(first.group)) for first in firsts]

    def _group(self, first: Hit, bucket: Any) -> Ranked:
        if bucket is None:
            # a record of no article is a group by itself
            return Ranked([first], [False], 1)
        order = self._asked.order
        others = [self._keep(raw, order) for raw in bucket["shown"]["hits"]["hits"]]
        # the first stays first: a group stands where it was ranked
        kept = [first, *(hit for hit in others if hit.ref != first.ref)][: self._asked.shown]
        return Ranked(kept, [False] * len(kept), bucket["doc_count"])

    def _after(
        self, partial: Query, wanted: Wanted, full: Sequence[int], groups: int
    ) -> list[Body]:
        """What finds the groups of partial matches that end the page, and how many match so."""
        asked = self._asked
        room = asked.size - groups
        # the same count on every page
        counted = total(partial)
        if not ranking.last(wanted) or room <= 0:
            return [counted]
        body = best(partial, room, stored=not asked.grouped)
        if asked.grouped:
            body["collapse"] = collapsed(asked.shown, asked.order)
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
            inner = raw["inner_hits"]["shown"]["hits"]["hits"] if self._asked.grouped else [raw]
            kept = [self._keep(inner_hit, "relevance") for inner_hit in inner]
            ranked.append(Ranked(kept, [True] * len(kept), len(kept)))
        return ranked

    def _far(self, wanted: Wanted) -> list[Hit]:
        """A page beyond what a cluster gives at once: single hits are walked to."""
        asked = self._asked
        if asked.grouped:
            raise self._snapshot.client.of(
                400,
                {
                    "type": "too_far",
                    "reason": f"plus de {WINDOW} articles : demandez les passages, ou un export",
                },
            )
        walk = Walk(self._snapshot, asked.tree, asked.order)
        given = walk.between(wanted.end - asked.size, asked.size)
        return [self._keep(hit, asked.order) for hit in given]

    def _hits(self, answer: Any) -> list[Hit]:
        return [self._noted(hit, "relevance") for hit in answer["hits"]["hits"]]

    def _noted(self, raw: Any, order: Order | None) -> Hit:
        hit = read_hit(raw, order)
        if parent := raw.get("fields", {}).get("parent"):
            self._answered[hit.ref] = parent[0]
        return hit

    def _keep(self, raw: Any, order: Order | None) -> Hit:
        hit = self._noted(raw, order)
        self._known[hit.ref] = unstored(raw["_source"])
        return hit

    def _rest(self, ranked: Ranking) -> tuple[dict[str, bytes], dict[int, int] | None]:
        """What only the hits that are shown could tell, in one trip or none.

        The comments that they answer, by id; and of single hits, where it is wanted, how many
        records of each of their groups match.
        """
        asked = self._asked
        shown = [hit for group in ranked.groups for hit in group.hits]
        lacking = [hit.ref for hit in shown if hit.ref not in self._known]
        ids = sorted({self._answered[hit.ref] for hit in shown if hit.ref in self._answered})
        groups = sorted({hit.group for hit in shown}) if asked.counted and not asked.grouped else []
        bodies = [by_number(lacking)] if lacking else []
        if ids:
            answered: Body = {"bool": {"filter": [{"terms": {"id": ids}}]}}
            bodies.append({"query": answered, "size": len(ids), "docvalue_fields": ["id"]})
        if groups:
            bodies.append(total(asked.tree) | {"aggs": {"found": counts.by_group(groups)}})
        answers = iter(self._snapshot.records(*bodies))
        for raw in next(answers)["hits"]["hits"] if lacking else ():
            self._keep(raw, None)
        parents = {
            raw["fields"]["id"][0]: unstored(raw["_source"])
            for raw in (next(answers)["hits"]["hits"] if ids else ())
        }
        matching = counts.buckets(next(answers)["aggregations"]["found"]) if groups else None
        return parents, matching

    def _shown(self, group: Ranked, matching: dict[int, int] | None) -> PageGroup:
        shown = [
            PageHit(self._known[hit.ref], hit.score, partial)
            for hit, partial in zip(group.hits, group.partial, strict=True)
        ]
        if matching is None or all(group.partial):
            return PageGroup(shown, group.matches)
        return PageGroup(shown, matching[group.hits[0].group])

    def _facets(self, aggregations: Any) -> dict[str, list[FacetValue]]:
        asked = self._asked
        counted = {name: aggregations[f"facet {name}"] for name in asked.facets}
        open = [name for name in counted if not counts.settled(name, counted[name], asked.most)]
        if open:
            bodies = [
                total(asked.beside.get(name, asked.tree))
                | {"aggs": {name: counts.facet(name, asked.most, counts.LAST)}}
                for name in open
            ]
            for name, answer in zip(open, self._snapshot.records(*bodies), strict=True):
                counted[name] = answer["aggregations"][name]
                if not counts.settled(name, counted[name], asked.most):
                    raise counts.unsettled(self._snapshot.client, name)
        return {
            name: counts.facet_values(name, counted[name], aggregations.get(f"named {name}"))
            for name in asked.facets
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
