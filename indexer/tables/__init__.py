"""Which articles and comments are in a table (CSV, Parquet)?"""

from indexer.tables.columns import declared_columns
from indexer.tables.csv_file import CsvFormat
from indexer.tables.parquet_file import ParquetFormat
from indexer.tables.table import Tables

__all__ = [
    "CsvFormat",
    "ParquetFormat",
    "Tables",
    "declared_columns",
]
