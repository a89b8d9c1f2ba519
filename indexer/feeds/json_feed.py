"""Which articles does a JSON Feed (versions 1 and 1.1) announce?

Its items are written as feedparser writes entries, and read as those of any feed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from indexer.canonical import Object, lenient_json
from indexer.feeds.feed import Feed
from indexer.files import CapturedFile, JsonFileFormat, opening
from indexer.reporting import Outcome, Rank, Remark

_VERSION = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org\\?/version')


class JsonFeedFormat(JsonFileFormat):
    """The reader of JSON Feed."""

    name = "json-feed"
    rank = Rank.FEED

    def fits(self, head: bytes) -> bool:
        """Return whether the file is JSON that says so.

        >>> JsonFeedFormat().fits(b'{"version": "https://jsonfeed.org/version/1.1", "items": []}')
        True
        """
        return opening.names(head, "version") and _VERSION.search(head) is not None

    def value_outcomes(self, file: CapturedFile, value: Any) -> Iterator[Outcome]:
        """One partial article for each item."""
        document = lenient_json.inside(value)
        channel = {
            "link": document.get("home_page_url"),
            "title_detail": _detail(document, "title"),
            "language": document.get("language"),
        }
        items = lenient_json.objects(document.get("items"))
        if not items:
            yield Remark("empty", "flux sans aucun élément pour l'instant", file.name)
        feed = Feed(
            channel, [_entry(item, _people(document)) for item in items], self._options.publication
        )
        yield from feed.articles()
        yield from feed.left_aside.remarks(file.name)


def _entry(item: Object, authors: list[Object]) -> dict[str, Any]:
    text = item.get("content_text")
    html = item.get("content_html")
    content = _detail(item, "content_html", "text/html") if html else _detail(item, "content_text")
    tags = item.get("tags")
    return {
        "id": lenient_json.text(item.get("id")),
        "link": item.get("url") or item.get("external_url"),
        "title_detail": _detail(item, "title"),
        "summary_detail": _detail(item, "summary"),
        "content": [content] if html or text else [],
        "published": item.get("date_published"),
        "updated": item.get("date_modified"),
        "authors": _people(item) or authors,
        "tags": [{"term": tag} for tag in tags] if isinstance(tags, list) else [],
    }


def _detail(node: Object, member: str, kind: str = "text/plain") -> dict[str, str]:
    return {"type": kind, "value": lenient_json.text(node.get(member))}


def _people(node: Object) -> list[Object]:
    """Its authors: a list since version 1.1."""
    return lenient_json.objects(node.get("authors")) or lenient_json.objects([node.get("author")])
