"""Leaves of trees, by words as a question asks them."""

from __future__ import annotations

from whoosh.query import Query, SpanNear2, Term

from index import french


def stem(word: str) -> Term:
    return Term("stem", french.stem(french.fold(word)))


def near_tree(text: str, second_text: str, slop: int, ordered: bool = False) -> Query:
    return SpanNear2([Term("text", text), Term("text", second_text)], slop=slop, ordered=ordered)
