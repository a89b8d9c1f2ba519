"""Which article, and which comments of its readers, are in an HTML page, saved or crawled?

The page is cut in three: what it says of its article (`metadata`), its comments (`comments`, and
`finder` where no adapter knows them), and what is left, from which the body is taken (`text`). A
page without an article is skipped with what was found in it and what was not.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from indexer.article import Article, same
from indexer.html.article_pages import is_one_of_pages
from indexer.html.comments.adapters import Adapter, known_adapters
from indexer.html.comments.completeness import completeness_of
from indexer.html.comments.month_first import with_days_read
from indexer.html.comments.page_comments import find_comments, or_in_scripts
from indexer.html.comments.pending import pending_comments
from indexer.html.comments.thread import PageThread
from indexer.html.comments.topic import has_more_pages, is_first_page, with_opening
from indexer.html.comments.unread_comments import shown_by_script, signatures_of
from indexer.html.consent import consent_dialogs
from indexer.html.elements import take_away
from indexer.html.finder.announced import announcements
from indexer.html.finder.leading_dates import part_at_leading_dates
from indexer.html.finder.parted_by_rules import join_at_rules, part_at_rules
from indexer.html.finder.signed_messages import part_at_signatures
from indexer.html.finder.thread_finder import has_marked_thread
from indexer.html.made_article import article_of
from indexer.html.metadata.authors import doubted_names
from indexer.html.metadata.dates import guessed_date, shown_date, shown_edit
from indexer.html.metadata.head import Head, read_head, without_commenters
from indexer.html.metadata.title import set_title_apart
from indexer.html.no_article import why_no_article
from indexer.html.parts import PageParts
from indexer.html.report import HtmlReport, account_for
from indexer.html.saved.frames import frames_left
from indexer.html.saved.source import NotHtml, SavedPage, read_saved
from indexer.html.text.body import MOST_ELEMENTS, Body, read_body
from indexer.html.text.unfolding import unfold
from indexer.html.unseen import hide_by_sheets
from indexer.reporting import plural, shorten
from indexer.times import Capture, instant


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

    url, charset: as the archive around the page gives them. Raises NoExtractor without trafilatura.

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
    _remark_frames(saved.root, report)
    dialogs = consent_dialogs(saved.root)
    for dialog in dialogs:
        take_away(dialog)
    parts = _read_parts(saved, known_adapters() if adapters is None else adapters, report)
    account_for(report, parts)
    if reason := why_no_article(parts):
        consent_note = " ; elle demande d'abord d'accepter des cookies" if dialogs else ""
        report.reason = f"{reason}{consent_note}"
        return HtmlPage(None, report)
    return HtmlPage(article_of(parts, report), report)


def _read_parts(saved: SavedPage, adapters: Sequence[Adapter], report: HtmlReport) -> PageParts:
    """Read the head of a page, its thread, then the text around it. Alters the tree."""
    root = saved.root
    site_heading = set_title_apart(root)
    head = read_head(root, saved.url, site_heading)
    unread = shown_by_script(root)
    between_rules = _prepare(root)
    paged = _has_pages_of_comments(root, head.url)
    announced = announcements(root, head.url)
    _without_pending(root, report)
    thread, accounts = find_comments(root, adapters, announced, head.author)
    thread = with_days_read(or_in_scripts(thread, head), saved.capture)
    parts = PageParts(saved, head, thread, accounts, paged=paged)
    if thread.topic:
        parts = _with_opening(parts)
    completeness = completeness_of(root, parts.thread, announced, parts.head, unread)
    parts = parts._replace(completeness=completeness)
    if signatures := signatures_of(root):
        report.remark("signatures", f"{signatures} d'une pétition dans la page, pas lues")
    for element in thread.around:
        take_away(element)
    join_at_rules(between_rules)
    return parts if thread.topic else _with_text(parts, report)


def _with_opening(parts: PageParts) -> PageParts:
    """Return the parts of a topic's page, whose first message is the article."""
    root = parts.saved.root
    parts = parts._replace(paged=has_more_pages(root))
    if not is_first_page(root):
        return parts
    head, thread, sections = with_opening(parts.head, parts.thread, parts.saved.capture)
    return parts._replace(head=head, thread=thread, body=Body(sections, by="first message"))


def _with_text(parts: PageParts, report: HtmlReport) -> PageParts:
    """Return the parts with the text around the thread, and what the page shows of its head."""
    root, head, completeness = parts.saved.root, parts.head, parts.completeness
    if _is_piece(root, head, parts.thread, report):
        completeness = replace(completeness, partial=True)
    head = without_commenters(root, head) if parts.thread.comments else head
    head = _with_shown(parts.saved, head, report)
    body = _body(root, head, report)
    _remark_left_out(body, report)
    head = replace(head, free=head.free and not body.cut)
    return parts._replace(head=head, completeness=completeness, body=body)


def _prepare(root: Any) -> list[Any]:
    """Leave in a page what its readers may see, each message in an element of its own.

    Return those that rules part.
    """
    hide_by_sheets(root)
    unfold(root)
    _without_scripts(root)
    between_rules = part_at_rules(root)
    part_at_signatures(root)
    part_at_leading_dates(root)
    return between_rules


def _is_piece(root: Any, head: Head, thread: PageThread, report: HtmlReport) -> bool:
    """Whether a page, without its thread, shows that more of the article is to be read."""
    other_thread = bool(thread.comments) and has_marked_thread(root)
    if other_thread:
        report.remark("comments", "un autre fil semble être dans la page, et n'a pas été lu")
    one_of_pages = is_one_of_pages(root, head.url)
    if one_of_pages:
        report.remark("partial", "article en plusieurs pages, dont celle-ci n'est qu'une")
    return other_thread or one_of_pages


def _with_shown(saved: SavedPage, head: Head, report: HtmlReport) -> Head:
    """Return the head with the dates that the page shows, where it lacks them."""
    if head.date_published is None:
        head = _dated_by_page(saved, head)
    if head.date_modified is None:
        head = _edited_by_page(saved, head)
    if not head.author and (names := doubted_names(saved.root)):
        listed = ", ".join(names)
        report.remark("author", f"« {listed} » : plutôt une rubrique qu'un nom, sans auteur")
    return head


_OF_COMMENTS = re.compile(
    r"(?:/comment-page-|[?&]cpage=)(?!1\b)\d{1,9}\b"
    # of the first page, what leads to a comment says so too
    r"|(?:/comment-page-1/?|[?&]cpage=1)#comments\b"
    # SPIP names the list that it cuts, Drupal leads to the thread of the next page
    r"|[?&]debut_(?:forums?|comments?)\w*=(?!0\b)@?\d{1,9}|[?&]page=[1-9]\d{0,8}#comments?\b"
)

_PART = re.compile(r"[?&](?:debut_\w+|page)=@?\d+")


def _has_pages_of_comments(root: Any, url: str | None) -> bool:
    """Whether this page is one of several that hold the thread."""
    if url is None:
        return False
    hrefs = (link.get("href") or "" for link in root.iter("a", "link"))
    return any(
        _OF_COMMENTS.search(href) and same(urljoin(url, _PART.sub("", href)), url) for href in hrefs
    )


def _dated_by_page(saved: SavedPage, head: Head) -> Head:
    """Return the head with the date that the page shows, else the one that htmldate finds."""
    date, by = shown_date(saved.root, saved.capture, head.url), "page"
    if date is None:
        date, by = guessed_date(copy.deepcopy(saved.root), head.url, saved.capture), "htmldate"
    return replace(head, date_published=date, by={**head.by, "date": by}) if date else head


def _edited_by_page(saved: SavedPage, head: Head) -> Head:
    """Return the head with the date of the edit that the page shows, if it is a later one."""
    edit, published = shown_edit(saved.root, saved.capture), head.date_published
    if edit is None or (published is not None and instant(edit) <= instant(published)):
        return head
    return replace(head, date_modified=edit, by={**head.by, "modification": "page"})


def _remark_frames(root: Any, report: HtmlReport) -> None:
    left = frames_left(root)
    if left:
        count = plural(len(left), "cadre laissé de côté", "cadres laissés de côté")
        length = plural(sum(length for _, length in left), "caractère")
        address = f" ({shorten(left[0][0], 60)})" if left[0][0] else ""
        report.remark("frames", f"{count}{address} : {length}")


def _without_pending(root: Any, report: HtmlReport) -> None:
    """Take away the comments that wait for a moderator."""
    pending = pending_comments(root)
    for element in pending:
        take_away(element)
    if pending:
        count = plural(len(pending), "commentaire")
        report.remark("unpublished", f"{count} en attente de modération laissé de côté")


def _remark_left_out(body: Body, report: HtmlReport) -> None:
    if body.credits:
        count = plural(len(body.credits), "crédit")
        report.remark("credits", f"{count} de photo hors du texte (« {body.credits[0]} »)")
    if body.paragraphs_beside:
        length = plural(sum(map(len, body.paragraphs_beside)), "caractère")
        beginning = shorten(body.paragraphs_beside[0], 60)
        report.remark("beside", f"{length} de texte hors de l'article (« {beginning} »)")


_EDIT_LINKS = "//*[contains(concat(' ', @class, ' '), 'editsection ')]"
"""What MediaWiki writes after each heading: « [modifier | modifier le code] »."""


def _without_scripts(root: Any) -> None:
    for element in [*root.iter("script", "style", "template"), *root.xpath(_EDIT_LINKS)]:
        take_away(element)


def _body(root: Any, head: Head, report: HtmlReport) -> Body:
    count = sum(1 for _ in root.iter(etree.Element))
    body = read_body(root, head, heuristics=count <= MOST_ELEMENTS)
    if count > MOST_ELEMENTS and not body.sections:
        report.remark("body", f"corps laissé de côté : page de {plural(count, 'élément')}")
    return body
