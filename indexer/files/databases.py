"""How is a SQLite base opened that nobody may change, and which tables does it have?"""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import quote

SQLITE = b"SQLite format 3\x00"
"""How every SQLite base begins."""
_LONGEST = 10_000_000


def open_database(path: Path) -> sqlite3.Connection:
    """A base that is read only, as one that nobody changes; its texts come as bytes.

    sqlite3.Error: it cannot be opened; reading raises it too when a page is damaged.
    """
    where = quote(bytes(path.resolve()), safe="/")
    base = sqlite3.connect(f"file:{where}?mode=ro&immutable=1", uri=True)
    base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
    base.execute("PRAGMA trusted_schema = OFF")
    base.text_factory = bytes
    return base


def with_schema(head: bytes, path: Path) -> bytes:
    """The beginning of a file and, when it is a SQLite base, how its tables were created.

    The schema is anywhere in a base: of 425,984 bytes that SPIP 4.4.28 dumped, it is past the
    first 65,536.
    """
    if not head.startswith(SQLITE):
        return head
    schema = b""
    with suppress(sqlite3.Error, OSError), closing(open_database(path)) as base:
        created = base.execute("SELECT sql FROM sqlite_master WHERE type = 'table' LIMIT 2000")
        schema = b"\n".join(bytes(sql) for (sql,) in created if sql)
    return head + schema
