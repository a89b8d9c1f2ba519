"""What remains of the block of an article's text without the parts of the page in it?"""

from __future__ import annotations

import copy
import re
from collections.abc import Set
from itertools import islice
from typing import Any

from lxml import etree

from indexer.html.elements import short_text, take_away
from indexer.html.text.main_block import Block
from indexer.html.text.page_furniture import is_label, is_request, is_surely_label, leads_elsewhere

_MARK = "data-glose-apart"
_HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
_LABELS = _HEADINGS | {"p", "div", "span", "strong", "header"}


def pruned(block: Block, furniture: Set[Any]) -> str:
    """Return the HTML of a block without furniture, nor lists of and links to other articles."""
    marked = [element for element in (*furniture, *block.apart) if isinstance(element.tag, str)]
    for element in marked:
        element.set(_MARK, "")
    try:
        copied = copy.deepcopy(block.element)
    finally:
        for element in marked:
            element.attrib.pop(_MARK, None)
    copied.tail = None
    for element in list(copied.iter(etree.Element)):
        if element is not copied and element.get(_MARK) is not None:
            take_away(element)
    for image in list(copied.iter("img")):
        # the initial of a paragraph may be a picture
        if _INITIAL.fullmatch(image.get("alt") or "") and _GOES_ON.match(image.tail or ""):
            image.tail = f"{image.get('alt')}{image.tail}"
    for element in list(copied.iter(etree.Element)):
        if element is copied or element.getparent() is None:
            continue
        if _is_card(element) or (element.tag in _LINES and leads_elsewhere(element)):
            take_away(element)
        elif (
            element.tag in _LABELS
            and is_label(text := short_text(element, 119))
            and (is_surely_label(text) or _announces_links(element, copied))
        ):
            _drop_labelled(element, copied)
    html: str = etree.tostring(copied, encoding="unicode", method="html")
    return html


_INITIAL = re.compile(r"[A-ZÀ-ÖØ-ÞŒ]['’]?")
_GOES_ON = re.compile(r"['’]?[^\W\d_]")
_LINES = frozenset(("p", "div", "li", "aside", "span", "strong"))
_IN_CARDS = ("p", "div", "article", "section", "h2", "h3", "h4", "h5", "h6")


def _is_card(element: Any) -> bool:
    """Whether an element is a link around blocks: another article's title and standfirst."""
    if element.tag == "blockquote":
        # WordPress's preview of a page of some WordPress
        return "wp-embedded-content" in (element.get("class") or "").split()
    if element.tag != "a" or (element.get("href") or "#").startswith("#"):
        return False
    blocks = list(islice(element.iter("figcaption", *_IN_CARDS), 20))
    if any(block.tag == "figcaption" for block in blocks):
        return False
    return any(short_text(block, 1000) for block in blocks)


def _announces_links(label: Any, block: Any) -> bool:
    """Whether links are in a label or follow it; « Vous aimerez ce village » has none."""
    if next(label.iter("a"), None) is not None:
        return True
    while label.getnext() is None and label.getparent() not in (None, block):
        label = label.getparent()
    following = label.getnext()
    return following is not None and _is_links(following)


_REQUEST = 400
"""Characters of a block that does no more than ask for something."""


def _drop_labelled(label: Any, block: Any) -> None:
    """Take away a label and the links that it announces, or the whole block that it asks in."""
    around = label.getparent()
    if (
        around is not block
        and around.tag in ("section", "aside", "div")
        and around[0] is label
        and is_request(short_text(label, 119))
        and short_text(around, _REQUEST)
    ):
        take_away(around)
        return
    following = label.getnext()
    while following is not None and following.tag not in _HEADINGS and _is_links(following):
        after = following.getnext()
        take_away(following)
        following = after
    take_away(label)


def _is_links(element: Any) -> bool:
    """Whether an element holds links, and hardly anything else."""
    if not isinstance(element.tag, str):
        return True
    length = len("".join(element.itertext()).split())
    linked = sum(len("".join(link.itertext()).split()) for link in element.iter("a"))
    return linked * 2 > length or (element.tag != "p" and linked > 0 and length < 120)
