"""What are the answers to a question?

One walk: the question is parsed once into a tree; the engine answers hits and exact
tallies; hits are grouped by article; snippets are made for the passages shown, and for
no other.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache, partial
from itertools import repeat
from typing import Any, Literal, NamedTuple

from whoosh import query as nodes

from index import french
from index.answering import forgiving, looking, showing, suggesting
from index.answering.facets import FACETS, NARROWED, Period, buckets, days, shown_always
from index.answering.once_more import whole
from index.answering.written_words import Spellings
from index.engines import Order, Page, PageRequest, Reader
from index.engines.index_state import state
from index.engines.ranking import FEW
from index.question import query
from index.question.clauses import VISIBLE, all_of, any_of
from index.question.combining import SENTENCE
from index.question.notices import notice
from index.question.pruning import pruned
from index.question.synonyms import BUNDLED
from index.results import (
    Group,
    Notice,
    Piece,
    Results,
    Stopped,
    Suggestion,
    Totals,
)

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
        named = {
            "kind": kinds,
            "category": [french.fold(name) for name in self.category],
            "author": [french.fold(name) for name in self.author],
            "commenter": [french.fold(name) for name in self.commenter],
            "article": [self.article] if self.article is not None else (),
        }
        for field, values in named.items():
            if values:
                conditions.append(any_of([nodes.Term(field, value) for value in values]))
        if self.until is not None:
            conditions.append(nodes.NumericRange("start", None, int(self.until.timestamp()) - 1))
        if self.since is not None:
            conditions.append(nodes.NumericRange("end", int(self.since.timestamp()), None))
        return conditions

    def without(self, facet: str) -> Filters:
        """Return the filters without those of one facet."""
        nothing: dict[str, Any] = {facet: ()}
        return self._replace(**nothing)

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
            FACETS[name]: [french.fold(value) for value in some] for name, some in values if some
        }


@whole
def search(
    reader: Reader,
    question_text: str,
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
    uncut: bool = False,
    places: bool = False,
    periods: Sequence[Period] = (),
    lazy: bool = False,
) -> Results:
    """One page of answers: articles with their best passages, or single passages.

    `now` is aware: what "hier" means. `order` None leaves it to the question (`tri:`), else
    relevance. `page` counts from 1, `size` is in articles (in passages when not `group`).
    `facets` names the fields to count (see `facets`): those that `filters` narrow are counted as
    if they did not, and keep the values that are asked. `periods` are counted as the facet "day".
    `synonyms` is what else the words may be written as. Without `snippets`, ranks alone, and with
    `uncut` whole texts (see `showing.groups`); with `places`, what is found in other places than
    `filters` say is counted too. `lazy`: groups are made when they are looked at, where that asks
    nothing more of the index. No string raises; what was not understood is in `notices`.
    Raises IndexUnavailable.
    """
    began = time.perf_counter()
    words = looking.known_words(reader)
    narrowing = filters.nodes()

    parse: Callable[[str], query.Question] = partial(
        query.parse, vocabulary=words, now=now, synonyms=synonyms
    )
    if not reader.distant:
        # the words of a distant index are learnt between two readings of a question
        parse = cache(parse)

    def count(text: str, beside: Sequence[nodes.Query] = narrowing) -> int:
        def tree() -> nodes.Query:
            return all_of([parse(text).tree, *beside])

        return words.total(tree)

    def elsewhere(text: str) -> int:
        return count(text, ())

    def partly(text: str) -> int:
        def tree() -> nodes.Query:
            question = parse(text)
            return all_of([question.sentence or question.partial or nodes.NullQuery, *narrowing])

        return words.total(tree)

    spellings = Spellings(words)

    def meant(question: query.Question) -> tuple[Suggestion, ...]:
        return suggesting.did_you_mean(words, question, count, partly, spellings)

    def relax(
        question: query.Question, pieces: Sequence[Piece], *, fuzzy: bool = True
    ) -> tuple[Suggestion, ...]:
        beside = elsewhere if narrowing else None
        return suggesting.ladder(question, pieces, count, beside, fuzzy=fuzzy)

    def perhaps(question: query.Question) -> None:
        if suggesting.lacks(words, question):
            offers = meant(question)
            relax(question, _counted(question, repeat(0)), fuzzy=not offers)

    def read_question() -> _Reading:
        question = parse(question_text)
        words.foresee(lambda: perhaps(question))
        return _Reading(
            question,
            pruned(narrowed(question, filters), words),
            _within(question.partial, narrowing, words),
            _within(question.sentence, narrowing, words),
            {
                FACETS[name]: pruned(narrowed(question, filters, filters.without(name)), words)
                for name in facets
                if name in NARROWED and getattr(filters, name)
            },
            [
                pruned(piece_tree, words)
                for piece_tree in question.holding
                if piece_tree is not None
            ],
        )

    understood = words.settled(read_question)
    question = understood.question
    chosen: Order = order or question.order or "relevance"
    holding = understood.holding
    anywhere = _everywhere(question, filters) if places else []

    answer = words.page(
        PageRequest(
            understood.tree,
            chosen,
            page,
            size,
            group,
            counted=(snippets and not uncut) or group,
            parents=(snippets and not uncut) or group,
            looser=understood.partial,
            otherwise=understood.sentence,
            mixed=question.plain >= SENTENCE,
            facets=[FACETS[name] for name in facets],
            beside=understood.beside,
            named=filters.named(facets),
            spans=[period.span for period in periods],
            totals=[*holding, *anywhere],
        ),
        lambda: perhaps(question),
    )
    stopped = list(answer.stopped)
    totals = _totals(answer)
    looser = question.partial
    loosened = not totals.passages and question.sentence is not None
    if loosened:
        looser = question.sentence
    pieces = _counted(question, answer.totals)
    nothing = totals.passages == 0 and bool(question.pieces)
    few = totals.passages < FEW or bool(question.absent)

    def suggestions() -> tuple[tuple[Suggestion, ...], tuple[Suggestion, ...]]:
        offers = meant(question) if few else ()
        return offers, relax(question, pieces, fuzzy=not offers) if nothing else ()

    offers, nearby = words.settled(suggestions)
    if words.stopped:
        stopped.append("suggestions")
    wording = forgiving.Wording(question, spellings)

    def show() -> tuple[Group, ...]:
        groups = tuple(showing.groups(answer, question.tree, looser, marked=snippets, uncut=uncut))
        return words.settled(lambda: wording.groups(groups)) if snippets else groups

    return Results(
        question=question_text,
        understood=words.settled(lambda: wording.pieces(pieces)),
        notices=(
            *words.settled(lambda: wording.notices(loosened=loosened and question.quoted)),
            *_too_much(stopped, len(question_text)),
        ),
        totals=totals,
        groups=showing.LazyGroups(show) if lazy and not wording.misspelt else show(),
        facets=shown_always(buckets(facets, answer.facets), filters.values(facets))
        | days(periods, answer.spans),
        did_you_mean=offers,
        relax=nearby,
        page=page,
        size=size,
        has_next=answer.has_next,
        listed=answer.listed,
        order=chosen,
        state=state(reader),
        took_ms=(time.perf_counter() - began) * 1000,
        everywhere=_places(answer.totals[len(holding) :]) if anywhere else totals,
        stopped=tuple(stopped),
    )


class _Reading(NamedTuple):
    """A question, and the trees that are asked for it, within its filters."""

    question: query.Question
    tree: nodes.Query
    partial: nodes.Query | None
    sentence: nodes.Query | None
    beside: dict[str, nodes.Query]
    """What the values of a facet that is narrowed are counted over."""
    holding: list[nodes.Query]


def _within(
    tree: nodes.Query | None, narrowing: Sequence[nodes.Query], words: looking.KnownWords
) -> nodes.Query | None:
    return None if tree is None else pruned(all_of([tree, *narrowing]), words)


def _everywhere(question: query.Question, filters: Filters) -> list[nodes.Query]:
    """What meets the question wherever it stands, and the comments among it."""
    if filters.where == "all":
        return []
    tree = narrowed(question, filters, filters._replace(where="all"))
    return [tree, all_of([tree, nodes.Term("kind", "comment")])]


def _too_much(stopped: Sequence[Stopped], end: int) -> Iterator[Notice]:
    """Yield the notices of what would have taken too much work."""
    if "conditions" in stopped:
        yield notice("too_heavy", 0, end)
    if {*stopped} - {"conditions"}:
        yield notice("not_counted", 0, end)


def _places(counted: Sequence[int | None]) -> Totals | None:
    passages, comments = counted
    if passages is None or comments is None:
        return None
    return Totals(passages=passages, sections=passages - comments, comments=comments)


def _counted(question: query.Question, totals: Iterable[int | None]) -> tuple[Piece, ...]:
    """The pieces, each with how many passages of the whole index hold it."""
    counts = iter(totals)
    return tuple(
        piece if holding is None else piece._replace(passages=next(counts))
        for piece, holding in zip(question.pieces, question.holding, strict=True)
    )


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


def _totals(page: Page) -> Totals:
    comments = page.kinds.get("comment", 0)
    return Totals(
        page.count,
        page.records,
        page.records - comments,
        comments,
        page.matches - page.records,
        # what is required less strictly and matches nothing matches nothing
        "conditions" not in page.stopped or not page.matches,
    )
