"""Which rows do the tables of a program hold, whichever version of it wrote them?

The tables are those of a SQLite base, or are put in one on disk, that disappears, when a dump
is text. Columns go by their names, small letters: one that a version does not have reads "".
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Self

from indexer.text import WESTERN

Row = dict[str, str]


class RowTables:
    """The tables of a base, under the names that follow `prefix`.

    >>> with RowTables.staged() as tables:
    ...     tables.create("post", ["post_id", "title"])
    ...     tables.insert("post", ["2", "Deux"]); tables.insert("post", ["1", "Un"])
    ...     list(tables.rows("post", ["title", "lang"], order="post_id"))
    [{'title': 'Un', 'lang': ''}, {'title': 'Deux', 'lang': ''}]
    """

    def __init__(self, base: sqlite3.Connection, prefix: str = "") -> None:
        self._base = base
        self._prefix = prefix
        self._columns: dict[str, dict[str, str]] = {}

    @classmethod
    def installed(cls, base: sqlite3.Connection, table: str) -> dict[str, Self]:
        """Those of each program of a base that may have such a table, by their prefix.

        Of « blog_articles », it is « blog_ ».
        """
        names = [name for name in table_names(base) if name.lower().endswith(table)]
        return {prefix: cls(base, prefix) for prefix in (name[: -len(table)] for name in names)}

    @classmethod
    def staged(cls) -> Self:
        """Tables to fill, on disk, in a file that disappears with them."""
        base = sqlite3.connect("", isolation_level=None)
        base.text_factory = bytes
        base.execute("BEGIN")
        return cls(base)

    def create(self, table: str, columns: Sequence[str]) -> None:
        """A new table, unless it is there; more columns, if it lacks some of these.

        Those called `id_…` are looked up as numbers.
        """
        present = self._columns_of(table)
        missing = [name for name in dict.fromkeys(columns) if name not in present]
        if not missing:
            return
        if not present:
            declarations = ", ".join(map(_declared, missing))
            self._base.execute(f"CREATE TABLE {quoted(self._prefix + table)} ({declarations})")
        else:
            for name in missing:
                self._base.execute(
                    f"ALTER TABLE {quoted(self._prefix + table)} ADD {_declared(name)}"
                )
        self._columns.pop(table, None)

    def insert(self, table: str, cells: Sequence[str], columns: Sequence[str] = ()) -> None:
        """Put a row in a table, its cells in the order of these columns or of its own."""
        column_list = f" ({', '.join(map(quoted, columns))})" if columns else ""
        places = ", ".join("?" * len(cells))
        self._base.execute(
            f"INSERT INTO {quoted(self._prefix + table)}{column_list} VALUES ({places})",
            [cell.encode("utf-8", "replace").decode() for cell in cells],
        )

    def indexed(self, table: str, column: str) -> None:
        """Make rows of a table that was filled quick to find by a column."""
        if column in self._columns_of(table):
            self._base.execute(
                f"CREATE INDEX {quoted(f'{table}.{column}')} ON {quoted(self._prefix + table)}"
                f" ({quoted(column)})"
            )

    def has(self, table: str, *columns: str) -> bool:
        """Return whether there is such a table with these columns."""
        present = self._columns_of(table)
        return bool(present) and present.keys() >= set(columns)

    def rows(
        self,
        table: str,
        columns: Sequence[str],
        *,
        order: str = "",
        then: str = "",
        where: Mapping[str, str | int] | None = None,
    ) -> Iterator[Row]:
        """The rows of a table, these columns alone, in the order of numbers, then of texts.

        None when there is no such table, nor when a column to look at is absent.
        """
        present = self._columns_of(table)
        conditions = where or {}
        if not present or not present.keys() >= conditions.keys():
            return
        names = [name for name in columns if name in present]
        selection = ", ".join(quoted(present[name]) for name in names) or "1"
        sql = f"SELECT {selection} FROM {quoted(self._prefix + table)}"
        if conditions:
            sql += " WHERE " + " AND ".join(f"{quoted(present[name])} = ?" for name in conditions)
        orders = [f"CAST({quoted(present[order])} AS INTEGER)"] if order in present else []
        orders += [quoted(present[then])] if then in present else []
        if orders:
            sql += f" ORDER BY {', '.join(orders)}, rowid"
        empty = dict.fromkeys(columns, "")
        for cells in self._base.execute(sql, list(conditions.values())):
            yield empty | {
                name: _text(cell) for name, cell in zip(names, cells, strict=bool(names))
            }

    def groups(
        self,
        table: str,
        key: str,
        columns: Sequence[str],
        *,
        then: str = "",
        where: Mapping[str, str | int] | None = None,
    ) -> Groups:
        """The rows of a table by the number in one of its columns."""
        selected = tuple(dict.fromkeys((key, *columns)))
        return Groups(self.rows(table, selected, order=key, then=then, where=where), key)

    def _columns_of(self, table: str) -> dict[str, str]:
        """The columns of a table by their names in small letters; none when it is absent."""
        if table not in self._columns:
            information = self._base.execute(f"PRAGMA table_info({quoted(self._prefix + table)})")
            self._columns[table] = {_text(row[1]).lower(): _text(row[1]) for row in information}
        return self._columns[table]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._base.close()


class Groups:
    """Rows that come in the order of a number, given by number: ask for greater and greater ones.

    One group is in memory at a time, whatever the size of the table.

    >>> groups = Groups(iter([{"id": "1"}, {"id": "3"}, {"id": "3"}, {"id": "4"}]), "id")
    >>> groups.of(1), groups.of(2), groups.of(4), groups.passed_over()
    ([{'id': '1'}], [], [{'id': '4'}], 2)
    """

    def __init__(self, rows: Iterator[Row], key: str) -> None:
        self._groups = groupby(rows, lambda row: number(row[key]))
        self._next: tuple[int, list[Row]] | None = (0, [])
        self._consumed = True
        self._passed_over = 0

    def of(self, number: int) -> list[Row]:
        """The rows of a number."""
        while self._next is not None and self._next[0] < number:
            self._advance(number)
        if self._next is None or self._next[0] != number:
            return []
        self._consumed = True
        return self._next[1]

    def passed_over(self) -> int:
        """How many rows were never asked for, those of number 0 apart; it ends the reading."""
        while self._next is not None:
            self._advance(None)
        return self._passed_over

    def _advance(self, number: int | None) -> None:
        """Take the next group, and hold it if it may be wanted; else its rows are counted."""
        if self._next is not None and not self._consumed:
            self._passed_over += len(self._next[1])
        following = next(self._groups, None)
        if following is None:
            self._next = None
            return
        at, rows = following
        self._consumed = number is None or at < number
        if not self._consumed:
            self._next = (at, list(rows))
            return
        self._next = (at, [])
        self._passed_over += sum(1 for _ in rows) if at else 0


def number(text: str) -> int:
    """A whole number that names something, 0 for none.

    >>> number("12"), number("-1"), number("douze")
    (12, 0, 0)
    """
    text = text.strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0


def table_names(base: sqlite3.Connection) -> list[str]:
    """The names of the tables of a base."""
    names = base.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid")
    return [_text(name) for (name,) in names]


def _declared(name: str) -> str:
    return quoted(name) + (" INTEGER" if name.startswith("id_") else "")


def quoted(name: str) -> str:
    """A text as SQL reads it for the name of a table or of a column."""
    return '"' + name.replace("\0", "").replace('"', '""') + '"'


def _text(cell: Any) -> str:
    if isinstance(cell, bytes):
        return cell.decode("utf-8", WESTERN).replace("\0", "")
    return "" if cell is None else str(cell)
