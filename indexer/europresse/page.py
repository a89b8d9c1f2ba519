"""Which article is in each `<article>` of a page saved from Europresse?

The forms of 2015 (`div.docAuthors`, `div.DocText`) and of today (`rdp__…`) are one reading: by
classes that both have. The newspaper is the publisher, and the number at the foot
(`news·20241224·LM·…`) is the article's name: the same article saved twice is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, Any

from indexer.article import Article, Section, article_id
from indexer.europresse.elements import article_elements
from indexer.europresse.header import read_header
from indexer.files import CapturedFile, FileFormat, PrefixedFile, outer_html, page_tree
from indexer.markup import line, sections
from indexer.reporting import Outcome, Rank, Remark, Skipped, plural
from indexer.threads import display_name, identifier
from indexer.times import machine_time

_EUROPRESSE = re.compile(rb"<\w{1,20}\b[^<>]{0,200}\b(?:DocPublicationName|publiC-lblNodoc)\b")
"""In a tag: a page may well write about Europresse's classes."""
_SAVED_FROM = re.compile(
    rb"(?:saved from url=\(\d{1,6}\)|\burl:\s*)https?://[^\s/]{0,100}europresse[.-]", re.IGNORECASE
)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})")
_NUMBER = re.compile(r"[\w-]+·(\d{4})(\d\d)(\d\d)·\S+")
_ISSUE = re.compile(
    r"\s*,\s*(?=(?:no|n°|nº|num[ée]ro|vol|issue|ed|[ée]d)\b\.?|\d)(?P<issue>.*)",
    re.IGNORECASE | re.DOTALL,
)
_ISSUE_NUMBER = re.compile(r"(?:no|n°|nº|num[ée]ro|issue)\.?\s*(\d[\d\w-]{0,20})", re.IGNORECASE)
_EMAIL = re.compile(r"[(<\[]?\s*[^\s@()<>;,]+@[^\s@()<>;,]+\.\w+\s*[)>\]]?")
_BY = re.compile(r"(?:(?:propos recueillis )?par|by|de notre \w+)\s+(?=\S)", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*[;/•|]\s*")
_BETWEEN_NAMES = re.compile(r"\s*,\s*|\s+(?:et|and|avec)\s+")
_APPEARED = re.compile(
    r"cet article est paru dans|this article (?:was published|appeared) in", re.I
)
_ESCAPED = re.compile(r"</?(?:p|br|mark|b|i|em)\s*/?>", re.IGNORECASE)


class EuropresseFormat(FileFormat):
    """The reader of pages saved from Europresse."""

    name = "europresse"
    rank = Rank.EXPORT

    def fits(self, head: bytes) -> bool:
        """Return whether the file is a page with Europresse's own classes, or saved from its site.

        >>> EuropresseFormat().fits(b'<article><span class="DocPublicationName">Le Courrier')
        True
        >>> EuropresseFormat().fits(b"<pre>&lt;span class='DocPublicationName'&gt;</pre>")
        False
        """
        bare = head.replace(b"\0", b"")
        if b"<" not in bare[:1024] or bare.lstrip()[:1] in (b"{", b"["):
            return False
        return (_EUROPRESSE.search(bare) or _SAVED_FROM.search(bare)) is not None

    def outcomes(self, file: CapturedFile, opened: IO[bytes]) -> Iterator[Outcome]:
        """Its articles; what is cut, or is no article of a newspaper, is left aside."""
        head = opened.read(65536)
        declared = _CHARSET.search(head)
        charset = declared[1].decode("ascii") if declared else None
        articles_read = other_elements = 0
        for element in article_elements(PrefixedFile(head, opened)):
            if not element.is_whole:
                yield Skipped(
                    file.name,
                    f"article {articles_read + other_elements + 1} tronqué : il n’a pas de fin",
                )
                continue
            document = _Document(element.data, charset)
            article = document.article(file.capture.text)
            if article is None:
                other_elements += 1
            else:
                articles_read += 1
                yield article
        if other_elements:
            message = plural(
                other_elements,
                "élément sans titre ni journal laissé",
                "éléments sans titre ni journal laissés",
            )
            yield Remark("other_kinds", f"{message} de côté", file.name)
        elif not articles_read:
            yield Skipped(
                file.name,
                "aucun article : dans Europresse, cochez les documents, puis « Enregistrer » "
                "en HTML",
            )


class _Document:
    """One `<article>` of the page."""

    def __init__(self, data: bytes, charset: str | None) -> None:
        self._root = page_tree(data, charset)
        self._classes: dict[str, list[Any]] = {}
        for element in self._root.iter():
            for name in (element.get("class") or "").split():
                self._classes.setdefault(name, []).append(element)

    def _all(self, name: str) -> list[Any]:
        """The elements of a class, in their order."""
        return self._classes.get(name, [])

    def _line(self, *names: str) -> str:
        """The text of the first class of these that says something, as one line."""
        for name in names:
            for element in self._all(name):
                if text := line(outer_html(element)):
                    return text
        return ""

    def article(self, captured: str) -> Article | None:
        """What it holds; None when it has neither a title nor a newspaper."""
        publisher, issue = _publisher(self._line("DocPublicationName"))
        headline, subtitle = self._titles()
        if not headline and not publisher:
            return None
        header = read_header(self._line("DocHeader") or self._header())
        number = _NUMBER.search(self._line("publiC-lblNodoc", "PubliC_lblNodoc"))
        published = header.published
        if published is None and number:
            published = machine_time("-".join(number.groups()))
        body, url = self._body()
        headline = headline or (body[0].text.partition("\n")[0][:80] if body else "Sans titre")
        numbered = identifier(f"europresse:{number[0]}") if number else None
        extra = {"wordCount": header.words, "pagination": header.page, "issueNumber": issue}
        return Article(
            id=numbered or article_id(headline, published, url),
            headline=headline,
            url=url,
            alternative_headline=subtitle,
            article_section=(header.section,) if header.section else (),
            author=self._authors(),
            date_published=published,
            publisher=publisher,
            captured_at=captured,
            sections=body,
            extra={name: value for name, value in extra.items() if value is not None},
        )

    def _header(self) -> str:
        """The whole line of the day, where it has no class of its own (reports)."""
        return " ".join(line(outer_html(header)) for header in self._root.iter("header"))[:2000]

    def _titles(self) -> tuple[str, str | None]:
        """The title, and the line above or under it."""
        title = self._line("titreArticleVisu", "TitreArticleVisu", "grandTitre", "titreArticle")
        inside = self._titled()
        beside = (*self._all("rdp__subtitle"), *self._all("sm-margin-bottomNews"))
        other_lines = (line(outer_html(element)) for element in beside if element in inside)
        return title[:500], next((text for text in other_lines if text and text != title), None)

    def _titled(self) -> set[Any]:
        """What is in the box of the title."""
        return {element for box in self._all("titreArticle") for element in box.iter()}

    def _authors(self) -> tuple[str, ...]:
        """Return its authors: a class of their own in 2015, the last line under the title today."""
        nodes = self._all("docAuthors")
        if not nodes:
            inside = self._titled()
            nodes = [node for node in self._all("sm-margin-bottomNews") if node not in inside][-1:]
        return tuple(
            dict.fromkeys(name for node in nodes for name in _people(line(outer_html(node))[:1000]))
        )

    def _body(self) -> tuple[tuple[Section, ...], str | None]:
        """The sections, and the address where the article appeared, if that is told."""
        url = None
        for link in list(self._root.iter("a")):
            around = line(outer_html(link)) + " " + line(outer_html(link.getparent()))[:500]
            if _is_web(link.get("href")) and _APPEARED.search(around):
                url = url or link.get("href").strip()
                link.drop_tree()
        for name in ("docOcurrContainer", "DocText", "docText"):
            for box in self._all(name):
                html = outer_html(box)
                if body := sections(html):
                    # some sources are escaped twice (Europresse, 2024)
                    text = "\n".join(section.text for section in body)
                    return (sections(text) if _ESCAPED.search(text) else body), url
        return (), url


def _is_web(href: str | None) -> bool:
    return bool(href) and str(href).strip().lower().startswith(("http://", "https://"))


def _publisher(text: str) -> tuple[str | None, str | None]:
    """A newspaper's name, and the number of the issue.

    >>> _publisher("Le Courrier des Marais, no. 24875"), _publisher("Ouest, le mag")
    (('Le Courrier des Marais', '24875'), ('Ouest, le mag', None))
    """
    issue = _ISSUE.search(text)
    number = _ISSUE_NUMBER.search(issue["issue"]) if issue else None
    name = text[: issue.start()] if issue else text
    return name.strip(" ,;")[:200] or None, number[1] if number else None


def _people(text: str) -> Iterator[str]:
    """Names in a line of authors, without addresses.

    >>> list(_people("Par Nadège Le Goff (n.legoff@a.example) et Erwan Kerdoncuff"))
    ['Nadège Le Goff', 'Erwan Kerdoncuff']
    >>> list(_people("LE GOFF, Nadège ; KERDONCUFF, Erwan"))
    ['LE GOFF, Nadège', 'KERDONCUFF, Erwan']
    """
    text = _EMAIL.sub(" ", text)
    parts = _BETWEEN.split(text)
    if len(parts) == 1:
        parts = _BETWEEN_NAMES.split(text)
    for part in parts:
        bare = _BY.sub("", part.strip(" ,.-–"), count=1) if _BY.match(part.strip()) else part
        if name := display_name(" ".join(bare.split()).strip(" ,")):
            yield name
