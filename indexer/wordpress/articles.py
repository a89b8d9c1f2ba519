"""Which article do a post of WordPress's interface (REST) and its comments make?

The same names as an export (WXR) of the same site gives them, so that one run after the
other of either brings the same articles up to date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from indexer.article import Article, Comment, addresses, article_id
from indexer.markup import line, wordpress_text, words
from indexer.reporting import shorten
from indexer.threads import Answer, comments, display_name, identifier
from indexer.times import clock
from indexer.wordpress.site import Site

ARTICLE_FIELDS = (
    "id,date,date_gmt,modified,modified_gmt,slug,status,type,link,guid,title,content,excerpt,"
    "author,categories,tags"
)
COMMENT_FIELDS = "id,post,parent,author_name,date,date_gmt,content,status,type"
_MORE = re.compile(
    r'<a\b[^>]{0,2000}\bclass="[^"]{0,200}\bmore-link\b.*', re.DOTALL | re.IGNORECASE
)
_CUT = re.compile(r"\s*(?:\[\s*)?(?:…|\.\.\.)(?:\s*\])?\s*$")


def protected(post: Mapping[str, Any]) -> bool:
    """Return whether a password keeps its text, and its thread, from everybody.

    >>> protected({"content": {"rendered": "", "protected": True}})
    True
    """
    content = post.get("content")
    return isinstance(content, dict) and bool(content.get("protected"))


def article(
    site: Site,
    kind: str,
    post: Mapping[str, Any],
    thread: Iterable[Mapping[str, Any]],
    names: Mapping[tuple[str, int], str],
) -> Article:
    """The article of a post, or of a page, with its whole thread.

    kind: "posts" or "pages". thread: its public comments, in the order of their numbers. names: of
    authors, categories and tags, by list and number.

    >>> post = {"id": 7, "title": {"rendered": "L&rsquo;été"}, "link": "https://a.example/ete/"}
    >>> made = article(Site("", "https://a.example"), "posts", post, [], {})
    >>> made.id, made.headline, made.same_as
    ('wp:a.example:7', 'L’été', ('https://a.example/?p=7',))
    """
    hidden = protected(post)
    sections = () if hidden else wordpress_text.shown(_rendered(post, "content"))
    published, modified = (_clock(post, name) for name in ("date", "modified"))
    url = text_of(post, "link") or None
    beginning = (sections[0].headline or sections[0].text.partition("\n")[0]) if sections else ""
    slug = addresses.title("/" + text_of(post, "slug")).strip("/")
    headline = line(_rendered(post, "title")) or shorten(beginning, 80) or slug or "Sans titre"
    name = article_name(site, post["id"]) or article_id(headline, published, url)
    return Article(
        id=name,
        headline=headline,
        url=url,
        same_as=_other_addresses(site, kind, post, url),
        description=None if hidden else _excerpt(post, "".join(_words(sections))),
        article_section=_named(post, "categories", names),
        keywords=_named(post, "tags", names),
        author=tuple(filter(None, (names.get(("users", _number(post, "author"))),))),
        date_published=published,
        date_modified=modified if modified != published else None,
        in_language=site.language or None,
        publisher=line(site.name) or None,
        sections=sections,
        comments=() if hidden else thread_comments(name, thread),
    )


def article_name(site: Site, number: int) -> str:
    """The name of the article of this number, as an export gives it; "" for an unknown site.

    >>> article_name(Site("", "https://www.a.example/blog/"), 12), article_name(Site("", ""), 12)
    ('wp:a.example/blog:12', '')
    """
    home = addresses.site(site.home)
    return identifier(f"wp:{home}:{number}") if home else ""


def thread_comments(name: str, thread: Iterable[Mapping[str, Any]]) -> tuple[Comment, ...]:
    """The comments of the article of this name, those that readers see being given.

    >>> comment = {"id": 3, "author_name": "Zoé", "content": {"rendered": "<p>Oui.</p>"}}
    >>> [shown.id for shown in thread_comments("wp:a.example:7", [comment])]
    ['wp:a.example:7#comment-3']
    """
    return comments(name, map(_answer, thread))


def _answer(comment: Mapping[str, Any]) -> Answer:
    return Answer(
        name=str(comment["id"]),
        parent=str(_number(comment, "parent") or ""),
        author=display_name(text_of(comment, "author_name")),
        published=_clock(comment, "date"),
        words=words(_rendered(comment, "content")),
        anchor=f"comment-{comment['id']}",
    )


def _excerpt(post: Mapping[str, Any], text: str) -> str | None:
    """Return the excerpt that the author wrote; None for one that WordPress cut from the text."""
    html = _rendered(post, "excerpt")
    excerpt = line(_MORE.sub("", html))
    if not excerpt or _CUT.search(excerpt) or _MORE.search(html):
        return None
    return None if "".join(excerpt.split()) in text else excerpt


def _words(sections: Sequence[Any]) -> Iterable[str]:
    for section in sections:
        yield from (section.headline or "").split()
        yield from section.text.split()


def _other_addresses(
    site: Site, kind: str, post: Mapping[str, Any], url: str | None
) -> tuple[str, ...]:
    parameter = "page_id" if kind == "pages" else "p"
    candidates = (_rendered(post, "guid"), f"{site.home.rstrip('/')}/?{parameter}={post['id']}")
    return addresses.others(url, candidates)


def _named(
    post: Mapping[str, Any], kind: str, names: Mapping[tuple[str, int], str]
) -> tuple[str, ...]:
    labels = (names.get((kind, number)) for number in numbers(post, kind))
    return tuple(dict.fromkeys(filter(None, labels)))


def numbers(post: Mapping[str, Any], kind: str) -> list[int]:
    """Return the numbers of a post in a list: "categories", "tags" or "users".

    >>> numbers({"author": 3, "tags": [5, "6"]}, "users"), numbers({"tags": [5, "6"]}, "tags")
    ([3], [5])
    """
    values = [post.get("author")] if kind == "users" else post.get(kind)
    return (
        [number for number in values if type(number) is int and number > 0]
        if isinstance(values, list)
        else []
    )


def _rendered(members: Mapping[str, Any], name: str) -> str:
    inside = members.get(name)
    return text_of(inside, "rendered") if isinstance(inside, dict) else ""


def text_of(members: Mapping[str, Any], name: str) -> str:
    """A member that is a text, "" when it is something else.

    >>> text_of({"date": 5}, "date")
    ''
    """
    value = members.get(name)
    return value if isinstance(value, str) else ""


def _number(members: Mapping[str, Any], name: str) -> int:
    value = members.get(name)
    return value if type(value) is int else 0


def _clock(members: Mapping[str, Any], name: str) -> str | None:
    moment = clock(text_of(members, f"{name}_gmt"), text_of(members, name))
    return None if moment is None else moment.time
