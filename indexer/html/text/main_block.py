"""Which element of a page holds the paragraphs of its article?

The one under which most of the text stands, links and furniture left out, below the title. From
the parent that holds the most one climbs as long as what is around goes on with the same text,
and never to lists of other articles.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from lxml import etree

from indexer.html.elements import short_text
from indexer.html.finder.comment_words import words_of
from indexer.html.inline import INLINE
from indexer.html.listing import leads_from_heading
from indexer.html.text.page_furniture import is_furniture, is_text_named

_NO_TEXT = frozenset(("script", "style", "noscript", "svg", "iframe", "template", "head", "option"))
_PARAGRAPH = 40
"""Characters of a block that is surely text."""


@dataclass(slots=True)
class _Amount:
    """Characters in an element's own lines, of which in links; and of paragraphs under it."""

    own: int = 0
    linked: int = 0
    under: int = 0
    links: int = 0

    @property
    def is_text(self) -> bool:
        return self.own >= _PARAGRAPH and self.linked * 2 < self.own

    @property
    def is_link(self) -> bool:
        return self.own >= 3 and self.linked * 10 >= self.own * 9


@dataclass(slots=True)
class ElementAmounts:
    """What a page's elements hold: the amounts of each block, and what is furniture."""

    amounts: dict[Any, _Amount] = field(default_factory=dict)
    furniture: set[Any] = field(default_factory=set)
    total: int = 0


def measure(root: Any) -> ElementAmounts:
    """Return how much text each element holds, without furniture."""
    other_articles = _other_articles(root)
    measured = ElementAmounts()
    _count(root, measured, other_articles)
    page_total = measured.total
    if not page_total:
        return measured
    # an element with most of the text is no furniture, but the foot of a page without text
    furniture = {
        element
        for element in _named(root)
        if element in measured.amounts
        and (measured.amounts[element].under * 2 < page_total or _is_foot(element))
    }
    furniture |= other_articles
    again = ElementAmounts(furniture=furniture)
    _count(root, again, furniture)
    return again


def _is_foot(element: Any) -> bool:
    return bool(element.tag == "footer" or element.get("role") == "contentinfo")


def _other_articles(root: Any) -> set[Any]:
    """The articles that a page shows below its own, each under a title, for who scrolls on."""
    titles = list(islice(root.iter("h1"), 50))
    title_article = next(titles[0].iterancestors("article"), None) if titles else None
    if title_article is None:
        return set()
    around = (next(title.iterancestors("article"), None) for title in titles[1:])
    own_articles = {
        title_article,
        *title_article.iter("article"),
        *title_article.iterancestors("article"),
    }
    other_articles = {
        article for article in around if article is not None and article not in own_articles
    }
    return other_articles | set(_cards(title_article))


_FEWEST_CARDS = 3


def _cards(article: Any) -> Iterator[Any]:
    """The like elements beside a page's article, each under a heading that leads elsewhere."""
    for scope in (article, *article.iterancestors()):
        siblings_by_class: dict[tuple[str, str | None], list[Any]] = {}
        for sibling in (*scope.itersiblings(), *scope.itersiblings(preceding=True)):
            if isinstance(sibling.tag, str) and sibling.tag not in _TAGS_KEPT:
                siblings_by_class.setdefault((sibling.tag, sibling.get("class")), []).append(
                    sibling
                )
        for (tag, _), siblings in siblings_by_class.items():
            cards = [sibling for sibling in siblings if leads_from_heading(sibling)]
            fewest = 1 if tag == "article" else _FEWEST_CARDS
            if len(cards) >= fewest and len(cards) == len(siblings):
                yield from cards


@dataclass(frozen=True, slots=True)
class Block:
    """The element of the text, and what in it is none: lists of other pages, notices."""

    element: Any
    apart: frozenset[Any] = frozenset()


def main_block(root: Any, measured: ElementAmounts) -> Block | None:
    """The element of the text; None when there is none."""
    scores: dict[Any, float] = {}
    title = next(root.iter("h1"), None)
    below = title is None
    for element in root.iter(etree.Element):
        below = below or element is title
        amount = measured.amounts.get(element)
        if amount is None or not amount.is_text:
            continue
        weight = (amount.own - amount.linked) * (1.0 if below else 0.25)
        around = element if element.tag in _HOLDERS and len(element) else element.getparent()
        for share in (1.0, 0.5):
            if around is not None:
                scores[around] = scores.get(around, 0.0) + weight * share
                around = around.getparent()
    if not scores:
        return None
    best = max(scores, key=lambda element: scores[element])
    titled = set() if title is None else set(title.iterancestors())
    return _climbed(best, titled, measured)


_HOLDERS = frozenset(("div", "section", "article", "main", "td", "body"))
"""What may hold text of its own, cut by line breaks, beside paragraphs."""


def _climbed(best: Any, titled: set[Any], measured: ElementAmounts) -> Block:
    """The block with what goes on around it, up to what holds the title as well."""
    block = Block(best)
    current = best
    apart: set[Any] = set()
    for _ in range(_HIGHEST):
        parent = current.getparent()
        if current in titled or parent is None or parent.tag == "html":
            break
        before = True
        goes_on = False
        for sibling in parent.iterchildren(etree.Element):
            if sibling is current:
                before = False
            elif sibling not in measured.furniture:
                if _goes_on(sibling, current, measured, before=before):
                    goes_on = True
                elif sibling.tag not in _TAGS_KEPT or measured.amounts[sibling].under:
                    apart.add(sibling)
        if goes_on:
            block = Block(parent, frozenset(apart))
        current = parent
    return block


_HIGHEST = 5
_TAGS_KEPT = frozenset(
    ("figure", "h1", "h2", "h3", "h4", "h5", "h6", "img", "hr", "br", "header", "p")
)


_AFTERWARDS = frozenset(("ps", "postscript", "notes", "nbp", "footnotes", "endnotes"))
"""What may be shorter than a paragraph, under the text."""


_BOXES = frozenset(("encadre", "encart", "keypoints", "essentiel", "factbox"))
"""What names the boxes of an article, which many sites set as `aside`."""


def _goes_on(sibling: Any, block: Any, measured: ElementAmounts, *, before: bool) -> bool:
    """Whether a sibling of the block holds more of the article's text."""
    amount = measured.amounts[sibling]
    if not before and words_of(sibling) & _AFTERWARDS and short_text(sibling, 2000):
        return True
    if not amount.under or is_list_of_pages(sibling, measured):
        return False
    if words_of(sibling) & _BOXES:
        return True
    if sibling.tag == "aside":
        return False
    if before or sibling.tag in ("p", "blockquote", "ul", "ol", "pre"):
        return True
    has_same_class = (sibling.tag, sibling.get("class")) == (block.tag, block.get("class"))
    return has_same_class or is_text_named(sibling)


def is_list_of_pages(element: Any, measured: ElementAmounts) -> bool:
    """Return whether an element holds titles that are links, each with its text or none."""
    links = texts = 0
    for child in element.iter(etree.Element):
        amount = measured.amounts.get(child)
        if amount is None:
            continue
        links += amount.is_link
        texts += amount.is_text
    return links >= 2 and texts <= links * 1.5


def _named(root: Any) -> Iterator[Any]:
    for element in root.iter(etree.Element):
        if element.tag not in ("html", "body", "main", "article") and is_furniture(element):
            yield element


def _count(root: Any, measured: ElementAmounts, furniture: set[Any]) -> None:
    """Gather the texts of each block, then of all that are under each element."""
    waiting: list[tuple[Any, Any, bool]] = [(root, root, False)]
    order = []
    while waiting:
        element, block, linked = waiting.pop()
        if element.tag not in INLINE:
            block = element
        linked = linked or (element.tag == "a" and element.get("href") is not None)
        amount = measured.amounts.setdefault(element, _Amount())
        order.append(element)
        _add(measured.amounts[block], element.text, linked)
        outside = linked and element.tag != "a"
        for child in element:
            _add(
                amount if element is block else measured.amounts[block],
                child.tail,
                outside or linked,
            )
            tag = child.tag
            if isinstance(tag, str) and tag not in _NO_TEXT and child not in furniture:
                waiting.append((child, block, linked))
            elif isinstance(tag, str):
                measured.amounts.setdefault(child, _Amount())
    for element in reversed(order):
        amount = measured.amounts[element]
        if amount.is_text:
            amount.under += amount.own - amount.linked
        parent = element.getparent()
        if parent is not None and parent in measured.amounts and element is not root:
            measured.amounts[parent].under += amount.under
    measured.total = measured.amounts[root].under


def _add(amount: _Amount, text: str | None, linked: bool) -> None:
    size = len(" ".join(text.split())) if text else 0
    amount.own += size
    amount.linked += size if linked else 0
