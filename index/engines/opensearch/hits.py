"""How are the best hits of a tree asked of a cluster, and read?

Each has its columns, and what is stored with it where that is wanted, which is dear to read. They
come ten thousand at once at most: further, they are walked to.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from whoosh.query import Query

from index.engines.opensearch.client import Client
from index.engines.opensearch.documents import unstored
from index.engines.opensearch.schema import WINDOW
from index.engines.opensearch.snapshot import Body, Snapshot
from index.engines.opensearch.trees import compiled, with_scores
from index.engines.requests import Hit, Order

_ORDER: dict[Order, list[Any]] = {
    "relevance": [{"_score": "desc"}],
    "newest": [{"end": {"order": "desc", "missing": "_last"}}],
    "oldest": [{"start": {"order": "asc", "missing": "_last"}}],
    "most_commented": [{"comments": {"order": "desc", "missing": "_last"}}],
    "first_seen": [
        {"seen": {"order": "desc", "missing": "_last"}},
        {"end": {"order": "desc", "missing": "_last"}},
    ],
}
# Ties come in the order of indexing; what hits are sorted by comes with each, and its group so.
_TIES: list[Any] = [{"seq": "asc"}, {"group": {"order": "asc", "missing": 0}}]


def too_far(client: Client) -> Exception:
    """The error for a page of articles beyond those that come at once: only hits are walked to."""
    reason = f"plus de {WINDOW} articles : demandez les passages, ou un export"
    return client.of(400, {"type": "too_far", "reason": reason})


class Ref(NamedTuple):
    """A record of one state, by its number."""

    seq: int


class StoredHit(NamedTuple):
    """A hit, with what is stored with it."""

    hit: Hit
    stored: bytes


def best(tree: Query, count: int, order: Order = "relevance", *, stored: bool = False) -> Body:
    """The search of the best records, ties in the order of indexing."""
    scored = order == "relevance"
    return {
        "query": with_scores(tree) if scored and count else compiled(tree, scored=False),
        "size": count,
        "sort": sorting(order),
        "track_total_hits": True,
        **fields(stored=stored),
    }


def fields(*, stored: bool) -> Body:
    """Return the fields wanted of each hit: parent, and stored bytes, which are dear to read."""
    return ({} if stored else {"stored_fields": "_none_"}) | {"docvalue_fields": ["parent"]}


def sorting(order: Order) -> list[Any]:
    """Return the `sort` of a search."""
    return [*_ORDER[order], *_TIES]


def read_hit(hit: Any, order: Order | None) -> Hit:
    """One hit of an answer that is sorted so; None: by number."""
    *first, seq, group = hit["sort"]
    return Hit(Ref(seq), first[0] if order == "relevance" else 0.0, group)


def _stored_hit(hit: Any) -> StoredHit:
    return StoredHit(read_hit(hit, None), unstored(hit["_source"]))


def by_number(refs: Sequence[Ref], ids: Sequence[str] = ()) -> Body:
    """The search of some records, by their numbers and by their ids, with what is stored."""
    numbers = sorted({ref.seq for ref in refs})
    body: Body = {"query": {"bool": {"filter": [{"terms": {"seq": numbers}}]}}}
    body |= {"size": len(numbers) + len(ids), "sort": _TIES, **fields(stored=True)}
    if ids:
        either = [{"terms": {"seq": numbers}}, {"terms": {"id": [*ids]}}]
        body["query"] = {"bool": {"filter": [{"bool": {"should": either}}]}}
        body["docvalue_fields"] = ["parent", "id"]
    return body


# Records whose stored bytes are given in one answer.
_LOADED = 1000


def loaded(snapshot: Snapshot, refs: Sequence[Ref]) -> list[StoredHit]:
    """Return the stored bytes of some records, in no promised order."""
    stored_hits: list[StoredHit] = []
    for at in range(0, len(refs), _LOADED):
        [answer] = snapshot.records(by_number(refs[at : at + _LOADED]))
        stored_hits += map(_stored_hit, answer["hits"]["hits"])
    return stored_hits


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
            hits = self._some(min(begin, WINDOW), after, stored=False)
            if not hits:
                return []
            begin -= len(hits)
            after = hits[-1]["sort"]
        return self._some(count, after, stored=True)

    def hits(self, count: int) -> list[Any]:
        """The first so many."""
        walked: list[Any] = []
        while len(walked) < count:
            after = walked[-1]["sort"] if walked else None
            hits = self._some(min(count - len(walked), WINDOW), after, stored=False)
            if not hits:
                break
            walked += hits
        return walked

    def _some(self, count: int, after: list[Any] | None, *, stored: bool) -> list[Any]:
        body = best(self._tree, count, self._order, stored=stored)
        if after is not None:
            body["search_after"] = after
        [answer] = self._snapshot.records(body)
        return list(answer["hits"]["hits"])
