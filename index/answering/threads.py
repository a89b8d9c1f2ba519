"""What is an article with its thread, whole or by parts, and which of its passages answer a
question?

A thread of fifty thousand comments is sixty megabytes of page: a long one goes by parts, each of
which reads what it shows and little more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import Literal, NamedTuple

from whoosh import query as nodes
from whoosh.query import NullQuery, Query

from index.answering import looking, matching, occurrences, parts, snippet
from index.answering.retrying import retry_lost_state
from index.engines import Look, Reader
from index.question.clauses import all_of, any_of
from index.question.synonyms import BUNDLED
from index.record import About, Record
from index.results import Occurrence, Passage, Span

Show = Literal["all", "found"]
"""Everything, or what answers the question only."""
ThreadOrder = Literal["thread", "oldest", "newest"]
"""As the page has it, or the comments by date."""

# What may be left of a part for comments by date, after the article itself.
_ARTICLE = parts.LONGEST / 2
# What an occurrence adds to a page, with its links to its neighbours, in bytes.
_OCCURRENCE = 260


class Ask(NamedTuple):
    """Which part of an article to show.

    Of one too long to be one part: the part that begins at `start`, a position, or so many
    passages by date; else with the passage whose anchor is `at`; else with the first passage that
    answers from position `after` on; else, that ends with the last that answers before `before`;
    else, when there is a question and everything is to be shown, the passages that answer it best;
    else the first part.
    """

    start: int | None = None
    at: str | None = None
    after: int | None = None
    before: int | None = None
    show: Show = "all"
    order: ThreadOrder = "thread"


class Thread(NamedTuple):
    """An article with its thread, or a part of it, a question's matches marked.

    Each passage has one snippet: its whole text. `start` is where the part shown begins (see
    `Ask`), `previous` and `following` where the neighbouring parts do, None where there is none.
    `total` counts the passages of the article, `answering` those that answer the question (None
    without one, or when that is too much work), `listed` those of all the parts together. `best_of`
    counts those that answer when the part is made of the best of them, else it is None.

    `occurrences` are those of the question on this part, `whole_occurrences` those that hold all
    that it asks; the title's are counted where the article begins. `answering_before` and
    `answering_after` count the passages that answer before and after this part, where parts follow
    the order of the page.
    """

    about: About
    passages: tuple[Passage, ...]
    title_marks: tuple[Span, ...]
    occurrences: int
    start: int = 0
    previous: int | None = None
    following: int | None = None
    total: int = 0
    best_of: int | None = None
    title_occurrences: tuple[Occurrence, ...] = ()
    whole_occurrences: int = 0
    answering: int | None = None
    answering_before: int = 0
    answering_after: int = 0
    listed: int = 0
    show: Show = "all"
    order: ThreadOrder = "thread"

    @property
    def whole(self) -> bool:
        """Whether all that was asked for is shown."""
        return len(self.passages) == self.listed and self.best_of is None


@retry_lost_state
def thread(
    reader: Reader,
    article: str,
    question_text: str = "",
    *,
    now: datetime,
    ask: Ask = Ask(),
    synonyms: Mapping[str, tuple[str, ...]] = BUNDLED,
) -> Thread | None:
    """An article as the index holds it, or None when it does not; see `Ask` for what of it."""
    inside = nodes.Term("article", article)
    question = looking.understood(reader, question_text, now=now, synonyms=synonyms)
    guessed = any(piece.instead for piece in question.pieces)
    # what was found by a word that nobody typed is marked too
    tree = (guessed and question.partial) or question.tree
    answered = all_of([tree, inside])
    countable = tree != NullQuery and looking.affordable(reader, answered)
    if not countable:
        answered = NullQuery
    total, answering = reader.look(Look(totals=[inside, answered])).totals
    if not total:
        return None
    if not answering:
        # of what nothing answers, everything is shown; so of what is too much work to look for
        ask = ask._replace(show="all", after=None, before=None)
    shown_tree = answered if ask.show == "found" else inside
    listed = answering if ask.show == "found" else total
    best_of = None
    marking = _Marking(
        matching.matcher(tree)._replace(whole=matching.wholes(occurrences.complete(question)))
    )
    weigh = marking.weight if answering else parts.weight
    if ask.order == "thread":
        part = _part(reader, article, ask, shown_tree, answered, listed, weigh)
        if _unasked(ask) and part.following is not None and answering:
            best = parts.best(reader, answered, weigh)
            if best is not None:
                part, best_of = best
    else:
        part, listed = _by_date(reader, shown_tree, ask.order, ask.start or 0, weigh)
    article_thread = Thread(
        part.records[0].about if part.records else _about(reader, inside),
        (),
        (),
        0,
        part.records[0].position if part.records and ask.order == "thread" else part.start,
        part.previous,
        part.following,
        total,
        best_of,
        answering=answering if countable else None,
        listed=listed,
        show=ask.show,
        order=ask.order,
    )
    return _marked(reader, _around(reader, article_thread, part, answered), part, marking)


def _unasked(ask: Ask) -> bool:
    """Whether nothing says which part is wanted."""
    places = (ask.start, ask.at, ask.after, ask.before)
    return ask.show == "all" and all(place is None for place in places)


def _part(
    reader: Reader,
    article: str,
    ask: Ask,
    tree: Query,
    answered: Query,
    listed: int,
    weigh: parts.Weigh,
) -> parts.Part:
    start = ask.start
    if start is None and ask.at:
        start = parts.position(reader, article, ask.at)
    if start is None and ask.after is not None:
        start = parts.nearest(reader, answered, ask.after)
    if start is None and ask.before is not None:
        last = parts.furthest(reader, answered, ask.before)
        if last is not None:
            return parts.part_before(reader, tree, last + 1, listed, weigh)
    part = parts.part(reader, tree, start or 0, listed, weigh)
    # nothing stands so far down
    return part if part.records else parts.part(reader, tree, 0, listed, weigh)


def _by_date(
    reader: Reader,
    tree: Query,
    order: Literal["oldest", "newest"],
    start: int,
    weigh: parts.Weigh,
) -> tuple[parts.Part, int]:
    """The comments by date, after the article where they begin, and how many passages in all."""
    comments = all_of([tree, nodes.Term("kind", "comment")])
    article = all_of([tree, nodes.Or([nodes.Term("kind", "lead"), nodes.Term("kind", "section")])])
    comment_count, lead_count = reader.look(Look(totals=[comments, article])).totals
    head = parts.part(reader, article, 0, lead_count, weigh)
    fits = head.following is None and sum(map(weigh, head.records)) < _ARTICLE
    part = parts.part_by_date(reader, comments, order, start, comment_count, weigh)
    if not fits:
        return part, comment_count
    if start:
        return part, comment_count + lead_count
    return part._replace(records=[*head.records, *part.records]), comment_count + lead_count


def _around(reader: Reader, article_thread: Thread, part: parts.Part, answered: Query) -> Thread:
    """The same, with how much answers before and after it."""
    by_date = article_thread.order != "thread"
    if (
        not article_thread.answering
        or article_thread.whole
        or by_date
        or article_thread.best_of is not None
    ):
        return article_thread
    places = [record.position for record in part.records]
    before = parts.between(answered, None, min(places) - 1)
    after = parts.between(answered, max(places) + 1, None)
    totals = reader.look(Look(totals=[before, after])).totals
    return article_thread._replace(answering_before=totals[0], answering_after=totals[1])


def _about(reader: Reader, inside: Query) -> About:
    [[stored]] = reader.look(Look(samples=[(inside, 1)])).samples
    return Record.load(stored).about


def _marked(reader: Reader, article_thread: Thread, part: parts.Part, marking: _Marking) -> Thread:
    parents = _parents(reader, part.records)
    passages = tuple(
        marking.passage(record)._replace(parent=parents.get(record.parent or ""))
        for record in part.records
    )
    title = snippet.whole(article_thread.about.title, marking.matcher, "title")
    begins = article_thread.previous is None
    counts = occurrences.counted(
        chain([title.occurrences] if begins else [], *map(_occurrences, passages))
    )
    return article_thread._replace(
        passages=passages,
        title_marks=title.marks,
        title_occurrences=title.occurrences if begins else (),
        occurrences=sum(counts),
        whole_occurrences=counts[0],
    )


class _Marking:
    """The passages of a part, each marked once: how much is marked says where the part ends."""

    def __init__(self, matcher: matching.Matcher) -> None:
        self.matcher = matcher
        self._passages: dict[str, Passage] = {}

    def weight(self, record: Record) -> float:
        hits = sum(map(len, _occurrences(self.passage(record))))
        return parts.weight(record) + _OCCURRENCE * hits

    def passage(self, record: Record) -> Passage:
        passage = self._passages.get(record.id)
        if passage is None:
            passage = self._passages[record.id] = self._passage(record)
        return passage

    def _passage(self, record: Record) -> Passage:
        heading = snippet.whole(record.heading, self.matcher, "heading")
        quotes = [snippet.whole(quote.text, self.matcher, "quoted") for quote in record.quotes]
        return Passage(
            record,
            0.0,
            (snippet.whole(record.text, self.matcher, "text"),),
            heading.marks,
            quote_marks=tuple(quote.marks for quote in quotes),
            heading_occurrences=heading.occurrences,
            quote_occurrences=tuple(quote.occurrences for quote in quotes),
        )


def _occurrences(passage: Passage) -> list[Sequence[Occurrence]]:
    """Those of a passage; a lead's heading is the title of the article, counted already."""
    heading = [] if passage.record.kind == "lead" else [passage.heading_occurrences]
    return [*heading, *passage.quote_occurrences, passage.snippets[0].occurrences]


def _parents(reader: Reader, records: Sequence[Record]) -> dict[str, Record]:
    """The comments that these answer, by id; those of other parts are asked for."""
    by_id = {record.id: record for record in records}
    missing_ids = {record.parent for record in records if record.parent} - by_id.keys()
    if missing_ids:
        tree = any_of([nodes.Term("id", parent) for parent in sorted(missing_ids)])
        for stored in reader.look(Look(samples=[(tree, len(missing_ids))])).samples[0]:
            record = Record.load(stored)
            by_id[record.id] = record
    return by_id
