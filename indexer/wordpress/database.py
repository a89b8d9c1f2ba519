"""Which posts and comments are in the base of a WordPress: on SQLite, or the SQL of any base?

On SQLite since the plugin that its Performance team maintains (`wp-content/database/.ht.sqlite`);
the SQL is what mysqldump, WP-CLI (`wp db export`), phpMyAdmin and backup extensions write.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from indexer.files import CapturedFile, DatabaseFormat, RowTables, table_names
from indexer.reporting import Outcome, Rank, Skipped
from indexer.wordpress.tables import TABLES, articles, is_site, network_prefix

_POSTS = (b"post_content_filtered", b"post_mime_type", b"post_status")
_COMMENTS = (b"comment_post_ID", b"comment_approved", b"comment_content")


class WordPressDatabaseFormat(DatabaseFormat):
    """The reader of WordPress's bases; `site` is its address, when its tables do not tell it."""

    name = "wordpress-base"
    rank = Rank.EXPORT
    program = "WordPress"
    signs = (_POSTS, _COMMENTS)
    tables = TABLES

    def base_outcomes(self, file: CapturedFile, base: sqlite3.Connection) -> Iterator[Outcome]:
        """The articles of each site of the base, by what begins the names of its tables."""
        installed = RowTables.installed(base, "posts")
        sites = {prefix: tables for prefix, tables in installed.items() if is_site(tables)}
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
