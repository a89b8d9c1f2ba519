"""How is a tree written in OpenSearch's own query language?

What only chooses goes to `filter`, which costs no score; scores are BM25's with the 2.2 that
Lucene leaves out of it since its version 8 (k1 + 1), so that they read as the other engines'.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from whoosh import query

from index.engines.opensearch.schema import NOWHERE
from index.question.clauses import alternatives
from index.record import FIELDS, KEY_FIELDS

Clause = dict[str, Any]

_K1_PLUS_1 = 2.2
_BOOST = {field.name: field.boost * _K1_PLUS_1 for field in FIELDS}
NOTHING: Clause = {"match_none": {}}
_EVERYTHING: Clause = {"match_all": {}}


def compiled(tree: query.Query, *, scored: bool = True) -> Clause:
    """The tree, without what only changes scores when not `scored`. TypeError for other nodes.

    >>> compiled(query.Term("kind", "lead"))
    {'bool': {'filter': [{'term': {'kind': 'lead'}}]}}
    """
    compiler = _COMPILERS.get(type(tree))
    if compiler is None:
        raise TypeError(f"no engine is asked a {type(tree).__name__}")
    return compiler(tree, scored)


def with_scores(tree: query.Query) -> Clause:
    """The tree with its scores, from the statistics of every shard.

    Of a phrase, Lucene 10 asks a shard for its field's statistics only where the shard holds one
    of its words (`PhraseQuery.createWeight`), so that the sum of all shards would be of some of
    them. A word that is nowhere has each shard give them, and matches nothing.

    >>> with_scores(query.Phrase("text", ["carte", "vitale"]))["bool"]["should"] == [
    ...     {"term": {"text": NOWHERE}}]
    True
    """
    clause = compiled(tree)
    fields = sorted({*_of_phrases(clause)})
    if not fields:
        return clause
    return {"bool": {"must": [clause], "should": [{"term": {name: NOWHERE}} for name in fields]}}


def _of_phrases(clause: Any) -> Iterator[str]:
    """The fields of the phrases of a clause."""
    inside = clause.items() if isinstance(clause, dict) else ()
    for name, inner in inside:
        if name == "match_phrase":
            yield from inner
        else:
            for part in inner if isinstance(inner, list) else [inner]:
                yield from _of_phrases(part)


def filtering(clause: Clause) -> Clause:
    """Return a query that filters and gives no score."""
    return {"bool": {"filter": [clause]}}


def _term(term: query.Term, scored: bool) -> Clause:
    name = term.fieldname
    if name in KEY_FIELDS:
        return filtering({"term": {name: term.text}})
    if not scored:
        return {"term": {name: term.text}}
    return {"term": {name: {"value": term.text, "boost": _BOOST[name] * term.boost}}}


def _phrase(phrase: query.Phrase, scored: bool) -> Clause:
    name, words = phrase.fieldname, phrase.words
    if not words:
        return NOTHING
    if len(words) == 1:
        return _term(query.Term(name, words[0], boost=phrase.boost), scored)
    boost = _BOOST[name] * phrase.boost if scored else 1.0
    return {"match_phrase": {name: {"query": " ".join(words), "boost": boost}}}


def _near(span: query.SpanNear2, scored: bool) -> Clause:
    left, right = span.qs
    name = left.fieldname
    pair = {"query": f"{left.text} {right.text}", "ordered": span.ordered}
    pair["max_gaps"] = span.slop - 1
    close: Clause = {"intervals": {name: {"match": pair}}}
    if not scored:
        return close
    # intervals choose exactly and score otherwise than BM25: phrases with gaps score for them
    boost = _BOOST[name] * getattr(span, "boost", 1.0)
    slop = span.slop + 1
    rows = ((left.text, right.text), (right.text, left.text))
    phrases = {" ".join(row) for row in rows[: 1 if span.ordered else 2]}
    should = [
        {"match_phrase": {name: {"query": words, "slop": slop, "boost": boost / len(phrases)}}}
        for words in sorted(phrases)
    ]
    return {"bool": {"filter": [close], "should": should}}


def _within(interval: query.NumericRange, scored: bool) -> Clause:
    ends: Clause = {}
    if interval.start is not None:
        ends["gt" if interval.startexcl else "gte"] = interval.start
    if interval.end is not None:
        ends["lt" if interval.endexcl else "lte"] = interval.end
    return filtering({"range": {interval.fieldname: ends}})


def _constant(constant: query.ConstantScoreQuery, scored: bool) -> Clause:
    inner = compiled(constant.child, scored=False)
    if not scored or not constant.score:
        return filtering(inner)
    return {"constant_score": {"filter": inner, "boost": constant.score}}


def _every(tree: query.Query, scored: bool) -> Clause:
    return filtering(_EVERYTHING)


def _nothing(tree: query.Query, scored: bool) -> Clause:
    return NOTHING


def _any(union: query.Or, scored: bool) -> Clause:
    subs: Sequence[query.Query] = union.subqueries
    if not subs:
        return NOTHING
    if field := _one_field(subs, scored):
        # hundreds of words, or of articles, as one clause
        return filtering({"terms": {field: [sub.text for sub in subs]}})
    clauses = {"should": [compiled(sub, scored=scored) for sub in subs], "minimum_should_match": 1}
    return {"bool": clauses if union.boost == 1.0 else clauses | {"boost": union.boost}}


def _one_field(subs: Sequence[query.Query], scored: bool) -> str:
    """The field of terms that give no score; empty when there are several, or another node."""
    if {*map(type, subs)} != {query.Term}:
        return ""
    names = {sub.fieldname for sub in subs}
    name = names.pop()
    return name if not names and (name in KEY_FIELDS or not scored) else ""


def _all(tree: query.Query, scored: bool) -> Clause:
    parts: dict[str, list[Clause]] = {"must": [], "filter": [], "must_not": []}
    _gather(tree, scored, parts)
    if not parts["must"] and not parts["filter"]:
        parts["filter"].append(_EVERYTHING)
    clause: Clause = {name: clauses for name, clauses in parts.items() if clauses}
    if scored and tree.boost != 1.0:
        clause["boost"] = tree.boost
    return {"bool": clause}


def _gather(tree: query.Query, scored: bool, parts: dict[str, list[Clause]]) -> None:
    """A conjunction, however nested, as one flat list."""
    match tree:
        case query.And(subqueries=subs) if subs:
            for sub in subs:
                if type(sub) is query.And and sub.boost != 1.0:
                    parts["must"].append(compiled(sub, scored=scored))
                else:
                    _gather(sub, scored, parts)
        case query.And():
            parts["must"].append(NOTHING)
        case query.Not():
            parts["must_not"].append(compiled(tree.query, scored=False))
        case _:
            clause = compiled(tree, scored=scored)
            inner = clause.get("bool", {})
            if [*inner] == ["filter"]:
                parts["filter"] += inner["filter"]
            else:
                parts["must" if scored else "filter"].append(clause)


def _ranked(ranked: query.AndMaybe, scored: bool) -> Clause:
    if not scored:
        return compiled(ranked.a, scored=False)
    required = compiled(ranked.a)
    should = [compiled(clause) for clause in alternatives(ranked.b)]
    return {"bool": {"must": [required], "should": should}}


_COMPILERS: Mapping[type, Callable[[Any, bool], Clause]] = {
    query.Term: _term,
    query.Phrase: _phrase,
    query.SpanNear2: _near,
    query.NumericRange: _within,
    query.ConstantScoreQuery: _constant,
    query.Every: _every,
    query.Or: _any,
    query.And: _all,
    query.Not: _all,
    query.AndMaybe: _ranked,
    type(query.NullQuery): _nothing,
}
