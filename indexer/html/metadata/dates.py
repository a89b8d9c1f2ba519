"""When was the article of a page published, when neither JSON-LD nor `meta` tells it?

What is marked as its date first (microdata, hAtom), then the day in its address, then what stands
near the title; a `time` in the middle of a paragraph speaks of something else.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from indexer.html.elements import short_text, text_of
from indexer.html.finder.comment_words import is_elsewhere
from indexer.html.metadata.bylines import byline_names, dated_names, introduced
from indexer.html.metadata.edits import is_edit, is_edit_line, says_edited
from indexer.html.outside_comments import outside_comments
from indexer.text import fold, key
from indexer.times import Capture, is_date, machine_time, shown_dates, written


def marked_time(root: Any) -> str | None:
    """Return the article's time in the microdata or hAtom of a page."""
    for element in outside_comments(root):
        if (
            "datePublished" in (element.get("itemprop") or "").split()
            or _RDFA.search(element.get("property") or "")
            or element.get("pubdate") is not None
            or "dt-published" in (element.get("class") or "").split()
        ):
            value = element.get("content") or element.get("datetime") or ""
            if time := machine_time(value):
                return time
    return None


_RDFA = re.compile(
    r"(?:^|\s)(?:schema:datePublished|dc:created|dcterms:(?:created|issued))(?:\s|$)"
)
_DATED = re.compile(
    r"\b(?:[\w-]*date[\w-]*|info-?publi|published|publi[ée]e?|[\w-]*meta|posted[\w-]*|submitted"
    r"|post-?info|create[d]?)\b",
    re.I,
)
_ELSEWHERE = re.compile(r"widget|sidebar|related|dsq-|latest|recent|\bnav", re.I)


def shown_date(root: Any, capture: Capture, url: str | None = None) -> str | None:
    """Return the article's date, as the page shows it or as its address gives it.

    The tree must not hold the comments, which have dates too.

    >>> from datetime import date
    >>> import lxml.html
    >>> page = lxml.html.document_fromstring('<h1>Sora</h1><p class="date">2 décembre 2024</p>')
    >>> shown_date(page, Capture(date(2024, 12, 4)))
    '2024-12-02'
    >>> shown_date(page, Capture(date(2024, 12, 4)), "https://a.example/2024/12/01/sora/")
    '2024-12-01'
    """
    if marked := _marked(root, capture):
        return marked
    sure, doubtful = _near_title(root, capture)
    candidates = sure or _in_lines(root, capture) or doubtful
    if day := day_in_address(url or ""):
        return next((date for date in candidates if date.startswith(day)), day)
    return candidates[0] if candidates else None


_ADDRESS = re.compile(r"(?<!\d)((?:19|20)\d\d)([/-]?)(\d\d)\2(\d\d)(?!\d)")


def day_in_address(url: str) -> str | None:
    """The day that the path of an address tells.

    >>> day_in_address("https://a.example/2024/03/02/piscine/"), day_in_address("https://a.example/7")
    ('2024-03-02', None)
    """
    try:
        match = _ADDRESS.search(urlsplit(url).path)
    except ValueError:
        return None
    return machine_time(f"{match[1]}-{match[3]}-{match[4]}") if match else None


def _marked(root: Any, capture: Capture) -> str | None:
    """Return the date in the element marked as the article's date (microdata, hAtom)."""
    for element in outside_comments(root):
        classes = set((element.get("class") or "").split())
        is_marked = "datePublished" in (element.get("itemprop") or "").split()
        if (is_marked or classes & _HATOM) and not _elsewhere(element):
            if date := machine_time(element.get("title") or element.get("datetime") or ""):
                return date
            if date := _date_in(element, capture):
                return date
    return None


_HATOM = {"dt-published", "published", "entry-date"}
_IN_TEXT = 60
"""Characters of a paragraph around a `time` that only speaks of a day."""


def _near_title(root: Any, capture: Capture) -> tuple[list[str], list[str]]:
    """Return the dates of `time`, else of elements named as dates, those below the title first.

    Those far below come after those just above. Apart: those in a paragraph, or of what the article
    is about, else those of an edit.
    """
    elements = list(root.iter(etree.Element))
    titled = _title_place(elements)
    times: list[tuple[int, str]] = []
    stray: list[tuple[int, str]] = []
    edits: list[tuple[int, str]] = []
    texts: list[tuple[int, str]] = []
    for at, element in enumerate(elements):
        if element.tag == "time" and not _elsewhere(element):
            if date := machine_time(element.get("datetime") or ""):
                is_stray = _in_text(element) or _is_of_event(element)
                among = edits if is_edit(element) else stray if is_stray else times
                among.append((at - titled, date))
        elif _DATED.search(element.get("class") or "") and len(texts) < 20:
            date = _date_in(element, capture)
            if date is not None and not _elsewhere(element):
                texts.append((at - titled, date))
    sure, doubtful = (
        [date for _, date in sorted(candidates, key=_from_title)]
        for candidates in (times or texts, stray or edits)
    )
    return sure, doubtful


def _title_place(elements: Sequence[Any]) -> int:
    """The place of the title: in the article, where a masthead with today's date says it too."""
    at = next((at for at, element in enumerate(elements) if element.tag == "h1"), 0)
    if not elements or next(elements[at].iterancestors("article"), None) is not None:
        return at
    title = text_of(elements[at])
    again = (
        place
        for place, element in enumerate(elements[at + 1 :], at + 1)
        if element.tag in ("h1", "h2", "h3")
        and text_of(element) == title
        and next(element.iterancestors("article"), None) is not None
    )
    return next(again, at)


def _from_title(candidate: tuple[int, str]) -> tuple[bool, bool, int]:
    """How far from the title a date stands: just below, just above, below, above."""
    distance, _ = candidate
    return abs(distance) > _NEAR, distance < 0, abs(distance)


def _in_text(element: Any) -> bool:
    """Whether a `time` is in a paragraph that says something else."""
    around = element.getparent()
    if around is None or around.tag not in ("p", "li", "blockquote", "dd", "td", "figcaption"):
        return False
    length = len("".join(around.itertext()).strip())
    return length > _IN_TEXT or bool((element.tail or "").strip(" ,.;:)-–—|"))


_OF_EVENTS = frozenset(
    ("startDate", "endDate", "doorTime", "validFrom", "validThrough", "birthDate", "deathDate")
)


def _is_of_event(element: Any) -> bool:
    """Whether a `time` is marked as that of what the article is about."""
    return bool(_OF_EVENTS & set((element.get("itemprop") or "").split()))


def _date_in(element: Any, capture: Capture) -> str | None:
    text = " ".join(" ".join(element.itertext()).split()) if len(element) < 12 else ""
    if not 6 <= len(text) <= 200:
        return None
    return _date_of(text, capture)


def _date_of(text: str, capture: Capture) -> str | None:
    """The day that a short text tells, else its month: « Paru dans La Gazette, mars 2024 »."""
    for date in shown_dates(text.replace("1 er ", "1er ").replace("1ᵉʳ", "1er"), capture):
        if date.start is None or date.edited:
            continue
        # yesterday is a day when somebody says when the page was captured
        single_day = date.end is not None and date.end.date() == date.start.date()
        if date.inferred != "relative" or (single_day and not capture.guessed):
            return written(date.exact) if date.exact else date.start.date().isoformat()
    month = _MONTH.fullmatch(fold(key(text)))
    first = shown_dates(f"1 {month[1]}", capture) if month else []
    return first[0].start.date().isoformat()[:7] if first and first[0].start else None


_APPEARED = (
    r"(?:(?:cet |ce |un )?(?:article|texte|entretien|billet|tribune|chronique) )?(?:a ete |est )?"
    r"(?:initialement |d'abord )?"
    r"(?:(?:parue?|publiee?|mise? en ligne|postee?)\b|creee? le\b|(?:creation|publication) ?:)"
)
_MONTH = re.compile(
    rf"(?:{_APPEARED}.{{0,110}}?\b|date ?: ?)?(?<![\d.] )([a-z]+\.? (?:19|20)\d\d)\W*"
)
_LINES = frozenset(
    (
        *(
            "p",
            "div",
            "span",
            "em",
            "i",
            "b",
            "small",
            "li",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "strong",
        ),
        *("td", "th", "dd", "center", "font"),
    )
)
"""The last of tables, in which letters sent by mail are laid out."""
_LINE = re.compile(rf"{_APPEARED}.{{0,110}}")
_NEAR = 40
"""Elements after the title among which a day may stand alone."""


def _in_lines(root: Any, capture: Capture) -> list[str]:
    """The dates of lines that say when the article appeared, or of a day alone under the title."""
    titled: int | None = None
    dates: list[str] = []
    for at, element in enumerate(outside_comments(root)):
        if element.tag == "h1" and titled is None:
            titled = at
        if element.tag not in _LINES:
            continue
        text = short_text(element, _LONGEST_LINE)
        near_title = titled is not None and at <= titled + _NEAR
        if near_title and element.tag == "p" and (opening := _OPENING.match(text_of(element))):
            dates += filter(None, [_date_of(opening["day"], capture)])
        if len(text) < 6 or _elsewhere(element):
            continue
        dateline = _LINE.fullmatch(fold(key(text))) or (near_title and _dates_title(text))
        date = _date_of(text, capture) if dateline else None
        if date is not None:
            dates.append(date)
    return dates


_OPENING = re.compile(
    r"[^\W\d_a-z][\w'’ -]{1,40}(?: \([^()]{2,40}\))?, (?:le )?"
    r"(?P<day>\d{1,2}(?:er)? [a-zéû]{3,9} \d{4}) ?(?:\([A-Z]{2,6}\) ?)?[—–-]"
)
"""« Angers, le 3 mars 2024 — La ville… »: where and when a dispatch was written."""
_LONGEST_LINE = 160
_STEPS = re.compile(
    r"(?<!page)(?<!derniere)\W+(?=(?:publie|mis|mise|modifie|actualise|poste|cree)\b)"
)


def shown_edit(root: Any, capture: Capture) -> str | None:
    """Return when the article was edited, as a line or a `time` under its title says it.

    The tree must not hold the comments.

    >>> from datetime import date
    >>> import lxml.html
    >>> page = lxml.html.document_fromstring("<h1>Sora</h1><p>Modifié le 4 mars 2024 à 12h30</p>")
    >>> shown_edit(page, Capture(date(2024, 12, 4)))
    '2024-03-04T12:30:00+01:00'
    """
    outside = list(outside_comments(root))
    titled = next((at for at, element in enumerate(outside) if element.tag == "h1"), None)
    if titled is None:
        return None
    for element in outside[titled + 1 : titled + 1 + _NEAR]:
        machine = machine_time(element.get("datetime") or "") if element.tag == "time" else None
        if machine is not None and is_edit(element):
            return machine
        if element.tag not in (*_LINES, "time"):
            continue
        text = short_text(element, _LONGEST_LINE)
        if not says_edited(text) or _elsewhere(element):
            continue
        for edit in shown_dates(text, capture) if _dates_title(text) else ():
            if edit.edited and edit.start is not None and not edit.inferred:
                return written(edit.exact) if edit.exact else edit.start.date().isoformat()
    return None


_READING = re.compile(
    r"\W*(?:temps de )?lecture\W{0,3}\d+ ?min\w*\W*$|\W+\d+ ?min\w* de lecture\W*$"
)
_AT = re.compile(r"(?:publiee?|mise? a jour|modifiee?|actualisee?) a \d{1,2} ?[h:] ?(?:\d\d)?")
"""« Publié à 5 h 00 », of the day that stands elsewhere."""


def is_dateline(text: str) -> bool:
    """Whether a text is a date, or says when something was published and edited, and no more.

    >>> is_dateline("Publié le 2 mars 2024, mis à jour le 3 mars 2024"), is_dateline("Hier, oui")
    (True, False)
    >>> is_dateline("2 mars 2024 à 9h15 - Temps de lecture 2 min"), is_dateline("Publié à 5 h")
    (True, True)
    """
    if len(text) > _LONGEST_LINE:
        return False
    # « Date: … », in the archives of mailing lists
    folded = fold(key(text)).removeprefix("date:")
    steps = _STEPS.split(_READING.sub("", folded).strip(" ()|."))
    return all(is_date(step) or _AT.fullmatch(step) for step in steps)


def _dates_title(text: str) -> bool:
    """Whether a line near the title says when, or who and when, and no more."""
    if is_dateline(text) or _is_month(text):
        return True
    return bool(dated_names(text) or (introduced(text) and byline_names(text)))


def _is_month(text: str) -> bool:
    match = _MONTH.fullmatch(fold(key(text)))
    return match is not None and match.start(1) == 0


def _in_masthead(element: Any) -> bool:
    """Whether an element is at the top of the site, where today's date stands."""
    header = None
    for node in element.iterancestors():
        if node.tag == "header":
            header = node
        elif node.tag in ("article", "main"):
            return False
    return header is not None and next(header.iter("h1"), None) is None


def _elsewhere(element: Any) -> bool:
    """Whether an element is in what surrounds articles: other articles have dates too."""
    if _in_masthead(element):
        return True
    for node in (element, *element.iterancestors()):
        is_other_part = _ELSEWHERE.search(node.get("class") or "") or is_elsewhere(node)
        if node.tag in ("aside", "nav") or is_other_part:
            return node.tag not in ("body", "html")
    return False


def guessed_date(root: Any, url: str | None, capture: Capture) -> str | None:
    """Return the day that htmldate finds, when nothing else dates the page. Alters the tree."""
    for element in list(root.iter(etree.Element)):
        if element.getparent() is not None and element.tag not in ("head", "body"):
            if element.tag in _LINES and is_edit_line(short_text(element, _LONGEST_LINE)):
                element.drop_tree()
                continue
            around = element.tag in ("aside", "nav") or _ELSEWHERE.search(
                element.get("class") or ""
            )
            if around or (element.tag == "time" and _in_masthead(element)):
                element.drop_tree()
    logging.getLogger("htmldate").addHandler(logging.NullHandler())
    try:
        find = import_module("htmldate").find_date
    except ImportError:
        return None
    try:
        date = find(
            root,
            extensive_search=False,
            original_date=True,
            url=url,
            max_date=capture.day.isoformat(),
        )
    except Exception:  # what strangers' pages do to a heuristic is not for its caller to list
        return None
    return machine_time(date) if date else None
