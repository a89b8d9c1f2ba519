"""Which sections does trafilatura find in a page whose main block holds hardly any text?"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Set
from importlib import import_module
from itertools import islice
from typing import Any

from lxml import etree

from indexer.article import Section
from indexer.files import outer_html
from indexer.markup import html_text


class NoExtractor(RuntimeError):
    """trafilatura is not installed."""


def extracted_sections(root: Any, furniture: Set[Any]) -> tuple[Section, ...]:
    """Return the sections that trafilatura finds. Raises NoExtractor where it is missing.

    Where they hold a menu, it found no article and gives the text of the whole page: then the
    paragraphs under the title.
    """
    menus = [squeezed(element) for element in furniture if _is_menu(element)]
    menus += map(squeezed, _lists_above(root))
    paragraphs = html_text.sections("".join(map(outer_html, _under_title(root, furniture))))
    body = _extract(root)
    if body is None or any(menu in squeezed(body) for menu in menus):
        return paragraphs
    return html_text.sections(_as_html(body))


def _lists_above(root: Any) -> Iterator[Any]:
    """The elements above the title that hold links and hardly a letter else."""
    title = next(root.iter("h1"), None)
    around = set() if title is None else set(title.iterancestors())
    for element in root.iter(etree.Element) if around else ():
        if element is title:
            return
        links = [] if element in around else list(islice(element.iter("a"), _MOST_LINKS))
        if len(links) >= _FEWEST_LINKS:
            linked = sum(len(squeezed(link)) for link in links)
            if len(squeezed(element)) <= linked * 1.2:
                yield element


def _under_title(root: Any, furniture: Set[Any]) -> list[Any]:
    """The paragraphs, lists and quotations under the title that stand beside the first of them."""
    title = next(root.iter("h1"), None)
    below = [] if title is None else title.xpath("following::p")
    first = next((p for p in below if furniture.isdisjoint((p, *p.iterancestors()))), None)
    if first is None:
        return []
    beside = first.itersiblings("p", "ul", "ol", "blockquote", "pre", "h2", "h3", "h4")
    return [element for element in (first, *beside) if element not in furniture]


def _is_menu(element: Any) -> bool:
    return sum(1 for _ in islice(element.iter("a"), _FEWEST_LINKS)) == _FEWEST_LINKS


_FEWEST_LINKS, _MOST_LINKS = 3, 200


def _extract(root: Any) -> Any:
    for name in ("trafilatura", "justext"):
        logging.getLogger(name).addHandler(logging.NullHandler())
    try:
        extract = import_module("trafilatura").bare_extraction
    except ImportError as error:
        raise NoExtractor from error
    try:
        document = extract(root, include_comments=False, include_tables=True, deduplicate=False)
    except Exception:  # what strangers' pages do to a heuristic is not for its caller to list
        return None
    return None if document is None else document.body


_HTML = {
    "list": "ul",
    "item": "li",
    "quote": "blockquote",
    "lb": "br",
    "row": "tr",
    "cell": "td",
    "head": "h2",
    "hi": "span",
    "ref": "span",
    "del": "span",
    "code": "pre",
}


def squeezed(element: Any) -> str:
    """Return the text of an element without its blanks, by which it is known again."""
    return "".join("".join(element.itertext()).split())


def _as_html(body: Any) -> str:
    """The extraction's own tags as those of HTML."""
    for element in list(body.iter(etree.Element)):
        if element.tag == "graphic":
            element.tag = "span"
        rend = element.get("rend") or ""
        if element.tag == "head" and re.fullmatch(r"h[1-6]", rend):
            element.tag = rend
        elif element.tag == "code" and element.getparent() is not None and not _multiline(element):
            element.tag = "span"
        else:
            # some names that pages give are none that could be given here
            element.tag = _HTML.get(element.tag) or (
                element.tag if re.fullmatch(r"[A-Za-z][A-Za-z0-9]*", element.tag) else "span"
            )
    html: str = etree.tostring(body, encoding="unicode", method="html")
    return html


def _multiline(element: Any) -> bool:
    return "\n" in "".join(element.itertext()).strip()
