"""Which files are pages of HTML, and what does each give?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indexer.files import UNREADABLE, CapturedFile, open_bytes, unreadable
from indexer.html.comments.adapters import Adapter
from indexer.html.report import HtmlReport
from indexer.html.saved.source import LARGEST_PAGE
from indexer.reporting import Outcome, Rank, Remark, Skipped
from indexer.times import Capture

_PROLOGUE = re.compile(r"\s*(?:<\?xml[^>]{0,200}\?>|<!--.*?-->|\s+)", re.DOTALL)
_START = re.compile(
    r"<(?:!doctype\s+html|(?:html|head|body|title|meta|link|script|style|base|article|section|main|"
    r"header|div|table|center|font|h1|h2|p|span|ol|ul|blockquote)[\s/>])",
    re.IGNORECASE,
)


class HtmlFormat:
    """The reader of HTML pages. adapters: those that find comments, Glose's own by default."""

    name = "html"
    rank = Rank.PAGE

    def __init__(self, adapters: Sequence[Adapter] | None = None) -> None:
        self.adapters = adapters

    def fits(self, head: bytes) -> bool:
        """Return whether this begins as a page, after what saving tools put first.

        >>> HtmlFormat().fits(b"<!-- saved --> <!DOCTYPE html>"), HtmlFormat().fits(b"<3 : Sora")
        (True, False)
        """
        text = head.replace(b"\x00", b"").decode("latin-1")
        at = len(re.match("(?:ï»¿|ÿþ|þÿ)?", text)[0])  # type: ignore[index]
        while (match := _PROLOGUE.match(text, at)) and match.end() > at:
            at = match.end()
        return _START.match(text, at) is not None

    def read(self, file: CapturedFile) -> Iterator[Outcome]:
        """The page's article, after its remarks; or why there is none."""
        data = _bytes_of(file)
        if isinstance(data, Skipped):
            yield data
        else:
            yield from self.read_bytes(data, file.name, file.capture)

    def read_bytes(
        self,
        data: bytes,
        name: str,
        capture: Capture,
        *,
        url: str | None = None,
        charset: str | None = None,
    ) -> Iterator[Outcome]:
        """The same from bytes; `name` is what reports call the page."""
        # what reads a page is half of what starting a run takes, and many runs meet none
        from indexer.html.page import read_html
        from indexer.html.text.extraction import NoExtractor

        try:
            page = read_html(data, capture, self.adapters, url=url, charset=charset)
        except NoExtractor:
            yield Skipped(name, "pour lire du HTML : pip install 'glose[html]'")
            return
        if page.article is None:
            yield Skipped(name, page.report.reason or "pas d'article")
            return
        for remark in page.report.remarks:
            yield Remark(remark.kind, remark.message, name)
        yield page.article

    def account(self, file: CapturedFile) -> HtmlReport:
        """What is found in a page, whether it makes an article or not."""
        from indexer.html.page import read_html
        from indexer.html.text.extraction import NoExtractor

        data = _bytes_of(file)
        try:
            if not isinstance(data, Skipped):
                return read_html(data, file.capture, self.adapters).report
            return HtmlReport(reason=data.reason)
        except NoExtractor:
            return HtmlReport(reason="pour lire du HTML : pip install 'glose[html]'")


def _bytes_of(file: CapturedFile) -> bytes | Skipped:
    try:
        with open_bytes(file.path) as opened:
            data = opened.read(LARGEST_PAGE + 1)
    except UNREADABLE as error:
        return Skipped(file.name, unreadable(error))
    return data
