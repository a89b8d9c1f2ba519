"""When do two addresses lead to the same page, and what do they tell of it?"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

_TRACKING = re.compile(
    r"utm_\w*|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|xtor|at_\w+|_ga|amp|replytocom",
    re.IGNORECASE,
)
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php)$", re.IGNORECASE)
_PORTS = {"http": ":80", "https": ":443"}
_SUFFIX = re.compile(r"\.(?:html?|php|aspx?|md)$", re.IGNORECASE)


class Page(NamedTuple):
    """What names a page in an address. `host` is "" when only a path is known."""

    host: str
    path: str

    @property
    def whole(self) -> str:
        return self.host + self.path


def page(url: str) -> Page | None:
    """The page of an address: neither scheme, `www.`, fragment, final slash, nor `utm_…` count.

    >>> page("http://www.Blog.example:80/%C3%A9t%C3%A9/?p=7&utm_source=x#haut")
    Page(host='blog.example', path='/%C3%A9t%C3%A9?p=7')
    >>> page("https://blog.example/été?p=7") == page("http://www.blog.example/%c3%a9t%c3%a9/?p=7")
    True
    >>> page("/posts/0001/")
    Page(host='', path='/posts/0001')
    """
    url = url.strip()
    if not url or len(url) > 4000:
        return None
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return None
    if parts.scheme not in ("http", "https", "") or (parts.scheme and not host):
        return None
    if not host and not url.startswith("/"):
        return None
    if port != _PORTS.get(parts.scheme, ""):
        host += port
    path = quote(unquote(_INDEX.sub("/", parts.path), errors="replace"), safe="/~!$&'()*+,;=:@")
    asked = sorted(
        pair for pair in parse_qsl(parts.query, True) if not _TRACKING.fullmatch(pair[0])
    )
    query = "?" + urlencode(asked, errors="replace") if asked else ""
    return Page(host, (path.rstrip("/") or "") + query or "/")


def same(one: str, other: str) -> bool:
    """Whether two addresses lead to one page.

    >>> same("http://a.example/x/", "https://www.a.example/x#bas")
    True
    """
    return one == other or ((found := page(one)) is not None and found == page(other))


def site(url: str) -> str:
    """The address of a site as part of a name: "next.ink", "a.example/blog"; "" if it is none.

    >>> site("https://www.next.ink/"), site("http://a.example/blog/"), site("rien")
    ('next.ink', 'a.example/blog', '')
    """
    found = page(url)
    return "" if found is None or not found.host else found.whole.rstrip("/")


def title(url: str) -> str:
    """What an address calls its page, for one that has no other title.

    >>> title("https://a.example/2013/02/12/l-ete-indien/index.html"), title("/post/1")
    ('l ete indien', '/post/1')
    """
    found = page(url)
    if found is None:
        return url.strip()
    words = _SUFFIX.sub("", unquote(found.path.partition("?")[0]).rpartition("/")[2])
    words = " ".join(re.split(r"[-_+\s]+", words)).strip()
    return words if any(map(str.isalpha, words)) else found.whole
