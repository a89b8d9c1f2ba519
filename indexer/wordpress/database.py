"""Which posts and comments are in the base of a WordPress: on SQLite, or the SQL of any base?

On SQLite since the plugin that its Performance team maintains (`wp-content/database/.ht.sqlite`);
the SQL is what mysqldump, WP-CLI (`wp db export`), phpMyAdmin and backup extensions write.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from indexer.files import (
    CapturedFile,
    DatabaseFormat,
    RowTables,
    is_base,
    table_names,
)
from indexer.reporting import Outcome, Rank, Skipped
from indexer.wordpress.tables import TABLES, articles, is_site, network_prefix

_POSTS = (b"post_content_filtered", b"post_mime_type", b"post_status")
_COMMENTS = (b"comment_post_ID", b"comment_approved", b"comment_content")


class WordPressDatabaseFormat(DatabaseFormat):
    """The reader of WordPress's bases; `site` is its address, when its tables do not tell it."""

    name = "wordpress-base"
    rank = Rank.EXPORT
    program = "WordPress"
    tables = TABLES

    def fits(self, head: bytes) -> bool:
        """Return whether the file is a base with the columns of WordPress's posts, or comments.

        >>> head = b"-- MySQL dump\\nCREATE TABLE wp_posts (ID post_status "
        >>> form = WordPressDatabaseFormat()
        >>> form.fits(head), form.fits(head + b"post_content_filtered post_mime_type)")
        (False, True)
        """
        if not is_base(head):
            return False
        return any(all(sign in head for sign in signs) for signs in (_POSTS, _COMMENTS))

    def base_outcomes(self, file: CapturedFile, base: sqlite3.Connection) -> Iterator[Outcome]:
        """The articles of each site of the base, by what begins the names of its tables."""
        prefixes = [
            name[: -len("posts")] for name in table_names(base) if name.lower().endswith("posts")
        ]
        sites = {prefix: RowTables(base, prefix) for prefix in prefixes}
        sites = {prefix: tables for prefix, tables in sites.items() if is_site(tables)}
        if not sites:
            reason = "base de WordPress sans la table des articles (wp_posts)"
            yield Skipped(file.name, f"{reason} : elle seule dit lesquels sont publiés")
        for prefix, tables in sites.items():
            common, number = network_prefix(prefix)
            if not number or f"{common}users" not in table_names(base):
                common = prefix
            network = RowTables(base, common)
            yield from articles(
                tables, network, number, file, self._options.publication, self._options.site
            )
