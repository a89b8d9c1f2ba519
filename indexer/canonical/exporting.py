"""Which articles does an index hold, each made whole again?"""

from __future__ import annotations

from collections.abc import Iterator

from whoosh.query import Term

from index.engines import Reader
from index.record import Record
from indexer.article import Article
from indexer.canonical.conversion import article_of

_AT_ONCE = 1000


def articles(reader: Reader) -> Iterator[Article]:
    """Every article of the index, in the order of their ids, one in memory at a time.

    >>> from index import engines
    >>> list(articles(engines.open(":memory:").reader()))
    []
    """
    for name in sorted(Record.load(lead).about.id for lead in leads(reader)):
        yield article_of([Record.load(stored) for stored in reader.passages(name)])


def leads(reader: Reader) -> Iterator[bytes]:
    """What is stored with the lead of every article: each has one."""
    hits = reader.search(Term("kind", "lead"), reader.size()).hits
    for start in range(0, len(hits), _AT_ONCE):
        yield from reader.load([hit.ref for hit in hits[start : start + _AT_ONCE]])
