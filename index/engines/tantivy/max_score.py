"""Which records are the best, when very common words only add a little to their scores (MaxScore)?

« le », « de », « la » are optional beside the words of a question: nearly every record holds
them, and what they add is less than what one rare word more does. The best without them are found
first; those that they could not lift among the best are never asked for them. The answer is the
same, whole and in its order: a record's score is worked out from the whole tree, or not at all. And
how many records match is known from the first time, since optional clauses only rank.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log
from typing import Any, Protocol

import orjson
from whoosh import query

from index.engines.requests import Order, SearchResult
from index.engines.tantivy.trees import weight_of

# A word that so many records in a hundred hold is left for the second time.
_COMMON = 20
# A record asked for by name takes as long as so many postings.
_WORTH = 8_000
# More records than these beside the wanted ones are not asked for by name.
_BESIDE = 200
# BM25 as tantivy has it: what a word adds is below `idf * (K1 + 1)`, whatever its record.
_K1 = 1.2
# Scores are sums of 32-bit floats.
_MARGIN = 1.01


class Searchable(Protocol):
    """A reader of tantivy, as MaxScore asks it."""

    def ask(
        self,
        tree: query.Query,
        count: int,
        order: Order = "relevance",
        *,
        counted: bool = True,
    ) -> SearchResult: ...

    def freq(self, field: str, term: str) -> int: ...

    def ever(self) -> int: ...

    def load(self, refs: Sequence[Any]) -> list[bytes]: ...


def best(
    reader: Searchable, tree: query.Query, count: int, *, counted: bool
) -> SearchResult | None:
    """The `count` best records of a tree, and how many match; None when it is to be asked whole."""
    if not count or type(tree) is not query.AndMaybe:
        return None
    # of another shape, the score would be the sum of the same in another order
    if type(tree.a) is not query.Or or type(tree.b) is not query.Or:
        return None
    records = reader.ever()
    common = _common(reader, tree.b, records)
    postings = sum(freq for _, freq in common.values())
    if postings < _WORTH * count or postings < records:
        return None
    margin = _MARGIN * sum(most for most, _ in common.values())
    other_clauses = [
        clause for number, clause in enumerate(tree.b.subqueries) if number not in common
    ]
    without = query.AndMaybe(tree.a, query.Or(other_clauses)) if other_clauses else tree.a
    likely = reader.ask(without, count + _BESIDE, counted=counted)
    hits = likely.hits
    if len(hits) < count:
        return None
    least = hits[count - 1].score - margin
    if len(hits) == count + _BESIDE and hits[-1].score >= least:
        return None
    stored = reader.load([hit.ref for hit in hits if hit.score >= least])
    names = [query.Term("id", orjson.loads(record)["id"]) for record in stored]
    few = query.AndMaybe(query.And([query.Or(names), tree.a]), tree.b)
    return SearchResult(likely.total, reader.ask(few, count, counted=False).hits)


def _common(
    reader: Searchable, optional: query.Or, records: int
) -> Mapping[int, tuple[float, int]]:
    """The common words among optional clauses: number → what it adds at most, how many hold it."""
    common: dict[int, tuple[float, int]] = {}
    for number, clause in enumerate(optional.subqueries):
        if type(clause) is query.Term:
            freq = reader.freq(clause.fieldname, clause.text)
            if freq * 100 >= records * _COMMON:
                idf = log(1 + (records - freq + 0.5) / (freq + 0.5))
                common[number] = (_K1 + 1) * idf * weight_of(clause), freq
    return common
