"""How is a base opened that nobody may change, and which tables does it have?

It is a SQLite file, or the SQL that a database was saved as, whose rows are put in a SQLite file
that disappears: who reads tables reads both.
"""

from __future__ import annotations

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from itertools import islice
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import ClassVar
from urllib.parse import quote

from indexer.files.databases.sql_base import loaded
from indexer.files.databases.sql_dump import dump_tables, is_dump
from indexer.files.formats import CapturedFile, ReadingOptions
from indexer.files.inflate import UNREADABLE, CannotInflate, first_bytes, open_bytes, unreadable
from indexer.reporting import Outcome, Remark, Skipped

SQLITE = b"SQLite format 3\x00"
"""How every SQLite base begins."""
_LONGEST = 10_000_000
_STEPS, _STEPS_A_BYTE, _TURN = 50_000_000, 500, 100_000
"""Steps of SQLite's machine: a row takes some ten a column."""
_RATIO = 200
"""How many times its size a compressed base may be, as in archives; small ones are let be."""
_SMALL = 64 << 20
_SAMPLE = 65536
_TABLES = 2000


def open_database(path: Path) -> sqlite3.Connection:
    """A base that is read only, as one that nobody changes; its texts come as bytes.

    sqlite3.Error: it cannot be opened; reading raises it too when a page is damaged.
    """
    quoted_path = quote(bytes(path.resolve()), safe="/")
    base = sqlite3.connect(f"file:{quoted_path}?mode=ro&immutable=1", uri=True)
    base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
    base.execute("PRAGMA trusted_schema = OFF")
    base.execute("PRAGMA cell_size_check = ON")
    base.text_factory = bytes
    _bound(base, path.stat().st_size)
    return base


def _bound(base: sqlite3.Connection, size: int) -> None:
    """Let a base be read some hundred times over: a view may be a query that never ends."""
    turns_left = (_STEPS + _STEPS_A_BYTE * size) // _TURN

    def tired() -> bool:
        nonlocal turns_left
        turns_left -= 1
        return turns_left < 0

    base.set_progress_handler(tired, _TURN)


@contextmanager
def database(path: Path) -> Iterator[sqlite3.Connection]:
    """The same, decompressed in a nameless file if it is compressed.

    Raises CannotInflate, DAMAGED, OSError and sqlite3.Error.
    """
    with path.open("rb") as file:
        plain = file.read(len(SQLITE)) == SQLITE
    if plain:
        with closing(open_database(path)) as base:
            yield base
        return
    most = max(path.stat().st_size * _RATIO, _SMALL)
    with NamedTemporaryFile(prefix="glose-") as copy, open_bytes(path) as packed:
        while chunk := packed.read(1 << 20):
            copy.write(chunk)
            if copy.tell() > most:
                raise CannotInflate(f"une base de plus de {_RATIO} fois sa taille compressée")
        copy.flush()
        with closing(open_database(Path(copy.name))) as base:
            yield base


class DatabaseFormat(ABC):
    """A format of which each file is a base; its classes add `name` and `rank`.

    program: what wrote it. signs: names in the SQL of its tables, all of one group of them. tables:
    the columns that are read of each table, by the end of its name.
    """

    program: ClassVar[str]
    signs: ClassVar[Sequence[Sequence[bytes]]]
    tables: ClassVar[Mapping[str, tuple[str, ...]]]

    def __init__(self, options: ReadingOptions = ReadingOptions()) -> None:
        self._options = options

    def fits(self, head: bytes) -> bool:
        """Return whether the file is a base, or the SQL of one, with these names."""
        is_base = head.startswith(SQLITE) or is_dump(head)
        return is_base and any(all(sign in head for sign in group) for group in self.signs)

    def read(self, file: CapturedFile) -> Iterator[Outcome]:
        """What is read in the base; what stops the reading becomes a Skipped."""
        try:
            if is_dump(first_bytes(file.path, _SAMPLE)):
                with loaded(file, self.tables) as (base, unread):
                    yield from unread
                    yield from self.base_outcomes(file, base)
                return
            with database(file.path) as base:
                wal = file.path.with_name(file.path.name + "-wal")
                if wal.exists() and wal.stat().st_size:
                    message = (
                        f"{self.program} a écrit à côté (-wal) : ce qu'il y a mis n'est pas lu"
                    )
                    yield Remark("wal", message, file.name)
                yield from self.base_outcomes(file, base)
        except UNREADABLE as error:
            yield Skipped(file.name, unreadable(error))
        except sqlite3.Error as error:
            yield Skipped(file.name, f"base SQLite illisible ({error})")

    @abstractmethod
    def base_outcomes(self, file: CapturedFile, base: sqlite3.Connection) -> Iterator[Outcome]:
        """What is read in the base that a file is, or in that of its SQL."""


def with_schema(head: bytes, path: Path) -> bytes:
    """The beginning of a file and, when it is a base, how its tables were created.

    The schema is anywhere in a base: of 425,984 bytes that SPIP 4.4.28 dumped, it is past the
    first 65,536.
    """
    if is_dump(head):
        return head + _dumped_schema(path)
    if not head.startswith(SQLITE):
        return head
    schema = b""
    with suppress(sqlite3.Error, OSError, *UNREADABLE), database(path) as base:
        created = base.execute(
            f"SELECT sql FROM sqlite_master WHERE type = 'table' LIMIT {_TABLES}"
        )
        schema = b"\n".join(bytes(sql) for (sql,) in created if sql)
    return head + schema


def _dumped_schema(path: Path) -> bytes:
    """The tables of a dump, a line each, with their columns."""
    tables = []
    with suppress(OSError, *UNREADABLE), open_bytes(path) as opened:
        tables = [
            f"\nCREATE TABLE {table.name} ({' '.join(table.columns)})"
            for table in islice(dump_tables(opened), _TABLES)
        ]
    return "".join(tables).encode()
