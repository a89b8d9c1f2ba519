"""Which messages are in a page of discussion whose paragraphs end in signatures (MediaWiki)?

A wiki has no elements for messages: each goes from the end of the one before to a name and a time,
and answers are set in by lists in lists. They are made elements here, which an adapter describes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from lxml import etree

from indexer.html.elements import text_of

_TIME = re.compile(
    r"(?:\d{1,2} [^\W\d_]{3,9}\.? \d{4} à \d{1,2}[:h]\d\d|\d{1,2}:\d\d, \d{1,2} [A-Z][a-z]+ \d{4})"
    r" \([A-Z]{2,5}\)"
)
_USER = re.compile(
    r"(?:/|[?&]title=)(?:(?:Discussion_)?[Uu]tilisat(?:eur|rice)|Discussion_[Uu]tilisat(?:eur|rice)"
    r"|User(?:_talk)?|Sp[ée]cial:Contributions|Special:Contributions)[:/]([^?&#/]+)"
)
_DASHES = re.compile(r"[\s\u2014\u2013-]+$")
"""Between a message and its signature."""
_ENDING = 60
"""Characters behind a time: what answers, or subscribes to, the thread."""
_BESIDE = 20
"""Characters between the links of one signature: (discuter | contributions)."""
_LISTS = frozenset(("dl", "ul", "ol"))
_ITEMS = frozenset(("dd", "dt", "li"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BLOCKS = _LISTS | _ITEMS | _HEADINGS | {"p", "div", "table", "blockquote", "pre", "section"}
_FEWEST = 2
_DEEPEST = 100


def part_at_signatures(root: Any) -> None:
    """Make an element of each signed message of a discussion. Alters the tree.

    >>> import lxml.html
    >>> page = lxml.html.document_fromstring('<div class="mw-parser-output"><p>Oui. <a href='
    ...     '"/wiki/Utilisateur:Zoé">Zoé</a> 3 mars 2024 à 10:22 (CET)<dl><dd>Non. <a href='
    ...     '"/wiki/Utilisateur:Yann">Yann</a> 3 mars 2024 à 11:05 (CET)</dl></div>')
    >>> part_at_signatures(page)
    >>> [(message.get("data-depth"), message[0].text, message[-1].text_content().strip())
    ...     for message in page.iter("div") if message.get("class") == "signed-message"]
    [('0', 'Zoé', 'Oui.'), ('1', 'Yann', 'Non.')]
    """
    for content in root.xpath("//*[contains(@class, 'mw-parser-output')]"):
        if len(_TIME.findall("".join(content.itertext()))) >= _FEWEST:
            for item in content.iter(*_ITEMS):
                _wrap_lines(item)
            _part(content)


def _wrap_lines(item: Any) -> None:
    """Put what stands directly in an item of a list in paragraphs."""
    paragraph = etree.Element("p")
    paragraph.text, item.text = item.text, None
    item.insert(0, paragraph)
    for child in list(item)[1:]:
        if child.tag in _BLOCKS:
            paragraph = etree.Element("p")
            paragraph.text, child.tail = child.tail, None
            child.addnext(paragraph)
        else:
            paragraph.append(child)


def _part(content: Any) -> None:
    """Move what is signed in a content to messages at its end."""
    thread = etree.Element("div")
    heading: Any = None
    base: int | None = None
    pending: list[tuple[Any, int]] = []
    for block, depth in list(_blocks(content, 0, _DEEPEST)):
        if block.tag in _HEADINGS:
            heading, base, pending = block, None, []
            continue
        if "".join(block.itertext()).strip():
            pending.append((block, depth))
        signature = _signature(block)
        if signature is not None:
            name, time, link, is_alone = signature
            if is_alone and len(pending) == 1:
                # the line of a list of persons
                pending = []
                continue
            _cut_from(link, block)
            message = etree.SubElement(thread, "div")
            message.set("class", "signed-message")
            depth = min(depth for _, depth in pending)
            # a section may be a list
            base = depth if base is None else base
            message.set("data-depth", str(max(0, depth - base)))
            for tag, text in (("cite", name), ("time", time)):
                etree.SubElement(message, tag).text = text
            if heading is not None:
                etree.SubElement(message, "b").text = text_of(heading)
                heading.clear()
            words = etree.SubElement(message, "div")
            words.extend(block for block, _ in pending)
            heading, pending = None, []
    content.append(thread)


def _blocks(element: Any, depth: int, levels: int) -> Iterator[tuple[Any, int]]:
    """Yield the paragraphs and headings in an element, each with how many lists set it in.

    levels: how deep to look.
    """
    for child in element:
        if levels and child.tag in _LISTS:
            for item in child:
                yield from _blocks(item, depth + 1, levels - 1)
        elif levels and child.tag in ("div", "section"):
            heading = next((inner for inner in child if inner.tag in _HEADINGS), None)
            if heading is None or child.tag == "section":
                yield from _blocks(child, depth, levels - 1)
            else:
                yield heading, depth
        elif isinstance(child.tag, str):
            yield child, depth


def _signature(block: Any) -> tuple[str, str, Any, bool] | None:
    """Return the name and the time that end a block, the first link, and whether it is all."""
    text = "".join(block.itertext())
    times = list(_TIME.finditer(text))
    if not times or len(text.rstrip()) - times[-1].end() > _ENDING:
        return None
    at, first, name = times[-1].start(), None, ""
    for link, start, end in reversed(list(_links(block))):
        match = _USER.search(unquote(link.get("href") or ""))
        if end <= times[-1].start() and match is not None and at - end <= _BESIDE:
            at, first, name = start, link, match[1].replace("_", " ")
        elif end <= times[-1].start():
            break
    return None if first is None else (name, times[-1][0], first, not _DASHES.sub("", text[:at]))


def _links(block: Any) -> Iterator[tuple[Any, int, int]]:
    """Yield the links of a block, with where the text of each begins and ends in the block's."""
    at = 0
    starts: dict[Any, int] = {}
    for event, element in etree.iterwalk(block, events=("start", "end")):
        if event == "start":
            starts[element] = at
            at += len(element.text or "")
            continue
        if element.tag == "a":
            yield element, starts[element], at
        if element is not block:
            at += len(element.tail or "")


def _cut_from(link: Any, block: Any) -> None:
    """Take away a link and all that follows it in a block, and the dashes before it."""
    node = link
    while node is not block:
        around = node.getparent()
        for sibling in list(node.itersiblings()):
            around.remove(sibling)
        node.tail = None
        if node is link:
            elder = node.getprevious()
            if elder is not None:
                elder.tail = _DASHES.sub("", elder.tail or "")
            else:
                around.text = _DASHES.sub("", around.text or "")
            around.remove(node)
        node = around
