"""How do sources become articles of an index, in one run?"""

from indexer.pipeline.checking import check_file, lines_of
from indexer.pipeline.ingest import ImportReport, RecordsIn, bring
from indexer.pipeline.pruning import PruneReport

__all__ = [
    "ImportReport",
    "PruneReport",
    "RecordsIn",
    "bring",
    "check_file",
    "lines_of",
]
