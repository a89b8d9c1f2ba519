"""Which words does `a PRES/5 b` want near each other?

Here `a PRES/5 b PRES/3 c` is a group whose left side is a group.
"""

from __future__ import annotations

from collections.abc import Iterable

from index import french
from index.question.grammar import LIMITS
from index.question.marks import Atom, Group, Word


def pairs(group: Group) -> list[tuple[list[str], int]]:
    """The words that must be near, folded, with their distance; none when a side is no word.

    In `a PRES/5 b PRES/3 c` each two neighbours are at their own distance.
    """
    left, right = group.nodes
    before: list[tuple[list[str], int]] = []
    if isinstance(left.node, Group) and left.node.code == "near":
        before = pairs(left.node)
        left = left.node.nodes[-1]
    first, last = _words(left), _words(right)
    return [*before, (first + last, group.slop)] if first and last else []


def sides(group: Group) -> Iterable[Word]:
    """The words on each side of the operators, as they were typed."""
    for atom in group.nodes:
        if isinstance(atom.node, Group):
            yield from sides(atom.node)
        elif isinstance(atom.node, Word):
            yield atom.node


def _words(atom: Atom) -> list[str]:
    plain = isinstance(atom.node, Word) and atom.field is None and not atom.excluded
    tokens = french.tokens(atom.node.text) if plain else []
    return [token.exact for token in tokens[: LIMITS.phrase]]
