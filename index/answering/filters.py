"""What narrows a question from outside it?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal, NamedTuple

from whoosh import query as nodes

from index import french
from index.answering.facets import FACETS, NARROWED
from index.question import query
from index.question.clauses import VISIBLE, all_of, any_of

Where = Literal["all", "articles", "comments"]


class Filters(NamedTuple):
    """The filters beside a question. Several values of one name: any of them.

    `since` and `until` are aware times, the second excluded; a passage whose time is only
    roughly known passes when it may have been written between them.
    """

    where: Where = "all"
    category: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    commenter: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    article: str | None = None

    def nodes(self) -> list[nodes.Query]:
        """Return the filters as conditions of a tree."""
        conditions: list[nodes.Query] = []
        kinds = {"articles": ("lead", "section"), "comments": ("comment",)}.get(self.where, ())
        values_by_field = {
            "kind": kinds,
            "category": [french.fold(name) for name in self.category],
            "author": [french.fold(name) for name in self.author],
            "commenter": [french.fold(name) for name in self.commenter],
            "article": [self.article] if self.article is not None else (),
        }
        for field, values in values_by_field.items():
            if values:
                conditions.append(any_of([nodes.Term(field, value) for value in values]))
        if self.until is not None:
            conditions.append(nodes.NumericRange("start", None, int(self.until.timestamp()) - 1))
        if self.since is not None:
            conditions.append(nodes.NumericRange("end", int(self.since.timestamp()), None))
        return conditions

    def without(self, facet: str) -> Filters:
        """Return the filters without those of one facet."""
        empty: dict[str, Any] = {facet: ()}
        return self._replace(**empty)

    def values(self, facets: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """The values asked of some facets.

        >>> Filters(category=("Droit",)).values(["category", "month"])
        {'category': ('Droit',)}
        """
        return {name: getattr(self, name) for name in facets if name in NARROWED}

    def named(self, facets: Sequence[str]) -> dict[str, list[str]]:
        """The same as engines hold them, by field."""
        values = self.values(facets).items()
        return {
            FACETS[name]: [french.fold(value) for value in facet_values]
            for name, facet_values in values
            if facet_values
        }


def narrowed(
    question: query.Question, filters: Filters, fewer: Filters | None = None
) -> nodes.Query:
    """Return the tree of the question within its filters; filters without a question are one.

    fewer: the filters to apply, when some are passed over.
    """
    narrowing = (filters if fewer is None else fewer).nodes()
    if filters != Filters() and not question.text.strip():
        return all_of([VISIBLE, *narrowing])
    return all_of([question.tree, *narrowing])
