"""Who signs the article of a page, when neither JSON-LD nor `meta` tells it?

The names that are marked as an author's closest to the title: those of other articles, and links
to profiles, are none. Without any, those of a line that reads as a byline, between
the title and the first paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from indexer.html.bylines import byline_names, introduced, parted
from indexer.html.outside_comments import outside_comments

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


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
    signed = _closest([element for element in outside if _is_author(element)], title)
    if not signed and title is not None:
        return list(_byline(outside, title))
    names = list(dict.fromkeys(filter(None, map(_name, signed))))
    # the same name again, with the person's title and followers behind it
    return [author for author in names if not any(author.startswith(f"{name} ") for name in names)][
        :5
    ]


_BYLINE = re.compile(
    r"(?i)(?:^|[\s_-])(?:authors?|auteurs?|autrices?|by-?line|signature|signataires?|journalistes?)"
    r"(?=$|[\s_-](?!avatar|bio|image|img|photo|box|card|description|related|archive))"
)
_AUTHOR_LINK = re.compile(r"(?i)/(?:auteurs?|authors?|journalistes?|redacteurs?|signatures?)/")
# A line under a title is shorter; what is longer is the article's own text.
_PARAGRAPH = 140
_NEAR = 60
"""Elements after the title, or before it, among which a byline is looked for."""


def _byline(outside: Sequence[Any], title: Any) -> tuple[str, ...]:
    """The names of the byline nearest to the title: marked as one, or begun by « Par »."""
    at = next((number for number, element in enumerate(outside) if element is title), None)
    if at is None:
        return ()
    for element in (*_under(outside[at + 1 : at + 1 + _NEAR]), *outside[max(0, at - 8) : at]):
        text = "".join(element.itertext())
        if len(text) > 2 * _PARAGRAPH:
            continue
        marked = _BYLINE.search(element.get("class") or "") or (
            element.tag == "a" and _AUTHOR_LINK.search(element.get("href") or "")
        )
        if marked or introduced(text):
            names = byline_names(text)
            if names:
                return names
    return ()


def _under(elements: Iterable[Any]) -> Iterator[Any]:
    """The elements under a title, up to the first paragraph of text."""
    for element in elements:
        long = element.tag in ("p", "h2") and len("".join(element.itertext())) > _PARAGRAPH
        if long and not _BYLINE.search(element.get("class") or ""):
            return
        yield element


def _is_author(element: Any) -> bool:
    classes = (element.get("class") or "").split()
    if "author" in (element.get("rel") or "").split() or element.get("itemprop") == "author":
        return True
    if "p-author" in classes:
        return True
    # hAtom: `span.author.vcard > a.fn`
    return "author" in classes and ("vcard" in classes or _full_name(element) is not None)


def _full_name(element: Any) -> Any:
    inside = (child for child in element.iter("*") if "fn" in (child.get("class") or "").split())
    return next(inside, None)


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


def _name(element: Any) -> str | None:
    named = (child for child in element.iter("*") if child.get("itemprop") == "name")
    inner = next(named, None)
    if inner is None:
        inner = _full_name(element)
    if inner is None:
        inner = element
    text = inner.get("content") or " ".join("".join(inner.itertext()).split())
    return text if 0 < len(text) < 80 and not _PROFILE.match(text) else None


_PROFILE = re.compile(
    r"(?i)(?:voir|lire|tous|toutes|plus|suivre|contacter|ses|son|en savoir|see|view|all|more|follow"
    r"|profile?|@|www\.|https?:|biographie|bio\b|l'auteur|à propos)"
)


def names_of(names: Iterable[str], site: set[str | None]) -> tuple[str, ...]:
    """Return names without addresses or "Par", and without the name of the site."""
    cleaned = (_MAIL.sub("", re.sub(r"(?i)^(?:par|by)\s+", "", name)) for name in names)
    kept = (part.strip(" ,;()<>") for name in cleaned for part in parted(name.strip()))
    return tuple(
        dict.fromkeys(
            name
            for name in kept
            if name and name not in site and not name.startswith(("http:", "https:"))
        )
    )
