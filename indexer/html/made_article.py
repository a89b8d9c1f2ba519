"""What do the head, the sections and the comments found in a page make together?"""

from __future__ import annotations

import re
from typing import Any

from indexer.article import Article, Comment, CommentNames, Section, article_id, full_comment_id
from indexer.html.completeness import Completeness
from indexer.html.head import Head
from indexer.html.report import HtmlReport
from indexer.html.source import SavedPage
from indexer.html.text.body import standfirst_of
from indexer.html.thread import FoundComment, PageThread
from indexer.reporting import plural
from indexer.times import Capture, When, when


def article_of(
    saved: SavedPage,
    head: Head,
    found: PageThread,
    sections: tuple[Section, ...],
    report: HtmlReport,
    completeness: Completeness,
    *,
    paged: bool,
) -> Article:
    """The article; what is doubtful in it is remarked in the report. paged: a part of a thread."""
    assert head.headline is not None, "a page without a title is no article"
    standfirst, sections = standfirst_of(head, sections)
    name = article_id(head.headline, head.date_published, head.url)
    comments = _comments(name, found, saved.capture, report)
    extra: dict[str, Any] = {}
    if not head.free:
        extra["isAccessibleForFree"] = False
        report.remark("partial", "article réservé aux abonnés : le texte peut être coupé")
    if completeness.remark is not None:
        report.remarks.append(completeness.remark)
    if not head.free or paged or completeness.partial:
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
        told = plural(head.wrong_scripts, "script", "scripts")
        report.remark("json_ld", f"{told} JSON-LD illisible{'s' * (head.wrong_scripts > 1)}")
    if head.wrong_dates:
        report.remark("dates", "modifié avant d'être publié : cette modification est ignorée")
    if head.date_published is None:
        report.remark("date", "article sans date")


_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SAYS = re.compile(r"(?i)\s*\b(?:a écrit|a dit|dit|says|said|wrote)?\s*[:,]+\s*$")


def _comments(
    article: str, found: PageThread, capture: Capture, report: HtmlReport
) -> tuple[Comment, ...]:
    names = CommentNames(article)
    by_name: dict[str, FoundComment] = {}
    ids: list[str] = []
    comments: list[Comment] = []
    again = private = undated = inferred = 0
    for one in found.comments:
        time = when(one.machine, one.shown, one.edited, capture)
        author = one.author or ""
        if _MAIL.search(author):
            private += 1
            author = _MAIL.sub("", author).strip(" <>()[]")
        author = _SAYS.sub("", author).strip()
        name = full_comment_id(article, one.native) if one.native else ""
        twin = by_name.get(name)
        if twin is not None and (twin.text, twin.author) == (one.text, one.author):
            # the page shows it twice: chosen above, then in its place
            again += 1
            ids.append(name)
            continue
        if not name or twin is not None:
            name = names.next(time.stable, author or None, one.text)
        by_name[name] = one
        ids.append(name)
        undated += bool(one.machine or one.shown) and not (time.stable and _dated(time))
        inferred += bool(time.inferred)
        parent = None
        if one.parent is not None:
            parent = ids[one.parent] if one.parent < len(ids) else None
        elif one.parent_native:
            parent = full_comment_id(article, one.parent_native)
        comments.append(_comment(name, parent, author or None, one, time))
    if again:
        report.remark("repeated", f"{plural(again, 'commentaire')} deux fois dans la page")
    if private:
        report.remark("private", "adresses de courriel laissées de côté")
    if undated:
        told = plural(undated, "date de commentaire", "dates de commentaires")
        report.remark("date", f"{told} pas comprise{'s' * (undated > 1)}")
    if inferred and capture.guessed:
        report.remark(
            "capture",
            f"date de capture prise de celle du fichier ({capture.day:%d/%m/%Y}) pour lire"
            f" {plural(inferred, 'date')} de commentaires ; --captured la donne",
        )
    return tuple(comments)


def _dated(time: When) -> bool:
    return bool(time.published or time.modified or time.earliest)


def _comment(
    name: str, parent: str | None, author: str | None, one: FoundComment, time: When
) -> Comment:
    return Comment(
        id=name,
        parent_id=parent if parent != name else None,
        author=author,
        author_role=one.role,
        date_published=time.published,
        date_modified=time.modified,
        date_precision=time.precision,
        date_shown=time.shown,
        date_earliest=time.earliest,
        date_latest=time.latest,
        edited=time.edited,
        headline=one.title,
        text=one.text,
        citation=one.quotes,
        extra={"links": list(one.links)} if one.links else {},
        url=one.url if one.url and one.url.startswith(("http://", "https://")) else None,
        anchor=one.anchor,
        status="deleted" if one.deleted else None,
        kind=one.kind if one.kind in ("pingback", "trackback") else None,
        upvote_count=one.votes_for,
        downvote_count=one.votes_against,
    )
