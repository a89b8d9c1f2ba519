"""What do two accounts of the same article make together?"""

from indexer.merging.articles import is_partial
from indexer.merging.assembly import gather
from indexer.merging.identity import ArticleMerger, Reading
from indexer.merging.lookup import article_at, stored_threads
from indexer.merging.withholding import without_withheld

__all__ = [
    "ArticleMerger",
    "Reading",
    "article_at",
    "gather",
    "is_partial",
    "stored_threads",
    "without_withheld",
]
