"""What does a page say of its article: title, dates, authors, sections of the site?

For each member the surest witness is taken: JSON-LD, then `meta`, then what the page
shows; htmldate only when none of them dates it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, TypeVar
from urllib.parse import urljoin, urlsplit, urlunsplit

from lxml import etree

from indexer.article import DURATION
from indexer.html.elements import text_of
from indexer.html.finder.comment_words import shown
from indexer.html.listing import is_list_of_articles
from indexer.html.metadata import json_ld
from indexer.html.metadata.authors import names_of, shown_authors
from indexer.html.metadata.dates import marked_time
from indexer.html.metadata.metas import (
    authors,
    keywords,
    metas_of,
    microdata,
    modified_time,
    published_time,
)
from indexer.html.metadata.standfirst import shown_leads, whole_standfirst
from indexer.html.saved.source import original
from indexer.times import instant, machine_time

_Value = TypeVar("_Value", str, tuple[str, ...])


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says of its article; `by` tells the witness of each member found.

    `is_article` says whether the page calls itself one; False when it says it is a list.
    """

    headline: str | None
    url: str | None
    same_as: tuple[str, ...]
    alternative_headline: str | None
    description: str | None
    article_section: tuple[str, ...]
    keywords: tuple[str, ...]
    author: tuple[str, ...]
    date_published: str | None
    date_modified: str | None
    time_required: str | None
    in_language: str | None
    publisher: str | None
    comment_count: int | None
    free: bool
    is_article: bool | None
    node: dict[str, Any] | None
    wrong_scripts: int
    wrong_dates: bool
    by: dict[str, str]


def read_head(root: Any, url: str | None, site_heading: str | None = None) -> Head:
    """The head of the article of a page, from its tree with its scripts.

    site_heading: the name of the site, where a heading of the page is no more than that.
    """
    metas = metas_of(root)
    nodes, wrong = json_ld.nodes(root)
    links = {
        rel: link.get("href") or ""
        for link in reversed(list(root.iter("link")))
        for rel in (link.get("rel") or "").lower().split()
    }
    address = _address(url, [links.get("canonical"), metas.get("og:url")])
    node = json_ld.article_node(nodes, address)
    article = json_ld.resolved(json_ld.with_tied(node or {}, nodes), nodes)
    around = json_ld.resolved(json_ld.page_node(nodes) or {}, nodes)
    if address is None:
        address = _address(None, [json_ld.text(article.get("url"))])
    marked, leads = microdata(root), shown_leads(root)
    witnesses = _Witnesses(root, metas, article, around, marked)
    site = json_ld.text(article.get("publisher")) or metas.get("og:site_name")
    publisher = site or metas.get("dc.publisher")
    host = urlsplit(address).netloc.removeprefix("www.") if address else None
    headline = witnesses.headline(site, site_heading)
    published, modified = witnesses.published(), witnesses.modified()
    wrong_dates = bool(modified and published and instant(modified) < instant(published))
    duration = json_ld.text(article.get("timeRequired")) or ""
    # a subtitle alone is the standfirst
    standfirst = witnesses.description(leads.standfirst or leads.subtitle)
    description = whole_standfirst(root, standfirst)
    return Head(
        headline=headline,
        url=address,
        same_as=_other_addresses(address, url, metas.get("og:url"), links.get("shortlink")),
        alternative_headline=witnesses.first(
            "accroche",
            ("JSON-LD", json_ld.text(article.get("alternativeHeadline"))),
            ("microdonnées", marked.get("alternativeHeadline")),
            ("page", leads.beside(description)),
        ),
        description=description,
        article_section=witnesses.sections(),
        keywords=witnesses.keywords(),
        author=witnesses.authors({site, host}),
        date_published=published,
        date_modified=None if wrong_dates else modified,
        time_required=duration if re.fullmatch(DURATION, duration) else None,
        in_language=_language(root, article, metas),
        publisher=witnesses.first("éditeur", ("page", publisher)),
        comment_count=json_ld.count(article),
        free=str(article.get("isAccessibleForFree")).lower() != "false",
        is_article=_is_article(node, metas, nodes, root, address),
        node=node and article,
        wrong_scripts=wrong,
        wrong_dates=wrong_dates,
        by=witnesses.by,
    )


class _Witnesses:
    """What says each member of a head: the first of its witnesses that says something.

    article, around: the article and the page in JSON-LD. marked: microdata. `by` tells the
    witness of each member that has one.
    """

    def __init__(
        self,
        root: Any,
        metas: dict[str, str],
        article: dict[str, Any],
        around: dict[str, Any],
        marked: dict[str, str],
    ) -> None:
        self._root = root
        self._metas = metas
        self._article = article
        self._around = around
        self._marked = marked
        self.by: dict[str, str] = {}

    def first(self, member: str, *witnesses: tuple[str, _Value | None]) -> _Value | None:
        for witness, value in witnesses:
            if value:
                self.by[member] = witness
                return value
        return None

    def headline(self, site: str | None, site_heading: str | None) -> str | None:
        title = json_ld.text(self._article.get("headline") or self._article.get("name"))
        return self.first(
            "titre",
            ("JSON-LD", _whole(title, self._root)),
            ("og:title", _of_article(_without_site(self._metas.get("og:title"), site), self._root)),
            ("h1", _one_heading(self._root)),
            ("title", _without_site(_text_of(self._root, "title"), site_heading or site)),
        )

    def published(self) -> str | None:
        article = self._article
        return self.first(
            "date",
            ("JSON-LD", _time(article.get("datePublished")) or _time(article.get("dateCreated"))),
            ("meta", published_time(self._metas)),
            ("microdonnées", marked_time(self._root)),
            ("JSON-LD", _time(self._around.get("datePublished"))),
        )

    def modified(self) -> str | None:
        return self.first(
            "modification",
            ("JSON-LD", _time(self._article.get("dateModified"))),
            ("meta", modified_time(self._metas)),
            ("microdonnées", machine_time(self._marked.get("dateModified", ""))),
        )

    def description(self, shown_standfirst: str | None) -> str | None:
        return self.first(
            "chapô",
            ("JSON-LD", json_ld.text(self._article.get("description"))),
            ("microdonnées", self._marked.get("description")),
            ("og:description", json_ld.text(self._metas.get("og:description"))),
            ("meta", json_ld.text(self._metas.get("description"))),
            ("page", shown_standfirst),
        )

    def sections(self) -> tuple[str, ...]:
        metas = self._metas
        names = self.first(
            "rubriques",
            ("JSON-LD", json_ld.texts(self._article.get("articleSection"))),
            ("meta", json_ld.texts(metas.get("article:section") or metas.get("parsely-section"))),
            ("microdonnées", json_ld.texts(self._marked.get("articleSection"))),
            ("rel=category", _links(self._root, "category")),
        )
        return names or ()

    def keywords(self) -> tuple[str, ...]:
        words = self.first(
            "mots-clés",
            ("JSON-LD", _keywords(self._article.get("keywords"))),
            ("meta", _keywords(keywords(self._metas))),
            ("rel=tag", _links(self._root, "tag", "category")),
        )
        return words or ()

    def authors(self, publishers: set[str | None]) -> tuple[str, ...]:
        article = self._article
        signed = article.get("author") or article.get("creator") or self._around.get("author")
        names = self.first(
            "auteur",
            ("JSON-LD", names_of(json_ld.people(signed), publishers)),
            ("meta", names_of(authors(self._metas), publishers)),
            ("page", names_of(shown_authors(self._root), publishers)),
        )
        return names or ()


def without_commenters(root: Any, head: Head) -> Head:
    """Return the head signed as the page without its comments is, if the page alone signs it."""
    if head.by.get("auteur") != "page":
        return head
    host = urlsplit(head.url).netloc.removeprefix("www.") if head.url else None
    names = names_of(shown_authors(root), {head.publisher, host})
    by = {member: witness for member, witness in head.by.items() if names or member != "auteur"}
    return replace(head, author=names, by=by)


_TRACKERS = re.compile(r"^(?:utm_\w+|fbclid|gclid|xtor|at_\w+|cpage|replytocom|share)$", re.I)
_COMMENT_PAGE = re.compile(r"/comment-page-\d+/?$")


def _address(url: str | None, addresses: Iterable[str | None]) -> str | None:
    """The article's address without fragment, page of comments nor trackers."""
    for address in (*addresses, url):
        if not address:
            continue
        try:
            parts = urlsplit(original(urljoin(original(url or ""), address.strip())))
        except ValueError:
            continue
        if parts.scheme not in ("http", "https") or not parts.netloc or " " in parts.netloc:
            continue
        query = "&".join(p for p in parts.query.split("&") if not _TRACKERS.match(p.split("=")[0]))
        path = _COMMENT_PAGE.sub("/", parts.path) or "/"
        return urlunsplit((parts.scheme, parts.netloc.lower(), path, query, ""))
    return None


def _other_addresses(
    address: str | None, url: str | None, *addresses: str | None
) -> tuple[str, ...]:
    candidates = (_address(url, [candidate]) for candidate in (*addresses, url) if candidate)
    return tuple(
        dict.fromkeys(candidate for candidate in candidates if candidate and candidate != address)
    )


def _text_of(root: Any, tag: str) -> str | None:
    element = next(root.iter(tag), None)
    return None if element is None else text_of(element) or None


_MOST_TITLES = 50


def _one_heading(root: Any) -> str | None:
    """The `h1`, unless there are several and none is in an article."""
    first = islice(root.iter("h1"), _MOST_TITLES)
    headings = [heading for heading in first if "".join(heading.itertext()).strip()]
    inside = [
        heading
        for heading in headings
        if any(ancestor.tag in ("article", "main") for ancestor in heading.iterancestors())
    ]
    candidates = inside or headings
    return _without_label(candidates[0], root) if candidates else None


_MOST_LABELS = 4


def _without_label(heading: Any, root: Any) -> str:
    """A heading's text without a label in it (« Reportage », « Abonnés ») that `title` has not."""
    text = text_of(heading)
    titles = _text_of(root, "title") or ""
    if not len(heading) or shown(titles).startswith(shown(text)):
        return text
    for child in islice(
        heading.iter("span", "small", "em", "i", "strong", "div", "a"), _MOST_LABELS
    ):
        label = text_of(child)
        rest = text.removeprefix(label).strip(" :|–—-") if text.startswith(label) else ""
        rest = rest or (text.removesuffix(label).strip() if text.endswith(label) else "")
        if label and rest and shown(titles).startswith(shown(rest)):
            return rest
    return text


_OF_COMMENTS = re.compile(r"(?i)(.+?)\s*[:–—|-]\s*comment(?:aire)?s")


def _of_article(title: str | None, root: Any) -> str | None:
    """The title of the article in that of the page of its comments: « Le bac : commentaires »."""
    match = _OF_COMMENTS.fullmatch(title or "")
    return match[1] if match and match[1] == _one_heading(root) else title


def _whole(headline: str | None, root: Any) -> str | None:
    """A headline cut for machines, as the page shows it in full."""
    if headline and headline.endswith(("…", "...")):
        start = headline.rstrip("….").strip().casefold()
        for heading in root.iter("h1"):
            heading_text = text_of(heading)
            if start and heading_text.casefold().startswith(start):
                return heading_text
    return headline


def _without_site(title: str | None, site: str | None) -> str | None:
    """A title without the name of its site: "Sora | Next"."""
    title = json_ld.text(title)
    if title and site:
        name = re.escape(site.strip())
        # FluxBB sets the rubric too: Sora / Divers / Le forum
        title = re.sub(rf"\s+/\s+[^/]+\s+/\s+{name}\s*$", "", title) or title
        title = re.sub(rf"\s*[|–—:•·-]\s*{name}\s*$|^{name}\s*[|–—:•·-]\s*", "", title) or title
    return title


_DAY_FIRST = re.compile(r"(\d\d?)/(\d\d?)/(\d{4})(?:(?: à|,)? (\d\d?)[h:](\d\d)(?::\d\d)?)?")


def _time(value: Any) -> str | None:
    """A time of JSON-LD; sites write it for people too, the day first."""
    text = json_ld.text(value) or ""
    if match := _DAY_FIRST.fullmatch(text):
        day = f"{match[3]}-{match[2]:0>2}-{match[1]:0>2}"
        text = f"{day}T{match[4]:0>2}:{match[5]}" if match[4] else day
    return machine_time(text) if text else None


def _keywords(value: Any) -> tuple[str, ...]:
    keywords = json_ld.texts(value)
    if len(keywords) == 1:
        keywords = json_ld.texts(
            [keyword for keyword in re.split(r"\s*[,;]\s*", keywords[0]) if keyword]
        )
    return keywords


def _links(root: Any, rel: str, unless: str = "") -> tuple[str, ...]:
    labels = []
    for link in root.iter("a"):
        rels = (link.get("rel") or "").lower().split()
        if rel in rels and unless not in rels:
            labels.append(text_of(link))
    return tuple(dict.fromkeys(filter(None, labels)))


def _language(root: Any, article: dict[str, Any], metas: dict[str, str]) -> str | None:
    language = (
        json_ld.text(article.get("inLanguage")) or root.get("lang") or metas.get("og:locale") or ""
    )
    language = language.strip().replace("_", "-")
    return language if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", language) else None


_READER = etree.XPath("//*[@id='readability-page-1' or @id='moz-reader-content']")
"""What Firefox's reading mode, and Readability, make of an article."""


def _is_article(
    node: dict[str, Any] | None,
    metas: dict[str, str],
    nodes: list[dict[str, Any]],
    root: Any,
    url: str | None,
) -> bool | None:
    if node is not None or "article:published_time" in metas:
        return True
    kind = metas.get("og:type", "").lower()
    if kind in ("article", "blog", "news"):
        return True
    if json_ld.is_list_page(nodes) or is_list_of_articles(root, url):
        return False
    if _READER(root):
        return True
    articles = sum(1 for _ in root.iter("article"))
    if kind == "website" and articles != 1:
        return False
    return True if articles == 1 else None
