"""Which article does an entry of a feed name, and which comment of it?

A comment is told from an article by its address: `…/article/#comment-12`, `…#c12`,
`…#comment:12`, `…/comments/12`, `…?show=12#a12`. The number is the name that exports and pages
give the comment.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from indexer.article import addresses, article_id
from indexer.threads.exported_comments import identifier

_FRAGMENT = re.compile(
    r"(?:li-)?(?:div-)?(?:(?:issue|discussion|pullrequest)?comments?|commentaires?|com|co|c|forum"
    # GitLab's; `#note-4` is any note
    r"|reponse|reply|answer|message|msg|note(?=_)|p)[-_:.]?(\d{1,30}"
    r"|(?<=(?:comment|message).)(?:[0-9a-f]{16,64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}))",
    re.IGNORECASE,
)
_PATH = re.compile(r"/(?:comments?|commentaires?)/(\d{1,30})/?$", re.IGNORECASE)
_SHOWN = re.compile(r"(.*)[?&]show=(\d{1,30})#[ac]\2")
"""Question2Answer's answers and comments: `?show=7#a7`."""
_BLOGGER = re.compile(r"tag:blogger\.com,1999:blog-(\d{1,30})\.(?:post|page)-(\d{1,30})")
_NUMBER = re.compile(r"(?:^|&)(?:p|page_id)=(\d{1,20})(?:&|$)")
_MARKS = re.compile(r"[?&]?(?:utm_\w+|xtor|at_\w+|fbclid)=[^&#]*", re.IGNORECASE)


class Place(NamedTuple):
    """The address of a page, and of a comment on it; `comment` is "" for the article itself."""

    page: str
    comment: str = ""
    anchor: str | None = None


def place(address: str) -> Place:
    """Return where an address leads. What a feed adds to it for counting its readers is left out.

    >>> place("https://a.example/sora/#comment-12")
    Place(page='https://a.example/sora/', comment='12', anchor='comment-12')
    >>> place("https://a.example/sora?utm_source=rss#xtor=RSS-1").page
    'https://a.example/sora'
    """
    page, _, fragment = address.strip().partition("#")
    if match := _SHOWN.fullmatch(address.strip()):
        return Place(match[1], match[2], fragment)
    if _MARKS.search(page):
        head, _, query = page.partition("?")
        parameters = [part for part in query.split("&") if part and not _MARKS.match(part)]
        page = head + ("?" + "&".join(parameters) if parameters else "")
    if match := _FRAGMENT.fullmatch(fragment):
        return Place(page, match[1], fragment)
    if match := _PATH.search(addresses.path(page)):
        return Place(page, match[1])
    return Place(page)


def blogger(tag: str) -> tuple[str, str] | None:
    """The numbers of a blog and of a post, a page or a comment, from how Blogger names it.

    >>> blogger("tag:blogger.com,1999:blog-7.post-12")
    ('7', '12')
    """
    match = _BLOGGER.fullmatch(tag.strip())
    return (match[1], match[2]) if match else None


def wordpress(guid: str, url: str) -> str | None:
    """Return the id of an article in WordPress's export, from the guid and address in a feed.

    The guid keeps the site's first host and tells its folder; the address has its host of now.

    >>> wordpress("http://old.example/blog/?p=12", "https://www.a.example/blog/2024/sora/")
    'wp:a.example/blog:12'
    """
    try:
        guid_parts, url_parts = urlsplit(guid.strip()), urlsplit(url.strip())
    except ValueError:
        return None
    match = _NUMBER.search(guid_parts.query)
    if match is None or not guid_parts.netloc or not url_parts.netloc:
        return None
    site = addresses.site(f"{url_parts.scheme}://{url_parts.netloc}{guid_parts.path}")
    return identifier(f"wp:{site}:{match[1]}") if site else None


def name(guid: str, url: str | None, headline: str, published: str | None = None) -> str:
    """The id of the article an entry names, the same as in an export of its site if it can be.

    >>> name("tag:blogger.com,1999:blog-7.post-12", None, "Sora")
    'blogger:7:12'
    """
    if numbers := blogger(guid):
        return "blogger:" + ":".join(numbers)
    return wordpress(guid, url or "") or article_id(headline, published, url)
