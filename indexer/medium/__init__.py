"""Which story is in a page that Medium exports?"""

from indexer.medium.page import MediumFormat

__all__ = ["MediumFormat"]
