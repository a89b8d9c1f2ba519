"""Which articles are in the files of news agencies: NITF, NewsML 1 and G2, ninjs?"""

from indexer.wires.ninjs import NinjsFormat
from indexer.wires.xml_items import NewsXmlFormat

__all__ = ["NewsXmlFormat", "NinjsFormat"]
