"""Which rows of a dump do readers of tables want, and where are they put?"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from typing import IO

from indexer.files.databases.row_tables import quoted
from indexer.files.databases.sql_dump import DumpRow, DumpTable, UnreadPiece, dump_rows
from indexer.files.databases.sql_values import Cell
from indexer.files.formats import CapturedFile
from indexer.files.inflate import CannotInflate, open_bytes
from indexer.reporting import Skipped

_RATIO = 200
_SMALL = 64 << 20
_MOST_UNREAD = 20_000
"""Pieces that are held to be told of: as many as faults of a file."""


@contextmanager
def loaded(
    file: CapturedFile, tables: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[sqlite3.Connection, list[Skipped]]]:
    """A base on disk, that disappears, with these columns of the tables whose names end so.

    With it, what was not read. Raises CannotInflate, DAMAGED, OSError and sqlite3.Error.
    """
    with closing(sqlite3.connect("", isolation_level=None)) as base:
        base.text_factory = bytes
        base.execute("BEGIN")
        filling = _Filling(base, tables)
        with open_bytes(file.path) as opened:
            most = max(file.path.stat().st_size * _RATIO, _SMALL)
            unread = filling.fill(opened, file.name, most)
        yield base, unread


class _Filling:
    def __init__(self, base: sqlite3.Connection, tables: Mapping[str, tuple[str, ...]]) -> None:
        self._base = base
        self._tables = tables
        self._places: dict[str, tuple[list[int], str]] = {}

    def fill(self, opened: IO[bytes], source: str, most: int) -> list[Skipped]:
        """Put the rows of a dump in the base; return what was not understood of it."""
        unread: list[Skipped] = []
        size = 0
        for piece in dump_rows(opened, self._is_wanted):
            if isinstance(piece, DumpTable):
                self._create(piece)
            elif isinstance(piece, UnreadPiece):
                unread.append(Skipped(source, piece.reason, piece.line))
                if len(unread) >= _MOST_UNREAD:
                    reason = "trop de fautes, la suite n'est pas lue"
                    return [*unread, Skipped(source, reason, piece.line)]
            elif isinstance(piece, DumpRow):
                size += sum(len(cell) for cell in piece.cells if isinstance(cell, str))
                if size > most:
                    raise CannotInflate(f"il en sort plus de {_RATIO} fois ce qu’elle pèse")
                self._insert(piece)
        return unread

    def _is_wanted(self, name: str) -> bool:
        return self._end(name) is not None

    def _end(self, name: str) -> str | None:
        """The longest of the known ends that a table's name has."""
        ends = [end for end in self._tables if name.lower().endswith(end)]
        return max(ends, key=len, default=None)

    def _create(self, table: DumpTable) -> None:
        end = self._end(table.name)
        column_names = self._tables[end] if end is not None else ()
        columns = {name.lower(): at for at, name in enumerate(table.columns)}
        columns = {name: at for name, at in columns.items() if name in column_names}
        if not columns or table.name in self._places:
            return
        declared = ", ".join(_declared(name) for name in columns)
        table_name = quoted(table.name)
        self._base.execute(f"CREATE TABLE {table_name} ({declared})")
        for name in columns:
            if _is_number(name):
                # looked for by those who read it, as in the base it was saved from
                index = quoted(f"{table.name}.{name}")
                self._base.execute(f"CREATE INDEX {index} ON {table_name} ({quoted(name)})")
        places = ", ".join("?" * len(columns))
        sql = f"INSERT INTO {table_name} VALUES ({places})"
        self._places[table.name] = (list(columns.values()), sql)

    def _insert(self, row: DumpRow) -> None:
        places, sql = self._places.get(row.table.name, ([], ""))
        if sql:
            self._base.execute(sql, [_storable(row.cells[at]) for at in places])


def _storable(cell: Cell) -> Cell:
    return cell.encode("utf-8", "replace").decode() if isinstance(cell, str) else cell


def _is_number(column: str) -> bool:
    return column.startswith("id_")


def _declared(column: str) -> str:
    return quoted(column) + (" INTEGER" if _is_number(column) else "")
