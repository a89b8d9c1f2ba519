"""How does a cluster answer as a Reader?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

import orjson
from whoosh.query import Every, Query
from whoosh.query import Term as TermNode

from index.engines.opensearch import counts, vocabulary
from index.engines.opensearch.documents import unstored
from index.engines.opensearch.hits import Walk, best, loaded, read_hit
from index.engines.opensearch.listing import listed
from index.engines.opensearch.page import page
from index.engines.opensearch.schema import WINDOW
from index.engines.opensearch.snapshot import Snapshot
from index.engines.opensearch.trees import compiled
from index.engines.requests import (
    Halfway,
    ListAnswer,
    ListRequest,
    Look,
    LookAnswer,
    Near,
    Order,
    Page,
    PageRequest,
    Prefix,
    SearchResult,
    Term,
)
from index.engines.words import Words, ranked
from index.question.vocabulary.likeness import slips

_STREAMED = 2_000


class ClusterReader:
    """One state of the index; another one, once StateLost was raised."""

    distant = True

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot

    @property
    def generation(self) -> int:
        return self.snapshot.state.generation

    @property
    def files(self) -> str:
        """The index of the records."""
        return self.snapshot.state.index

    @property
    def updated(self) -> float | None:
        return self.snapshot.state.updated

    def look(self, lookups: Look) -> LookAnswer:
        learnt = self.snapshot.learnt
        cached = learnt.recall(lookups)
        return learnt.learn(cached, vocabulary.look(self.snapshot, cached.lacking))

    def remembered(self, lookups: Look) -> Mapping[Term | Prefix | Near, Any]:
        return self.snapshot.learnt.recall(lookups).values

    def page(self, request: PageRequest) -> Page:
        learnt = self.snapshot.learnt
        cached = learnt.recall(request.look)
        cached_later = learnt.recall(Look())

        def look_later(halfway: Halfway) -> Look:
            nonlocal cached_later
            looked = learnt.learn(cached, halfway.looked)
            if request.later is not None:
                cached_later = learnt.recall(request.later(halfway._replace(looked=looked)))
            return cached_later.lacking

        answer = page(self.snapshot, request._replace(look=cached.lacking, later=look_later))
        learnt.answer_page()
        return replace(
            answer,
            looked=learnt.learn(cached, answer.looked),
            looked_later=learnt.learn(cached_later, answer.looked_later),
        )

    def values(self, request: ListRequest) -> ListAnswer:
        return listed(self.snapshot, request)

    def search(self, tree: Query, count: int, order: Order = "relevance") -> SearchResult:
        [answer] = self.snapshot.records(best(tree, min(count, WINDOW), order))
        total = answer["hits"]["total"]["value"]
        if count <= WINDOW or total <= WINDOW:
            hits = answer["hits"]["hits"]
        else:
            hits = Walk(self.snapshot, tree, order).hits(count)
        return SearchResult(total, [read_hit(hit, order) for hit in hits])

    def engine_query(self, tree: Query) -> str:
        return orjson.dumps(compiled(tree)).decode()

    def load(self, refs: Sequence[Any]) -> list[bytes]:
        if not refs:
            return []
        by_ref = {
            stored_hit.hit.ref: stored_hit.stored for stored_hit in loaded(self.snapshot, refs)
        }
        return [by_ref[ref] for ref in refs]

    def passages(self, article: str) -> list[bytes]:
        return [*self._stream(TermNode("article", article))]

    def everything(self) -> Iterator[bytes]:
        """Yield the stored bytes of every record, in the order of indexing, a portion at a time."""
        return self._stream(Every())

    def _stream(self, tree: Query) -> Iterator[bytes]:
        body = {
            "query": compiled(tree, scored=False),
            "size": _STREAMED,
            "sort": [{"seq": "asc"}],
            "track_total_hits": False,
        }
        while True:
            [answer] = self.snapshot.records(body)
            batch = answer["hits"]["hits"]
            for hit in batch:
                yield unstored(hit["_source"])
            if len(batch) < _STREAMED:
                return
            body["search_after"] = batch[-1]["sort"]

    def freq(self, field: str, term: str) -> int:
        return vocabulary.freq(self.snapshot, field, term)

    def words(self, field: str, prefix: str, limit: int | None = None) -> list[tuple[str, int]]:
        return vocabulary.begins(self.snapshot, field, prefix, limit)

    def near(
        self, field: str, word: str, faults: int, heads: Sequence[str]
    ) -> list[tuple[str, int]]:
        near = Near(field, word, faults, tuple(heads))
        return self.look(Look(near=[near])).near[0]

    def slips(self, field: str, word: str) -> Words:
        terms = [Term(field, form) for form in slips(word)]
        counts = self.look(Look(terms)).terms
        pairs = zip(terms, counts, strict=True)
        return ranked((term.text, count) for term, count in pairs if count)

    def size(self) -> int:
        [answer] = self.snapshot.records(vocabulary.total(Every()))
        return int(answer["hits"]["total"]["value"])

    def kinds(self) -> Mapping[str, int]:
        return self._kinds

    @cached_property
    def _kinds(self) -> Mapping[str, int]:
        body = vocabulary.total(Every()) | {"aggs": {"kinds": counts.KINDS}}
        [answer] = self.snapshot.records(body)
        return counts.kinds(answer)
