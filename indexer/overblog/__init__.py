"""Which posts, pages and comments are in an export of Over-Blog?"""

from indexer.overblog.export import OverblogFormat

__all__ = ["OverblogFormat"]
