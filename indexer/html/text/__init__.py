"""Which sections make the text of the article in a page, without what surrounds it?"""

from indexer.html.text.body import MOST_ELEMENTS, Body, read_body, standfirst_of
from indexer.html.text.extraction import NoExtractor

__all__ = ["MOST_ELEMENTS", "Body", "NoExtractor", "read_body", "standfirst_of"]
