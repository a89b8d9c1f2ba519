"""How is a page of answers asked of a cluster in one trip, or two?

The first asks what every page needs: the groups of the page with their best hits, the counts, the
facets, the other totals; and, of a question whose partial matches may stand among the full ones,
the best of both, which are then put in order here. The second, of fewer pages, asks for what only
the first could tell: partial matches when full ones are few, and the comments that hits answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from whoosh.query import Query

from index.engines import ranking
from index.engines.opensearch import counts
from index.engines.opensearch.documents import unstored
from index.engines.opensearch.schema import WINDOW
from index.engines.opensearch.snapshot import Body, Snapshot
from index.engines.opensearch.trees import compiled
from index.engines.opensearch.vocabulary import Looking, total
from index.engines.ranking import Ranked, Ranking, Wanted
from index.engines.requests import (
    FacetValue,
    Found,
    Hit,
    Order,
    Page,
    PageGroup,
    PageHit,
    PageRequest,
)

_ORDER: dict[Order, list[Any]] = {
    "relevance": [{"_score": "desc"}],
    "newest": [{"end": {"order": "desc", "missing": "_last"}}],
    "oldest": [{"start": {"order": "asc", "missing": "_last"}}],
    "most_commented": [{"comments": {"order": "desc", "missing": "_last"}}],
    "first_seen": [{"seen": {"order": "desc", "missing": "_last"}}],
}
_STORED = ["stored", "packed", "parent"]


class Ref(NamedTuple):
    """A record of the cluster, by its document."""

    id: str


class Given(NamedTuple):
    """A hit, with what is stored with it."""

    hit: Hit
    stored: bytes
    parent: str | None


def best(tree: Query, count: int, order: Order = "relevance", *, stored: bool = False) -> Body:
    """The search of the best records, ties in the order of indexing."""
    scored = order == "relevance"
    return {
        "query": compiled(tree, scored=scored and count > 0),
        "size": count,
        "sort": sorting(order),
        "track_total_hits": True,
        "_source": _STORED if stored else False,
        "docvalue_fields": ["group"],
    }


def sorting(order: Order) -> list[Any]:
    """How hits are sorted."""
    return [*_ORDER[order], {"seq": "asc"}]


def hits(answer: Any) -> list[Hit]:
    """The hits of an answer."""
    return [_hit(one) for one in answer["hits"]["hits"]]


def _hit(said: Any) -> Hit:
    [group] = said.get("fields", {}).get("group", [0])
    return Hit(Ref(said["_id"]), said["_score"] or 0.0, group)


def _given(said: Any) -> Given:
    source = said["_source"]
    return Given(_hit(said), unstored(source), source.get("parent"))


def page(snapshot: Snapshot, asked: PageRequest) -> Page:
    """A page of answers with all that is shown around them. Raises IndexUnavailable."""
    asking = _Asking(snapshot, asked)
    return asking.page()


class _Asking:
    """One page, as its answers come."""

    def __init__(self, snapshot: Snapshot, asked: PageRequest) -> None:
        self._snapshot = snapshot
        self._asked = asked
        # by document, what the trips gave of the records that may be shown
        self._known: dict[Ref, Given] = {}

    def page(self) -> Page:
        asked = self._asked
        looking = Looking(asked.look)
        first = self._first()
        answers = iter(self._snapshot.ask([*looking.asked, *(("records", body) for body in first)]))
        looked = looking.read(self._snapshot, answers)
        main = next(answers)
        others = [next(answers)["hits"]["total"]["value"] for _ in asked.totals]
        aggregations = main["aggregations"]
        kinds = counts.buckets(aggregations["kinds"])
        groups = int(aggregations["groups"]["value"])
        wanted = Wanted(asked, groups, sum(kinds.values()))
        ranked = self._ranking(wanted, main, answers)
        self._complete(ranked)
        return Page(
            groups,
            kinds,
            [self._shown(group) for group in ranked.groups],
            ranked.found,
            ranked.listed,
            ranked.has_next,
            self._parents(ranked),
            self._facets(aggregations),
            others,
            looked,
        )

    def _first(self) -> list[Body]:
        asked = self._asked
        bodies = [self._main(), *map(total, asked.totals)]
        if asked.mixed and asked.order == "relevance":
            bodies.append(best(asked.tree, ranking.MANY))
            bodies += [best(one, ranking.AMONG + ranking.MANY) for one in self._partial()]
        return bodies

    def _partial(self) -> list[Query]:
        """What partial matches may meet: which, only the count of full ones says."""
        both = (self._asked.looser, self._asked.otherwise)
        return [tree for tree in both if tree is not None]

    def _main(self) -> Body:
        asked = self._asked
        begin = (asked.number - 1) * asked.size
        body = best(asked.tree, asked.size, asked.order, stored=True)
        if begin + asked.size > WINDOW:
            # grouped or not, what is so far down is walked to (see `Walk`)
            body["size"] = 0
        else:
            body["from"] = begin
            if asked.grouped:
                body["collapse"] = collapsed(asked.shown, asked.order)
        aggs = {"groups": counts.GROUPS, "kinds": counts.KINDS}
        aggs["few"] = counts.some_groups(ranking.FEW)
        for name in asked.facets:
            aggs[f"facet {name}"] = counts.facet(name, asked.most, counts.FIRST)
        return body | {"aggs": aggs}

    def _ranking(self, wanted: Wanted, main: Any, answers: Iterator[Any]) -> Ranking:
        asked, partial = self._asked, wanted.partial
        if asked.mixed and asked.order == "relevance":
            full, *loose = answers
            if partial is not None and wanted.mixed:
                found = loose[self._partial().index(partial)]
                found = Found(found["hits"]["total"]["value"], hits(found))
                return ranking.mixed(wanted, hits(full), found)
        groups = self._full(wanted, main)
        count = wanted.records
        if partial is not None and wanted.full < ranking.FEW:
            full_groups = [*counts.buckets(main["aggregations"]["few"])] if wanted.records else []
            more, count = self._after(partial, wanted, full_groups, len(groups))
            groups += more
        return Ranking(groups, wanted.full > wanted.end, wanted.full, count)

    def _full(self, wanted: Wanted, main: Any) -> list[Ranked]:
        asked = self._asked
        if wanted.end > WINDOW:
            return self._far(wanted)
        if asked.grouped:
            return [self._group(one) for one in main["hits"]["hits"]]
        given = [self._keep(_given(one)) for one in main["hits"]["hits"]]
        found = self._counted(given) if asked.counted else {}
        return [Ranked([hit], [False], found.get(hit.group, 1)) for hit in given]

    def _group(self, said: Any) -> Ranked:
        inner = said["inner_hits"]["shown"]
        found = [self._keep(_given(one)) for one in inner["hits"]["hits"]]
        # the first stays first: a group stands where it was ranked
        first = self._keep(_given(said))
        kept = [first, *(hit for hit in found if hit.ref != first.ref)][: self._asked.shown]
        return Ranked(kept, [False] * len(kept), inner["hits"]["total"]["value"])

    def _counted(self, given: Sequence[Hit]) -> dict[int, int]:
        """How many records of each of the groups of some hits match."""
        numbers = sorted({hit.group for hit in given})
        if not numbers:
            return {}
        body = total(self._asked.tree) | {"aggs": {"found": counts.by_group(numbers)}}
        [answer] = self._snapshot.records(body)
        return counts.buckets(answer["aggregations"]["found"])

    def _after(
        self, partial: Query, wanted: Wanted, full: Sequence[int], groups: int
    ) -> tuple[list[Ranked], int]:
        """The groups of partial matches that end the page, and how many records match so."""
        asked = self._asked
        room = asked.size - groups
        if not ranking.last(wanted) or room <= 0:
            # told on every page alike
            [answer] = self._snapshot.records(total(partial))
            return [], answer["hits"]["total"]["value"]
        body = best(partial, room, stored=True)
        if asked.grouped:
            body["collapse"] = collapsed(asked.shown, asked.order)
        if full:
            body["query"] = {
                "bool": {"must": [body["query"]], "must_not": [{"terms": {"group": [*full]}}]}
            }
        answer, every = self._snapshot.records(body, total(partial))
        found = []
        for one in answer["hits"]["hits"]:
            inner = one["inner_hits"]["shown"]["hits"]["hits"] if asked.grouped else [one]
            kept = [self._keep(_given(said)) for said in inner]
            found.append(Ranked(kept, [True] * len(kept), len(kept)))
        return found, every["hits"]["total"]["value"]

    def _far(self, wanted: Wanted) -> list[Ranked]:
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
        kept = [self._keep(_given(one)) for one in given]
        found = self._counted(kept) if asked.counted else {}
        return [Ranked([hit], [False], found.get(hit.group, 1)) for hit in kept]

    def _keep(self, given: Given) -> Hit:
        self._known[given.hit.ref] = given
        return given.hit

    def _complete(self, ranked: Ranking) -> None:
        """Load what is shown and was not given."""
        lacking = [
            hit for group in ranked.groups for hit in group.hits if hit.ref not in self._known
        ]
        if lacking:
            for given in loaded(self._snapshot, [hit.ref for hit in lacking]):
                self._known[given.hit.ref] = given

    def _shown(self, group: Ranked) -> PageGroup:
        return PageGroup(
            [
                PageHit(self._known[hit.ref].stored, hit.score, partial)
                for hit, partial in zip(group.hits, group.partial, strict=True)
            ],
            group.found,
        )

    def _parents(self, ranked: Ranking) -> dict[str, bytes]:
        """The comments that the hits answer, by id, where the index holds them."""
        shown = [self._known[hit.ref] for group in ranked.groups for hit in group.hits]
        ids = sorted({one.parent for one in shown if one.parent})
        if not ids:
            return {}
        body = {
            "query": {"bool": {"filter": [{"terms": {"id": ids}}]}},
            "size": len(ids),
            "_source": _STORED,
            "docvalue_fields": ["id"],
        }
        [answer] = self._snapshot.records(body)
        return {one["fields"]["id"][0]: unstored(one["_source"]) for one in answer["hits"]["hits"]}

    def _facets(self, aggregations: Any) -> dict[str, list[FacetValue]]:
        asked = self._asked
        counted = {name: aggregations[f"facet {name}"] for name in asked.facets}
        open = [name for name in counted if not counts.settled(name, counted[name], asked.most)]
        if open:
            aggs = {name: counts.facet(name, asked.most, counts.LAST) for name in open}
            [answer] = self._snapshot.records(total(asked.tree) | {"aggs": aggs})
            for name in open:
                counted[name] = answer["aggregations"][name]
                if not counts.settled(name, counted[name], asked.most):
                    raise counts.unsettled(self._snapshot.client, name)
        return {name: counts.facet_values(name, counted[name]) for name in asked.facets}


def collapsed(shown: int, order: Order) -> Body:
    """One hit a group, and beside it the best of the group with their number."""
    inner = {
        "name": "shown",
        "size": shown,
        "sort": sorting(order),
        "_source": _STORED,
        "docvalue_fields": ["group"],
    }
    return {"field": "group", "inner_hits": inner}


def loaded(snapshot: Snapshot, refs: Sequence[Ref]) -> list[Given]:
    """What is stored with some records, in no promised order."""
    found: list[Given] = []
    for at in range(0, len(refs), _LOADED):
        ids = list(dict.fromkeys(ref.id for ref in refs[at : at + _LOADED]))
        body = {
            "query": {"bool": {"filter": [{"ids": {"values": ids}}]}},
            "size": len(ids),
            "_source": _STORED,
            "docvalue_fields": ["group"],
        }
        [answer] = snapshot.records(body)
        found += [_given(one) for one in answer["hits"]["hits"]]
    return found


_LOADED = 1000


class Walk:
    """All the hits of a tree, however many, each time from where the last ended."""

    def __init__(self, snapshot: Snapshot, tree: Query, order: Order) -> None:
        self._snapshot = snapshot
        self._tree = tree
        self._order = order

    def between(self, begin: int, count: int) -> list[Any]:
        """So many hits, with what is stored, after the first so many."""
        after: list[Any] | None = None
        while begin:
            some = self._some(min(begin, WINDOW), after, stored=False)
            if not some:
                return []
            begin -= len(some)
            after = some[-1]["sort"]
        return self._some(count, after, stored=True)

    def hits(self, count: int) -> list[Any]:
        """The first so many."""
        found: list[Any] = []
        while len(found) < count:
            after = found[-1]["sort"] if found else None
            some = self._some(min(count - len(found), WINDOW), after, stored=False)
            if not some:
                break
            found += some
        return found

    def _some(self, count: int, after: list[Any] | None, *, stored: bool) -> list[Any]:
        body = best(self._tree, count, self._order, stored=stored)
        if after is not None:
            body["search_after"] = after
        [answer] = self._snapshot.records(body)
        return list(answer["hits"]["hits"])
