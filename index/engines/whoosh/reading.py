"""How does a state of a Whoosh index answer trees, and say what words it holds?"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from heapq import nsmallest
from itertools import chain
from pathlib import Path
from typing import Any

import whoosh.index
from whoosh import query, scoring
from whoosh.searching import Searcher

from index.engines import (
    FacetValue,
    Hit,
    ListAnswer,
    ListRequest,
    Look,
    LookAnswer,
    Order,
    Page,
    PageRequest,
    SearchResult,
    Span,
    SpanCount,
)
from index.engines.in_process import paging
from index.engines.in_process.facet_counts import Counts, facet_values, listed, within
from index.engines.whoosh.faults import faults
from index.engines.whoosh.segments import Keyed, Segment
from index.engines.words import Words, ranked
from index.question.vocabulary.likeness import alike, slips


class WhooshReader:
    """One state of the index. Whoosh's files have one cursor each: one thread at a time."""

    distant = False

    def __init__(self, index: whoosh.index.FileIndex, location: str, base: int = 0) -> None:
        reader = index.reader()
        self.files = Path(getattr(index.storage, "folder", "")).name
        # an index without records has a reader that knows no generation
        self.generation = base + max(reader.generation() or 0, 0)
        self.updated: float | None = None
        # another process may just have replaced the file whose date is asked
        with suppress(OSError):
            updated = index.last_modified()
            self.updated = updated if updated >= 0 else None
        self._searcher = Searcher(reader, weighting=scoring.BM25F())
        self._segments = [
            Segment(leaf, base)
            for leaf, base in self._searcher.leaf_searchers()
            if leaf.doc_count_all()
        ]
        self._location = location
        self._turn = threading.Lock()
        self._kinds: dict[str, int] | None = None

    def search(
        self, tree: query.Query, count: int, order: Order = "relevance", start: int = 0
    ) -> SearchResult:
        count += start
        with self._own():
            keyed: list[Keyed] = []
            total = 0
            for segment in self._segments:
                scores = segment.match(tree)
                total += len(scores)
                keyed += nsmallest(count, segment.keyed(scores, order))
            scored = order == "relevance"
            hits = [
                Hit(ref, score if scored else 0.0, group)
                for _, _, ref, score, group in nsmallest(count, keyed)[start:]
            ]
            return SearchResult(total, hits)

    def best(
        self, tree: query.Query, count: int, order: Order = "relevance", start: int = 0
    ) -> list[Hit]:
        return self.search(tree, count, order, start).hits

    def tally(self, tree: query.Query, fields: Sequence[str]) -> dict[str, dict[Any, int]]:
        with self._own():
            counts: dict[str, Counter[Any]] = {name: Counter() for name in fields}
            for segment in self._segments:
                documents = segment.match(tree)
                for name in fields:
                    values = segment.values(name)
                    counts[name].update(chain.from_iterable(values[doc] for doc in documents))
            return {name: dict(counter) for name, counter in counts.items()}

    def look(self, lookups: Look) -> LookAnswer:
        return paging.look(self, lookups)

    def page(self, request: PageRequest) -> Page:
        return paging.page(self, request)

    def counts(self, tree: query.Query) -> Counts:
        tally = self.tally(tree, ["group", "kind"])
        return Counts(len(tally["group"]), tally["kind"])

    def total(self, tree: query.Query) -> int:
        return self.search(tree, 0).total

    def facets(
        self,
        tree: query.Query,
        fields: Sequence[str],
        most: int,
        named: Mapping[str, Sequence[str]],
    ) -> Mapping[str, Sequence[FacetValue]]:
        return facet_values(self, tree, fields, most, named)

    def values(self, request: ListRequest) -> ListAnswer:
        return listed(self, request)

    def within(self, tree: query.Query, spans: Sequence[Span]) -> list[SpanCount]:
        return within(self, tree, spans)

    def spread(
        self, tree: query.Query, counted: Mapping[tuple[str, str], int]
    ) -> dict[tuple[str, str], int]:
        return {
            value: self.counts(query.And([tree, query.Term(*value)])).groups for value in counted
        }

    def engine_query(self, tree: query.Query) -> str:
        # the tree itself is run, leaf by leaf
        return repr(tree)

    def load(self, refs: Sequence[Any]) -> list[bytes]:
        with self._own():
            reader = self._searcher.reader()
            return [reader.stored_fields(ref)["stored"] for ref in refs]

    def everything(self) -> Iterator[bytes]:
        return paging.everything(self, self.size())

    def passages(self, article: str) -> list[bytes]:
        with self._own():
            refs = [
                segment.base + doc
                for segment in self._segments
                for doc in segment.match(query.Term("article", article))
            ]
        return self.load(refs)

    def freq(self, field: str, term: str) -> int:
        with self._own():
            if not any(segment.holds(field, term.encode()) for segment in self._segments):
                return 0
            return int(self._searcher.reader().doc_frequency(field, term))

    def words(self, field: str, prefix: str, limit: int | None = None) -> list[tuple[str, int]]:
        with self._own():
            counts: Counter[str] = Counter()
            for segment in self._segments:
                counts.update(segment.words(field, prefix))
            return ranked(counts.items(), limit)

    def near(self, field: str, word: str, faults: int, heads: Sequence[str]) -> Words:
        pairs = (pair for head in heads for pair in self.words(field, head))
        return ranked(pair for pair in pairs if alike(pair[0], word, faults))

    def slips(self, field: str, word: str) -> Words:
        frequencies = ((form, self.freq(field, form)) for form in slips(word))
        return ranked(pair for pair in frequencies if pair[1])

    def size(self) -> int:
        return int(self._searcher.doc_count())

    def kinds(self) -> Mapping[str, int]:
        if self._kinds is None:
            self._kinds = self.tally(query.Every(), ["kind"])["kind"]
        return self._kinds

    @contextmanager
    def _own(self) -> Iterator[None]:
        with faults(self._location), self._turn:
            yield
