"""Is a page a list of articles, each under a heading that leads to its own page?"""

from __future__ import annotations

from typing import Any

from indexer.html.elements import holds_title
from indexer.html.outside_comments import outside_comments

_FEWEST = 2


def is_list_of_articles(root: Any) -> bool:
    """Return whether all the articles of a page, several, are entitled by links to their pages.

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
    return all(map(leads_from_heading, articles))


def leads_from_heading(element: Any) -> bool:
    """Return whether the first heading of an element is a link to another page."""
    heading = next(element.iter("h1", "h2", "h3", "h4", "h5", "h6"), None)
    if heading is None:
        return False
    links = [*heading.iter("a"), *heading.iterancestors("a")]
    return any(not (link.get("href") or "#").startswith("#") for link in links)
