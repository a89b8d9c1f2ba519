"""Which posts and pages are in the XML of Over-Blog, whatever is amiss in one of them?

The file is cut before it is parsed, so that a fault in a post is that post's alone. One that is
no XML (a CDATA that is closed twice or never, HTML outside of any) is mended: what stands
between the tags of a member is its text.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from html import escape, unescape
from typing import IO, NamedTuple

from lxml import etree

from indexer.text import WESTERN

_CHUNK = 65536
_LARGEST = 32_000_000
"""Bytes of a post with its comments."""
_TRIMMED = 1 << 20
"""Bytes already read that are dropped together."""
_AFTER = 4096
"""Bytes after an end tag by which it is told from one inside a text."""
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
    encoding = _encoding_or_utf8(match[1].decode("ascii", "replace") if match else "utf-8")
    at, line, first = 0, 1, True
    # where the next end tag of each name is, -1 when there is none: it is looked for once
    ends: dict[bytes, int] = {}
    while True:
        if at > _TRIMMED:
            ends = {name: end if end < 0 else max(end - at, 0) for name, end in ends.items()}
            data, at = data[at:], 0
        begins = _BEGINS.search(data, at)
        if begins is None:
            if not first:
                # a tag may be cut here
                after = max(at, len(data) - 512)
                line += data.count(b"\n", at, after)
                at = after
            chunk = opened.read(_CHUNK)
            if not chunk or len(data) - at > _LARGEST:
                return
            data += chunk
            continue
        if first:
            yield _blog(data[: begins.start()], encoding)
            first = False
        line += data.count(b"\n", at, begins.start())
        at, name = begins.start(), begins[1]
        if 0 <= ends.get(name, 0) <= at:
            ends[name], data = _end(opened, data, begins.end(), b"</" + name + b">")
            if ends[name] < 0:
                large = len(data) - at > _LARGEST
                reason = "plus de 32 Mo d'un seul tenant" if large else "XML tronqué"
                yield Piece(name.decode("ascii"), line, None, reason)
        if (end := ends[name]) < 0:
            end = begins.end()
        else:
            # a post that has lost its end stops where another begins
            another = _BEGINS.search(data, begins.end(), end)
            end = end if another is None else another.start()
            yield _parsed(name.decode("ascii"), line, data[at:end], encoding)
        line += data.count(b"\n", at, end)
        at = end


def _end(opened: IO[bytes], data: bytes, at: int, mark: bytes) -> tuple[int, bytes]:
    """Where a piece that begins before `at` ends, and what is read by then; -1 when it does not.

    A mark inside a text is followed by that text.
    """
    begun, unlikely, last = at, -1, False
    while True:
        start = data.find(mark, at)
        if start >= 0 and (last or len(data) - start > _AFTER):
            end = start + len(mark)
            if _FOLLOWS.match(data, end):
                return end, data
            unlikely = end if unlikely < 0 else unlikely
            at = end
        elif last or len(data) - begun > _LARGEST:
            return unlikely, data
        else:
            chunk = opened.read(_CHUNK)
            last = not chunk
            at = max(at, len(data) - len(mark)) if start < 0 else start
            data += chunk


def _encoding_or_utf8(name: str) -> str:
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
            parts.append(f"<{name}>{escape(_text_of(text[at:end]), quote=False)}</{name}>")
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


def _text_of(source: str) -> str:
    """The text of a member: as it is in a CDATA, its references read elsewhere."""
    if _CDATA not in source and "<" not in source:
        return unescape(source)
    return source.replace(_CDATA, "").replace(_END, "")
