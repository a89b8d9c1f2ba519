"""How do the articles of sources enter an index, in one run?

What is read becomes records, written with progress shown; then what a run takes away, and what
is to be noted of articles once everything was read. Commands say what is wanted and tell what
was done.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import fields, replace
from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from tqdm import tqdm
from whoosh.query import Term

from index import engines
from index.engines import Look, Reader
from index.record import Record
from index.writing import WriteReport, remove, write
from indexer.article import Article
from indexer.canonical import conversion
from indexer.files import Format
from indexer.merging import ArticleMerger, Reading, article_at, is_partial, joining, stored_threads
from indexer.pipeline import pruning, sources
from indexer.pipeline.pruning import PruneReport
from indexer.reporting import (
    Origins,
    Outcome,
    Remark,
    Report,
    WithheldArticle,
    plural,
    provenance,
)


def reading_of(location: str) -> Reading | None:
    """Return a reader of an index before a run; None when there is no index yet.

    Raises IndexUnavailable: of a former version, damaged, or not an index.
    """
    try:
        return Reading(engines.open(location).reader())
    except engines.IndexMissing:
        return None


def is_empty(location: str) -> bool:
    """Return whether nothing is in an index, or there is none yet. Raises IndexUnavailable."""
    state = reading_of(location)
    return state is None or state.reader.size() == 0


def from_nothing(write_report: WriteReport) -> WriteReport:
    """Return the counts of a run that began with an empty index: a record written twice is added
    once.

    >>> from_nothing(WriteReport(records=9, added=7, updated=2, unchanged=1, removed=3))
    WriteReport(records=9, added=4, updated=0, unchanged=1, removed=0)
    """
    return replace(
        write_report, added=write_report.added - write_report.removed, updated=0, removed=0
    )


def prune(
    location: str,
    origins: Origins,
    merger: ArticleMerger,
    report: Report,
    *,
    every: bool,
    dry: bool,
) -> PruneReport:
    """Remove the articles that the sources of a run no longer give, or return those to remove."""
    state = reading_of(location)
    if state is None or not report.articles:
        return PruneReport(why="rien n’a été lu, ou l’index n’existe pas encore")
    pruned = pruning.prune(
        state.reader, origins.provenances, merger.incoming_ids, sound=report.sound, every=every
    )
    if dry:
        pruned.records = sum(len(state.reader.passages(article_id)) for article_id in pruned.ids)
    elif pruned.ids:
        with closing(engines.open(location)) as engine:
            pruned.records = remove(engine, pruned.ids)
    return pruned


def still_held(location: str, origins: Origins, merger: ArticleMerger) -> Iterator[Remark]:
    """The articles that a source no longer publishes, and that the index holds after a run.

    Only `--prune` removes an article: what was withdrawn would be found for years without a word.
    """
    ids = sorted(origins.withheld.difference(merger.incoming_ids))
    state = reading_of(location) if ids else None
    if state is None:
        return
    for start in range(0, len(ids), _ASKED):
        portion = ids[start : start + _ASKED]
        totals = state.reader.look(Look(totals=[Term("article", id) for id in portion])).totals
        for id, total in zip(portion, totals, strict=True):
            if total:
                message = (
                    "n’est plus publié, et l’index le tient encore : « glose delete », ou --prune, "
                    "l’en retire"
                )
                yield Remark("withdrawn", message, id)
    if origins.withheld_beyond:
        beyond = plural(
            origins.withheld_beyond, "autre article non publié", "autres articles non publiés"
        )
        yield Remark("withdrawn", f"{beyond} : on n’a pas cherché si l’index les tient", "")


# Articles asked for in one trip.
_ASKED = 200


def sum_of(first: WriteReport, second: WriteReport) -> WriteReport:
    """Return the sum of the counts of two runs."""
    return WriteReport(
        *(getattr(first, field.name) + getattr(second, field.name) for field in fields(first))
    )


def counts_of(write_report: WriteReport) -> str:
    """What was done to the passages of an index, for a sentence.

    >>> counts_of(WriteReport(added=2, removed=1))
    '2 passages ajoutés, 0 modifié, 0 inchangé, 1 retiré'
    """
    return ", ".join(
        (
            plural(write_report.added, "passage ajouté", "passages ajoutés"),
            plural(write_report.updated, "modifié"),
            plural(write_report.unchanged, "inchangé"),
            plural(write_report.removed, "retiré"),
        )
    )


class ImportReport(NamedTuple):
    """The reports of what was read and of what was written."""

    report: Report
    done: WriteReport
    due: Mapping[Path, datetime] = MappingProxyType({})
    """When the first planned article of a file may be seen, by the file's path."""


def bring(
    files: Sequence[Path],
    location: str,
    *,
    folder: Path,
    form: Format | None = None,
    among: Sequence[Format] = sources.FORMATS,
    alive: Callable[[], None] = lambda: None,
) -> ImportReport:
    """Read some files of a folder and write their articles, in one run, as `index` does.

    alive: called before each article that is read.
    """
    report, empty = Report(), is_empty(location)
    origins = Origins([folder], report)
    due: dict[Path, datetime] = {}

    def note(outcome: Any, form: str, path: Any) -> Any:
        alive()
        if isinstance(outcome, WithheldArticle) and outcome.due is not None:
            due[path] = min(outcome.due, due.get(path, outcome.due))
        return origins.read(outcome, form, path)

    batches = records_of(
        sources.read(files, None, form, among=among, each=note, apart=True), report
    )
    merger = ArticleMerger()
    first = next(batches, None)
    if first is None:
        for remark in still_held(location, origins, merger):
            report.note(remark)
        return ImportReport(report, WriteReport(), due)
    with progress_bar() as bar:
        write_report = write_in(location, chain([first], batches), bar, merger)
    for remark in (*merger.remarks, *still_held(location, origins, merger)):
        report.note(remark)
    return ImportReport(report, from_nothing(write_report) if empty else write_report, due)


class RecordsIn:
    """The records that an index would hold of each article of some files and folders.

    They are read as `index` does, and put beside what the index holds.
    """

    def __init__(self, paths: Sequence[Path], reader: Reader) -> None:
        self._paths = paths
        self._reader = reader
        self._report = Report()
        self._origins = Origins(paths, self._report)

    def __iter__(self) -> Iterator[Sequence[Record]]:
        merger, state = ArticleMerger(), Reading(self._reader)
        outcomes = sources.read(self._paths, each=self._origins.read, apart=True)
        for records in records_of(outcomes, self._report):
            yield merger.merged(records, state)

    def covers(self, lead: Record) -> bool:
        """Return whether an article of the index comes from one of these files and folders.

        One that tells no source is taken to be theirs, so that nothing lost goes unsaid.
        """
        source = lead.extra.get(provenance.WHOLE)
        if not isinstance(source, str) or source in self._origins.provenances:
            return True
        # a folder that gives nothing any more has told nothing
        return source.partition(":")[2] in map(provenance.name_of, self._paths)

    def skipped(self) -> Iterator[str]:
        """The sentences of what gave no article; asked once all were read."""
        return (outcome.sentence() for outcome in self._report.skipped)


def joined(outcomes: Iterator[Outcome], location: str, moved_ids: set[str]) -> Iterator[Outcome]:
    """Return the outcomes with threads under their articles, of this run or of the index.

    moved_ids: takes the ids of the index's threads that found their article, for `remove_moved`.
    """
    state = reading_of(location)
    if state is None:
        return joining.join(outcomes)
    at = partial(article_at, state.reader)
    return joining.join(outcomes, at, stored_threads(state.reader), moved_ids)


def remove_moved(location: str, thread_ids: set[str]) -> int:
    """Remove the threads whose comments are under their articles now; return how many records."""
    if not thread_ids:
        return 0
    with closing(engines.open(location)) as engine:
        return remove(engine, sorted(thread_ids))


def records_of(outcomes: Iterator[Outcome], report: Report) -> Iterator[list[Record]]:
    """All the records of each article, the report being kept on the way."""
    ids: set[str] = set()
    for outcome in outcomes:
        if not isinstance(outcome, Article):
            report.note(outcome)
            continue
        if outcome.id in ids and not is_partial(outcome):
            message = "lu plusieurs fois : ces lectures n’en font qu’une"
            report.note(Remark("repeated", message, outcome.id))
        ids.add(outcome.id)
        report.count(outcome)
        yield conversion.records_of(outcome)


def progress_bar() -> Any:
    """A progress bar on a terminal; in a pipe, nothing."""
    return tqdm(unit=" passages", disable=not sys.stderr.isatty(), file=sys.stderr, leave=False)


_MOST_PROCESSES = 4
"""Processes that read for the one that writes."""


def write_in(
    location: str, batches: Iterator[list[Record]], bar: Any, merger: ArticleMerger
) -> WriteReport:
    """Write articles into an index, made when it is not there yet. Raises IndexUnavailable."""
    with closing(engines.open(location, create=True)) as engine:
        return write(
            engine,
            batches,
            seen=int(time.time()),
            merger=merger,
            progress=bar.update,
            # the cores beside its own
            processes=min(_MOST_PROCESSES, (os.cpu_count() or 1) - 1),
        )


def write_rest(location: str, merger: ArticleMerger, report: Report) -> WriteReport:
    """Write the notes on articles that wait until everything was read, and report them."""
    for remark in merger.remarks:
        report.note(remark)
    state = reading_of(location)
    noted = [] if state is None else list(merger.outdated(state))
    if not noted:
        return WriteReport()
    with closing(engines.open(location)) as engine:
        return write(engine, noted, seen=int(time.time()))
