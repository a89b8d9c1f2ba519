"""Is a page one of several that hold an article's text?"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin

from indexer.article import same
from indexer.html.elements import short_text
from indexer.html.finder.comment_words import shown, words_of
from indexer.html.outside_comments import outside_comments

_NUMBERED = re.compile(r"page \d{1,2} ?(?:/|sur|of) ?(?:[2-9]|\d\d)\b.{0,30}")
_PART = re.compile(
    r"[?&](?:page|p|pg)=\d{1,3}|/(?:page/)?\d{1,2}/?$|[,_-](?:page-?)?\d{1,2}(?=\.html?$)"
)
_NAMED = ({"page", "links"}, {"post", "page", "numbers"}, {"wp", "link", "pages"})
"""What WordPress and its themes call the links to the other parts of an article."""


def is_one_of_pages(root: Any, url: str | None) -> bool:
    """Return whether a page says that it is one of several; its comments were taken away.

    >>> import lxml.html
    >>> page = lxml.html.document_fromstring("<h1>Sora</h1><p>Un texte.</p><p>Page 1 sur 3</p>")
    >>> is_one_of_pages(page, None)
    True
    """
    for element in outside_comments(root):
        if element.tag in ("p", "div", "span", "nav", "li"):
            if _NUMBERED.fullmatch(shown(short_text(element, 60))):
                return True
            is_named = any(names <= words_of(element) for names in _NAMED)
            if is_named and next(element.iter("a"), None) is not None:
                return True
        elif element.tag in ("a", "link") and url and "next" in (element.get("rel") or "").split():
            following = urljoin(url, element.get("href") or "")
            if following != url and same(_PART.sub("", following), _PART.sub("", url)):
                return True
    return False
