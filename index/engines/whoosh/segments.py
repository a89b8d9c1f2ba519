"""What does each leaf of a tree match in one of Whoosh's segments, and how well?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from whoosh import query
from whoosh.searching import Searcher

from index.engines import Order
from index.engines.memo import Memo
from index.engines.whoosh.algebra import Rule, Scores, match
from index.record import FIELDS

NOTHING = -(2**63)
"""What a number column gives for a record without that number."""

# So many lists of records, none of them longer: some megabytes at most.
_TERMS, _LONGEST = 500, 200

_FIELD = {field.name: field for field in FIELDS}
_SORT = {
    "newest": (("end", -1),),
    "oldest": (("start", 1),),
    "most_commented": (("comments", -1),),
    "first_seen": (("seen", -1), ("end", -1)),
}
Keyed = tuple[tuple[float, ...], int, int, float, int]
"""Sort key, rank of indexing, document of the index, score, group."""


class Segment:
    """One segment, behind what `algebra` asks of leaves."""

    def __init__(self, searcher: Searcher, base: int) -> None:
        self.base = base
        self._searcher = searcher
        self._reader = searcher.reader()
        self._values: dict[str, list[tuple[Any, ...]]] = {}
        self._terms: Memo[Scores] = Memo(_TERMS)

    @cached_property
    def live(self) -> list[int]:
        return list(self._reader.all_doc_ids())

    def match(self, tree: query.Query) -> Scores:
        """The records that match a tree, each with its score."""
        return match(tree, self)

    def keyed(self, scores: Scores, order: Order) -> Iterator[Keyed]:
        """Each record with what it is sorted by."""
        ranks, groups = self.values("rank"), self.values("group")
        if order == "relevance":
            keys: Mapping[int, tuple[float, ...]] = {
                doc: (-score,) for doc, score in scores.items()
            }
        else:
            columns = [(self.values(name), sign) for name, sign in _SORT[order]]
            # what has no date or count comes last, whatever the order
            keys = {
                doc: tuple(
                    [
                        sign * values[doc][0] if values[doc] else float("inf")
                        for values, sign in columns
                    ]
                )
                for doc in scores
            }
        for doc, score in scores.items():
            group = groups[doc][0] if groups[doc] else 0
            yield keys[doc], ranks[doc][0], self.base + doc, score, group

    def values(self, name: str) -> list[tuple[Any, ...]]:
        """For each document, its values in a `key` or `number` field."""
        if name not in self._values:
            size = self._reader.doc_count_all()
            if name == "rank" or _FIELD[name].kind == "number":
                column = self._reader.column_reader(name)
                numbers = (column[doc] for doc in range(size))
                self._values[name] = [() if number == NOTHING else (number,) for number in numbers]
            else:
                values: list[tuple[Any, ...]] = [()] * size
                for term in self._reader.lexicon(name):
                    for doc in self._reader.postings(name, term).all_ids():
                        values[doc] += (term.decode(),)
                self._values[name] = values
        return self._values[name]

    def words(self, name: str, prefix: str) -> dict[str, int]:
        """The terms that begin so, with how many records hold them."""
        return {
            term.decode(): info.doc_frequency()
            for term, info in self._reader.iter_prefix(name, prefix)
            if self._is_active(name, term)
        }

    def holds(self, name: str, term: bytes) -> bool:
        """Return whether a record that was not taken away holds a term."""
        return (name, term) in self._reader and self._is_active(name, term)

    def _is_active(self, name: str, term: bytes) -> bool:
        """Whether a record that was not taken away holds a term that the segment has."""
        if not self._reader.has_deletions():
            return True
        return bool(self._reader.postings(name, term).is_active())

    def term(self, name: str, text: str, boost: float) -> Scores:
        """The records that hold a term; short lists are kept for the next tree that has it."""
        key = (name, text, boost)
        scores = self._terms.peek(key)
        if scores is None:
            scores = self._scored(name, text, boost)
            if len(scores) <= _LONGEST:
                self._terms.get(key, scores.copy)
        return scores

    def _scored(self, name: str, text: str, boost: float) -> Scores:
        if (name, text.encode()) not in self._reader:
            return {}
        field = _FIELD[name]
        if field.kind == "key":
            return dict.fromkeys(self._reader.postings(name, text).all_ids(), 0.0)
        scores: Scores = {}
        postings = self._searcher.postings(name, text)
        while postings.is_active():
            scores[postings.id()] = postings.score() * field.boost * boost
            postings.next()
        return scores

    def placed(self, name: str, words: Sequence[str], boost: float, rule: Rule) -> Scores:
        scores: Scores | None = None
        places: dict[str, dict[int, list[int]]] = {}
        for word in sorted(set(words), key=lambda word: self._reader.doc_frequency(name, word)):
            scores, places[word] = self._occurrences(name, word, boost, scores)
            if not scores:
                return {}
        return {
            doc: score
            for doc, score in (scores or {}).items()
            if rule([places[word][doc] for word in words])
        }

    def _occurrences(
        self, name: str, word: str, boost: float, among: Scores | None
    ) -> tuple[Scores, dict[int, list[int]]]:
        scores: Scores = {}
        places: dict[int, list[int]] = {}
        if (name, word.encode()) in self._reader:
            postings = self._searcher.postings(name, word)
            while postings.is_active():
                doc = postings.id()
                if among is None or doc in among:
                    before = among[doc] if among else 0.0
                    scores[doc] = before + postings.score() * _FIELD[name].boost * boost
                    places[doc] = postings.value_as("positions")
                postings.next()
        return scores, places

    def between(self, name: str, low: int, high: int) -> Scores:
        values = self.values(name)
        return {doc: 0.0 for doc in self.live if values[doc] and low <= values[doc][0] <= high}
