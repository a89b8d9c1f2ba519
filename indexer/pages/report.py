"""What was found in a page, what was not, and what should somebody look at?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from indexer.pages.blocks import Blocks
from indexer.pages.comments import ShownComment
from indexer.pages.head import Head
from indexer.reporting import Remark, plural, shorten
from indexer.text import Line
from indexer.times import Capture, ShownDate


@dataclass(frozen=True, slots=True)
class Finding:
    """Something recognised, and the lines of the file it stands on (first and last)."""

    member: str
    value: str
    first: int
    last: int


@dataclass
class PageReport:
    """The account of one page. `reason` says why it is no page of an article, when it is none.

    >>> report = PageReport()
    >>> report.add("titre", Line(1, "Sora"))
    >>> report.add("date", None)
    >>> report.findings[0].value, report.missing
    ('Sora', ['date'])
    """

    findings: list[Finding] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    reason: str | None = None

    def add(self, member: str, at: Line | Sequence[Line] | None, value: str | None = None) -> None:
        """Note something found, or missing when there are no lines to show."""
        on = [at] if isinstance(at, Line) else list(at or ())
        if not on:
            self.missing.append(member)
            return
        text = " ".join(line.text for line in on) if value is None else value
        self.findings.append(Finding(member, text, on[0].number, on[-1].number))

    def remark(self, kind: str, message: str, line: Line | None = None) -> None:
        """Note something to look at."""
        self.remarks.append(Remark(kind, message, line=line.number if line else None))

    def as_json(self) -> dict[str, Any]:
        """Return the account as plain data."""
        return {
            "reason": self.reason,
            "found": [
                {
                    "what": finding.member,
                    "value": finding.value,
                    "lines": [finding.first, finding.last],
                }
                for finding in self.findings
            ],
            "missing": self.missing,
            "warnings": [{"kind": remark.kind, **remark.as_json()} for remark in self.remarks],
        }


def report_head(report: PageReport, head: Head) -> None:
    """What stands above the body."""
    report.add("accroche", head.strapline)
    report.add("chapô", head.standfirst)
    report.add("auteur", head.authors_line, ", ".join(head.authors))
    report.add("date", head.date, head.date_text)
    report.add("temps de lecture", head.reading)
    report.add("rubriques", head.categories, ", ".join(line.text for line in head.categories))


def report_thread(
    report: PageReport, blocks: Blocks, shown_comments: Sequence[ShownComment], declared: int | None
) -> None:
    """Report the table of contents and the comments, counted."""
    entries = blocks.headings or ()
    report.add("sommaire", entries, plural(len(entries), "intertitre"))
    if blocks.comments is None:
        report.missing.append("commentaires")
        message = "aucune partie « Commentaires » : si le site en montre une, la page est coupée"
        report.remark("comments", message)
        return
    count, empty = len(shown_comments), sum(not comment.body for comment in shown_comments)
    value = f"{plural(count, 'lu')} dont {plural(empty, 'vide')}"
    if declared is not None:
        value = f"{plural(declared, 'annoncé')}, {value}"
    report.add("commentaires", blocks.comments_line or shown_comments[0].header, value)
    if blocks.comments_line is None:
        message = "des commentaires suivent le corps sans que rien les annonce"
        report.remark("comments", message, shown_comments[0].header)
    if stuck := [comment for comment in shown_comments if comment.stuck]:
        sentence = plural(len(stuck), "date collée", "dates collées")
        message = (
            f"{sentence} à d'autres mots : le nombre de commentaires annoncé les fait reconnaître"
        )
        report.remark("glued", message, stuck[0].header)
    if declared is not None and declared != count:
        sentence = plural(declared, "commentaire annoncé", "commentaires annoncés")
        report.remark("comment_count", f"{sentence}, {count} dans la page", blocks.comments_line)


def report_lines(report: PageReport, unknown: Sequence[Line]) -> None:
    """Lines that are nothing known, and were not taken for text."""
    if unknown:
        sentence = plural(len(unknown), "ligne laissée", "lignes laissées")
        report.remark("lines", f"{sentence} de côté : « {shorten(unknown[0].text)} »", unknown[0])


def report_dates(
    report: PageReport, capture: Capture, dates: Sequence[tuple[Line, ShownDate]]
) -> None:
    """Report dates that are impossible, out of order, or resolved with a guessed capture.

    The first date is the article's.
    """
    if capture.guessed and (line := next((at for at, date in dates if date.inferred), None)):
        report.remark(
            "capture",
            f"date de capture prise de celle du fichier ({capture.day:%d/%m/%Y}) pour lire"
            f" « {shorten(line.text)} » ; --captured la donne",
            line,
        )
    if line := next((at for at, date in dates if date.start is None), None):
        report.remark("date", f"« {shorten(line.text)} » n'est pas une date possible", line)
    late = (at for at, date in dates if date.start and date.start.date() > capture.day)
    if line := next(late, None):
        capture_day = f"{capture.day:%d/%m/%Y}"
        report.remark(
            "future", f"« {shorten(line.text)} » vient après la capture ({capture_day})", line
        )
    (_, article), *comments = dates
    if article.inferred and article.start:
        certain_dates = (
            (at, date.start) for at, date in comments if date.start and not date.inferred
        )
        first = article.start
        if line := next((at for at, start in certain_dates if start.date() < first.date()), None):
            message = f"« {shorten(line.text)} » précède l'article, daté du {first:%d/%m/%Y}"
            report.remark("order", message, line)
