"""How do sources become articles of an index, in one run?"""

from indexer.pipeline.checking import check_file, lines_of
from indexer.pipeline.ingest import Brought, bring, records_in
from indexer.pipeline.pruning import Pruned

__all__ = [
    "Brought",
    "Pruned",
    "bring",
    "check_file",
    "lines_of",
    "records_in",
]
