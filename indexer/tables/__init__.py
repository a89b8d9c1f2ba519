"""Which articles and comments are in a table: a CSV, a Parquet, a base of some programs?"""

from indexer.tables.columns import declared_columns
from indexer.tables.csv_file import CsvFormat
from indexer.tables.parquet_file import ParquetFormat
from indexer.tables.program_bases import ProgramBaseFormat

__all__ = [
    "CsvFormat",
    "ParquetFormat",
    "ProgramBaseFormat",
    "declared_columns",
]
