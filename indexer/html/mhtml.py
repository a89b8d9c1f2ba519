"""Which page is in an MHTML file, as browsers save "a page, in one file"?"""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from html import escape, unescape

from indexer.files import DAMAGED, CannotInflate, CapturedFile, open_bytes
from indexer.html.html_file import HtmlFormat
from indexer.html.source import LARGEST_PAGE
from indexer.reporting import Outcome, Rank, Skipped
from indexer.text import decode
from indexer.times import Capture

_HEADER = re.compile(rb"(?im)^(?:MIME-Version|Snapshot-Content-Location):")
_RELATED = re.compile(rb"(?i)multipart/related")


class MhtmlFormat:
    """The reader of MHTML. pages: the reader of the page inside."""

    name = "mhtml"
    rank = Rank.PAGE

    def __init__(self, pages: HtmlFormat | None = None) -> None:
        self.pages = pages or HtmlFormat()

    def fits(self, head: bytes) -> bool:
        """Return whether this begins with the headers of such a file.

        >>> head = b"From: x\\r\\nMIME-Version: 1.0\\r\\nContent-Type: multipart/related;"
        >>> MhtmlFormat().fits(head), MhtmlFormat().fits(b"MIME-Version: 1.0")
        (True, False)
        """
        start = head[:4096]
        named = re.match(rb"\s*[A-Za-z-]{2,40}: ", start) is not None
        return named and bool(_HEADER.search(start) and _RELATED.search(start))

    def read(self, file: CapturedFile) -> Iterator[Outcome]:
        """The page's article; or why there is none."""
        try:
            with open_bytes(file.path) as opened:
                data = opened.read(2 * LARGEST_PAGE + 1)
        except CannotInflate as error:
            yield Skipped(file.name, str(error))
            return
        except DAMAGED:
            yield Skipped(file.name, "fichier compressé endommagé ou tronqué")
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
        yield from self.pages.read_bytes(
            _with_frames(html, message, page),
            file.name,
            capture or file.capture,
            url=location if location.startswith(("http://", "https://")) else None,
            charset=page.get_content_charset(),
        )


def _page(message: Message) -> Message | None:
    """The first part that is HTML: the page, before its frames."""
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            return part
    return None


_FRAME = re.compile(
    rb"<iframe\b(?=[\s/>])(?P<before>[^>]{0,4000}?)(?<=[\s\"'])src\s{0,9}=\s{0,9}"
    rb"(?P<quote>[\"'])(?P<source>[^\"'>]{1,4000})(?P=quote)",
    re.IGNORECASE,
)
_MOST_FRAMES = 50


def _with_frames(html: bytes, message: Message, page: Message) -> bytes:
    """A page with what its frames showed in their `srcdoc`, as SingleFile keeps it.

    Chromium names a frame's part by its Content-ID (`cid:`), Internet Explorer by its address.
    """
    if _FRAME.search(html) is None:
        return html
    parts: dict[str, Message] = {}
    for part in message.walk():
        if part is page or part.get_content_type() not in ("text/html", "application/xhtml+xml"):
            continue
        name = str(part.get("Content-ID") or "").strip().strip("<>")
        for source in (f"cid:{name}" if name else "", str(part.get("Content-Location") or "")):
            if source:
                parts.setdefault(source.strip(), part)
    room = LARGEST_PAGE - len(html)

    def framed(match: re.Match[bytes]) -> bytes:
        nonlocal room
        source = match["source"].decode("ascii", "replace")
        part = parts.get(unescape(source))
        payload = part.get_payload(decode=True) if part is not None else None
        if part is None or not isinstance(payload, bytes):
            return match[0]
        text = escape(decode(payload, part.get_content_charset())[0])
        location = escape(str(part.get("Content-Location") or source))
        frame = f' src="{location}" srcdoc="{text}"'.encode("ascii", "xmlcharrefreplace")
        if len(frame) > room:
            return match[0]
        room -= len(frame)
        return b"<iframe" + match["before"] + frame

    return _FRAME.sub(framed, html, count=_MOST_FRAMES)


def _capture(message: Message) -> Capture | None:
    try:
        moment: datetime = parsedate_to_datetime(str(message.get("Date") or ""))
        # "-0000" is universal time that tells no place
        return Capture.at(moment.replace(tzinfo=moment.tzinfo or UTC))
    except (ValueError, TypeError, OverflowError):
        return None
