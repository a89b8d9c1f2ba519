"""How is a tree said in tantivy's own nodes?

How clauses are nested changes how long an answer takes, never what it is (`make bench`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations

import tantivy
from tantivy import Occur
from whoosh import query

from index.record import FIELDS

OPTION = {"text": "position", "bag": "freq", "key": "basic"}
"""How much is kept of the terms of each kind of field."""

_FIELD = {field.name: field for field in FIELDS}
_NODE = tantivy.Query
# More wishes than these are met faster together than one after the other.
_FEW = 8


def compiled(
    tree: query.Query, schema: tantivy.Schema, *, scored: bool = True
) -> tantivy.Query:
    """The tree in tantivy's own nodes; without what only changes scores when not `scored`."""
    match tree:
        case query.Term(fieldname=name):
            leaf = _term(tree, schema)
            if _FIELD[name].kind == "key":
                return _NODE.const_score_query(leaf, 0.0)
            return _weighed(leaf, name, tree.boost) if scored else leaf
        case query.Phrase(fieldname=name, words=words):
            if len(words) == 1:
                leaf = _term(query.Term(name, words[0]), schema)
            else:
                leaf = _NODE.phrase_query(schema, name, list(words))
            return _weighed(leaf, name, tree.boost) if scored else leaf
        case query.SpanNear2(qs=(a, b), slop=slop):
            # a node of this kind has a boost only when it was given one
            return _weighed(_near(a, b, slop, schema), a.fieldname, getattr(tree, "boost", 1.0))
        case query.NumericRange(fieldname=name, start=start, end=end):
            within = _NODE.range_query(
                schema, name, tantivy.FieldType.Integer, start, end,
                not tree.startexcl, not tree.endexcl,
            )
            return _NODE.const_score_query(within, 0.0)
        case query.ConstantScoreQuery(child=child, score=score):
            return _NODE.const_score_query(compiled(child, schema, scored=False), score)
        case query.Every():
            return _NODE.const_score_query(_NODE.all_query(), 0.0)
        case query.AndMaybe(a=query.And() as required, b=wished) if scored:
            return _wished(compiled(required, schema), _wishes(wished), schema)
        case query.And() | query.AndMaybe() | query.Not():
            clauses = list(_clauses(tree, schema, scored))
            if all(occur != Occur.Must for occur, _ in clauses):
                clauses.append((Occur.Must, compiled(query.Every(), schema)))
            return clauses[0][1] if len(clauses) == 1 else _NODE.boolean_query(clauses)
        case query.Or(subqueries=subs):
            return _any(subs, schema, scored)
        case _ if tree == query.NullQuery:
            return _NODE.empty_query()
    raise TypeError(f"no engine is asked a {type(tree).__name__}")


def _term(term: query.Term, schema: tantivy.Schema) -> tantivy.Query:
    name = term.fieldname
    return _NODE.term_query(schema, name, term.text, OPTION[_FIELD[name].kind])


def _weighed(asked: tantivy.Query, name: str, boost: float) -> tantivy.Query:
    weight = _FIELD[name].boost * boost
    return asked if weight == 1.0 else _NODE.boost_query(asked, weight)


def _near(a: query.Term, b: query.Term, slop: int, schema: tantivy.Schema) -> tantivy.Query:
    name = a.fieldname
    if a.text == b.text:
        # with a slop, tantivy lets one word stand for both
        rows = [
            _NODE.phrase_query(schema, name, [(0, a.text), (gap, b.text)])
            for gap in range(1, slop + 1)
        ]
    else:
        # in tantivy the order typed counts gaps exactly and the other costs two more
        rows = [
            _NODE.phrase_query(schema, name, [one.text, other.text], slop=slop - 1)
            for one, other in permutations((a, b))
        ]
    return _NODE.boolean_query([(Occur.Should, row) for row in rows])


def _any(subs: Sequence[query.Query], schema: tantivy.Schema, scored: bool) -> tantivy.Query:
    """One of several; a weight that words have in common is said once for them all."""
    weights = {_weight(sub) for sub in subs} if scored else set()
    if len(weights) == 1 and (weight := weights.pop()) is not None:
        words = _NODE.boolean_query([(Occur.Should, _term(sub, schema)) for sub in subs])
        return words if weight == 1.0 else _NODE.boost_query(words, weight)
    return _NODE.boolean_query([
        (Occur.Should, compiled(sub, schema, scored=scored)) for sub in subs
    ])


def _weight(tree: query.Query) -> float | None:
    """What multiplies the score of a word; None for what is not one."""
    if type(tree) is not query.Term or _FIELD[tree.fieldname].kind == "key":
        return None
    return float(_FIELD[tree.fieldname].boost * tree.boost)


def _wishes(wished: query.Query) -> Sequence[query.Query]:
    return wished.subqueries if isinstance(wished, query.Or) else [wished]


def _wished(
    required: tantivy.Query, wishes: Sequence[query.Query], schema: tantivy.Schema
) -> tantivy.Query:
    """What is required, ranked by wishes: looked at one by one where few hold what is required."""
    asked = [(Occur.Should, compiled(wish, schema)) for wish in wishes]
    if len(asked) > _FEW:
        return _NODE.boolean_query([(Occur.Must, required), *asked])
    for one in asked:
        required = _NODE.boolean_query([(Occur.Must, required), one])
    return required


def _clauses(
    tree: query.Query, schema: tantivy.Schema, scored: bool
) -> Iterator[tuple[Occur, tantivy.Query]]:
    """A conjunction, however nested, as one flat list: tantivy intersects flat lists fastest."""
    match tree:
        case query.And(subqueries=subs) if subs:
            for sub in subs:
                yield from _clauses(sub, schema, scored)
        case query.AndMaybe(a=required, b=wished):
            yield from _clauses(required, schema, scored)
            for wish in _wishes(wished) if scored else ():
                yield Occur.Should, compiled(wish, schema)
        case query.Not(query=unwanted):
            yield Occur.MustNot, compiled(unwanted, schema, scored=False)
        case _:
            yield Occur.Must, compiled(tree, schema, scored=scored)
