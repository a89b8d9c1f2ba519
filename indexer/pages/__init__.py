"""Which article and comments are in the text of a page, as copied from a site?"""

from indexer.pages.page import PageFormat, account
from indexer.pages.report import PageReport
from indexer.pages.text import render

__all__ = [
    "PageFormat",
    "PageReport",
    "account",
    "render",
]
