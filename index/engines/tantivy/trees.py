"""How is a tree written in tantivy's own nodes?

How clauses are nested changes how long an answer takes, never what it is (`make bench`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import permutations
from operator import attrgetter
from typing import Any

import tantivy
from tantivy import Occur
from whoosh import query

from index.engines.in_process import runs
from index.question.clauses import alternatives
from index.record import FIELDS, KEY_FIELDS

OPTION = {"text": "position", "bag": "freq", "key": "basic"}
"""How much is kept of the terms of each kind of field."""

_INDEX_OPTION = {field.name: OPTION[field.kind] for field in FIELDS if field.kind in OPTION}
_BOOST = {field.name: field.boost for field in FIELDS}
# runs of common words stand for phrases of that column
_INDEX_OPTION[runs.NAME], _BOOST[runs.NAME] = OPTION["bag"], _BOOST[runs.FIELD]
_NODE = tantivy.Query
_column = attrgetter("fieldname", "boost")
# More optional clauses than these are met faster together than one after the other.
_FEW = 8


def compiled(tree: query.Query, schema: tantivy.Schema, *, scored: bool = True) -> tantivy.Query:
    """The tree in tantivy's own nodes; without what only changes scores when not `scored`."""
    compiler = _COMPILERS.get(type(tree))
    if compiler is None:
        raise TypeError(f"no engine is asked a {type(tree).__name__}")
    return compiler(tree, schema, scored)


def _term(term: query.Term, schema: tantivy.Schema, scored: bool) -> tantivy.Query:
    name = term.fieldname
    leaf = _NODE.term_query(schema, name, term.text, _INDEX_OPTION[name])
    if name in KEY_FIELDS:
        return _NODE.const_score_query(leaf, 0.0)
    return _weighed(leaf, name, term.boost) if scored else leaf


def _phrase(phrase: query.Phrase, schema: tantivy.Schema, scored: bool) -> tantivy.Query:
    name, words = phrase.fieldname, phrase.words
    if len(words) == 1:
        leaf = _NODE.term_query(schema, name, words[0], _INDEX_OPTION[name])
    else:
        leaf = _NODE.phrase_query(schema, name, list(words))
    return _weighed(leaf, name, phrase.boost) if scored else leaf


def weight_of(term: query.Term) -> float:
    """Return the factor of a word's score: its own weight times its column's.

    >>> weight_of(query.Term("stem", "chat", boost=0.5)) == 0.5 * _BOOST["stem"]
    True
    """
    return float(_BOOST[term.fieldname] * term.boost)


def _weighed(leaf: tantivy.Query, name: str, boost: float) -> tantivy.Query:
    weight = _BOOST[name] * boost
    return leaf if weight == 1.0 else _NODE.boost_query(leaf, weight)


def _near(span: query.SpanNear2, schema: tantivy.Schema, scored: bool) -> tantivy.Query:
    left, right = span.qs
    name = left.fieldname
    if left.text == right.text or span.ordered:
        # with a slop, tantivy lets one word stand for both, or the second come first
        rows = [
            _NODE.phrase_query(schema, name, [(0, left.text), (gap, right.text)])
            for gap in range(1, span.slop + 1)
        ]
    else:
        # in tantivy the order typed counts gaps exactly and the other costs two more
        rows = [
            _NODE.phrase_query(schema, name, [first.text, second.text], slop=span.slop - 1)
            for first, second in permutations((left, right))
        ]
    close = _NODE.boolean_query([(Occur.Should, row) for row in rows])
    # a node of this kind has a boost only when it was given one
    return _weighed(close, name, getattr(span, "boost", 1.0))


def _within(interval: query.NumericRange, schema: tantivy.Schema, scored: bool) -> tantivy.Query:
    within = _NODE.range_query(
        schema,
        interval.fieldname,
        tantivy.FieldType.Integer,
        interval.start,
        interval.end,
        not interval.startexcl,
        not interval.endexcl,
    )
    return _NODE.const_score_query(within, 0.0)


def _constant(
    constant: query.ConstantScoreQuery, schema: tantivy.Schema, scored: bool
) -> tantivy.Query:
    return _NODE.const_score_query(compiled(constant.child, schema, scored=False), constant.score)


def _every(tree: query.Query, schema: tantivy.Schema, scored: bool) -> tantivy.Query:
    return _NODE.const_score_query(_NODE.all_query(), 0.0)


def _nothing(tree: query.Query, schema: tantivy.Schema, scored: bool) -> tantivy.Query:
    return _NODE.empty_query()


def _any(union: query.Or, schema: tantivy.Schema, scored: bool) -> tantivy.Query:
    """One of several; a weight that words have in common is applied once for them all.

    tantivy 0.27 reads words two to three times as fast when nothing else stands among them.
    """
    subs = union.subqueries
    words = [sub for sub in subs if type(sub) is query.Term]
    if _FEW < len(words) < len(subs):
        subs = [query.Or(words), *(sub for sub in subs if type(sub) is not query.Term)]
    weight = _weight(subs, scored)
    if weight is not None:
        leaf = _NODE.term_query
        alternatives = _NODE.boolean_query(
            [
                (Occur.Should, leaf(schema, sub.fieldname, sub.text, _INDEX_OPTION[sub.fieldname]))
                for sub in subs
            ]
        )
        return alternatives if weight == 1.0 else _NODE.boost_query(alternatives, weight)
    return _NODE.boolean_query(
        [(Occur.Should, compiled(sub, schema, scored=scored)) for sub in subs]
    )


def _weight(trees: Sequence[query.Query], scored: bool) -> float | None:
    """What multiplies the score of each of some words; None when it is not one for them all."""
    # a prefix is hundreds of words, of a few columns
    if {*map(type, trees)} != {query.Term}:
        return None
    columns = {*map(_column, trees)}
    if any(name in KEY_FIELDS for name, _ in columns):
        return None
    weights = {_BOOST[name] * boost for name, boost in columns} if scored else {1.0}
    return weights.pop() if len(weights) == 1 else None


def _all(tree: query.Query, schema: tantivy.Schema, scored: bool) -> tantivy.Query:
    clauses = list(_clauses(tree, schema, scored))
    if all(occur != Occur.Must for occur, _ in clauses):
        clauses.append((Occur.Must, _every(tree, schema, scored)))
    return clauses[0][1] if len(clauses) == 1 else _NODE.boolean_query(clauses)


def _clauses(
    tree: query.Query, schema: tantivy.Schema, scored: bool
) -> Iterator[tuple[Occur, tantivy.Query]]:
    """A conjunction, however nested, as one flat list: tantivy intersects flat lists fastest."""
    kind = type(tree)
    if kind is query.And and tree.subqueries:
        for sub in tree.subqueries:
            # most are words: those of a passage that is verified, fifty
            if type(sub) is query.Term:
                yield Occur.Must, _term(sub, schema, scored)
            else:
                yield from _clauses(sub, schema, scored)
    elif kind is query.AndMaybe:
        yield from _clauses(tree.a, schema, scored)
        for clause in alternatives(tree.b) if scored else ():
            yield Occur.Should, compiled(clause, schema)
    elif kind is query.Not:
        yield Occur.MustNot, compiled(tree.query, schema, scored=False)
    else:
        yield Occur.Must, compiled(tree, schema, scored=scored)


def _ranked(ranked: query.AndMaybe, schema: tantivy.Schema, scored: bool) -> tantivy.Query:
    """What is required, and what only ranks it.

    Beside a conjunction, optional clauses are looked at one by one, on what holds it all
    only: they hang from its first clause, since whatever they hang from is copied for each.
    """
    optional = alternatives(ranked.b)
    if not scored or type(ranked.a) is not query.And:
        return _all(ranked, schema, scored)
    if len(optional) > _FEW and not any(map(_names, ranked.a.subqueries)):
        return _all(ranked, schema, scored)
    clauses = list(_clauses(ranked.a, schema, scored))
    required = [place for place, (occur, _) in enumerate(clauses) if occur == Occur.Must]
    if not required:
        return _all(ranked, schema, scored)
    first = clauses[required[0]][1]
    for clause in optional:
        first = _NODE.boolean_query([(Occur.Must, first), (Occur.Should, compiled(clause, schema))])
    clauses[required[0]] = Occur.Must, first
    return _NODE.boolean_query(clauses)


def _names(tree: query.Query) -> bool:
    """Whether it is met by a few records that are named."""
    return type(tree) is query.Or and all(
        type(sub) is query.Term and sub.fieldname == "id" for sub in tree.subqueries
    )


_COMPILERS: Mapping[type, Callable[[Any, tantivy.Schema, bool], tantivy.Query]] = {
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
