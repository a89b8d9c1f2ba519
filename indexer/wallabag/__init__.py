"""Which articles are in an export of wallabag?"""

from indexer.wallabag.csv_file import WallabagCsvFormat
from indexer.wallabag.json_file import WallabagFormat
from indexer.wallabag.xml_file import WallabagXmlFormat

__all__ = [
    "WallabagCsvFormat",
    "WallabagFormat",
    "WallabagXmlFormat",
]
