"""Which articles are in the pages that a crawl kept (WARC, ARC, WACZ)?

Of all its records, the answers that are HTML and arrived (status 200) are read, by the
reader of pages, one at a time; the date of the record is that of the capture. A page that
was seen again unchanged is not read again. What is truncated is read up to there.
"""

from __future__ import annotations

import io
import logging
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import IO, Any, cast

from indexer.archives.archive import CAPS, DAMAGES, Member, Meter, Refused, members
from indexer.files import CannotInflate, CapturedFile, decoded_body, open_bytes, opened_stream
from indexer.html import LARGEST_PAGE, HtmlFormat
from indexer.reporting import Outcome, Rank, Remark, Skipped, plural, shorten
from indexer.times import Capture

_RECORD = re.compile(rb"WARC/\d|filedesc://")
_LONGEST_LINE = 1 << 20
_MOST_LINES = 5000
_MEND = "« warcio recompress » peut la réparer"


@dataclass
class _Crawl:
    """The account of one crawl. `pages` are the addresses read, `without_article` those without
    one.
    """

    pages: set[str] = field(default_factory=set)
    without_article: list[str] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    again: int = 0
    records: int = 0


class WarcFormat:
    """The reader of crawls. pages: the reader of their pages."""

    name = "warc"
    rank = Rank.PAGE

    def __init__(self, pages: HtmlFormat | None = None) -> None:
        self.pages = pages or HtmlFormat()

    def fits(self, head: bytes) -> bool:
        """Return whether this begins as a WARC or an ARC, or as the zip of a WACZ.

        >>> WarcFormat().fits(b"WARC/1.0"), WarcFormat().fits(b"PK\\x03\\x04 datapackage.json")
        (True, True)
        """
        if head.startswith(b"PK\x03\x04"):
            return b"datapackage.json" in head or (b"archive/" in head and b".warc" in head)
        return _RECORD.match(head.lstrip(b"\r\n")) is not None

    def read(self, file: CapturedFile) -> Iterator[Outcome]:
        """The crawl's articles, then what was left aside, counted."""
        if find_spec("warcio") is None:
            yield Skipped(file.name, "pour lire un WARC : pip install 'glose[warc]'")
            return
        crawl = _Crawl()
        try:
            if zipfile.is_zipfile(file.path):
                yield from self._wacz(file, crawl)
            else:
                with open_bytes(file.path) as opened:
                    meter = Meter(file.path.stat().st_size, CAPS)
                    yield from self._records(opened, file.name, meter, crawl)
        except CannotInflate as error:
            yield Skipped(file.name, str(error))
        except Refused as error:
            yield Skipped(file.name, f"archive laissée là : {error}")
        except DAMAGES as error:
            yield _damaged(file.name, crawl, error)
        yield from _remarks(file.name, crawl)

    def _wacz(self, file: CapturedFile, crawl: _Crawl) -> Iterator[Outcome]:
        meter = Meter(file.path.stat().st_size, CAPS)
        archives = 0
        for member in members(file.path):
            name = member.source if isinstance(member, Skipped) else member.name
            if not re.search(r"(?:^|/)archive/[^/]+\.w?arc(?:\.gz)?$", name):
                continue
            archives += 1
            if isinstance(member, Member):
                with opened_stream(member.open()) as opened:
                    yield from self._records(opened, f"{file.name}/{name}", meter, crawl)
            else:
                yield Skipped(f"{file.name}/{name}", member.reason)
        if not archives:
            yield Skipped(file.name, "ce WACZ ne contient aucun « archive/….warc »")

    def _records(
        self, opened: IO[bytes], name: str, meter: Meter, crawl: _Crawl
    ) -> Iterator[Outcome]:
        iterator = _iterator(opened, meter)
        failures = _failures()
        while True:
            try:
                record = next(iterator, None)
                if record is None:
                    break
                crawl.records += 1
                page = _page(record, crawl)
            except failures as error:
                yield _damaged(name, crawl, error)
                break
            if page is not None:
                yield from self._outcomes(page, name, crawl)
        if iterator.err_count:
            records = plural(iterator.err_count, "enregistrement", "enregistrements")
            yield Remark("warc", f"{records} à la longueur fausse ; {_MEND}", name)

    def _outcomes(self, page: _Page, name: str, crawl: _Crawl) -> Iterator[Outcome]:
        page_name = f"{name} : {shorten(page.url, 300)}"
        if page.wrong:
            yield Remark("warc", f"{page.wrong} ; {_MEND}", page_name)
        if len(page.data) > LARGEST_PAGE:
            yield Skipped(page_name, f"page de plus de {LARGEST_PAGE >> 20} Mio")
            return
        outcomes = self.pages.read_bytes(
            page.data, page_name, page.capture, url=page.url, charset=page.charset
        )
        for outcome in outcomes:
            if isinstance(outcome, Skipped) and outcome.reason.startswith("pas d'article"):
                # a crawl has menus and lists as a matter of course
                crawl.without_article.append(page.url)
            else:
                yield outcome


def _damaged(name: str, crawl: _Crawl, error: BaseException) -> Skipped:
    records = plural(crawl.records, "enregistrement lu", "enregistrements lus")
    cause = shorten(" ".join(str(error).split()), 80)
    reason = f"archive abîmée ou tronquée après {records}" + (f" ({cause})" if cause else "")
    return Skipped(name, f"{reason} ; {_MEND}")


def _remarks(name: str, crawl: _Crawl) -> Iterator[Outcome]:
    """Yield remarks about what was not read, by kind."""
    if crawl.without_article:
        sentence = plural(len(crawl.without_article), "page sans article", "pages sans article")
        listed = ", ".join(shorten(url, 80) for url in crawl.without_article[:3])
        yield Remark(
            "no_article", f"{sentence} : {listed}{'…' * (len(crawl.without_article) > 3)}", name
        )
    if crawl.again:
        sentence = plural(crawl.again, "page revue", "pages revues")
        yield Remark("revisit", f"{sentence} sans changement", name)
    for kind, count in sorted(crawl.kinds.items()):
        yield Remark("warc", f"{plural(count, 'réponse')} {kind}", name)
    if not (crawl.pages or crawl.records):
        yield Skipped(name, "aucun enregistrement")
    elif not (crawl.pages or crawl.again or crawl.kinds or crawl.without_article):
        sentence = plural(crawl.records, "enregistrement")
        yield Remark("no_page", f"aucune page parmi {sentence}", name)


@dataclass(frozen=True, slots=True)
class _Page:
    url: str
    capture: Capture
    data: bytes
    charset: str | None
    wrong: str


def _page(record: Any, crawl: _Crawl) -> _Page | None:
    """The page a record holds, if it does; the others are counted."""
    headers, http = record.rec_headers, record.http_headers
    url = (headers.get_header("WARC-Target-URI") or "").strip("<> \r\n")
    if record.rec_type == "revisit":
        if url in crawl.pages or not _is_html(http):
            crawl.again += url in crawl.pages
        else:
            crawl.kinds["renvoyant à une capture qui n'est pas dans cette archive"] += 1
        return None
    if record.rec_type not in ("response", "resource"):
        return None
    kind = (http.get_header("Content-Type") if http else None) or record.content_type or ""
    if not _is_html_type(kind):
        return None
    status = http.get_statuscode() if http else "200"
    if status != "200":
        crawl.kinds[f"de statut {shorten(status, 10)}"] += 1
        return None
    transfer, content = (
        (http.get_header(f"{name}-Encoding") if http else None) or ""
        for name in ("Transfer", "Content")
    )
    raw = record.raw_stream.read(LARGEST_PAGE + 1)
    decoded = decoded_body(raw, transfer, content, LARGEST_PAGE + 1)
    wrong = decoded.wrong
    if getattr(record.raw_stream, "limit", 0) > 0 and len(raw) <= LARGEST_PAGE:
        wrong = "page tronquée"
    elif headers.get_header("WARC-Truncated"):
        wrong = wrong or "page tronquée par l'outil de collecte"
    crawl.pages.add(url)
    capture = Capture.parse(headers.get_header("WARC-Date") or "")
    charset = re.search(r"charset=[\"']?([\w:.-]+)", kind, re.IGNORECASE)
    captured = capture or Capture.parse("1970-01-01")
    assert captured is not None, "a constant date"
    return _Page(url, captured, decoded.data, charset[1] if charset else None, wrong)


def _is_html(http: Any) -> bool:
    return http is None or _is_html_type(http.get_header("Content-Type") or "text/html")


def _is_html_type(kind: str) -> bool:
    return kind.partition(";")[0].strip().lower() in ("text/html", "application/xhtml+xml")


def _failures() -> tuple[type[Exception], ...]:
    """Return the exceptions that warcio and its streams raise on a damaged archive."""
    exceptions = import_module("warcio.exceptions")
    parser = import_module("warcio.statusandheaders")
    failures: tuple[type[Exception], ...] = (
        exceptions.ArchiveLoadFailed,
        parser.StatusAndHeadersParserException,
        *(damage for damage in DAMAGES if issubclass(damage, Exception)),
        *(EOFError, ValueError, KeyError, IndexError, TypeError, AttributeError),
    )
    return failures


def _iterator(opened: IO[bytes], meter: Meter) -> Any:
    """warcio's reader of records, over bytes already decompressed, its memory bounded."""
    # what is wrong is said in the report, not on the terminal
    logging.getLogger("warcio").addHandler(logging.NullHandler())
    warcio = import_module("warcio.archiveiterator")
    readers = import_module("warcio.bufferedreaders")

    class Lines(readers.DecompressingBufferedReader):  # type: ignore[misc, name-defined]
        """Where the lines of headers are neither endless nor numberless."""

        lines = 0

        def readline(self, length: int | None = None) -> bytes:
            self.lines += 1
            if self.lines > _MOST_LINES:
                raise ValueError("des en-têtes sans fin")
            most = _LONGEST_LINE if length is None else min(length, _LONGEST_LINE)
            line: bytes = super().readline(most)
            if len(line) >= _LONGEST_LINE:
                raise ValueError("une ligne d'en-tête sans fin")
            return line

        def read(self, length: int | None = None) -> bytes:
            self.lines = 0
            data: bytes = super().read(length)
            return data

    metered = _Metered(opened, meter)
    iterator = warcio.ArchiveIterator(metered, arc2warc=True)
    iterator.reader = Lines(metered)
    iterator.INC_RECORD = ""
    return iterator


class _Metered(io.RawIOBase):
    """A stream that counts what comes out of it."""

    def __init__(self, opened: IO[bytes], meter: Meter) -> None:
        self._opened = cast(io.BufferedReader, opened)
        self._meter = meter
        self._at = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        try:
            data = self._opened.read1(size)
        except EOFError as error:
            # for warcio, it would be the end that was expected
            raise ValueError("fichier compressé coupé avant la fin") from error
        self._at += len(data)
        self._meter.take(len(data))
        return data

    def tell(self) -> int:
        return self._at
