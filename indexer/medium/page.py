"""Which story is in each page of the archive that Medium gives to its author (`posts/*.html`)?

The page is a microformat: `p-name`, `p-summary`, `e-content`, and at the foot `p-author`,
`dt-published` and `p-canonical`. The text begins by its title and subtitle again. A draft has no
date. Responses to other stories are stories too: nothing tells them apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from lxml import etree

from indexer.article import Article, addresses, article_id
from indexer.files import CapturedFile, FileFormat, outer_html, whole_page
from indexer.markup import beginning, line, sections
from indexer.reporting import LeftAside, Outcome, Rank, Skipped
from indexer.threads import display_name
from indexer.times import machine_time

_AGAIN = ("graf--title", "graf--subtitle")


class MediumFormat(FileFormat):
    """The reader of the stories of Medium's archives."""

    name = "medium"
    rank = Rank.EXPORT

    def fits(self, head: bytes) -> bool:
        """Return whether the file is a page with the members of Medium's.

        >>> page = b'<html><article class="h-entry"><section data-field="body" class="e-content">'
        >>> MediumFormat().fits(page), MediumFormat().fits(page.replace(b"data-field", b"id"))
        (True, False)
        """
        if b"<" not in head[:1024] or head.lstrip()[:1] in (b"{", b"["):
            return False
        return b'class="h-entry"' in head and b'data-field="body"' in head

    def outcomes(self, file: CapturedFile, opened: IO[bytes]) -> Iterator[Outcome]:
        """Its story, unless it is a draft."""
        root = whole_page(opened, file.name)
        if isinstance(root, Skipped):
            yield root
            return
        page = _Page(root)
        left_aside = LeftAside()
        published = machine_time(page.attribute("dt-published", "datetime"))
        if published is None:
            left_aside.add("unpublished_articles", value="draft")
        else:
            yield _article(page, published, file)
        yield from left_aside.remarks(file.name)


def _article(page: _Page, published: str, file: CapturedFile) -> Article:
    body = sections(page.body())
    headline = line(page.text("p-name")) or page.title or beginning(body) or "Sans titre"
    url = page.attribute("p-canonical", "href")
    url = url if addresses.site(url) else ""
    author = display_name(page.text("p-author"))
    return Article(
        id=article_id(headline, published, url or None),
        headline=headline[:1000],
        url=url or None,
        description=line(page.text("p-summary")) or None,
        author=(author,) if author else (),
        date_published=published,
        captured_at=file.capture.text,
        sections=body,
    )


class _Page:
    """The members of a page, the first element of each class."""

    def __init__(self, root: Any) -> None:
        self.title = line(root.findtext(".//title") or "")
        self._elements: dict[str, Any] = {}
        for element in root.iter(etree.Element):
            for name in (element.get("class") or "").split():
                self._elements.setdefault(name, element)

    def text(self, name: str) -> str:
        """The HTML of what an element holds, "" without it."""
        element = self._elements.get(name)
        return "" if element is None else outer_html(element)

    def attribute(self, name: str, attribute: str) -> str:
        """An attribute of an element, "" without it."""
        element = self._elements.get(name)
        return "" if element is None else (element.get(attribute) or "")

    def body(self) -> str:
        """The HTML of the story, without the title that it begins with."""
        for name in _AGAIN:
            if (element := self._elements.pop(name, None)) is not None:
                element.drop_tree()
        return self.text("e-content")
