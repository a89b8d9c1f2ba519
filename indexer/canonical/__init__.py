"""How is an article written as canonical JSON (FORMAT.md) and as records, and read again?"""

from indexer.canonical.conversion import article_of, records_of
from indexer.canonical.exporting import articles, leads
from indexer.canonical.jsonl import JsonFormat, article, dump
from indexer.canonical.lenient_json import Object

__all__ = [
    "JsonFormat",
    "Object",
    "article",
    "article_of",
    "articles",
    "dump",
    "leads",
    "records_of",
]
