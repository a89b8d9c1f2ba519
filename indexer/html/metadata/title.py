"""Which heading of a page is its article's title, where `h1` names the site on every page?

Themes of blogs and forums put the site's name in `h1`, and the title in the heading below. The
page's `title` holds both, and tells which is which.
"""

from __future__ import annotations

import re
from itertools import accumulate, islice
from typing import Any

from lxml import etree

from indexer.html.elements import short_text, text_of
from indexer.html.finder.comment_words import shown

_LONGEST = 300
_PARTS = re.compile(r"\s+[|–—:•·»/-]\s+|\s*[|»]\s*|:\s+")
_HOME = re.compile(
    r"(?=.)(?:https?://[^/?#]+)?(?:\.?/)?(?:(?:index|forum)\.\w{3,5}(?:\?sid=\w+)?)?"
)
_NOT_LETTERS = re.compile(r"\W+")


def set_title_apart(root: Any) -> str | None:
    """Make `h1` of the heading that is the title, and `div` of the one that names the site.

    Returns the site's name; None when no `h1` is its name. Alters the tree.

    >>> import lxml.html
    >>> page = lxml.html.document_fromstring('<title>Sora - Le phare</title>'
    ...     '<h1><a href="/">Le phare</a></h1><h2>Sora</h2>')
    >>> set_title_apart(page), [heading.text for heading in page.iter("h1")]
    ('Le phare', ['Sora'])
    """
    for heading in root.iter("h1"):
        image = next(heading.iter("img"), None)
        if image is not None and not text_of(heading):
            # a title that is a picture
            image.tail = f"{image.get('alt') or ''}{image.tail or ''}"
    element = next(root.iter("title"), None)
    parts = _PARTS.split(short_text(element, _LONGEST)) if element is not None else []
    if not parts:
        return None
    headings = [heading for heading in root.iter("h1", "h2", "h3") if short_text(heading, _LONGEST)]
    if site := _answered_title(root, headings, parts):
        return site
    if len(parts) < 2:
        return _without_site(headings, parts)
    place = next((at for at, heading in enumerate(headings) if heading.tag == "h1"), None)
    if place is None:
        return _without_h1(root, headings, parts)
    name = short_text(headings[place], _LONGEST)
    is_home = _leads_home(headings[place])
    below = [heading for heading in headings[place + 1 :] if not _leads_home(heading)]
    # the site's name, or the rubric's: Sora - Actualités - Le phare
    at = next((at for at in range(len(parts) - 1, -1, -1) if shown(parts[at]) == shown(name)), None)
    if at is None and (not is_home or _says_parts(name, parts)):
        if not is_home:
            _leave_rubric(headings[place], _titled(below, parts))
        return None
    title = _titled(below, parts if at is None else parts[:at] or parts[1:])
    if title is None and is_home and not at:
        # above an article, some themes write its title in the place of the site's name, or a part
        title = _titled(below, parts[:1])
        name = parts[-1] if title is not None else name
    if not (is_home or at) or (title is None and (at is None or not is_home)):
        return None
    headings[place].tag = "div"
    if title is not None:
        title.tag = "h1"
    return name


_ANSWERS = ("h2", "h3", "h4", "strong", "b")
_RE = re.compile(r"re ?: ?")


def _answered_title(root: Any, headings: list[Any], parts: list[str]) -> str | None:
    """Make `h1` of the part of a page's `title` that several of its messages answer: « Re: Sora ».

    On the page of a topic to be printed, `h1` is the forum's name, which is returned.
    """
    if not headings or headings[0].tag != "h1":
        return None
    name = short_text(headings[0], _LONGEST)
    texts = [shown(short_text(element, _LONGEST)) for element in root.iter(*_ANSWERS)]
    answered = [_RE.sub("", text, count=1) for text in texts if _RE.match(text)]
    part = next((part for part in parts if answered.count(shown(part)) > 1), None)
    if part is None or shown(name) == shown(part):
        return None
    title = _titled(headings[1:2], [part])
    if title is None:
        title = etree.Element("h1")
        title.text = part
        headings[0].addnext(title)
    headings[0].tag, title.tag = "div", "h1"
    return name


def _leave_rubric(heading: Any, title: Any) -> None:
    """Make `h1` of a page's title where the `h1` above names a part of the site: « Blog ».

    A title that the page tells otherwise, to machines or in its text, has words of it.
    """
    if title is None or title.tag == "h1":
        return
    if set(shown(text_of(heading)).split()).isdisjoint(shown(text_of(title)).split()):
        heading.tag, title.tag = "div", "h1"


def _without_site(headings: list[Any], parts: list[str]) -> str | None:
    """The same where the page's `title` is that of the article alone, which a lower heading says.

    The site's name is then in a `h1` above the page, or one that leads to its first page.
    """
    place = next((at for at, heading in enumerate(headings) if heading.tag == "h1"), None)
    if place is None:
        return None
    heading = headings[place]
    name = short_text(heading, _LONGEST)
    title = _titled(headings[place + 1 :], parts)
    around = [node.tag for node in heading.iterancestors()]
    above = "header" in around and not {"article", "main"} & set(around)
    if title is None or shown(name) == shown(parts[0]) or not (above or _leads_home(heading)):
        return None
    heading.tag, title.tag = "div", "h1"
    return name


_NAMED = re.compile(r"(?i)(?:^|[\s_-])(?:(?:main)?tit(?:le|re)|p-name|u-url)(?=$|[\s_-])")
_MOST = 200


def _without_h1(root: Any, headings: list[Any], parts: list[str]) -> str | None:
    """Make `h1` of what says the title where no heading is one, and return the site's name.

    It is a heading below the first rank, or what is named « title ».
    """
    title_elements = (
        element for element in root.iter("a", "span", "div", "td", "p", "b", "strong")
    )
    title_elements = (
        element for element in title_elements if _NAMED.search(element.get("class") or "")
    )
    candidates = [*headings, *islice(title_elements, _MOST)]
    for title, name in ((parts[:-1], parts[-1]), (parts[1:], parts[0])):
        element = _titled(candidates, title)
        if element is not None and not _leads_home(element):
            element.tag = "h1"
            return name
    return None


def _says_parts(text: str, parts: list[str]) -> bool:
    """Whether a text is the first parts of a page's `title`, several: « Le bac : le contexte »."""
    letters = _NOT_LETTERS.sub("", shown(text))
    joined = accumulate(_NOT_LETTERS.sub("", shown(part)) for part in parts)
    return letters in islice(joined, 1, None)


def _titled(headings: list[Any], parts: list[str]) -> Any:
    """The heading that says these parts of the page's `title`, together or one of them."""
    for part in ("".join(parts), *parts):
        letters = _NOT_LETTERS.sub("", shown(part))
        for heading in headings:
            if letters and _NOT_LETTERS.sub("", shown(short_text(heading, _LONGEST))) == letters:
                return heading
    return None


def _leads_home(heading: Any) -> bool:
    """Whether a heading is a link to the site's first page, or is in one."""
    links = [*heading.iter("a"), *heading.iterancestors("a")]
    return any(_HOME.fullmatch((link.get("href") or "").strip()) for link in links)
