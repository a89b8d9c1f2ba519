"""How is a page of answers asked of a cluster in two trips?

The first asks what every page needs: the groups of the page with the numbers of their best hits,
the counts, the facets, the other totals; and, of a question whose partial matches may stand among
the full ones, the best of both, which are then put in order here. The second asks for what is
stored with the hits, and with the comments that they answer. Between both, one more where partial
matches follow full ones that are few, if that was not to be foreseen.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from functools import cached_property
from typing import Any

import orjson
from whoosh.query import Query

from index.engines import ranking
from index.engines.opensearch import counts, ranks
from index.engines.opensearch.documents import masked, unstored
from index.engines.opensearch.hits import Ref, Walk, best, by_number, read_hit, too_far
from index.engines.opensearch.ranks import RankedGroup, RankedHit, Ranks
from index.engines.opensearch.schema import WINDOW
from index.engines.opensearch.snapshot import RANKED, Body, Snapshot
from index.engines.opensearch.totals import Totals
from index.engines.opensearch.trees import NOTHING, compiled
from index.engines.opensearch.vocabulary import Looking, total
from index.engines.ranking import PagePlan, Ranked, Ranking
from index.engines.requests import (
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
)

# Records that match, fewer than which are likely to be in few groups.
_LIKELY = 10 * ranking.FEW


def page(snapshot: Snapshot, page_request: PageRequest) -> Page:
    """A page of answers with all that is shown around them. Raises IndexUnavailable."""
    asking = _Asking(snapshot, page_request)
    return asking.page()


class _Asking:
    """One page, as its answers come."""

    def __init__(self, snapshot: Snapshot, page_request: PageRequest) -> None:
        self._snapshot = snapshot
        self._page_request = page_request
        self._totals = Totals(snapshot, page_request)
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
        totals = self._totals.read(main["hits"]["total"]["value"], answers)
        facets: dict[str, Any] = {}
        for _ in self._facets:
            facets |= next(answers)["aggregations"]
        aggregations = main["aggregations"]
        kinds = counts.kinds(main)
        full = ranks.read(main, page_request.order)
        plan = PagePlan(page_request, full.articles, sum(kinds.values()))
        ranked = self._ranking(plan, full, answers)
        later = page_request.later
        look = later(Halfway(sum(kinds.values()), totals, looked)) if later else Look()
        parents, matching, looked_later = self._shown(ranked, facets, Looking(look))
        return Page(
            full.articles,
            kinds,
            [self._page_group(group, matching) for group in ranked.groups],
            ranked.matches,
            ranked.listed,
            ranked.has_next,
            parents,
            {
                name: counts.facet_values(
                    name, facets[f"facet {name}"], facets.get(f"named {name}")
                )
                for name in page_request.facets
            },
            counts.within(aggregations["spans"]) if page_request.spans else (),
            totals,
            looked,
            looked_later,
        )

    def _first(self) -> list[Body]:
        bodies = [self._main(), *self._totals.searches, *self._facets, *self._single]
        if self._loose_asked:
            bodies.append(self._loose)
        return bodies + self._alone + self._foreseen

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

    @property
    def _loose_asked(self) -> bool:
        """Whether the best partial matches are asked for at once, to stand among full ones."""
        estimate = self._page_request.estimate
        return self._perhaps_mixed and (estimate is None or 0 < estimate < ranking.MANY)

    @property
    def _loose(self) -> Body:
        """The best partial matches, as many as may stand among full ones.

        Of these there are about as many as was said: the next are not read for nothing.
        """
        page_request = self._page_request
        assert page_request.looser is not None
        return best(page_request.looser, ranking.AMONG + (page_request.estimate or ranking.MANY))

    @cached_property
    def _alone(self) -> list[Body]:
        """What finds partial matches, where it is known beforehand that none is full."""
        empty_plan = PagePlan(self._page_request, groups=0, records=0)
        if empty_plan.partial is None or compiled(self._page_request.tree, scored=False) != NOTHING:
            return []
        return self._after(empty_plan.partial, empty_plan, [], 0)

    @cached_property
    def _foreseen(self) -> list[Body]:
        """What finds partial matches, where full ones are likely to be in few groups.

        Those may be among the best groups of partial matches, and are then passed over.
        """
        page_request = self._page_request
        partial, estimate = self._partial_foreseen, page_request.estimate
        if partial is None or estimate is None or estimate >= _LIKELY or page_request.number > 1:
            return []
        if self._alone or self._loose_asked:
            return []
        shown = page_request.shown if page_request.grouped else page_request.size
        span = ranks.Span(0, page_request.size + ranking.FEW, shown)
        return [ranks.ranking(partial, "relevance", span)]

    @property
    def _partial_foreseen(self) -> Query | None:
        """What partial matches meet, if about as many records match as was said."""
        return PagePlan(self._page_request, 0, self._page_request.estimate or 0).partial

    @property
    def _single(self) -> list[Body]:
        """What finds the single hits of a page, in a search of their own as facets are."""
        page_request = self._page_request
        if page_request.grouped or not self._end:
            return []
        body = best(page_request.tree, page_request.size, page_request.order, stored=True)
        return [body | {"from": self._end - page_request.size}]

    def _main(self) -> Body:
        page_request = self._page_request
        begin, end = (page_request.number - 1) * page_request.size, self._end
        # partial matches follow few full ones, and leave out the groups of these
        span = ranks.Span(begin, end if page_request.grouped else 0, page_request.shown)
        body = ranks.ranking(
            page_request.tree,
            page_request.order,
            span,
            few=ranking.FEW,
            every=ranking.MANY if self._perhaps_mixed else 0,
        )
        aggs = body["aggs"] | {"kinds": counts.KINDS}
        if page_request.spans:
            aggs["spans"] = counts.spans(page_request.spans)
        return body | {"aggs": aggs}

    @property
    def _end(self) -> int:
        """How many groups or hits there are up to the end of the page; 0 when it is too far."""
        end = self._page_request.number * self._page_request.size
        # grouped or not, what is so far down is walked to (see `Walk`)
        return 0 if end > WINDOW else end

    @cached_property
    def _facets(self) -> list[Body]:
        """What counts the facets: those of what the page finds together, each other one alone.

        In a search of their own: a script counts the articles of a facet's values, and two scripts
        in one search are given wrong scores (`ranks.ranking`).
        """
        page_request = self._page_request
        aggs: dict[str, counts.Aggregation] = {}
        for name in page_request.facets:
            if name not in page_request.beside:
                aggs |= self._facet(name, counts.FIRST)
        beside = {
            name: tree for name, tree in page_request.beside.items() if name in page_request.facets
        }
        return [
            *([total(page_request.tree) | {"aggs": aggs}] if aggs else []),
            *(total(beside[name]) | {"aggs": self._facet(name, counts.FIRST)} for name in beside),
        ]

    def _facet(self, name: str, values: int) -> dict[str, counts.Aggregation]:
        aggs = {f"facet {name}": counts.facet(name, self._page_request.most, values)}
        if named := self._page_request.named.get(name):
            aggs[f"named {name}"] = counts.some_values(name, named)
        return aggs

    def _ranking(self, plan: PagePlan, full: Ranks, answers: Iterator[Any]) -> Ranking:
        page_request, partial = self._page_request, plan.partial
        raw_hits = next(answers)["hits"]["hits"] if self._single else []
        loose = next(answers) if self._loose_asked else None
        if plan.mixed:
            if loose is None or len(loose["hits"]["hits"]) < min(
                loose["hits"]["total"]["value"], ranking.AMONG + plan.records
            ):
                most = best(plan.partial, ranking.AMONG + plan.records)
                [loose] = self._snapshot.records(most)
            full_hits = [self._note(ranked_hit) for ranked_hit in full.every]
            loose_hits = SearchResult(loose["hits"]["total"]["value"], self._hits(loose))
            return ranking.mixed(plan, full_hits, loose_hits)
        if plan.end > WINDOW:
            ranked = [Ranked([hit], [False], 1) for hit in self._far(plan)]
        elif page_request.grouped:
            ranked = [self._group(group, partial=False) for group in full.groups]
        else:
            hits = [self._keep(raw, page_request.order) for raw in raw_hits]
            ranked = [Ranked([hit], [False], 1) for hit in hits]
        records = plan.records
        if partial is not None and plan.full < ranking.FEW:
            if self._alone or (self._foreseen and partial is self._partial_foreseen):
                last = [*answers]
            else:
                bodies = self._after(partial, plan, full.few, len(ranked))
                last = self._snapshot.records(*bodies)
            records = last[-1]["hits"]["total"]["value"]
            if ranking.last(plan):
                ranked += self._partial(last[0], {*full.few})[: page_request.size - len(ranked)]
        return Ranking(ranked, plan.full > plan.end, plan.full, records)

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
        if page_request.grouped:
            span = ranks.Span(0, room, page_request.shown)
            body = ranks.ranking(partial, "relevance", span, without=full)
        else:
            body = best(partial, room, stored=True)
            if full:
                body["query"] = {
                    "bool": {"must": [body["query"]], "must_not": [ranks.of_groups(full)]}
                }
        return [body, counted] if full else [body]

    def _partial(self, answer: Any, full: Container[int]) -> list[Ranked]:
        """The groups of partial matches of an answer, but those that have a full one."""
        if RANKED not in answer.get("aggregations", ()):
            hits = [self._keep(raw, "relevance") for raw in answer["hits"]["hits"]]
            return [Ranked([hit], [True], 1) for hit in hits]
        groups = [
            self._group(group, partial=True)
            for group in ranks.read(answer, "relevance").groups
            if group.hits[0].hit.group not in full
        ]
        if self._page_request.grouped:
            return groups
        hits = [hit for group in groups for hit in group.hits]
        hits.sort(key=lambda hit: (-hit.score, hit.ref))
        return [Ranked([hit], [True], 1) for hit in hits]

    def _group(self, group: RankedGroup, *, partial: bool) -> Ranked:
        hits = [self._note(ranked_hit) for ranked_hit in group.hits]
        return Ranked(hits, [partial] * len(hits), len(hits) if partial else group.matches)

    def _far(self, plan: PagePlan) -> list[Hit]:
        """A page beyond what a cluster gives at once: single hits are walked to."""
        page_request = self._page_request
        if page_request.grouped:
            raise too_far(self._snapshot.client)
        walk = Walk(self._snapshot, page_request.tree, page_request.order)
        hits = walk.between(plan.end - page_request.size, page_request.size)
        return [self._keep(hit, page_request.order) for hit in hits]

    def _note(self, ranked_hit: RankedHit) -> Hit:
        if ranked_hit.parent is not None:
            self._answered[ranked_hit.hit.ref] = ranked_hit.parent
        return ranked_hit.hit

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

    def _shown(
        self, ranked: Ranking, facets: dict[str, Any], looking: Looking
    ) -> tuple[dict[str, bytes], dict[int, int] | None, LookAnswer]:
        """What only the first answers could tell to ask for, in one trip or none.

        What is stored with the hits that are shown; the comments that they answer, by id; and of
        single hits, where it is wanted, how many records of each of their groups match. With them,
        the later look, and the facets whose commonest values the shards did not settle, which are
        put in their place.
        """
        page_request = self._page_request
        hits_shown = [hit for group in ranked.groups for hit in group.hits]
        lacking = [hit.ref for hit in hits_shown if hit.ref not in self._stored]
        ids = (
            sorted({self._answered[hit.ref] for hit in hits_shown if hit.ref in self._answered})
            if page_request.parents
            else []
        )
        groups = (
            sorted({hit.group for hit in hits_shown})
            if page_request.counted and not page_request.grouped
            else []
        )
        open = [
            name
            for name in page_request.facets
            if not counts.settled(name, facets[f"facet {name}"], page_request.most)
        ]
        wanted = bool(lacking or ids)
        bodies = [by_number(lacking, ids)] if wanted else []
        if groups:
            bodies.append(total(page_request.tree) | {"aggs": {"found": counts.by_group(groups)}})
        bodies += [
            total(page_request.beside.get(name, page_request.tree))
            | {"aggs": {f"facet {name}": counts.facet(name, page_request.most, counts.LAST)}}
            for name in open
        ]
        searches = [*looking.searches, *(("records", body) for body in bodies)]
        answers = iter(self._snapshot.ask(searches))
        looked = looking.read(self._snapshot, answers)
        parents = self._load(next(answers)["hits"]["hits"], {*lacking}, ids) if wanted else {}
        matching = counts.buckets(next(answers)["aggregations"]["found"]) if groups else None
        for name, answer in zip(open, answers, strict=True):
            facets |= answer["aggregations"]
            if not counts.settled(name, facets[f"facet {name}"], page_request.most):
                raise counts.unsettled(self._snapshot.client, name)
        return parents, matching, looked

    def _load(
        self, raw_hits: Sequence[Any], lacking: Container[Ref], ids: Sequence[str]
    ) -> dict[str, bytes]:
        """Keep what is stored with the hits that lack it; of the comments of some ids, return it,
        where the index holds them."""
        parents: dict[str, bytes] = {}
        for raw in raw_hits:
            if read_hit(raw, None).ref in lacking:
                self._keep(raw, None)
            for id in raw.get("fields", {}).get("id", ()):
                parents[id] = unstored(raw["_source"])
                if orjson.dumps(id) not in parents[id]:
                    raise masked("id")
        for ref, parent in self._answered.items():
            if ref in self._stored and orjson.dumps(parent) not in self._stored[ref]:
                raise masked("parent")
        return {id: parents[id] for id in ids if id in parents}

    def _page_group(self, group: Ranked, matching: dict[int, int] | None) -> PageGroup:
        page_hits = [
            PageHit(self._stored[hit.ref], hit.score, partial)
            for hit, partial in zip(group.hits, group.partial, strict=True)
        ]
        if matching is None or all(group.partial):
            return PageGroup(page_hits, group.matches)
        return PageGroup(page_hits, matching[group.hits[0].group])
