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

from index.question.vocabulary.expanding import assuming
from index.record import WORD_FIELDS

# So many alternatives are words that were found in the index just now.
_EXPANDED = 16


class _Count(Protocol):
    @property
    def total(self) -> int: ...


class IndexWords(Protocol):
    """The words of an index, and how many records hold some together; a Reader is one."""

    def freq(self, field: str, term: str) -> int: ...

    def search(self, tree: Query, count: int) -> _Count: ...


def pruned(tree: Query, index_words: IndexWords) -> Query:
    """Return the tree without the words that no record has; NullQuery when nothing remains.

    An exclusion of what no record holds goes too: that of words that no title has together is
    most of what an engine would do for them.

    >>> class Stems:
    ...     def freq(self, field: str, term: str) -> int:
    ...         return int(field == "stem")
    ...     def search(self, tree: Query, count: int) -> _Count:
    ...         raise AssertionError
    >>> from index.question.trees import text_of
    >>> either = nodes.Or([nodes.Term("stem", "sora"), nodes.Term("title_stem", "sora")])
    >>> text_of(pruned(either, Stems()))
    'stem:sora'
    """
    match tree:
        case nodes.Term(fieldname=name, text=text) if name in WORD_FIELDS:
            return tree if index_words.freq(name, text) else nodes.NullQuery
        case nodes.Phrase(fieldname=name, words=words):
            return tree if _all(name, words, index_words) else nodes.NullQuery
        case SpanNear2(qs=(a, b)):
            return tree if _all(a.fieldname, (a.text, b.text), index_words) else nodes.NullQuery
        case nodes.Or(subqueries=subs) if len(subs) <= _EXPANDED or assuming(index_words):
            remaining = [
                branch for sub in subs if (branch := pruned(sub, index_words)) != nodes.NullQuery
            ]
            return _joined(nodes.Or, remaining, nodes.NullQuery)
        case nodes.And(subqueries=subs):
            subtrees = [pruned(sub, index_words) for sub in subs]
            if nodes.NullQuery in subtrees:
                return nodes.NullQuery
            return _joined(nodes.And, [sub for sub in subtrees if sub != _ALL], tree)
        case nodes.AndMaybe(a=required, b=optional):
            required, optional = pruned(required, index_words), pruned(optional, index_words)
            if nodes.NullQuery in (required, optional):
                return required
            return nodes.AndMaybe(required, optional)
        case nodes.ConstantScoreQuery(child=child, score=score):
            branch = pruned(child, index_words)
            return branch if branch == nodes.NullQuery else nodes.ConstantScoreQuery(branch, score)
        case nodes.Not(query=unwanted):
            branch = pruned(unwanted, index_words)
            return nodes.Not(branch) if _excludes_some(branch, index_words) else _ALL
    return tree


def _joined(kind: type[Query], trees: Sequence[Query], without: Query) -> Query:
    """One node of these trees; the tree itself when it is alone, and `without` when none is."""
    if len(trees) > 1:
        return kind(trees)
    return trees[0] if trees else without


_ALL = nodes.Not(nodes.NullQuery)
"""An exclusion of nothing."""


def _excludes_some(tree: Query, index_words: IndexWords) -> bool:
    """Whether some record matches what is excluded, as far as that is quickly known."""
    if type(tree) is not nodes.And:
        return bool(tree != nodes.NullQuery)
    words = [sub for sub in tree.subqueries if type(sub) is not nodes.Not]
    return len(words) < 2 or index_words.search(nodes.And(words), 0).total > 0


def _all(name: str, words: Sequence[str], index_words: IndexWords) -> bool:
    return all(index_words.freq(name, word) for word in words)
