"""Which bases does a Dotclear of these tests have?"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from indexer.dotclear.flat_file import Header, Values, flat_lines
from tests.indexer.samples import EXPORTS

BACKUP = EXPORTS / "dotclear.txt"


def base(path: Path, *prefixes: str) -> Path:
    """The backup's tables in a SQLite base, once for each beginning of their names."""
    with closing(sqlite3.connect(path)) as opened, BACKUP.open("rb") as flat_file:
        for parsed in flat_lines(flat_file):
            if isinstance(parsed, Header):
                table, columns = parsed.table, ", ".join(parsed.columns)
                for prefix in prefixes:
                    opened.execute(f"CREATE TABLE {prefix}{table} ({columns})")
            elif isinstance(parsed, Values):
                places = ", ".join("?" * len(parsed.cells))
                for prefix in prefixes:
                    opened.execute(f"INSERT INTO {prefix}{table} VALUES ({places})", parsed.cells)
        opened.commit()
    return path
