"""Which posts and comments are in the SQLite base of a Dotclear, or in the SQL of any base?"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from indexer.dotclear.articles import articles
from indexer.dotclear.schema import TABLES
from indexer.files import (
    CapturedFile,
    DatabaseFormat,
    RowTables,
    is_base,
    table_names,
)
from indexer.reporting import Outcome, Rank, Skipped

_SIGNS = (b"post_content_xhtml", b"post_status", b"blog_id")
_POSTS = ("post_id", "blog_id", "post_content_xhtml", "post_status")


class DotclearDatabaseFormat(DatabaseFormat):
    """The reader of Dotclear's bases."""

    name = "dotclear-sqlite"
    rank = Rank.EXPORT
    program = "Dotclear"
    tables = TABLES

    def fits(self, head: bytes) -> bool:
        """Return whether the file is a base with the columns of Dotclear's posts.

        >>> DotclearDatabaseFormat().fits(b"SQLite format 3\\0 post_status blog_id")
        False
        """
        return is_base(head) and all(sign in head for sign in _SIGNS)

    def base_outcomes(self, file: CapturedFile, base: sqlite3.Connection) -> Iterator[Outcome]:
        """The articles of each Dotclear of the base, by what begins the names of its tables."""
        names = [name for name in table_names(base) if name.lower().endswith("post")]
        installed = [RowTables(base, name[: -len("post")]) for name in names]
        installed = [tables for tables in installed if tables.has("post", *_POSTS)]
        if not installed:
            yield Skipped(file.name, "ce n'est pas une base de Dotclear")
        for tables in installed:
            yield from articles(tables, file, self._options)
