"""Who signs the article of a page, when neither JSON-LD nor `meta` tells it?

The names that are marked as an author's closest to the title: those of other articles, and links
to profiles, are none. Without any, those of a line that reads as a byline, between
the title and the first paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from lxml import etree

from indexer.html.elements import short_text, text_of
from indexer.html.metadata.bylines import (
    bare_names,
    byline_names,
    dated_names,
    introduced,
    parted,
    signed,
    trade_names,
)
from indexer.html.metadata.dates import is_dateline
from indexer.html.metadata.rubric_names import is_rubric_name
from indexer.html.outside_comments import outside_comments

_MAIL = re.compile(
    r"\s*[(<][\w.+-]+(?:@| at |_at_|\(at\)|\[at\])[\w.-]+[)>]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    re.IGNORECASE,
)
"""An address, as it is, or as Hypermail (2.1 and later) hides it behind a name."""


def shown_authors(root: Any) -> list[str]:
    """Return the authors' names that a page shows, those closest to the title.

    >>> import lxml.html
    >>> page = lxml.html.document_fromstring('<article><h1>Sora</h1><a rel="author">Zoé</a>'
    ...     '</article><div><h4>Autre</h4><a rel="author">Yann</a></div>')
    >>> shown_authors(page)
    ['Zoé']
    """
    title = next(root.iter("h1"), None)
    outside = list(outside_comments(root))
    if posted := [name for post in root.iter(_POST) if (name := post.get("author"))]:
        return posted[:1]
    signed = _closest([element for element in outside if _is_author(element)], title)
    if not signed and title is not None:
        return list(_byline(root, outside, title) or _at_foot(outside))
    names = list(dict.fromkeys(name for element in signed for name in _names(element)))
    # the same name again, with the person's title and followers behind it
    return [author for author in names if not any(author.startswith(f"{name} ") for name in names)][
        :5
    ]


_POST = "shreddit-post"
"""A post of Reddit (since 2023), which signs by an attribute."""
_BYLINE = re.compile(
    r"(?i)(?:^|[\s_-])(?:authors?|auteurs?|autrices?|by-?line|signature|signataires?|reader-credits"
    r"|journalist(?:e|es|s)?)"
    r"(?=$|[\s_-](?!avatar|bio|image|img|photo|box|card|description|related|archive|share|social"
    r"|follow|links?|button|btn))"
)
_AUTHOR_LINK = re.compile(
    r"(?i)/(?:auteurs?|authors?|journalistes?|redacteurs?|signatures?|signataires?)/[^/?#]"
)
_STANDFIRST = re.compile(
    r"(?i)(?:^|[\s_-])(?:chap[oô]|standfirst|lead|intro|accroche|excerpt|summary|description|dek)"
)
# A line under a title is shorter; what is longer is the article's own text.
_PARAGRAPH = 140
_NEAR = 60
"""Elements after the title, or before it, among which a byline is looked for."""
_BREAKS = ("br", "p", "div")
_ASIDE = ("nav", "aside", "footer", "figure", "figcaption")


def doubted_names(root: Any) -> tuple[str, ...]:
    """Return the names near the title that sign nothing, as they are rather a rubric's.

    >>> import lxml.html
    >>> page = lxml.html.document_fromstring('<nav>Intelligence artificielle</nav><h1>Sora</h1>'
    ...     '<p>Intelligence Artificielle</p><p>2 mars 2024</p>')
    >>> shown_authors(page), doubted_names(page)
    ([], ('Intelligence Artificielle',))
    """
    title = next(root.iter("h1"), None)
    bylines = _bylines(root, list(outside_comments(root)), title) if title is not None else ()
    return next((names for names, sure in bylines if not sure), ())


def _byline(root: Any, outside: Sequence[Any], title: Any) -> tuple[str, ...]:
    """The names of the byline nearest to the title: marked as one, or begun by « Par »."""
    return next((names for names, sure in _bylines(root, outside, title) if sure), ())


def _bylines(
    root: Any, outside: Sequence[Any], title: Any
) -> Iterator[tuple[tuple[str, ...], bool]]:
    """The names that may sign, and whether they are surely no rubric's."""
    at = next((number for number, element in enumerate(outside) if element is title), None)
    if at is None:
        return
    for element in (*_under(outside[at + 1 : at + 1 + _NEAR]), *outside[max(0, at - 8) : at]):
        if any(map(_is_aside, (element, *element.iterancestors(*_ASIDE)))):
            continue
        if len("".join(element.itertext())) > 2 * _PARAGRAPH:
            continue
        text = _line(element)
        marked = _BYLINE.search(element.get("class") or "") or (
            element.tag == "a" and _AUTHOR_LINK.search(element.get("href") or "")
        )
        if introduced(text) or (marked and not _PROFILE.match(text)):
            broken = _line(element, ",")
            # what a break parts is two lines: a name, a newspaper
            names = byline_names(broken) or byline_names(text)
            if names:
                yield names, True
        if names := trade_names(text):
            yield names, True
        names = dated_names(text) or _bare_names(element, text)
        if names:
            sure = bool(marked) or _announced(text) or not is_rubric_name(root, names)
            yield names, sure


def _is_aside(element: Any) -> bool:
    """Whether an element signs nothing; Drupal sets its byline in a `footer` above the text."""
    if element.tag != "footer":
        return element.tag in _ASIDE
    return all(len(text_of(below)) < _PARAGRAPH for below in islice(element.itersiblings("*"), 3))


def _announced(text: str) -> bool:
    """Whether « par » is said in a line, be it behind a date."""
    return re.search(r"(?i)\b(?:par|by)\b", text) is not None


def _bare_names(element: Any, text: str) -> tuple[str, ...]:
    """The names of a line that says nothing else, above a line that is a date."""
    if element.tag not in _NAME_LINES or _is_rubric(element):
        return ()
    names = bare_names(text)
    below = _line_below(element) if names else ""
    return names if below and is_dateline(below) else ()


_RUBRIC = re.compile(
    r"(?i)(?:^|[\s_/-])(?:cat(?:egory|egorie|s|links)?|catégories?|rubriques?|sections?|tags?|kickers?"
    r"|surtitres?|themes?|topics?|dossiers?|lieux?|places?|locations?|breadcrumbs?|ariane|label)"
    r"(?=$|[\s_/-])"
)


def _is_rubric(element: Any) -> bool:
    """Whether an element, or the link in it or around it, is named as a rubric or a place is."""
    near = (element, element.getparent(), *element.iter("a"))
    names = (node.get(name) or "" for node in near for name in ("class", "rel", "href"))
    return any(_RUBRIC.search(name) for name in names)


_NAME_LINES = ("p", "div", "span", "b", "strong", "a", "li", "h4", "h5", "h6")
_MOST_BELOW = 4


def _line_below(element: Any) -> str:
    """The line that follows an element; an address of e-mail between both is none."""
    for sibling in islice(element.itersiblings(), _MOST_BELOW):
        text = _line(sibling) if isinstance(sibling.tag, str) else ""
        mail = (sibling.get("href") or "").startswith("mailto:") if text else False
        if text and not mail:
            return text
    return ""


_FOOT = re.compile(
    r"(?i)(?:\d{1,2} ?[h:] ?\d\d )?"
    r"(?:(?:propos|entretien) (?:recueilli|réalisé|mené)"
    r"|publié|posté|rédigé|écrit|soumis|mis en ligne)\w* "
    r"(?:le .{1,40} )?par "
)
_LONGEST_FOOT = 160


def _at_foot(outside: Sequence[Any]) -> tuple[str, ...]:
    """The names of the lines that say by whom it was published, below the text, if all agree."""
    signatures = set()
    for element in outside:
        if element.tag not in ("p", "div", "span", "small", "li"):
            continue
        text = short_text(element, _LONGEST_FOOT)
        begun = _FOOT.match(text) if text else None
        if begun and next(element.iterancestors("nav", "aside", "figure"), None) is None:
            signatures.add(byline_names(f"par {text[begun.end() :]}"))
    # lists of other articles say it of each
    return signatures.pop() if len(signatures) == 1 else ()


def _line(element: Any, broken: str = "") -> str:
    """The text of an element; between the items of a list, or links side by side, a comma.

    broken: what ends each of its lines.
    """
    pieces = []
    for event, inner in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        if event == "start":
            pieces.append(inner.text or "")
        elif inner is not element:
            after, following = inner.tail or "", inner.getnext()
            if inner.tag in _BREAKS:
                after = f"{broken} {after}"
            elif not after.strip():
                listed = inner.tag in ("li", "a") and following is not None
                after = ", " if listed and following.tag == inner.tag else " "
            pieces.append(after)
    return " ".join("".join(pieces).split())


def _under(elements: Iterable[Any]) -> Iterator[Any]:
    """The elements under a title, up to the first paragraph of text."""
    for element in elements:
        if element.tag == "article" and not _holds_text(element):
            return
        classes = element.get("class") or ""
        long = element.tag in ("p", "h2") and len("".join(element.itertext())) > _PARAGRAPH
        if long and not (_BYLINE.search(classes) or _STANDFIRST.search(classes)):
            return
        yield element


def _holds_text(article: Any) -> bool:
    """Whether an `article` under the title is that of the page, and no card nor part of a live."""
    within = next(article.iterancestors("article"), None) is not None
    siblings = (*article.itersiblings("article"), *article.itersiblings("article", preceding=True))
    return not within and not siblings


_OF_POST = re.compile(r"(?:[\w-]+-)?(?:post|entry|article)-author(?:__|-)name")
"""Of blocks of WordPress, wherever a theme puts them: `wp-block-post-author__name`."""


def _is_author(element: Any) -> bool:
    classes = (element.get("class") or "").split()
    if "author" in (element.get("rel") or "").split() or element.get("itemprop") == "author":
        return True
    if any(map(_OF_POST.fullmatch, classes)):
        return True
    if "p-author" in classes or (element.tag == "a" and classes[:1] == ["author"]):
        return True
    if "vcard" in classes and any(name.endswith("-author") for name in classes):
        return "comment-author" not in classes
    # hAtom: `span.author.vcard > a.fn`
    return "author" in classes and ("vcard" in classes or _full_name(element) is not None)


def _full_name(element: Any) -> Any:
    return next(_full_names(element), None)


def _full_names(element: Any) -> Iterator[Any]:
    return (child for child in element.iter("*") if "fn" in (child.get("class") or "").split())


def _closest(signed: list[Any], title: Any) -> list[Any]:
    """Those in the smallest element around the title that holds any; all, without a title."""
    if title is None or not signed:
        return signed
    around = {element: set(element.iterancestors()) for element in signed}
    for scope in title.iterancestors():
        inside = [element for element in signed if scope in around[element]]
        if inside:
            return inside
    return signed


def _names(element: Any) -> list[str]:
    """The names that an element marks: one most often, several where a card names two authors."""
    cards = [card for card in _full_names(element) if card is not element]
    names = [_name(card) for card in cards] if len(cards) > 1 else [_name(element)]
    return [name for name in names if name]


def _name(element: Any) -> str | None:
    name_elements = (child for child in element.iter("*") if child.get("itemprop") == "name")
    inner = next(name_elements, None)
    if inner is None:
        inner = _full_name(element)
    if inner is None:
        inner = element
    text = inner.get("content") or _line(inner)
    return text if 0 < len(text) < 80 and not _PROFILE.match(text) else None


_PROFILE = re.compile(
    r"(?i)(?:(?:voir|lire|tous|toutes|nos|les|plus|suivre|contacter|partager|ses|son|en savoir"
    r"|see|view|all|more|follow|profile?|biographie|bio|l'auteur|à propos)\b"
    r"|(?:journalist|auteur)es?s?$|@|www\.|https?:)"
)


_WITH_AGENCY = re.compile(
    r"(?<=\w)[\s,(]+avec (?:l['’])?"
    r"(?:les agences|agences?|[A-Z]{2,}(?:[/-][A-Za-z]+)?|Reuters|Belga)\)?$"
)


def names_of(names: Iterable[str], site: set[str | None]) -> tuple[str, ...]:
    """Return names without addresses or "Par", and without the name of the site."""
    cleaned = (_MAIL.sub("", re.sub(r"(?i)^(?:par|by)\s+", "", name)) for name in names)
    candidates = (
        part.strip(" ,;()<>")
        for name in cleaned
        for part in parted(signed(_WITH_AGENCY.sub("", name.strip())))
    )
    return tuple(
        dict.fromkeys(
            name
            for name in candidates
            if name and name not in site and not name.startswith(("http:", "https:"))
        )
    )
