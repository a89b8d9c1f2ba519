"""Does an index have the records put in it, and sound files?

In order: the bytes of its files against their sums, so that no engine is given a damaged
one; then every stored passage is read again, and must be found by some of its words; then the
counts of passages, and of every word.
Against its sources: every record that they give, and none but those.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from whoosh.query import And, Phrase, Query, Term

from index import engines
from index.engines import Engine, Entry, IndexUnavailable, Look, Reader, disk, places, stamp
from index.engines.directory import index_directory, sums
from index.engines.directory.lock import Lock
from index.keeping.rewriting import everything
from index.keeping.word_sums import WordSums, passage_words
from index.plurals import counted
from index.record import FIELDS, Record
from index.writing import dump_as, entries

_AT_ONCE = 500
# A passage is asked for by a word in so many of each of its fields, no more than so many of each,
# and by its first and last. A cluster does not list all its words: it is asked for more of them,
# and their sums are not compared.
_EVERY, _EVERY_OF_CLUSTER = 64, 1
_MOST_OF_FIELD = 16
_PHRASE = 3
_MOST_PROBLEMS = 1000


@dataclass(slots=True)
class VerifyReport:
    """The number of files and records read, and the first thousand problems: (place, problem)."""

    files: int = 0
    bytes: int = 0
    records: int = 0
    articles: int = 0
    compared: int = 0
    elsewhere: int = 0
    """Articles of other sources than those that were compared."""
    problems: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def wrong(self, place: str, problem: str) -> None:
        if len(self.problems) < _MOST_PROBLEMS:
            self.problems.append((place, problem))


def verify(
    location: str,
    *,
    quick: bool = False,
    progress: Callable[[int], None] | None = None,
) -> VerifyReport:
    """Check a stored index while nobody writes to it; `quick`: its files alone.

    The files of a cluster are its own affair: there, only the passages are read. No engine is given
    files that are damaged: it might answer wrongly, or end the process. Raises IndexUnavailable
    when somebody writes, when there is no index to speak of, or no file to check.
    """
    name, path = engines.place(location)
    if path is None:
        return _without_files(engines.open(location), quick, progress)
    report = VerifyReport()
    with ExitStack() as stack:
        settled = True
        index_stamp = stamp.read(path, name, location)
        if os.access(path, os.W_OK):
            lock = Lock(path, location)
            stack.callback(lock.release)
            settled = lock.settled
            index_stamp = stamp.read(path, name, location)
        if not settled:
            report.notes.append(
                "La dernière écriture a été interrompue : l’index en est au dernier "
                "enregistrement, et la prochaine commande qui écrit le remettra en ordre."
            )
        with index_directory.disk_faults(location):
            _files(path, path / index_stamp.data, report, settled)
        if not report.problems and not quick:
            _passages(engines.open(location).reader(), report, progress)
    return report


def _without_files(
    engine: Engine, quick: bool, progress: Callable[[int], None] | None
) -> VerifyReport:
    report = VerifyReport()
    place = places.of(engine)
    if quick:
        raise IndexUnavailable(
            f"Les fichiers de l’index « {place.location} » sont au cluster, qui les contrôle "
            "lui-même (GET _cluster/health). Sans --quick, chaque passage est relu."
        )
    with place.hold():
        report.bytes = place.bytes()
        _passages(place.reader(), report, progress)
        missing = place.missing() if isinstance(place, places.Counting) else 0
    if missing:
        report.wrong(
            "compte",
            f"les mots de l’index en comptent au moins {counted(missing, 'passage')} de plus : un "
            "autre que Glose en a ôté. Indexez de nouveau les sources, puis glose rebuild, qui "
            "compte de nouveau les mots ; ou restaurez une copie avec glose restore",
        )
    report.notes.append(
        "Les fichiers sont au cluster, qui les contrôle lui-même (GET _cluster/health)."
    )
    return report


def _files(path: Path, data: Path, report: VerifyReport, settled: bool) -> None:
    report.bytes = disk.size(path)
    report.files = sum(1 for file in data.iterdir() if file.is_file())
    for name, problem in sums.problems(data, settled=settled):
        report.wrong(name, problem)


def _passages(reader: Reader, report: VerifyReport, progress: Callable[[int], None] | None) -> None:
    ids: set[str] = set()
    articles: set[str] = set()
    sums_of_words = WordSums()
    every = _EVERY_OF_CLUSTER if reader.distant else _EVERY
    for batch in _batches(everything(reader)):
        questions = []
        for entry in entries(batch):
            words = passage_words(entry)
            sums_of_words.add(words)
            questions.append(_question(entry, words, every))
        totals = reader.look(Look(totals=questions)).totals
        for record, total in zip(batch, totals, strict=True):
            if record.id in ids:
                report.wrong(record.id, "le passage est tenu deux fois")
            ids.add(record.id)
            articles.add(record.about.id)
            if total != 1:
                report.wrong(record.id, "le passage n’est pas trouvé par ses propres mots")
        report.records += len(batch)
        if progress is not None:
            progress(len(batch))
    report.articles = len(articles)
    if report.records != reader.size():
        report.wrong("compte", f"{report.records} passages lus, {reader.size()} annoncés")
    if not (report.problems or reader.distant):
        # the words of a passage that was not found are missing in the sums too
        for name, stored, expected in sums_of_words.differences(reader):
            report.wrong(
                f"champ {name}",
                f"l’index tient d’autres mots que ses passages ({stored}, ses passages {expected})",
            )


def _question(entry: Entry, words: Mapping[str, Sequence[str]], every: int) -> Query:
    """Return the query that this record alone answers: its id, values, words and their places.

    words: all of its words, by field. Of each field, the longest of each `every` distinct ones is
    asked, which few passages hold, besides the first and last.
    """
    clauses: list[Query] = [Term("id", entry.id)]
    for values in (entry.shared.values, entry.values):
        for name, field_values in values.items():
            if name != "id" and not isinstance(field_values, int):
                clauses += [Term(name, value) for value in field_values]
    for name, terms in words.items():
        if len(terms) >= _PHRASE and name in _IN_ORDER:
            clauses += [Phrase(name, terms[:_PHRASE]), Phrase(name, terms[-_PHRASE:])]
        # a passage has hundreds of words: nothing is made of those that are not asked
        distinct = [*dict.fromkeys(terms)]
        step = max(every, -(-len(distinct) // _MOST_OF_FIELD))
        pieces = (distinct[start : start + step] for start in range(0, len(distinct), step))
        clauses += [Term(name, max(piece, key=len)) for piece in pieces]
    return And(clauses)


_IN_ORDER = frozenset(column.name for column in FIELDS if column.kind == "text")


class Sources(Protocol):
    """The articles of some sources, each whole as its records, and which articles are theirs."""

    def __iter__(self) -> Iterator[Sequence[Record]]: ...

    def covers(self, lead: Record) -> bool:
        """Return whether an article comes from one of these sources; asked once all were read."""

    def skipped(self) -> Iterable[str]:
        """The sentences of what gave no article; asked once all were read."""


def against(engine: Engine, articles: Sources, report: VerifyReport) -> None:
    """Compare an index with all the articles of some of its sources.

    What differs, what is missing and what a source no longer gives is added to `report`. The
    articles of other sources are counted, and are no problem.
    """
    reader = engine.reader()
    incoming_ids: set[str] = set()
    for records in articles:
        if not records:
            continue
        article = records[0].about.id
        incoming_ids.add(article)
        stored = {record.id: record for record in map(Record.load, reader.passages(article))}
        for record in records:
            report.compared += 1
            stored_record = stored.pop(record.id, None)
            if stored_record is None:
                report.wrong(record.id, "la source le donne, l’index ne l’a pas")
            elif dump_as(record, stored_record) != stored_record.dump():
                report.wrong(record.id, "l’index ne tient pas ce que la source donne")
        for missing_id in stored:
            report.wrong(missing_id, "l’index le tient, la source ne le donne pas")
    for record in everything(reader):
        if record.kind != "lead" or record.about.id in incoming_ids:
            continue
        if articles.covers(record):
            report.wrong(record.about.id, "sa source ne donne plus cet article")
        else:
            report.elsewhere += 1
    report.notes += [f"Laissé de côté : {sentence}" for sentence in articles.skipped()]
    if report.elsewhere:
        report.notes.append(
            f"{counted(report.elsewhere, 'article')} d’autres sources que celles données ici : "
            "non comparé" + ("s." if report.elsewhere > 1 else ".")
        )


def _batches(records: Iterator[Record]) -> Iterator[list[Record]]:
    batch: list[Record] = []
    for record in records:
        batch.append(record)
        if len(batch) == _AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def as_json(report: VerifyReport) -> dict[str, Any]:
    """Return the report as JSON members."""
    return {
        "sound": not report.problems,
        "files": report.files,
        "bytes": report.bytes,
        "records": report.records,
        "articles": report.articles,
        "compared": report.compared,
        "elsewhere": report.elsewhere,
        "notes": report.notes,
        "problems": [{"where": where, "what": what} for where, what in report.problems],
    }
