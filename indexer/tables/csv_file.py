"""Which rows are in a CSV file, as spreadsheets and databases write them?

The separator and the encoding are known from the first 64 KiB: semicolons and Windows-1252 of
a French Excel, commas and UTF-8, tabs and UTF-16. Cells may hold newlines. Neither a line nor
a cell is read past a bound.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from itertools import islice
from typing import IO

from indexer.files import NULLS, CapturedFile, FileFormat, PrefixedFile, with_nulls
from indexer.reporting import Outcome, Rank, Remark, Skipped, plural, shorten
from indexer.tables import table
from indexer.tables.columns import CannotTell, Columns, columns, dated, recognised
from indexer.tables.dialects import DELIMITERS, Dialect, dialect_of
from indexer.tables.table import Row
from indexer.text import WESTERN
from indexer.times import Times, month_first

__all__ = ["CsvFormat"]

SUFFIXES = (".csv", ".tsv", ".tab")
_HEAD = 65536
_LONGEST = 16_000_000
"""Characters of a line, and of a cell."""
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_MAC, _WINDOWS = (
    [letter.encode(encoding) for letter in "éèêàçùûî"] for encoding in ("mac_roman", "cp1252")
)


_DATA = re.compile(
    r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d)?\S{0,9}|\d{1,2}/\d{1,2}/\d{4} \d{1,2}:\d\d(?::\d\d)?"
    r"|[^\s@]{1,60}@[^\s@]{1,60}\.[a-z]{2,20}|\d{1,3}(?:\.\d{1,3}){3}"
)
"""A time, an e-mail or an IP address, which name no column."""
_NO_NAMES = (
    "la première ligne n’a pas les noms des colonnes : exportez le tableau avec eux "
    "(phpMyAdmin : « Mettre les noms des colonnes en première ligne »)"
)


class CsvFormat(FileFormat):
    """The reader of CSV files."""

    name = "csv"
    rank = Rank.EXPORT

    def named(self, suffix: str, head: bytes) -> bool:
        """Return whether the name says a table, and the content no other thing.

        >>> CsvFormat().named(".csv", b"a;b"), CsvFormat().named(".csv", b"PK\\x03\\x04")
        (True, False)
        """
        if suffix not in SUFFIXES or head.lstrip()[:1] in (b"{", b"<"):
            return False
        return _encoding(head) != "utf-8" or not _BINARY.search(head[:1024])

    def fits(self, head: bytes) -> bool:
        """Whether its first line is made of names of columns that are known, and rows follow.

        >>> CsvFormat().fits("Titre;Texte;Date\\n".encode()), CsvFormat().fits(b"Titre : le texte")
        (True, False)
        >>> CsvFormat().fits("Texte;Date;Auteur\\nUn article de ce nom.\\nSa suite.".encode())
        False
        """
        if not any(mark.encode() in head for mark in DELIMITERS) or head[:1] in (b"{", b"<"):
            return False
        dialect = dialect_of(_sample(head))
        names = dialect.names
        recognised_count = recognised(names)
        if recognised_count < 2 or (
            recognised_count < _SURELY and 2 * recognised_count < len(names)
        ):
            return False
        # a title may well be « Texte ; date », but paragraphs are not cut as it is
        has_length = [len(row) == len(names) for row in dialect.rows if row]
        if 2 * sum(has_length) < len(has_length):
            return False
        try:
            columns(names)
        except CannotTell:
            return False
        return True

    def outcomes(self, file: CapturedFile, opened: IO[bytes]) -> Iterator[Outcome]:
        """Its articles and comments; a row that is not understood is left aside with its line."""
        head = opened.read(_HEAD)
        if not head.strip(b"\0 \t\r\n"):
            yield Skipped(file.name, "le fichier est vide")
            return
        encoding = _encoding(head)
        dialect = dialect_of(_sample(head))
        if encoding == "mac_roman":
            yield Remark("encoding", "lu comme du Mac Roman : ce n'est pas de l'UTF-8", file.name)
        elif encoding == "utf-8" and not _utf8(head):
            yield Remark(
                "encoding", "lu comme du Windows-1252 : ce n'est pas de l'UTF-8", file.name
            )
        if not self._options.columns and any(map(_DATA.fullmatch, map(str.strip, dialect.names))):
            yield Skipped(file.name, _NO_NAMES, dialect.before + 1)
            return
        if dialect.above:
            unread = shorten(" ; ".join(dialect.above), 200)
            yield Remark("above", f"au-dessus des noms des colonnes, pas lu : {unread}", file.name)
        try:
            layout = dated(columns(dialect.names, self._options.columns), dialect.rows)
        except CannotTell as error:
            yield Skipped(file.name, str(error), dialect.before + 1)
            return
        days = (
            row[at]
            for row in dialect.rows
            for member, at in layout.places.items()
            if "date" in member and at < len(row)
        )
        order = self._options.month_first
        times = Times(self._options.zone, month_first=month_first(days) if order is None else order)
        lines = _lines(_whole(head, opened), encoding)
        rows = _rows(file.name, lines, dialect, layout)
        yield from table.outcomes(file.name, rows, layout, times, self._options.publication)


_SURELY = 6
"""Known columns that make a table, however many others: WordPress's posts have twenty-three."""


def _encoding(head: bytes) -> str:
    """The encoding of a file that begins so; "utf-8" may have bytes of Windows in it.

    UTF-16 is in UTF-8 already (`open_bytes`).
    """
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    return "mac_roman" if _of_old_macs(head) else "utf-8"


def _of_old_macs(head: bytes) -> bool:
    """Whether French accents are where Excel for Mac writes them, and not where Windows does.

    >>> _of_old_macs("été à Nîmes".encode("mac_roman")), _of_old_macs("été".encode("cp1252"))
    (True, False)
    """
    if _utf8(head) or _BINARY.search(head):
        return False
    return sum(map(head.count, _MAC)) > 2 * sum(map(head.count, _WINDOWS))


def _utf8(head: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _sample(head: bytes) -> str:
    """The whole lines of a file's beginning."""
    encoding = _encoding(head)
    decoder = codecs.getincrementaldecoder(encoding)
    if encoding == "utf-8" and not _utf8(head):
        text = head.decode("cp1252", "replace")
    else:
        text = decoder("replace").decode(head)
    if len(head) < _HEAD:
        return text
    return text[: max(text.rfind("\n"), text.rfind("\r")) + 1] or text


def _whole(head: bytes, file: IO[bytes]) -> IO[bytes]:
    return io.BufferedReader(PrefixedFile(head, file), _HEAD)


class _TooLong(ValueError):
    """A line past the bound."""


def _lines(opened: IO[bytes], encoding: str) -> Iterator[str]:
    """The lines with their ends; bytes that are no UTF-8 are read as Windows' own."""
    text = io.TextIOWrapper(opened, encoding, WESTERN, newline="")
    while line := text.readline(_LONGEST):
        if len(line) >= _LONGEST:
            raise _TooLong
        yield line


def _rows(
    name: str, lines: Iterator[str], dialect: Dialect, layout: Columns
) -> Iterator[Row | Skipped]:
    """Return the rows under the first; a row with too many cells is skipped."""
    width = len(dialect.names)
    # the library has one bound for all
    csv.field_size_limit(_LONGEST)
    lines = islice(lines, dialect.before, None)
    reader = dialect.reader(with_nulls(lines) if dialect.escape else lines)
    begun = False
    while True:
        line = reader.line_num + dialect.before + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (csv.Error, _TooLong):
            sentence = (
                f"une cellule ou une ligne de plus de {_LONGEST // 1_000_000} millions de signes"
            )
            yield Skipped(
                name,
                f"{sentence} (un guillemet qui n'est pas fermé ?), la suite n'est pas lue",
                line,
            )
            return
        if not any(map(str.strip, cells)):
            continue
        if not begun:
            begun = True
        elif any(map(str.strip, cells[width:])):
            reason = f"{len(cells)} cellules pour {plural(width, 'colonne')}"
            yield Skipped(name, f"{reason} (un séparateur hors des guillemets ?)", line)
        else:
            cells = ["" if cell in NULLS else cell for cell in cells]
            yield Row(line, layout.row(cells), layout.states_of(cells))
