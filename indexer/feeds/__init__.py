"""Which articles and comments do feeds hold (RSS, RDF, Atom, and Blogger's export)?"""

from indexer.feeds.blogger import BloggerFormat
from indexer.feeds.feed import FeedFormat

__all__ = [
    "BloggerFormat",
    "FeedFormat",
]
