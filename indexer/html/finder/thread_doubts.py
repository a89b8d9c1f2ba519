"""What looks like a thread of comments and is none?

Live reports, lists of other articles, reviews of products and the last comments of other pages
hold names, dates and texts too. Losing a thread is said; inventing one would be believed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from indexer.html.elements import short_text
from indexer.html.finder.comment_words import (
    ANSWERING,
    LIVE,
    MAYBE_THREAD,
    PING,
    POSTS,
    RATING,
    THREAD,
    is_elsewhere,
    shown,
    thread_hint,
    words_of,
)
from indexer.html.finder.items.item import Item
from indexer.html.finder.thread_items import Items

_SAMPLE = 40
_HIGHEST = 12
_OUT_OF = re.compile(r"★|\b[0-5](?:[.,]\d)? ?(?:/|sur|out of) ?5\b|\b\d ?etoiles?\b")
_PROFILE = re.compile(
    r"(?i)/(?:u|user|users|users?/profile|author|auteur|profil|profile|member|membre|@|~)|^mailto:|comment|forum"
)


def is_doubtful(items: Items, tops: Set[Any], authors: tuple[str, ...], *, sure: bool) -> bool:
    """Return whether these items may be anything else than comments.

    tops: the elements that hold the title, which are no comments. authors: the article's. sure:
    something in the page marks them as comments.
    """
    step = max(1, len(items.items) // _SAMPLE)
    sample = items.items[::step]
    names = [members.author if members.sure else None for members in items.members[::step]]
    most = len(sample) / 2
    if (
        any(_elsewhere(item, tops) or _live(item, tops) for item in sample[:3])
        or sum(_shown_post(item, tops) for item in sample) >= most
        or sum(map(_rated, sample)) >= most
        or sum(map(_entitled, sample, names)) >= most
        or (_pages(sample) * 2 > len(sample) and len(sample) > 1)
    ):
        return True
    if answered(items):
        return False
    signers = {shown(members.author) for members in items.members if members.author}
    of_one_author = len(items.items) >= 3 and len(signers) == 1 and not sure
    return of_one_author or bool(signers and signers <= {shown(author) for author in authors})


def answered(items: Items) -> bool:
    """Return whether most of these have a button to answer, to quote or to report them."""
    sample = items.items[:: max(1, len(items.items) // _SAMPLE)]
    return sum(map(_answerable, sample)) * 10 >= len(sample) * 6


def is_ping(item: Item) -> bool:
    """Return whether an item is a link from another site, which programs list among comments."""
    around = (
        item.root,
        *islice(item.root.iterancestors(), 3),
    )
    return any(words_of(element) & PING for element in around)


def _inside(item: Item) -> Iterator[Any]:
    count = 0
    for element in item.elements:
        for descendant in element.iter("*"):
            count += 1
            if count > 200:
                return
            yield descendant


def _around(item: Item, tops: Set[Any]) -> Iterator[Any]:
    yield item.root
    for element in islice(item.root.iterancestors(), _HIGHEST):
        if element in tops:
            return
        yield element


def _elsewhere(item: Item, tops: Set[Any]) -> bool:
    return any(element.tag == "nav" or is_elsewhere(element) for element in _around(item, tops))


def _live(item: Item, tops: Set[Any]) -> bool:
    return any(
        words_of(element) & LIVE or "LiveBlog" in (element.get("itemtype") or "")
        for element in _around(item, tops)
    )


_EMBEDDED = frozenset(("embed", "oembed"))


def _shown_post(item: Item, tops: Set[Any]) -> bool:
    """Whether it is in somebody's post that the article shows; a thread may be embedded too."""
    embedded = False
    for element in _around(item, tops):
        if words_of(element) & POSTS - _EMBEDDED:
            return True
        embedded |= bool(words_of(element) & _EMBEDDED)
        if embedded and thread_hint(element) == 2:
            return False
    return embedded


def _rated(item: Item) -> bool:
    for element in _inside(item):
        if element.get("itemprop") in ("reviewRating", "ratingValue"):
            return True
        if (element.get("itemtype") or "").endswith("/Review"):
            return True
        if (words := words_of(element)) & RATING and not _counts_votes(element, words):
            return True
        label = element.get("aria-label") or element.get("title") or ""
        if _OUT_OF.search(shown(label[:60])) or _OUT_OF.search(shown((element.text or "")[:60])):
            return True
    return False


_VOTES = re.compile(r"[-+−]?\d{0,4}")


def _counts_votes(element: Any, words: Set[str]) -> bool:
    """Whether what is called a rating is empty, or says how many voted for a comment."""
    text = (element.text or "").strip()
    if len(element) or element.get("style") or not text:
        # scripts draw stars by what an attribute tells
        return not len(element) and {*element.keys()} <= {"class", "id"}
    return bool(words & (THREAD | MAYBE_THREAD) and _VOTES.fullmatch(text))


def _entitled(item: Item, name: str | None) -> bool:
    """Whether a heading, or the whole item, is a link to another page.

    name: that of who surely wrote it, which may lead to their own site.
    """
    for element in _inside(item):
        if element.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            # but for the link on the date, or around it
            links = (
                link
                for link in element.iter("a")
                if item.date.element not in link.iter()
                and (text := short_text(link, 300))
                and text != name
            )
            if any(map(_leads_away, links)):
                return True
            if element.getparent().tag == "a" and _leads_away(element.getparent()):
                return True
        elif element.tag == "a" and _leads_away(element):
            text = shown(short_text(element, 300))
            if re.fullmatch(
                r"(?:lire (?:la suite|l'article|plus).*|en savoir plus|read more.*)", text
            ):
                return True
    return len(item.elements) == 1 and item.root.tag == "a" and _leads_away(item.root)


def _leads_away(link: Any) -> bool:
    href = (link.get("href") or "").strip()
    return bool(href) and "#" not in href and not _PROFILE.search(href)


def _pages(sample: tuple[Item, ...]) -> int:
    """How many pages these lead to, by fragments of comments: those of one thread lead to one."""
    paths = set()
    for item in sample:
        for element in _inside(item):
            href = element.get("href") or "" if element.tag == "a" else ""
            if "#" in href.strip("#") and not href.startswith("#"):
                try:
                    path, fragment = urlsplit(href).path, urlsplit(href).fragment
                except ValueError:
                    continue
                # `/comment/11#comment-11` is a comment's own address
                own = re.search(r"\d+$", fragment)
                paths.add(path.removesuffix(own[0]) if own else path)
                break
    return len(paths)


def _answerable(item: Item) -> bool:
    for element in _inside(item):
        if element.tag in ("a", "button", "span", "input", "summary", "div"):
            text = element.get("value") if element.tag == "input" else short_text(element, 60)
            label = element.get("title") or element.get("aria-label") or ""
            if any(
                ANSWERING.fullmatch(shown(words)) for words in (text or "", label[:60]) if words
            ):
                return True
    return False
