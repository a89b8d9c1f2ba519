"""Which groups are the best of those that match, and which records of each?

Each shard says so in one walk over what matches, by a script: one search gives what takes three
otherwise (the groups by `collapse`, their number, the best inside each), for less work. An
article is on one shard, so what a shard says of it is whole, and numbers of articles add up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from whoosh.query import Query

from index.engines.opensearch.hits import Ref
from index.engines.opensearch.snapshot import RANKED, Body
from index.engines.opensearch.trees import Clause, compiled, with_scores
from index.engines.requests import Hit, Order

# What records are put in order by: a column, and whether its greatest values come first. Those
# that lack it come last; ties come in the order of indexing.
_COLUMNS: Mapping[Order, Sequence[tuple[str, bool]]] = {
    "newest": [("end", True)],
    "oldest": [("start", False)],
    "most_commented": [("comments", True)],
    "first_seen": [("seen", True), ("end", True)],
}
# beyond any second since 1970, and a number in JSON
_LAST = -1e300

_BY_SCORE = "double first = _score; double second = 0.0;"
_BY_COLUMNS = " ".join(
    f"double {place} = params.{place} == '' || doc[params.{place}].size() == 0 ? params.last "
    f": params.{place}_sign * doc[params.{place}].value;"
    for place in ("first", "second")
)
# Of a group: how many of its records match, then of its best records, the best first, what they
# are put in order by and their numbers. A record of no article is a group by itself.
_MAP = """
double number = doc['seq'].value;
boolean single = doc['group'].size() == 0;
long group = single ? -1 - (long) number : doc['group'].value;
String parent = null;
boolean every = state.every.size() < params.every;
int shown = params.shown;
double[] best = (double[]) ((Map) state.groups).get(group);
int at = shown;
if (best == null) {
  best = new double[1 + 3 * shown];
  ((Map) state.groups).put(group, best);
  if (!single) { state.articles += 1; }
  at = 0;
} else {
  int held = (int) Math.min(best[0], (double) shown);
  at = held;
  while (at > 0 && (first > best[3 * at - 2] || (first == best[3 * at - 2] && (
      second > best[3 * at - 1] || (second == best[3 * at - 1] && number < best[3 * at]))))) {
    at -= 1;
    if (at + 1 < shown) {
      best[3 * at + 4] = best[3 * at + 1];
      best[3 * at + 5] = best[3 * at + 2];
      best[3 * at + 6] = best[3 * at + 3];
    }
  }
}
best[0] += 1;
if (at < shown) {
  best[3 * at + 1] = first;
  best[3 * at + 2] = second;
  best[3 * at + 3] = number;
}
if ((every || at < shown) && doc['parent'].size() != 0) {
  parent = doc['parent'].value;
  ((Map) state.parents).put(number, parent);
}
if (every) { state.every.add([(float) first, (long) number, single ? 0L : group, parent]); }
"""
_INIT = (
    "state.groups = new HashMap(); state.parents = new HashMap(); state.every = new ArrayList(); "
    "state.articles = 0L;"
)
_COMPARE = """
int compare(double[] a, double[] b) {
  int order = Double.compare(b[1], a[1]);
  if (order == 0) { order = Double.compare(b[2], a[2]); }
  return order == 0 ? Double.compare(a[3], b[3]) : order;
}
"""
# the worst first, so that it is what goes when there are too many
_COMBINE = (
    _COMPARE
    + """
int most = params.most;
int shown = params.shown;
Map parents = (Map) state.parents;
PriorityQueue best = new PriorityQueue(
  (a, b) -> compare((double[]) ((List) b).get(1), (double[]) ((List) a).get(1)));
((Map) state.groups).forEach((group, hits) -> {
  best.add([group, hits]);
  if (best.size() > most) { best.poll(); }
  return null;
});
List rows = new ArrayList();
while (best.size() > 0) {
  List row = (List) best.poll();
  double[] hits = (double[]) row.get(1);
  List some = new ArrayList();
  for (int at = 0; at < shown && at < hits[0]; at++) {
    double number = hits[3 * at + 3];
    some.add([(float) hits[3 * at + 1], (long) number, parents.get(number)]);
  }
  rows.add([row.get(0), hits, (long) hits[0], some]);
}
return ['articles': state.articles, 'rows': rows, 'every': state.every];
"""
)
_REDUCE = (
    _COMPARE
    + """
long articles = 0;
List rows = new ArrayList();
List every = new ArrayList();
for (shard in states) {
  if (shard != null) {
    articles += shard.articles;
    rows.addAll(shard.rows);
    every.addAll(shard.every);
  }
}
rows.sort((a, b) -> compare((double[]) ((List) a).get(1), (double[]) ((List) b).get(1)));
List few = new ArrayList();
List page = new ArrayList();
for (int at = 0; at < rows.size(); at++) {
  List row = (List) rows.get(at);
  if (articles <= params.few) { few.add(row.get(0)); }
  if (at >= params.begin && at < params.end) { page.add([row.get(0), row.get(2), row.get(3)]); }
}
return ['articles': articles, 'rows': page, 'few': few, 'every': every];
"""
)


class Span(NamedTuple):
    """Which groups are wanted, from the best: [begin, end), and how many records of each."""

    begin: int
    end: int
    shown: int


class RankedHit(NamedTuple):
    """A hit, and the id of the comment that it answers."""

    hit: Hit
    parent: str | None


class RankedGroup(NamedTuple):
    """The best hits of a group, and how many of its records match."""

    hits: list[RankedHit]
    matches: int


class Ranks(NamedTuple):
    """articles: how many match. few: the numbers of the groups, where there are no more than that.

    every: the hits, the best first, where there are fewer than was asked.
    """

    articles: int
    groups: list[RankedGroup]
    few: list[int]
    every: list[RankedHit]


def of_groups(groups: Sequence[int]) -> Clause:
    """Return what chooses the records of some groups."""
    return {"terms": {"group": [*groups]}}


def _steady(clause: Clause) -> Clause:
    """The clause with its scores, all given by one object on each segment.

    A script takes the scores of a segment from the object that gave the first (OpenSearch 3.9,
    `ScriptedMetricAggregator`). Of words of which any is wanted, Lucene may have another give them
    from there on (`BooleanScorer`); a query of OpenSearch's own, which asks record after record,
    has one throughout. No other aggregation of the search may want scores, nor hits be wanted:
    scores are then kept for all who want them, in a new object every few thousand records.
    """
    return {"function_score": {"query": clause}}


def ranking(
    tree: Query,
    order: Order,
    span: Span,
    *,
    few: int = 0,
    every: int = 0,
    without: Sequence[int] = (),
) -> Body:
    """The search of the groups of a tree, in order, and of their number.

    few: so many groups at most are all named. every: hits are all given when they are fewer.
    without: groups that are left out.
    """
    scored = order == "relevance"
    query = with_scores(tree) if scored else compiled(tree, scored=False)
    if without:
        query = {"bool": {"must": [query], "must_not": [of_groups(without)]}}
    columns = [*_COLUMNS.get(order, ()), ("", True), ("", True)][:2]
    params: dict[str, Any] = {
        "shown": span.shown,
        "most": max(span.end, few),
        "every": every,
        "last": _LAST,
    }
    for place, (name, greatest) in zip(("first", "second"), columns, strict=True):
        params |= {place: name, f"{place}_sign": 1 if greatest else -1}
    return {
        "query": _steady(query) if scored else query,
        "size": 0,
        "track_total_hits": True,
        "aggs": {
            RANKED: {
                "scripted_metric": {
                    "params": params,
                    "init_script": _INIT,
                    "map_script": (_BY_SCORE if scored else _BY_COLUMNS) + _MAP,
                    "combine_script": _COMBINE,
                    "reduce_script": {
                        "source": _REDUCE,
                        "params": {"begin": span.begin, "end": span.end, "few": few},
                    },
                }
            }
        },
    }


def read(answer: Any, order: Order) -> Ranks:
    """What such a search found."""
    value = answer["aggregations"][RANKED]["value"]

    def hit(score: float, number: int, group: int, parent: str | None) -> RankedHit:
        return RankedHit(Hit(Ref(number), score if order == "relevance" else 0.0, group), parent)

    groups = [
        RankedGroup(
            [hit(score, number, max(0, group), parent) for score, number, parent in hits], matches
        )
        for group, matches, hits in value["rows"]
    ]
    every = [hit(*columns) for columns in value["every"]]
    every.sort(key=lambda ranked: (-ranked.hit.score, ranked.hit.ref))
    return Ranks(value["articles"], groups, value["few"], every)
