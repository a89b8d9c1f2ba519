"""Which entries are in a CSV file of wallabag?

Its exporter (2.6, `EntriesExport::produceCsv`) loses three things that no reader finds again:
the line ends of the text, where two words may now touch; the half of the day, as the hour is
written on 12 hours without AM nor PM, so that the day is all one knows; and when the page was
published, as the date is that of keeping it. It stands for the other, which is said.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import IO, Any, cast

from indexer.article import Article
from indexer.files import CapturedFile, ContentFirst, FileFormat, PrefixedFile
from indexer.reporting import LeftAside, Outcome, Rank, Remark, Skipped
from indexer.text import WESTERN
from indexer.times import machine_time
from indexer.wallabag.entries import entry_article

_BOM = b"\xef\xbb\xbf"
_HEAD = 65536
_COLUMNS = ["title", "url", "content", "tags", "mime type", "language", "creation date"]
_AFTER = 4
"""Columns after the text."""
_LONGEST = 16_000_000
"""Characters of a line."""
_DAY = re.compile(r"(\d{2})/(\d{2})/(\d{4})\b")


class WallabagCsvFormat(ContentFirst, FileFormat):
    """The reader of wallabag's CSV."""

    name = "wallabag-csv"
    rank = Rank.PAGE

    def fits(self, head: bytes) -> bool:
        """Return whether its first line is that of wallabag's exporter.

        >>> first = b'Title;URL;Content;Tags;"MIME Type";Language;"Creation date"'
        >>> WallabagCsvFormat().fits(first), WallabagCsvFormat().fits(b"Title;URL;Content")
        (True, False)
        """
        return _delimiter(head) is not None

    def outcomes(self, file: CapturedFile, opened: IO[bytes]) -> Iterator[Outcome]:
        """An article for each row; one that is not whole is left aside with its line."""
        head = opened.read(_HEAD)
        delimiter = _delimiter(head)
        if delimiter is None:
            yield Skipped(file.name, "ce n’est pas un CSV de wallabag")
            return
        left_aside = LeftAside()
        rows_read = 0
        for line, cells in _rows(PrefixedFile(head.removeprefix(_BOM), opened), delimiter):
            if cells is None:
                reason = f"une ligne de plus de {_LONGEST // 1_000_000} millions de signes"
                yield Skipped(file.name, f"{reason} ; la suite n’est pas lue", line)
            elif len(cells) < len(_COLUMNS):
                yield Skipped(file.name, f"{len(cells)} cellules au lieu de {len(_COLUMNS)}", line)
            elif article := entry_article(_entry(cells, delimiter), left_aside):
                rows_read += 1
                yield _dated(article)
            else:
                left_aside.add("empty_entries")
        yield from left_aside.remarks(file.name)
        if rows_read:
            message = (
                "CSV de wallabag : ni date de publication (le jour où la page a été gardée en "
                "tient lieu), ni fins de ligne ; son JSON les a"
            )
            yield Remark("poor_export", message, file.name)


def _delimiter(head: bytes) -> str | None:
    """What separates the cells: a semicolon, or what a spreadsheet made of it."""
    first = head.removeprefix(_BOM).partition(b"\n")[0][:400].decode("utf-8", "replace")
    for delimiter in (";", ",", "\t"):
        try:
            cells = next(csv.reader([first.strip()], delimiter=delimiter), [])
        except csv.Error:
            continue
        if [cell.strip().lower() for cell in cells] == _COLUMNS:
            return delimiter
    return None


def _rows(opened: PrefixedFile, delimiter: str) -> Iterator[tuple[int, list[str] | None]]:
    """The rows under the first, with their lines; None for what is too long, and ends all."""
    csv.field_size_limit(_LONGEST)
    reader = csv.reader(_lines(opened), delimiter=delimiter)
    first = True
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (csv.Error, _TooLong):
            yield line, None
            return
        if not first and any(map(str.strip, cells)):
            yield line, cells
        first = False


class _TooLong(ValueError):
    """A line past the bound."""


class _Raw(io.RawIOBase):
    """A file as the library of texts wants it."""

    def __init__(self, opened: PrefixedFile) -> None:
        self._opened = opened

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer)
        data = self._opened.read(len(view))
        view[: len(data)] = data
        return len(data)


def _lines(opened: PrefixedFile) -> Iterator[str]:
    text = io.TextIOWrapper(
        cast("IO[bytes]", io.BufferedReader(_Raw(opened), _HEAD)), "utf-8", WESTERN, newline=""
    )
    while line := text.readline(_LONGEST):
        if len(line) >= _LONGEST:
            raise _TooLong
        yield line.replace("\0", "")


def _dated(article: Article) -> Article:
    """An article dated of the day when it was kept, as no other is known."""
    if article.captured_at is None:
        return article
    extra = {**article.extra, "dateInferred": "kept"}
    return replace(article, date_published=article.captured_at, extra=extra)


def _entry(cells: list[str], delimiter: str) -> dict[str, Any]:
    """A row as an entry of the JSON.

    PHP does not double a quotation mark after a backslash, which cuts such a text in several
    cells: it is what stands between the first two and the last four.
    """
    title, url, *text = cells[:-_AFTER]
    tags, mime, language, saved_at = cells[-_AFTER:]
    day = _DAY.match(saved_at.strip())
    return {
        "title": title,
        "url": url,
        "content": text[0] if len(text) == 1 else delimiter.join(text).removesuffix('"'),
        "tags": tags,
        "mimetype": mime,
        "language": language,
        "created_at": machine_time(f"{day[3]}-{day[2]}-{day[1]}") if day else None,
    }
