"""What time does a page mean by "Le 02 décembre à 09h08", "Hier à 08h46", "Il y a 3 jours"?

Everything is read in Paris, from the date of capture. A year left out is the latest that
does not make the date later than the capture. What a page cannot tell stays an interval.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from indexer.article import Precision
from indexer.text import fold, key
from indexer.times.capture import Capture
from indexer.times.english import in_french
from indexer.times.rfc3339 import PARIS, period

_NAMES = (
    "janvier janv jan,fevrier fevr fev,mars,avril avr,mai,juin,juillet juil,aout aou"
    ",septembre sept sep,octobre oct,novembre nov,decembre dec"
)
MONTHS = {
    name: number
    for number, names in enumerate(_NAMES.split(","), start=1)
    for name in names.split()
}
_WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_UNITS = r"secondes?|minutes?|min|heures?|h|jours?|j|semaines?|mois|ans?|annees?"
_CLOCK = (
    # « At » is what themes of WordPress leave untranslated
    r"(?:,?(?: at?| vers)|,| [-|]| (?=\(\d\d?[h:]\d\d\)))?"
    r" ?\(?(?P<hour>\d{1,2}) ?(?:h|:) ?(?:(?P<minute>\d{2})(?::\d{2})?)?\)?"
)
_SHORT = r"(?:lun|mar|mer|jeu|vend?|sam|dim)\b"
_WEEKDAY = rf"(?:(?P<weekday>{'|'.join(_WEEKDAYS)}|{_SHORT})\.?,? ?)"
_DAY = (
    rf"(?:{_WEEKDAY}?(?:"
    r"(?P<d1>\d{1,2})[/.](?P<m1>\d{1,2})(?:[/.](?P<y1>\d{4})|[/.](?P<short>\d{2})(?!\d))?"
    rf"|(?P<d2>\d{{1,2}})(?:er)? (?P<m2>{'|'.join(MONTHS)})\.?(?:,? (?P<y2>\d{{4}})"
    # « 2 mars 24, 10 h 22 »: the figures before an hour, or that end, are a year
    r"|(?: '| ’| )(?P<y4>\d\d)(?=,? (?:a )?\d\d? ?(?:h\b|h\d|:\d)|$))?)"
    r"|(?P<y3>\d{4})-(?P<m3>\d{2})-(?P<d3>\d{2})"
    rf"|(?P<near>hier|aujourd'hui|avant[- ]hier)|(?P<only>{'|'.join(_WEEKDAYS)})(?: dernier)?)"
)
_AGO = (
    r"(?:il y a (?:environ |plus d(?:e |')|(?P<less>(?:moins|pres) d(?:e |')))?"
    # « 2 années il y a », in the English order, as wpDiscuz 5 puts it
    rf"|(?=\d{{1,4}} ?(?:{_UNITS}) il y a\b))"
    rf"(?P<count>\d+|une?) ?(?P<unit>{_UNITS})(?: il y a\b)?"
)
_NOW = (
    r"(?P<now>a l'instant"
    r"|il y a (?:quelques (?:secondes|instants)|un instant|moins d'une minute))"
)
_EDITS = (
    r"(?:(?:modifie|edite)e?|(?:page |derniere )?mise? a jour|derniere (?:modification|edition))"
    r"(?: par (?:(?! le ).){1,40})?"
)
_WHOLE_DATE = re.compile(
    rf"(?:(?:(?P<edited>{_EDITS})|(?:poste|publie)e?)(?: ?:| du)? )?"
    rf"(?:le )?(?:{_NOW}|{_DAY}(?:{_CLOCK})?|{_AGO})"
)
_INSIDE = re.compile(rf"(?<![\w/.:-])(?:{_WHOLE_DATE.pattern})(?![\w/]|[.:-]\w| \d{{4}})")
_BEGINS = re.compile(
    r"le \d|le [a-z]+ \d|hier|aujourd'hui|avant[- ]hier|il y a|a l'instant|modifie"
    r"|(?:page |derniere )?mise? a jour|edite|derniere (?:modif|edit)|poste|publie"
    r"|\d{1,2}(?:er)?[ /.]|\d{4}-\d"
    rf"|(?:{'|'.join(_WEEKDAYS)})\b|{_SHORT}\.?,? \d"
)
_EDIT = re.compile(
    r"(?<=\w)[ ,;:()\[/|·•-]+(?:et )?(?=(?:modifie|mise? a jour|edite|derniere modif)\w* )"
)


@dataclass(frozen=True, slots=True)
class ShownDate:
    """A date as a page shows it, resolved.

    start, end: aware datetimes, the same when the time is known; None when the date cannot
    be one ("Le 31/02/2024"). `inferred` says what rests on the capture, if anything does.
    """

    start: datetime | None
    end: datetime | None
    precision: Precision
    edited: bool = False
    inferred: Literal["", "year", "relative"] = ""

    @property
    def exact(self) -> datetime | None:
        """The time, to the minute, when the page tells it."""
        return self.start if self.start == self.end else None


def is_date(text: str, *, clock: bool = False) -> bool:
    """Return whether a whole text is a date as pages show them, capitals aside.

    clock: ask for an hour, unless the date is relative ("Il y a 3 jours").

    >>> is_date("Le 02/12/2024 à 09h52"), is_date("Le 02/12/2024 à 09h52 il disait…")
    (True, False)
    >>> is_date("December 2, 2024 at 9:52 am", clock=True)
    True
    """
    match = _WHOLE_DATE.fullmatch(_folded(text))
    return match is not None and not (
        clock and match["hour"] is None and not match["count"] and not match["now"]
    )


def is_edit(text: str) -> bool:
    """Return whether a text is the date of an edit.

    >>> is_edit("Mis à jour le 02/12/2024 à 09h52"), is_edit("Le 02/12/2024 à 09h52")
    (True, False)
    """
    match = _WHOLE_DATE.fullmatch(_folded(text))
    return match is not None and match["edited"] is not None


_FIRST = re.compile(rf"\bpremier (?=(?:{'|'.join(MONTHS)})\b)")


def _plain(text: str) -> str:
    return _FIRST.sub("1er ", fold(key(text)))


def _folded(text: str) -> str:
    return in_french(_plain(text))


def begins_as_date(text: str) -> bool:
    """Return whether a date could begin here, so that others are not tried.

    >>> begins_as_date("Le 02/12"), begins_as_date("Le contrat")
    (True, False)
    """
    plain = fold(key(text))
    folded = in_french(plain)
    # in English a date begins by its month or its day
    return _BEGINS.match(folded) is not None or (folded != plain and folded[:1].isdigit())


def with_edit(text: str) -> tuple[str, str | None]:
    """Split a date as shown from the date of an edit shown after it, if any.

    >>> with_edit("Le 02/12/2024 à 09h52 (modifié le 02/12/2024 à 10h38)")
    ('Le 02/12/2024 à 09h52', 'modifié le 02/12/2024 à 10h38')
    >>> with_edit("Modifié le 02/12/2024 à 10h38")
    ('Modifié le 02/12/2024 à 10h38', None)
    """
    text_key = key(text)
    cut = _EDIT.search(fold(text_key))
    if cut is None:
        return text, None
    first, edit = text_key[: cut.start()], text_key[cut.end() :].rstrip(" )].")
    return (first, edit) if is_edit(edit) else (text, None)


def read_date(text: str, capture: Capture) -> ShownDate | None:
    """What a date shown on a page means; None when the text is no date.

    >>> shown = read_date("Le 30 décembre à 09h08", Capture(date(2025, 1, 3)))
    >>> shown.start.isoformat(), shown.inferred
    ('2024-12-30T09:08:00+01:00', 'year')
    """
    match = _WHOLE_DATE.fullmatch(_folded(text))
    if match is None:
        return None
    edited = match["edited"] is not None
    if match["now"] or match["count"]:
        return _ago(match, capture, edited)
    day, inferred = _day(match, capture)
    if day is None:
        return ShownDate(None, None, "day", edited, inferred)
    if match["hour"] is None:
        start, end = _whole_day(day)
        return ShownDate(start, end, "day", edited, inferred)
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if hour > 23 or minute > 59:
        return ShownDate(None, None, "day", edited, inferred)
    at = datetime.combine(day, time(hour, minute), PARIS)
    return ShownDate(at, at, "minute", edited, inferred)


def find_dates(text: str, capture: Capture) -> list[ShownDate]:
    """Return the dates inside a text, in their order: those with a day, or relative ones.

    >>> text = "Par Jo, le 7 mai 2020 - 12:38. Modifié le 8 mai 2020"
    >>> found = find_dates(text, Capture(date(2024, 12, 4)))
    >>> [(shown.start.isoformat(), shown.edited) for shown in found]
    [('2020-05-07T12:38:00+02:00', False), ('2020-05-08T00:00:00+02:00', True)]
    """
    dates = []
    for match in _INSIDE.finditer(_plain(text)):
        shown_date = read_date(match[0], capture)
        if shown_date is not None:
            dates.append(shown_date)
    return dates


_MONTH_ALONE = re.compile(
    rf"(?:en |fin |debut |mi-)?(?P<name>{'|'.join(MONTHS)})\.?,? (?P<year>\d{{4}})"
)


def read_month(text: str) -> str | None:
    """The month that a whole text says, in words; None for any other text.

    >>> read_month("Mars 2024"), read_month("janv. 2023"), read_month("2 mars 2024")
    ('2024-03', '2023-01', None)
    """
    match = _MONTH_ALONE.fullmatch(fold(key(text)))
    return None if match is None else f"{match['year']}-{MONTHS[match['name']]:02}"


def _day(
    match: re.Match[str], capture: Capture
) -> tuple[date | None, Literal["", "year", "relative"]]:
    if near := match["near"]:
        days_back = {"aujourd'hui": 0, "hier": 1}.get(near, 2)
        return capture.day - timedelta(days=days_back), "relative"
    if weekday := match["only"]:
        days_back = (capture.day.weekday() - _WEEKDAYS.index(weekday)) % 7 or 7
        return capture.day - timedelta(days=days_back), "relative"
    if match["y3"]:
        return _date(int(match["y3"]), int(match["m3"]), int(match["d3"])), ""
    number = int(match["d1"] or match["d2"])
    month = int(match["m1"]) if match["m1"] else MONTHS[match["m2"]]
    short = match["short"] or match["y4"]
    if year := match["y1"] or match["y2"] or (short and f"20{short}"):
        return _date(int(year), month, number), ""
    # eight years reach the 29th of February over a century that has none
    for candidate in range(capture.day.year, capture.day.year - 9, -1):
        day = _date(candidate, month, number)
        if day is not None and day <= capture.day and _is_weekday(day, match["weekday"]):
            return day, "year"
    return None, "year"


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _is_weekday(day: date, weekday: str | None) -> bool:
    return weekday is None or _WEEKDAYS[day.weekday()].startswith(weekday)


def _whole_day(day: date) -> tuple[datetime, datetime]:
    first, last, _ = period(day.isoformat())
    return datetime.fromisoformat(first), datetime.fromisoformat(last)


def _ago(match: re.Match[str], capture: Capture, edited: bool) -> ShownDate:
    """Sites round down: "il y a 3 heures" is from 3 to nearly 4 hours ago.

    Days and more are counted on the calendar. Under a day, a capture whose hour is not
    known leaves the whole interval that its day allows.
    """
    count, unit = match["count"] or "0", match["unit"] or "seconde"
    number = (int(count) if count.isdigit() else 1) - (match["less"] is not None)
    try:
        under_a_day = re.match(r"sec|min|h", unit)
        resolve = _hours_ago if under_a_day else _days_ago
        start, end, precision = resolve(number, unit, capture)
    except (OverflowError, ValueError):
        return ShownDate(None, None, "day", edited, "relative")
    return ShownDate(start, end, precision, edited, "relative")


def _hours_ago(number: int, unit: str, capture: Capture) -> tuple[datetime, datetime, Precision]:
    seconds = {"s": 1, "m": 60, "h": 3600}[unit[0]]
    least, most = timedelta(seconds=number * seconds), timedelta(seconds=(number + 1) * seconds)
    if capture.moment is None:
        first, last = _whole_day(capture.day)
        return _earlier(first, most), _earlier(last, least), "day"
    moment = capture.moment.replace(second=0)
    if seconds < 3600:
        at = _earlier(moment, least).replace(second=0)
        return at, at, "minute"
    return _earlier(moment, most), _earlier(moment, least), "day"


def _earlier(moment: datetime, span: timedelta) -> datetime:
    """Real hours before, whatever the clocks did in between."""
    return (moment.astimezone(UTC) - span).astimezone(PARIS)


def _days_ago(number: int, unit: str, capture: Capture) -> tuple[datetime, datetime, Precision]:
    if unit[0] == "j":
        return *_whole_day(capture.day - timedelta(days=number)), "day"
    precision: Precision
    if unit.startswith("sem"):
        nearest = capture.day - timedelta(weeks=number)
        farthest, precision = nearest - timedelta(days=6), "month"
    elif unit == "mois":
        nearest = _months_before(capture.day, number)
        farthest, precision = _months_before(capture.day, number + 1) + timedelta(days=1), "month"
    else:
        nearest = _months_before(capture.day, 12 * number)
        farthest = _months_before(capture.day, 12 * (number + 1)) + timedelta(days=1)
        precision = "year"
    return _whole_day(farthest)[0], _whole_day(nearest)[1], precision


def _months_before(day: date, count: int) -> date:
    months = day.year * 12 + day.month - 1 - count
    for number in (day.day, 30, 29, 28):
        if number <= day.day and (candidate := _date(months // 12, months % 12 + 1, number)):
            return candidate
    raise ValueError("before the calendar")
