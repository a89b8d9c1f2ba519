"""Which days does a date in a question name?

French first ("la semaine dernière", "1er mars 2024", "il y a 3 jours"), English too, ISO
dates and their ranges. A period is half-open, `[start, end)`, in Europe/Paris; the present
is an argument. Nothing raises: what cannot be read is None.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from index import french
from index.french.patterns import late
from index.question.dates.calendar_words import DAYS_BACK
from index.question.dates.days import Days
from index.question.dates.vague_days import named as days

Sense = Literal["date", "during", "before", "since", "after", "around"]

_LONGEST = 80
_YEARS = late(r"(\d{4})\s*[-–—/]\s*(\d{4})")
_BETWEEN = (
    re.compile(r"(?:entre|between) (?:le )?(.+?) (?:et|and) (?:le )?(.+)"),
    re.compile(r"(?:(?:de|du|d'|from) ?)?(.+?) (?:a|au|jusqu'a|jusqu'au|to|until) (.+)"),
    re.compile(r"([a-z]{3,}) ?[-–/] ?([a-z]{3,}\b.*)"),
    re.compile(r"(\d\d?/\d\d?/\d{2,4}|\d\d?[-.]\d\d?[-.]\d{4}) ?[-–] ?(\d.+)"),
)
_UNTIL = late(r"jusqu'(?:a|au|en) (?=.)")
_ENDS_IN_YEAR = late(r"(?<!\d)\d{4}$")
_SENSES: tuple[tuple[str, Sense], ...] = (
    ("depuis ", "since"),
    ("since ", "since"),
    ("a partir de ", "since"),
    ("a partir du ", "since"),
    ("avant ", "before"),
    ("before ", "before"),
    ("apres ", "after"),
    ("after ", "after"),
    ("pendant ", "during"),
    ("during ", "during"),
    ("vers ", "around"),
    ("autour de ", "around"),
    ("autour du ", "around"),
    ("aux alentours de ", "around"),
    ("aux alentours du ", "around"),
    ("environ ", "around"),
    ("around ", "around"),
    ("circa ", "around"),
)


class Period(NamedTuple):
    """[start, end) as aware times; None on a side means no bound there."""

    start: datetime | None
    end: datetime | None
    named: Period | None = None
    """Of what is around a date, the date itself."""

    @property
    def nearer(self) -> tuple[Period, ...]:
        """Return the period around a date: the date itself, and a period half as wide."""
        if self.named is None:
            return ()
        sides = zip((self.start, self.end), (self.named.start, self.named.end), strict=True)
        halfway = [far and near and near + (far - near) / 2 for far, near in sides]
        return self.named, Period(halfway[0], halfway[1])

    def seconds(self) -> tuple[int | None, int | None]:
        """The bounds in seconds since 1970, the second excluded."""
        return (
            None if self.start is None else int(self.start.timestamp()),
            None if self.end is None else int(self.end.timestamp()),
        )


def read(
    text: str, sense: Sense, *, now: datetime, zone: str = "Europe/Paris"
) -> tuple[Period, bool] | None:
    """The period that `sense: text` asks for, and whether its two dates came in the wrong order.

    >>> now = datetime(2024, 3, 15, 12, tzinfo=UTC)
    >>> period, _ = read("mois dernier", "during", now=now)
    >>> f"{period.start:%Y-%m-%d} {period.end:%Y-%m-%d}"
    '2024-02-01 2024-03-01'
    >>> read("l’an quarante", "date", now=now) is None
    True
    """
    words = _plain(text)
    if words is None:
        return None
    timezone = ZoneInfo(zone)
    today = now.astimezone(timezone).date()
    try:
        interval = _sensed(words, sense, today)
    except (ValueError, OverflowError):  # 31 février, il y a 99999 ans
        return None
    if interval is None:
        return None
    first, after, swapped = interval
    bounds = [
        None if day is None else datetime.combine(day, time(), timezone) for day in (first, after)
    ]
    period = Period(bounds[0], bounds[1])
    return _around(period, timezone) if _is_around(words, sense) else period, swapped


# Around a day is a week on each side; around a longer time, as long again.
_MARGIN = timedelta(7)


def _is_around(words: str, sense: Sense) -> bool:
    """Whether the question asks for the days around a date."""
    opening = next((meaning for beginning, meaning in _SENSES if words.startswith(beginning)), None)
    return sense == "around" or (sense in ("date", "during") and opening == "around")


def _around(period: Period, timezone: ZoneInfo) -> Period:
    """What is around a period; a side without bound stays so."""
    if period.start is None or period.end is None:
        return period
    margin = max(_MARGIN, period.end - period.start)
    # whole days, whatever the clocks do
    first = datetime.combine((period.start - margin).date(), time(), timezone)
    after = datetime.combine((period.end + margin).date(), time(), timezone)
    return Period(first, after, period)


def readable(text: str) -> bool:
    """Return whether it can be read as a date at all.

    >>> readable("mars 2023"), readable("mars 2023 sora")
    (True, False)
    """
    return read(text, "date", now=_SOME_DAY) is not None


_SOME_DAY = datetime(2024, 2, 29, 12, tzinfo=UTC)

_Bounds = tuple[date | None, date | None, bool]


def _plain(text: str) -> str | None:
    """Folded, one space between words, figures and letters apart; None when it is too long."""
    if len(text) > _LONGEST:
        return None
    text = french.fold(text).replace("’", "'").replace("-ci", "").replace("‑", "-")
    return " ".join(text.split()).strip(" ,;")


def _sensed(words: str, sense: Sense, today: date) -> _Bounds | None:
    words = _UNTIL.sub("..", words)
    if words in DAYS_BACK:  # avant hier is a day
        return _bounds(words, sense, today)
    for opening, own_sense in _SENSES:
        if words.startswith(opening) and (sense in ("date", "during") or sense == own_sense):
            return _sensed(words[len(opening) :], own_sense, today)
    bounds = _between(words, today)
    if bounds is not None:
        first, after, swapped = bounds
        if sense == "before":
            return (None, first, swapped) if first else None
        if sense == "since":
            return (first, None, swapped) if first else None
        if sense == "after":
            return (after, None, swapped) if after else None
        return bounds
    return _bounds(words, sense, today)


def _bounds(words: str, sense: Sense, today: date) -> _Bounds | None:
    """What a sense makes of one date."""
    period = days(words, today)
    if period is None:
        return None
    point = period.point or period.first
    if sense == "before":
        return None, point, False
    if sense == "since":
        return point, None, False
    if sense == "after":
        return (point + timedelta(1) if period.point else period.after), None, False
    return period.first, period.after, False


def _between(words: str, today: date) -> _Bounds | None:
    """`a..b`, `a..`, `..b`, "entre a et b", "du a au b", `2019-2021`."""
    if ".." in words:
        left, _, right = words.partition("..")
        ends = left.strip(" ."), right.strip(" .")
        if not any(ends):
            return None
        sides = [days(end, today) if end else None for end in ends]
        if any(end and side is None for end, side in zip(ends, sides, strict=True)):
            return None
        return _ordered(sides[0], sides[1])
    years = _YEARS.fullmatch(words)
    if years:
        return _ordered(days(years[1], today), days(years[2], today))
    for pattern in _BETWEEN:
        match = pattern.fullmatch(words)
        if match:
            last = days(match[2], today)
            first = _borrowed(match[1], match[2], today) if last else None
            if first and last:
                return _ordered(first, last)
    return None


def _borrowed(first: str, last: str, today: date) -> Days | None:
    """The first of two dates, with the year that the last alone has, or its month too.

    "de janvier à juin 2022", "du 3 mars au 12 avril 2022", "du 3 au 12 mars 2024".
    """
    year = _ENDS_IN_YEAR.search(last)
    if year and not _ENDS_IN_YEAR.search(first):
        opening = days(f"{first} {year[0]}", today)
        if opening:
            end = days(last, today)
            earlier = days(f"{first} {int(year[0]) - 1}", today)
            return earlier if end and opening.first >= end.after else opening
    _, _, rest = last.partition(" ")
    shared = days(f"{first} {rest}", today) if rest and len(first) <= 4 else None
    return days(first, today) or shared


def _ordered(first: Days | None, last: Days | None) -> _Bounds:
    if first and last and last.after <= first.first:
        return last.first, first.after, True
    return first.first if first else None, last.after if last else None, False


_SHOWN_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août"),
    *("septembre", "octobre", "novembre", "décembre"),
)


def in_french(period: Period) -> str:
    """The real days of a period, in French.

    >>> paris = ZoneInfo("Europe/Paris")
    >>> in_french(Period(datetime(2024, 3, 1, tzinfo=paris), datetime(2024, 4, 1, tzinfo=paris)))
    'du 1er au 31 mars 2024'
    """
    first = None if period.start is None else period.start.date()
    last = None if period.end is None else period.end.date() - timedelta(1)
    if first is None:
        return f"jusqu’au {_day(last)}" if last else "toutes les dates"
    if last is None:
        return f"depuis le {_day(first)}"
    if first == last:
        return f"le {_day(first)}"
    if first.year != last.year:
        return f"du {_day(first)} au {_day(last)}"
    if first.month != last.month:
        return f"du {_day(first, year=False)} au {_day(last)}"
    return f"du {_day(first, year=False, month=False)} au {_day(last)}"


def _day(day: date, *, year: bool = True, month: bool = True) -> str:
    words = ["1er" if day.day == 1 else str(day.day)]
    if month:
        words.append(_SHOWN_MONTHS[day.month - 1])
    if year:
        words.append(str(day.year))
    return " ".join(words)
