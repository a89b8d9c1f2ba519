"""When is it, by the two clocks of a program that keeps local time and universal time?"""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from typing import NamedTuple

from indexer.times.rfc3339 import in_paris, regular, written

_NO_DATE = "0000-00-00"


class Clock(NamedTuple):
    """A time, and whether its offset was told; without it, it is read in Paris."""

    time: str
    sure: bool = True


def clock(gmt: str | None, local: str | None, feed: str | None = None) -> Clock | None:
    """When something was published, from its UTC time, else the site's, else the feed's.

    WordPress writes 0000-00-00 for what has no date yet.

    >>> clock("2014-05-03 10:46:00", "2014-05-03 09:46:00")
    Clock(time='2014-05-03T10:46:00Z', sure=True)
    >>> clock("0000-00-00 00:00:00", "2014-05-03 09:46:00")
    Clock(time='2014-05-03T09:46:00+02:00', sure=False)
    """
    if gmt and (time := regular(gmt.strip())) and len(time) == 19:
        return Clock(time + "Z")
    if local and (time := regular(local.strip())) and len(time) == 19:
        return Clock(in_paris(time), sure=False)
    if _NO_DATE in (gmt or "") or _NO_DATE in (local or ""):
        return None
    try:
        moment = parsedate_to_datetime(feed.strip()) if feed else None
    except (ValueError, TypeError, IndexError, OverflowError):
        moment = None
    if moment is None:
        return None
    if moment.tzinfo is None:
        return Clock(in_paris(moment.isoformat(timespec="seconds")), sure=False)
    return Clock(written(moment))
