"""Which articles are in a page saved from Europresse?"""

from indexer.europresse.page import EuropresseFormat

__all__ = ["EuropresseFormat"]
