"""Which days does one date name: figures, words, or so long ago?

"12/03/2024", "mars 2023", "hier", "la semaine dernière", "il y a 3 jours", "2 ans"; folded, with
one space between words. Ranges and what "avant" or "depuis" make of a date are for `dates`.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from index.french import number_words
from index.french.patterns import late
from index.question.dates.calendar_words import (
    DAYS_BACK,
    ENGLISH_NUMBERS,
    MONTHS,
    ORDINALS,
    SPANS,
    UNITS,
    WEEKDAYS,
    Unit,
)

_EARLIEST, _LATEST = 1000, 9000
_MOST_DAYS = 31
_HOURS = frozenset({"h", "heure", "heures", "hour", "hours"})
_LETTERED = late(r"(?<=\d)-?(?=[^\W\d_])|(?<=[^\W\d_])-?(?=\d)")
_ISO = late(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?|(\d{4})(\d\d)(\d\d)")
_FRENCH = late(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?")
_MONTH_YEAR = late(r"(\d{1,2})/(\d{4})")
_ARTICLES = late(r"(?:(?:le|la|les|en|au|aux|du|des|de|the|on|in|of|ce|cet|cette|ces)\s|[ld]')+")
_YEAR = late(r"(?:an|annee) (?=\d{4}$)")
_AHEAD = late(r"(?:dans|d'ici|in) (.+)")
_NEXT = late(r"prochaine?s?")
_AGO = late(r"(?:il y a |voici |voila )(.+)|(.+) ago")
_LAST = late(r"(?:dernier|derniere|passe|passee)e?s?")
_LASTS = late(r"(?:dernier|derniere|passe|passee)e?s?|last|past|previous")


class Days(NamedTuple):
    """The first day and the day after the last; `point` is where "depuis" begins, if elsewhere."""

    first: date
    after: date
    point: date | None = None


def days(words: str, today: date) -> Days | None:
    """The days, None for what is no date. Raises ValueError or OverflowError for 31 février.

    >>> month = days("mois dernier", date(2024, 3, 15))
    >>> f"{month.first} {month.after}"
    '2024-02-01 2024-03-01'
    """
    bare = _YEAR.sub("", _ARTICLES.sub("", words, count=1) if _ARTICLES.match(words) else words)
    return _figures(bare, today) or _in_words(words, today)


def _figures(words: str, today: date) -> Days | None:
    """2024, 2024-03, 2024-03-12, 12/03/2024, 12/03/24, 12/03, 03/2024."""
    iso = _ISO.fullmatch(words)
    if iso:
        year, *rest = (int(part) for part in iso.groups() if part)
        return _named(year, *rest)
    month = _MONTH_YEAR.fullmatch(words)
    if month:
        return _named(int(month[2]), int(month[1]))
    day = _FRENCH.fullmatch(words)
    if day is None or (day[3] is None and "/" not in words):
        return None
    if day[3] is None:
        return _latest(int(day[2]), int(day[1]), today)
    return _named(_year(day[3], today), int(day[2]), int(day[1]))


def _year(figures: str, today: date) -> int:
    """Two figures name a year of the hundred that ends ten years from now."""
    if len(figures) > 2:
        return int(figures)
    full = today.year - today.year % 100 + int(figures)
    return full - 100 if full > today.year + 10 else full


def _named(year: int, month: int | None = None, day: int | None = None) -> Days | None:
    if not _EARLIEST <= year <= _LATEST:
        return None
    if month is None:
        return Days(date(year, 1, 1), date(year + 1, 1, 1))
    if day is None:
        return Days(date(year, month, 1), _months(date(year, month, 1), 1))
    day_date = date(year, month, day)
    return Days(day_date, day_date + timedelta(1))


def _latest(month: int, day: int | None, today: date) -> Days | None:
    """The last such day or month that has begun: without a year, a date is in the past."""
    if not 1 <= month <= 12:
        return None
    for year in range(today.year, today.year - 9, -1):
        try:
            first = date(year, month, day or 1)
        except ValueError:  # 29 février
            continue
        if first <= today:
            return _named(year, month, day)
    return None


def _months(day: date, count: int) -> date:
    """So many months later, on the last day when the month is too short: 31 March - 1 = 29 Feb."""
    month = day.year * 12 + day.month - 1 + count
    year, month = divmod(month, 12)
    last = (date(year + month // 11, (month + 1) % 12 + 1, 1) - timedelta(1)).day
    return date(year, month + 1, min(day.day, last))


def _in_words(words: str, today: date) -> Days | None:
    """Dates in words, relative to today or not."""
    if words in DAYS_BACK:
        day = today - timedelta(DAYS_BACK[words])
        return Days(day, day + timedelta(1))
    if ahead := _AHEAD.fullmatch(words):
        counted = _counted(ahead[1].split())
        return counted and _whole(counted, _back(today, -counted[0], counted[1]))
    ago = _AGO.fullmatch(words)
    if ago:
        return _ago((ago[1] or ago[2]).split(), today)
    bare = _ARTICLES.sub("", words, count=1) if _ARTICLES.match(words) else words
    parts = _LETTERED.sub(" ", bare).replace(".", " ").split()
    if not parts or len(parts) > 6:
        return None
    return _calendar(parts, today) or _around(parts, words, today)


def _calendar(parts: list[str], today: date) -> Days | None:
    """mars, mars 2023, 1er mars, 12 mars 2024, lundi 12 mars 2024, march 12 2024."""
    if parts[0] in WEEKDAYS and len(parts) > 2:
        parts = parts[1:]
    parts = _with_figures(parts)
    day: int | None = None
    if parts[0].isdecimal() and len(parts) > 1 and len(parts[0]) <= 2:
        day, parts = int(parts[0]), parts[1:]
        if parts[0] in ORDINALS:
            parts = parts[1:]
        if parts and parts[0] in ("of", "de"):
            parts = parts[1:]
    if not parts or parts[0] not in MONTHS:
        return None
    month, parts = MONTHS[parts[0]], parts[1:]
    figures = parts[0].strip(",") if parts else ""
    if day is None and figures.isdecimal() and int(figures) <= _MOST_DAYS:
        day, parts = int(figures), parts[1:]
        if parts and parts[0] in ORDINALS:
            parts = parts[1:]
    if not parts:
        return _latest(month, day, today)
    if len(parts) == 1 and _LAST.fullmatch(parts[0]):
        before = today.replace(day=1) - timedelta(1) if today.month == month else today
        return _latest(month, day, before)
    if len(parts) == 1 and len(parts[0]) in (2, 4) and parts[0].isdecimal():
        return _named(_year(parts[0], today), month, day)
    return None


def _with_figures(parts: list[str]) -> list[str]:
    """The parts of a date whose day is in words, before its month: quinze août 2023."""
    place = next((place for place, part in enumerate(parts) if part in MONTHS), 0)
    words = [word for part in parts[:place] for word in part.split("-")]
    value = 1 if words == ["premier"] else number_words.value_of(words, alone=True)
    return [str(value), *parts[place:]] if value else parts


def _around(parts: list[str], words: str, today: date) -> Days | None:
    """cette semaine, le mois dernier, last year, les 3 derniers mois, 2 ans, lundi dernier."""
    if len(parts) == 2 and "next" in (parts[0], _NEXT.sub("next", parts[1])):
        return _next(parts[1] if parts[0] == "next" else parts[0], today)
    other_parts = [part for part in parts if not _LASTS.fullmatch(part)]
    past = len(other_parts) < len(parts)
    other_parts = [part for part in other_parts if part not in ("this", "ce", "cet", "cette")]
    is_current = not past and bool(re.match(r"(?:this|ce|cet|cette) ", words))
    if len(other_parts) == 1 and other_parts[0] in WEEKDAYS:
        days_back = (today.weekday() - WEEKDAYS[other_parts[0]]) % 7 or (7 if past else 0)
        day = today - timedelta(days_back)
        return Days(day, day + timedelta(1))
    if len(other_parts) == 1 and (other_parts[0] in SPANS) and (past or is_current):
        return _span(SPANS[other_parts[0]], today, 1 if past else 0)
    number = _counted(other_parts)
    if number is None or is_current:
        return None
    # "2 ans" and "les 3 derniers mois" run up to today; so does what they count
    point = _back(today, *number)
    return Days(point, today + timedelta(1))


def _next(name: str, today: date) -> Days | None:
    """Lundi prochain, la semaine prochaine, next month."""
    if name in WEEKDAYS:
        day = today + timedelta((WEEKDAYS[name] - today.weekday()) % 7 or 7)
        return Days(day, day + timedelta(1))
    return _span(SPANS[name], today, -1) if name in SPANS else None


def _span(unit: Unit, today: date, back: int) -> Days:
    """The whole week, month or year of today, or so many before (after, below zero)."""
    if unit == "day":
        first = today - timedelta(back)
        return Days(first, first + timedelta(1))
    if unit in ("week", "weekend"):
        first = today - timedelta(today.weekday() + 7 * back)
        return Days(first + timedelta(5 if unit == "weekend" else 0), first + timedelta(7))
    if unit == "month":
        first = _months(today.replace(day=1), -back)
        return Days(first, _months(first, 1))
    first = date(today.year - back, 1, 1)
    return Days(first, date(first.year + 1, 1, 1))


def _ago(parts: list[str], today: date) -> Days | None:
    """The day, week, month or year so long ago; "depuis" begins on its very day."""
    parts = [piece for part in parts for piece in _LETTERED.sub(" ", part).split()]
    number = _counted(parts)
    if number is None:
        return None
    return _whole(number, _back(today, *number))


def _whole(counted: tuple[int, Unit], point: date) -> Days:
    """The unit that a counted day is of: its week, its month; "depuis" begins on the very day."""
    period = _span(counted[1], point, 0)
    return Days(period.first, period.after, point)


def _counted(parts: list[str]) -> tuple[int, Unit] | None:
    """ "3 jours", "un an", "vingt et un jours": how many of which unit."""
    number = " ".join(parts[:-1])
    if parts[-1:] and parts[-1] in _HOURS:
        # days are what a date can tell
        return (-(-int(number) // 24), "day") if number.isdecimal() and len(number) <= 4 else None
    if len(parts) < 2 or parts[-1] not in UNITS:
        return None
    if number.isdecimal():
        return (int(number), UNITS[parts[-1]]) if len(number) <= 5 else None
    count = ENGLISH_NUMBERS.get(number) or number_words.value_of(
        number.replace("-", " ").split(), alone=True
    )
    return None if count is None else (count, UNITS[parts[-1]])


def _back(today: date, count: int, unit: Unit) -> date:
    if unit == "day":
        point = today - timedelta(count)
    elif unit == "week":
        point = today - timedelta(7 * count)
    else:
        point = _months(today, -count * (12 if unit == "year" else 1))
    if point.year < _EARLIEST:
        raise ValueError(point)
    return point
