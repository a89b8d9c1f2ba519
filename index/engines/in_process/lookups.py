"""How many records match a tree, at most, and in how many lists is each of them looked up?

In what is excluded, in the unions required beside others, and in what only ranks.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from whoosh import query as nodes

from index.question.clauses import alternatives

Frequency = Callable[[str, str], int]
"""How many records hold a term of a field."""

# A record is looked up in each thing excluded, whose words are read side by side; in the list of
# each word when several have to be there, until it lacks one: in a dozen at most.
_MOST_LISTS = 12
# Looking a record up in a union of words required beside another condition: 6 to 10 ns at 100,000
# passages (tantivy 0.27), and as much again for a score, half of the times a page asks for one.
_MET = 3
_SCORED = 4
# Giving a record its score in a clause that only ranks: 15 ns for each of eight, half of the times;
# more of them are met together.
_RANKED = 3
_RANKS = 8
ROWS = (nodes.Phrase, nodes.SpanNear2)


def matching(tree: Any, frequency: Frequency, size: int) -> int:
    """Return how many records match, at most.

    >>> held = {"le": 900, "la": 800, "sora": 3}
    >>> def frequency(field, word): return held.get(word, 0)
    >>> either = nodes.Or([nodes.Term("text", "le"), nodes.Term("text", "la")])
    >>> matching(either, frequency, 1000)
    1000
    >>> matching(nodes.And([either, nodes.Term("text", "sora")]), frequency, 1000)
    3
    """
    kind = type(tree)
    if kind is nodes.Term:
        return min(size, frequency(tree.fieldname, tree.text))
    if kind in ROWS:
        return min(size, *(frequency(*word) for word in words_of(tree)))
    if kind is nodes.AndMaybe:
        return matching(tree.a, frequency, size)
    if kind is nodes.ConstantScoreQuery:
        return matching(tree.child, frequency, size)
    inside = [matching(child, frequency, size) for child in tree.children()]
    if kind is nodes.Or:
        return min(size, sum(inside))
    if kind is nodes.And:
        return min(inside, default=0)
    return 0 if tree == nodes.NullQuery else size


def looked_up(tree: Any, frequency: Frequency, size: int, required: bool = True) -> int:
    """What it takes to look up each record that the rest matches: in what is excluded, and in each
    union that is `required` beside another condition.

    >>> held = {"le": 900, "la": 800, "sora": 3}
    >>> def frequency(field, word): return held.get(word, 0)
    >>> either = nodes.Or([nodes.Term("text", "le"), nodes.Term("text", "sora")])
    >>> looked_up(nodes.And([either, either]), frequency, 1000)
    2709
    >>> looked_up(nodes.And([either, nodes.Term("text", "la")]), frequency, 1000)
    2400
    """
    if type(tree) in ROWS:
        return 0
    inside = [*tree.children()]
    deeper = sum(
        looked_up(child, frequency, size, required and type(child) is not nodes.Not)
        for child in inside
    )
    times = _MET * _unions(tree) if required else 0
    excluded = [child for child in inside if type(child) is nodes.Not]
    if excluded:
        times += (
            1
            + len(excluded)
            + min(_MOST_LISTS, sum(_lists_searched(child.query) for child in excluded))
        )
    return deeper + times * matching(tree, frequency, size) if times else deeper


def ranked(tree: Any, frequency: Frequency, size: int) -> int:
    """What it takes beside, to give a score to each record that matches."""
    if type(tree) is nodes.AndMaybe:
        clauses = min(_RANKS, len(alternatives(tree.b)))
        cost = _RANKED * clauses * matching(tree.a, frequency, size)
        return cost + ranked(tree.a, frequency, size)
    if type(tree) is not nodes.And:
        return 0
    unions = _unions(tree)
    cost = _SCORED * unions * matching(tree, frequency, size) if unions else 0
    return cost + sum(ranked(child, frequency, size) for child in tree.children())


def _unions(tree: Any) -> int:
    """In how many unions of a conjunction is what meets another condition looked up?

    The words that are required by themselves are read side by side.
    """
    if type(tree) is not nodes.And:
        return 0
    required = [child for child in tree.children() if type(child) is not nodes.Not]
    unions = sum(type(child) is nodes.Or for child in required)
    return unions - 1 if unions == len(required) and unions else unions


def _lists_searched(tree: Any, required: bool = False) -> int:
    """In how many lists each record is sought: those of what is required together."""
    if type(tree) in ROWS or type(tree) is nodes.Not:
        # read with its words, or looked up in its turn
        return 0
    inside = [*tree.children()]
    if not inside:
        return int(required)
    return sum(_lists_searched(child, required or type(tree) is nodes.And) for child in inside)


def words_of(leaf: Any) -> list[tuple[str, str]]:
    """The terms of a row of words."""
    if type(leaf) is nodes.Phrase:
        return [(leaf.fieldname, word) for word in leaf.words]
    return [(term.fieldname, term.text) for term in leaf.qs]
