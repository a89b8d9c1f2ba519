"""Which elements of a page does nobody see?

Attributes and inline styles say so, classes that frameworks reserve for it, and the page's own
style sheets, where a rule of one element hides it on every screen and no other shows it again on
some screen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from indexer.html.inline import INLINE
from indexer.markup import names_unfold, style_hides

_SHOWING = re.compile(r"(?i)(?:^|;)\s*(?:display\s*:(?!\s*none)|visibility\s*:\s*visible)")
_CLASSES = frozenset(("hidden", "d-none", "is-hidden", "u-hidden", "tw-hidden", "gt-hidden"))
"""Those of Tailwind, of Bootstrap, of Drupal and its kin, and of Gitea."""
_ON_SOME_SCREENS = re.compile(
    r"(?:d-)?(?:\w+[:-])?(?:block|flex|inline|inline-block|grid|table|table-cell|contents)"
)
"""What shows again on some screens: `d-md-block`, `md:flex`."""


def is_unseen(element: Any) -> bool:
    """Return whether nobody sees an element.

    >>> import lxml.html
    >>> is_unseen(lxml.html.fragment_fromstring('<p hidden>x</p>'))
    True
    >>> is_unseen(lxml.html.fragment_fromstring('<p class="d-none d-md-block">x</p>'))
    False
    """
    if element.get("hidden") is not None and element.get("hidden") != "until-found":
        return True
    if style_hides(element.get("style") or ""):
        return True
    # a letter or a sign is hidden from those who listen, and not from those who look; so is a
    # caption that says what its picture says
    if element.get("aria-hidden") == "true" and element.tag not in (*INLINE, "figcaption"):
        return True
    classes = (element.get("class") or "").split()
    if _CLASSES.isdisjoint(classes):
        return False
    return not any(name not in _CLASSES and _ON_SOME_SCREENS.fullmatch(name) for name in classes)


def show(element: Any) -> None:
    """Take away from an element what `is_unseen` asks of its attributes, style and classes.

    >>> import lxml.html
    >>> element = lxml.html.fragment_fromstring('<p class="a hidden" aria-hidden="true">x</p>')
    >>> show(element)
    >>> is_unseen(element), dict(element.attrib)
    (False, {'class': 'a'})
    """
    for name in ("hidden", "aria-hidden"):
        element.attrib.pop(name, None)
    if style_hides(element.get("style") or ""):
        element.attrib.pop("style")
    classes = (element.get("class") or "").split()
    if not _CLASSES.isdisjoint(classes):
        element.set("class", " ".join(name for name in classes if name not in _CLASSES))


def is_unfolded(element: Any) -> bool:
    """Return whether the names of an element say that a click shows it.

    >>> import lxml.html
    >>> is_unfolded(lxml.html.fragment_fromstring('<span class="read-more">x</span>'))
    True
    """
    return names_unfold(f"{element.get('class') or ''} {element.get('id') or ''}")


_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_BRACE = re.compile(r"[{}]")
_ON_PAPER = re.compile(r"(?i)@media\s+print\b(?![^{]*,)")
_SIMPLE = re.compile(r"([a-z][a-z0-9]*)?([.#])(-?[_a-zA-Z][\w-]*)")
_NAME = re.compile(r"[.#]-?[_a-zA-Z][\w-]*")
_LONGEST_SHEET = 2_000_000


def hide_by_sheets(root: Any) -> None:
    """Give `hidden` to what the page's style sheets hide. The tree is with its `style` elements.

    >>> import lxml.html
    >>> page = lxml.html.document_fromstring("<style>.x{display:none}</style><p class=x>a<p>b")
    >>> hide_by_sheets(page)
    >>> [is_unseen(element) for element in page.iter("p")]
    [True, False]
    """
    hiding: dict[str, set[str | None]] = {}
    shown_names: set[str] = set()
    for sheet in root.iter("style"):
        if (sheet.get("media") or "all").strip().lower() not in ("all", "screen"):
            continue
        for selectors, declarations, everywhere in _rules((sheet.text or "")[:_LONGEST_SHEET]):
            if _SHOWING.search(declarations):
                shown_names.update(_NAME.findall(selectors))
            elif everywhere and style_hides(declarations):
                for selector in selectors.split(","):
                    match = _SIMPLE.fullmatch(selector.strip())
                    if match and not names_unfold(match[3]):
                        hiding.setdefault(match[2] + match[3], set()).add(match[1])
    for name in shown_names:
        hiding.pop(name, None)
    if not hiding:
        return
    for element in root.iter(etree.Element):
        names = [f".{name}" for name in (element.get("class") or "").split()]
        names.append(f"#{element.get('id') or ''}")
        tags = (hiding[name] for name in names if name in hiding)
        if any(None in of or element.tag in of for of in tags):
            element.set("hidden", "")


def _rules(sheet: str) -> Iterator[tuple[str, str, bool]]:
    """The selectors and declarations of a sheet, but those for paper; whether in no block.

    >>> list(_rules("@charset 'utf-8';.a{top:0}@media (width>9em){.a{top:1px}}@media print{b{}}"))
    [('.a', 'top:0', True), ('.a', 'top:1px', False)]
    """
    text = _COMMENT.sub("", sheet)
    around: list[str] = []
    papers = start = 0
    opened = False
    for brace in _BRACE.finditer(text):
        piece = text[start : brace.start()]
        start = brace.end()
        if brace[0] == "{":
            around.append(piece.rpartition(";")[2].strip())
            papers += _ON_PAPER.match(around[-1]) is not None
        elif around:
            if opened and not papers:
                yield around[-1], piece, len(around) == 1
            papers -= _ON_PAPER.match(around.pop()) is not None
        opened = brace[0] == "{"
