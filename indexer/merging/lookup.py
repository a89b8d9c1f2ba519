"""Which article of an index is at this page, and which threads has it without an article?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from whoosh.query import And, Term

from index import french, page_addresses
from index.engines import Reader
from index.record import Record
from indexer.article import Article, Page
from indexer.canonical import article_of, leads
from indexer.merging.joining import pages_of, slugs_of
from indexer.merging.withholding import is_thread
from indexer.reporting import provenance

_MOST = 200
"""Leads looked at: as many articles may share the words of a path."""
_WORD = re.compile(r"\w+")


def stored_threads(reader: Reader) -> Iterator[Article]:
    """Yield the threads of programs of comments that are under no article yet.

    Each lead of the index is looked at: many threads have but the path of their page.
    """
    for stored in leads(reader):
        lead = article_of([Record.load(stored)])
        if is_thread(lead) and provenance.from_elsewhere(lead.extra, bare=True):
            yield article_of([Record.load(record) for record in reader.passages(lead.id)])


def article_at(reader: Reader, page: Page) -> Article | None:
    """Return the article that has this page among its addresses.

    A path without a host is looked for among the articles' own addresses only; one that does
    not begin with a slash is the end of an address (`slug`). One with a text is preferred to one
    known by its comments only.

    >>> from index import engines
    >>> article_at(engines.open(":memory:").reader(), Page("a.example", "/sora")) is None
    True
    """
    by_end = not page.host and not page.path.startswith("/")
    if page.host:
        terms = [page_addresses.key("https://" + page.whole)]
    else:
        terms = [*_WORD.findall(french.fold(unquote(page.path.partition("?")[0])))]
    if not terms or not reader.size():
        return None
    tree = And([Term("kind", "lead"), *(Term("url", term) for term in terms)])
    hits = reader.search(tree, _MOST).hits
    ids = []
    for stored in reader.load([hit.ref for hit in hits]):
        lead = article_of([Record.load(stored)])
        if by_end:
            same_page = page.path in slugs_of(lead)
        else:
            same_page = any(
                page in (own_page, Page("", own_page.path)) for own_page in pages_of(lead)
            )
        if same_page:
            ids.append(lead.id)
    articles = [
        article_of([Record.load(stored) for stored in reader.passages(name)]) for name in ids[:9]
    ]
    return min(articles, key=is_thread, default=None)
