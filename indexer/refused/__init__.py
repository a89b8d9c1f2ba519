"""Which files are known and not read, and what does one export instead?"""

from indexer.refused.members import refused_archive, side_file
from indexer.refused.refused_file import RefusedFormat
from indexer.refused.unknown import UnknownFormat

__all__ = [
    "RefusedFormat",
    "UnknownFormat",
    "refused_archive",
    "side_file",
]
