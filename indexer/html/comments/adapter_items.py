"""Which elements of a page are comments to an adapter, and which hold their members?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from indexer.html.comments.adapters import Adapter, Rule
from indexer.html.elements import around, in_order, owners_of

_MOST = 100_000
"""Comments of one page."""
_MEMBERS = ("body", "author", "date", "deleted")
"""Of which a comment has one at least."""
_BESIDE_PARAGRAPHS = ("blockquote", "ul", "ol", "pre", "table")
"""What somebody writes beside paragraphs; a program gives its own a class."""


def matches_of(adapter: Adapter, root: Any) -> dict[Rule, list[Any]]:
    """The elements of a page that each rule finds, but for those of the items themselves."""
    return {
        rule: rule.selector.of(root)
        for rules in adapter.rules.values()
        for rule in rules
        if not rule.selector.self
    }


def items_of(adapter: Adapter, root: Any, matches: Mapping[Rule, list[Any]]) -> list[Any]:
    """The comments, in the order of the page.

    Those inside others hold members of theirs: a `li` without any is of the list that somebody
    wrote. matches: what `matches_of` gives.
    """
    elements = (item for selector in adapter.item for item in selector.of(root))
    items = in_order(root, elements)[:_MOST]
    if any(rule.selector.self for rule in adapter.rules["body"]):
        return items
    rules = (rule for member in _MEMBERS for rule in adapter.rules.get(member, ()))
    holders = around(element for rule in rules for element in matches.get(rule, ()))
    owners = owners_of(root, set(items))
    return [item for item in items if item in holders or owners.get(item.getparent()) is None]


def body_of(elements: Sequence[Any]) -> list[Any]:
    """The elements of a body of which a rule finds these: the first alone, or its paragraphs.

    Of a body that is paragraphs, also the lists and quotations that follow the first.
    """
    if elements[0].tag != "p":
        return [elements[0]]
    paragraphs = set(elements)
    beside = elements[0].itersiblings("p", *_BESIDE_PARAGRAPHS)
    return [
        elements[0],
        *(
            element
            for element in beside
            if element in paragraphs or (element.tag != "p" and not element.keys())
        ),
    ]
