"""Which articles, briefs and forums does a SPIP site hold, in its dumps and in its tables?"""

from indexer.spip.csv_tables import SpipCsvFormat
from indexer.spip.dump import SpipFormat
from indexer.spip.xml_dump import SpipXmlFormat

__all__ = [
    "SpipCsvFormat",
    "SpipFormat",
    "SpipXmlFormat",
]
