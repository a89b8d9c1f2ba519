"""Which articles are in a page saved from Factiva?"""

from indexer.factiva.page import FactivaFormat

__all__ = ["FactivaFormat"]
