"""How is somebody who left comments forgotten, and what proves it?

A tombstone first, so that no import brings them back, nor their words repeated by others; then the
index is written anew without them, and the old files go. What is left is then searched for
them, by what this run and the earlier ones know of their words. The receipt says what was done
and found, and never whom it was about.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from whoosh.query import Or, Term

from index import french
from index.engines import Engine, Reader, disk, places
from index.engines.directory.index_directory import IndexDirectory
from index.keeping.rewriting import Progress, everything, rewrite
from index.keeping.tracing import Trace, Tracing, own_words
from index.moments import moment
from index.record import Record
from index.writing import (
    RUN,
    Count,
    Forgotten,
    Run,
    erasing,
    forgotten,
    quote_run,
    runs,
    whole_runs,
    words,
)

NOT_COVERED = (
    "les sauvegardes faites avant",
    "les sources, si on ne les y efface pas",
    "les journaux du serveur et les exports déjà faits",
    "les blocs que le disque a libérés sans les effacer",
    f"ce qui les reprend en moins de {RUN} mots sans guillemets, ou en d’autres mots",
)


@dataclass(frozen=True, slots=True)
class Receipt:
    """The changes made, in ids and counts, and how much was then read to look for traces.

    `traces` are those still of the forgotten person: none, or the work is not done. `left` are
    places where the same name may be somebody or something else, for a person to judge.
    """

    tombstone: str
    at: str
    dry_run: bool
    replaced: Count
    comments: tuple[str, ...]
    articles: tuple[str, ...]
    files_read: int = 0
    bytes_read: int = 0
    records_read: int = 0
    terms_read: int = 0
    forgotten_before: bool = False
    """Whether the name was forgotten already: what was removed then is not in this receipt."""
    traces: tuple[Trace, ...] = ()
    left: tuple[Trace, ...] = ()
    words_known: bool = True
    """Whether their words were looked for: not when they left before words were kept."""

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "clean": not self.traces, "not_covered": NOT_COVERED}


def forget(
    engine: Engine, name: str, *, at: str, dry_run: bool = False, progress: Progress = None
) -> Receipt:
    """Forget the commenter of that name, however it is written. `at` is the present time.

    With `dry_run` nothing changes, and the receipt lists the changes to make. Raises
    IndexUnavailable.
    """
    place = places.of(engine)
    reader = engine.reader()
    spellings = _spellings(reader, name)
    with place.faults():
        names = forgotten.of(place)
    comments = _comments(reader, spellings)
    articles = {comment.about for comment in comments}
    forgotten_before = names.knows(name)
    names = names.adding(spellings, *_repeatable(reader, comments), articles)
    tombstone = names.mark(name)
    if dry_run:
        count, removed, touched = _dry_run(reader, names)
        articles_touched = tuple(sorted(touched))
        receipt = Receipt(tombstone, at, True, count, _ids(removed), articles_touched)
        return replace(receipt, forgotten_before=forgotten_before)
    comment_words = own_words(reader, comments)
    finders = names.finders_of(name)
    with place.hold(), place.faults():
        forgotten.keep(place, names)
    rewritten = rewrite(engine, progress=progress)
    tracing = Tracing(
        spellings,
        [comment.text for comment in rewritten.removed],
        [comment.about.id for comment in rewritten.removed],
        finders,
        names.spoke,
    )
    with place.faults():
        tracing.read(engine.reader(), comment_words)
        if isinstance(place, IndexDirectory):
            # copies that a restoring left half-made when it died hold everything
            disk.sweep_drafts(place.path)
            tracing.files_of(place.path, place.data)
    return Receipt(
        tombstone,
        at,
        False,
        rewritten.count,
        _ids(rewritten.removed),
        rewritten.touched,
        files_read=tracing.files,
        bytes_read=tracing.bytes,
        records_read=tracing.records,
        terms_read=tracing.terms,
        forgotten_before=forgotten_before,
        traces=tuple(tracing.traces),
        left=tuple(tracing.ambiguous),
        words_known=bool(finders),
    )


def _ids(records: Sequence[Record]) -> tuple[str, ...]:
    return tuple(sorted(record.id for record in records))


def _spellings(reader: Reader, name: str) -> list[str]:
    """Return every spelling under which the name signs a comment, or the name itself."""
    key = forgotten.fold(name)
    spellings = (spelling for spelling, _ in reader.words("commenter_shown", ""))
    return sorted(spelling for spelling in spellings if forgotten.fold(spelling) == key) or [
        " ".join(name.split())
    ]


def _comments(reader: Reader, spellings: Sequence[str]) -> list[Record]:
    keys = sorted({french.fold(spelling) for spelling in spellings})
    tree = Or([Term("commenter", key) for key in keys])
    hits = reader.search(tree, reader.size()).hits
    records = map(Record.load, reader.load([hit.ref for hit in hits]))
    # the column folds more than tombstones do: Søren and Soren are one there, and two people
    names = {forgotten.fold(spelling) for spelling in spellings}
    return [record for record in records if forgotten.fold(record.author or "") in names]


def _repeatable(reader: Reader, comments: Sequence[Record]) -> tuple[set[Run], set[Run]]:
    """Return the runs of words that are a person's own, and those that are when quoted.

    Words of the article, or of an earlier comment of somebody else, are not: repeating an
    article's sentence does not take it away from others who repeat it.
    """
    own_runs: set[Run] = set()
    quotes: set[Run] = set()
    by_article: dict[str, list[Record]] = {}
    for comment in comments:
        by_article.setdefault(comment.about.id, []).append(comment)
    for article, comments_of_article in sorted(by_article.items()):
        ids = {comment.id for comment in comments_of_article}
        other_records = [
            record for record in map(Record.load, reader.passages(article)) if record.id not in ids
        ]
        _add_own_runs(own_runs, comments_of_article, other_records, runs)
        _add_own_runs(quotes, comments_of_article, other_records, whole_runs)
        text = "\n".join(f" {_folded(comment.text)} " for comment in comments_of_article)
        for record in other_records:
            for quote in record.quotes:
                run = quote_run(quote.text)
                if run and f" {' '.join(run)} " in text:
                    quotes.add(run)
    return own_runs, quotes


def _add_own_runs(
    own_runs: set[Run],
    comments: Sequence[Record],
    other_records: Sequence[Record],
    runs_of: Callable[[str], set[Run]],
) -> None:
    """Add the runs of a person's comments that no earlier passage has.

    Each passage is read once: a thread may have 20,000 of them, and a reader thousands of theirs.
    """
    comment_runs = [runs_of(comment.text) | runs_of(comment.heading) for comment in comments]
    all_runs = set[Run]().union(*comment_runs)
    shared = [
        (record, common)
        for record in other_records
        if (common := all_runs & (runs_of(record.text) | runs_of(record.heading)))
    ]
    title = runs_of(comments[0].about.title)
    for comment, runs_of_comment in zip(comments, comment_runs, strict=True):
        before = title.union(
            *(
                common
                for record, common in shared
                if record.kind != "comment" or _before(record, comment)
            )
        )
        own_runs |= runs_of_comment - before


def _before(record: Record, comment: Record) -> bool:
    """Whether a comment was written before another: by their dates, else by their places."""
    if record.start and comment.start:
        return moment(record.start) < moment(comment.start)
    return record.position < comment.position


def _folded(text: str) -> str:
    return " ".join(word.folded for word in words(text))


def _dry_run(reader: Reader, names: Forgotten) -> tuple[Count, list[Record], set[str]]:
    count = Count()
    removed: list[Record] = []
    touched: set[str] = set()
    for record in everything(reader):
        article = record.about.id
        if article not in touched and erasing.concerns(record, names):
            touched.add(article)
            erased = erasing.erase(list(map(Record.load, reader.passages(article))), names)
            count += erased.count
            removed += erased.removed
    return count, removed, touched
