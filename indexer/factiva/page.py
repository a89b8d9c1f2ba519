"""Which article is in each document of a page saved from Factiva?

Public parsers (tm.plugin.factiva 1.8, newspapers 0.4) tell its two forms: rows of a table, each
under a code of two letters (HD, BY, PD, TD…), or lines without codes, of which the number of words
comes before the day and the source. The source is the publisher, the number at the foot
(`LCDP000020240302ek320001x`) the article's name: the same article saved twice is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import islice
from typing import IO, Any, NamedTuple

from indexer.article import Article, article_id
from indexer.files import CapturedFile, FileFormat, outer_html, whole_page
from indexer.markup import line, sections
from indexer.reporting import Outcome, Rank, Skipped, plural
from indexer.threads import byline_names, identifier
from indexer.times import NO_CAPTURE, shown_dates

_FACTIVA = re.compile(rb"<div\b[^<>]{0,200}\bclass=[\"']article \w{2}Article\b")
_DOCUMENT = re.compile(r"article \w{2}Article\b")
_CODE = re.compile(r"[A-Z]{2,3}")
_WORDS = re.compile(r"(\d[\d\s.,]*)(?:mots?|words?)\b", re.IGNORECASE)
_CLOCK = re.compile(r"\d{1,2}:\d\d")
_NUMBER = re.compile(r"Document\s+([A-Za-z]{2,12}\d{10,}\w*)")
_MOST_LINES = 40
"""Above the text of a document; a few are usual."""


class FactivaFormat(FileFormat):
    """The reader of pages saved from Factiva."""

    name = "factiva"
    rank = Rank.EXPORT

    def fits(self, head: bytes) -> bool:
        """Return whether the file is a page with Factiva's documents.

        >>> FactivaFormat().fits(b'<html><div id="article-A" class="article frArticle">')
        True
        """
        return _FACTIVA.search(head) is not None

    def outcomes(self, file: CapturedFile, opened: IO[bytes]) -> Iterator[Outcome]:
        """Its articles; a document without a title or a text is told of."""
        root = whole_page(opened, file.name)
        if isinstance(root, Skipped):
            yield root
            return
        documents = [div for div in root.iter("div") if _is_document(div)]
        documents = [
            div for div in documents if not any(map(_is_document, div.iterancestors("div")))
        ]
        articles = [article for div in documents if (article := _article(div, file)) is not None]
        yield from articles
        if unreadable := len(documents) - len(articles):
            yield Skipped(file.name, f"{plural(unreadable, 'document')} sans titre ou sans texte")


class _Members(NamedTuple):
    """What a document says, in either form."""

    headline: str
    byline: str
    words: str
    day: str
    source: str
    section: str
    page: str
    body: str


def _is_document(div: Any) -> bool:
    return _DOCUMENT.match(div.get("class") or "") is not None


def _article(div: Any, file: CapturedFile) -> Article | None:
    members = _coded(div) or _lined(div)
    body = sections(members.body)
    if not members.headline or not body:
        return None
    days = [day.start for day in shown_dates(members.day, NO_CAPTURE) if day.start]
    published = days[0].date().isoformat() if days else None
    number = _NUMBER.search(line(outer_html(div)))
    words = _WORDS.match(members.words)
    digits = re.sub(r"\D", "", words[1]) if words else ""
    extra = {"wordCount": int(digits) if digits else None, "pagination": members.page or None}
    return Article(
        id=identifier(f"factiva:{number[1]}")
        if number
        else article_id(members.headline, published),
        headline=members.headline[:500],
        article_section=(members.section,) if members.section else (),
        author=byline_names(members.byline),
        date_published=published,
        publisher=members.source[:200] or None,
        captured_at=file.capture.text,
        sections=body,
        extra={name: value for name, value in extra.items() if value is not None},
    )


def _coded(div: Any) -> _Members | None:
    """The members of a table, by their codes; None without one."""
    cells: dict[str, Any] = {}
    for row in div.iter("tr"):
        pair = row.findall("td")
        if len(pair) == 2 and _CODE.fullmatch(code := line(outer_html(pair[0]))):
            cells.setdefault(code, pair[1])
    if "HD" not in cells:
        return None
    text_of = partial(_text_of, cells)
    return _Members(
        headline=text_of("HD"),
        byline=text_of("BY"),
        words=text_of("WC"),
        day=text_of("PD"),
        source=text_of("SN"),
        section=text_of("SE"),
        page=text_of("PG"),
        body="".join(_inside(cells[code]) for code in ("LP", "TD") if code in cells),
    )


def _text_of(cells: Mapping[str, Any], code: str) -> str:
    return line(outer_html(cells[code])) if code in cells else ""


def _lined(div: Any) -> _Members:
    """The members of lines without codes: words, day, an hour sometimes, then the source."""
    headlines = [
        node for node in div.iter("span", "div") if "Headline" in (node.get("class") or "")
    ]
    titled = next(iter(headlines), None)
    if titled is None:
        titled = next((node for node in div.iter("div") if node.get("id") == "hd"), None)
    signed = [node for node in div.iter("div") if node.get("class") == "author"]
    bare = islice((node for node in div.iter("div") if not node.attrib), _MOST_LINES)
    lines = [" ".join("".join(islice(node.itertext(), _MOST_LINES)).split()) for node in bare]
    at = next((place for place, text in enumerate(lines) if _WORDS.match(text)), len(lines))
    after_title = [*lines[at : at + 4], "", "", ""]
    source = next((text for text in after_title[2:] if not _CLOCK.fullmatch(text)), "")
    paragraphs = [p for p in div.iter("p") if "articleParagraph" in (p.get("class") or "")]
    return _Members(
        headline="" if titled is None else line(outer_html(titled)),
        byline=line(outer_html(signed[0])) if signed else "",
        words=after_title[0],
        day=after_title[1],
        source=source,
        section="",
        page="",
        body="".join(
            outer_html(p) for p in paragraphs if not _NUMBER.fullmatch(line(outer_html(p)).strip())
        ),
    )


def _inside(element: Any) -> str:
    """What a cell holds, as blocks of their own."""
    return f"<div>{element.text or ''}{''.join(map(outer_html, element))}</div>"
