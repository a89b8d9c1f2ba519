"""Which items are in the JSON of a news agency (ninjs 1 and 2)?

An item alone, a list of items, or an item that holds others (`associations`: pictures mostly).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from html import escape
from typing import Any

from indexer.canonical import Object, lenient_json
from indexer.files import CapturedFile, JsonFileFormat, opening
from indexer.reporting import LeftAside, Outcome, Rank
from indexer.wires.item import Item, outcomes_of

_VERSION = re.compile(rb'"version[cC]reated"\s*:')
_BODY = re.compile(rb'"(?:body_(?:xhtml|html|text)|bodies)"\s*:')
_OWN = re.compile(rb'"(?:sections|articleBody)"\s*:')
_HTML = ("body_xhtml", "body_html")


class NinjsFormat(JsonFileFormat):
    """The reader of what agencies send in JSON."""

    name = "ninjs"
    rank = Rank.EXPORT

    def fits(self, head: bytes) -> bool:
        """Return whether the file is JSON with a body and a version as ninjs calls them.

        >>> NinjsFormat().fits(b'{"uri": "u", "versioncreated": "2024-03-02", "body_text": "A"}')
        True
        """
        if not opening.is_json(head):
            return False
        return all(mark.search(head) for mark in (_VERSION, _BODY)) and not _OWN.search(head)

    def value_outcomes(self, file: CapturedFile, value: Any) -> Iterator[Outcome]:
        """Its articles; what is not to be seen is counted."""
        items = lenient_json.objects(value)
        if not items:
            document = lenient_json.inside(value)
            items = lenient_json.objects(document.get("items")) or [document]
        left_aside = LeftAside()
        for item in items:
            yield from outcomes_of(_item(item), self._options.publication, left_aside)
        yield from left_aside.remarks(file.name)


def _item(node: Object) -> Item:
    text = partial(_text, node)
    return Item(
        name=text("uri"),
        headline=text("headline") or _main(node, "headlines") or text("title"),
        lead=text("description_text") or _main(node, "descriptions"),
        body=_body(node),
        byline=text("byline", "by"),
        created=text("firstcreated", "firstCreated", "contentcreated", "contentCreated"),
        changed=text("versioncreated", "versionCreated"),
        embargo=text("embargoed", "embargoedUntil"),
        state=text("pubstatus", "pubStatus"),
        kind=text("type"),
        language=text("language"),
        publisher=text("copyrightholder", "copyrightHolder", "source"),
        rubrics=_names(node, "subject", "subjects"),
        keywords=_names(node, "keyword", "keywords"),
    )


def _text(node: Object, *members: str) -> str:
    texts = (lenient_json.text(node.get(member)).strip() for member in members)
    return next(filter(None, texts), "")


def _main(node: Object, member: str) -> str:
    """The value of ninjs 2's list of values: that whose role is the main one, else the first."""
    values = sorted(
        lenient_json.objects(node.get(member)),
        key=lambda value: lenient_json.text(value.get("role")) != "main",
    )
    return _text(values[0], "value") if values else ""


def _body(node: Object) -> str:
    for member in _HTML:
        if html := _text(node, member):
            return html
    bodies = lenient_json.objects(node.get("bodies"))
    marked = (body for body in bodies if "html" in lenient_json.text(body.get("contentType")))
    marked_text = next((_text(body, "value") for body in (*marked, *bodies)), "")
    plain = marked_text or _text(node, "body_text")
    if "<" in plain:
        return plain
    return "".join(f"<p>{escape(part)}</p>" for part in plain.split("\n") if part.strip())


def _names(node: Object, *members: str) -> tuple[str, ...]:
    names = [
        _text(value, "name")
        for member in members
        for value in lenient_json.objects(node.get(member))
    ]
    texts = [
        lenient_json.text(value)
        for member in members
        if isinstance(values := node.get(member), list)
        for value in values
    ]
    return tuple(dict.fromkeys(filter(None, (*names, *texts))))
