"""Which posts and pages are in the XML of Over-Blog, whatever is amiss in one of them?

The file is cut before it is parsed, so that a fault in a post is that post's alone. One that is
no XML (a CDATA that is closed twice or never, HTML outside of any) is mended: what stands
between the tags of a member is its text.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from html import unescape
from typing import IO, NamedTuple

from lxml import etree

from indexer.text import WESTERN

_CHUNK = 65536
_LARGEST = 32_000_000
"""Bytes of a post with its comments."""
_BEGINS = re.compile(rb"<(post|page)(?:\s[^<>]{0,200})?(?<!/)>")
_FOLLOWS = re.compile(rb"\s*(?:<(?:post|page)[\s/>]|</(?:posts|pages|root)|\Z)")
_ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([\w.:-]{1,40})[\"']")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_MEMBERS = (
    *("title", "slug", "content", "tags", "status", "origin", "author", "created_at"),
    *("published_at", "modified_at", "author_name", "author_email", "author_url", "author_ip"),
    *("name", "description", "main_host", "timezone"),
)
_TAG = re.compile(
    rf"<(/?)({'|'.join(_MEMBERS)}|blog|post|page|comments|comment|replies)(?:\s[^<>]{{0,200}}?)?(/?)>"
)
_CDATA, _END = "<![CDATA[", "]]>"


class Piece(NamedTuple):
    """A `post`, a `page` or what is before them all (`blog`), and its first line in the file.

    The node is None when it is not read, and `amiss` says why; else `amiss` says what was mended.
    """

    name: str
    line: int
    node: etree._Element | None
    amiss: str = ""


def pieces(opened: IO[bytes]) -> Iterator[Piece]:
    """The pieces, one after the other. Raises what reading the file raises.

    >>> from io import BytesIO
    >>> data = b"<root><posts><post><title>A</title></post><post><title>B<br></title></post>"
    >>> posts = [piece for piece in pieces(BytesIO(data)) if piece.name == "post"]
    >>> [(piece.node.findtext("title"), piece.amiss) for piece in posts]
    [('A', ''), ('B<br>', 'XML mal formé, lu entre ses balises')]
    """
    data = opened.read(_CHUNK)
    match = _ENCODING.search(data[:1024])
    encoding = _known(match[1].decode("ascii", "replace") if match else "utf-8")
    line, first = 1, True
    while True:
        while (begins := _BEGINS.search(data)) is None:
            kept = data if first else data[-512:]
            line += 0 if first else data[: len(data) - len(kept)].count(b"\n")
            more = opened.read(_CHUNK)
            if not more or len(kept) > _LARGEST:
                return
            data = kept + more
        before = data[: begins.start()]
        if first:
            yield _blog(before, encoding)
            first = False
        line += before.count(b"\n")
        data = data[begins.start() :]
        name = begins[1].decode("ascii")
        end, data = _end(opened, data, b"</" + begins[1] + b">")
        if end < 0:
            reason = "XML tronqué" if len(data) <= _LARGEST else "plus de 32 Mo d'un seul tenant"
            yield Piece(name, line, None, reason)
            line += data[: len(begins[0])].count(b"\n")
            data = data[len(begins[0]) :]
            continue
        if another := _BEGINS.search(data, len(begins[0]), end):
            # this post has lost its end
            end = another.start()
        yield _parsed(name, line, data[:end], encoding)
        line += data[:end].count(b"\n")
        data = data[end:]


def _end(opened: IO[bytes], data: bytes, mark: bytes) -> tuple[int, bytes]:
    """Where a piece ends in what is read, more of it if need be; -1 when it does not.

    A mark inside a text is followed by that text.
    """
    at, last = 0, False
    while True:
        start = data.find(mark, at)
        if (start >= 0 and len(data) - start > 4096) or last:
            if start < 0:
                return -1, data
            end = start + len(mark)
            if _FOLLOWS.match(data, end):
                return end, data
            at = end
            continue
        if len(data) > _LARGEST:
            return -1, data
        more = opened.read(_CHUNK)
        last = not more
        at = max(at, len(data) - len(mark)) if start < 0 else start
        data += more


def _known(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "utf-8"


def _blog(before: bytes, encoding: str) -> Piece:
    """What the file says of its blog."""
    start, end = before.find(b"<blog>"), before.find(b"</blog>")
    if start < 0 or end < start:
        return Piece("blog", 1, None)
    return _parsed("blog", 1, before[start : end + len(b"</blog>")], encoding)


def _parsed(name: str, line: int, data: bytes, encoding: str) -> Piece:
    text = data.decode(encoding, WESTERN if encoding == "utf-8" else "replace")
    text = _FORBIDDEN.sub(" ", text)
    try:
        return Piece(name, line, _node(text))
    except etree.XMLSyntaxError:
        pass
    try:
        return Piece(name, line, _node(_mended(text)), "XML mal formé, lu entre ses balises")
    except etree.XMLSyntaxError as error:
        return Piece(name, line, None, f"XML mal formé ({str(error.msg)[:80]})")


def _node(text: str) -> etree._Element:
    # a piece is bounded, and has no document type
    parser = etree.XMLParser(
        huge_tree=True, resolve_entities=False, no_network=True, remove_comments=True
    )
    return etree.fromstring(text.encode("utf-8", "replace"), parser)


def _mended(text: str) -> str:
    """A piece as XML: the tags that are known, and between those of a member its text."""
    parts: list[str] = []
    open_tags: list[str] = []
    at = 0
    absent: set[str] = set()
    while match := _TAG.search(text, at):
        closing, name, empty = match.groups()
        at = match.end()
        if name in _MEMBERS:
            if closing or empty or name in absent:
                continue
            end = text.find(f"</{name}>", at)
            if end < 0:
                absent.add(name)
                continue
            parts.append(f"<{name}>{_escaped(_text_of(text[at:end]))}</{name}>")
            at = end + len(name) + 3
        elif closing:
            if name in open_tags:
                while (last := open_tags.pop()) != name:
                    parts.append(f"</{last}>")
                parts.append(f"</{name}>")
        elif not empty:
            open_tags.append(name)
            parts.append(f"<{name}>")
    parts += [f"</{name}>" for name in reversed(open_tags)]
    return "".join(parts)


def _text_of(written: str) -> str:
    """The text of a member: as it is in a CDATA, its references read elsewhere."""
    if _CDATA not in written and "<" not in written:
        return unescape(written)
    return written.replace(_CDATA, "").replace(_END, "")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
