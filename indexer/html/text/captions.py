"""Which captions of an article's pictures stand above its text, outside of the block that holds it?

The picture under the title is in the head of many pages, and its caption in no paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import escape
from typing import Any

from lxml import etree

from indexer.html.elements import short_text
from indexer.html.text.extraction import squeezed
from indexer.html.text.main_block import Block, ElementAmounts, is_list_of_pages

_LONGEST = 600
_FEWEST_WORDS = 3
"""Of a caption: fewer are a credit or a button."""
_NAMED = re.compile(r"(?i)(?:^|[\s_-])(?:caption|l[eé]gende)(?=$|[\s_-])")
_OF_OTHERS = frozenset(("a", "li", "nav", "aside", "td"))
"""What holds the picture of another page, or one of many."""


def captions_above(block: Block, measured: ElementAmounts) -> str:
    """Return the captions between the title and the block of the text, as paragraphs of HTML.

    block: its own captions are in its text. measured: tells furniture and lists of other pages.
    """
    texts = (short_text(caption, _LONGEST) for caption in _captions(block, measured))
    captions = [text for text in dict.fromkeys(texts) if len(text.split()) >= _FEWEST_WORDS]
    # a picture may be shown again among the paragraphs, or twice for screens of two widths
    block_text = squeezed(block.element) if captions else ""
    return "".join(
        f"<p>{escape(text)}</p>" for text in captions if "".join(text.split()) not in block_text
    )


def _captions(block: Block, measured: ElementAmounts) -> Iterator[Any]:
    """The captions under the title and above the block whose pictures are the article's."""

    # once for each element: a gallery has thousands of captions
    @cache
    def is_apart(element: Any) -> bool:
        is_other = element.tag in _OF_OTHERS or element in measured.furniture
        return is_other or is_list_of_pages(element, measured)

    @cache
    def has_picture(element: Any) -> bool:
        return next(element.iter("img"), None) is not None

    captions: list[Any] = []
    is_titled = False
    for element in block.element.getroottree().getroot().iter(etree.Element):
        if element is block.element:
            break
        if element.tag == "h1":
            captions, is_titled = [], True
        elif is_titled and (
            element.tag == "figcaption" or (_is_named(element) and has_picture(element.getparent()))
        ):
            captions.append(element)
    around = set(block.element.iterancestors())
    for caption in captions:
        between = (above for above in caption.iterancestors() if above not in around)
        if not is_apart(caption) and not any(map(is_apart, between)):
            yield caption


def _is_named(element: Any) -> bool:
    """Whether an element is named as a caption, and holds no picture: `wp-caption` does."""
    if element.tag not in ("p", "div", "span") or not _NAMED.search(element.get("class") or ""):
        return False
    return all(inner is element for inner in element.iter("img", "figcaption", "p", "div"))
