"""Which posts and comments does a Dotclear hold, in its backup and in its tables?"""

from indexer.dotclear.backup import DotclearFormat
from indexer.dotclear.csv_tables import dotclear_csv_format
from indexer.dotclear.database import DotclearDatabaseFormat

__all__ = [
    "DotclearDatabaseFormat",
    "DotclearFormat",
    "dotclear_csv_format",
]
