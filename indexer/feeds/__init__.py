"""Which articles and comments do feeds hold (RSS, RDF, Atom, JSON Feed, and Blogger's export)?"""

from indexer.feeds.blogger import BloggerFormat
from indexer.feeds.feed import FeedFormat
from indexer.feeds.json_feed import JsonFeedFormat

__all__ = [
    "BloggerFormat",
    "FeedFormat",
    "JsonFeedFormat",
]
