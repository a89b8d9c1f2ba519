"""What of a tree can make no difference to this index?

A term that no record holds is left out of the alternatives it stands among; and the
condition that one word at least be the passage's own is left out when a word required
beside it can be nowhere else. The set of answers and their scores stay the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from whoosh import query as nodes
from whoosh.query import Query

Freq = Callable[[str, str], int]


def pruned(tree: Query, freq: Freq) -> Query:
    """The same answers, asked of fewer lists. `freq`: how many records hold a field's term.

    >>> tree = nodes.And([nodes.Or([nodes.Term("stem", "sora"), nodes.Term("title_stem", "sora")]),
    ...                   nodes.ConstantScoreQuery(nodes.Term("stem", "sora"), 0.0)])
    >>> pruned(tree, lambda field, term: int(field == "stem"))
    Term('stem', 'sora')
    """
    if isinstance(tree, nodes.Or):
        held = [pruned(sub, freq) for sub in tree.subqueries if not _absent(sub, freq)]
        if not held:
            return nodes.NullQuery
        return held[0] if len(held) == 1 else nodes.Or(held)
    if isinstance(tree, nodes.And):
        return _all([pruned(sub, freq) for sub in tree.subqueries])
    if isinstance(tree, nodes.AndMaybe):
        required, wished = pruned(tree.a, freq), pruned(tree.b, freq)
        return required if wished == nodes.NullQuery else nodes.AndMaybe(required, wished)
    if isinstance(tree, nodes.ConstantScoreQuery):
        return nodes.ConstantScoreQuery(pruned(tree.child, freq), tree.score)
    if _absent(tree, freq):
        return nodes.NullQuery
    return tree


def _absent(tree: Query, freq: Freq) -> bool:
    return type(tree) is nodes.Term and not freq(tree.fieldname, tree.text)


def _all(subs: Sequence[Query]) -> Query:
    if any(sub == nodes.NullQuery for sub in subs):
        return nodes.NullQuery
    scored = [sub for sub in subs if not _is_condition(sub)]
    met = [_alternatives(sub) for sub in scored]
    kept = [
        sub
        for sub in subs
        # every alternative of something required is one of the condition's: it always holds
        if not (_is_condition(sub) and any(one <= _alternatives(sub.child) for one in met))
    ]
    return kept[0] if len(kept) == 1 else nodes.And(kept)


def _is_condition(tree: Query) -> bool:
    return isinstance(tree, nodes.ConstantScoreQuery) and tree.score == 0.0


def _alternatives(tree: Query) -> frozenset[tuple[object, ...]]:
    """What a tree is one or the other of, compared without the weights."""
    subs = tree.subqueries if isinstance(tree, nodes.Or) else [tree]
    found = set()
    for sub in subs:
        if type(sub) is nodes.Term:
            found.add((sub.fieldname, sub.text))
        elif type(sub) is nodes.Phrase:
            found.add((sub.fieldname, *sub.words))
        else:
            found.add((id(sub),))
    return frozenset(found)
