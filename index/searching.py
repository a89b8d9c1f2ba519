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

from index import french, query, snippet, suggesting
from index.engines import Hit, Order, Reader
from index.facets import facets_of
from index.record import About, Record
from index.results import Group, IndexState, Passage, Piece, Results, Snippet, Span, Totals
from index.synonyms import BUNDLED

Where = Literal["all", "articles", "comments"]

# Passages shown under an article; `passages_found` counts them all.
_SHOWN = 3
# A first fetch this many times the groups wanted is almost always enough.
_FETCH = 4
# Below this many full matches, passages that hold part of the words follow.
_FEW = 10


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
) -> Results:
    """One page of answers: articles with their best passages, or single passages.

    `now` is aware: what "hier" means. `order` None leaves it to the question (`tri:`), else
    relevance. `page` counts from 1, `size` is in articles (in passages when not `group`).
    `facets` names the fields to count (see `index.facets`), `synonyms` what else the words may
    be written as. No string raises; what was not understood is in `notices`. Raises
    IndexUnavailable.
    """
    began = time.perf_counter()
    question = query.parse(asked, reader, now=now, synonyms=synonyms)
    chosen: Order = order or question.order or "relevance"
    narrowing = filters.nodes()
    tree = _narrowed(question, narrowing)
    tally = reader.tally(tree, ["group", "kind"])
    totals = _totals(tally)
    counts = tally["group"]

    shown = snippet.wanted(question.tree)
    ranked = _Ranked(reader, tree, chosen, counts if group else None)
    if group:
        best, has_next = ranked.groups(page, size)
        groups = _groups(reader, tree, chosen, best, counts, shown)
    else:
        best, has_next = ranked.hits(page, size)
        groups = _singles(reader, best, counts, shown)

    partial = question.partial
    few = totals.passages < _FEW
    last = page == max(1, -(-(totals.articles if group else totals.passages) // size))
    if partial is not None and few and last and chosen == "relevance":
        room = size - len(groups)
        loose = all_of([partial, *narrowing])
        more, found = _partial(reader, loose, counts, room, snippet.wanted(partial), group)
        groups = [*groups, *more]
        totals = replace(totals, partial=max(0, found - totals.passages))

    def count(other: str, beside: Sequence[nodes.Query] = narrowing) -> int:
        tree = query.parse(other, reader, now=now, synonyms=synonyms).tree
        return reader.search(all_of([tree, *beside]), 0).total

    nothing = totals.passages == 0 and bool(question.pieces)
    return Results(
        asked=asked,
        understood=_counted(reader, question),
        notices=question.notices,
        totals=totals,
        groups=tuple(groups),
        facets=facets_of(reader, tree, facets),
        did_you_mean=suggesting.did_you_mean(reader, question, count) if few else (),
        relax=suggesting.ladder(
            reader, question, count, (lambda other: count(other, ())) if narrowing else None
        )
        if nothing
        else (),
        page=page,
        size=size,
        has_next=has_next,
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
        )
        for record in records
    )
    title_marks = snippet.marks(records[0].about.title, shown, "title")
    marked = sum(
        len(one.snippets[0].marks) + (len(one.heading_marks) if one.record.kind != "lead" else 0)
        for one in passages
    )
    return Thread(records[0].about, passages, title_marks, marked + len(title_marks))


def state(reader: Reader) -> IndexState:
    """What the index holds, as this reader sees it."""
    held = {
        kind: reader.search(nodes.Term("kind", kind), 0).total
        for kind in ("lead", "section", "comment")
    }
    updated = None
    if reader.updated is not None:
        updated = datetime.fromtimestamp(reader.updated).astimezone().isoformat("T", "seconds")
    return IndexState(
        reader.generation, updated, held["lead"], held["section"], held["comment"]
    )


def _narrowed(question: query.Question, narrowing: Sequence[nodes.Query]) -> nodes.Query:
    """The question within its filters; filters without a question are one by themselves."""
    if narrowing and not question.asked.strip():
        return all_of([nodes.Term("state", "visible"), *narrowing])
    return all_of([question.tree, *narrowing])


def all_of(trees: Sequence[nodes.Query]) -> nodes.Query:
    return trees[0] if len(trees) == 1 else nodes.And(list(trees))


def any_of(trees: Sequence[nodes.Query]) -> nodes.Query:
    return trees[0] if len(trees) == 1 else nodes.Or(list(trees))


def _totals(tally: Mapping[str, Mapping[str | int, int]]) -> Totals:
    kinds = tally["kind"]
    comments = kinds.get("comment", 0)
    sections = sum(kinds.values()) - comments
    return Totals(len(tally["group"]), sections + comments, sections, comments)


class _Ranked:
    """The hits of a tree in order, fetched as far as a page needs."""

    def __init__(
        self, reader: Reader, tree: nodes.Query, order: Order, counts: Mapping[int, int] | None
    ) -> None:
        self._reader = reader
        self._tree = tree
        self._order = order
        self._counts = counts or {}

    def groups(self, page: int, size: int) -> tuple[list[list[Hit]], bool]:
        """The hits fetched of each article of the page, best article first; is there another page?

        An article stands where its best passage does.
        """
        wanted = page * size
        available = len(self._counts)
        has_next = available > wanted
        if not available:
            return [], False
        need, count = min(wanted, available), 0
        grouped: dict[int, list[Hit]] = {}
        total = sum(self._counts.values())
        while len(grouped) < need and count < total:
            count = min(total, max(_FETCH * need, 4 * count, 40))
            grouped = {}
            for hit in self._reader.search(self._tree, count, self._order).hits:
                grouped.setdefault(hit.group, []).append(hit)
        return list(grouped.values())[wanted - size : wanted], has_next

    def hits(self, page: int, size: int) -> tuple[list[list[Hit]], bool]:
        """The hits of the page, one by one."""
        found = self._reader.search(self._tree, page * size, self._order)
        return [[hit] for hit in found.hits[(page - 1) * size :]], found.total > page * size


def _groups(
    reader: Reader,
    tree: nodes.Query,
    order: Order,
    best: Sequence[list[Hit]],
    counts: Mapping[int, int],
    shown: snippet.Wanted,
) -> list[Group]:
    firsts = _records(reader, [hits[0] for hits in best])
    if any(len(hits) < min(_SHOWN, counts[hits[0].group]) for hits in best):
        articles = any_of([nodes.Term("article", record.about.id) for record in firsts])
        count = sum(counts[hits[0].group] for hits in best)
        by_group: dict[int, list[Hit]] = {}
        for hit in reader.search(nodes.And([tree, articles]), count, order).hits:
            by_group.setdefault(hit.group, []).append(hit)
        # the first stays first: a group stands where it was ranked
        best = [
            [hits[0], *(h for h in by_group[hits[0].group] if h.ref != hits[0].ref)]
            for hits in best
        ]
    return _shown(reader, best, counts, shown)


def _singles(
    reader: Reader, best: Sequence[list[Hit]], counts: Mapping[int, int], shown: snippet.Wanted
) -> list[Group]:
    return _shown(reader, best, counts, shown)


def _shown(
    reader: Reader,
    best: Sequence[list[Hit]],
    counts: Mapping[int, int],
    shown: snippet.Wanted,
    *,
    partial: bool = False,
) -> list[Group]:
    kept = [hits[:_SHOWN] for hits in best]
    records = iter(_records(reader, [hit for hits in kept for hit in hits]))
    loaded = [[(hit, next(records)) for hit in hits] for hits in kept]
    parents = _parents(reader, [record for pairs in loaded for _, record in pairs])
    groups = []
    for pairs in loaded:
        hit, record = pairs[0]
        passages = tuple(
            _passage(one, hit.score, shown, parents.get(one.parent or ""), partial)
            for hit, one in pairs
        )
        about = record.about
        groups.append(
            Group(
                about=about,
                score=hit.score,
                passages_found=counts.get(hit.group, len(pairs)),
                passages=passages,
                title_marks=snippet.marks(about.title, shown, "title"),
                standfirst_marks=snippet.marks(about.standfirst or "", shown, "text"),
                partial=partial,
            )
        )
    return groups


def _passage(
    record: Record, score: float, shown: snippet.Wanted, parent: Record | None, partial: bool
) -> Passage:
    pieces = snippet.snippets(record.text, shown, "text")
    if record.quotes and not any(piece.marks for piece in pieces):
        quoted = snippet.snippets(record.quoted, shown, "quoted", 1)
        if any(piece.marks for piece in quoted):
            pieces = quoted
    return Passage(
        record,
        score,
        pieces,
        snippet.marks(record.heading, shown, "heading"),
        partial,
        parent,
    )


def _partial(
    reader: Reader,
    tree: nodes.Query,
    full: Mapping[int, int],
    room: int,
    shown: snippet.Wanted,
    grouped: bool,
) -> tuple[list[Group], int]:
    """Up to `room` articles that hold part of the words and no full match, and the total."""
    found = reader.search(tree, _FETCH * max(room, 10) + sum(full.values()))
    by_group: dict[int, list[Hit]] = {}
    for hit in found.hits:
        if hit.group not in full:
            by_group.setdefault(hit.group, []).append(hit)
    best = list(by_group.values())
    if not grouped:
        best = [[hit] for hits in best for hit in hits]
    return _shown(reader, best[: max(0, room)], {}, shown, partial=True), found.total


def _records(reader: Reader, hits: Sequence[Hit]) -> list[Record]:
    return [Record.load(stored) for stored in reader.load([hit.ref for hit in hits])]


def _parents(reader: Reader, records: Sequence[Record]) -> dict[str, Record]:
    """The comments that these answer, by id, where the index holds them."""
    ids = {record.parent for record in records if record.parent}
    if not ids:
        return {}
    found = reader.search(any_of([nodes.Term("id", one) for one in sorted(ids)]), len(ids))
    return {record.id: record for record in _records(reader, found.hits)}
