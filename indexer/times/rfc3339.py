"""What does a written time (RFC 3339, or a shorter form of it) say exactly?

A time in the canonical format is "2024-12-02T09:08:00+01:00", or says less: "2024-12-02",
"2024-12", "2024". Short forms and times without an offset are read in Paris.
"""

from __future__ import annotations

import calendar
import re
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from typing import NamedTuple, cast
from zoneinfo import ZoneInfo

from indexer.article import Precision

PARIS = ZoneInfo("Europe/Paris")

PATTERN = (
    r"[0-9]{4}(-[0-9]{2}(-[0-9]{2}"
    r"([Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,9})?)?([Zz]|[+-][0-9]{2}:[0-9]{2})?)?)?)?"
)
_TIME = re.compile(PATTERN)


class Period(NamedTuple):
    """`start` and `end` are RFC 3339 with an offset, the same when the time is known."""

    start: str
    end: str
    precision: Precision


def regular(text: str) -> str | None:
    """The same time in its regular writing, or None when it is no time at all.

    "T" and "Z" in capitals, seconds written out; an absent offset stays absent.

    >>> regular("2024-12-02 09:08"), regular("2024-12-02"), regular("2024-02-30")
    ('2024-12-02T09:08:00', '2024-12-02', None)
    """
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    try:
        datetime.fromisoformat((text + "-01-01")[:10] if len(text) < 10 else text.upper())
    except ValueError:
        return None
    if match[3] is None:
        return text
    seconds = "" if match[4] else ":00"
    return f"{text[:10]}T{text[11:16]}{seconds}{text[16:].upper()}"


def has_offset(text: str) -> bool:
    """Return whether a regular date-time tells its offset; a date alone has none to tell.

    >>> has_offset("2024-12-02T09:08:00Z"), has_offset("2024-12-02T09:08:00")
    (True, False)
    """
    return len(text) <= 10 or text[-1] == "Z" or text[-6] in "+-"


def in_paris(text: str) -> str:
    """A regular date-time without offset, given the one Paris had then.

    Of the two readings of an hour that came twice (the end of summer time), the first.

    >>> in_paris("2024-07-01T10:00:00")
    '2024-07-01T10:00:00+02:00'
    """
    return written(datetime.fromisoformat(text).replace(tzinfo=PARIS))


def written(moment: datetime) -> str:
    """RFC 3339 to the second, with the moment's own offset, to the minute as it must be.

    >>> written(datetime(2024, 12, 2, 9, 8, tzinfo=PARIS))
    '2024-12-02T09:08:00+01:00'
    """
    offset = moment.utcoffset()
    if offset is not None and offset.seconds % 60:
        # before 1911 Paris kept its own sun's time, 9 minutes and 21 seconds ahead
        moment = moment.replace(tzinfo=timezone(timedelta(minutes=offset // timedelta(minutes=1))))
    return moment.isoformat(timespec="seconds")


@lru_cache(maxsize=4096)
def period(text: str, precision: Precision | None = None) -> Period:
    """From when to when a regular time can be, with its precision unless that is told.

    A time on the minute counts as known to the minute only.

    >>> period("2024-12-02T09:08:00+01:00").precision
    'minute'
    >>> period("2024-02")
    Period(start='2024-02-01T00:00:00+01:00', end='2024-02-29T23:59:59+01:00', precision='month')
    """
    if len(text) > 10:
        if precision in ("day", "month", "year"):
            length = {"day": 10, "month": 7, "year": 4}[cast(str, precision)]
            return _whole(text[:length], text[19:].lstrip(".0123456789"))
        exact: Precision = "minute" if text[17:19] == "00" else "second"
        return Period(text, text, precision or exact)
    return _whole(text)


def _whole(day: str, offset: str = "") -> Period:
    year = int(day[:4])
    first = int(day[5:7]) if len(day) > 4 else 1
    last = int(day[5:7]) if len(day) > 4 else 12
    start = f"{year:04}-{first:02}-{day[8:10] if len(day) > 7 else '01'}T00:00:00"
    final = int(day[8:10]) if len(day) > 7 else calendar.monthrange(year, last)[1]
    end = f"{year:04}-{last:02}-{final:02}T23:59:59"
    names: dict[int, Precision] = {10: "day", 7: "month", 4: "year"}
    if offset:
        return Period(start + offset, end + offset, names[len(day)])
    return Period(in_paris(start), in_paris(end), names[len(day)])


def instant(text: str) -> datetime:
    """The first moment a regular time can be, for comparing two of them.

    >>> instant("2024-12-02") < instant("2024-12-02T09:08:00+01:00")
    True
    """
    return datetime.fromisoformat(period(text).start)
