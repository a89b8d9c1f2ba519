"""Which days does a vague date name: début mai 2023, printemps 2023, Noël 2022?

An interval of whole days, which the reader is shown. A season begins on the day of its equinox or
solstice as calendars have it, and a winter has the year in which it ends. Folded words, with one
space between them, as `days` reads them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType

from index.french.number_words import numeral_of, value_of
from index.french.patterns import late
from index.question.dates import days as exact
from index.question.dates.calendar_words import MONTHS
from index.question.dates.days import Days

_OF = r"(?:d'|de l'|de la |de |du |des |l'|le |la |en |of |the )*(?:mois de |mois d'|annee )?"
_PART = late(
    rf"(?:le |la |l'|au |a la |en |the )?(?P<part>tout debut|debut|mi|milieu|fin|toute fin|courant|"
    rf"early|mid|late|end)[ -]{_OF}(?P<whole>.+)"
)
_THIRDS: Mapping[str, int] = MappingProxyType(
    {"tout debut": 0, "debut": 0, "early": 0, "mi": 1, "milieu": 1, "mid": 1}
    | {"fin": 2, "toute fin": 2, "late": 2, "end": 2}
)
_SEASON = late(
    r"(?:le |l'|au |en |a l'|cet |ce |d'|du |in |the |this )*"
    r"(?P<season>printemps|ete|automne|hiver|spring|summer|autumn|winter)"
    r"(?: (?:de |of )?(?P<year>\d{4})(?:[-/ ](?P<after>\d{4}|\d{2}))?| (?P<last>dernier|passe))?"
)
_SEASONS: Mapping[str, tuple[int, int, int]] = MappingProxyType(
    {
        # the month and the day on which it begins, and how many days it has
        **dict.fromkeys(("printemps", "spring"), (3, 20, 93)),
        **dict.fromkeys(("ete", "summer"), (6, 21, 94)),
        **dict.fromkeys(("automne", "autumn"), (9, 23, 89)),
        **dict.fromkeys(("hiver", "winter"), (12, 21, 89)),
    }
)
_FEAST = late(
    r"(?:le |la |l'|a |au |a la |du |de |the )*(?P<feast>[a-z' -]+?)(?: (?:de )?(?P<year>\d{4})"
    r"| (?P<last>dernier|derniere))?"
)
_FEASTS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        **dict.fromkeys(("noel", "christmas"), (12, 25)),
        **dict.fromkeys(("nouvel an", "jour de l'an", "new year"), (1, 1)),
        **dict.fromkeys(("saint-sylvestre", "saint sylvestre", "reveillon"), (12, 31)),
        **dict.fromkeys(("toussaint",), (11, 1)),
        **dict.fromkeys(("armistice",), (11, 11)),
        **dict.fromkeys(("fete du travail", "premier mai"), (5, 1)),
        **dict.fromkeys(("fete nationale", "bastille day"), (7, 14)),
        **dict.fromkeys(("assomption",), (8, 15)),
        **dict.fromkeys(("saint-valentin", "saint valentin"), (2, 14)),
        **dict.fromkeys(("saint-jean", "saint jean"), (6, 24)),
        **dict.fromkeys(("saint-nicolas", "saint nicolas"), (12, 6)),
        **dict.fromkeys(("saint-patrick", "saint patrick"), (3, 17)),
        **dict.fromkeys(("epiphanie", "fete des rois"), (1, 6)),
        **dict.fromkeys(("chandeleur",), (2, 2)),
        **dict.fromkeys(("halloween",), (10, 31)),
        **dict.fromkeys(("fete de la musique",), (6, 21)),
        **dict.fromkeys(("journee des droits des femmes",), (3, 8)),
    }
)
_AFTER_EASTER: Mapping[str, int] = MappingProxyType(
    {
        "mardi gras": -47,
        "mercredi des cendres": -46,
        "rameaux": -7,
        "jeudi saint": -3,
        "vendredi saint": -2,
        "good friday": -2,
        "paques": 0,
        "easter": 0,
        "lundi de paques": 1,
        "ascension": 39,
        "jeudi de l'ascension": 39,
        "pentecote": 49,
        "lundi de pentecote": 50,
        "fete-dieu": 60,
    }
)
_DECADE = late(r"(?:les |des |the )?(?:annees )?(?P<century>\d{2})?(?P<decade>\d)0s?")
_DECADE_IN_WORDS = late(r"(?:les |des )?annees ([a-z][a-z -]+)")
_YEAR = 366
_FIRST_CENTURY, _LAST_CENTURY = 11, 21
"""Those of which some text has a date."""
_QUARTER = late(
    r"(?:le |au |du )?(?:(?P<which>[1-4]|premier|deuxieme|second|troisieme|quatrieme|dernier)"
    r" ?(?:er|e|eme|nd)? (?P<unit>trimestre|semestre)|(?P<sign>[tqs]) ?(?P<number>[1-4]))"
    r" (?:de |d')?(?P<year>\d{4})"
)
_QUARTER_BESIDE = late(
    r"(?:le |du |au )?(?P<this>ce )?(?P<unit>trimestre|semestre)"
    r"(?: (?P<side>dernier|precedent|prochain))?"
)
_DAY_BESIDE = late(
    r"(?:la |le |au |a la )?(?P<side>veille|lendemain) (?:de la |de l'|d'|du |des |de )(?P<day>.+)"
)
_WHICH = {"premier": 1, "deuxieme": 2, "second": 2, "troisieme": 3, "quatrieme": 4}
_HALVES = late(rf"(?:la )?(?P<which>premiere|seconde|deuxieme) quinzaine {_OF}(?P<month>.+)")
_SEPTEMBER = late(r"(?:la |a la |cette )?rentree(?: (?:de )?(?P<year>\d{4})| derniere)?")
_CENTURY = late(r"(?:le |au |du )?(?:(?P<roman>[ivx]+)|(?P<figures>\d{1,2}))(?:e|er|eme)? ?siecle")
_WEEK = late(r"(?:la |en )?(?:semaine|s|week|w) ?(?P<week>\d{1,2}),? (?:de |of )?(?P<year>\d{4})")
_ISO_WEEK = late(r"(?P<year>\d{4})-?w(?P<week>\d{2})")
_TWO_MONTHS = late(r"(?:en )?(?P<first>[a-z]+)(?: et |-)(?P<last>[a-z]+ \d{4})")


def named(words: str, today: date) -> Days | None:
    """The days of a date, exact or vague; None for no date. Raises ValueError, OverflowError.

    >>> def bounds(words: str) -> str:
    ...     days = named(words, date(2024, 3, 15))
    ...     return f"{days.first} {days.after - timedelta(1)}"
    >>> bounds("debut mai 2023"), bounds("mi-2023"), bounds("printemps 2023")
    ('2023-05-01 2023-05-10', '2023-05-01 2023-08-31', '2023-03-20 2023-06-20')
    >>> bounds("noel 2022"), bounds("annees 90"), bounds("t2 2023")
    ('2022-12-25 2022-12-25', '1990-01-01 1999-12-31', '2023-04-01 2023-06-30')
    """
    return exact.days(words, today) or (
        _part(words, today)
        or _season(words, today)
        or _feast(words, today)
        or _decade(words, today)
        or _quarter(words)
        or _quarter_beside(words, today)
        or _day_beside(words, today)
        or _half_month(words, today)
        or _century(words)
        or _week(words)
        or _two_months(words, today)
    )


def _part(words: str, today: date) -> Days | None:
    """The beginning, the middle or the end of a month, a year, a decade…: a third of it."""
    match = _PART.fullmatch(words)
    period = match and named(match["whole"], today)
    if match is None or period is None:
        return None
    if match["part"] == "courant":
        return period
    third = _THIRDS[match["part"]]
    length = (period.after - period.first).days
    if length < 28:
        return None
    if length > _YEAR:
        # nor are years
        first, years = period.first.year, period.after.year - period.first.year
        edges = [date(first + years * cut // 3, 1, 1) for cut in range(4)]
    elif length > 360 and period.first.day == period.first.month == 1:
        # months are not cut
        edges = [date(period.first.year, month, 1) for month in (1, 5, 9)] + [period.after]
    elif length <= 31:
        edges = [period.first + timedelta(days) for days in (0, 10, 20)] + [period.after]
    else:
        edges = [period.first + timedelta(length * cut // 3) for cut in range(4)]
    return Days(edges[third], edges[third + 1])


def _season(words: str, today: date) -> Days | None:
    match = _SEASON.fullmatch(words)
    if match is None:
        return None
    month, day, length = _SEASONS[match["season"]]
    winter = month == 12
    if match["year"]:
        begins = int(match["year"])
        if winter and not match["after"]:
            begins -= 1
    else:
        begins = today.year
        if date(begins, month, day) > today:
            begins -= 1
        current = date(begins, month, day) + timedelta(length) > today
        if match["last"] and current:
            begins -= 1
    first = date(begins, month, day)
    following = {3: (6, 21), 6: (9, 23), 9: (12, 21), 12: (3, 20)}[month]
    return Days(first, date(begins + winter, *following))


def _feast(words: str, today: date) -> Days | None:
    match = _FEAST.fullmatch(words)
    if match is None or (match["feast"] not in _FEASTS and match["feast"] not in _AFTER_EASTER):
        return _september(words, today)
    year = int(match["year"]) if match["year"] else today.year
    day = _day_of(match["feast"], year)
    if not match["year"] and day > today:
        day = _day_of(match["feast"], year - 1)
    return Days(day, day + timedelta(1))


def _september(words: str, today: date) -> Days | None:
    """The month in which a school year begins."""
    term = _SEPTEMBER.fullmatch(words)
    if term is None:
        return None
    year = int(term["year"]) if term["year"] else today.year - (today.month < 9)
    return Days(date(year, 9, 1), date(year, 10, 1))


def _day_of(feast: str, year: int) -> date:
    if feast in _FEASTS:
        return date(year, *_FEASTS[feast])
    return _easter(year) + timedelta(_AFTER_EASTER[feast])


def _easter(year: int) -> date:
    """Easter Sunday of a Gregorian year (the anonymous computus of Nature, 20 April 1876).

    >>> _easter(2023), _easter(2024)
    (datetime.date(2023, 4, 9), datetime.date(2024, 3, 31))
    """
    moon = year % 19
    century, rest = divmod(year, 100)
    leap, ordinary = divmod(century, 4)
    lunar = (19 * moon + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * ordinary + 2 * (rest // 4) - lunar - rest % 4) % 7
    late = (moon + 11 * lunar + 22 * week) // 451
    month, day = divmod(lunar + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _century(words: str) -> Days | None:
    """The hundred years that end with their own: XIXe siècle, 1801 to 1900."""
    match = _CENTURY.fullmatch(words)
    number = (numeral_of(match["roman"]) or 0) if match and match["roman"] else 0
    if match and match["figures"]:
        number = int(match["figures"])
    if not _FIRST_CENTURY <= number <= _LAST_CENTURY:
        return None
    return Days(date(100 * number - 99, 1, 1), date(100 * number + 1, 1, 1))


def _week(words: str) -> Days | None:
    """A week of a year, as calendars number them."""
    match = _WEEK.fullmatch(words) or _ISO_WEEK.fullmatch(words)
    if match is None:
        return None
    first = date.fromisocalendar(int(match["year"]), int(match["week"]), 1)
    return Days(first, first + timedelta(7))


def _two_months(words: str, today: date) -> Days | None:
    """Mai et juin 2023."""
    match = _TWO_MONTHS.fullmatch(words)
    if match is None or match["first"] not in MONTHS:
        return None
    last = exact.days(match["last"], today)
    if last is None or last.first.month <= MONTHS[match["first"]]:
        return None
    return Days(date(last.first.year, MONTHS[match["first"]], 1), last.after)


def _decade(words: str, today: date) -> Days | None:
    tens = _DECADE_IN_WORDS.fullmatch(words)
    value = value_of(re.split("[ -]", tens[1])) if tens else None
    if value in range(10, 100, 10):
        words = f"annees {value}"
    match = _DECADE.fullmatch(words)
    if match is None or not (words.startswith(("annees", "les annees")) or words.endswith("0s")):
        return None
    decade = 10 * int(match["decade"])
    century = int(match["century"]) if match["century"] else today.year // 100
    first = 100 * century + decade
    if not match["century"] and first > today.year:
        first -= 100
    return Days(date(first, 1, 1), date(first + 10, 1, 1))


def _quarter(words: str) -> Days | None:
    """A quarter or a half of a year."""
    match = _QUARTER.fullmatch(words)
    if match is None:
        return None
    half = match["unit"] == "semestre" or match["sign"] == "s"
    parts = 2 if half else 4
    ordinal = match["which"] or match["number"]
    number = parts if ordinal == "dernier" else _WHICH.get(ordinal) or int(ordinal)
    if number > parts:
        return None
    year, months = int(match["year"]), 12 // parts
    after = date(year + 1, 1, 1) if number == parts else date(year, months * number + 1, 1)
    return Days(date(year, months * (number - 1) + 1, 1), after)


def _quarter_beside(words: str, today: date) -> Days | None:
    """Ce trimestre, le semestre dernier.

    >>> _quarter_beside("le trimestre dernier", date(2024, 2, 1)).first.isoformat()
    '2023-10-01'
    """
    match = _QUARTER_BESIDE.fullmatch(words)
    if match is None or not (match["this"] or match["side"]):
        return None
    months = 6 if match["unit"] == "semestre" else 3
    shift = {None: 0, "prochain": 1}.get(match["side"], -1)
    parts = 12 // months
    year, part = divmod(today.year * parts + (today.month - 1) // months + shift, parts)
    after_year, after_part = divmod(year * parts + part + 1, parts)
    return Days(date(year, part * months + 1, 1), date(after_year, after_part * months + 1, 1))


def _day_beside(words: str, today: date) -> Days | None:
    """La veille de Noël, le lendemain du 14 juillet 2023.

    >>> _day_beside("la veille de noel 2022", date(2024, 2, 1)).first.isoformat()
    '2022-12-24'
    """
    match = _DAY_BESIDE.fullmatch(words)
    days = named(match["day"], today) if match else None
    if match is None or days is None or (days.after - days.first).days != 1:
        return None
    shift = timedelta(-1 if match["side"] == "veille" else 1)
    return Days(days.first + shift, days.after + shift)


def _half_month(words: str, today: date) -> Days | None:
    match = _HALVES.fullmatch(words)
    month = match and exact.days(match["month"], today)
    if match is None or month is None or not 28 <= (month.after - month.first).days <= 31:
        return None
    middle = month.first + timedelta(15)
    if match["which"] == "premiere":
        return Days(month.first, middle)
    return Days(middle, month.after)
