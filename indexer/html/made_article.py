"""What do the head, the sections and the comments found in a page make together?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from indexer.article import Article, Comment, CommentNames, article_id, full_comment_id
from indexer.html.comments.comment_names import byline_of, is_led
from indexer.html.comments.thread import FoundComment, PageThread, repeated
from indexer.html.metadata.head import Head
from indexer.html.parts import PageParts
from indexer.html.report import HtmlReport
from indexer.html.saved.source import SavedPage
from indexer.html.text.body import standfirst_of
from indexer.reporting import plural
from indexer.times import Capture, When, when


def article_of(parts: PageParts, report: HtmlReport) -> Article:
    """Return the article, and note its doubts in the report."""
    saved, head, thread, completeness = parts.saved, parts.head, parts.thread, parts.completeness
    assert head.headline is not None, "a page without a title is no article"
    standfirst, sections = standfirst_of(head, parts.body.sections)
    name = article_id(head.headline, head.date_published, head.url)
    copies = repeated(thread.comments, completeness.declared)
    comments = _comments(name, thread, copies, saved.capture, report)
    extra: dict[str, Any] = {}
    if not head.free:
        extra["isAccessibleForFree"] = False
        report.remark("partial", "article réservé aux abonnés : le texte peut être coupé")
    if completeness.remark is not None:
        report.remarks.append(completeness.remark)
    if not sections and not thread.topic:
        report.remark(
            "body", "aucun texte d'article dans la page : celui que l'index connaît est gardé"
        )
    if not head.free or parts.paged or completeness.partial or not (sections or thread.topic):
        extra["completeness"] = "partial"
    _remark(saved, head, report)
    return Article(
        id=name,
        headline=head.headline,
        url=head.url,
        same_as=head.same_as,
        alternative_headline=head.alternative_headline,
        description=standfirst,
        article_section=head.article_section,
        keywords=head.keywords,
        author=head.author,
        date_published=head.date_published,
        date_modified=head.date_modified,
        time_required=head.time_required,
        in_language=head.in_language,
        publisher=head.publisher,
        comment_count=completeness.declared,
        captured_at=saved.capture.text,
        sections=sections,
        comments=comments,
        extra=extra,
    )


def _remark(saved: SavedPage, head: Head, report: HtmlReport) -> None:
    if saved.mixed:
        report.remark("encoding", f"des octets ne sont pas de l'{saved.encoding.upper()} déclaré")
    if head.wrong_scripts:
        scripts = plural(head.wrong_scripts, "script", "scripts")
        report.remark("json_ld", f"{scripts} JSON-LD illisible{'s' * (head.wrong_scripts > 1)}")
    if head.wrong_dates:
        report.remark("dates", "modifié avant d'être publié : cette modification est ignorée")
    if head.date_published is None:
        report.remark("date", "article sans date")


def _comments(
    article: str,
    thread: PageThread,
    copies: dict[int, int],
    capture: Capture,
    report: HtmlReport,
) -> tuple[Comment, ...]:
    names = CommentNames(article)
    by_name: dict[str, tuple[FoundComment, When, str, str]] = {}
    ids: list[str] = []
    doubts = _Doubts()
    led = is_led(comment.author or "" for comment in thread.comments)
    for place, comment in enumerate(thread.comments):
        time = when(comment.machine, comment.shown, comment.edited, capture)
        author, role, mailed = byline_of(comment.author or "", comment.role or "", led=led)
        doubts.mailed |= mailed
        name = full_comment_id(article, comment.native) if comment.native else ""
        twin = by_name.get(name)
        if place in copies:
            doubts.repeated += 1
            ids.append(ids[copies[place]])
            continue
        if twin is not None and (twin[0].text, twin[0].author) == (comment.text, comment.author):
            # the page shows it twice: chosen above, then in its place
            doubts.repeated += 1
            ids.append(name)
            continue
        if not name or twin is not None:
            name = names.next(time.stable, author or None, comment.text)
        by_name[name] = comment, time, author, role
        ids.append(name)
        has_date = bool(comment.machine or comment.shown)
        doubts.undated += has_date and not (time.stable and _dated(time))
        doubts.inferred += bool(time.inferred)
    doubts.remark(report, capture)
    comments = []
    # where the newest come first, an answer stands above what it answers
    for name, (comment, time, author, role) in by_name.items():
        parent = _parent_id(article, comment, ids)
        comments.append(_comment(name, parent, author or None, role or None, comment, time))
    return tuple(comments)


@dataclass(slots=True)
class _Doubts:
    """How many comments are shown twice, or have a date that is not read, or read by the capture.

    mailed: whether addresses of e-mail were left out of their names.
    """

    repeated: int = 0
    undated: int = 0
    inferred: int = 0
    mailed: bool = False

    def remark(self, report: HtmlReport, capture: Capture) -> None:
        if self.repeated:
            count = plural(self.repeated, "commentaire")
            report.remark("repeated", f"{count} deux fois dans la page")
        if self.mailed:
            report.remark("private", "adresses de courriel laissées de côté")
        if self.undated:
            dates = plural(self.undated, "date de commentaire", "dates de commentaires")
            report.remark("date", f"{dates} pas comprise{'s' * (self.undated > 1)}")
        if self.inferred and capture.guessed:
            report.remark(
                "capture",
                f"date de capture prise de celle du fichier ({capture.day:%d/%m/%Y}) pour lire"
                f" {plural(self.inferred, 'date')} de commentaires ; --captured la donne",
            )


def _parent_id(article: str, comment: FoundComment, ids: Sequence[str]) -> str | None:
    if comment.parent is not None:
        return ids[comment.parent] if comment.parent < len(ids) else None
    return full_comment_id(article, comment.parent_native) if comment.parent_native else None


def _dated(time: When) -> bool:
    return bool(time.published or time.modified or time.earliest)


def _comment(
    name: str,
    parent: str | None,
    author: str | None,
    role: str | None,
    comment: FoundComment,
    time: When,
) -> Comment:
    return Comment(
        id=name,
        parent_id=parent if parent != name else None,
        author=author,
        author_role=role,
        date_published=time.published,
        date_modified=time.modified,
        date_precision=time.precision,
        date_shown=time.shown,
        date_earliest=time.earliest,
        date_latest=time.latest,
        edited=time.edited,
        # where a comment has no title, a theme may write its date in that place
        headline=comment.title if comment.title != time.shown else None,
        text=comment.text,
        citation=comment.quotes,
        extra={"links": list(comment.links)} if comment.links else {},
        url=url if (url := comment.url or "").startswith(("http://", "https://")) else None,
        anchor=comment.anchor,
        status="deleted" if comment.deleted else None,
        kind=comment.kind if comment.kind in ("pingback", "trackback") else None,
        upvote_count=comment.votes_for,
        downvote_count=comment.votes_against,
    )
