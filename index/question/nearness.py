"""Which words does `a PRES/5 b` want near each other?

Here `a PRES/5 b PRES/3 c` is a group whose left side is a group.
"""

from __future__ import annotations

from collections.abc import Iterable

from index import french
from index.question import typed
from index.question.grammar import LIMITS
from index.question.marks import Atom, Group, Word


def pairs(group: Group) -> list[tuple[list[str], int]]:
    """Return the words that must be near, folded, with their distance; none if a side is no word.

    In `a PRES/5 b PRES/3 c` each two neighbours are at their own distance.
    """
    atom, right_atom = group.nodes
    outer_pairs: list[tuple[list[str], int]] = []
    if isinstance(atom.node, Group) and atom.node.code == "near":
        outer_pairs = pairs(atom.node)
        atom = atom.node.nodes[-1]
    words, right_words = _words(atom), _words(right_atom)
    return [*outer_pairs, (words + right_words, group.slop)] if words and right_words else []


def sides(group: Group) -> Iterable[Word]:
    """Yield the words on each side of the operators, as they were typed."""
    for atom in group.nodes:
        if isinstance(atom.node, Group):
            yield from sides(atom.node)
        elif isinstance(atom.node, Word):
            yield atom.node


def _words(atom: Atom) -> list[str]:
    is_plain = isinstance(atom.node, Word) and atom.field is None and not atom.excluded
    tokens = french.tokens(atom.node.text) if is_plain else []
    if typed.without_emojis(tokens)[1]:
        # an emoji has no place among the words of a text, to be near another
        return []
    return [token.exact for token in tokens[: LIMITS.phrase]]
