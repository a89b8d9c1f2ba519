"""Which lines make one comment, where only rules (`hr`) part them?

Guest books and the first blogs wrote `<b>Zoé</b> - 2 mars<br>Bravo.<hr>` again and again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from indexer.html.inline import INLINE


def part_at_rules(root: Any) -> list[Any]:
    """Put in one `div` each run of texts and elements between rules, and return these.

    Alters the tree.

    >>> import lxml.html
    >>> page = lxml.html.document_fromstring("<div><b>Zoé</b> Oui.<hr><b>Yann</b> Non.<hr></div>")
    >>> blocks = part_at_rules(page)
    >>> [block.text_content() for block in page.iterfind("body/div/div")]
    ['Zoé Oui.', 'Yann Non.', '']
    >>> join_at_rules(blocks)
    >>> lxml.html.tostring(page.find("body/div"), encoding=str)
    '<div><b>Zoé</b> Oui.<hr><b>Yann</b> Non.<hr></div>'
    """
    parents = {rule.getparent() for rule in root.iter("hr") if _begins_line(rule)} - {None}
    return [block for parent in parents for block in _part(parent)]


def join_at_rules(blocks: Iterable[Any]) -> None:
    """Undo what `part_at_rules` did where it made no comment: an article goes on past a rule."""
    for block in blocks:
        if block.getparent() is not None:
            block.drop_tag()


def _begins_line(rule: Any) -> bool:
    """Whether what follows a rule is a line that no block holds."""
    following = rule.getnext()
    return bool((rule.tail or "").strip()) or (following is not None and following.tag in INLINE)


def _part(parent: Any) -> list[Any]:
    block = parent.makeelement("div")
    blocks = [block]
    block.text, parent.text = parent.text, None
    children = list(parent)
    parent.insert(0, block)
    for child in children:
        if child.tag == "hr":
            block = parent.makeelement("div")
            blocks.append(block)
            block.text, child.tail = child.tail, None
            child.addnext(block)
        else:
            block.append(child)
    return blocks
