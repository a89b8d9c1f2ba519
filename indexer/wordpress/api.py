"""Where is a WordPress's interface (REST), and what do its lists hold?

The lists are read page after page, and their habits are known here: past the end, posts
answer 400 and comments an empty list; the totals in the headers count what may not be read;
a page of a list that shrinks meanwhile no longer begins where it did. Only the site's own
host is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any, NamedTuple
from urllib.parse import urlencode, urljoin, urlsplit

import orjson

from indexer.files import parsed
from indexer.reporting import shorten
from indexer.web import Answer, Fetching, Unanswered, printable
from indexer.wordpress.site import Site, Validator

PER_PAGE = 100
"""As many as WordPress allows."""
# two million comments; a list without an end is no list
_MOST_PAGES = 20_000
_REL = "https://api.w.org/"
_LINK = re.compile(r'<([^<>]*)>\s*;[^,]*?rel="?' + re.escape(_REL), re.IGNORECASE)
_TAG = re.compile(r"<link\b[^>]{0,2000}>", re.IGNORECASE)
_HREF = re.compile(r"""\bhref\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_LANGUAGE = re.compile(r"""<html\b[^>]{0,2000}?\blang\s*=\s*["']?([\w-]+)""", re.IGNORECASE)
_CLOSED = frozenset((401, 403, 404, 405, 410, 451))
_NOT_WORDPRESS = "n’est pas l’adresse d’un WordPress dont l’interface (REST) répond"


class AccessDenied(Unanswered):
    """The site does not let everybody read this; `status` is what it answered."""

    def __init__(self, status: int, list_name: str) -> None:
        super().__init__(
            f"ne laisse pas lire {list_name} (réponse {status}) : "
            "demandez à qui l’administre d’ouvrir "
            "l’interface REST, ou une exportation (Outils → Exporter)"
        )
        self.status = status

    @property
    def missing(self) -> bool:
        """Whether there is nothing there, rather than something shut."""
        return self.status in (404, 410)


class Page(NamedTuple):
    """Items of a list, each an object with a number `id`; what its headers announce."""

    items: list[dict[str, Any]]
    number: int
    total: int | None


def same_host(url: str, other: str) -> bool:
    """Return whether two addresses have one host, ignoring `www.` and http or https.

    >>> same_host("http://www.a.example/x", "https://a.example/wp-json/")
    True
    >>> same_host("http://a.example:8080/", "http://a.example/")
    False
    """
    return _host(url) == _host(other) is not None


def _host(url: str) -> tuple[str, int | None] | None:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    return parts.hostname.removeprefix("www."), None if port in (80, 443) else port


def discover(fetching: Fetching, address: str) -> Site:
    """Return the WordPress whose home or any page is at an address. Raises Unanswered."""
    link, language, home, status = _front(fetching, address)
    if link is not None and not same_host(link, home):
        raise Unanswered(
            "son interface est chez un autre hôte : "
            f"donnez l’adresse de celui-ci ({printable(link)})"
        )
    candidates = dict.fromkeys([link] if link else _candidates(address, home))
    for api in candidates:
        index = _index(fetching, api, home)
        if index is not None:
            own_home = index.get("home") or index.get("url")
            return Site(
                api,
                own_home if isinstance(own_home, str) and _host(own_home) else home,
                index["name"] if isinstance(index.get("name"), str) else "",
                language,
            )
    if link is not None:
        # its index may be closed, and its lists not
        return Site(link, home, "", language)
    refused = "" if status < 400 else f" (réponse {status})"
    raise Unanswered(_NOT_WORDPRESS + refused)


def _front(fetching: Fetching, address: str) -> tuple[str | None, str, str, int]:
    """Return the interface that a page announces, its language, its final address, its status."""
    answer = fetching.get(address)
    page = answer.body[: 1 << 20].decode("utf-8", "replace")
    match = _LINK.search(answer.headers.get("link", ""))
    link = match[1] if match else None
    if link is None:
        tags = (tag for tag in _TAG.findall(page) if _REL in tag)
        link = next((unescape(href[1]) for tag in tags if (href := _HREF.search(tag))), None)
    language = _LANGUAGE.search(page[:20_000])
    if link is not None:
        link = urljoin(answer.url, link)
        if answer.url.startswith("https:") and link.startswith("http:"):
            link = "https" + link.removeprefix("http")
    return link, language[1] if language else "", answer.url, answer.status


def _candidates(address: str, home: str) -> Iterator[str]:
    for url in (address, home):
        if "wp-json" in url:
            yield url[: url.index("wp-json")] + "wp-json/"
        elif "rest_route=" in url:
            yield url[: url.index("rest_route=")] + "rest_route=/"
    parts = urlsplit(home)
    for path in dict.fromkeys((parts.path.rstrip("/") + "/", "/")):
        top = f"{parts.scheme}://{parts.netloc}{path}"
        yield top + "wp-json/"
        yield top + "?rest_route=/"


def _index(fetching: Fetching, api: str, home: str) -> dict[str, Any] | None:
    """Return the index of an interface; None when there is none at this address."""
    answer = fetching.get(api, stay=lambda url: same_host(url, home))
    try:
        index = parsed(answer.body)
    except orjson.JSONDecodeError:
        return None
    spaces = index.get("namespaces") if isinstance(index, dict) else None
    return index if isinstance(spaces, list) and "wp/v2" in spaces else None


class Api:
    """The lists of one site. `validators` are those of the addresses it may ask again."""

    def __init__(
        self, fetching: Fetching, site: Site, validators: Mapping[str, Validator] | None = None
    ) -> None:
        self.site = site
        self.validators: dict[str, Validator] = {}
        self._validators = validators or {}
        self._fetching = fetching
        self._size = PER_PAGE

    def pages(
        self, route: str, list_name: str, first: int = 1, *, again: bool = False, **params: object
    ) -> Iterator[Page]:
        """The pages of a list ("posts"), from one of them on, each item once.

        what: the list in a French sentence. again: the first page may be left out, when the
        site says that it has not changed. Raises Unanswered, AccessDenied.
        """
        ids: set[int] = set()
        number, stale, total = first, 0, None
        while number <= _MOST_PAGES:
            url = self.url(route, **params, per_page=self._size, page=number)
            answer = self._get(url, again=again and number == first)
            if answer.status == 304:
                return
            if answer.status == 400:
                refusal = _refusal(answer)
                if number > 1 and "page_number" in str(refusal.get("code")):
                    return
                refused = refusal.get("data")
                inside = refused.get("params") if isinstance(refused, dict) else None
                if number == first and inside and "per_page" in inside and self._size > 10:
                    self._size = max(10, self._size // 2)
                    continue
            items = _items(answer, list_name)
            before, total = total, _number(answer.headers.get("x-wp-total"))
            last = _number(answer.headers.get("x-wp-totalpages"))
            fresh = [item for item in items if item["id"] not in ids]
            ids.update(item["id"] for item in fresh)
            yield Page(fresh, number, total)
            stale = 0 if fresh else stale + 1
            if stale == 3 or (not items and (last is None or number >= last)):
                return
            if last is not None and number >= last and len(items) < self._size:
                return
            if before is not None and total is not None and total < before and number > 1:
                # something was taken away: what came first on this page ends the one before
                number -= 1
            else:
                number += 1

    def glance(self, route: str, list_name: str, **params: object) -> Page:
        """A list's first item, and how many its headers count. Raises Unanswered, AccessDenied."""
        answer = self._get(self.url(route, **params, per_page=1, page=1))
        return Page(_items(answer, list_name), 1, _number(answer.headers.get("x-wp-total")))

    def url(self, route: str, **params: object) -> str:
        """The address of a list.

        >>> from indexer.web.fetching import Fetching
        >>> Api(Fetching(), Site("http://a.example/?rest_route=/", "")).url("posts", page=2)
        'http://a.example/?rest_route=/wp/v2/posts&page=2'
        """
        joint = "&" if "?" in self.site.api else "?"
        top = self.site.api if self.site.api.endswith("/") else self.site.api + "/"
        return f"{top}wp/v2/{route}{joint}{urlencode(params, safe=',:')}"

    def _get(self, url: str, *, again: bool = False) -> Answer:
        former = self._validators.get(url) if again else None
        answer = self._fetching.get(
            url,
            former.headers if former else None,
            stay=lambda target: same_host(target, self.site.api),
        )
        if again:
            fresh = Validator(
                answer.headers.get("etag", "")[:500], answer.headers.get("last-modified", "")[:100]
            )
            current = former if answer.status == 304 and former else fresh
            if current.headers:
                self.validators[url] = current
        return answer


def _items(answer: Answer, list_name: str) -> list[dict[str, Any]]:
    if answer.status in _CLOSED:
        raise AccessDenied(answer.status, list_name)
    if answer.status != 200:
        message = shorten(str(_refusal(answer).get("message", "")), 120)
        raise Unanswered(
            f"a refusé {list_name} (réponse {answer.status}{' : ' + message if message else ''})"
        )
    try:
        items = parsed(answer.body)
    except orjson.JSONDecodeError:
        items = None
    except MemoryError:
        raise Unanswered(f"la mémoire manque pour lire {list_name}") from None
    if not isinstance(items, list):
        raise Unanswered(f"a répondu autre chose que la liste demandée pour {list_name}")
    return [
        item
        for item in items
        if isinstance(item, dict) and type(item.get("id")) is int and item["id"]
    ]


def _refusal(answer: Answer) -> dict[str, Any]:
    try:
        value = parsed(answer.body)
    except orjson.JSONDecodeError:
        return {}
    return value if isinstance(value, dict) else {}


def _number(value: str | None) -> int | None:
    return (
        int(value) if value and value.isascii() and value.isdecimal() and len(value) < 10 else None
    )
