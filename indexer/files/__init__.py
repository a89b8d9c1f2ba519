"""Which bytes are in a file, and what must the reader of a format do with them?"""

from indexer.files.begun import PrefixedFile
from indexer.files.databases.csv_writing import NULLS, escape_of, with_nulls
from indexer.files.databases.opened_base import (
    DatabaseFormat,
    database,
    with_schema,
)
from indexer.files.databases.row_tables import Groups, Row, RowTables, table_names
from indexer.files.databases.row_tables import number as row_number
from indexer.files.databases.sql_dump import DumpTable, dump_tables, is_dump
from indexer.files.databases.table_files import TableFiles, TableFilesFormat
from indexer.files.file_names import PACKED, is_candidate, saved_beside
from indexer.files.formats import CapturedFile, Format, ReadingOptions
from indexer.files.http_body import decoded_body
from indexer.files.inflate import (
    DAMAGED,
    UNREADABLE,
    CannotInflate,
    create_bytes,
    first_bytes,
    open_bytes,
    opened_stream,
    unreadable,
)
from indexer.files.json_stream import PlacedValue, first_members, only_groups, placed_values
from indexer.files.opening import (
    LARGEST_JSON,
    FileFormat,
    JsonFileFormat,
    Readable,
    outcomes,
    parsed,
)
from indexer.files.recognition import ContentFirst, recognise
from indexer.files.spool import Spool
from indexer.files.watching import Arrivals
from indexer.files.whole_pages import page_tree, whole_page
from indexer.files.xml_nodes import inner_html, local, members, outer_html
from indexer.files.xml_stream import Element, Fault, elements, root

__all__ = [
    "DAMAGED",
    "LARGEST_JSON",
    "NULLS",
    "PACKED",
    "UNREADABLE",
    "Arrivals",
    "CannotInflate",
    "CapturedFile",
    "ContentFirst",
    "DatabaseFormat",
    "DumpTable",
    "Element",
    "Fault",
    "FileFormat",
    "Format",
    "Groups",
    "JsonFileFormat",
    "PlacedValue",
    "PrefixedFile",
    "Readable",
    "ReadingOptions",
    "Row",
    "RowTables",
    "Spool",
    "TableFiles",
    "TableFilesFormat",
    "create_bytes",
    "database",
    "decoded_body",
    "dump_tables",
    "elements",
    "escape_of",
    "first_bytes",
    "first_members",
    "inner_html",
    "is_candidate",
    "is_dump",
    "local",
    "members",
    "only_groups",
    "open_bytes",
    "opened_stream",
    "outcomes",
    "outer_html",
    "page_tree",
    "parsed",
    "placed_values",
    "recognise",
    "root",
    "row_number",
    "saved_beside",
    "table_names",
    "unreadable",
    "whole_page",
    "with_nulls",
    "with_schema",
]
