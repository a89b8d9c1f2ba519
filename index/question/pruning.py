"""Which words of a tree can be left out, since no passage holds them?

Nothing that is found changes, nor any score: only what an engine is asked, which looks for
each word in each column, and finds less to do where a whole clause goes with its words. What is
marked is another matter: the title of an article is shown beside leads that do not hold it as one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from whoosh import query as nodes
from whoosh.query import Query
from whoosh.query.spans import SpanNear2

from index.record import FIELDS

_COLUMNS = frozenset(field.name for field in FIELDS if field.kind in ("text", "bag"))
# So many alternatives are words that were found in the index just now.
_EXPANDED = 16


class _Count(Protocol):
    @property
    def total(self) -> int: ...


class Held(Protocol):
    """The words of an index, and how many records hold some together; a Reader is one."""

    def freq(self, field: str, term: str) -> int: ...

    def search(self, tree: Query, count: int) -> _Count: ...


def pruned(tree: Query, held: Held) -> Query:
    """The tree without the words that the index does not hold; itself when nothing is left.

    An exclusion of what no record holds goes too: that of words that no title has together is
    most of what an engine would do for them.

    >>> class Stems:
    ...     def freq(self, field: str, term: str) -> int:
    ...         return int(field == "stem")
    ...     def search(self, tree: Query, count: int) -> _Count:
    ...         raise AssertionError
    >>> from index.question.trees import written
    >>> either = nodes.Or([nodes.Term("stem", "sora"), nodes.Term("title_stem", "sora")])
    >>> written(pruned(either, Stems()))
    'stem:sora'
    """
    left = _left(tree, held)
    return tree if left == nodes.NullQuery else left


def _left(tree: Query, held: Held) -> Query:
    match tree:
        case nodes.Term(fieldname=name, text=text) if name in _COLUMNS:
            return tree if held.freq(name, text) else nodes.NullQuery
        case nodes.Phrase(fieldname=name, words=words):
            return tree if _all(name, words, held) else nodes.NullQuery
        case SpanNear2(qs=(a, b)):
            return tree if _all(a.fieldname, (a.text, b.text), held) else nodes.NullQuery
        case nodes.Or(subqueries=subs) if len(subs) <= _EXPANDED:
            kept = [rest for sub in subs if (rest := _left(sub, held)) != nodes.NullQuery]
            if not kept:
                return nodes.NullQuery
            return kept[0] if len(kept) == 1 else nodes.Or(kept)
        case nodes.And(subqueries=subs):
            every = [_left(sub, held) for sub in subs]
            if nodes.NullQuery in every:
                return nodes.NullQuery
            kept = [sub for sub in every if sub != _ALL]
            return tree if not kept else kept[0] if len(kept) == 1 else nodes.And(kept)
        case nodes.AndMaybe(a=required, b=optional):
            required, optional = _left(required, held), _left(optional, held)
            if nodes.NullQuery in (required, optional):
                return required
            return nodes.AndMaybe(required, optional)
        case nodes.ConstantScoreQuery(child=child, score=score):
            left = _left(child, held)
            return left if left == nodes.NullQuery else nodes.ConstantScoreQuery(left, score)
        case nodes.Not(query=unwanted):
            left = _left(unwanted, held)
            return nodes.Not(left) if _held(left, held) else _ALL
    return tree


_ALL = nodes.Not(nodes.NullQuery)
"""An exclusion of nothing."""


def _held(tree: Query, held: Held) -> bool:
    """Whether some record holds what is excluded, as far as that is quickly known."""
    if type(tree) is not nodes.And:
        return bool(tree != nodes.NullQuery)
    words = [sub for sub in tree.subqueries if type(sub) is not nodes.Not]
    return len(words) < 2 or held.search(nodes.And(words), 0).total > 0


def _all(name: str, words: Sequence[str], held: Held) -> bool:
    return all(held.freq(name, word) for word in words)
