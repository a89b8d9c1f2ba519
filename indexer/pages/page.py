"""What article is in the text of a page, as copied or extracted from a site like Next?

The page either gives an article and a report of what was found, or `PageError` with that
same report: a text without title, date and body is no page, and nothing of it is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from indexer.article import Article, Section, article_id
from indexer.files import UNREADABLE, CapturedFile, open_bytes, unreadable
from indexer.pages.blocks import Blocks, find_blocks, glued_header, is_count, is_header
from indexer.pages.comments import ShownComment, make_comments, split_comments
from indexer.pages.contents import heading_like, match_headings, title_at
from indexer.pages.embeds import embeds
from indexer.pages.footer import without_footer
from indexer.pages.head import Head, is_button, read_head
from indexer.pages.joints import parted
from indexer.pages.report import PageReport, report_dates, report_head, report_lines, report_thread
from indexer.pages.twice import second_page
from indexer.reporting import Outcome, Rank, Remark, Skipped, plural
from indexer.text import Line, NotText, decode_plain, is_paywall, lines
from indexer.times import Capture, ShownDate, read_date, written

_LARGEST = 32 * 1024 * 1024
_MOST_LINES = 200_000
"""As many as an article may have passages."""


class PageError(ValueError):
    """This text is no page of an article. `report` says what was found all the same."""

    def __init__(self, report: PageReport) -> None:
        super().__init__(report.reason)
        self.report = report


@dataclass(frozen=True, slots=True)
class Page:
    """A page that was read."""

    article: Article
    report: PageReport


def read_page(data: bytes, capture: Capture) -> Page:
    """The article of a page, from its bytes and the date it was captured.

    >>> from datetime import date
    >>> text = "Titre\\nLe 02 décembre à 09h08\\nIA\\nUn corps.\\nCommentaires (1)\\nHier à 08h46"
    >>> article = read_page(text.encode(), Capture(date(2024, 12, 4))).article
    >>> article.date_published, article.comments[0].date_published
    ('2024-12-02T09:08:00+01:00', '2024-12-03T08:46:00+01:00')
    """
    report = PageReport()
    try:
        text, encoding, mixed = decode_plain(data)
    except NotText as error:
        raise _no_page(report, str(error)) from error
    if encoding == "cp1252":
        report.remark("encoding", "lu comme du Windows-1252 : ce n'est pas de l'UTF-8")
    if mixed:
        report.remark("encoding", "des octets ne sont pas de l'UTF-8 : texte abîmé ou coupé")
    written_lines = lines(text, _MOST_LINES + 1)
    if len(written_lines) > _MOST_LINES:
        most = plural(_MOST_LINES, "ligne")
        raise _no_page(report, f"plus de {most} : trop pour être le texte d'une page")
    page, apart = without_footer(parted(written_lines))
    if not page:
        raise _no_page(report, "le fichier est vide")
    head = read_head(page, len(page))
    if head.date is None:
        report.add("titre", head.title)
        report.missing += ["date", "corps"]
        raise _no_page(report, "ce n'est pas une page d'article : aucune date sous le titre")
    at = page.index(head.date)
    blocks = find_blocks(page, at, head.body)
    if first := title_at(page, at, blocks.contents):
        page, apart = page[first:], [*page[:first], *apart]
        head = read_head(page, len(page))
        at = page.index(head.date or page[at - first])
        blocks = find_blocks(page, at, head.body)
    report.add("titre", head.title)
    if _is_thread_alone(page, at, head, blocks):
        raise _no_page(report, "ce n'est pas une page d'article : des commentaires sans article")
    if other := second_page(page, at, blocks.end, blocks.comments, blocks.declared):
        number = other.number
        raise _no_page(
            report, f"deux pages à la suite (la seconde vers la ligne {number}), à séparer"
        )
    if blocks.contents is not None and blocks.contents.on_top:
        page = _without_contents(page, blocks)
    head = read_head(page, blocks.end, blocks.headings or ())
    return _assemble(page, head, blocks, apart, capture, report)


def _is_thread_alone(page: list[Line], at: int, head: Head, blocks: Blocks) -> bool:
    """Whether what looks like an article is a comment of a page that was cut above it."""
    if is_count(head.title.text) or glued_header(head.title.text):
        return blocks.contents is None
    lacks_article = blocks.comments is not None and blocks.comments_line is None
    has_head = head.reading or head.categories or blocks.contents
    return lacks_article and not has_head and is_header(page[at].text) and "/" in page[at].text


def _without_contents(page: list[Line], blocks: Blocks) -> list[Line]:
    """A page whose table of contents came before the body, without it."""
    assert blocks.contents is not None, "the table was found"
    start, stop = blocks.contents.start, blocks.contents.stop
    blocks.end -= stop - start
    if blocks.comments is not None:
        blocks.comments -= stop - start
    return page[:start] + page[stop:]


def _assemble(
    page: list[Line],
    head: Head,
    blocks: Blocks,
    apart: list[Line],
    capture: Capture,
    report: PageReport,
) -> Page:
    assert head.date is not None, "a page has a date"
    thread = page[blocks.comments : blocks.last] if blocks.comments is not None else []
    declared = blocks.declared if blocks.declared is not None else head.count
    shown_comments, unknown = split_comments(thread, declared)
    date = _article_date(head.date_text, shown_comments, capture)
    report_head(report, head)
    body, unread, partial = _body(page[head.body : blocks.end], blocks, report)
    if not body:
        report.missing.append("corps")
        raise _no_page(report, "ce n'est pas une page d'article : aucun texte sous la date")
    if date is None or date.start is None:
        report.missing.append("date")
        raise _no_page(report, f"la date « {head.date_text} » n'existe pas")
    sections = _sections(body, blocks, report)
    published = written(date.exact) if date.exact else _day(date)
    name = article_id(head.title.text, published)
    comments, dates = make_comments(name, shown_comments, capture)
    modified = read_date(head.modified.text, capture) if head.modified else None
    # what is not in this capture may be in another, which must not lose it
    partial |= blocks.comments is None or (declared or 0) > len(comments)
    article = Article(
        id=name,
        headline=head.title.text,
        alternative_headline=head.strapline.text if head.strapline else None,
        description="\n".join(line.text for line in head.standfirst) or None,
        article_section=tuple(line.text for line in head.categories),
        author=head.authors,
        date_published=published,
        date_modified=written(modified.start) if modified and modified.start else None,
        time_required=_duration(head.seconds),
        in_language="fr-FR",
        comment_count=declared,
        captured_at=capture.text,
        sections=tuple(sections),
        comments=tuple(comments),
        extra={"completeness": "partial"} if partial else {},
    )
    report_thread(report, blocks, shown_comments, declared)
    report_lines(report, [*head.unread, *unread, *blocks.unknown, *unknown, *apart])
    headers = [Line(comment.header.number, comment.shown) for comment in shown_comments]
    report_dates(report, capture, [(head.date, date), *zip(headers, dates, strict=True)])
    return Page(article, report)


def _body(
    body: list[Line], blocks: Blocks, report: PageReport
) -> tuple[list[Line], list[Line], bool]:
    """The lines that are the text, those below it that are not, and whether more was reserved."""
    walls = [at for at, line in enumerate(body) if is_paywall(line)]
    placed_headings, absent = match_headings(body, blocks.headings or ())
    if walls and placed_headings:
        # what headings follow was not cut there
        walls = [at for at in walls if at > max(placed_headings)]
    cut = min(walls, default=len(body))
    # the end of the table of contents is the end of the article
    partial = cut < len(body) or absent[-1:] == (blocks.headings or [])[-1:] != []
    if cut < len(body):
        report.remark("partial", "l'article est coupé : la suite est réservée", body[cut])
    body, unread = body[:cut], body[cut + 1 :]
    while body and is_button(body[-1]):
        unread.append(body.pop())
    return body, unread, partial


def _article_date(
    text: str, shown_comments: list[ShownComment], capture: Capture
) -> ShownDate | None:
    """Return the article's date, its year taken from the first comments, not the file's date."""
    date = read_date(text, capture)
    if date is None or date.start is None or date.inferred != "year" or not capture.guessed:
        return date
    dates = [read_date(comment.shown, capture) for comment in shown_comments]
    days = [
        shown_date.start.date()
        for shown_date in dates
        if shown_date and shown_date.start and not shown_date.inferred
    ]
    if not days:
        return date
    # a thread may have begun before the date that an article was given since
    nearest = min(capture.day, min(days) + timedelta(days=182))
    return read_date(text, Capture(nearest, guessed=True))


def _day(date: ShownDate) -> str:
    """The most likely day of a date that is not exact: "Il y a 3 heures" is today's, mostly."""
    assert date.start is not None, "a date that can be"
    assert date.end is not None, "a date that can be"
    return (date.start + (date.end - date.start) / 2).date().isoformat()


def _duration(total: int | None) -> str | None:
    if total is None:
        return None
    hours, remainder = divmod(total, 3600)
    parts = ((hours, "H"), (remainder // 60, "M"), (remainder % 60, "S"))
    return "PT" + ("".join(f"{count}{unit}" for count, unit in parts if count) or "0M")


def _sections(body: list[Line], blocks: Blocks, report: PageReport) -> list[Section]:
    places, unmatched = match_headings(body, blocks.headings or ())
    for entry in unmatched:
        report.remark("heading", f"« {entry.text} » est au sommaire, pas dans le corps", entry)
    if blocks.headings is None and (likely := heading_like(body)):
        message = "pas de sommaire : les intertitres ne sont pas reconnus, {} leur {}".format(
            plural(len(likely), "ligne"), "ressemble" if len(likely) == 1 else "ressemblent"
        )
        report.remark("toc", message, likely[0])
    sections = []
    # lines above the first heading are a section too, the only one without a headline
    starts = [*places] if 0 in places else [0, *places]
    for at, end in pairwise([*starts, len(body)]):
        heading = places.get(at)
        inside = body[at + 1 if heading else at : end]
        headline = heading.text if heading else None
        text = "\n".join(line.text for line in inside)
        sections.append(Section(headline, text, embeds=embeds(inside)))
        report.add(f"section {len(sections) - (0 not in places)}", body[at:end], headline or "")
    return sections


def _no_page(report: PageReport, reason: str) -> PageError:
    report.reason = reason
    return PageError(report)


class PageFormat:
    """The reader of page texts."""

    name = "page"
    rank = Rank.TEXT

    def fits(self, head: bytes) -> bool:
        """Any text can be a page; `read` says whether it is."""
        return True

    def read(self, file: CapturedFile) -> Iterator[Outcome]:
        """The page's article, after its remarks; or why it is none."""
        try:
            page = read_page(_bytes_of(file), file.capture)
        except PageError as error:
            yield Skipped(file.name, str(error))
            return
        for remark in page.report.remarks:
            yield Remark(remark.kind, remark.message, file.name, remark.line)
        yield page.article


def account(file: CapturedFile) -> PageReport:
    """What is found in a page, whether it makes an article or not."""
    try:
        return read_page(_bytes_of(file), file.capture).report
    except PageError as error:
        return error.report


def _bytes_of(file: CapturedFile) -> bytes:
    try:
        with open_bytes(file.path) as opened:
            data = opened.read(_LARGEST + 1)
    except UNREADABLE as error:
        raise _no_page(PageReport(), unreadable(error)) from error
    if len(data) > _LARGEST:
        raise _no_page(PageReport(), "trop gros pour être le texte d'une page")
    return data
