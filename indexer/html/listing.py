"""Is a page a list of articles, each under a heading that leads to its own page?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urljoin

from indexer.article import addresses
from indexer.html.elements import holds_title, short_text, text_of
from indexer.html.finder.comment_words import shown
from indexer.html.outside_comments import outside_comments

_FEWEST = 2
_LONGEST = 300


def is_list_of_articles(root: Any, url: str | None = None) -> bool:
    """Return whether all the articles of a page, several, are entitled by links to their pages.

    url: the page's own, to which the title of its one article may lead; where none is known, the
    page's `title` begins with that of the article. Those that a longer text stands beside are what
    it recommends.

    >>> import lxml.html
    >>> page = lxml.html.document_fromstring(
    ...     "<article><h2><a href=/1>Sora</a></h2></article>"
    ...     "<article><h2><a href=/2>Le bac</a></h2></article>")
    >>> is_list_of_articles(page)
    True
    """
    articles = [
        element
        for element in outside_comments(root)
        if element.tag == "article" or "hentry" in (element.get("class") or "").split()
    ]
    if len(articles) < _FEWEST or any(holds_title(article) for article in articles):
        return False
    if not all(map(leads_from_heading, articles)):
        return False
    if url and any(
        addresses.same(urljoin(url, link), url) for article in articles for link in _links(article)
    ):
        return False
    if not url:
        title = next(root.iter("title"), None)
        page_title = "" if title is None else shown(short_text(title, _LONGEST))
        if any(_is_entitled(article, page_title) for article in articles):
            return False
    amounts = [_amount(article) for article in articles]
    return _amount_beside(root, articles) <= max(*amounts, sum(amounts) // 4)


def _is_entitled(article: Any, page_title: str) -> bool:
    """Whether a page's title, as `shown` gives it, begins with the first heading of an article."""
    heading = next(article.iter("h1", "h2", "h3", "h4", "h5", "h6"))
    text = shown(short_text(heading, _LONGEST))
    return bool(text) and re.match(rf"{re.escape(text)}(?!\w| \w)", page_title) is not None


def leads_from_heading(element: Any) -> bool:
    """Return whether the first heading of an element is a link to another page."""
    return bool(_links(element))


def _links(element: Any) -> list[str]:
    """Where the first heading of an element leads, but for places of this page."""
    heading = next(element.iter("h1", "h2", "h3", "h4", "h5", "h6"), None)
    if heading is None:
        return []
    links = [*heading.iter("a"), *heading.iterancestors("a")]
    return [href for link in links if not (href := link.get("href") or "#").startswith("#")]


def _amount(element: Any) -> int:
    """How many characters the paragraphs of an element hold."""
    return sum(len(text_of(paragraph)) for paragraph in element.iter("p"))


def _amount_beside(root: Any, articles: Sequence[Any]) -> int:
    """The same, of a page without its articles and what stands around them all."""
    apart = set(articles)
    return sum(
        len(text_of(paragraph))
        for paragraph in outside_comments(root)
        if paragraph.tag == "p"
        and not any(
            element in apart or element.tag in _AROUND for element in paragraph.iterancestors()
        )
    )


_AROUND = frozenset(("header", "footer", "nav", "aside", "form", "dialog"))
