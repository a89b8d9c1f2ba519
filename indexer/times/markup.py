"""When was it written, by what a page's markup and its words tell, in French or in English?

Three kinds of evidence, the exact one first: a time meant for machines (`datetime`,
`content`, JSON-LD), a date shown ("le 7 mai 2020 - 12:38"), a relative one ("2 days ago"),
resolved from the date of capture and never from the clock.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from indexer.article import Precision
from indexer.text import fold, key
from indexer.times.capture import Capture
from indexer.times.english import in_french
from indexer.times.french import ShownDate, find_dates
from indexer.times.rfc3339 import has_offset, in_paris, instant, regular, written

_LONGEST = 400
_ISO = re.compile(
    r"(?P<day>\d{4}-\d\d(?:-\d\d)?)"
    r"(?:(?:[Tt]| +)(?P<hour>\d\d):?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,]\d+)?)?"
    r" *(?P<zone>[Zz]|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?"
)
_NEAR = re.compile(r"(\d{4})([-/])(\d{1,2})\2(\d{1,2})(?:(?=$)|[Tt ]+(?:(\d{1,2})(?=:))?)")
"""A day as Hexo and others write it: 2024/3/1 8:05:00."""
_EPOCH = re.compile(r"(\d{10})(?:\d{3}|\.\d+)?")
_FOLLOWED = re.compile(r"(\d{4}-\d\d-\d\d[T ][\d:.]+Z?)(?:, License: .+| (\d{10}))")
"""Titles of Stack Exchange, with the licence, and of Hacker News, with the same in seconds."""
_RFC = re.compile(r"(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d.{0,20}")


def machine_time(text: str) -> str | None:
    """A time written for machines, as the canonical format writes it; None if it is none.

    ISO 8601 and its usual near misses, RFC 5322, seconds since 1970. An absent offset is
    Paris's.

    >>> machine_time("2023-11-02T1643"), machine_time("2024-12-02T09:08:00+0100")
    ('2023-11-02T16:43:00+01:00', '2024-12-02T09:08:00+01:00')
    >>> machine_time("2024/3/1 8:05:00"), machine_time("2024/25")
    ('2024-03-01T08:05:00+01:00', None)
    >>> machine_time("2024-03-02 09:40:00Z, License: CC BY-SA 4.0")
    '2024-03-02T09:40:00Z'
    """
    text = text.strip()
    if len(text) > 60:
        return None
    if match := _FOLLOWED.fullmatch(text):
        text = match[2] or match[1]
    if match := _NEAR.match(text):
        day = f"{match[1]}-{match[3]:0>2}-{match[4]:0>2}"
        hour = f" {match[5]:0>2}" if match[5] else text[match.end(4) : match.end()]
        text = day + hour + text[match.end() :]
    if match := _ISO.fullmatch(text):
        return _iso(match)
    if match := _EPOCH.fullmatch(text):
        return written(datetime.fromtimestamp(int(match[1]), UTC))
    if _RFC.fullmatch(text):
        try:
            moment = parsedate_to_datetime(text)
            if moment.tzinfo is None and text.endswith("-0000"):
                # universal time that tells no place
                moment = moment.replace(tzinfo=UTC)
            return _sensible(moment.isoformat() if moment.tzinfo is None else written(moment))
        except (ValueError, TypeError, OverflowError):
            return None
    return None


def _iso(match: re.Match[str]) -> str | None:
    if match["hour"] is None:
        return _sensible(match["day"])
    zone = (match["zone"] or "").upper()
    if zone in ("UTC", "GMT"):
        zone = "Z"
    elif zone and zone != "Z":
        digits = zone[1:].replace(":", "").ljust(4, "0")
        zone = f"{zone[0]}{digits[:2]}:{digits[2:]}"
    clock = f"{match['hour']}:{match['minute']}:{match['second'] or '00'}"
    return _sensible(f"{match['day']}T{clock}{zone}")


def _sensible(text: str) -> str | None:
    """Return the regular form of a plausible time of publication, or None."""
    moment = regular(text)
    if moment is None or not 1600 <= int(moment[:4]) <= 2200:
        return None
    try:
        moment = moment if has_offset(moment) else in_paris(moment)
        instant(moment)
    except (ValueError, OverflowError):
        return None
    return moment


@dataclass(frozen=True, slots=True)
class When:
    """When a comment was written and edited, with the members of `Comment` of the same names.

    `inferred` says what rests on the date of capture, if anything does.
    """

    published: str | None = None
    modified: str | None = None
    precision: Precision | None = None
    shown: str | None = None
    earliest: str | None = None
    latest: str | None = None
    edited: bool = False
    inferred: str = ""

    @property
    def stable(self) -> str:
        """What tells this time again when the page is captured another day."""
        return self.published or (f"modifié {self.modified}" if self.modified else self.shown or "")


def when(machine: Sequence[str], date_text: str, edited: str, capture: Capture) -> When:
    """Read times from attributes for machines, the text shown beside them and that of an edit.

    >>> from datetime import date
    >>> when([], "Modifié le 02/12/2024 à 09h52", "", Capture(date(2024, 12, 4))).modified
    '2024-12-02T09:52:00+01:00'
    >>> when([], "2024-12-02T09:52:00+01:00", "", Capture(date(2024, 12, 4))).published
    '2024-12-02T09:52:00+01:00'
    """
    shown_text, date_text = date_text.strip(), key(date_text)[:_LONGEST]
    dates = shown_dates(date_text, capture)
    first = next((date for date in dates if not date.edited and date.start), None)
    last = next((date for date in dates if date.edited and date.start), None)
    is_edit_only = first is None and last is not None
    edited = key(edited)[:_LONGEST]
    if edited and last is None:
        edits = [date for date in shown_dates(edited, capture) if date.start]
        last = edits[-1] if edits else None
    modified = written(last.exact) if last and last.exact else machine_edit(edited)
    # what is shown may be written for machines
    machine = (*machine, shown_text) if first is None and last is None else machine
    exact = next(filter(None, map(machine_time, machine)), None)
    times = When(
        shown=date_text or None, modified=modified, edited=bool(edited) or last is not None
    )
    if exact is not None and is_edit_only:
        # the only date shown is that of the edit: so is the one beside it for machines
        return replace(times, modified=exact if len(exact) > 10 else modified)
    if exact is not None and not _finer(first, exact):
        return replace(times, published=exact)
    if first is None or first.inferred:
        # a title tells in full what is shown as "il y a 2 ans"
        first = _in_full(machine, capture) or first
    if first is None or first.start is None or first.end is None:
        return times
    if first.exact:
        return replace(times, published=written(first.exact), inferred=first.inferred)
    if first.precision == "day" and not first.inferred:
        return replace(times, published=first.start.date().isoformat())
    return replace(
        times,
        earliest=written(first.start),
        latest=written(first.end),
        precision=first.precision,
        inferred=first.inferred,
    )


def _in_full(attributes: Sequence[str], capture: Capture) -> ShownDate | None:
    """The date that an attribute tells in words, with its year and its day."""
    for text in attributes:
        for date in shown_dates(key(text)[:_LONGEST], capture):
            if date.start is not None and not date.inferred and not date.edited:
                return date
    return None


def machine_edit(text: str) -> str | None:
    """Return a time for machines from anywhere in the text of an edit."""
    for word in text.split():
        if len(word) >= 10 and (moment := machine_time(word.strip("().,;"))):
            return moment
    return None


def _finer(shown_date: ShownDate | None, exact: str) -> bool:
    """Whether the text tells the hour of a day that the attribute gives alone."""
    if shown_date is None or shown_date.exact is None:
        return False
    return len(exact) <= 10 and shown_date.exact.date().isoformat().startswith(exact)


_SECONDS = re.compile(r"\b(\d{1,2}:\d\d):\d\d\b")
_DASHED = re.compile(r"(?<![\w-])(\d{1,2})-(\d{1,2})-(\d{4}|\d\d)\b(?!-)")
_CLOCK_FIRST = re.compile(
    r"\ba (\d{1,2} ?[h:] ?(?:\d\d)?),?"
    r" (le (?:\d{1,2}(?:er)? [a-z]+\.? \d{4}|\d{1,2}/\d{1,2}/\d{4}))\b"
)
"""« Publié à 8 h 15 le 4 mars 2024 », as newspapers of Quebec write it."""
_CLOCK_BEFORE = re.compile(
    r"^\W*(\d{1,2} ?[h:] ?\d\d) ?[|·•,–-] ?(le )?"
    r"(\d{1,2}/\d{1,2}/\d{4}|\d{1,2}(?:er)? [a-z]+\.? \d{4})\b"
)
"""« 10h22 | 02/03/2024 »."""
_SHORT_YEAR = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d\d)\b(?!/)")
_COMPACT = re.compile(
    r"(\d{1,3}) ?(s|secs?|mins?|mn|h|hrs?|j|d|w|wk|sem|mois|mo|mths?|ans?|y|yrs?)\.?(?: ago)?"
)
"""A duration alone, as Facebook and OpenWeb show an age: "3 j", "2w ago"."""
_UNITS = {
    **dict.fromkeys(("s", "sec", "secs"), "secondes"),
    **dict.fromkeys(("min", "mins", "mn"), "minutes"),
    **dict.fromkeys(("h", "hr", "hrs"), "heures"),
    **dict.fromkeys(("j", "d"), "jours"),
    **dict.fromkeys(("w", "wk", "sem"), "semaines"),
    **dict.fromkeys(("mois", "mo", "mth", "mths"), "mois"),
    **dict.fromkeys(("an", "ans", "y", "yr", "yrs"), "ans"),
}
_BETWEEN = re.compile(r"(?<=\d) ?[@•·|] ?(?=\d)")
_ISO_DAY = re.compile(r"\b(\d{4})[-/](\d\d)[-/](\d\d)\b")


def shown_dates(text: str, capture: Capture) -> list[ShownDate]:
    """Return the dates a page shows in a text, in their order.

    >>> from datetime import date
    >>> shown_dates("(22 juin 2018 @11h13)", Capture(date(2019, 1, 1)))[0].start.isoformat()
    '2018-06-22T11:13:00+02:00'
    >>> shown_dates("10h22 | 02/03/2024 | Permalien", Capture(date(2025, 1, 1)))[0].start.hour
    10
    """
    folded = fold(key(text[:_LONGEST]))
    folded = _SECONDS.sub(r"\1", folded)
    folded = _DASHED.sub(r"\1/\2/\3", folded)
    folded = _SHORT_YEAR.sub(r"\1/\2/20\3", folded)
    folded = _ISO_DAY.sub(r"\3/\2/\1", folded)
    folded = _CLOCK_BEFORE.sub(r"\3 a \1", folded)
    folded = _BETWEEN.sub(" a ", folded)
    folded = _CLOCK_FIRST.sub(r"\2 a \1", folded)
    if compact := _COMPACT.fullmatch(folded):
        folded = f"il y a {compact[1]} {_UNITS[compact[2]]}"
    return find_dates(in_french(folded), capture)
