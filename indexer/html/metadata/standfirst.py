"""Which standfirst and which lines around its title does a page show, that no machine is told?

What is named as one (`chapo`, `subheadline`, `excerpt`), below the title and before the text; and
`surtitre`, above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from indexer.html.elements import short_text
from indexer.html.finder.comment_words import thread_hint
from indexer.html.metadata.bylines import byline_names
from indexer.html.metadata.dates import is_dateline
from indexer.html.metadata.rubric_names import rubrics_of
from indexer.html.outside_comments import outside_comments
from indexer.text import letters

_NAMED = re.compile(
    r"(?i)(?:^|[\s_-])(?:chap[oô]|chapeau|hat|standfirst|accroche|excerpt|summary|resume|dec?k"
    r"|catch-?line|teaser"
    r"|lead|lede|intro|introduction)(?=$|[\s_-](?!image|img|media|photo))"
)
_SUBTITLE = re.compile(
    r"(?i)(?:^|[\s_-])(?:sub-?(?:headline|title|head)|sous-?titre)"
    r"(?=$|[\s_-](?!image|img|media|photo))"
)
_OVERLINE = re.compile(
    r"(?i)(?:^|[\s_-])(?:sur-?titre|over-?(?:line|title))(?=$|[\s_-](?!image|img|media|photo))"
)
"""Above the title: more of it in newspapers, or a rubric, which leads to a page of its own."""
_ABOVE = 3
"""Elements before the title, or before what holds it, among which that is looked for."""
_TAGS = ("p", "div", "h2", "h3", "h4", "strong", "section")
_BLOCKS = ("p", "h1", "h2", "h3", "h4", "ul", "ol", "figure", "a", "form")
_NEAR = 40
"""Elements after the title among which it is looked for."""
_SHORTEST, _LONGEST = 30, 700
_SURE = re.compile(r"(?i)(?:^|[\s_-])(?:chap[oô]|chapeau|standfirst|p-summary)(?=$|[\s_-])")
_MARKED = ("description", "abstract")
_SHORTEST_NAMED = 12
"""Of what has no other meaning: « lead » and « teaser » name labels too."""


class Leads(NamedTuple):
    """What a page shows around its title: its standfirst, a subtitle, and a line above."""

    standfirst: str | None
    subtitle: str | None
    overline: str | None

    def beside(self, description: str | None) -> str | None:
        """Return the lines around the title, but for one that is the description."""
        subtitle = (
            None if letters(self.subtitle or "") == letters(description or "") else self.subtitle
        )
        return " · ".join(filter(None, (self.overline, subtitle))) or None


def shown_leads(root: Any) -> Leads:
    """Return what a page shows around its title.

    >>> import lxml.html
    >>> page = lxml.html.document_fromstring(
    ...     '<h1>Sora</h1><p class="chapo">Les tests du modèle sont suspendus.</p><p>Mardi…</p>')
    >>> shown_leads(page).standfirst
    'Les tests du modèle sont suspendus.'
    """
    standfirst = subtitle = None
    for element in _under_title(root):
        classes = _names(element)
        # of microdata that are those of no article
        is_named = _NAMED.search(classes) or element.get("itemprop") in _MARKED
        secondary = _SUBTITLE.search(classes)
        if not (is_named or secondary) or element.tag not in _TAGS or thread_hint(element):
            # `forum-chapo` is the head of an answer
            continue
        if sum(1 for _ in element.iter(*_BLOCKS)) > 2 or _is_list(element):
            continue
        if not is_named and next(element.iter("a", "time"), None) is not None:
            # who wrote when, as themes call a subtitle too
            continue
        text = short_text(element, _LONGEST)
        if len(text) < (_SHORTEST_NAMED if _SURE.search(classes) else _SHORTEST):
            continue
        if is_named:
            standfirst = standfirst or text
        else:
            subtitle = subtitle or text
    return Leads(standfirst, subtitle, _overline(root))


def _overline(root: Any) -> str | None:
    """The line above the title.

    >>> import lxml.html
    >>> page = lxml.html.document_fromstring(
    ...     '<div><p class="surtitre">Une histoire d’eau</p><h1>La digue</h1></div>')
    >>> _overline(page)
    'Une histoire d’eau'
    """
    title = next((element for element in outside_comments(root) if element.tag == "h1"), None)
    if title is None:
        return None
    for below in (title, title.getparent()):
        for element in islice(below.itersiblings("p", "div", "span", preceding=True), _ABOVE):
            if _OVERLINE.search(_names(element)) and next(element.iter("a", "h1"), None) is None:
                text = short_text(element, _LONGEST)
                return text if text and not _is_label(root, text) else None
    return None


def _is_label(root: Any, text: str) -> bool:
    """Whether a line is one word, or a rubric's name, or says who wrote, or when."""
    is_rubric = len(text.split()) == 1 or text.casefold() in rubrics_of(root)
    return is_rubric or is_dateline(text) or bool(byline_names(text))


def whole_standfirst(root: Any, description: str | None) -> str | None:
    """Return the description, whole where the page shows so what machines are given cut.

    What shows it is a heading, or is named as a standfirst: a paragraph is the text's beginning.

    >>> import lxml.html
    >>> page = lxml.html.document_fromstring(
    ...     "<h1>Sora</h1><h2>Les essais du modèle sont suspendus depuis lundi, sans date.</h2>")
    >>> whole_standfirst(page, "Les essais du modèle sont suspendus depuis lundi…")
    'Les essais du modèle sont suspendus depuis lundi, sans date.'
    """
    begun = letters((description or "").rstrip("….[] "))
    if len(begun) < _SHORTEST or not (description or "").endswith(("…", "...", "…]", "...]")):
        return description
    for element in _under_title(root):
        if element.tag in _HEADINGS or (element.tag in _TAGS and _NAMED.search(_names(element))):
            text = short_text(element, _LONGEST)
            if letters(text).startswith(begun):
                return text
    return description


_HEADINGS = ("h2", "h3", "h4")


def _is_list(element: Any) -> bool:
    """Whether it is a list of links, as « summary » names the contents of a page too."""
    return any(next(listed.iter("a"), None) is not None for listed in element.iter("ul", "ol"))


_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


def _names(element: Any) -> str:
    """The names of an element, those of components too: `articleChapo`, `data-testid="chapo"`."""
    return _HUMP.sub("-", " ".join(filter(None, map(element.get, ("class", "data-testid")))))


def _under_title(root: Any) -> Iterator[Any]:
    """The elements under the title that are in no list of others.

    « teaser » names such lists, and in some sites the standfirst, which leads nowhere.
    """
    outside = list(outside_comments(root))
    titled = next((at for at, element in enumerate(outside) if element.tag == "h1"), None)
    if titled is None:
        return
    near = outside[titled + 1 : titled + 1 + _NEAR]
    around = {outside[titled], *outside[titled].iterancestors(), *near}
    for above in (outside[titled], *near):
        if above is not outside[titled]:
            yield above
        following = above.getnext()
        if (
            following is not None
            and following not in around
            and isinstance(following.tag, str)
            and next(following.iter("a", "h1", "h2", "h3", "article"), None) is None
        ):
            yield following
