"""When do two addresses lead to the same page, and what do they tell of it?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from index.page_addresses import Page, page

__all__ = ["Page", "own_pages", "page", "path", "same", "site", "slug", "title"]

_DATED = re.compile(r"\d{4}-\d\d-\d\d-(?=.)")
_SUFFIX = re.compile(r"\.(?:html?|php|aspx?|md)$", re.IGNORECASE)


def same(url: str, other: str) -> bool:
    """Return whether two addresses lead to one page.

    >>> same("http://a.example/x/", "https://www.a.example/x#bas")
    True
    """
    return url == other or ((address := page(url)) is not None and address == page(other))


def own_pages(urls: Iterable[str]) -> list[str]:
    """Of some addresses, those that lead to a page: not to a whole site, nor to a path alone.

    >>> own_pages(["https://a.example/", "https://a.example/s", "/s"])
    ['https://a.example/s']
    """
    return [url for url in urls if (address := page(url)) and address.host and address.path != "/"]


def others(url: str | None, candidates: Iterable[str]) -> tuple[str, ...]:
    """Return the candidates that are addresses, each once, and other ones than `url`.

    >>> others("https://a.example/x", ["http://a.example/x/", "https://a.example/?p=7", "7"])
    ('https://a.example/?p=7',)
    """
    distinct: list[str] = []
    for candidate in candidates:
        if site(candidate) and not any(
            same(candidate, former) for former in [url or "", *distinct]
        ):
            distinct.append(candidate)
    return tuple(distinct)


def site(url: str) -> str:
    """The address of a site as part of a name: "next.ink", "a.example/blog"; "" if it is none.

    >>> site("https://www.next.ink/"), site("http://a.example/blog/"), site("rien")
    ('next.ink', 'a.example/blog', '')
    """
    address = page(url)
    return "" if address is None or not address.host else address.whole.rstrip("/")


def slug(url: str) -> str:
    """The last piece of an address, by which its own site's files call its page; "" for none.

    Neither the suffix counts nor the day that Jekyll writes before it.

    >>> slug("https://a.example/2024/03/09/la-brume/"), slug("/2024-03-09-la-brume.html")
    ('la-brume', 'la-brume')
    """
    address = page(url)
    if address is None:
        return ""
    last = unquote(address.path.partition("?")[0]).rstrip("/").rpartition("/")[2]
    return _DATED.sub("", _SUFFIX.sub("", last)).casefold()


def path(url: str) -> str:
    """The path of an address, as it is; "" for what is none.

    >>> path("https://a.example/Été?p=7"), path("http://[")
    ('/Été', '')
    """
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def title(url: str) -> str:
    """Return a title made of an address, for a page that has no other.

    >>> title("https://a.example/2013/02/12/l-ete-indien/index.html"), title("/post/1")
    ('l ete indien', '/post/1')
    """
    address = page(url)
    if address is None:
        return url.strip()
    words = _SUFFIX.sub("", unquote(address.path.partition("?")[0]).rpartition("/")[2])
    words = " ".join(re.split(r"[-_+\s]+", words)).strip()
    return words if any(map(str.isalpha, words)) else address.whole
