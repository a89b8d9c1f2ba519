"""Which article is in a page: its head from JSON-LD and from `meta`, its body from its text?

For each member the surest witness is taken: JSON-LD, then `meta`, then what the page
shows. trafilatura tells the body from what surrounds it, headings included; the comments
have been taken away before, so that none can leak into it.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any
from urllib.parse import urljoin, urlsplit, urlunsplit

from lxml import etree

from indexer import json_ld, markup
from indexer.article import DURATION, Embed, Section
from indexer.captured import Capture
from indexer.dates import instant, written
from indexer.html_dates import machine_time, shown_dates
from indexer.html_source import original

MOST_ELEMENTS = 20_000
"""Of a page without its comments: the extraction of the body grows faster than they do."""
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


class NoExtractor(RuntimeError):
    """trafilatura is not installed."""


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


def read_head(root: Any, url: str | None, capture: Capture) -> Head:
    """The head of the article of a page, from its tree with its scripts."""
    metas = _metas(root)
    found, wrong = json_ld.nodes(root)
    links = {
        rel: link.get("href") or ""
        for link in reversed(list(root.iter("link")))
        for rel in (link.get("rel") or "").lower().split()
    }
    address = _address(url, [links.get("canonical"), metas.get("og:url")])
    node = json_ld.article_node(found, address)
    said = node or {}
    if address is None:
        address = _address(None, [json_ld.text(said.get("url"))])
    by: dict[str, str] = {}

    def first(member: str, *witnesses: tuple[str, str | None]) -> str | None:
        for witness, value in witnesses:
            if value:
                by[member] = witness
                return value
        return None

    def many(member: str, *witnesses: tuple[str, tuple[str, ...]]) -> tuple[str, ...]:
        for witness, values in witnesses:
            if values:
                by[member] = witness
                return values
        return ()

    site = json_ld.text(said.get("publisher")) or metas.get("og:site_name")
    headline = first(
        "titre",
        ("JSON-LD", _whole(json_ld.text(said.get("headline") or said.get("name")), root)),
        ("og:title", _without_site(metas.get("og:title"), site)),
        ("h1", _one_heading(root)),
        ("title", _without_site(_text_of(root, "title"), site)),
    )
    published = first("date", *_dates(root, said, metas, capture))
    modified = first(
        "modification",
        ("JSON-LD", _time(said.get("dateModified"))),
        ("meta", _meta_time(metas, _MODIFIED)),
    )
    wrong_dates = bool(modified and published and instant(modified) < instant(published))
    duration = json_ld.text(said.get("timeRequired")) or ""
    return Head(
        headline=headline,
        url=address,
        same_as=_others(address, url, metas.get("og:url"), links.get("shortlink")),
        alternative_headline=json_ld.text(said.get("alternativeHeadline")),
        description=first(
            "chapô",
            ("JSON-LD", json_ld.text(said.get("description"))),
            ("og:description", _clean(metas.get("og:description"))),
            ("meta", _clean(metas.get("description"))),
        ),
        article_section=many(
            "rubriques",
            ("JSON-LD", json_ld.texts(said.get("articleSection"))),
            ("meta", json_ld.texts(metas.get("article:section"))),
            ("rel=category", _links(root, "category")),
        ),
        keywords=many(
            "mots-clés",
            ("JSON-LD", _keywords(said.get("keywords"))),
            ("meta", _keywords(metas.get("news_keywords") or metas.get("keywords"))),
            ("rel=tag", _links(root, "tag", "category")),
        ),
        author=many(
            "auteur",
            ("JSON-LD", _names(json_ld.people(said.get("author")), site)),
            ("meta", _names([metas.get("author") or metas.get("dc.creator") or ""], site)),
            ("page", _names(_authors(root), site)),
        ),
        date_published=published,
        date_modified=None if wrong_dates else modified,
        time_required=duration if re.fullmatch(DURATION, duration) else None,
        in_language=_language(root, said, metas),
        publisher=first("éditeur", ("page", site)),
        comment_count=json_ld.count(said),
        free=str(said.get("isAccessibleForFree")).lower() != "false",
        is_article=_is_article(node, metas, found, root),
        node=node,
        wrong_scripts=wrong,
        wrong_dates=wrong_dates,
        by=by,
    )


def _metas(root: Any) -> dict[str, str]:
    metas: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or "").strip().lower()
        content = (meta.get("content") or "").strip()
        if name and content:
            if name == "article:tag" and "keywords" not in metas:
                metas["news_keywords"] = f"{metas.get('news_keywords', '')}, {content}".lstrip(", ")
            metas.setdefault(name, content)
    return metas


_TRACKERS = re.compile(r"^(?:utm_\w+|fbclid|gclid|xtor|at_\w+|cpage|replytocom|share)$", re.I)
_COMMENT_PAGE = re.compile(r"/comment-page-\d+/?$")


def _address(url: str | None, told: Iterable[str | None]) -> str | None:
    """The article's address without fragment, page of comments nor trackers."""
    for one in (*told, url):
        if not one:
            continue
        try:
            parts = urlsplit(original(urljoin(original(url or ""), one.strip())))
        except ValueError:
            continue
        if parts.scheme not in ("http", "https") or not parts.netloc or " " in parts.netloc:
            continue
        query = "&".join(p for p in parts.query.split("&") if not _TRACKERS.match(p.split("=")[0]))
        path = _COMMENT_PAGE.sub("/", parts.path) or "/"
        return urlunsplit((parts.scheme, parts.netloc.lower(), path, query, ""))
    return None


def _others(address: str | None, url: str | None, *told: str | None) -> tuple[str, ...]:
    others = (_address(url, [one]) for one in (*told, url) if one)
    return tuple(dict.fromkeys(one for one in others if one and one != address))


def _clean(text: str | None) -> str | None:
    return json_ld.text(text)


def _text_of(root: Any, tag: str) -> str | None:
    found = next(root.iter(tag), None)
    return None if found is None else " ".join("".join(found.itertext()).split()) or None


def _one_heading(root: Any) -> str | None:
    """The `h1`, unless there are several and none is in an article."""
    headings = [h for h in root.iter("h1") if "".join(h.itertext()).strip()]
    inside = [h for h in headings if any(a.tag in ("article", "main") for a in h.iterancestors())]
    chosen = inside or headings
    return " ".join("".join(chosen[0].itertext()).split()) if chosen else None


def _whole(headline: str | None, root: Any) -> str | None:
    """A headline cut for machines, as the page shows it in full."""
    if headline and headline.endswith(("…", "...")):
        start = headline.rstrip("….").strip().casefold()
        for heading in root.iter("h1"):
            shown = " ".join("".join(heading.itertext()).split())
            if start and shown.casefold().startswith(start):
                return shown
    return headline


def _without_site(title: str | None, site: str | None) -> str | None:
    """A title without the name of its site: "Sora | Next"."""
    title = _clean(title)
    if title and site:
        name = re.escape(site.strip())
        title = re.sub(rf"\s*[|–—:•·-]\s*{name}\s*$|^{name}\s*[|–—:•·-]\s*", "", title) or title
    return title


_PUBLISHED = (
    *("article:published_time", "og:article:published_time", "datepublished", "date"),
    *("dc.date.issued", "dcterms.created", "dc.date", "pubdate", "parsely-pub-date", "sailthru.date"),
    *("article:published", "publication_date", "publish-date", "dcterms.date"),
)
_MODIFIED = ("article:modified_time", "og:updated_time", "dcterms.modified", "last-modified")


def _time(value: Any) -> str | None:
    said = json_ld.text(value)
    return machine_time(said) if said else None


def _meta_time(metas: dict[str, str], names: Sequence[str]) -> str | None:
    return next(filter(None, (machine_time(metas[one]) for one in names if one in metas)), None)


def _dates(
    root: Any, said: dict[str, Any], metas: dict[str, str], capture: Capture
) -> Iterator[tuple[str, str | None]]:
    """When it was published, by each witness that knows, the surest first."""
    yield "JSON-LD", _time(said.get("datePublished")) or _time(said.get("dateCreated"))
    yield "meta", _meta_time(metas, _PUBLISHED)
    yield "microdonnées", _microdata(root)
    yield "page", _shown(root, capture)


def _microdata(root: Any) -> str | None:
    for element in root.iter(etree.Element):
        if (
            "datePublished" in (element.get("itemprop") or "").split()
            or element.get("pubdate") is not None
            or "dt-published" in (element.get("class") or "").split()
        ):
            told = element.get("content") or element.get("datetime") or ""
            if found := machine_time(told):
                return found
    return None


_DATED = re.compile(r"(?i)\b(?:[\w-]*date[\w-]*|info-?publi|published|publi[ée]e?|meta|posted[\w-]*)\b")


def _shown(root: Any, capture: Capture) -> str | None:
    """The date near the title: of a `time`, or of an element whose class says so."""
    headings = list(root.iter("h1"))
    seen = not headings
    shown: list[str] = []
    for element in root.iter(etree.Element):
        seen = seen or element in headings
        if element.tag == "time" and (found := machine_time(element.get("datetime") or "")):
            if seen:
                return found
            shown.append(found)
        elif _DATED.search(element.get("class") or "") and len(element) < 12:
            text = " ".join("".join(element.itertext()).split())
            if not 6 <= len(text) <= 200:
                continue
            for date in shown_dates(text, capture):
                if date.start is None or date.edited or date.inferred == "relative":
                    continue
                told = written(date.exact) if date.exact else date.start.date().isoformat()
                if seen:
                    return told
                shown.append(told)
    return shown[-1] if shown else None


def guessed_date(root: Any, url: str | None, capture: Capture) -> str | None:
    """The day that htmldate finds, when no witness tells."""
    logging.getLogger("htmldate").addHandler(logging.NullHandler())
    try:
        find = import_module("htmldate").find_date
    except ImportError:
        return None
    try:
        found = find(
            root,
            extensive_search=False,
            original_date=True,
            url=url,
            max_date=capture.day.isoformat(),
        )
    except Exception:  # what strangers' pages do to a heuristic is not for its caller to list
        return None
    return machine_time(found) if found else None


def _keywords(value: Any) -> tuple[str, ...]:
    said = json_ld.texts(value)
    if len(said) == 1:
        said = json_ld.texts([one for one in re.split(r"\s*[,;]\s*", said[0]) if one])
    return said


def _links(root: Any, rel: str, unless: str = "") -> tuple[str, ...]:
    found = []
    for link in root.iter("a"):
        rels = (link.get("rel") or "").lower().split()
        if rel in rels and unless not in rels:
            found.append(" ".join("".join(link.itertext()).split()))
    return tuple(dict.fromkeys(filter(None, found)))


def _authors(root: Any) -> list[str]:
    found = []
    for element in root.iter(etree.Element):
        rels = (element.get("rel") or "").split()
        classes = (element.get("class") or "").split()
        if "author" in rels or "p-author" in classes or "author" == element.get("itemprop"):
            found.append(" ".join("".join(element.itertext()).split()))
    return [one for one in dict.fromkeys(found) if len(one) < 80][:5]


def _names(names: Iterable[str], site: str | None) -> tuple[str, ...]:
    """Names without addresses nor "Par"; the site itself is no author."""
    cleaned = (_MAIL.sub("", re.sub(r"(?i)^(?:par|by)\s+", "", one)) for one in names)
    kept = (one.strip(" ,;()<>") for one in cleaned)
    return tuple(
        dict.fromkeys(
            one for one in kept if one and one != site and not one.startswith(("http:", "https:"))
        )
    )


def _language(root: Any, said: dict[str, Any], metas: dict[str, str]) -> str | None:
    told = json_ld.text(said.get("inLanguage")) or root.get("lang") or metas.get("og:locale") or ""
    told = told.strip().replace("_", "-")
    return told if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", told) else None


def _is_article(
    node: dict[str, Any] | None, metas: dict[str, str], found: list[dict[str, Any]], root: Any
) -> bool | None:
    if node is not None or "article:published_time" in metas:
        return True
    kind = metas.get("og:type", "").lower()
    if kind in ("article", "blog", "news"):
        return True
    if json_ld.is_list_page(found):
        return False
    articles = sum(1 for _ in root.iter("article"))
    if kind == "website" and articles != 1:
        return False
    return True if articles == 1 else None


# the body


def read_sections(root: Any, head: Head) -> tuple[Section, ...]:
    """The article's sections, from the tree without its comments (which this spoils).

    Raises NoExtractor.
    """
    anchors = _anchors(root)
    posts = _posts(root)
    body = _extract(root)
    sections: tuple[Section, ...] = ()
    if body is not None:
        sections = markup.sections(_as_html(body, posts))
    if not any(one.text for one in sections) and head.node is not None:
        told = head.node.get("articleBody")
        if isinstance(told, str):
            sections = markup.sections(told, breaks="<" not in told)
    return tuple(_kept(sections, head, anchors))


def _extract(root: Any) -> Any:
    for name in ("trafilatura", "justext"):
        logging.getLogger(name).addHandler(logging.NullHandler())
    try:
        extract = import_module("trafilatura").bare_extraction
    except ImportError as error:
        raise NoExtractor from error
    try:
        document = extract(root, include_comments=False, include_tables=True, deduplicate=False)
    except Exception:  # what strangers' pages do to a heuristic is not for its caller to list
        return None
    return None if document is None else document.body


_HTML = {
    **{"list": "ul", "item": "li", "quote": "blockquote", "lb": "br", "row": "tr", "cell": "td"},
    **{"head": "h2", "hi": "span", "ref": "span", "del": "span", "code": "pre"},
}
_SOCIAL = ("twitter-tweet", "twitter-video", "instagram-media", "tiktok-embed", "bluesky-embed")


def _posts(root: Any) -> dict[str, str]:
    """Posts of social networks, by their words: the extraction forgets their class."""
    posts = {}
    for quote in root.iter("blockquote"):
        classes = set((quote.get("class") or "").split())
        for name in _SOCIAL:
            if name in classes:
                posts[_squeezed(quote)] = name
    return posts


def _squeezed(element: Any) -> str:
    return "".join("".join(element.itertext()).split())


def _as_html(body: Any, posts: dict[str, str]) -> str:
    """The extraction's own tags as those of HTML."""
    for element in list(body.iter(etree.Element)):
        if element.tag == "quote" and (name := posts.get(_squeezed(element))):
            element.set("class", name)
        elif element.tag == "graphic":
            element.tag = "span"
        rend = element.get("rend") or ""
        if element.tag == "head" and re.fullmatch(r"h[1-6]", rend):
            element.tag = rend
        elif element.tag == "code" and element.getparent() is not None and not _multiline(element):
            element.tag = "span"
        else:
            element.tag = _HTML.get(element.tag, element.tag)
    html: str = etree.tostring(body, encoding="unicode", method="html")
    return html


def _multiline(element: Any) -> bool:
    return "\n" in "".join(element.itertext()).strip()


def _anchors(root: Any) -> dict[str, str]:
    """The fragments of headings, by their words."""
    anchors: dict[str, str] = {}
    for heading in root.iter("h2", "h3", "h4", "h5", "h6"):
        inside = (a.get("id") or a.get("name") for a in heading.iter("a", "span"))
        name = heading.get("id") or next(filter(None, inside), None)
        if name and not any(char.isspace() for char in name):
            anchors.setdefault(_squeezed(heading), name)
    return anchors


def _kept(sections: Sequence[Section], head: Head, anchors: dict[str, str]) -> Iterator[Section]:
    """Sections without the title and the standfirst, which the article holds already."""
    title, standfirst = _key(head.headline), _key(head.description)
    for place, section in enumerate(sections):
        text, embeds = section.text, section.embeds
        if place < 2:
            lines = text.split("\n")
            while lines and len(lines) > 1 and _key(lines[0]) in (title, standfirst):
                cut = len(lines.pop(0)) + 1
                embeds = tuple(
                    Embed(one.kind, one.start - cut, one.end - cut, one.attribution)
                    for one in embeds
                    if one.start >= cut
                )
            text = "\n".join(lines)
        headline = section.headline
        if headline is not None and _key(headline) == title:
            headline = None
        if headline is None and not text:
            continue
        anchor = anchors.get("".join((headline or "").split()))
        yield replace(
            section,
            headline=headline,
            level=section.level if headline else None,
            anchor=anchor,
            text=text,
            embeds=embeds,
        )


def _key(text: str | None) -> str:
    return "".join(char for char in (text or "").casefold() if char.isalnum())


def standfirst_of(head: Head, sections: Sequence[Section]) -> str | None:
    """The description, unless it is the beginning of the text, cut for search engines."""
    described = (head.description or "").strip()
    start = _key(described.rstrip("….[] "))
    if not start:
        return None
    whole = _key(" ".join(one.text for one in sections[:2])[:4000])
    cut = described.endswith(("…", "...", "…]", "...]")) or len(start) > 90
    return None if cut and whole.startswith(start) else described
