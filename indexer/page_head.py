"""Which lines at the top of a page are its title, standfirst, date, categories; where is the body?

Everything here goes by position and by form: a title, then a strapline and a standfirst
(either may be absent), a line that is a date, then in any order a reading time, authors,
a number of comments and short lines that are categories. The body begins after them.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, field

from indexer.page_dates import is_date
from indexer.page_lines import Line

_DATE_WITHIN = 12
"""The date comes in the first lines: farther, it belongs to something else."""
_STRAPLINE = 80
_CATEGORIES = 6
_SHORT = 50
_SHORT_WORDS = 7

_READING = re.compile(
    r"(?:lecture |temps de lecture |duree )?:? ?(?:(?P<hours>\d+) ?h(?:eures?)?)? ?"
    r"(?:(?P<minutes>\d+) ?(?:min(?:utes?|s)?\.?|mn)?)?(?: de lecture)?"
)
_COUNT = re.compile(r"(\d[\d ]*)(?: commentaires?)?")
_PUBLISHED = re.compile(r"(?:publie|poste|mis en ligne|article publie) ")
_BY = re.compile(r"par (?P<names>.+?)(?:[,-]? (?P<date>(?:publie )?le \d.*))?")
_NAME = r"[^\W_a-zà-ÿ][\w.'-]*(?: (?:de|du|des|la|le|van|von|d'|[^\W_a-zà-ÿ])[\w.'-]*){0,4}"
_NAMES = re.compile(rf"{_NAME}(?:(?:, | et | & ){_NAME})*")


@dataclass
class Head:
    """The lines of a page's head by what they are; `body` is the place of the body's first line."""

    title: Line
    strapline: Line | None = None
    standfirst: list[Line] = field(default_factory=list)
    date: Line | None = None
    date_text: str = ""
    modified: Line | None = None
    reading: Line | None = None
    minutes: int | None = None
    categories: list[Line] = field(default_factory=list)
    authors: tuple[str, ...] = ()
    authors_line: Line | None = None
    count: int | None = None
    count_line: Line | None = None
    body: int = 0


def read_head(lines: Sequence[Line], end: int, headings: Container[str] = ()) -> Head:
    """The head of a page, which ends before `end` at the latest.

    headings: keys of the lines known to be headings of the body, where a head must stop.
    `date` stays None when no line is a date: this is no page.

    >>> head = read_head([Line(1, "Titre"), Line(2, "Le 02/12/2024"), Line(3, "IA")], 3)
    >>> head.date_text, [line.text for line in head.categories]
    ('Le 02/12/2024', ['IA'])
    """
    head = Head(lines[0])
    for at in range(1, min(end, _DATE_WITHIN)):
        if _take_date(head, lines[at]):
            break
    if head.date is None:
        head.body = min(end, len(lines))
        return head
    _take_words(head, list(lines[1:at]))
    at += 1
    while at < end and lines[at].key not in headings and _take_fact(head, lines[at]):
        at += 1
    head.body = at
    return head


def _take_date(head: Head, line: Line) -> bool:
    text = line.key
    by = _BY.fullmatch(line.folded)
    if by and by["date"]:
        names = _names(text[by.start("names") : by.end("names")])
        if names and is_date(_PUBLISHED.sub("", by["date"], count=1)):
            head.authors, head.authors_line = names, line
            head.date, head.date_text = line, by["date"]
            return True
    published = _PUBLISHED.match(line.folded)
    date = text[published.end() :] if published else text
    # without a capital it is the end of a sentence, not a date alone on its line
    if is_date(date) and text[0].isupper() | text[0].isdigit():
        head.date, head.date_text = line, date
    return head.date is not None


def _take_words(head: Head, between: list[Line]) -> None:
    """What stands between the title and the date."""
    if between and (names := _by(between[-1])):
        head.authors, head.authors_line = names, between.pop()
    if not between:
        return
    first, *others = between
    if others:
        is_strapline = len(first.text) <= 2 * _STRAPLINE
    else:
        is_strapline = len(first.text) <= _STRAPLINE and not (
            first.text.endswith(".") and len(first.text.split()) > 10
        )
    head.strapline = first if is_strapline else None
    head.standfirst = others if is_strapline else between


def _take_fact(head: Head, line: Line) -> bool:
    if head.reading is None and (minutes := reading_minutes(line.folded)) is not None:
        head.reading, head.minutes = line, minutes
    elif head.count is None and (count := _COUNT.fullmatch(line.folded)):
        head.count, head.count_line = int(count[1].replace(" ", "")), line
    elif head.modified is None and is_date(line.text):
        head.modified = line
    elif not head.authors and (names := _by(line)):
        head.authors, head.authors_line = names, line
    elif len(head.categories) < _CATEGORIES and is_label(line.text):
        head.categories.append(line)
    else:
        return False
    return True


def reading_minutes(folded: str) -> int | None:
    """The minutes of a line that is a reading time, with a unit.

    >>> reading_minutes("1 h 10 min"), reading_minutes("4 min de lecture"), reading_minutes("27")
    (70, 4, None)
    """
    match = _READING.fullmatch(folded)
    if match is None or not re.search(r"\d ?(?:h|m)", folded):
        return None
    return 60 * int(match["hours"] or 0) + int(match["minutes"] or 0)


def is_label(text: str) -> bool:
    """Whether a line is a few words that are no sentence: a category, or a heading.

    >>> is_label("IA et algorithmes"), is_label("C'est la fin.")
    (True, False)
    """
    words = text.split()
    return (
        len(text) <= _SHORT
        and len(words) <= _SHORT_WORDS
        and text[-1] not in ".!?…:;,»\"'"
        and not text[0].islower()
        and text[0] not in "-–—•*«\"'("
    )


def _by(line: Line) -> tuple[str, ...]:
    by = _BY.fullmatch(line.folded)
    if by is None or len(line.text) > 120 or by["date"]:
        return ()
    return _names(line.key[by.start("names") : by.end("names")])


def _names(text: str) -> tuple[str, ...]:
    if not _NAMES.fullmatch(text):
        return ()
    return tuple(re.split(r", | et | & ", text))
