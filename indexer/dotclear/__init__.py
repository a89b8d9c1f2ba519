"""Which posts and comments does a Dotclear hold, in its backup and in its tables?"""

from indexer.dotclear.backup import DotclearFormat
from indexer.dotclear.csv_tables import DotclearCsvFormat
from indexer.dotclear.database import DotclearDatabaseFormat

__all__ = [
    "DotclearCsvFormat",
    "DotclearDatabaseFormat",
    "DotclearFormat",
]
