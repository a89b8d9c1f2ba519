"""Which interval of time is a date in an address?"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

# What `Day.read` takes, as JSON Schema says it; and nothing, which is no date.
SCHEMA: dict[str, Any] = {
    "anyOf": [
        {
            "type": "string",
            "pattern": "^(([1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])"
            "(-(0[1-9]|1[0-2]))?)?$",
        },
        {"type": "string", "format": "date"},
        {"type": "string", "format": "date-time"},
    ]
}
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9:.]{5,}([Zz]|[+-][0-9]{2}:[0-9]{2})")


@dataclass(frozen=True, slots=True)
class Day:
    """A year, a month, a day or an instant, and the text it was read from.

    >>> paris = ZoneInfo("Europe/Paris")
    >>> Day.read("2024-12").bounds(paris)[1].isoformat()
    '2025-01-01T00:00:00+01:00'
    """

    text: str
    first: dt.datetime
    after: dt.datetime

    @classmethod
    def read(cls, text: str) -> Day:
        """Raises ValueError when `text` is none of them."""
        if match := re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", text):
            year, month, day = (int(part) if part else None for part in match.groups())
            first = dt.datetime(year or 0, month or 1, day or 1)
            try:
                if day:
                    after = first + dt.timedelta(days=1)
                elif month:
                    after = (first + dt.timedelta(days=31)).replace(day=1)
                else:
                    after = first.replace(year=first.year + 1)
            except (OverflowError, ValueError):
                # the last day of the calendar has nothing after it
                after = dt.datetime.max
            return cls(text, first, after)
        if not _INSTANT.fullmatch(text):
            raise ValueError(text)
        instant = dt.datetime.fromisoformat(text.upper())
        try:
            instant.astimezone(dt.UTC)
        except OverflowError:
            # before the first day of the calendar, or after the last, seen from Greenwich
            instant = instant.replace(tzinfo=dt.UTC)
        return cls(text, instant, instant)

    def bounds(self, zone: ZoneInfo) -> tuple[dt.datetime, dt.datetime]:
        """[start, end) in aware times; an instant has its own zone and no length."""
        if self.first.tzinfo:
            return self.first, self.after
        return self.first.replace(tzinfo=zone), self.after.replace(tzinfo=zone)
