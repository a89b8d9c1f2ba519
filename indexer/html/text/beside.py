"""Which paragraphs of a page are neither its article's nor known to be the site's?

A box, a letter, an article under another may stand outside of the block of the text: the report
says what is left out.
"""

from __future__ import annotations

from itertools import islice
from typing import Any

from lxml import etree

from indexer.html.elements import text_of
from indexer.html.text.main_block import Block, ElementAmounts, is_list_of_pages
from indexer.html.text.page_furniture import is_prose

_HIGHEST = 6
"""Elements around a paragraph that may make a list of other articles of it."""


def paragraphs_beside(block: Block, measured: ElementAmounts) -> tuple[str, ...]:
    """Return the paragraphs of prose outside of the text's block, and in no list of pages."""
    elements_of_text = set(block.element.iter(etree.Element))
    for apart in block.apart:
        elements_of_text.difference_update(apart.iter(etree.Element))
    around = set(block.element.iterancestors())
    listed: dict[Any, bool] = {}
    return tuple(
        text_of(element)
        for element, amount in measured.amounts.items()
        if amount.is_text
        and element not in elements_of_text
        and element not in around
        and is_prose(element)
        and not _is_listed(element, around, measured, listed)
    )


def _is_listed(
    element: Any, around: set[Any], measured: ElementAmounts, listed: dict[Any, bool]
) -> bool:
    """Whether an element stands in a list of other articles, below what holds the text too.

    listed: whether each element met so far is such a list.
    """
    for ancestor in islice(element.iterancestors(), _HIGHEST):
        if ancestor in around:
            return False
        if ancestor not in listed:
            listed[ancestor] = is_list_of_pages(ancestor, measured)
        if listed[ancestor]:
            return True
    return False
