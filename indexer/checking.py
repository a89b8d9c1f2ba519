"""What is recognised in one file, line by line, without indexing anything?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer import sources
from indexer.article import Article
from indexer.captured import Capture, Format
from indexer.page import PageFormat, account
from indexer.page_report import PageReport
from indexer.report import Report, Skipped, shorten

_WIDTH = 17


@dataclass(frozen=True, slots=True)
class Checked:
    """What a file gave. `page` is the account of its lines, when it is the text of a page."""

    report: Report
    articles: list[Article]
    page: PageReport | None

    def as_json(self) -> dict[str, Any]:
        """Plain data: the run's account, the articles' ids, the page's account."""
        page = {} if self.page is None else {"page": self.page.as_json()}
        ids = [article.id for article in self.articles[:100]]
        return {**self.report.as_json(), "ids": ids, **page}


def check_file(path: Path, captured: Capture | None, forced: Format | None) -> Checked:
    """Read a file (or a folder) as `glose index` would."""
    report = Report()
    found: list[Article] = []
    for outcome in sources.read([path], captured, forced):
        if isinstance(outcome, Article):
            found.append(outcome)
            report.count(outcome)
        else:
            report.note(outcome)
    return Checked(report, found, _page(path, captured, forced))


def _page(path: Path, captured: Capture | None, forced: Format | None) -> PageReport | None:
    if not path.is_file():
        return None
    opened = sources.open_file(path, captured, forced)
    if isinstance(opened, Skipped) or not isinstance(opened[1], PageFormat):
        return None
    return account(opened[0])


def lines_of(checked: Checked) -> Iterator[str]:
    """The account in French, one line for each thing found."""
    if checked.page is not None:
        for one in checked.page.found:
            lines = f"{one.first}" if one.first == one.last else f"{one.first}–{one.last}"
            yield f"{one.what:<{_WIDTH}} {lines:>8}  {shorten(one.value, 90)}".rstrip()
        if checked.page.missing:
            yield f"{'pas trouvé':<{_WIDTH}} {'':>8}  {', '.join(checked.page.missing)}"
    yield from checked.report.lines()
    yield f"Lu : {checked.report.summary()}."
