"""Which records match a tree, given what matches each of its leaves?

Plain set algebra over dicts, for an engine that can only answer leaves. Every node is worked
out whole, so that a Not means the same wherever it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from whoosh import query

Scores = dict[int, float]
"""Record number → score: the records that match, and how well."""

Rule = Callable[[list[list[int]]], bool]
"""Whether the places of some words, one list a word, are as they should be."""


class Leaves(Protocol):
    """The leaves of a tree, as an engine answers them."""

    @property
    def live(self) -> Sequence[int]:
        """Every record that was not removed."""

    def term(self, name: str, text: str, boost: float) -> Scores:
        """The records that hold a term."""

    def placed(self, name: str, words: Sequence[str], boost: float, rule: Rule) -> Scores:
        """The records that hold all the words, in places that the rule accepts."""

    def between(self, name: str, low: int, high: int) -> Scores:
        """The records whose number is there, from `low` to `high` included."""


def match(tree: query.Query, leaves: Leaves) -> Scores:
    """The records that match a tree of the closed node kinds; TypeError for any other node.

    And, Or and AndMaybe add their parts' scores; Not, ranges and Every score nothing.
    """
    match tree:
        case query.Term(fieldname=name, text=text, boost=boost):
            return leaves.term(name, text, boost)
        case query.Phrase(fieldname=name, words=words, boost=boost):
            return leaves.placed(name, words, boost, follow) if words else {}
        case query.SpanNear2(qs=[a, b], slop=slop):
            # a node of this kind has a boost only when it was given one
            boost = getattr(tree, "boost", 1.0)
            return leaves.placed(a.fieldname, [a.text, b.text], boost, near(slop, tree.ordered))
        case query.NumericRange(fieldname=name, start=start, end=end):
            low = -(2**63) if start is None else start + bool(tree.startexcl)
            high = 2**63 if end is None else end - bool(tree.endexcl)
            return leaves.between(name, low, high)
        case query.ConstantScoreQuery(child=child, score=score):
            return dict.fromkeys(match(child, leaves), score)
        case query.Every():
            return dict.fromkeys(leaves.live, 0.0)
        case query.Not(query=unwanted):
            excluded = match(unwanted, leaves)
            return {record: 0.0 for record in leaves.live if record not in excluded}
        case query.AndMaybe(a=required, b=optional):
            scores = match(required, leaves)
            more = match(optional, leaves) if scores else {}
            return {record: score + more.get(record, 0.0) for record, score in scores.items()}
        case query.And(subqueries=subs, boost=boost):
            return _scale(_all(match(sub, leaves) for sub in subs), boost)
        case query.Or(subqueries=subs, boost=boost):
            return _scale(_any(match(sub, leaves) for sub in subs), boost)
        case _ if tree == query.NullQuery:
            return {}
    raise TypeError(f"no engine is asked a {type(tree).__name__}")


def follow(places: list[list[int]]) -> bool:
    """Return whether the words come one after another somewhere.

    >>> follow([[0, 7], [3, 8]]), follow([[0], [2]])
    (True, False)
    """
    starts = set(places[0])
    for gap, other_places in enumerate(places):
        starts.intersection_update([place - gap for place in other_places])
    return bool(starts)


def near(slop: int, ordered: bool = False) -> Rule:
    """Return whether two words are somewhere at most `slop` places apart, `ordered` or not.

    >>> near(2)([[5], [3]]), near(2)([[5], [5, 8]]), near(2, ordered=True)([[5], [3, 5]])
    (True, False, False)
    """
    least = 1 if ordered else -slop

    def rule(places: list[list[int]]) -> bool:
        gaps = (other - place for place in places[0] for other in places[1])
        return any(gap and least <= gap <= slop for gap in gaps)

    return rule


def _all(operands: Iterable[Scores]) -> Scores:
    parts = sorted(operands, key=len)
    if not parts:
        return {}
    fewest, *other_parts = parts
    return {
        record: score + sum(other_part[record] for other_part in other_parts)
        for record, score in fewest.items()
        if all(record in other_part for other_part in other_parts)
    }


def _any(operands: Iterable[Scores]) -> Scores:
    union: Scores = {}
    for part in operands:
        for record, score in part.items():
            union[record] = union.get(record, 0.0) + score
    return union


def _scale(scores: Scores, boost: float) -> Scores:
    return scores if boost == 1.0 else {record: score * boost for record, score in scores.items()}
