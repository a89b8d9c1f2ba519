"""Which `<article>` elements are in a page, one after the other, however long it is?

A journalist saves a thousand articles in one page. It is cut before it is parsed: no tree of
the whole is ever made.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

from indexer.files import Readable

_CHUNK = 1 << 18
_LONGEST = 32 << 20
"""Bytes of one article, with the pictures that a browser put in."""
_BEGINS = re.compile(rb"<article(?=[\s>])", re.IGNORECASE)
_ENDS = re.compile(rb"</article\s*>", re.IGNORECASE)
_LONGEST_TAG = 16
"""Bytes that may begin a tag cut between two chunks."""
_WIDE = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


class Cut(NamedTuple):
    """An element, from its first tag to its last; `is_whole` is false when it has no end."""

    data: bytes
    is_whole: bool = True


def article_elements(opened: Readable) -> Iterator[Cut]:
    """The elements of a page, in its encoding; those of UTF-16 in UTF-8.

    >>> import io
    >>> [cut.data for cut in article_elements(io.BytesIO(b"<p><ARTICLE>a</article>b<article>c"))]
    [b'<ARTICLE>a</article>', b'<article>c']
    """
    buffer, at, begun = b"", 0, False
    for chunk in _chunks(opened):
        buffer += chunk
        while True:
            tag = (_ENDS if begun else _BEGINS).search(buffer, at)
            if tag is None:
                break
            if begun:
                yield Cut(buffer[: tag.end()])
                buffer = buffer[tag.end() :]
            else:
                buffer = buffer[tag.start() :]
            at, begun = 0, not begun
        if not begun:
            buffer = buffer[-_LONGEST_TAG:]
        elif len(buffer) > _LONGEST:
            yield Cut(buffer[:_LONGEST], is_whole=False)
            buffer, at, begun = buffer[-_LONGEST_TAG:], 0, False
        at = max(0, len(buffer) - _LONGEST_TAG)
    if begun:
        yield Cut(buffer, is_whole=False)


def _chunks(opened: Readable) -> Iterator[bytes]:
    first = opened.read(_CHUNK)
    wide = _WIDE.get(first[:2])
    if wide is None:
        while first:
            yield first
            first = opened.read(_CHUNK)
        return
    decoder = codecs.getincrementaldecoder(wide)("replace")
    first = first[2:]
    while first:
        yield decoder.decode(first).encode("utf-8", "replace")
        first = opened.read(_CHUNK)
