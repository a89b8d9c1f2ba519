"""Which dates stand between a name and the words, in one text: « <b>Zoé</b> (2 mars 2024) : Oui. »?

They are put in elements of their own, by which comments are found; the text stays as it is.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

from lxml import etree

from indexer.html.finder.comment_words import thread_hint
from indexer.html.finder.date_marks import is_dated

_HIGHEST = 8
_NAMES = ("b", "strong", "a", "cite", "em", "i", "span")
_LEADING = re.compile(
    r"\s*(?P<date>\([^()\n]{6,40}\)|[,–—-]\s*[^:\n]{6,30}(?::\d\d)?)(?=\s*:\s+\S)"
)


def part_at_leading_dates(root: Any) -> None:
    """Make an element of each date between a name, in an element, and a colon. Alters the tree.

    Where comments are spoken of: a chronology is written so too.

    >>> import lxml.html
    >>> page = lxml.html.fragment_fromstring(
    ...     "<div id=comments><b>Zoé</b> (2 mars 2024 10:22) : Oui.</div>")
    >>> part_at_leading_dates(page)
    >>> page[1].text, page[1].tail
    ('(2 mars 2024 10:22)', ' : Oui.')
    """
    for element in list(root.iter(*_NAMES)):
        match = _LEADING.match(element.tail or "")
        if match is None or not is_dated(match["date"]) or not _begins(element):
            continue
        if not _is_of_thread(element):
            continue
        date = etree.Element("span")
        date.text, date.tail = match["date"], element.tail[match.end() :]
        element.tail = element.tail[: match.start("date")]
        # what `addnext` moves would be the tail too
        parent = element.getparent()
        if parent is not None:
            parent.insert(parent.index(element) + 1, date)


def _begins(element: Any) -> bool:
    """Whether nothing is said before an element in what holds it: a comment may tell of days."""
    parent = element.getparent()
    texts = [parent.text, *(sibling.tail for sibling in element.itersiblings(preceding=True))]
    return not any(map(str.isalnum, "".join(filter(None, texts))))


def _is_of_thread(element: Any) -> bool:
    return any(thread_hint(above) == 2 for above in islice(element.iterancestors(), _HIGHEST))
