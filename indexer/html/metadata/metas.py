"""What do the `meta` of a page, and its microdata, say of its article?

The names are those of Open Graph, Dublin Core, Google Scholar, Parse.ly, Sailthru and Cxense.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from indexer.html.elements import text_of
from indexer.html.outside_comments import outside_comments
from indexer.times import machine_time


def metas_of(root: Any) -> dict[str, str]:
    """Return what each `meta` says, by its name in small letters: the first, or each author's.

    >>> import lxml.html
    >>> metas_of(lxml.html.document_fromstring('<meta name="DC.date" content="2024-03-02">'))
    {'dc.date': '2024-03-02'}
    """
    metas: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or "").strip().lower()
        content = (meta.get("content") or "").strip()
        if name and content:
            if name == "article:tag" and "keywords" not in metas:
                metas["news_keywords"] = f"{metas.get('news_keywords', '')}, {content}".lstrip(", ")
            if (name in _NAMES_EACH or name == "author") and name in metas:
                metas[name] = f"{metas[name]}; {content}"
            metas.setdefault(name, content)
    return _parsely(metas.get("parsely-page", "")) | metas


def _parsely(page: str) -> dict[str, str]:
    """What a site says of the page to Parse.ly in one `meta`, as its separate ones would.

    >>> _parsely('{"author": "Zoé", "pub_date": "2024-03-02", "tags": ["mer", "bac"]}')
    {'parsely-author': 'Zoé', 'parsely-pub-date': '2024-03-02', 'parsely-tags': 'mer, bac'}
    """
    try:
        members = json.loads(page)
    except (ValueError, RecursionError):
        return {}
    metas = {}
    for member, name in _PARSELY.items() if isinstance(members, dict) else ():
        value = members.get(member)
        texts = [text for text in (value if isinstance(value, list) else [value]) if text]
        if texts and all(isinstance(text, str) for text in texts):
            metas[f"parsely-{name}"] = ", ".join(texts)
    return metas


_PARSELY = {
    "author": "author",
    "authors": "author",
    "pub_date": "pub-date",
    "section": "section",
    "tags": "tags",
}


_NAMES_EACH = ("citation_author", "dc.creator", "dcterms.creator")
"""Members that are given once for each author, as catalogues write them: « Roy, Zoé »."""
_AUTHORS = (
    *("author", *_NAMES_EACH, "parsely-author", "sailthru.author", "og:article:author"),
    *("article:author", "article:author_name", "article.author", "byl", "cxenseparse:author"),
)


def authors(metas: dict[str, str]) -> list[str]:
    """The names of the first `meta` that gives some, addresses of profiles left out."""
    for name in _AUTHORS:
        value = metas.get(name, "")
        if not value or value.startswith(("http:", "https:", "/", "@")):
            continue
        if name in _NAMES_EACH:
            return [_CATALOGUED.sub(r"\2 \1", author) for author in value.split("; ")]
        return value.split("; ")
    return []


_CATALOGUED = re.compile(r"^([^,]+), ([^,]+)$")


_PUBLISHED = (
    *("article:published_time", "og:article:published_time", "datepublished", "date"),
    *(
        "dc.date.issued",
        "dcterms.created",
        "dc.date",
        "pubdate",
        "parsely-pub-date",
        "sailthru.date",
    ),
    *("article:published", "publication_date", "publish-date", "dcterms.date"),
    *("citation_publication_date", "citation_date", "cxenseparse:recs:publishtime"),
)
_MODIFIED = ("article:modified_time", "og:updated_time", "dcterms.modified", "last-modified")


def published_time(metas: dict[str, str]) -> str | None:
    """When the article was published."""
    return _first_time(metas, _PUBLISHED)


def modified_time(metas: dict[str, str]) -> str | None:
    """When it was modified."""
    return _first_time(metas, _MODIFIED)


def _first_time(metas: dict[str, str], names: Sequence[str]) -> str | None:
    return next(filter(None, (machine_time(metas[name]) for name in names if name in metas)), None)


def keywords(metas: dict[str, str]) -> str | None:
    """The keywords in one text."""
    return next((metas[name] for name in _KEYWORDS if name in metas), None)


_KEYWORDS = ("news_keywords", "keywords", "parsely-tags", "sailthru.tags", "dc.subject")
_PROPERTIES = frozenset(("alternativeHeadline", "description", "articleSection", "dateModified"))


def microdata(root: Any) -> dict[str, str]:
    """Return the first value of some properties of microdata, outside of the comments.

    >>> import lxml.html
    >>> page = lxml.html.document_fromstring('<div itemscope itemtype="https://schema.org/Article">'
    ...     '<meta itemprop="dateModified" content="2024-03-02"></div>')
    >>> microdata(page)
    {'dateModified': '2024-03-02'}
    """
    values: dict[str, str] = {}
    if next(root.iterfind(".//*[@itemprop]"), None) is None:
        return values
    for element in outside_comments(root):
        for name in (element.get("itemprop") or "").split():
            if name in _PROPERTIES and name not in values and _of_article(element):
                value = element.get("content") or element.get("datetime") or text_of(element)
                if value.strip():
                    values[name] = value.strip()
    return values


def _of_article(element: Any) -> bool:
    """Whether the closest item around an element is an article."""
    item = next((above for above in element.iterancestors() if "itemscope" in above.attrib), None)
    return item is not None and _ARTICLE.search(item.get("itemtype") or "") is not None


_ARTICLE = re.compile(r"(?:Article|Posting|Report|Review)/?$")
