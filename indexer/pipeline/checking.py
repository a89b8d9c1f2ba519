"""What is recognised in one file, line by line, without indexing anything?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.article import Article
from indexer.files import Format
from indexer.html import HtmlFormat, HtmlReport
from indexer.pages import PageFormat, PageReport, account
from indexer.pipeline import sources
from indexer.reporting import Report, plural, shorten
from indexer.times import Capture

_WIDTH = 17
_ARTICLES_SHOWN = 5
"""How many articles of a file that holds several are shown one by one."""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a file gave.

    `page` is the account of its lines, when it is the text of a page; `html` that of its
    witnesses and selectors, when it is one of HTML.
    """

    report: Report
    articles: list[Article]
    page: PageReport | None = None
    html: HtmlReport | None = None
    form: str = ""
    """The name of the file's format, "" for a folder."""

    def as_json(self) -> dict[str, Any]:
        """Plain data: the run's account, the articles' ids, the page's account."""
        page = {} if self.page is None else {"page": self.page.as_json()}
        ids = [article.id for article in self.articles[:100]]
        html = {} if self.html is None else {"html": self.html.as_json()}
        form = {"format": self.form} if self.form else {}
        return {**self.report.as_json(), **form, "ids": ids, **page, **html}


def check_file(
    path: Path,
    captured: Capture | None,
    forced: Format | None,
    *,
    among: Sequence[Format] = sources.FORMATS,
) -> CheckReport:
    """Read a file (or a folder) as `glose index` would."""
    report = Report()
    articles: list[Article] = []
    for outcome in sources.read([path], captured, forced, among=among):
        if isinstance(outcome, Article):
            articles.append(outcome)
            report.count(outcome)
        else:
            report.note(outcome)
    page = html = None
    form = ""
    opened = sources.open_file(path, captured, forced, among=among) if path.is_file() else None
    if isinstance(opened, tuple):
        file, format_ = opened
        form = format_.name
        page = account(file) if isinstance(format_, PageFormat) else None
        html = format_.account(file) if isinstance(format_, HtmlFormat) else None
    return CheckReport(report, articles, page, html, form)


def lines_of(checked: CheckReport) -> Iterator[str]:
    """Yield the account in French, one line for each part."""
    if checked.page is not None:
        for finding in checked.page.findings:
            lines = (
                f"{finding.first}"
                if finding.first == finding.last
                else f"{finding.first}–{finding.last}"
            )
            yield f"{finding.member:<{_WIDTH}} {lines:>8}  {shorten(finding.value, 90)}".rstrip()
        if checked.page.missing:
            yield f"{'pas trouvé':<{_WIDTH}} {'':>8}  {', '.join(checked.page.missing)}"
    if checked.html is not None:
        yield from _html(checked.html)
    if checked.page is None and checked.html is None:
        yield from _articles(checked)
    yield from checked.report.lines()
    yield f"Lu : {checked.report.summary()}."


def _articles(checked: CheckReport) -> Iterator[str]:
    """The format, then the first articles of a file that is not the page of one."""
    if checked.form:
        yield f"{'format':<{_WIDTH}} {checked.form}"
    for article in checked.articles[:_ARTICLES_SHOWN]:
        date = (article.date_published or "sans date")[:16].replace("T", " ")
        published = sum(comment.published for comment in article.comments)
        counts = f"{plural(len(article.sections), 'section')}, {plural(published, 'commentaire')}"
        yield f"{'article':<{_WIDTH}} {date:<16}  {shorten(article.headline, 60)} ({counts})"
    if (remaining := len(checked.articles) - _ARTICLES_SHOWN) > 0:
        yield f"{'':<{_WIDTH}} … et {plural(remaining, 'autre')}"


def _html(html: HtmlReport) -> Iterator[str]:
    for finding in html.findings:
        times = f"{finding.count} ×" if finding.count > 1 or finding.member.startswith("·") else ""
        by = f"[{finding.by}]" if finding.by else ""
        value = shorten(" ".join(finding.value.split()), 90)
        yield f"{finding.member:<{_WIDTH}} {times:>8}  {value}  {by}".rstrip()
    if html.missing:
        missing = ", ".join(dict.fromkeys(html.missing))
        yield f"{'pas trouvé':<{_WIDTH}} {'':>8}  {missing}"
