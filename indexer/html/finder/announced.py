"""How many comments does a page announce, and where?

A count is believed in a heading, in a block of comments or in a link to the page's own thread,
never in lists of other pages, which announce their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from indexer.html.elements import around, short_text
from indexer.html.finder.comment_words import (
    ELSEWHERE,
    THREAD,
    is_elsewhere,
    shown,
    thread_hint,
    words_of,
)

_COUNT = re.compile(
    r"^\D{0,3}(\d{1,3}(?:[ \u00a0\u202f.,]\d{3})+|\d{1,7})\b(?!\s*(?:h\b|:\d|/\d))"
    r"|\((\d{1,7})\)\s*$|(?:comment\w*|réactions?|réponses?|avis|messages?)\s*[:\s]\s*(\d{1,7})\s*$",
    re.IGNORECASE,
)
_ONE = re.compile(r"^(?:une?|one)\b", re.IGNORECASE)
_NONE = re.compile(r"^(?:aucune?|no|pas de|soyez le premier)\b", re.IGNORECASE)


def declared_count(text: str) -> int | None:
    """The number of comments that a title announces.

    >>> declared_count("27 commentaires"), declared_count("Une réponse à « Les 5 raisons »")
    (27, 1)
    >>> declared_count("Commentaires (1 204)"), declared_count("Vos commentaires")
    (None, None)
    """
    text = " ".join(text.split())[:300]
    if match := _COUNT.search(text):
        digits = next(filter(None, match.groups()))
        return int(re.sub(r"\D", "", digits))
    if _ONE.match(text):
        return 1
    return 0 if _NONE.match(text) else None


_SURE = r"(?:commentaires?|comments?|reactions?|reponses?|replies|responses?|reflexions?|thoughts?)"
_NOUN = rf"(?:{_SURE}|messages?|avis|contributions?|interventions?|posts?|opinions?|temoignages?)"
_NUMBER = r"(\d{1,3}(?:[ .,]\d{3})+|\d{1,7})"
_OF_READERS = (
    r"(?: (?:des?|d'|du|of|from) ?(?:lecteurs?|internautes?|readers?|abonnes?|membres?|forum|blog"
    r"|article|billet|site))?"
)
_NUMBERED = re.compile(
    rf"(?:(?:les|vos|voir|lire|afficher|tous|toutes|show|view|all|il y a) ){{0,3}}{_NUMBER}"
    rf" ?(?:(?:derniers?|dernieres?|nouveaux?|public) )?({_NOUN}){_OF_READERS}"
    r"(?:\W.{0,80})?"
)
MAYBE = re.compile(
    r"(?i)comment|r[ée]acti|r[ée]pon|repl|respon|r[ée]flex|thought|messag|avis|contrib|interv|post"
    r"|opinion|t[ée]moign|premi|first|r[ée]agi|forum|discussion"
)
_WITH_ANSWERS = re.compile(
    r"(\d{1,7}) (?:commentaires?|comments?)\W{1,5}(\d{1,7}) (?:reponses?|repl(?:y|ies))"
)
_NAMED = re.compile(
    r"(?:(?:les|vos|le|votre|notre|tous|toutes|all|the|espace|section|fil|zone|et|de) ){0,3}"
    rf"({_NOUN}|forums?|discussions?){_OF_READERS}"
    r"(?: (?:a|sur|au|on|to) .{1,80})? ?[:(\[–—-]? ?(\d{1,7})? ?[)\]:]?(?: au total)?"
)
_TO_READ = r"\b(?:lire|voir|consulter|decouvrir|afficher|acceder aux?) (?:tous )?(?:les |vos )?"
_SHUT = re.compile(
    rf".{{0,80}}{_TO_READ}{_NUMBER} {_SURE}.{{0,40}}"
    rf"|(?:.{{0,80}}[.!:] )?{_NUMBER} {_SURE} (?:deja )?(?:publiee?s?|postee?s?|en ligne)\b\W*"
    rf"|{_NUMBER} {_SURE}\W{{1,3}}(?:les )?{_SURE} (?:sont |are )?"
    r"(?:ferme|clos|desactive)\w*\b.{0,40}"
)
"""« Connectez-vous pour lire les 34 commentaires. », « Aux abonnés. 34 réactions postées. »"""
RESERVED = re.compile(
    rf".{{0,80}}\b(?:abonn|connect|identifi|inscri)\w*\b.{{0,60}}{_TO_READ}{_SURE}\W*"
)
_TALK = re.compile(rf".{{0,60}}\b(?:discut|reagi|debatt|echang)\w+\b.{{0,60}}\({_NUMBER} {_NOUN}\)")
"""« Discuter de cet article sur le forum (12 messages) »"""
_INVITED = re.compile(
    r"(?:reag(?:ir|issez)|(?:comment|discut|particip)e[rz]|(?:debatt|repond)(?:re|ez))\b"
    r"[^:]{0,50}: ?"
    rf"{_NUMBER} ({_NOUN})"
)
"""« Réagir à cet article : 3 commentaires »"""
_WORDED = re.compile(rf"(?:une?|one|a) (?:seule? )?({_NOUN})(?:\W.{{0,80}})?")
_TAIL = re.compile(
    rf"(?:{_NUMBER}|une?|one|a)(?: \w+)? {_NOUN}\b{_OF_READERS}(?P<tail>.*)", re.DOTALL
)
_ON_THIS = re.compile(
    r" (?:a|sur|au|pour|de|on|to|for|about)\b (?:cet?(?:te)? |this |.*(?:[«\"“„‹]|(?<= )')\W*\w)"
)
_NO_COMMENT = re.compile(
    rf"(?:aucune?|pas (?:encore )?de|pas d'|no|zero|0) ({_NOUN}).{{0,60}}|(?:soyez|be) (?:le|la"
    r"|the) (?:premiere?|first)\b.{0,80}"
)
_HEADING_NAMES = "h1 h2 h3 h4 h5 h6 legend summary caption"
_HEADINGS = frozenset(_HEADING_NAMES.split())
_OTHER_NAMES = "p div span a strong b em button li dt td th label font center header figcaption"
_TAGS = _HEADINGS | frozenset(_OTHER_NAMES.split())


@dataclass(frozen=True, slots=True)
class Announcement:
    """A text that announces comments. `count`: None when it tells none. `sure`: of its words."""

    element: Any
    count: int | None
    text: str
    sure: bool


def read_announcement(text: str) -> tuple[int | None, bool] | None:
    """The count that a short text announces, and whether its words are surely of comments.

    >>> read_announcement("10 réactions"), read_announcement("Vos commentaires (3)")
    ((10, True), (3, True))
    >>> read_announcement("2 commentaires · 1 réponse")
    (3, True)
    >>> read_announcement("Discuter sur le forum (12 messages)")
    (12, True)
    >>> read_announcement("Aucun commentaire"), read_announcement("Laisser un commentaire")
    ((0, True), None)
    """
    folded = shown(text)
    if match := _WITH_ANSWERS.fullmatch(folded):
        return int(match[1]) + int(match[2]), True
    if match := _TALK.fullmatch(folded):
        return int(re.sub(r"\D", "", match[1])), True
    if match := _NUMBERED.fullmatch(folded):
        return int(re.sub(r"\D", "", match[1])), bool(re.fullmatch(_SURE, match[2]))
    if match := _INVITED.fullmatch(folded):
        return int(re.sub(r"\D", "", match[1])), bool(re.fullmatch(_SURE, match[2]))
    if match := _NAMED.fullmatch(folded):
        return int(match[2]) if match[2] else None, bool(re.fullmatch(_SURE, match[1]))
    if match := _WORDED.fullmatch(folded):
        return 1, bool(re.fullmatch(_SURE, match[1]))
    return (0, True) if _NO_COMMENT.fullmatch(folded) else None


_MOST = 60
"""Announcements of one page."""


def announcements(root: Any, url: str | None) -> list[Announcement]:
    """Return the announcements of the page's own comments, in page order.

    Outside headings and threads, a count is believed when it is the only one.
    """
    certain: list[Announcement] = []
    loose: list[Announcement] = []
    titled = around(root.iter("h1", "body"))
    titles = [shown(short_text(title, 200)) for title in islice(root.iter("h1", "title"), 4)]
    walk = etree.iterwalk(root, events=("start",))
    for _, element in walk:
        if not isinstance(element.tag, str):
            continue
        if element not in titled and (element.tag == "nav" or _shows_others(element)):
            walk.skip_subtree()
            continue
        if element.tag not in _TAGS or len(element) > 6:
            continue
        announcement = _announcement(element, titles)
        if announcement is None:
            continue
        if _is_own(element, url):
            _add(certain, announcement)
        elif announcement.count and announcement.sure and not _among_links(element, url):
            _add(loose, announcement)
        if len(certain) + len(loose) >= _MOST:
            break
    if len({announcement.count for announcement in loose}) == 1 and not any(
        announcement.count for announcement in certain
    ):
        certain += loose
    return certain


def _announcement(element: Any, titles: list[str]) -> Announcement | None:
    """What an element announces; None when it is nothing of comments, or somebody's words."""
    text = short_text(element, 110)
    if element.tag in ("a", "button") and not any(map(str.isalpha, text)):
        # <a aria-label="45 commentaires"><svg/>45</a>
        text = (element.get("aria-label") or element.get("title") or text)[:110]
    reading = read_announcement(text) if MAYBE.search(text) else None
    shut = _SHUT.fullmatch(shown(text)) if text.endswith(".") else None
    if element.tag not in _HEADINGS and (text.endswith(".") or not any(map(str.isdigit, text))):
        # "une réponse" may be somebody's words
        reading = None if reading is not None and reading[0] else reading
    if shut is not None and (not shut[2] or _hinted(element)):
        reading = int(re.sub(r"\D", "", shut[shut.lastindex or 0])), True
    if reading is None or (reading[0] and _is_sentence(element, text, titles)):
        return None
    return Announcement(element, reading[0], " ".join(text.split()), reading[1])


def _add(among: list[Announcement], announcement: Announcement) -> None:
    """Add what is announced; one inside the last, or beside it, makes one with it."""
    if among and among[-1].element in announcement.element.iterancestors():
        if among[-1].count is not None and announcement.count is None:
            # <b>3</b> <span>commentaires</span>
            return
        among.pop()
    merged = _of_one_thread(among[-1], announcement) if among else None
    if merged is not None:
        among[-1] = merged
    else:
        among.append(announcement)


_TEASERS = frozenset(("teaser", "teasers"))


def _shows_others(element: Any) -> bool:
    """Whether it shows other articles; `comments-teaser` leads to the comments of this one."""
    words = words_of(element)
    return is_elsewhere(element) and not (words & THREAD and words & ELSEWHERE <= _TEASERS)


_ANSWERS = re.compile(r"\d+ (?:reponses?|repl(?:y|ies))")


def _of_one_thread(comments: Announcement, answers: Announcement) -> Announcement | None:
    """The sum of "2 commentaires" and of "1 réponse" beside it, which are one thread's."""
    if not comments.count or not answers.count or not _ANSWERS.fullmatch(shown(answers.text)):
        return None
    beside = comments.element.getparent() is answers.element.getparent()
    if not beside or _ANSWERS.fullmatch(shown(comments.text)):
        return None
    text = f"{comments.text}, {answers.text}"
    return Announcement(comments.element, comments.count + answers.count, text, comments.sure)


def _above(element: Any) -> Iterator[Any]:
    return islice(element.iterancestors(), 4)


def _is_sentence(element: Any, text: str, titles: list[str]) -> bool:
    """Whether a count goes on as the article's own words do: « Une réponse attendue ».

    Themes go on with the article's title, between quotation marks or not, or with « cet article ».
    """
    tail = match["tail"] if (match := _TAIL.match(shown(text))) else ""
    if not re.match(r" [a-z]", tail) or _ON_THIS.match(tail) or _hinted(element):
        return False
    object_name = tail.split(maxsplit=1)[-1].rstrip(" .…")
    return not any(object_name in title for title in titles)


def _hinted(element: Any) -> bool:
    return any(thread_hint(above) == 2 for above in _above(element))


def _is_own(element: Any, url: str | None) -> bool:
    """Whether this is in a heading, a thread, or a link to the page's own thread."""
    hinted = _hinted(element)
    if hinted and element.tag in _HEADINGS:
        return True
    link = next(element.iter("a"), None)
    for above in (element, *_above(element)):
        if above.tag == "a" and above.get("href"):
            link = above
    if link is not None and not _is_same_page(link, url):
        return False
    if element.tag in _HEADINGS or (link is not None and link.get("href")):
        return True
    return hinted


_INVITING = re.compile(
    r"(?:lire|voir|afficher|consulter|read|view|show|discut|reagi|debatt|echang)"
)


def _among_links(element: Any, url: str | None) -> bool:
    """Whether it stands with a link to another page: it is the count of that page.

    « Lire les 12 commentaires », alone, may lead to where the page's own are.
    """
    text = short_text(element, 110)
    inviting = _INVITING.match(shown(text))
    for above in (element, *islice(element.iterancestors(), 3)):
        if above.tag in ("body", "main", "article") or len(above) > 40:
            return False
        links = islice(above.iter("a"), 60)
        other_links = (link for link in links if not _is_same_page(link, url))
        if any(not inviting or short_text(link, 110) != text for link in other_links):
            return True
    return False


def _is_same_page(link: Any, url: str | None) -> bool:
    href = (link.get("href") or "").strip()
    if not href or href.startswith(("#", "javascript:")):
        return True
    try:
        target, page = urlsplit(href), urlsplit(url or "")
    except ValueError:
        return False
    return bool(target.fragment) and bool(page.path) and target.path in (page.path, "")
