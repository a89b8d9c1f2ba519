"""Which articles and comments does a WordPress give, in its export or over HTTP?"""

from indexer.wordpress.database import WordPressDatabaseFormat
from indexer.wordpress.saved import SavedRestFormat
from indexer.wordpress.state import State
from indexer.wordpress.wxr import WxrFormat

__all__ = [
    "SavedRestFormat",
    "State",
    "WordPressDatabaseFormat",
    "WxrFormat",
]
