"""What does a Dotclear hold, in its tables (`dc_post`…) exported as CSV, a file each?"""

from __future__ import annotations

from functools import partial

from indexer.dotclear.articles import articles
from indexer.dotclear.schema import TABLES
from indexer.files import ReadingOptions, TableFiles, TableFilesFormat

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


def dotclear_csv_format(options: ReadingOptions = ReadingOptions()) -> TableFilesFormat:
    """Return the reader of Dotclear's tables in CSV.

    >>> dotclear_csv_format().fits(b"meta_id,meta_type,post_id\\nphares,tag,1\\n")
    True
    """
    return TableFilesFormat("dotclear-csv", _FILES, partial(articles, options=options))
