"""When was a page as it is in this file?

The date of capture resolves what a page leaves out ("Hier à 08h46", "Le 02 décembre à
09h08"). It is told by whoever indexes, or taken from the file; it is never the clock.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from indexer.times.rfc3339 import PARIS, written


@dataclass(frozen=True, slots=True)
class Capture:
    """The day a page was captured, in Paris, and the moment when that is known.

    `guessed` says that it comes from the file's own date.

    >>> Capture(date(2024, 12, 4)).text
    '2024-12-04'
    """

    day: date
    moment: datetime | None = None
    guessed: bool = False

    @property
    def text(self) -> str:
        """As the canonical format writes it: a date, or a date-time."""
        return self.day.isoformat() if self.moment is None else written(self.moment)

    @classmethod
    def parse(cls, text: str) -> Capture | None:
        """From "2024-12-04", "2024-12-04T10:30[:00][+01:00]" or "04/12/2024"; None if neither.

        >>> Capture.parse("2024-12-04T23:30:00Z").day.isoformat()
        '2024-12-05'
        """
        text = text.strip()
        if french := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})(.*)", text):
            text = f"{french[3]}-{french[2]:0>2}-{french[1]:0>2}{french[4]}"
        if not re.match(r"\d{4}-\d\d-\d\d", text):
            return None
        try:
            if len(text) == 10:
                return cls(date.fromisoformat(text))
            return cls.at(datetime.fromisoformat(text))
        except (ValueError, OverflowError):
            return None

    @classmethod
    def at(cls, moment: datetime, *, guessed: bool = False) -> Capture:
        """At a moment; one without an offset is read in Paris."""
        in_paris = (
            moment.replace(tzinfo=PARIS) if moment.tzinfo is None else moment.astimezone(PARIS)
        )
        return cls(in_paris.date(), in_paris.replace(microsecond=0), guessed)


NO_CAPTURE = Capture(date(2000, 1, 1))
"""For dates that tell their year."""
