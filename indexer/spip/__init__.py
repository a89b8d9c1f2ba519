"""Which articles, briefs and forums does a SPIP site hold, in its dumps and in its tables?"""

from indexer.spip.csv_tables import spip_csv_format
from indexer.spip.dump import SpipFormat
from indexer.spip.xml_dump import SpipXmlFormat

__all__ = [
    "SpipFormat",
    "SpipXmlFormat",
    "spip_csv_format",
]
