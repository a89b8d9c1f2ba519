"""When was a time that the index holds?

A record says its times as RFC 3339, whose offsets are of whole minutes. Paris kept its own sun's
time until 11 March 1911, 9 minutes and 21 seconds ahead of Greenwich: its offset is written +00:09.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

_PARIS_SUN = "+00:09"
_PARIS_TOOK_GREENWICH = "1911-03-11"
PARIS = ZoneInfo("Europe/Paris")
DATE_LENGTHS = {"day": 10, "month": 7, "year": 4}
"""How many characters of an ISO date are known of a time that no clock tells, by its precision."""


def moment(time: str) -> datetime:
    """The aware time, to the second, with the offset it was meant with.

    >>> moment("2024-12-02T09:08:00+01:00").isoformat()
    '2024-12-02T09:08:00+01:00'
    >>> moment("1880-05-12T23:59:59+00:09").isoformat()
    '1880-05-12T23:59:59+00:09:21'
    """
    by_the_sun = time.endswith(_PARIS_SUN) and time < _PARIS_TOOK_GREENWICH
    return datetime.fromisoformat(f"{time}:21" if by_the_sun else time)


def season(time: str, zone: ZoneInfo = PARIS) -> Literal["summer", "winter"] | None:
    """Return the season of an hour that comes twice, when clocks are put back; else None.

    >>> season("2024-10-27T02:30:00+02:00"), season("2024-10-27T01:30:00Z")
    ('summer', 'winter')
    >>> season("2024-10-27T03:30:00+01:00") is None
    True
    """
    try:
        local = moment(time).astimezone(zone)
    except OverflowError:
        return None
    summer, winter = (local.replace(fold=fold).utcoffset() for fold in (0, 1))
    if summer == winter:
        return None
    return "winter" if local.fold else "summer"
