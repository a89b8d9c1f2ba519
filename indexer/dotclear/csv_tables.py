"""What does a Dotclear hold, in its tables (`dc_post`…) exported as CSV, a file each?"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from indexer.dotclear.articles import articles
from indexer.dotclear.schema import TABLES
from indexer.files import CapturedFile, RowTables, SiteOptions, TableFiles, outcomes
from indexer.reporting import Outcome, Rank

_SIGNS = {
    "post": frozenset(("post_id", "post_content_xhtml", "post_status", "post_dt")),
    "comment": frozenset(("comment_id", "post_id", "comment_dt", "comment_trackback")),
    "category": frozenset(("cat_id", "cat_title", "cat_url")),
    "user": frozenset(("user_id", "user_displayname")),
    "meta": frozenset(("meta_id", "meta_type", "post_id")),
    "blog": frozenset(("blog_id", "blog_url", "blog_name")),
}
"""The columns that tell a table of Dotclear's from any other."""
_FILES = TableFiles("Dotclear", TABLES, _SIGNS, pages=("post",), threads="comment")


class DotclearCsvFormat:
    """The reader of Dotclear's tables in CSV."""

    name = "dotclear-csv"
    rank = Rank.EXPORT

    def __init__(self, options: SiteOptions = SiteOptions()) -> None:
        self._options = options

    def named(self, suffix: str, head: bytes) -> bool:
        """Return whether its columns are those of a table of Dotclear's, whatever its name."""
        return self.fits(head)

    def fits(self, head: bytes) -> bool:
        """The same.

        >>> DotclearCsvFormat().fits(b"meta_id,meta_type,post_id\\nphares,tag,1\\n")
        True
        """
        return _FILES.table(head) is not None

    def read(self, file: CapturedFile) -> Iterator[Outcome]:
        """Its articles, with what the tables beside it say of them."""

        def articles_of(tables: RowTables) -> Iterator[Outcome]:
            yield from articles(tables, file, self._options)

        yield from outcomes(file, partial(_FILES.read, file, articles_of))
