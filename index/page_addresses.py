"""When do two addresses lead to the same page, and under which term is that page kept?"""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

_TRACKING = re.compile(
    r"utm_\w*|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|xtor|at_\w+|_ga|amp|replytocom|cpage"
    r"|phpsessid",
    re.IGNORECASE,
)
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php)$", re.IGNORECASE)
_OF_COMMENTS = re.compile(r"/comment-page-\d{1,9}/?$")
_IN_TOPIC = re.compile(r"(?<=[?&]topic=)(\d{1,15})\.(?:msg\d+|new)(?=[&;]|$)")
"""A message of a topic of SMF: `topic=12.msg345` is in the page `topic=12.0`."""
_PLAIN = re.compile(r"[\w./~-]*", re.ASCII)
_PORTS = {"http": ":80", "https": ":443"}


class Page(NamedTuple):
    """What names a page in an address. `host` is "" when only a path is known."""

    host: str
    path: str

    @property
    def whole(self) -> str:
        return self.host + self.path


# asked several times of each address of an article, within a moment
@lru_cache(maxsize=1 << 13)
def page(url: str) -> Page | None:
    """The page of an address: neither scheme, `www.`, fragment, final slash, nor `utm_…` count.

    Nor which of the pages of its comments, or which message of a topic, is shown.

    >>> page("http://www.Blog.example:80/%C3%A9t%C3%A9/?p=7&utm_source=x#haut")
    Page(host='blog.example', path='/%C3%A9t%C3%A9?p=7')
    >>> page("https://blog.example/été?p=7") == page("http://www.blog.example/%c3%a9t%c3%a9/?p=7")
    True
    >>> page("/posts/0001/"), page("/posts/0001/comment-page-2/?cpage=2#comments")
    (Page(host='', path='/posts/0001'), Page(host='', path='/posts/0001'))
    >>> page("/index.php?topic=12.msg345#msg345") == page("/?PHPSESSID=0a&topic=12.0")
    True
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
    path = _OF_COMMENTS.sub("", _INDEX.sub("/", parts.path))
    if not _PLAIN.fullmatch(path):
        path = quote(unquote(path), errors="replace", safe="/~!$&'()*+,;=:@")
    query = _IN_TOPIC.sub(r"\1.0", _query(parts.query)) if parts.query else ""
    return Page(host, path.rstrip("/") + query or "/")


def _query(query: str) -> str:
    pairs = sorted(pair for pair in parse_qsl(query, True) if not _TRACKING.fullmatch(pair[0]))
    return "?" + urlencode(pairs, errors="replace") if pairs else ""


@lru_cache(maxsize=1 << 13)
def key(name: str) -> str | None:
    """Return the term of an address, the same for all those of one page; else that of the name.

    An address without a host tells no page by itself, and has none.

    >>> key("http://a.example/x/?utm_source=y") == key("https://www.a.example/x#bas")
    True
    >>> key("wp:a.example:7") == key("wp:a.example:8"), key("/x")
    (False, None)
    """
    address = page(name)
    if address is not None and not address.host:
        return None
    text = name if address is None else address.whole
    # no word of an address begins so
    return "=" + blake2b(text.encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()
