"""Which captured files do these paths hold, and which format reads each?"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from datetime import UTC, datetime
from functools import partial
from pathlib import Path, PurePosixPath

from index.engines import stamp
from index.engines.faults import why
from indexer.archives import ArchiveFormat, WarcFormat
from indexer.canonical import JsonFormat
from indexer.comment_programs import (
    CommentoFormat,
    DiscourseFormat,
    DisqusFormat,
    HypothesisFormat,
    IssoFormat,
    IssoJsonFormat,
    Remark42Format,
    StaticmanFormat,
    YtDlpFormat,
)
from indexer.dotclear import DotclearDatabaseFormat, DotclearFormat, dotclear_csv_format
from indexer.europresse import EuropresseFormat
from indexer.factiva import FactivaFormat
from indexer.feeds import BloggerFormat, FeedFormat, JsonFeedFormat
from indexer.files import (
    UNREADABLE,
    CapturedFile,
    Format,
    ReadingOptions,
    first_bytes,
    is_candidate,
    recognise,
    saved_beside,
    unreadable,
    with_schema,
)
from indexer.html import Adapter, HtmlFormat, ManifestFormat, MhtmlFormat
from indexer.markdown import MarkdownFormat
from indexer.medium import MediumFormat
from indexer.merging import gather, without_withheld
from indexer.movable_type import MovableTypeFormat
from indexer.overblog import OverblogFormat
from indexer.pages import PageFormat
from indexer.pipeline.apart import SeparateReader, is_large, outlived
from indexer.pipeline.bounds import bounded
from indexer.pipeline.mending import Mending
from indexer.refused import RefusedFormat, UnknownFormat, refused_archive, side_file
from indexer.reporting import Outcome, Rank, Remark, Skipped, declare, plural
from indexer.spip import SpipFormat, SpipXmlFormat, spip_csv_format
from indexer.tables import CsvFormat, ParquetFormat, ProgramBaseFormat
from indexer.times import Capture
from indexer.wallabag import WallabagCsvFormat, WallabagFormat, WallabagXmlFormat
from indexer.wires import NewsXmlFormat, NinjsFormat
from indexer.wordpress import SavedRestFormat, WordPressDatabaseFormat, WxrFormat

_KNOWN_BY_CONTENT: tuple[Callable[[ReadingOptions], Format], ...] = (
    DisqusFormat,
    IssoFormat,
    IssoJsonFormat,
    CommentoFormat,
    Remark42Format,
    DiscourseFormat,
    HypothesisFormat,
    YtDlpFormat,
    StaticmanFormat,
    SavedRestFormat,
    WallabagFormat,
    WallabagXmlFormat,
    WallabagCsvFormat,
    WxrFormat,
    WordPressDatabaseFormat,
    DotclearFormat,
    DotclearDatabaseFormat,
    dotclear_csv_format,
    MovableTypeFormat,
    OverblogFormat,
    SpipFormat,
    SpipXmlFormat,
    spip_csv_format,
    NewsXmlFormat,
    NinjsFormat,
    BloggerFormat,
    FeedFormat,
    JsonFeedFormat,
)


def formats(
    options: ReadingOptions = ReadingOptions(), adapters: Sequence[Adapter] | None = None
) -> tuple[Format, ...]:
    """The formats in the order they are tried: any text can be a page.

    adapters: those that find the comments of HTML pages, otherwise Glose's own.
    """
    pages = HtmlFormat(adapters)
    # before the archives: a WACZ is a zip too
    crawls = WarcFormat(pages)
    file_formats: tuple[Format, ...] = (
        RefusedFormat(),
        *(form(options) for form in _KNOWN_BY_CONTENT),
        ManifestFormat(),
        ProgramBaseFormat(options),
        # what no format above knows, and is no canonical JSON either
        UnknownFormat(),
        JsonFormat(options),
        # before the pages that it may hold
        MhtmlFormat(pages, (EuropresseFormat(), FactivaFormat())),
        EuropresseFormat(),
        FactivaFormat(),
        MediumFormat(),
        pages,
        MarkdownFormat(options),
        ParquetFormat(options),
        CsvFormat(options),
        PageFormat(),
    )
    return (crawls, ArchiveFormat((crawls, *file_formats)), *file_formats)


FORMATS = formats()
for _format in FORMATS:
    declare(_format.name, _format.rank)
# these say why a file gives no article
_GIVE_NONE = (RefusedFormat, ManifestFormat, UnknownFormat)
NAMES = [form.name for form in FORMATS if not isinstance(form, _GIVE_NONE)]
"""The formats that a source can be said to be of."""
_HEAD = 65536

Each = Callable[[Outcome, str, Path | str], Outcome]
"""What becomes of what was read, in which format, from which file: its provenance, its account."""


def as_read(outcome: Outcome, form: str, path: Path | str) -> Outcome:
    """It stays as it was read."""
    return outcome


def read(
    sources: Sequence[Path],
    captured: Capture | None = None,
    forced: Format | None = None,
    *,
    threads_first: bool = False,
    among: Sequence[Format] = FORMATS,
    each: Each = as_read,
    apart: bool = False,
) -> Iterator[Outcome]:
    """The articles of files and folders, in a stable order, each read when it is asked for.

    captured: when all of it was captured; otherwise each file's own date tells. forced: the
    format of every file, otherwise known from its content, among these. threads_first: the files of
    programs of comments before the others, as `joining` needs them. each: is given everything
    as it is read, before pieces are put together. apart: large files are read by a process of
    their own, bounded (whoever asks for it is a command that can be started again).
    """
    files = _files(sources, forced)
    with SeparateReader(outcomes_of) if apart else nullcontext() as reader:
        read_one = partial(
            read_file, captured=captured, forced=forced, among=among, each=each, apart=reader
        )
        if threads_first:
            # and put together before the others: their articles go through one at a time
            opened = partial(open_file, captured=captured, forced=forced, among=among)
            threads, files = _threads_apart(files, opened)
            yield from gather(_read_all(iter(threads), read_one, each))
        outcomes = gather(_read_all(files, read_one, each))
        # `joining` holds all the threads, and leaves aside what is to be left
        yield from outcomes if threads_first else without_withheld(outcomes)


def _files(sources: Sequence[Path], forced: Format | None) -> Iterator[Path | Skipped | Remark]:
    for source in sources:
        if source.is_dir():
            yield from _files_of(source, forced)
        else:
            yield source


def _threads_apart(
    files: Iterator[Path | Skipped | Remark],
    opened: Callable[[Path], tuple[CapturedFile, Format] | Skipped],
) -> tuple[list[Path], Iterator[Path | Skipped | Remark]]:
    """Return the files of comment programs, and the others with their remarks."""
    threads: list[Path] = []
    other_files: list[Path | Skipped | Remark] = []
    for file in files:
        of_format = opened(file) if isinstance(file, Path) else file
        if isinstance(file, Path) and isinstance(of_format, tuple) and _is_thread(of_format[1]):
            threads.append(file)
        else:
            other_files.append(file)
    return threads, iter(other_files)


def _is_thread(form: Format) -> bool:
    return form.rank is Rank.COMMENTS


def _read_all(
    files: Iterator[Path | Skipped | Remark],
    read_one: Callable[[Path], Iterator[Outcome]],
    each: Each,
) -> Iterator[Outcome]:
    for file in files:
        if isinstance(file, Path):
            yield from read_one(file)
        else:
            yield each(file, "", file.source)


def read_file(
    path: Path,
    captured: Capture | None = None,
    forced: Format | None = None,
    *,
    among: Sequence[Format] = FORMATS,
    each: Each = as_read,
    apart: SeparateReader | None = None,
) -> Iterator[Outcome]:
    """The articles of one file. What cannot be read is a Skipped, never an error.

    apart: who reads it if it is large.
    """
    opened = open_file(path, captured, forced, among=among)
    if isinstance(opened, Skipped):
        yield each(opened, "", path)
        return
    file, format_ = opened
    try:
        before = _state(path)
        for outcome in _outcomes(file, format_, apart):
            yield each(outcome, format_.name, path)
        if _state(path) != before:
            # what was read of it is of no one moment
            reason = "a changé pendant la lecture : à relire"
            yield each(Skipped(file.name, reason), format_.name, path)
    except OSError as error:
        yield each(Skipped(file.name, why(error)), format_.name, path)


def _outcomes(file: CapturedFile, form: Format, apart: SeparateReader | None) -> Iterator[Outcome]:
    if apart is None:
        return outcomes_of(file, form)
    if is_large(file, form):
        return apart.outcomes(file, form)
    return outlived(outcomes_of, file, form)


def _state(path: Path) -> tuple[int, int, int]:
    """Which file this is, and in which state. Raises OSError."""
    status = path.stat()
    return status.st_ino, status.st_size, status.st_mtime_ns


def outcomes_of(file: CapturedFile, form: Format) -> Iterator[Outcome]:
    """Yield the outcomes of a file in a format, mended and bounded. Raises OSError."""
    return Mending().outcomes(bounded(form.read(file), file.name), file.name)


def open_file(
    path: Path,
    captured: Capture | None = None,
    forced: Format | None = None,
    *,
    among: Sequence[Format] = FORMATS,
) -> tuple[CapturedFile, Format] | Skipped:
    """A file with the date of its capture and the format that reads it; or why none does."""
    name = printable(path)
    try:
        status = path.stat()
        if not path.is_file():
            return Skipped(name, "ce n'est pas un fichier")
        head = with_schema(first_bytes(path, _HEAD), path)
    except OSError as error:
        return Skipped(name, why(error))
    except UNREADABLE as error:
        return Skipped(name, unreadable(error))
    capture = captured or _capture_of(status.st_mtime)
    format_ = forced or recognise(among, head, path.name)
    if format_ is None:
        return Skipped(name, "format inconnu")
    return CapturedFile(path, name, capture), format_


def _capture_of(modified: float) -> Capture:
    return Capture.at(datetime.fromtimestamp(modified, UTC), guessed=True)


def _files_of(folder: Path, forced: Format | None) -> Iterator[Path | Skipped | Remark]:
    other_kinds: Counter[str] = Counter()
    unreadable: list[OSError] = []
    pages = 0
    for path in _walk(folder, unreadable):
        if isinstance(path, Skipped):
            pages += 1
            yield path
            continue
        if _beside(path, folder) or (forced is None and not is_candidate(path)):
            other_kinds[path.suffix or path.name] += 1
            continue
        pages += 1
        yield path
    for error in unreadable:
        yield Skipped(printable(error.filename or folder), why(error))
    if other_kinds:
        kinds = ", ".join(sorted(other_kinds))
        sentence = plural(
            other_kinds.total(), "fichier d'une autre sorte", "fichiers d'une autre sorte"
        )
        yield Remark("other_files", f"{sentence}, pas lus ({kinds})", printable(folder))
    if not pages and not unreadable:
        sentence = (
            "ce dossier ne contient aucune page (.html, .txt, .json, .jsonl, .xml, .warc, .zip…)"
        )
        yield Skipped(printable(folder), sentence)


def _beside(path: Path, folder: Path) -> bool:
    """Whether a file of a folder is beside an export: what is above the folder does not count."""
    return side_file(PurePosixPath(folder.name, *path.relative_to(folder).parts))


def _walk(folder: Path, unreadable: list[OSError]) -> Iterator[Path | Skipped]:
    """Files in the order of their names, folder by folder: neither hidden ones nor an index's.

    Nor what was taken out of an archive that is not to be read: a Skipped tells why.
    """
    for directory, folders, names in os.walk(folder, onerror=unreadable.append):
        if stamp.NAME in names:
            folders.clear()
            continue
        if (reason := refused_archive(names)) is not None:
            folders.clear()
            yield Skipped(printable(directory), reason)
            continue
        beside = set(names)
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and not saved_beside(name, beside)
        )
        for name in sorted(names):
            if not name.startswith("."):
                yield Path(directory, name)


def printable(path: Path | str) -> str:
    """A path as it can be written anywhere, whatever bytes name the file.

    >>> printable("caf\\udce9.txt")
    'caf?.txt'
    """
    return str(path).encode("utf-8", "replace").decode()
