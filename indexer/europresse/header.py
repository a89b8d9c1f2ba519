"""What does Europresse write in one line above an article: rubric, day, hour, words, page?

Économie, mardi 24 décembre 2024 532 mots, p. 12
World, Friday, November 13, 2015
Actualité, jeudi 4 janvier 2024 - 12:01 UTC +01:00 584 mots
"""

from __future__ import annotations

import re
from typing import NamedTuple

from indexer.times import NO_CAPTURE, machine_time, shown_dates

_WEEKDAYS = (
    "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    "|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
)
_DATE = re.compile(
    rf"(?:\b(?:{_WEEKDAYS}),?\s+)?"
    r"(?P<day>\b\d{1,2}(?:er)?\s+[^\W\d]{3,9}\.?\s+\d{4}\b|\b[^\W\d]{3,9}\.?\s+\d{1,2},?\s+\d{4}\b)",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"\s*(?:[-–,]|à|at)?\s*(?P<hour>\d{1,2})\s?[:h]\s?(?P<minute>\d\d)(?::\d\d)?(?!\d)"
    r"(?:\s*(?:UTC|GMT)?\s*(?P<zone>[+-]\d\d:?\d\d|Z|UTC|GMT))?"
)
_WORDS = re.compile(r"\b(\d[\d\s]{0,9})\s+(?:mots|words)\b")
_PAGE = re.compile(r"\bpp?\.\s*([^\s,;][^,;]{0,40})")
_LONGEST = 2000


class Header(NamedTuple):
    """What the line tells; None for what it does not. `published` is in the form of `Article`'s."""

    section: str | None = None
    published: str | None = None
    words: int | None = None
    page: str | None = None


def read_header(text: str) -> Header:
    """What a line above an article says.

    >>> read_header("Économie, mardi 24 décembre 2024 532 mots, p. 12")
    Header(section='Économie', published='2024-12-24', words=532, page='12')
    >>> read_header("World, Friday, November 13, 2015").published
    '2015-11-13'
    >>> read_header("jeudi 4 janvier 2024 - 12:01 UTC +01:00 1 584 mots")[1:3]
    ('2024-01-04T12:01:00+01:00', 1584)
    """
    text = " ".join(text[:_LONGEST].split())
    section = published = None
    # what follows the date and the hour: a year is no number of words
    after = text
    for match in _DATE.finditer(text):
        if (day := _day(match["day"])) is not None:
            section = text[: match.start()].strip(" ,;-–") or None
            after = text[match.end() :]
            clock = _CLOCK.match(after)
            published = day if clock is None else _at(day, clock)
            after = after[clock.end() :] if clock else after
            break
    count, page = _WORDS.search(after), _PAGE.search(after)
    return Header(
        section,
        published,
        int("".join(count[1].split())) if count else None,
        page[1].strip() if page else None,
    )


def _day(text: str) -> str | None:
    for shown_date in shown_dates(text, NO_CAPTURE):
        if shown_date.start is not None and not shown_date.inferred:
            return shown_date.start.date().isoformat()
    return None


def _at(day: str, clock: re.Match[str]) -> str:
    zone = (clock["zone"] or "").replace("UTC", "Z").replace("GMT", "Z")
    return machine_time(f"{day}T{clock['hour']:0>2}:{clock['minute']}:00{zone}") or day
