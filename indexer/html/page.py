"""Which article, and which comments of its readers, are in an HTML page, saved or crawled?

The page is cut in three: its head (`html_head`), its comments, found by adapters
(`html_comments`), and what is left, from which the body is taken (`html_body`). A page
without an article is skipped with what was found in it and what was not.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree

from indexer.article import (
    Article,
    Comment,
    CommentNames,
    Section,
    article_id,
    full_comment_id,
    same,
)
from indexer.files import DAMAGED, CannotInflate, CapturedFile, open_bytes
from indexer.html import json_ld
from indexer.html.adapters import Adapter, known_adapters
from indexer.html.body import MOST_ELEMENTS, NoExtractor, read_sections, standfirst_of
from indexer.html.comments import Account, Found, FoundComment, find_comments
from indexer.html.head import Head, guessed_date, read_head, shown_date
from indexer.html.source import LARGEST_PAGE, NotHtml, SavedPage, read_saved
from indexer.markup import html_text
from indexer.reporting import Outcome, Rank, Remark, Skipped, plural, shorten
from indexer.times import Capture, When, when

_ENOUGH = 600
"""Characters of a text that is an article though nothing around it says so."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Something found in a page: how many times, by which witness or selector, and one value."""

    what: str
    by: str
    value: str
    count: int = 1


@dataclass
class HtmlReport:
    """The account of one page, for `glose check`. `reason`: why it is no article."""

    found: list[Seen] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    reason: str | None = None

    def add(self, what: str, value: object, by: str = "page", count: int = 1) -> None:
        """Note something found, or missing when the value is blank."""
        if value in (None, "", 0, ()):
            self.missing.append(what)
        else:
            told = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
            self.found.append(Seen(what, by, told, count))

    def remark(self, kind: str, message: str) -> None:
        self.remarks.append(Remark(kind, message))

    def as_json(self) -> dict[str, Any]:
        """The account as plain data."""
        return {
            "reason": self.reason,
            "found": [
                {"what": one.what, "by": one.by, "count": one.count, "value": one.value}
                for one in self.found
            ],
            "missing": self.missing,
            "warnings": [{"kind": one.kind, **one.as_json()} for one in self.remarks],
        }


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """A page that was read; `article` is None when it holds none."""

    article: Article | None
    report: HtmlReport


def read_html(
    data: bytes,
    capture: Capture,
    adapters: Sequence[Adapter] | None = None,
    *,
    url: str | None = None,
    charset: str | None = None,
) -> HtmlPage:
    """The article of a page, from its bytes.

    url, charset: what the archive around the page tells. NoExtractor: trafilatura is missing.

    >>> from datetime import date
    >>> page = read_html(b"<title>Sora</title>", Capture(date(2024, 12, 4)))
    >>> page.article, page.report.reason
    (None, "pas d'article : titre trouvé ; date, corps et commentaires pas trouvés")
    """
    report = HtmlReport()
    try:
        saved = read_saved(data, capture, url, charset)
    except NotHtml as error:
        report.reason = str(error)
        return HtmlPage(None, report)
    head = read_head(saved.root, saved.url)
    _without_scripts(saved.root)
    paged = _has_pages_of_comments(saved.root, head.url)
    found, tried = find_comments(saved.root, known_adapters() if adapters is None else adapters)
    found = _or_in_scripts(found, head)
    for element in found.around:
        _take_away(element)
    if head.date_published is None:
        head = _dated_by_page(saved, head)
    sections = _sections(saved.root, head, report)
    _account(report, saved, head, found, tried, sections)
    if reason := _no_article(head, found, sections):
        report.reason = reason
        return HtmlPage(None, report)
    return HtmlPage(_article(saved, head, found, sections, report, paged=paged), report)


_OF_COMMENTS = re.compile(r"(?:/comment-page-|[?&]cpage=)(?!1\b)\d{1,9}\b")


def _has_pages_of_comments(root: Any, url: str | None) -> bool:
    """Whether the thread goes over several pages, of which this is one."""
    if url is None:
        return False
    told = (link.get("href") or "" for link in root.iter("a", "link"))
    return any(_OF_COMMENTS.search(href) and same(urljoin(url, href), url) for href in told)


def _dated_by_page(saved: SavedPage, head: Head) -> Head:
    """A head that nothing dates for machines, dated by what the page shows, or by htmldate."""
    told, by = shown_date(saved.root, saved.capture), "page"
    if told is None:
        told, by = guessed_date(copy.deepcopy(saved.root), head.url, saved.capture), "htmldate"
    return replace(head, date_published=told, by={**head.by, "date": by}) if told else head


def _without_scripts(root: Any) -> None:
    for element in list(root.iter("script", "style", "template")):
        _take_away(element)


def _take_away(element: Any) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _sections(root: Any, head: Head, report: HtmlReport) -> tuple[Section, ...]:
    count = sum(1 for _ in root.iter(etree.Element))
    if count > MOST_ELEMENTS:
        report.remark("body", f"corps laissé de côté : page de {plural(count, 'élément')}")
        return ()
    return read_sections(root, head)


def _or_in_scripts(found: Found, head: Head) -> Found:
    """The comments of JSON-LD, when it has more of them than the page shows."""
    if head.node is None:
        return found
    told = list(json_ld.comments(head.node))
    account = Account("JSON-LD", declared=head.comment_count, declared_by="JSON-LD")
    comments = [_from_script(one, parent) for one, parent in told]
    if sum(bool(one.text) for one in comments) <= len(found.comments):
        return found
    for comment in comments:
        account.note("body", "text", comment.text)
        if comment.author:
            account.note("author", "author", comment.author)
        if comment.machine:
            account.note("date", "dateCreated", comment.machine[0])
    account.items = len(comments)
    return Found(tuple(comments), account, found.around)


def _from_script(node: dict[str, Any], parent: int | None) -> FoundComment:
    text = node.get("text") or node.get("commentText") or node.get("description") or ""
    text = text if isinstance(text, str) else ""
    words = html_text.words(text, breaks="<" not in text)
    url = json_ld.text(node.get("url")) or json_ld.text(node.get("@id")) or ""
    name = json_ld.text(node.get("identifier")) or url.partition("#")[2]
    native = re.search(r"(\d+)$", name)
    dates = (json_ld.text(node.get(one)) for one in ("dateCreated", "datePublished"))
    answered = (json_ld.text(node.get("parentItem")) or "").partition("#")[2]
    above = re.search(r"(\d+)$", answered)
    return FoundComment(
        native=native[1] if native else None,
        author=json_ld.text(node.get("author")),
        machine=tuple(filter(None, dates)),
        edited=json_ld.text(node.get("dateModified")) or "",
        title=json_ld.text(node.get("headline")),
        text=words.text,
        quotes=words.quotes,
        parent=parent,
        parent_native=above[1] if above else None,
        url=url if url.startswith(("http://", "https://")) else None,
        votes_for=_votes(node.get("upvoteCount")),
        votes_against=_votes(node.get("downvoteCount")),
    )


def _votes(value: Any) -> int | None:
    return value if isinstance(value, int) and value >= 0 else None


_MEMBERS = {
    "id": "numéro",
    "author": "auteur",
    "role": "rôle",
    "date": "date",
    "edited": "modifié",
    "title": "titre",
    "body": "texte",
    "kind": "sorte",
    "deleted": "supprimé",
    "url": "adresse",
    "votes_for": "votes pour",
    "votes_against": "votes contre",
}


def _account(
    report: HtmlReport,
    saved: SavedPage,
    head: Head,
    found: Found,
    tried: Sequence[Account],
    sections: Sequence[Section],
) -> None:
    """What each witness and each selector found, in the order of a page."""
    by = head.by
    report.add("titre", head.headline, by.get("titre", ""))
    report.add("accroche", head.alternative_headline, "JSON-LD")
    report.add("chapô", head.description, by.get("chapô", ""))
    report.add("auteur", head.author, by.get("auteur", ""), len(head.author))
    report.add("date", head.date_published, by.get("date", ""))
    report.add("modification", head.date_modified, by.get("modification", ""))
    report.add("rubriques", head.article_section, by.get("rubriques", ""))
    report.add("mots-clés", head.keywords, by.get("mots-clés", ""))
    report.add("adresse", head.url)
    report.add("capture", saved.capture.text, saved.captured_by or _capture_by(saved.capture))
    for place, section in enumerate(sections):
        size = plural(len(section.text), "caractère")
        named = f"{section.headline} ({size})" if section.headline else size
        report.add(f"section {place}", named, "trafilatura")
    if not sections:
        report.missing.append("corps")
    for account in tried:
        report.add("adaptateur", plural(account.items, "commentaire"), account.adapter)
    account = found.account
    if not found.comments:
        report.missing.append("commentaires")
    else:
        report.add("commentaires", account.adapter, account.adapter, len(found.comments))
    for member, name in _MEMBERS.items():
        if count := account.counts.get(member):
            value = shorten(account.samples[member].replace("\n", " "), 60)
            report.found.append(Seen(f"· {name}", account.by[member], value, count))
    answers = sum(c.parent is not None or bool(c.parent_native) for c in found.comments)
    if answers:
        report.found.append(Seen("· réponses", "", "", answers))
    if account.declared is not None:
        told = f"{plural(account.declared, 'annoncé')}, {plural(len(found.comments), 'lu')}"
        report.add("nombre annoncé", told, account.declared_by)


def _capture_by(capture: Capture) -> str:
    return "date du fichier" if capture.guessed else "indiquée"


def _no_article(head: Head, found: Found, sections: Sequence[Section]) -> str | None:
    """Why a page is no article, with what it has and has not; None when it is one."""
    length = sum(len(section.text) for section in sections)
    likely = head.is_article or (
        head.is_article is None and length >= (_ENOUGH if head.date_published is None else 200)
    )
    if head.is_article is None and head.url and urlsplit(head.url).path == "/":
        # nothing says so, and the address is that of the whole site
        likely = False
    has_words = bool(length or found.comments or (head.is_article and head.description))
    if head.headline and has_words and (likely or found.comments):
        return None
    if head.is_article is False and length:
        return "pas d'article : cette page dit être une liste, ou l'accueil d'un site"
    told = {
        "titre": head.headline,
        "date": head.date_published,
        "corps": length,
        "commentaires": found.comments,
    }
    has = [name for name, value in told.items() if value]
    lacks = [name for name, value in told.items() if not value]
    short = (
        f"{plural(length, 'caractère')} de corps, c'est trop peu" if length and not likely else ""
    )
    sentences = [_listing(has, "trouvé"), _listing(lacks, "pas trouvé"), short]
    return "pas d'article : " + " ; ".join(filter(None, sentences))


def _listing(names: Sequence[str], state: str) -> str:
    if not names:
        return ""
    if len(names) == 1:
        return f"{names[0]} {state}{'s' * names[0].endswith('ires')}"
    return f"{', '.join(names[:-1])} et {names[-1]} {state}s"


def _article(
    saved: SavedPage,
    head: Head,
    found: Found,
    sections: tuple[Section, ...],
    report: HtmlReport,
    *,
    paged: bool,
) -> Article:
    assert head.headline is not None, "a page without a title is no article"
    standfirst, sections = standfirst_of(head, sections)
    name = article_id(head.headline, head.date_published, head.url)
    comments = _comments(name, found, saved.capture, report)
    account = found.account
    declared = account.declared if account.declared is not None else head.comment_count
    extra: dict[str, Any] = {}
    if not head.free:
        extra["isAccessibleForFree"] = False
        report.remark("partial", "article réservé aux abonnés : le texte peut être coupé")
    if declared is not None and declared != len(found.comments):
        told = plural(declared, "commentaire annoncé", "commentaires annoncés")
        report.remark("comment_count", f"{told}, {len(found.comments)} dans la page")
    if not head.free or paged or (declared or 0) > len(found.comments):
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
        comment_count=declared,
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
    article: str, found: Found, capture: Capture, report: HtmlReport
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
        url=one.url if one.url and one.url.startswith(("http://", "https://")) else None,
        anchor=one.anchor,
        status="deleted" if one.deleted else None,
        kind=one.kind if one.kind in ("pingback", "trackback") else None,
        upvote_count=one.votes_for,
        downvote_count=one.votes_against,
    )


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
        """Whether this begins as a page, after what saving tools put first.

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
    except CannotInflate as error:
        return Skipped(file.name, str(error))
    except DAMAGED:
        return Skipped(file.name, "fichier compressé endommagé ou tronqué")
    return data
