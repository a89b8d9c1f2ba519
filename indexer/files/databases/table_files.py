"""Which tables of one program are in the CSV files of a folder, a file each?

A database is exported table by table (`spip_articles.csv`, `spip_forum.csv`): the file of what
has pages is read with those beside it, whose names differ by the table's only. Comments
without it are refused: they do not tell which articles are published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO

from indexer.files.databases.csv_tables import csv_columns, csv_rows
from indexer.files.databases.row_tables import RowTables
from indexer.files.formats import CapturedFile
from indexer.files.inflate import CannotInflate, open_bytes
from indexer.files.opening import outcomes
from indexer.files.recognition import ContentFirst
from indexer.reporting import Outcome, Rank, Remark, Skipped

Articles = Callable[[RowTables, CapturedFile], Iterator[Outcome]]
"""What gives the articles of tables, once they are filled from a file and those beside it."""


@dataclass(frozen=True, slots=True)
class TableFiles:
    """The tables of a program. `columns` are those read of each, `signs` those that tell it.

    pages: the tables of what has pages, the first of them first. threads: that of comments.

    >>> signs = {"post": frozenset(("id", "title"))}
    >>> files = TableFiles("Blog", {"post": ("id",)}, signs, ("post",))
    >>> files.table(b"id,title,body\\n1,Un,Deux\\n"), files.table(b"title,body\\n")
    ('post', None)
    """

    program: str
    columns: Mapping[str, tuple[str, ...]]
    signs: Mapping[str, frozenset[str]]
    pages: tuple[str, ...]
    threads: str = ""

    def table(self, head: bytes) -> str | None:
        """Which table has the columns of a file that begins so; None when it is no CSV of these."""
        columns = set(csv_columns(head))
        return next((table for table, signs in self.signs.items() if signs <= columns), None)

    def read(
        self,
        file: CapturedFile,
        articles: Articles,
        opened: IO[bytes],
    ) -> Iterator[Outcome]:
        """What a file gives with those beside it: its articles, or where they are read."""
        table = self.table(opened.readline(16384))
        if table is None:
            yield Skipped(file.name, f"ce n'est pas une table de {self.program}")
            return
        beside = self._beside(file.path, table)
        first = next((name for name in self.pages if name == table or name in beside), None)
        if first is None:
            message = f"table « {table} » de {self.program}, à lire avec « {self.pages[0]} » à côté"
            if table == self.threads:
                yield Skipped(file.name, f"{message} : elle seule dit quels articles sont publiés")
            else:
                yield Remark("beside", message, file.name)
            return
        if first != table:
            message = f"table « {table} » de {self.program}, lue avec {beside[first].name}"
            yield Remark("beside", message, file.name)
            return
        with RowTables.staged() as tables:
            for name, path in {**beside, table: file.path}.items():
                source = file.name if path == file.path else path.name
                yield from self._fill(tables, name, path, source)
            yield from articles(tables, file)

    def _beside(self, path: Path, table: str) -> dict[str, Path]:
        """The other tables in the same folder, by their names."""
        start, separator, end = path.name.rpartition(table)
        if not separator:
            return {}
        places = {name: path.with_name(f"{start}{name}{end}") for name in self.columns}
        return {name: place for name, place in places.items() if name != table and place.is_file()}

    def _fill(self, tables: RowTables, table: str, path: Path, source: str) -> Iterator[Outcome]:
        """Put the rows of a file in a table, the columns that are read alone."""
        try:
            with open_bytes(path) as opened:
                columns: list[str] = []
                for line, row in csv_rows(opened):
                    if isinstance(row, str):
                        yield Skipped(source, row, line)
                        continue
                    if not columns:
                        columns = [name for name in self.columns[table] if name in row]
                        tables.create(table, columns)
                    if columns:
                        tables.insert(table, [row[name] for name in columns])
        except (CannotInflate, OSError) as error:
            yield Skipped(source, str(error))


class TableFilesFormat(ContentFirst):
    """The reader of a program's tables in CSV."""

    rank = Rank.EXPORT

    def __init__(self, name: str, files: TableFiles, articles: Articles) -> None:
        self.name = name
        self._files = files
        self._articles = articles

    def fits(self, head: bytes) -> bool:
        """Return whether its columns are those of one of these tables."""
        return self._files.table(head) is not None

    def read(self, file: CapturedFile) -> Iterator[Outcome]:
        """Its articles, with what the tables beside it say of them."""
        yield from outcomes(file, partial(self._files.read, file, self._articles))
