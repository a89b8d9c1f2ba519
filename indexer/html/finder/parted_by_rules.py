"""Which lines make one comment, where only rules (`hr`) part them?

Guest books and the first blogs wrote `<b>Zoé</b> - 2 mars<br>Bravo.<hr>` again and again.
"""

from __future__ import annotations

from typing import Any

from indexer.html.inline import INLINE


def part_at_rules(root: Any) -> None:
    """Put in one `div` each run of texts and elements between rules. Alters the tree.

    >>> import lxml.html
    >>> page = lxml.html.document_fromstring("<div><b>Zoé</b> Oui.<hr><b>Yann</b> Non.<hr></div>")
    >>> part_at_rules(page)
    >>> [block.text_content() for block in page.iterfind("body/div/div")]
    ['Zoé Oui.', 'Yann Non.', '']
    """
    for parent in {rule.getparent() for rule in root.iter("hr") if _begins_line(rule)} - {None}:
        _part(parent)


def _begins_line(rule: Any) -> bool:
    """Whether what follows a rule is a line that no block holds."""
    following = rule.getnext()
    return bool((rule.tail or "").strip()) or (following is not None and following.tag in INLINE)


def _part(parent: Any) -> None:
    block = parent.makeelement("div")
    block.text, parent.text = parent.text, None
    children = list(parent)
    parent.insert(0, block)
    for child in children:
        if child.tag == "hr":
            block = parent.makeelement("div")
            block.text, child.tail = child.tail, None
            child.addnext(block)
        else:
            block.append(child)
