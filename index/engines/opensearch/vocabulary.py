"""What does the cluster say of some words, all at once?

One trip; one more when some of the words may be left in no record, and must be looked for at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rapidfuzz.distance import OSA
from whoosh.query import And, AndMaybe, Not, Or, Phrase, Query
from whoosh.query import Term as TermNode

from index.engines import ranking
from index.engines.opensearch import words
from index.engines.opensearch.documents import unstored
from index.engines.opensearch.hits import best
from index.engines.opensearch.schema import WINDOW
from index.engines.opensearch.snapshot import Snapshot
from index.engines.opensearch.trees import compiled, with_scores
from index.engines.opensearch.words import Word
from index.engines.requests import Look, LookAnswer, Near, Prefix, Term
from index.engines.words import Words as Ranked

Body = dict[str, Any]

# Words looked for together among the records.
_AT_ONCE = 500


def total(tree: Query) -> Body:
    """The search that only counts."""
    return {"query": compiled(tree, scored=False), "size": 0, "track_total_hits": True}


def roughly(tree: Query) -> Query:
    """The tree without the phrases that are but other writings of a word.

    Read as if the index held everything, a word is any of some sixty rows of its own pieces too,
    which are hardly ever there, and which a cluster would look for one by one.

    >>> from whoosh.query import And, Or, Phrase
    >>> written = Or([TermNode("stem", "contre"), Phrase("text", ["con", "tre"])])
    >>> roughly(And([written, TermNode("stem", "vent")]))
    And([Or([Term('stem', 'contre')]), Term('stem', 'vent')])
    """
    match tree:
        case Or(subqueries=subs):
            words_alone = [sub for sub in subs if not isinstance(sub, Phrase)]
            return Or([*map(roughly, words_alone or subs)])
        case And(subqueries=subs):
            return And([*map(roughly, subs)])
        case Not(query=inner):
            return Not(roughly(inner))
        case AndMaybe():
            return roughly(tree.a)
        case _:
            return tree


def sample(tree: Query, count: int) -> Body:
    """The search of what is stored with the best of a tree."""
    return {
        "query": with_scores(tree),
        "size": count,
        "sort": [{"_score": "desc"}, {"seq": "asc"}],
        "track_total_hits": False,
    }


def look(snapshot: Snapshot, lookups: Look) -> LookAnswer:
    """Frequencies, words, totals and samples. Raises IndexUnavailable."""
    looking, learnt = Looking(lookups), snapshot.learnt
    commonest = words.commonest() if lookups.terms and learnt.wants_commonest else []
    searches = [*looking.searches, *(("words", body) for body in commonest)]
    answers = iter(snapshot.ask(searches))
    looked = looking.read(snapshot, answers)
    if commonest:
        least = snapshot.state.doubtful
        learnt.learn_commonest(
            {
                Term(field, text): records
                for answer in answers
                for records, text, field in words.sorted_by(answer)
                if records > least
            }
        )
    return looked


class Looking:
    """The searches that a look asks, and the reading of their answers."""

    def __init__(self, lookups: Look) -> None:
        self._lookups = lookups
        listed = [
            *(request.field for request in lookups.prefixes),
            *(request.field for request in lookups.near),
        ]
        unlisted = {*listed} - words.FIELDS
        if unlisted:
            raise TypeError(f"no cluster lists the values of {', '.join(sorted(unlisted))}")
        word_terms = [term for term in lookups.terms if term.field in words.FIELDS]
        self._word_portions = [*words.portions(word_terms, WINDOW)]
        self._other_terms = [term for term in lookups.terms if term.field not in words.FIELDS]
        # a word is asked of a title as of a text: in one search
        self._alike: dict[Near, list[str]] = {}
        for near in lookups.near:
            if near.heads:
                self._alike.setdefault(near._replace(field=""), []).append(near.field)
        self.searches: list[tuple[str, Body]] = [
            *(("words", words.of_terms(portion)) for portion in self._word_portions),
            *(("words", words.beginning(prefix)) for prefix in lookups.prefixes),
            *(
                ("words", words.looking_like(portion, near))
                for near, portion in self._alike.items()
            ),
            *(("records", total(TermNode(*term))) for term in self._other_terms),
            *(("records", total(tree)) for tree in lookups.totals),
            *(("records", sample(tree, count)) for tree, count in lookups.samples),
            *(
                ("records", best(tree, count, "newest", stored=True))
                for tree, count in lookups.latest
            ),
        ]
        self._estimate = lookups.estimate if self.searches else None
        if self._estimate is not None:
            # above that many, how many there are changes nothing that is asked
            counted = total(roughly(self._estimate)) | {"track_total_hits": ranking.MANY + 1}
            self.searches.append(("records", counted))
        self._unverified = [*words.portions(lookups.unverified, _AT_ONCE)]
        self.searches += [("records", _looked_for(portion)) for portion in self._unverified]

    def read(self, snapshot: Snapshot, answers: Iterator[Any]) -> LookAnswer:
        """Return the answer to the look, from those to `searches`; asks more when it must."""
        lookups = self._lookups
        frequencies: dict[Word, int] = {}
        for _ in self._word_portions:
            for records, text, field in words.sorted_by(next(answers)):
                frequencies[field, text] = records
        begun = [_all(snapshot, prefix, words.read(next(answers))) for prefix in lookups.prefixes]
        listed = {near: words.by_field(next(answers)) for near in self._alike}
        alike = [
            _measured(near, listed.get(near._replace(field=""), {}).get(near.field, []))
            for near in lookups.near
        ]
        counted = {term: _total(next(answers)) for term in self._other_terms}
        totals = [_total(next(answers)) for _ in lookups.totals]
        samples = [_stored(next(answers)) for _ in lookups.samples]
        latest = [_stored(next(answers)) for _ in lookups.latest]
        estimate = None if self._estimate is None else _total(next(answers))
        gone = _judged(snapshot, self._unverified, answers)
        counts = [*frequencies.items()]
        fields = [
            *(request.field for request in lookups.prefixes),
            *(request.field for request in lookups.near),
        ]
        for field, ranked in zip(fields, (*begun, *alike), strict=True):
            counts += [((field, word), records) for word, records in ranked]
        lost, unverified = _doubtful(snapshot, counts)
        if unverified and not lookups.trusting:
            portions = [*words.portions(unverified, _AT_ONCE)]
            looked_for = snapshot.records(*map(_looked_for, portions))
            lost |= _judged(snapshot, portions, iter(looked_for))
            unverified = []
        for word in lost:
            frequencies.pop(word, None)
        return LookAnswer(
            [
                counted[term] if term in counted else frequencies.get(term, 0)
                for term in lookups.terms
            ],
            [
                _remaining(snapshot, prefix, ranked, lost)
                for prefix, ranked in zip(lookups.prefixes, begun, strict=True)
            ],
            [
                [pair for pair in ranked if (near.field, pair[0]) not in lost]
                for near, ranked in zip(lookups.near, alike, strict=True)
            ],
            totals,
            samples,
            estimate,
            latest,
            [Term(*word) for word in unverified],
            [Term(*word) for word in sorted(gone)],
        )


def _stored(answer: Any) -> list[bytes]:
    return [unstored(hit["_source"]) for hit in answer["hits"]["hits"]]


def _total(answer: Any) -> int:
    return int(answer["hits"]["total"]["value"])


def _all(snapshot: Snapshot, prefix: Prefix, ranked: Ranked) -> Ranked:
    """The words of a first answer, and those that follow when there are more than come at once."""
    most = prefix.limit
    while len(ranked) and len(ranked) % WINDOW == 0 and (most is None or len(ranked) < most):
        word, records = ranked[-1]
        after = [records, word, prefix.field]
        body = words.beginning(prefix._replace(limit=None)) | {"search_after": after}
        [answer] = snapshot.ask([("words", body)])
        page = words.read(answer)
        if not page:
            break
        ranked = [*ranked, *page]
    return ranked[:most]


def _remaining(snapshot: Snapshot, prefix: Prefix, ranked: Ranked, lost: set[Word]) -> Ranked:
    """The words without those that are gone, and as many as were wanted."""
    remaining = [pair for pair in ranked if (prefix.field, pair[0]) not in lost]
    if len(remaining) == len(ranked) or prefix.limit is None or len(ranked) < prefix.limit:
        return remaining
    # the cut falls after those that are left out
    wider = look(snapshot, Look(prefixes=[prefix._replace(limit=2 * prefix.limit + 50)]))
    return wider.prefixes[0][: prefix.limit]


def _measured(near: Near, ranked: Ranked) -> Ranked:
    return [
        pair
        for pair in ranked
        if OSA.distance(near.word, pair[0], score_cutoff=near.faults) <= near.faults
    ]


def _doubtful(
    snapshot: Snapshot, counts: Iterable[tuple[Word, int]]
) -> tuple[set[Word], list[Word]]:
    """Those of some words, counted in so many records, that are in none, or perhaps in none."""
    most, verdict = snapshot.state.doubtful, snapshot.learnt.verdict
    rare = {word: verdict(word) for word, records in counts if records <= most}
    lost = {word for word, is_held in rare.items() if is_held is False}
    return lost, sorted(word for word, is_held in rare.items() if is_held is None)


def _judged(
    snapshot: Snapshot, portions: Iterable[Sequence[Word]], answers: Iterator[Any]
) -> set[Word]:
    """Those of some words that no record holds, from the answers to `_looked_for`."""
    lost: set[Word] = set()
    for portion in portions:
        buckets = next(answers)["aggregations"]["held"]["buckets"]
        for word, bucket in zip(portion, buckets, strict=True):
            snapshot.learnt.judge((word[0], word[1]), bool(bucket["doc_count"]))
            if not bucket["doc_count"]:
                lost.add((word[0], word[1]))
    return lost


def _looked_for(portion: Sequence[Word]) -> Body:
    # few records hold any of them: only those are walked
    each = [{"term": {field: word}} for field, word in portion]
    alternatives = {"bool": {"should": each, "minimum_should_match": 1}}
    return {
        "query": {"bool": {"filter": [alternatives]}},
        "size": 0,
        "aggs": {"held": {"filters": {"filters": each}}},
    }


def freq(snapshot: Snapshot, field: str, term: str) -> int:
    """Return how many records hold a term."""
    return look(snapshot, Look(terms=[Term(field, term)])).terms[0]


def begins(snapshot: Snapshot, field: str, prefix: str, limit: int | None) -> Ranked:
    """The terms of a field that begin so."""
    return look(snapshot, Look(prefixes=[Prefix(field, prefix, limit)])).prefixes[0]
