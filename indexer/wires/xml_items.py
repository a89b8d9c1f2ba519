"""Which items are in the XML of a news agency: NITF 3, NewsML 1.2, NewsML-G2 2?

The three name the same things otherwise, and NewsML holds NITF or XHTML: each member is looked for
by the names that they give it, in that order. Agencies announce a DTD; one that stands in the file
is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import IO

from lxml import etree

from indexer.files import CapturedFile, FileFormat, local
from indexer.reporting import LeftAside, Outcome, Rank, Skipped
from indexer.wires.item import Item, outcomes_of

LARGEST = 32 << 20
_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>|<!doctype[^>\[]{0,300}>|<!--.{0,2000}?-->|\s)*+"
    rb"<(?:\w{1,20}:)?(?:nitf|newsItem|newsMessage|NewsML)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_DOCTYPE = re.compile(rb"<!doctype[^>\[]{0,300}>", re.IGNORECASE)
_ITEMS = ("newsItem", "NewsItem", "nitf")
_AS_HTML = {"hl2": "h2", "block": "div", "q": "q", "table": "table", "hl1": ""}
_APART = frozenset(("media", "figure", "script", "style", "byline", "dateline", "hedline"))


class NewsXmlFormat(FileFormat):
    """The reader of what agencies send in XML."""

    name = "newsml"
    rank = Rank.EXPORT

    def fits(self, head: bytes) -> bool:
        """Return whether the file is XML whose first element is one of these.

        >>> NewsXmlFormat().fits(b'<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "a.dtd"><nitf>')
        True
        """
        return _ROOT.match(head) is not None

    def outcomes(self, file: CapturedFile, opened: IO[bytes]) -> Iterator[Outcome]:
        """Its articles; pictures, and what is not to be seen, are counted."""
        data = opened.read(LARGEST + 1)
        if len(data) > LARGEST:
            yield Skipped(file.name, f"dépêche de plus de {LARGEST >> 20} Mio")
            return
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
        try:
            root = etree.fromstring(_DOCTYPE.sub(b"", data, count=1), parser)
        except etree.XMLSyntaxError as error:
            yield Skipped(file.name, "XML mal formé : cette dépêche n'est pas lue", error.lineno)
            return
        if root.getroottree().docinfo.internalDTD is not None:
            yield Skipped(file.name, "ce XML a un DOCTYPE : il n'est pas lu")
            return
        left_aside = LeftAside()
        items = [node for node in root.iter(etree.Element) if local(node) in _ITEMS]
        inner = {node for item in items for node in item.iterdescendants(etree.Element)}
        for node in items:
            # a NITF in a NewsML is its text
            if node not in inner:
                yield from outcomes_of(_item(node), self._options.publication, left_aside)
        if not items:
            yield Skipped(file.name, "aucune dépêche dans ce fichier")
        yield from left_aside.remarks(file.name)


def _item(node: etree._Element) -> Item:
    hedline = next(node.iter("{*}hedline"), None)
    kinds = (_attribute(node, "itemClass", "qcode"), _attribute(node, "NewsItemType", "FormalName"))
    return Item(
        name=str(node.get("guid") or "")
        or _text(node, "PublicIdentifier")
        or _attribute(node, "doc-id", "id-string"),
        headline=_text(node, "headline", "HeadLine", "hl1", "title"),
        subtitle=_text(node, "SubHeadLine") or ("" if hedline is None else _text(hedline, "hl2")),
        lead=_text(node, "abstract", "description"),
        body=_body(node),
        byline=_byline(node),
        created=_text(node, "firstCreated", "FirstCreated", "contentCreated", "DateAndTime")
        or _attribute(node, "date.issue", "norm")
        or _attribute(node, "pubdata", "date.publication")
        or _attribute(node, "date.release", "norm")
        or _attribute(node, "story.date", "norm"),
        changed=_text(node, "versionCreated", "ThisRevisionCreated"),
        embargo=_text(node, "embargoed"),
        state=_attribute(node, "pubStatus", "qcode")
        or _attribute(node, "Status", "FormalName")
        or _attribute(node, "docdata", "management-status"),
        kind=next(filter(None, kinds), ""),
        language=_attribute(node, "language", "tag")
        or _attribute(node, "Language", "FormalName")
        or str(node.get("{http://www.w3.org/XML/1998/namespace}lang") or ""),
        publisher=_attribute(node, "pubdata", "name")
        or _inside(node, "provider", "name")
        or _text(node, "distributor", "Provider"),
        rubrics=_all(node, "position.section", "tobject.subject.matter"),
        keywords=(*_all(node, "key"), *_texts(node, "keyword"), *_texts(node, "KeywordLine")),
    )


def _line(node: etree._Element) -> str:
    return escape(" ".join("".join(map(str, node.itertext())).split()), quote=False)


def _text(node: etree._Element, *names: str) -> str:
    """The text of the first element of the first of these names that has some, as HTML."""
    texts = (_line(inner) for name in names for inner in node.iter("{*}" + name))
    return next(filter(None, texts), "")


def _texts(node: etree._Element, name: str) -> tuple[str, ...]:
    return tuple(filter(None, map(_line, node.iter("{*}" + name))))


def _attribute(node: etree._Element, name: str, attribute: str) -> str:
    values = (str(inner.get(attribute) or "") for inner in node.iter("{*}" + name))
    return next(filter(None, values), "").strip()


def _all(node: etree._Element, *attributes: str) -> tuple[str, ...]:
    """The values of these attributes, wherever they are, each once."""
    values = (
        str(inner.get(attribute) or "").strip()
        for attribute in attributes
        for inner in node.iter(etree.Element)
    )
    return tuple(dict.fromkeys(filter(None, values)))


def _inside(node: etree._Element, outer: str, name: str) -> str:
    texts = (_text(inner, name) for inner in node.iter("{*}" + outer))
    return next(filter(None, texts), "")


def _byline(node: etree._Element) -> str:
    """Who signs: persons that are marked, else the line."""
    for name in ("byline", "by", "ByLine"):
        for inner in node.iter("{*}" + name):
            persons = _texts(inner, "person")
            if text := ", ".join(persons) or _line(inner):
                return text
    return ", ".join(
        _text(creator, "name") or _line(creator) for creator in node.iter("{*}creator")
    )


def _body(node: etree._Element) -> str:
    """The text as HTML: NITF's or XHTML's, else what NewsML holds without either."""
    for name in ("body.content", "body", "inlineData", "DataContent"):
        for inner in node.iter("{*}" + name):
            if next(inner.iter("{*}p"), None) is None:
                text = "".join(map(str, inner.itertext())).strip()
                if text and name in ("inlineData", "DataContent"):
                    return "".join(f"<p>{escape(part)}</p>" for part in re.split(r"\n\s*\n", text))
            else:
                return "".join(_html(inner))
    return ""


def _html(node: etree._Element) -> Iterator[str]:
    """What an element holds, with the names of HTML, without captions nor the article's head."""
    yield escape(node.text or "")
    for child in node.iterchildren(etree.Element):
        name = local(child)
        if name not in _APART:
            tag = _AS_HTML.get(name, name if re.fullmatch(r"[a-z][a-z0-9]{0,9}", name) else "")
            yield f"<{tag}>" if tag else ""
            yield from _html(child)
            yield f"</{tag}>" if tag else ""
        yield escape(child.tail or "")
