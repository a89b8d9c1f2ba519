"""Which tables and rows are in the SQL text that a database was saved as?

`INSERT` as mysqldump, phpMyAdmin, Adminer, WordPress's extensions, `pg_dump --inserts` and
`sqlite3 .dump` write it, and `COPY` as pg_dump does. Statements are never run: names and values
are read, and all the rest is passed over. Memory is that of one row, whatever the size.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import IO, NamedTuple

from indexer.files.databases.sql_text import LONGEST, SqlText, TooLong
from indexer.files.databases.sql_values import (
    Cell,
    Quoting,
    Unreadable,
    columns_created,
    name_of,
    names_of,
    values,
)

_BOM = b"\xef\xbb\xbf"
_COMMENTS = rb"(?:\s|--[^\n]*\n|#[^\n]*\n|/\*(?!!).{0,4000}?\*/)*+"
_BEGINNING = re.compile(
    rb"(?is)" + _COMMENTS + rb"(?:/\*!\d|(?:DROP|CREATE) (?:TABLE|DATABASE|SCHEMA)\b"
    rb"|(?:INSERT|REPLACE) INTO\b|(?:BEGIN|START) TRANSACTION\b|BEGIN;|LOCK TABLES\b"
    rb"|PRAGMA foreign_keys|SET (?:NAMES|SQL_MODE|FOREIGN_KEY_CHECKS|time_zone|@|\w+ =)"
    rb"|USE [`\"\w]+;|COPY [\w.\"]+ \(|SELECT pg_catalog\.)"
)
_TITLE = re.compile(
    rb"(?i)(?:(?:--|#)\s*)++(?:MySQL|MariaDB|phpMyAdmin|PostgreSQL database dump|Adminer|Dump\b"
    rb"|WordPress MySQL database)|/\*M!"
)
_OPENING = re.compile(r"^-- (?:MySQL dump|MariaDB dump|PostgreSQL database dump)\b", re.MULTILINE)
_CLOSING = re.compile(r"(?i)-- (?:Dump completed|PostgreSQL database dump complete)")
"""What mysqldump and pg_dump write first, and last when nothing stopped them."""
_NAME = r'(?:[`"\[]?[\w$-]+[`"\]]?\.)?(?:`[^`]+`|"[^"]+"|\[[^\]]+\]|[\w$]+)'
_STATEMENT = re.compile(
    r"(?is)(?:(?P<insert>(?:INSERT|REPLACE)\s+(?:(?:LOW_PRIORITY|DELAYED|IGNORE)\s+)*INTO)"
    r"|(?P<create>CREATE\s+TABLE(?:\s+IF\s+NOT\s+EXISTS)?)"
    rf"|(?P<copy>COPY))\s+(?P<name>{_NAME})\s*"
)
_COLUMNS = re.compile(rf"\(\s*{_NAME}(?:\s*,\s*{_NAME})*\s*\)\s*")
_VALUES = re.compile(r"(?i)VALUES?\s*")
_FROM = re.compile(r"(?i)FROM\s+stdin\b[^;]*;[ \t]*\r?\n")
_DELIMITER = re.compile(r"(?i)DELIMITER\s+(\S+)[^\n]*\n")
_BETWEEN = re.compile(r"\s*([,;]?)\s*")
_COPY_ESCAPE = re.compile(r"\\(.)")
_COPIED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v"}


class DumpTable(NamedTuple):
    """A table and its columns, as the dump names them."""

    name: str
    columns: tuple[str, ...]


class DumpRow(NamedTuple):
    """A row of a table, in the order of its columns; None for a NULL."""

    table: DumpTable
    cells: list[Cell]


class UnreadPiece(NamedTuple):
    """What is not read, the line it begins at, and why."""

    line: int
    reason: str


def is_dump(head: bytes) -> bool:
    """Return whether a file that begins so is SQL that a database was saved as.

    >>> is_dump(b"-- MySQL dump 10.13"), is_dump(b"# Titre" + bytes([10, 10]) + b"Set it up.")
    (True, False)
    >>> is_dump(b"/* Duplicator */ SET FOREIGN_KEY_CHECKS = 0;")
    True
    """
    text = head.removeprefix(_BOM).lstrip()
    return _TITLE.match(text) is not None or _BEGINNING.match(text) is not None


def dump_tables(opened: IO[bytes]) -> Iterator[DumpTable]:
    """Yield the tables of a dump, each once, without their rows."""
    for piece in dump_rows(opened, lambda name: False):
        if isinstance(piece, DumpTable):
            yield piece


def dump_rows(
    opened: IO[bytes], wanted: Callable[[str], bool]
) -> Iterator[DumpTable | DumpRow | UnreadPiece]:
    """Yield each table where its columns are first told, and the rows of the wanted ones.

    >>> from io import BytesIO
    >>> dump = b"CREATE TABLE `a` (`n` int, KEY `n` (`n`));INSERT INTO `a` VALUES (1),('l' 'x');"
    >>> [piece[:2] for piece in dump_rows(BytesIO(dump), lambda name: True)][1]
    (DumpTable(name='a', columns=('n',)), [1])
    """
    text = SqlText(opened)
    yield from _Dump(text, wanted).pieces()


class _Dump:
    def __init__(self, text: SqlText, wanted: Callable[[str], bool]) -> None:
        self._text = text
        self._wanted = wanted
        self._quoting = Quoting.of(text.beginning())
        self._tables: dict[str, DumpTable] = {}

    def pieces(self) -> Iterator[DumpTable | DumpRow | UnreadPiece]:
        text = self._text
        signed = _OPENING.search(text.beginning()[:4000]) is not None
        cut = False
        try:
            while text.skip_blanks():
                if match := text.match(_DELIMITER, 200):
                    # what is between is a program, and holds no rows
                    cut = match[1] != ";" and not text.skip_past("DELIMITER ;")
                elif match := text.match(_STATEMENT, 1000):
                    for piece in self._statement(match):
                        cut = cut or (isinstance(piece, UnreadPiece) and piece.reason == _CUT)
                        yield piece
                else:
                    text.skip_statement(self._quoting)
            if signed and not cut and not _CLOSING.search(text.ending()):
                yield UnreadPiece(text.line, _CUT)
        except TooLong:
            reason = f"une valeur de plus de {LONGEST // 1_000_000} millions de signes"
            yield UnreadPiece(text.line, f"{reason}, la suite n'est pas lue")

    def _statement(self, match: re.Match[str]) -> Iterator[DumpTable | DumpRow | UnreadPiece]:
        text, line = self._text, self._text.line
        name = name_of(match["name"])
        if match["create"]:
            created = text.until_end(self._quoting)
            if created is None:
                yield UnreadPiece(line, _CUT)
            elif columns := columns_created(created):
                yield from self._learn(name, columns)
            return
        listed = text.match(_COLUMNS, LONGEST)
        if listed:
            table = DumpTable(name, names_of(listed[0]))
            if not self._tables.get(name, table).columns or name not in self._tables:
                yield from self._learn(name, table.columns)
        else:
            if name not in self._tables:
                yield from self._learn(name, ())
            table = self._tables[name]
        if match["copy"]:
            yield from self._copied(table)
        elif not self._wanted(name):
            if not text.skip_statement(self._quoting):
                yield UnreadPiece(line, _CUT)
        elif not table.columns:
            yield UnreadPiece(line, f"lignes de « {name} » sans les noms de ses colonnes")
            text.skip_statement(self._quoting)
        elif text.match(_VALUES, 100):
            yield from self._inserted(table)
        else:
            text.skip_statement(self._quoting)

    def _learn(self, name: str, columns: tuple[str, ...]) -> Iterator[DumpTable]:
        known = self._tables.get(name)
        self._tables[name] = DumpTable(name, columns)
        if known is None or (columns and not known.columns):
            yield self._tables[name]

    def _inserted(self, table: DumpTable) -> Iterator[DumpRow | UnreadPiece]:
        """The rows of one INSERT; one that is not understood ends it."""
        text = self._text
        while True:
            line = text.line
            try:
                cells = text.row(values, self._quoting)
            except Unreadable:
                yield UnreadPiece(line, _UNREADABLE.format(table.name))
                text.skip_line()
                return
            if cells is None:
                yield UnreadPiece(line, _CUT)
                return
            if len(cells) == len(table.columns):
                yield DumpRow(table, cells)
            else:
                reason = f"{len(cells)} valeurs pour {len(table.columns)} colonnes"
                yield UnreadPiece(line, f"une ligne de « {table.name} » a {reason}")
            between = text.match(_BETWEEN, 1000)
            if between is None or between[1] != ",":
                if text.ended and (between is None or between[1] != ";"):
                    yield UnreadPiece(text.line, _CUT)
                elif between is None or between[1] != ";":
                    # ON DUPLICATE KEY UPDATE…
                    text.skip_statement(self._quoting)
                return

    def _copied(self, table: DumpTable) -> Iterator[DumpRow | UnreadPiece]:
        r"""The rows of one COPY, which end at a line `\.`."""
        text = self._text
        if not text.match(_FROM, 1000):
            text.skip_statement(self._quoting)
            return
        wanted = self._wanted(table.name)
        for line, row in text.lines():
            if row == "\\.":
                return
            if not wanted:
                continue
            cells: list[Cell] = [
                None if cell == "\\N" else _unescaped(cell) for cell in row.split("\t")
            ]
            if len(cells) == len(table.columns):
                yield DumpRow(table, cells)
            else:
                reason = f"{len(cells)} valeurs pour {len(table.columns)} colonnes"
                yield UnreadPiece(line, f"une ligne de « {table.name} » a {reason}")
        yield UnreadPiece(text.line, _CUT)


_CUT = "la sauvegarde est coupée : sa fin manque"
_UNREADABLE = "une ligne de « {} » n'est pas comprise, celles qui la suivent non plus"


def _unescaped(cell: str) -> str:
    r"""A cell of COPY.

    >>> _unescaped(r"C:\\nuit\net jour")
    'C:\\nuit\net jour'
    """
    if "\\" not in cell:
        return cell
    return _COPY_ESCAPE.sub(lambda escape: _COPIED.get(escape[1], escape[1]), cell)
