"""Which panels of an article does a click unfold, each under the line that opens it?

Those of accordions and tabs. The line says so (`aria-expanded`, or a tab's `role`), and often names
its panel (`aria-controls`, `data-bs-target`).
"""

from __future__ import annotations

from itertools import islice
from typing import Any

from indexer.html.elements import inherited, short_text
from indexer.html.finder.comment_words import thread_hint
from indexer.html.text.page_furniture import UNFOLDING_HEADINGS, is_prose
from indexer.html.unseen import show

_TARGETS = ("aria-controls", "data-bs-target", "data-target")
_AROUND = frozenset(("nav", "header", "footer", "form", "dialog"))
_LONGEST = 300
_MOST_BLOCKS = 200
"""First blocks of a panel, among which one is prose in a text."""


def unfold(root: Any) -> None:
    """Show the panels of prose that lines open, and make these lines text. Alters the tree.

    >>> import lxml.html
    >>> page = lxml.html.document_fromstring('<h3><button aria-expanded="false">Où ?</button></h3>'
    ...     "<div hidden><p>Le bac a repris son service ce matin sur la rive droite, après trois"
    ...     " semaines de travaux.</p></div>")
    >>> unfold(page)
    >>> page.find(".//div").get("hidden"), page.find(".//h3")[0].tag
    (None, 'span')
    """
    controls = [
        element
        for element in root.iter("*")
        if element.get("aria-expanded") or element.get("role") == "tab"
    ]
    panels: dict[str, Any] = {}
    apart: dict[Any, bool] = {}
    if controls:
        panels = {element.get("id"): element for element in root.iter("*") if element.get("id")}
    for control in controls:
        panel = _panel(control, panels)
        if panel is None or not _is_text(control, panel, apart):
            continue
        show(panel)
        if control.tag == "button" and control.get("role") != "tab":
            control.tag = "span" if control.getparent().tag in UNFOLDING_HEADINGS else "p"


def _panel(control: Any, panels: dict[str, Any]) -> Any:
    """The element that a line opens: the one that it names, else the next one."""
    names = (control.get(name) for name in _TARGETS)
    name = next(filter(None, names), "").removeprefix("#")
    if name:
        return panels.get(name)
    parent = control.getparent()
    return (
        parent if parent is not None and parent.tag in UNFOLDING_HEADINGS else control
    ).getnext()


def _is_text(control: Any, panel: Any, apart: dict[Any, bool]) -> bool:
    """Whether a panel is the article's text, and not a menu, an answer, or a form."""
    if control.get("aria-haspopup") or not short_text(control, _LONGEST):
        return False
    if _is_apart(panel, apart):
        return False
    blocks = panel.iter("p", "div", "li", "blockquote", "dd")
    return any(is_prose(element) for element in islice(blocks, _MOST_BLOCKS))


def _is_apart(element: Any, apart: dict[Any, bool]) -> bool:
    """Whether an element is in the site's own blocks or in a thread.

    apart: what is known of the elements met so far, so that each is looked at once.
    """
    return inherited(
        element,
        apart,
        False,
        lambda is_apart, node: is_apart or node.tag in _AROUND or thread_hint(node) == 2,
    )
