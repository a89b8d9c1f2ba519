"""Which address does a WordPress give a post, from the settings in its base?

As `get_permalink` of WordPress 7.1 makes it: the structure that was chosen, its tags replaced;
`?p=12` where none was. Types that extensions add have rules of their own, in no table.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

_TAG = re.compile(r"%(\w+)%")
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)")
_PARTS = ("year", "monthnum", "day", "hour", "minute", "second")
_INDEX = "/index.php/"
_DEEPEST = 50


class Page(NamedTuple):
    """Where a page, or a category, is: its slug, and the number of what it is under."""

    slug: str
    parent: str


def path_of(number: str, places: Mapping[str, Page]) -> str:
    """The slugs of a page and of those it is under, the widest first.

    >>> path_of("2", {"1": Page("port", "0"), "2": Page("bacs", "1")})
    'port/bacs'
    """
    slugs: list[str] = []
    above: set[str] = set()
    while number in places and number not in above and len(above) < _DEEPEST:
        above.add(number)
        slugs.append(places[number].slug)
        number = places[number].parent
    return "/".join(reversed(slugs))


class Permalinks:
    """The addresses of a site: `home` is its own, `structure` what was chosen, "" for nothing.

    >>> links = Permalinks("https://a.example", "/%year%/%category%/%postname%/")
    >>> post = {"post_type": "post", "post_id": "7", "post_name": "bac",
    ...     "post_date": "2020-03-04 10:22:00"}
    >>> links.of(post, category="port"), links.of({**post, "post_type": "recette"})
    ('https://a.example/2020/port/bac/', '')
    """

    def __init__(self, home: str, structure: str, front_page: str = "") -> None:
        self._home = home.rstrip("/")
        self._structure = structure.strip()
        self._front_page = front_page

    def of(
        self, post: Mapping[str, str], *, path: str = "", category: str = "", author: str = ""
    ) -> str:
        """The address of a post, "" when it is not known.

        path: that of a page. category: the slugs of the first one. author: the slug of the name.
        """
        kind, number = post["post_type"], post["post_id"]
        if not self._home or kind not in ("post", "page") or not post["post_name"]:
            return ""
        if kind == "page":
            return self._page(number, path)
        if not self._structure:
            return f"{self._home}/?p={number}"
        values = {
            "postname": post["post_name"],
            "post_id": number,
            "category": category or "uncategorized",
            "author": author,
        }
        if date := _DATE.match(post["post_date"]):
            values |= dict(zip(_PARTS, date.groups(), strict=True))
        if not set(_TAG.findall(self._structure)) <= values.keys():
            return ""
        path = _TAG.sub(lambda tag: values[tag[1]], self._structure)
        return f"{self._home}/{path.lstrip('/')}"

    def _page(self, number: str, path: str) -> str:
        if number == self._front_page:
            return f"{self._home}/"
        if not self._structure:
            return f"{self._home}/?page_id={number}"
        before = _INDEX if self._structure.startswith(_INDEX) else "/"
        end = "/" if self._structure.endswith("/") else ""
        return f"{self._home}{before}{path}{end}"
