"""When was a time that the index holds?

A record says its times as RFC 3339, whose offsets are of whole minutes. Paris kept its own sun's
time until 11 March 1911, 9 minutes and 21 seconds ahead of Greenwich: its offset is written +00:09.
"""

from __future__ import annotations

from datetime import datetime

_PARIS_SUN = "+00:09"
_PARIS_TOOK_GREENWICH = "1911-03-11"


def moment(time: str) -> datetime:
    """The aware time, to the second, with the offset it was meant with.

    >>> moment("2024-12-02T09:08:00+01:00").isoformat()
    '2024-12-02T09:08:00+01:00'
    >>> moment("1880-05-12T23:59:59+00:09").isoformat()
    '1880-05-12T23:59:59+00:09:21'
    """
    by_the_sun = time.endswith(_PARIS_SUN) and time < _PARIS_TOOK_GREENWICH
    return datetime.fromisoformat(f"{time}:21" if by_the_sun else time)
