"""Which interval of time is a date in an address?"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from index.question import dates
from webui.locale import MONTHS

# What `Day.read` takes, as JSON Schema says it; and nothing but white space, which is no date.
SCHEMA: dict[str, Any] = {
    "anyOf": [
        {"type": "string", "pattern": r"^[ \t\r\n]*$"},
        {
            "type": "string",
            "pattern": "^([1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])(-(0[1-9]|1[0-2]))?$",
        },
        {"type": "string", "format": "date"},
        {"type": "string", "format": "date-time"},
        {"type": "string", "pattern": "^(0[1-9]|1[0-9]|2[0-8])/(0[1-9]|1[0-2])/(19|20)[0-9]{2}$"},
        {
            "description": "words, as in questions: « début mai 2023 », « hier », « T2 2023 »",
            "type": "string",
            "pattern": f"^((début|mi|fin)[ -])?({'|'.join(MONTHS['fr'])}) (19|20)[0-9]{{2}}$",
        },
    ]
}
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9:.]{5,}([Zz]|[+-][0-9]{2}:[0-9]{2})")


BLANK = " \t\r\n"
"""What is around a date without a meaning: `\\s` is not the same in each language of patterns."""


@dataclass(frozen=True, slots=True)
class Day:
    """A year, a month, a day or an instant, and the text it was read from.

    worded: whether it is said in words, which a question would read alike.

    >>> paris = ZoneInfo("Europe/Paris")
    >>> Day.read("2024-12").bounds(paris)[1].isoformat()
    '2025-01-01T00:00:00+01:00'
    >>> Day.read("début mai 2023").bounds(paris)[1].isoformat()
    '2023-05-11T00:00:00+02:00'
    """

    text: str
    first: dt.datetime
    after: dt.datetime
    worded: bool = False

    @classmethod
    def read(cls, text: str, now: dt.datetime | None = None) -> Day:
        """Raises ValueError when `text` is none of them. `now` is aware: what « hier » means."""
        if match := re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", text):
            # a month or a day 00, which databases write of what they do not know, is no date
            first = dt.datetime(int(match[1]), int(match[2] or 1), int(match[3] or 1))
            try:
                if match[3]:
                    after = first + dt.timedelta(days=1)
                elif match[2]:
                    after = (first + dt.timedelta(days=31)).replace(day=1)
                else:
                    after = first.replace(year=first.year + 1)
            except (OverflowError, ValueError):
                # the last day of the calendar has nothing after it
                after = dt.datetime.max
            return cls(text, first, after)
        if not _INSTANT.fullmatch(text):
            return cls._in_words(text, now or dt.datetime.now(dt.UTC))
        instant = dt.datetime.fromisoformat(text.upper())
        try:
            instant.astimezone(dt.UTC)
        except OverflowError:
            # before the first day of the calendar, or after the last, seen from Greenwich
            instant = instant.replace(tzinfo=dt.UTC)
        return cls(text, instant, instant)

    @classmethod
    def _in_words(cls, text: str, now: dt.datetime) -> Day:
        parsed = dates.read(text, "date", now=now)
        if parsed is None or parsed[0].start is None or parsed[0].end is None:
            raise ValueError(text)
        first, after = (side.replace(tzinfo=None) for side in (parsed[0].start, parsed[0].end))
        return cls(text, first, after, True)

    def bounds(self, zone: ZoneInfo) -> tuple[dt.datetime, dt.datetime]:
        """[start, end) in aware times; an instant has its own zone and no length."""
        if self.first.tzinfo:
            return self.first, self.after
        return self.first.replace(tzinfo=zone), self.after.replace(tzinfo=zone)
