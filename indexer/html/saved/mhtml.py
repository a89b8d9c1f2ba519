"""Which page is in an MHTML file, as browsers save "a page, in one file"?"""

from __future__ import annotations

import codecs
import email
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from pathlib import Path
from tempfile import NamedTemporaryFile

from indexer.files import UNREADABLE, CapturedFile, Format, open_bytes, unreadable
from indexer.html.html_file import HtmlFormat
from indexer.html.saved.frames import Shown, with_frames
from indexer.html.saved.source import LARGEST_PAGE
from indexer.reporting import Outcome, Rank, Skipped, inside_of
from indexer.text import decode
from indexer.times import Capture

_HEAD = 65536
_HEADER = re.compile(rb"(?im)^(?:MIME-Version|Snapshot-Content-Location):")
_RELATED = re.compile(rb"(?i)multipart/related")
_ALONE = re.compile(rb"(?im)^Content-Type:\s*(?:text/html|application/xhtml\+xml)\b")
_PLACE = re.compile(rb"(?im)^(?:Snapshot-)?Content-Location:\s*https?://")
"""What a page without pictures, which is one part alone, tells and a message does not."""
_PAGES = ("text/html", "application/xhtml+xml")


class MhtmlFormat:
    """The reader of MHTML.

    pages: the reader of the page inside. others: those of pages that a service made of several
    articles, tried first.
    """

    name = "mhtml"
    rank = Rank.PAGE

    def __init__(self, pages: HtmlFormat | None = None, others: Sequence[Format] = ()) -> None:
        self.pages = pages or HtmlFormat()
        self.others = others

    def fits(self, head: bytes) -> bool:
        """Return whether this begins with the headers of such a file.

        >>> head = b"From: x\\r\\nMIME-Version: 1.0\\r\\nContent-Type: multipart/related;"
        >>> MhtmlFormat().fits(head), MhtmlFormat().fits(b"MIME-Version: 1.0")
        (True, False)
        """
        start = head[:4096]
        has_field = re.match(rb"\s*[A-Za-z-]{2,40}: ", start) is not None
        headers = re.split(rb"\r?\n\r?\n", start, maxsplit=1)[0]
        is_single_part = _ALONE.search(headers) and _PLACE.search(headers)
        return has_field and bool(
            _HEADER.search(start) and (_RELATED.search(start) or is_single_part)
        )

    def read(self, file: CapturedFile) -> Iterator[Outcome]:
        """The page's article; or why there is none."""
        try:
            with open_bytes(file.path) as opened:
                data = opened.read(2 * LARGEST_PAGE + 1)
        except UNREADABLE as error:
            yield Skipped(file.name, unreadable(error))
            return
        if len(data) > 2 * LARGEST_PAGE:
            yield Skipped(file.name, f"page de plus de {2 * LARGEST_PAGE >> 20} Mio")
            return
        try:
            message = email.message_from_bytes(data)
            page = _page(message)
            capture = _capture(message) if file.capture.guessed else None
            html = page.get_payload(decode=True) if page is not None else None
        except (ValueError, LookupError, RecursionError, TypeError, AttributeError):
            page = html = None
            capture = None
        if page is None or not isinstance(html, bytes):
            yield Skipped(file.name, "ce MHTML ne contient pas de page HTML")
            return
        location = str(
            message.get("Snapshot-Content-Location") or page.get("Content-Location") or ""
        )
        for other in self.others:
            if other.fits(html[:_HEAD]):
                yield from _as_file(other, html, page.get_content_charset(), file)
                return
        yield from self.pages.read_bytes(
            _with_frames(html, message, page),
            file.name,
            capture or file.capture,
            url=location if location.startswith(("http://", "https://")) else None,
            charset=page.get_content_charset(),
        )


def _as_file(
    form: Format, html: bytes, charset: str | None, file: CapturedFile
) -> Iterator[Outcome]:
    """What another format reads of the page, in a file of its own."""
    with NamedTemporaryFile(prefix="glose-") as copy:
        copy.write(codecs.BOM_UTF8 + decode(html, charset)[0].encode("utf-8", "replace"))
        copy.flush()
        for outcome in form.read(CapturedFile(Path(copy.name), file.name, file.capture)):
            yield inside_of(outcome, form.name)


def _page(message: Message) -> Message | None:
    """The part that is the page: the one that the headers name, else the first that is HTML.

    They name it by its Content-ID (`start`), or by its address.
    """
    parts = [part for part in message.walk() if part.get_content_type() in _PAGES]
    start = str(message.get_param("start") or "").strip("<> ")
    location = str(message.get("Snapshot-Content-Location") or "").strip()
    for header, name in (("Content-ID", start), ("Content-Location", location)):
        for part in parts if name else ():
            if str(part.get(header) or "").strip("<> ") == name:
                return part
    return next(iter(parts), None)


def _with_frames(html: bytes, message: Message, page: Message) -> bytes:
    """A page with what its frames showed.

    Chromium names a frame's part by its Content-ID (`cid:`), Internet Explorer by its address.
    """
    parts: dict[str, Message] = {}
    for part in message.walk():
        if part is page or part.get_content_type() not in _PAGES:
            continue
        name = str(part.get("Content-ID") or "").strip().strip("<>")
        for source in (f"cid:{name}" if name else "", str(part.get("Content-Location") or "")):
            if source:
                parts.setdefault(source.strip(), part)

    def shown_by(source: str) -> Shown:
        part = parts.get(source)
        payload = part.get_payload(decode=True) if part is not None else None
        if part is None or not isinstance(payload, bytes):
            return None
        text = decode(payload, part.get_content_charset())[0]
        return str(part.get("Content-Location") or source), text

    return with_frames(html, LARGEST_PAGE, shown_by) if parts else html


def _capture(message: Message) -> Capture | None:
    try:
        moment: datetime = parsedate_to_datetime(str(message.get("Date") or ""))
        # "-0000" is universal time that tells no place
        return Capture.at(moment.replace(tzinfo=moment.tzinfo or UTC))
    except (ValueError, TypeError, OverflowError):
        return None
