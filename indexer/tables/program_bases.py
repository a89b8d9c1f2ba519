"""Which articles and comments are in the database of Joomla, TYPO3 (news), Drupal or FluxBB?

It is read as saved in SQL, or a Drupal's on SQLite. Those of other forums are not: each has rules
of its own about who may read what.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import UTC
from itertools import chain

from indexer.files import CapturedFile, DatabaseFormat, table_names
from indexer.reporting import Outcome, Rank, Remark, Skipped
from indexer.tables import table
from indexer.tables.columns import Columns, columns
from indexer.tables.program_queries import PROGRAMS, Program
from indexer.tables.table import Row
from indexer.text import WESTERN
from indexer.times import Times


def _columns_by_table() -> dict[str, tuple[str, ...]]:
    """What is read of the tables of all programs, some of which have the same."""
    columns_by_table: dict[str, tuple[str, ...]] = {}
    for program in PROGRAMS:
        # enough for the report to name them
        columns_by_table |= dict.fromkeys(program.unread, ("id", "uid"))
        for name, listed in program.tables.items():
            former = columns_by_table.get(name, ())
            columns_by_table[name] = tuple(dict.fromkeys((*former, *listed)))
    return columns_by_table


class ProgramBaseFormat(DatabaseFormat):
    """The reader of these bases, whose times are universal."""

    name = "program-base"
    rank = Rank.EXPORT
    program = "Le programme"
    signs = tuple(program.signs for program in PROGRAMS)
    tables = _columns_by_table()

    def base_outcomes(self, file: CapturedFile, base: sqlite3.Connection) -> Iterator[Outcome]:
        """The articles of each site of the base, by what begins the names of its tables."""
        names = {name.lower(): name for name in table_names(base)}
        for program in PROGRAMS:
            main = next(iter(program.tables))
            for prefix in sorted(name.removesuffix(main) for name in names if name.endswith(main)):
                if _is_of(base, program, names[prefix + main]):
                    yield from self._site(file, base, program, names, prefix)

    def _site(
        self,
        file: CapturedFile,
        base: sqlite3.Connection,
        program: Program,
        names: dict[str, str],
        prefix: str,
    ) -> Iterator[Outcome]:
        for end in program.tables:
            stage(base, program, end, names.get(prefix + end))
        unread = [name for name in names if name.endswith(program.unread)]
        if program.unread and unread:
            message = f"tables de {program.name} qui ne sont pas lues : {', '.join(sorted(unread))}"
            yield Remark("tables", message, file.name)
        for query in filter(None, (program.articles, program.comments)):
            yield from self._outcomes(file.name, base.execute(query))

    def _outcomes(self, name: str, cursor: sqlite3.Cursor) -> Iterator[Outcome]:
        first = cursor.fetchone()
        if first is None:
            return
        layout = columns([str(column[0]) for column in cursor.description])
        rows = _rows(chain([first], cursor), layout)
        yield from table.outcomes(name, rows, layout, Times(UTC), self._options.publication)


def _is_of(base: sqlite3.Connection, program: Program, name: str) -> bool:
    """Return whether a table has the columns of the articles of a program."""
    listed = set(_columns_of(base, name))
    needed = next(iter(program.tables.values()))[:5]
    return listed.issuperset(needed)


def _columns_of(base: sqlite3.Connection, name: str) -> list[str]:
    rows = base.execute("SELECT CAST(name AS TEXT) FROM pragma_table_info(?)", (name,))
    return [bytes(column).decode("utf-8", WESTERN).lower() for (column,) in rows]


def stage(base: sqlite3.Connection, program: Program, end: str, name: str | None) -> None:
    """Copy a table where queries find it, its columns as texts; without a name, an empty one."""
    base.execute(f'DROP TABLE IF EXISTS temp."{end}"')
    present = _columns_of(base, name) if name is not None else []
    cells = ", ".join(
        f'COALESCE(CAST("{column}" AS TEXT), \'\') AS "{column}"'
        if column in present
        else f"'' AS \"{column}\""
        for column in program.tables[end]
    )
    source = 'main."' + name.replace('"', '""') + '"' if name is not None else "(SELECT 1) WHERE 0"
    base.execute(f'CREATE TEMP TABLE "{end}" AS SELECT {cells} FROM {source}')
    for key in program.keys:
        if key in program.tables[end]:
            base.execute(f'CREATE INDEX temp."{end}.{key}" ON "{end}" ("{key}")')


def _rows(rows: Iterable[tuple[object, ...]], layout: Columns) -> Iterator[Row | Skipped]:
    for number, row in enumerate(rows, 1):
        cells = [
            cell.decode("utf-8", WESTERN)
            if isinstance(cell, bytes)
            else ("" if cell is None else str(cell))
            for cell in row
        ]
        yield Row(number, layout.row(cells), layout.states_of(cells))
