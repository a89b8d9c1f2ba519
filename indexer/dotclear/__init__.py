"""Which posts and comments does a Dotclear hold, in its backup and in its tables?"""

from indexer.dotclear.backup import DotclearFormat
from indexer.dotclear.csv_tables import DotclearCsvFormat

__all__ = [
    "DotclearCsvFormat",
    "DotclearFormat",
]
