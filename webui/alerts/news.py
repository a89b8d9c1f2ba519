"""What is new, for each saved question, since it was last asked?

New is what the index first saw since then, in articles and in comments alike. The dates of
first sight never go back: one process writes at a time, and stamps a whole run with the time
at which it began. So it is enough to remember the latest date seen and, since a run may go
on after it was read, which passages of that very date were told already.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

from whoosh import query as nodes

from index.answering import Filters, matching, snippet, understood
from index.engines import Reader
from index.question import query
from index.question.clauses import all_of
from index.question.synonyms import BUNDLED
from index.record import Record
from index.results import Notice, Passage
from webui.addresses import SearchParams

# What one question tells of at a time; the rest is counted.
MOST = 100


@dataclass(frozen=True, slots=True)
class Saved:
    """A question kept under a name. Its words stay as typed: "hier" is never worked out."""

    name: str
    params: SearchParams


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a question was reported: `seen` is a date of first sight, in seconds since 1970.

    `hashes` are the passages of that date told already, as short hashes of their ids and of their
    words (a site may number its comments anew); `address` is the question they answered, as in an
    address.
    """

    address: str
    seen: int
    hashes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class News:
    """What is new for a question, the latest seen first, `MOST` passages at most.

    `first`: it had never been asked, and `match_count` passages answer it already. `total` counts
    what is new, told here or not.
    """

    saved: Saved
    first: bool
    match_count: int
    total: int
    passages: tuple[Passage, ...] = ()
    notices: tuple[Notice, ...] = ()

    @property
    def comments(self) -> int:
        return sum(passage.record.kind == "comment" for passage in self.passages)


@dataclass(frozen=True, slots=True)
class AlertReport:
    """What every question found, and the marks to remember once it has been told."""

    news: tuple[News, ...]
    marks: Mapping[str, Mark] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(new.total for new in self.news)


def look(
    reader: Reader,
    questions: Sequence[Saved],
    marks: Mapping[str, Mark],
    *,
    now: dt.datetime,
    everything: bool = False,
    synonyms: Mapping[str, tuple[str, ...]] = BUNDLED,
) -> AlertReport:
    """Ask every question of one state of the index.

    `marks`: question name → mark; a question without one, or whose words have changed since,
    is asked for the first time, and reports nothing unless `everything`. `synonyms` are those of
    the page. Raises IndexUnavailable.

    >>> from index import engines
    >>> report = look(engines.open(":memory:").reader(), [Saved("NDA", SearchParams(q="nda"))], {},
    ...             now=dt.datetime.now(dt.UTC))
    >>> report.total, report.news[0].first, report.marks["NDA"].seen
    (0, True, 0)
    """
    newest = reader.search(nodes.Every(), 1, "first_seen").hits
    latest = max(
        (Record.load(data).seen for data in reader.load([hit.ref for hit in newest])), default=0
    )
    news, next_marks = [], {}
    for saved in questions:
        mark = marks.get(saved.name)
        if mark is not None and mark.address != saved.params.address(""):
            mark = None
        question = understood(reader, saved.params.q, now=now, synonyms=synonyms)
        news_item, next_marks[saved.name] = _look(reader, saved, question, mark, latest, everything)
        news.append(news_item)
    return AlertReport(tuple(news), next_marks)


def _look(
    reader: Reader,
    saved: Saved,
    question: query.Question,
    mark: Mark | None,
    latest: int,
    everything: bool,
) -> tuple[News, Mark]:
    tree = _tree(saved.params, question)
    notices = (*question.notices, *saved.params.notices)
    total = reader.search(tree, 0).total
    at_latest = _records(reader, _seen_since(tree, latest))
    hashes = frozenset[str]().union(*map(_hashes, at_latest))
    next_mark = Mark(saved.params.address(""), latest, hashes)
    if everything:
        fresh = _records(reader, tree)
    elif mark is None:
        return News(saved, True, total, 0, notices=notices), next_mark
    else:
        since = _records(reader, _seen_since(tree, mark.seen))
        fresh = [
            record
            for record in since
            if record.seen > mark.seen or not mark.hashes & _hashes(record)
        ]
    fresh.sort(key=lambda record: (-record.seen, record.about.id, record.position))
    matcher = matching.matcher(question.tree)
    passages = tuple(
        Passage(record, 0.0, snippet.snippets(record.text, matcher, "text"))
        for record in fresh[:MOST]
    )
    return News(saved, mark is None, total, len(fresh), passages, notices), next_mark


def _tree(params: SearchParams, question: query.Question) -> nodes.Query:
    since, until = params.bounds
    filters = Filters(params.where, params.category, params.author, params.commenter, since, until)
    # a saved question without words asks for all that its filters let through
    words = question.tree if params.q.strip() else nodes.Term("state", "visible")
    return all_of([words, *filters.nodes()])


def _seen_since(tree: nodes.Query, since: int) -> nodes.Query:
    return nodes.And([tree, nodes.NumericRange("seen", since, None)])


def _records(reader: Reader, tree: nodes.Query) -> list[Record]:
    match = reader.search(tree, reader.size(), "newest")
    return [Record.load(stored) for stored in reader.load([hit.ref for hit in match.hits])]


def _hashes(record: Record) -> frozenset[str]:
    """Short hashes of a passage's id, and of what it says, by whom and when."""
    words = (record.about.id, record.kind, record.author, record.start, record.heading, record.text)
    return frozenset((_short(record.id), _short(repr((words, record.quoted)))))


def _short(text: str) -> str:
    return blake2b(text.encode("utf-8", "backslashreplace"), digest_size=8).hexdigest()
