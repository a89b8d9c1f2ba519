"""What are the answers to a question?

One walk: the question is parsed once into a tree; the engine answers hits and exact
tallies; hits are grouped by article; snippets are made for the passages shown, and for
no other.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import NamedTuple

from whoosh import query as nodes

from index.answering import forgiving, looking, showing
from index.answering.asking import Asking, Reading, counted, counted_before
from index.answering.distant_words import WordsLost
from index.answering.facets import FACETS, Period, buckets, days, shown_always
from index.answering.filters import Filters, narrowed
from index.answering.retrying import retry_lost_state
from index.engines import Order, Page, PageRequest, Reader
from index.engines.index_state import state
from index.engines.ranking import FEW
from index.question import query
from index.question.clauses import all_of
from index.question.combining import SENTENCE
from index.question.notices import notice
from index.question.synonyms import BUNDLED
from index.results import Group, Notice, Piece, Results, Stopped, Suggestion, Totals


@retry_lost_state
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
    start_time = time.perf_counter()
    words = looking.known_words(reader)
    parse = partial(query.parse, vocabulary=words, now=now, synonyms=synonyms)
    asking = Asking(words, filters, parse, now=now, again=reader.distant)

    def read() -> Reading:
        return asking.reading(question_text, facets)

    def requested(understood: Reading) -> PageRequest:
        question = understood.question
        return PageRequest(
            understood.tree,
            order or question.order or "relevance",
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
            totals=[*understood.holding, *(_everywhere(question, filters) if places else ())],
        )

    def guide(understood: Reading, records: int, totals: Sequence[int | None]) -> _Guidance:
        question = understood.question
        wording = forgiving.Wording(question, asking.spellings)
        return _guidance(asking, question, wording, records, counted(question, totals))

    def paged(understood: Reading) -> Page:
        return words.page(
            requested(understood),
            lambda: asking.foreseen(understood.question, understood.tree),
            lambda halfway: guide(understood, halfway.records, halfway.totals),
            lambda: requested(read()),
        )

    understood = words.settled(
        read, partial(counted_before, order), trusting=True, likely=asking.likely
    )
    try:
        answer = paged(understood)
    except WordsLost:
        understood = words.settled(read)
        answer = paged(understood)
    if words.lost:
        # what is shown of the words may be other, of the same page
        understood = words.settled(read)
    question = understood.question
    wording = forgiving.Wording(question, asking.spellings)
    elsewhere = answer.totals[len(understood.holding) :]
    stopped = list(answer.stopped)
    totals = _totals(answer)
    looser = question.partial
    if not totals.passages and question.sentence is not None:
        looser = question.sentence
    guidance = words.settled(lambda: guide(understood, totals.passages, answer.totals))
    if words.stopped:
        stopped.append("suggestions")
    show = partial(_show, answer, question.tree, looser, words, wording, snippets, uncut)

    return Results(
        question=question_text,
        understood=guidance.pieces,
        notices=(*guidance.notices, *_too_much(stopped, len(question_text))),
        totals=totals,
        groups=showing.LazyGroups(show) if lazy and not wording.misspelt else show(),
        facets=shown_always(buckets(facets, answer.facets), filters.values(facets))
        | days(periods, answer.spans),
        did_you_mean=guidance.offers,
        relax=guidance.nearby,
        page=page,
        size=size,
        has_next=answer.has_next,
        listed=answer.listed,
        order=order or question.order or "relevance",
        state=state(reader),
        took_ms=(time.perf_counter() - start_time) * 1000,
        everywhere=_places(elsewhere) if elsewhere else totals,
        stopped=tuple(stopped),
    )


class _Guidance(NamedTuple):
    """What is said beside the hits of a page, once they are counted."""

    offers: tuple[Suggestion, ...]
    nearby: tuple[Suggestion, ...]
    pieces: tuple[Piece, ...]
    notices: tuple[Notice, ...]


def _guidance(
    asking: Asking,
    question: query.Question,
    wording: forgiving.Wording,
    records: int,
    pieces: Sequence[Piece],
) -> _Guidance:
    """Other spellings where little answers, and wider questions where nothing does.

    The pieces and the notices are given as texts write their words.
    """
    few = records < FEW or bool(question.absent)
    is_empty = records == 0 and bool(question.pieces)
    loosened = not records and question.sentence is not None
    offers = asking.corrections(question) if few else ()
    return _Guidance(
        offers,
        asking.nearby(question, pieces, fuzzy=not offers) if is_empty else (),
        wording.pieces(pieces),
        wording.notices(loosened=loosened and question.quoted),
    )


def _show(
    answer: Page,
    tree: nodes.Query,
    looser: nodes.Query | None,
    words: looking.KnownWords,
    wording: forgiving.Wording,
    snippets: bool,
    uncut: bool,
) -> tuple[Group, ...]:
    groups = tuple(showing.groups(answer, tree, looser, marked=snippets, uncut=uncut))
    return words.settled(lambda: wording.groups(groups)) if snippets else groups


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


def _places(counts: Sequence[int | None]) -> Totals | None:
    passages, comments = counts
    if passages is None or comments is None:
        return None
    return Totals(passages=passages, sections=passages - comments, comments=comments)


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
