"""Which site are saved answers of, and which names do the numbers of a post stand for?

Authors, categories and tags are numbers in a post. Their names are in the post itself, when it
was asked for with `_embed`, or in answers saved beside: `users.json`, `categories-2.json`,
`tags.json`, and `index.json` or `wp-json.json` for what the site is called.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import urlsplit

from indexer.article import addresses
from indexer.canonical import Object, lenient_json
from indexer.files import (
    UNREADABLE,
    CapturedFile,
    PlacedValue,
    is_candidate,
    open_bytes,
    placed_values,
)
from indexer.markup import line
from indexer.threads import display_name
from indexer.wordpress.site import Site

_INTERFACE = re.compile(r"(https?://[^?#\s]{1,500}?)/[^/?#\s]{1,100}/wp/v2(?:/|$)")
_QUERY_ROUTE = re.compile(r"(https?://[^?#\s]{1,500}?)/?(?:index\.php)?\?rest_route=")
_NUMBERED = re.compile(r"(https?://[^?#\s]{1,500}?)/?\?(?:p|page_id|post_type|attachment_id)=")
_NAMED = re.compile(
    r"users|authors?|auteurs?|categor|rubriques?|tags?|terms|mots|wp-json|index|root|site|racine",
    re.IGNORECASE,
)
_LISTS = {"category": "categories", "post_tag": "tags"}
_LARGEST = 64 << 20
_MOST_FILES = 200


class Names:
    """What is known of a site and of its numbers. `by_number` is as `articles.article` takes it."""

    def __init__(self) -> None:
        self.by_number: dict[tuple[str, int], str] = {}
        self.site_names: dict[str, str] = {}

    def site(self, home: str) -> Site:
        """A site by its home, with what it calls itself when an answer beside says so."""
        return Site("", home, self.site_names.get(home.rstrip("/"), ""))

    def of(self, post: Object) -> Mapping[tuple[str, int], str]:
        """The names of a post's numbers: those it gives itself, then those told beside."""
        embedded = lenient_json.inside(post.get("_embedded"))
        post_names: dict[tuple[str, int], str] = {}
        for author in lenient_json.objects(embedded.get("author")):
            _learn(post_names, author, "users")
        groups = embedded.get("wp:term")
        for group in groups if type(groups) is list else ():
            for term in lenient_json.objects(group):
                _learn(post_names, term)
        return {**self.by_number, **post_names} if post_names else self.by_number

    def learn(self, item: Object) -> None:
        """Keep what an item of a list, or a site's first answer, is called."""
        home = lenient_json.text(item.get("home")).rstrip("/")
        if "namespaces" in item and home:
            self.site_names[home] = line(lenient_json.text(item.get("name")))
        else:
            _learn(self.by_number, item)


def _learn(names: dict[tuple[str, int], str], item: Object, kind: str = "") -> None:
    number, name = item.get("id"), lenient_json.text(item.get("name"))
    if not kind:
        kind = _LISTS.get(lenient_json.text(item.get("taxonomy")), "")
        kind = kind or ("users" if "avatar_urls" in item else "")
    if type(number) is int and kind:
        public_name = display_name(name) if kind == "users" else line(name)
        names[kind, number] = public_name or ""


def home_of(item: Object) -> str:
    """The home of the site that gave an item, "" when nothing tells it.

    >>> home_of({"_links": {"self": [{"href": "https://a.example/blog/wp-json/wp/v2/posts/7"}]}})
    'https://a.example/blog'
    >>> home_of({"guid": {"rendered": "http://old.example/?p=7"}, "link": "https://a.example/x/"})
    'https://a.example'
    """
    links = lenient_json.inside(item.get("_links"))
    for name in ("self", "collection"):
        for link in lenient_json.objects(links.get(name)):
            href = lenient_json.text(link.get("href"))
            if match := _INTERFACE.match(href) or _QUERY_ROUTE.match(href):
                return match[1]
    # the guid keeps the first host of the site, and its folder; the link has its host of now
    guid = lenient_json.text(lenient_json.inside(item.get("guid")).get("rendered"))
    numbered = _NUMBERED.match(guid)
    page = lenient_json.text(item.get("link"))
    root = _root(page) or (numbered and _root(numbered[1])) or ""
    return root + (addresses.path(numbered[1]).rstrip("/") if numbered and root else "")


def _root(url: str) -> str:
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return ""
    return f"{parts.scheme}://{parts.netloc}"


def names_beside(file: CapturedFile) -> Names:
    """The names in the answers saved in the same folder, under names that say so.

    Of a file that is in an archive, nothing is beside.
    """
    names = Names()
    if PurePath(file.name).name != file.path.name:
        return names
    for path in _files_beside(file.path):
        for item in _items(path):
            names.learn(item)
    return names


def _files_beside(path: Path) -> list[Path]:
    try:
        candidates = [
            beside
            for beside in path.parent.iterdir()
            if ".json" in beside.name.lower()
            and is_candidate(beside)
            and _NAMED.search(beside.name)
        ]
        small = (
            file
            for file in sorted(candidates)
            if file.is_file() and file.stat().st_size <= _LARGEST
        )
        return list(islice(small, _MOST_FILES))
    except OSError:
        return []


def _items(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a file that holds names; what cannot be read here is said elsewhere."""
    try:
        with open_bytes(path) as opened:
            for placed in placed_values(opened, path.name, "", "item"):
                if isinstance(placed, PlacedValue) and type(placed.value) is dict:
                    yield placed.value
                elif isinstance(placed, PlacedValue) and type(placed.value) is list:
                    yield from (item for item in placed.value if type(item) is dict)
    except (OSError, *UNREADABLE):
        return
