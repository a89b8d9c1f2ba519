"""What does a SPIP site hold, in the SQLite file or the SQL that its base was saved as?"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from indexer.files import CapturedFile, DatabaseFormat, RowTables
from indexer.reporting import Outcome, Rank, Skipped
from indexer.spip.articles import articles
from indexer.spip.schema import TABLES, is_site


class SpipFormat(DatabaseFormat):
    """The reader of SPIP's dumps in SQLite (2.1 and later), of its bases, and of their SQL."""

    name = "spip"
    rank = Rank.EXPORT
    program = "SPIP"
    signs = ((b"id_rubrique", b"id_article"), (b"id_forum", b"date_heure", b"id_thread"))
    tables = TABLES

    def base_outcomes(self, file: CapturedFile, base: sqlite3.Connection) -> Iterator[Outcome]:
        """The articles of each site of the base."""
        sites = [
            tables for tables in RowTables.installed(base, "articles").values() if is_site(tables)
        ]
        if not sites:
            reason = "base de SPIP sans la table des articles (spip_articles)"
            yield Skipped(file.name, f"{reason} : elle seule dit lesquels sont publiés")
        for tables in sites:
            yield from articles(tables, file, self._options)
