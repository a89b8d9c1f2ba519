"""Which elements does an XML file hold, one after the other, however large it is?

The reading is strict, and goes on: an element that is not well formed is left aside with
its line, never half read, and the next one is looked for. Control characters, which XML
forbids and exports hold, become spaces; bytes that are no UTF-8, as in a text pasted from
elsewhere, are read as Windows-1252. No document type is accepted, so no entity is
either, but for those of HTML, read as the characters they name, and nothing is ever fetched.
libxml2's own bounds hold: 10 MB for a text, 256 tags one inside the other.
"""

from __future__ import annotations

import codecs
import re
from collections import deque
from collections.abc import Generator, Iterator
from contextlib import suppress
from functools import partial
from html import escape
from html.entities import html5
from typing import IO, Any, NamedTuple

from lxml import etree

from indexer.files.xml_nodes import local
from indexer.reporting import Remark, Skipped, plural, shorten
from indexer.text import WESTERN

_CHUNK = 65536
_FARTHEST = 64_000_000
"""How many bytes may separate two elements that are wanted: they stay in memory."""
_MOST_FAULTS = 200
_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\r")
_SPACES = bytes.maketrans(_CONTROLS, b" " * len(_CONTROLS))
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"\x00<", b"<\x00", b"\x00\x00")
_ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([\w.:-]{1,40})[\"']")
_CDATA = re.compile(rb"(<!\[CDATA\[|\]\]>)")
_ENTITY = re.compile(rb"&([a-zA-Z][a-zA-Z0-9]{1,31});")
_OF_XML = frozenset((b"amp", b"lt", b"gt", b"quot", b"apos"))
_SAFE: dict[str, Any] = {"no_network": True, "remove_comments": True, "remove_pis": True}


class Root(NamedTuple):
    """The first tag: its name, with its prefix, and its namespaces by prefix."""

    name: str
    namespaces: dict[str | None, str]
    document_type: bool


class Element(NamedTuple):
    """An element that was wanted; it is emptied when the next one is asked for.

    Past 65,535, its line is about right (that of a fault is exact).
    """

    name: str
    node: etree._Element
    line: int


class Fault(NamedTuple):
    """What was not read, from which line, and why; `mended` when it was read all the same."""

    reason: str
    line: int | None = None
    mended: bool = False

    def outcome(self, name: str) -> Remark | Skipped:
        """Return what a report says of it, in the file of this name.

        >>> Fault("une balise n'est pas fermée", 7).outcome("a.xml")
        Skipped(source='a.xml', reason="une balise n'est pas fermée", line=7)
        """
        if self.mended:
            return Remark("xml", self.reason, name, self.line)
        return Skipped(name, self.reason, self.line)


def root(head: bytes) -> Root | None:
    """The first tag of a file that begins so; None when it is not XML.

    >>> root(b'<?xml version="1.0"?><rss xmlns:wp="http://w.example/">')
    Root(name='rss', namespaces={'wp': 'http://w.example/'}, document_type=False)
    """
    parser = etree.XMLPullParser(events=("start",), **_SAFE)
    # what comes after the first tag is not looked at here
    with suppress(etree.XMLSyntaxError):
        parser.feed(_begun(head)[0])
    for _, node in parser.read_events():
        name = f"{node.prefix}:{local(node)}" if node.prefix else local(node)
        document_type = node.getroottree().docinfo.internalDTD is not None
        return Root(name, dict(node.nsmap), document_type)
    return None


def _begun(head: bytes) -> tuple[bytes, bytes]:
    """A file from its first tag, or mark of order, and what was before it."""
    marked = head.removeprefix(codecs.BOM_UTF8)
    if head.startswith(_WIDE) or (marked is not head and marked.startswith(b"<")):
        return head, b""
    start = max(head.find(b"<", 0, 1024), 0)
    if not head[:start].removeprefix(codecs.BOM_UTF8).strip():
        # a blank line that a program wrote before: nobody's words are lost
        return head[start:], head[:start].removeprefix(codecs.BOM_UTF8)
    return head[start:], head[:start]


def elements(
    opened: IO[bytes],
    names: tuple[str, ...],
    again: tuple[str, ...],
    within: str = "",
    pieces: tuple[str, ...] = (),
) -> Iterator[Element | Fault]:
    """The elements of these names, in any namespace, right under the root, or `within` it.

    again: the names of those, at the beginning of a line, where reading is taken up after a
    fault. pieces: the names of what is right under those, and comes before them, each taken out of
    its own: an article of 50,000 comments is not held whole. Those of an element that has a fault
    are followed by the fault. Raises what reading the file raises.

    >>> from io import BytesIO
    >>> file = BytesIO(b"<rss><item><title>Sora</title><comment>Oui.</comment></item></rss>")
    >>> read = elements(file, ("item",), (), pieces=("comment",))
    >>> [(element.name, len(element.node)) for element in read]
    [('comment', 0), ('item', 2)]
    """
    head, before = _begun(opened.read(_CHUNK) + opened.readline(_CHUNK))
    if before.strip():
        sentence = plural(len(before), "octet sauté", "octets sautés")
        yield Fault(f"{sentence} avant le début du XML", 1, mended=True)
    first = root(head)
    if first is None:
        yield Fault("ce n'est pas du XML")
        return
    if first.document_type:
        yield Fault("ce XML a un DOCTYPE : il n'est pas lu")
        return
    stream = _Stream(opened, head, 1 + before.count(b"\n"), first, names, within, pieces)
    begins = re.compile(rb"(?m)^[ \t]*<(?:" + "|".join(again).encode() + rb")[\s/>]")
    for _ in range(_MOST_FAULTS):
        fault = yield from stream.read()
        if fault is None:
            break
        if fault.mended or fault.line is None or not stream.take_up(begins, fault.line):
            yield fault
            break
        reason = fault.reason.removesuffix(_LOST)
        yield fault._replace(reason=f"{reason} ; la lecture reprend ligne {stream.line}")
    else:
        yield Fault("trop de fautes" + _LOST, stream.line)
    yield from _mendings(stream)


def _mendings(stream: _Stream) -> Iterator[Fault]:
    if stream.controls:
        sentence = plural(stream.controls, "caractère de contrôle lu", "caractères de contrôle lus")
        yield Fault(f"{sentence} comme un espace", stream.first_control, mended=True)
    if stream.first_western is not None:
        sentence = "octets qui ne sont pas de l'UTF-8, lus comme du Windows-1252"
        yield Fault(sentence, stream.first_western, mended=True)
    if stream.entities:
        sentence = plural(
            stream.entities,
            "entité HTML lue comme son caractère",
            "entités HTML lues comme leurs caractères",
        )
        yield Fault(sentence, stream.first_entity, mended=True)


class _Stream:
    """A file read chunk by chunk; `line` is that of the first chunk kept."""

    controls = 0
    first_control: int | None = None
    entities = 0
    first_entity: int | None = None
    first_western: int | None = None
    _inside = False
    """Whether the last chunk ended in a CDATA section."""

    def __init__(
        self,
        opened: IO[bytes],
        head: bytes,
        line: int,
        first: Root,
        names: tuple[str, ...],
        within: str,
        pieces: tuple[str, ...],
    ) -> None:
        self.line = line
        self._lines_read = line
        self._opened = opened
        self._narrow = not head.startswith(_WIDE)
        self._names = frozenset(names)
        self._pieces = frozenset(pieces)
        self._tags = tuple("{*}" + name for name in (*names, *pieces))
        self._within = within
        self._above = within or first.name.rpartition(":")[2]
        self._first = first
        self._encoding = _encoding(head)
        self._decoder = codecs.getincrementaldecoder("utf-8")(WESTERN)
        self._taken_up = False
        self._waiting = deque([self._cleaned(head)])
        # what was fed since the last element: libxml2 may see a fault long after its place
        self._fed: list[bytes] = []

    def read(self) -> Generator[Element, None, Fault | None]:
        """Elements until the end, or until what this returns."""
        parser, start, since = self._parser(), self.line, 0
        last: etree._Element | None = None
        while True:
            error = None
            chunk = self._waiting.popleft() if self._waiting else self._next_chunk()
            self._fed.append(chunk)
            try:
                if chunk:
                    parser.feed(chunk)
                else:
                    parser.close()
            except etree.XMLSyntaxError as raised:
                error = raised
            for _, node in parser.read_events():
                above = node.getparent()
                if above is None:
                    continue
                is_piece = self._is_piece(node, above)
                if not is_piece and local(above) != self._above:
                    continue
                yield Element(local(node), node, start + (node.sourceline or 1) - 1)
                since = 0
                self._forget()
                node.clear(keep_tail=False)
                if is_piece:
                    # the parser may still give this one its tail, never the one before
                    if last is not None and last.getparent() is above:
                        above.remove(last)
                    last = node
                    continue
                last = None
                while node.getprevious() is not None:
                    del above[0]
            if error is not None:
                return _fault(error, start, at_end=not chunk)
            if not chunk:
                return None
            since += len(chunk)
            if since > _FARTHEST:
                return Fault("rien à lire dans 64 Mo de suite" + _LOST, self.line)

    def _is_piece(self, node: etree._Element, above: etree._Element) -> bool:
        if local(node) not in self._pieces or local(above) not in self._names:
            return False
        around = above.getparent()
        return around is not None and local(around) == self._above

    def take_up(self, begins: re.Pattern[bytes], line: int) -> bool:
        """Go to the next readable element after this line; return False when there is none."""
        data = b"".join((*self._fed, *self._waiting))
        self._fed, self._waiting = [], deque()
        at = 0
        for _ in range(line + 1 - self.line):
            at = data.find(b"\n", at) + 1
            if not at:
                at = len(data)
                break
        while not (match := begins.search(data, at)):
            self.line += data.count(b"\n")
            data, at = self._next_chunk(), 0
            if not data:
                return False
        start = match.start()
        self.line += data.count(b"\n", 0, start)
        self._waiting.extend(data[at : at + _CHUNK] for at in range(start, len(data), _CHUNK))
        self._taken_up = True
        return True

    def _forget(self) -> None:
        """Keep only the last of what was fed: `line` is that of its beginning."""
        for chunk in self._fed[:-1]:
            self.line += chunk.count(b"\n")
        del self._fed[:-1]

    def _next_chunk(self) -> bytes:
        # whole lines, so that no tag is cut where reading may be taken up
        return self._cleaned(self._opened.read(_CHUNK) + self._opened.readline(_CHUNK))

    def _cleaned(self, chunk: bytes) -> bytes:
        if not self._narrow:
            return chunk
        if self._encoding in (None, "utf-8"):
            chunk = self._in_utf8(chunk)
        cleaned = chunk.translate(_SPACES)
        if cleaned != chunk:
            if self.first_control is None:
                at = next(place for place, byte in enumerate(chunk) if byte in _CONTROLS)
                self.first_control = self._lines_read + chunk.count(b"\n", 0, at)
            self.controls += len(chunk) - len(chunk.translate(None, _CONTROLS))
        cleaned = self._without_entities(cleaned)
        self._lines_read += chunk.count(b"\n")
        return cleaned

    def _in_utf8(self, chunk: bytes) -> bytes:
        """A chunk in UTF-8, without the bytes of a character that ends in the next one."""
        chunk = self._decoder.getstate()[0] + chunk
        self._decoder.reset()
        encoded = self._decoder.decode(chunk).encode()
        if self.first_western is None and not chunk.startswith(encoded):
            pairs = enumerate(zip(chunk, encoded, strict=False))
            at = next((at for at, (byte, decoded) in pairs if byte != decoded), len(chunk))
            self.first_western = self._lines_read + chunk.count(b"\n", 0, at)
        return encoded

    def _without_entities(self, chunk: bytes) -> bytes:
        """A chunk whose entities of HTML are characters, those in CDATA sections left alone."""
        pieces = _CDATA.split(chunk)
        for place, piece in enumerate(pieces):
            if piece in (b"<![CDATA[", b"]]>"):
                self._inside = piece != b"]]>"
            elif not self._inside and b"&" in piece:
                before = sum(part.count(b"\n") for part in pieces[:place])
                replacement = partial(self._character, line=self._lines_read + before)
                pieces[place] = _ENTITY.sub(replacement, piece)
        return b"".join(pieces)

    def _character(self, match: re.Match[bytes], line: int) -> bytes:
        """The character that an entity of HTML names; what is none is left as it is."""
        characters = html5.get(match[1].decode() + ";")
        if match[1] in _OF_XML or characters is None:
            return match[0]
        if self.first_entity is None:
            self.first_entity = line + match.string.count(b"\n", 0, match.start())
        self.entities += 1
        return "".join(f"&#{ord(character)};" for character in characters).encode()

    def _parser(self) -> etree.XMLPullParser[Any]:
        """A parser, inside what encloses the elements when their file's beginning is gone."""
        if not self._taken_up:
            return etree.XMLPullParser(events=("end",), tag=self._tags, **_SAFE)
        parser = etree.XMLPullParser(
            events=("end",), tag=self._tags, encoding=self._encoding, **_SAFE
        )
        spaces = "".join(
            f' xmlns{":" + prefix if prefix else ""}="{escape(uri)}"'
            for prefix, uri in self._first.namespaces.items()
        )
        opening = f"<{self._first.name}{spaces}>" + (f"<{self._within}>" if self._within else "")
        parser.feed(opening.encode(self._encoding or "utf-8", "xmlcharrefreplace"))
        return parser


def _encoding(head: bytes) -> str | None:
    match = _ENCODING.match(head.removeprefix(codecs.BOM_UTF8))
    try:
        return match and codecs.lookup(match[1].decode("ascii", "ignore")).name
    except LookupError:
        return None


def _fault(error: etree.XMLSyntaxError, start: int, *, at_end: bool) -> Fault:
    message = str(error.msg or error).partition("\n")[0].partition(", line ")[0]
    reason = next((why for fragment, why in _REASONS.items() if fragment in message), None)
    if error.code == _OPEN_CDATA:
        reason = _CUT_CDATA
    if reason is None:
        reason = f"XML mal formé ({shorten(message, 80)})"
    # libxml2 goes on after a fault of namespaces, and says it at the end
    mended = at_end and error.code in _NAMESPACES
    # libxml2 may stop at a fault in a short file, and say it at the end
    stopped = at_end and not mended and reason not in _ENDS
    if stopped or not at_end:
        reason += _LOST
    return Fault(reason, start + error.lineno - 1 if error.lineno else None, mended)


_LOST = " ; la suite n'est pas lue"
_OPEN_CDATA = 63
_CUT = "XML tronqué"
_CUT_CDATA = "XML tronqué, ou un CDATA n'est jamais fermé"
_ENDS = (_CUT, _CUT_CDATA)
"""Why nothing follows."""
_NAMESPACES = (99, 100, *range(200, 210))
_REASONS = {
    "Premature end": _CUT,
    "no element found": _CUT,
    "not finished": _CUT,
    "Excessive depth": "trop de balises les unes dans les autres",
    "too long": "plus de 10 Mo d'un seul tenant",
    "too big": "plus de 10 Mo d'un seul tenant",
    "character encoding": "des octets ne sont pas de l'encodage annoncé",
    "not proper UTF-8": "des octets ne sont pas de l'encodage annoncé",
    "nsupported encoding": "encodage inconnu",
}
