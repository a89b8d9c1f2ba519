"""Which posts and comments are in the SQLite base of a Dotclear, or in the SQL of any base?"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from indexer.dotclear.articles import articles
from indexer.dotclear.schema import TABLES
from indexer.files import CapturedFile, DatabaseFormat, RowTables
from indexer.reporting import Outcome, Rank, Skipped

_POSTS = ("post_id", "blog_id", "post_content_xhtml", "post_status")


class DotclearDatabaseFormat(DatabaseFormat):
    """The reader of Dotclear's bases."""

    name = "dotclear-sqlite"
    rank = Rank.EXPORT
    program = "Dotclear"
    signs = ((b"post_content_xhtml", b"post_status", b"blog_id"),)
    tables = TABLES

    def base_outcomes(self, file: CapturedFile, base: sqlite3.Connection) -> Iterator[Outcome]:
        """The articles of each Dotclear of the base, by what begins the names of its tables."""
        candidates = RowTables.installed(base, "post").values()
        installed = [tables for tables in candidates if tables.has("post", *_POSTS)]
        if not installed:
            yield Skipped(file.name, "ce n'est pas une base de Dotclear")
        for tables in installed:
            yield from articles(tables, file, self._options)
