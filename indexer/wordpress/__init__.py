"""Which articles and comments does a WordPress give, in its export or over HTTP?"""

from indexer.wordpress.state import State
from indexer.wordpress.wxr import WxrFormat

__all__ = [
    "State",
    "WxrFormat",
]
