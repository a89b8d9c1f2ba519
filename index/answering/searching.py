"""What are the answers to a question?

One walk: the question is parsed once into a tree; the engine answers hits and exact
tallies; hits are grouped by article; snippets are made for the passages shown, and for
no other.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from whoosh import query as nodes

from index import french
from index.answering import ranking, showing, snippet, suggesting
from index.answering.facets import facets_of
from index.engines import Groups, Order, Reader
from index.question import query
from index.question.clauses import VISIBLE, all_of, any_of
from index.question.pruning import pruned
from index.question.synonyms import BUNDLED
from index.record import About, Record
from index.results import IndexState, Passage, Piece, Results, Snippet, Span, Totals

Where = Literal["all", "articles", "comments"]


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a question from outside it. Several values of one name: any of them.

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
        """As conditions of a tree."""
        found: list[nodes.Query] = []
        kinds = {"articles": ("lead", "section"), "comments": ("comment",)}.get(self.where, ())
        named = {
            "kind": kinds,
            "category": [french.fold(one) for one in self.category],
            "author": [french.fold(one) for one in self.author],
            "commenter": [french.fold(one) for one in self.commenter],
            "article": [self.article] if self.article is not None else (),
        }
        for field, values in named.items():
            if values:
                found.append(any_of([nodes.Term(field, value) for value in values]))
        if self.until is not None:
            found.append(nodes.NumericRange("start", None, int(self.until.timestamp()) - 1))
        if self.since is not None:
            found.append(nodes.NumericRange("end", int(self.since.timestamp()), None))
        return found


def search(
    reader: Reader,
    asked: str,
    *,
    now: datetime,
    filters: Filters = Filters(),
    order: Order | None = None,
    page: int = 1,
    size: int = 10,
    group: bool = True,
    facets: Sequence[str] = (),
    synonyms: Mapping[str, tuple[str, ...]] = BUNDLED,
    snippets: bool = True,
) -> Results:
    """One page of answers: articles with their best passages, or single passages.

    `now` is aware: what "hier" means. `order` None leaves it to the question (`tri:`), else
    relevance. `page` counts from 1, `size` is in articles (in passages when not `group`).
    `facets` names the fields to count (see `index.facets`), `synonyms` what else the words may
    be written as. Without `snippets`, ranks alone (see `showing.groups`). No string raises; what
    was not understood is in `notices`. Raises IndexUnavailable.
    """
    began = time.perf_counter()
    question = query.parse(asked, reader, now=now, synonyms=synonyms)
    chosen: Order = order or question.order or "relevance"
    narrowing = filters.nodes()
    tree = pruned(_narrowed(question, narrowing), reader)
    groups = reader.groups(tree)
    totals = _totals(groups)

    looser = question.partial
    if not totals.passages and question.sentence is not None:
        looser = question.sentence
    partial = None if looser is None else pruned(all_of([looser, *narrowing]), reader)
    wanted = ranking.Wanted(
        tree, groups, totals.passages, page, size, chosen, group, partial, question.plain
    )
    ranked = ranking.rank(reader, wanted)
    totals = replace(totals, partial=ranked.found - totals.passages)
    shown = showing.groups(reader, ranked.groups, groups, question.tree, looser, marked=snippets)

    def count(other: str, beside: Sequence[nodes.Query] = narrowing) -> int:
        tree = query.parse(other, reader, now=now, synonyms=synonyms).tree
        return reader.search(all_of([tree, *beside]), 0).total

    nothing = totals.passages == 0 and bool(question.pieces)
    return Results(
        asked=asked,
        understood=_counted(reader, question),
        notices=question.notices,
        totals=totals,
        groups=tuple(shown),
        facets=facets_of(reader, tree, facets),
        did_you_mean=suggesting.did_you_mean(reader, question, count)
        if totals.passages < ranking.FEW
        else (),
        relax=suggesting.ladder(
            reader, question, count, (lambda other: count(other, ())) if narrowing else None
        )
        if nothing
        else (),
        page=page,
        size=size,
        has_next=ranked.has_next,
        listed=ranked.listed,
        order=chosen,
        state=state(reader),
        took_ms=(time.perf_counter() - began) * 1000,
    )


def _counted(reader: Reader, question: query.Question) -> tuple[Piece, ...]:
    """The pieces, each with how many passages of the whole index hold it."""
    return tuple(
        piece if holding is None else replace(piece, passages=reader.search(holding, 0).total)
        for piece, holding in zip(question.pieces, question.holding, strict=True)
    )


@dataclass(frozen=True, slots=True)
class Thread:
    """A whole article with its thread, in page order, a question's matches marked.

    Each passage has one snippet: its whole text. `occurrences` counts the marks.
    """

    about: About
    passages: tuple[Passage, ...]
    title_marks: tuple[Span, ...]
    occurrences: int


def thread(
    reader: Reader,
    article: str,
    asked: str = "",
    *,
    now: datetime,
    synonyms: Mapping[str, tuple[str, ...]] = BUNDLED,
) -> Thread | None:
    """An article as the index holds it, or None when it does not."""
    records = sorted(map(Record.load, reader.passages(article)), key=lambda one: one.position)
    if not records:
        return None
    shown = snippet.wanted(query.parse(asked, reader, now=now, synonyms=synonyms).tree)
    by_id = {record.id: record for record in records}
    passages = tuple(
        Passage(
            record,
            0.0,
            (Snippet(record.text, snippet.marks(record.text, shown, "text")),),
            snippet.marks(record.heading, shown, "heading"),
            parent=by_id.get(record.parent or ""),
            quote_marks=tuple(
                snippet.marks(quote.text, shown, "quoted") for quote in record.quotes
            ),
        )
        for record in records
    )
    title_marks = snippet.marks(records[0].about.title, shown, "title")
    marked = sum(
        len(one.snippets[0].marks)
        + (len(one.heading_marks) if one.record.kind != "lead" else 0)
        + sum(map(len, one.quote_marks))
        for one in passages
    )
    return Thread(records[0].about, passages, title_marks, marked + len(title_marks))


def state(reader: Reader) -> IndexState:
    """What the index holds, as this reader sees it."""
    held = reader.held()
    updated = None
    if reader.updated is not None:
        updated = datetime.fromtimestamp(reader.updated).astimezone().isoformat("T", "seconds")
    return IndexState(
        reader.generation, updated, *(held.get(kind, 0) for kind in ("lead", "section", "comment"))
    )


def _narrowed(question: query.Question, narrowing: Sequence[nodes.Query]) -> nodes.Query:
    """The question within its filters; filters without a question are one by themselves."""
    if narrowing and not question.asked.strip():
        return all_of([VISIBLE, *narrowing])
    return all_of([question.tree, *narrowing])


def _totals(groups: Groups) -> Totals:
    comments = groups.kinds.get("comment", 0)
    sections = sum(groups.kinds.values()) - comments
    return Totals(groups.count, sections + comments, sections, comments)
