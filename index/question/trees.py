"""How is a tree written down, for `glose explain` and for tests?

One line, each node in its own notation; anything outside the closed set of nodes is refused.
"""

from __future__ import annotations

from whoosh import query as nodes
from whoosh.query import Query
from whoosh.query.spans import SpanNear2


def text_of(tree: Query) -> str:
    """A tree in one line. Raises TypeError for a node that engines do not compile.

    >>> text_of(nodes.And([nodes.Term("stem", "sora"), nodes.Not(nodes.Term("text", "veo"))]))
    '(stem:sora & !text:veo)'
    """
    if type(tree) is nodes.Term:
        return f"{tree.fieldname}:{tree.text}{_boost(tree)}"
    if type(tree) is nodes.Phrase:
        return f'{tree.fieldname}:"{" ".join(tree.words)}"{_boost(tree)}'
    if type(tree) is nodes.And:
        return _joined(tree.subqueries, " & ")
    if type(tree) is nodes.Or:
        return _joined(tree.subqueries, " | ")
    if type(tree) is nodes.Not:
        return "!" + text_of(tree.query)
    if type(tree) is nodes.AndMaybe:
        return f"({text_of(tree.a)} ~ {text_of(tree.b)})"
    if type(tree) is nodes.ConstantScoreQuery:
        return f"[{text_of(tree.child)}]={tree.score:g}"
    if type(tree) is nodes.NumericRange:
        low, high = ("" if end is None else str(end) for end in (tree.start, tree.end))
        return f"{tree.fieldname}:{low}..{high}"
    if type(tree) is SpanNear2 and len(tree.qs) == 2:
        left, right = tree.qs
        sign = "→" if tree.ordered else "…"
        return f"{left.fieldname}:({left.text} {sign} {right.text})/{tree.slop}"
    if type(tree) is nodes.Every and tree.fieldname is None:
        return "*"
    if tree == nodes.NullQuery:
        return "∅"
    raise TypeError(f"{tree!r} is not a node that engines compile")


def _joined(parts: list[Query], sign: str) -> str:
    return "(" + sign.join(text_of(part) for part in parts) + ")"


def _boost(tree: Query) -> str:
    return "" if tree.boost == 1 else f"^{tree.boost:g}"
