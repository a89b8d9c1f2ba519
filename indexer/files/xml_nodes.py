"""What do an element of XML and its children say: their names, and their texts?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lxml import etree


def local(node: etree._Element) -> str:
    """An element's name without its namespace."""
    return str(node.tag).rpartition("}")[2].rpartition(":")[2]


def inner_html(node: etree._Element) -> str:
    """The text of an element, where HTML that nobody protected is HTML all the same.

    >>> inner_html(etree.fromstring("<p>Un <b>bac</b>.</p>"))
    'Un <b>bac</b>.'
    """
    return (node.text or "") + "".join(etree.tostring(child, encoding="unicode") for child in node)


def outer_html(element: Any) -> str:
    """An element of a page as HTML, without what follows it.

    >>> outer_html(etree.fromstring("<p>Un<br/></p>"))
    '<p>Un<br></p>'
    """
    html: str = etree.tostring(element, encoding="unicode", method="html", with_tail=False)
    return html


def members(
    node: etree._Element, name_of: Callable[[etree._Element], str] = local
) -> dict[str, str]:
    """What an element's children say, the first of each name.

    >>> members(etree.fromstring("<a><b>Un</b><c>Deux</c><b>Trois</b></a>"))
    {'b': 'Un', 'c': 'Deux'}
    """
    texts: dict[str, str] = {}
    for child in node.iterchildren(etree.Element):
        if (name := name_of(child)) not in texts:
            texts[name] = inner_html(child)
    return texts
