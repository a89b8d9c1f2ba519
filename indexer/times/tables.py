"""When is it, by the cell of a table?

01/02/2024 is the first of February, unless the column's own days say otherwise. A time
without an offset is of the zone that whoever indexes has told, else of Paris.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta, tzinfo

from indexer.times.capture import NO_CAPTURE
from indexer.times.feeds import entry_time, universal
from indexer.times.french import read_month
from indexer.times.markup import machine_time, shown_dates
from indexer.times.rfc3339 import PARIS, written
from indexer.times.zones import zoned

_DAY = re.compile(
    r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d\d)"
    r"(?:(?:\s*,)?(?:\s+à)?[\sT]+(\d{1,2})\s?[:hH]\s?(\d\d)?(?::(\d\d)(?:[.,]\d+)?)?\s?([aApP])?\.?[mM]?\.?)?"
)
_YEAR = re.compile(r"\d{4}([/.-])\d{1,2}\1\d{1,2}(?!\d)")
_COMPACT = re.compile(
    r"((?:19|20)\d\d)(\d\d)(\d\d)(?:[T ]?(\d\d)(\d\d)(\d\d)?(Z|[+-]\d\d:?\d\d)?)?"
)
"""20240302101500, as databases and agencies write it, 20240302T101500Z in calendars."""
_HYPHENED = re.compile(r"(\d{1,2})-([^\W\d_]{3,9})\.?-(\d{4}|\d\d)(?!\d)")
"""02-mars-24, as a spreadsheet shows a day by default."""
_CLOCK = re.compile(r"\d{1,2} ?[hH:] ?(?:\d\d)?(?::\d\d)?(?: ?[aApP]\.?[mM]\.?)?")
_ONLY_DAY = re.compile(r"(?:(?:le )?[^\W\d]+\.? )?\d{1,4}(?:er)?[ /.-][^\W_]+\.?[ /.-]\d{1,4}")
_ZONED = re.compile(r"(?:[zZ]|UTC|GMT|[+-]\d\d:?(?:\d\d)?)$")
_NAMED = re.compile(r"[A-Za-z]{2}\]?$")
"""A zone by its name, of which a time of machines says nothing."""
_SERIAL = re.compile(r"[2-6]\d{4}(?:[.,]\d+)?")
_EPOCH = re.compile(r"(\d{10})(?:\d{3}){0,3}(?:\.\d+)?")
"""Seconds, or thousandths, millionths (WebKit, Python), thousand-millionths (pandas) of them."""
_NEVER = re.compile(r"-?000[01]-.*|(?:30/11|01/01)/-?0001\b.*|0?0/01/1900\b.*")
"""The day of no day: 0000-00-00 of MySQL, 0001-01-01 of .NET, -0001-11-30 of PHP, 0 of Excel."""
_NOTHING = frozenset(("null", "none", "nan", "nat", "0"))
"""The last of programs that count seconds, for what was never edited."""


class Times:
    """Reads the cells of one table. zone: that of times without an offset, None for Paris.

    `unsure` counts the times given the offset of Paris because nothing told theirs, `amiss`
    the cells that are no date.
    """

    def __init__(self, zone: tzinfo | None = None, *, month_first: bool = False) -> None:
        self.unsure = 0
        self.amiss = 0
        self._zone = zone
        self._month_first = month_first

    def time(self, cell: str) -> str | None:
        """Return a time in the canonical format; None for none.

        >>> Times().time("01/02/2024 9h05"), Times(UTC).time("2024-02-01 09:05")
        ('2024-02-01T09:05:00+01:00', '2024-02-01T09:05:00Z')
        """
        cell = " ".join(cell.split())[:80]
        if not cell or _NEVER.fullmatch(cell) or cell.casefold() in _NOTHING:
            return None
        try:
            moment = self._read(cell)
        except (ValueError, OverflowError, OSError):
            moment = None
        self.amiss += moment is None
        return moment

    def together(self, day: str, clock: str) -> str:
        """A day with its hour, when one cell holds a day alone and the other an hour.

        >>> Times().together("02/03/2024", "10h22"), Times().together("02/03/2024 9h", "10h22")
        ('02/03/2024 10h22', '02/03/2024 9h')
        """
        day, clock = day.strip(), clock.strip()
        return f"{day} {clock}" if _CLOCK.fullmatch(clock) and _ONLY_DAY.fullmatch(day) else day

    def utc(self, cell: str) -> str | None:
        """The same, of a column of universal times."""
        with self._in(UTC):
            return self.time(cell)

    @contextmanager
    def _in(self, zone: tzinfo) -> Iterator[None]:
        former, self._zone = self._zone, zone
        try:
            yield
        finally:
            self._zone = former

    def _read(self, cell: str) -> str | None:
        if match := _DAY.fullmatch(cell):
            return self._day(match)
        if match := _EPOCH.fullmatch(cell):
            moment = datetime.fromtimestamp(int(match[1]), UTC)
            return _to_the_second(moment) if moment.year <= 2200 else None
        if _SERIAL.fullmatch(cell):
            return self._serial(float(cell.replace(",", ".")))
        if match := _YEAR.match(cell):
            year, month, day = match[0].split(match[1])
            cell = f"{year}-{month:0>2}-{day:0>2}{cell[match.end() :]}"
        if match := _COMPACT.fullmatch(cell):
            year, month, day, hour, minute, second, zone = match.groups()
            clock = f"T{hour}:{minute}:{second or '00'}{zone or ''}" if hour else ""
            cell = f"{year}-{month}-{day}{clock}"
        elif match := _HYPHENED.match(cell):
            day, month, year = match.groups()
            cell = f"{day} {month} {_whole_year(year)}{cell[match.end() :]}"
        if (machine := machine_time(cell)) is not None and not _NAMED.search(cell):
            if len(machine) <= 10 or _ZONED.search(cell[10:]):
                return universal(machine)
            return self._local(datetime.fromisoformat(machine[:19]))
        if zoned_time := zoned(cell):
            with self._in(zoned_time.zone):
                return self._read(zoned_time.time)
        if known_month := read_month(cell) or _numbered_month(cell):
            return known_month
        for shown_date in shown_dates(cell, NO_CAPTURE):
            if shown_date.start is not None and not shown_date.inferred:
                if shown_date.exact is None:
                    return shown_date.start.date().isoformat()
                return self._local(shown_date.exact.replace(tzinfo=None))
        entry = entry_time(cell)
        if entry is None or entry.sure:
            return None if entry is None else entry.time
        return self._local(datetime.fromisoformat(entry.time[:19]))

    def _day(self, match: re.Match[str]) -> str | None:
        first, _, second, year, hour, minute, seconds, half = match.groups()
        day, month = (second, first) if self._month_first else (first, second)
        year = _whole_year(year)
        if not 1600 <= int(year) <= 2200:
            return None
        at = date(int(year), int(month), int(day))
        if hour is None:
            return at.isoformat()
        hours = int(hour)
        if half:
            hours = hours % 12 + (12 if half in "pP" else 0)
        return self._local(
            datetime(at.year, at.month, at.day, hours, int(minute or 0), int(seconds or 0))
        )

    def _serial(self, days: float) -> str | None:
        """Days since 1899, as spreadsheets count them."""
        moment = datetime(1899, 12, 30) + timedelta(seconds=round(days * 86400))
        return moment.date().isoformat() if days == int(days) else self._local(moment)

    def _local(self, moment: datetime) -> str:
        self.unsure += self._zone is None
        return _to_the_second(moment.replace(tzinfo=self._zone or PARIS))


_NUMBERED_MONTH = re.compile(r"(0?[1-9]|1[0-2])[/.-]((?:19|20)\d\d)")


def _numbered_month(cell: str) -> str | None:
    """03/2024; a year alone is a year."""
    if match := _NUMBERED_MONTH.fullmatch(cell):
        return f"{match[2]}-{int(match[1]):02}"
    return cell if re.fullmatch(r"(?:19|20)\d\d", cell) else None


def _whole_year(year: str) -> str:
    return year if len(year) == 4 else f"{'19' if int(year) > 69 else '20'}{year}"


def _to_the_second(moment: datetime) -> str:
    return universal(written(moment))


def month_first(cells: Iterable[str]) -> bool:
    """Return whether the days of a column are written month first, as one of them at least must be.

    >>> month_first(["01/02/2024", "02/13/2024"]), month_first(["01/02/2024", "13/02/2024"])
    (True, False)
    """
    pairs = [
        (int(match[1]), int(match[3])) for cell in cells if (match := _DAY.fullmatch(cell.strip()))
    ]
    return any(second > 12 for _, second in pairs) and not any(first > 12 for first, _ in pairs)
