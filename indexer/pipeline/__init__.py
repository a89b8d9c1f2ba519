"""How do sources become articles of an index, in one run?"""

from indexer.pipeline.checking import check_file, lines_of
from indexer.pipeline.ingest import Brought, RecordsIn, bring
from indexer.pipeline.pruning import Pruned

__all__ = [
    "Brought",
    "Pruned",
    "RecordsIn",
    "bring",
    "check_file",
    "lines_of",
]
