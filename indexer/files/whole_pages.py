"""Which tree of elements is a whole page of HTML, of a site that keeps several articles in one?"""

from __future__ import annotations

from typing import Any

from indexer.files.opening import Readable
from indexer.reporting import Skipped
from indexer.text import decode

LARGEST_PAGE = 32 << 20
"""Bytes of a page, whose tree is some ten times that in memory."""


def whole_page(opened: Readable, name: str) -> Any | Skipped:
    """The root of the page that a file holds, or why it is not read."""
    data = opened.read(LARGEST_PAGE + 1)
    if len(data) > LARGEST_PAGE:
        return Skipped(name, f"page de plus de {LARGEST_PAGE >> 20} Mio")
    return page_tree(data)


def page_tree(data: bytes, charset: str | None = None) -> Any:
    """The root of a page, that of an empty one where there are no elements.

    charset: the encoding that something beside the page tells.

    >>> page_tree(b"<p>Sora").tag, len(page_tree(b"<!-- -->").findall(".//p"))
    ('html', 0)
    """
    # the parser waits for the first page
    import lxml.html
    from lxml import etree

    text = decode(data, charset)[0].replace("\0", "")
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True)
    try:
        return lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return lxml.html.document_fromstring("<html></html>")
