"""Which captions of an article's pictures stand above its text, outside of the block that holds it?

The picture under the title is in the head of many pages, and its caption in no paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
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
    captions: list[Any] = []
    is_titled = False
    for element in block.element.getroottree().getroot().iter(etree.Element):
        if element is block.element:
            break
        if element.tag == "h1":
            captions, is_titled = [], True
        elif is_titled and _is_caption(element):
            captions.append(element)
    around = set(block.element.iterancestors())
    for caption in captions:
        between = [above for above in caption.iterancestors() if above not in around]
        apart = any(
            above.tag in _OF_OTHERS
            or above in measured.furniture
            or is_list_of_pages(above, measured)
            for above in (caption, *between)
        )
        if not apart:
            yield caption


def _is_caption(element: Any) -> bool:
    """Whether an element is named as a caption, beside a picture."""
    if element.tag == "figcaption":
        return True
    named = element.tag in ("p", "div", "span") and _NAMED.search(element.get("class") or "")
    if not named or next(element.getparent().iter("img"), None) is None:
        return False
    # what holds the picture too is named so by some (`wp-caption`)
    return all(inner is element for inner in element.iter("img", "figcaption", "p", "div"))
