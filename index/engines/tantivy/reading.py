"""How does a state of a tantivy index answer trees, and say what words it holds?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import islice
from typing import Any
from zlib import crc32

import tantivy
from whoosh import query

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
from index.engines.in_process import paging, runs
from index.engines.in_process.facet_counts import Counts, facet_values, listed
from index.engines.memo import Memo
from index.engines.tantivy import max_score
from index.engines.tantivy.best_hits import BestHits
from index.engines.tantivy.counts import counts, spread, tallied, within
from index.engines.tantivy.faults import Faults
from index.engines.tantivy.first_seen import last_seen
from index.engines.tantivy.trees import compiled
from index.engines.words import Words, ranked
from index.question.vocabulary.likeness import alike, completions, slips

# Counts and facets held by a reader, of so many trees: a few megabytes at most.
_COUNTS = 5_000
_FACETS = 300
# How many records hold a word, and the words near one: a question asks for them again and again.
_WORDS = 20_000
_NEAR_LISTS = 1_000
_SORT = {
    "newest": ("end", tantivy.Order.Desc),
    "oldest": ("start", tantivy.Order.Asc),
    "most_commented": ("comments", tantivy.Order.Desc),
}


class TantivyReader:
    """One state of the index. After an error, `lost` is called, and another is to be asked for."""

    distant = False

    def __init__(
        self,
        index: tantivy.Index,
        files: str,
        generation: int,
        updated: float | None,
        removed: int,
        location: str,
        lost: Callable[[], None],
        with_runs: bool,
    ) -> None:
        self.files = files
        self.generation = generation
        self.updated = updated
        # the dictionaries keep the terms of records taken away until their segment is merged
        self._removed = removed
        self._kinds: dict[str, int] | None = None
        self._counts = Memo[Counts](_COUNTS)
        self._totals = Memo[int](_COUNTS)
        self._best = BestHits()
        self._facets = Memo[Mapping[str, Sequence[FacetValue]]](_FACETS)
        self._freqs = Memo[int](_WORDS)
        self._nears = Memo[Words](_NEAR_LISTS)
        self._spans = Memo[list[SpanCount]](_FACETS)
        self._searcher = index.searcher()
        self._schema = index.schema
        self._with_runs = with_runs
        self._faults = Faults(location, lost)

    def best(
        self, tree: query.Query, count: int, order: Order = "relevance", start: int = 0
    ) -> list[Hit]:
        return self.search(tree, count, order, start, counted=False).hits

    def search(
        self,
        tree: query.Query,
        count: int,
        order: Order = "relevance",
        start: int = 0,
        *,
        counted: bool = True,
    ) -> SearchResult:
        compiled_query = self._compiled_for(tree, count, order)

        def ask() -> SearchResult:
            return self._ask(tree, compiled_query, count, order, start, counted)

        return self._best.get((_mark(compiled_query), count, order, start, counted), count, ask)

    def ask(
        self, tree: query.Query, count: int, order: Order = "relevance", *, counted: bool = True
    ) -> SearchResult:
        """As `search`, from the start and never from memory."""
        compiled_query = self._compiled_for(tree, count, order)
        return self._ask(tree, compiled_query, count, order, 0, counted)

    def _compiled_for(self, tree: query.Query, count: int, order: Order) -> tantivy.Query:
        with self._faults:
            scored = order == "relevance" and count > 0
            compiled_query = self._compiled(tree, scored)
            return (
                compiled_query if scored else tantivy.Query.const_score_query(compiled_query, 0.0)
            )

    def _ask(
        self,
        tree: query.Query,
        compiled_query: tantivy.Query,
        count: int,
        order: Order,
        start: int,
        counted: bool,
    ) -> SearchResult:
        if order == "relevance" and not start:
            narrowed = max_score.best(self, tree, count, counted=counted)
            if narrowed is not None:
                return narrowed
        with self._faults:
            # tantivy panics on a limit of 0, and reserves memory for the limit asked
            limit = max(1, min(count, self._searcher.num_docs))
            if order == "first_seen":
                total, places = last_seen(
                    self._searcher, self._schema, compiled_query, limit + start, counted=counted
                )
                return SearchResult(
                    total, self._hits([(0.0, ref) for ref in places[start:][:count]])
                )
            if order == "relevance":
                # what is not counted need not be met: most of it cannot be among the best
                answer = self._searcher.search(compiled_query, limit, count=counted, offset=start)
            else:
                field, direction = _SORT[order]
                answer = self._searcher.search(
                    compiled_query,
                    limit,
                    count=counted,
                    order_by_field=field,
                    order=direction,
                    offset=start,
                )
            best = [
                (score if order == "relevance" else 0.0, ref) for score, ref in answer.hits[:count]
            ]
            total = answer.count if counted else 0  # type: ignore[attr-defined]
            return SearchResult(total, self._hits(best))

    def _hits(self, best: Sequence[tuple[float, Any]]) -> list[Hit]:
        groups = self._searcher.fast_field_values("group", [ref for _, ref in best])
        return [
            Hit((ref.segment_ord, ref.doc), score, int(group or 0))
            for (score, ref), group in zip(best, groups, strict=True)
        ]

    def tally(self, tree: query.Query, fields: Sequence[str]) -> dict[str, dict[Any, int]]:
        with self._faults:
            return tallied(self._searcher, self._compiled(tree), fields)

    def look(self, lookups: Look) -> LookAnswer:
        return paging.look(self, lookups)

    def page(self, request: PageRequest) -> Page:
        return paging.page(self, request)

    def counts(self, tree: query.Query) -> Counts:
        with self._faults:
            compiled_query = self._compiled(tree)
            return self._counts.get(
                _mark(compiled_query), lambda: counts(self._searcher, self._schema, compiled_query)
            )

    def total(self, tree: query.Query) -> int:
        if type(tree) is query.Term and not self._removed:
            # the dictionary says it, of records of which none was taken away
            return self.freq(tree.fieldname, tree.text)
        with self._faults:
            shortened = self._shortened(tree)
            compiled_query = compiled(shortened, self._schema, scored=False)
            mark = _mark(compiled_query)
            counts = self._counts.peek(mark)
            if counts is not None:
                return counts.records
            return self._totals.get(mark, lambda: self._total(shortened, compiled_query))

    def _total(self, tree: query.Query, compiled_query: tantivy.Query) -> int:
        if type(tree) is query.AndMaybe:
            return self._total(tree.a, compiled_query)
        words = [sub for sub in tree.children() if type(sub) is query.Term]
        if type(tree) is not query.Or or not words or self._removed:
            return self._matching(compiled_query)
        # the dictionary counts the commonest: what holds only others is all that is searched
        commonest = max(words, key=lambda word: self.freq(word.fieldname, word.text))
        others = query.Or([sub for sub in tree.subqueries if sub is not commonest])
        without = self._compiled(query.And([others, query.Not(commonest)]))
        return self.freq(commonest.fieldname, commonest.text) + self._matching(without)

    def _matching(self, compiled_query: tantivy.Query) -> int:
        scoreless = tantivy.Query.const_score_query(compiled_query, 0.0)
        return int(self._searcher.search(scoreless, 1).count)  # type: ignore[attr-defined]

    def facets(
        self,
        tree: query.Query,
        fields: Sequence[str],
        most: int,
        named: Mapping[str, Sequence[str]],
    ) -> Mapping[str, Sequence[FacetValue]]:
        with self._faults:
            chosen = tuple((name, *named[name]) for name in fields if name in named)
            mark = _mark(self._compiled(tree)), tuple(fields), most, chosen
            return self._facets.get(mark, lambda: facet_values(self, tree, fields, most, named))

    def values(self, request: ListRequest) -> ListAnswer:
        return listed(self, request)

    def within(self, tree: query.Query, spans: Sequence[Span]) -> list[SpanCount]:
        with self._faults:
            compiled_query = self._compiled(tree)
            mark = _mark(compiled_query), tuple(spans)
            return self._spans.get(mark, lambda: within(self._searcher, compiled_query, spans))

    def spread(
        self, tree: query.Query, counted: Mapping[tuple[str, str], int]
    ) -> dict[tuple[str, str], int]:
        with self._faults:
            compiled_query = self._compiled(tree)
            return spread(self._searcher, self._schema, compiled_query, counted)

    def engine_query(self, tree: query.Query) -> str:
        with self._faults:
            return str(self._compiled(tree, scored=True))

    def _compiled(self, tree: query.Query, scored: bool = False) -> tantivy.Query:
        return compiled(self._shortened(tree, scored), self._schema, scored=scored)

    def _shortened(self, tree: query.Query, scored: bool = False) -> query.Query:
        if not self._with_runs:
            return tree
        return runs.shortened(tree, scored, lambda run: self._searcher.doc_freq(runs.NAME, run))

    def load(self, refs: Sequence[Any]) -> list[bytes]:
        with self._faults:
            places = (tantivy.DocAddress(*ref) for ref in refs)
            return [_whole(self._searcher.doc(place)["stored"][0]) for place in places]

    def everything(self) -> Iterator[bytes]:
        return paging.everything(self, self.size())

    def passages(self, article: str) -> list[bytes]:
        # at most that many: tantivy reserves memory for what is asked
        most = self.freq("article", article)
        hits = self.ask(query.Term("article", article), most).hits
        return self.load([hit.ref for hit in hits])

    def freq(self, field: str, term: str) -> int:
        return self._freqs.get((field, term), lambda: self._freq(field, term))

    def _freq(self, field: str, term: str) -> int:
        if field == runs.NAME and not self._with_runs:
            return 0
        with self._faults:
            count = int(self._searcher.doc_freq(field, term))
            return count if self._alive(field, term, count) else 0

    def words(self, field: str, prefix: str, limit: int | None = None) -> list[tuple[str, int]]:
        with self._faults:
            # ties at the limit must fall alike on every engine, so the cut is made here
            pairs = self._searcher.terms_with_prefix(field, prefix)
            if self._removed:
                alive = (pair for pair in ranked(pairs) if self._alive(field, *pair))
                return list(islice(alive, limit))
            return ranked(pairs, limit)

    def near(self, field: str, word: str, faults: int, heads: Sequence[str]) -> Words:
        begun = tuple(heads)
        return self._nears.get(
            (field, word, faults, begun), lambda: self._alike(field, word, faults, begun)
        )

    def _alike(self, field: str, word: str, faults: int, heads: tuple[str, ...]) -> Words:
        with self._faults:
            close: Words = []
            if faults == 1:
                # of many parts of an index, a prefix takes five times what a term does
                close = self._indexed_among(field, completions(word, heads))
                heads = tuple(head for head in heads if word.startswith(head))
            pairs = (
                pair for head in heads for pair in self._searcher.terms_with_prefix(field, head)
            )
            close += [pair for pair in pairs if alike(pair[0], word, faults)]
            return ranked(pair for pair in close if self._alive(field, *pair))

    def slips(self, field: str, word: str) -> Words:
        return self._nears.get((field, word), lambda: self._slips(field, word))

    def _slips(self, field: str, word: str) -> Words:
        with self._faults:
            pairs = self._indexed_among(field, slips(word))
            return ranked(pair for pair in pairs if self._alive(field, *pair))

    def _indexed_among(self, field: str, terms: Iterable[str]) -> Words:
        count = self._searcher.doc_freq
        return [(term, records) for term in terms if (records := count(field, term))]

    def _alive(self, field: str, term: str, count: int) -> bool:
        """Whether a record that was not taken away holds a term, which `count` of all hold."""
        if count > self._removed or not self._removed:
            return True
        compiled_query = compiled(query.Term(field, term), self._schema, scored=False)
        scoreless = tantivy.Query.const_score_query(compiled_query, 0.0)
        return bool(self._searcher.search(scoreless, 1, count=False).hits)

    def size(self) -> int:
        return int(self._searcher.num_docs)

    def ever(self) -> int:
        """How many records there are, those taken away included until they are merged away."""
        return self.size() + self._removed

    def kinds(self) -> Mapping[str, int]:
        if self._kinds is None:
            self._kinds = self.tally(query.Every(), ["kind"])["kind"]
        return self._kinds


def _mark(compiled_query: tantivy.Query) -> bytes:
    """What tells apart what is asked."""
    return blake2b(str(compiled_query).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _whole(stored: bytes) -> bytes:
    """What was stored: tantivy gives back whatever its decompression makes of damaged bytes."""
    if crc32(stored[4:]).to_bytes(4, "big") != stored[:4]:
        raise ValueError("un passage tenu n’est plus ce qui fut écrit")
    return stored[4:]
