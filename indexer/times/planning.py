"""Is something dated of later than now: planned, and not published yet?"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from indexer.times.rfc3339 import instant

_FAR = re.compile(
    r"(?<!\d)(?:2[2-9]\d\d|[3-9]\d{3})(?=[-/.]\d)|(?<=\d[-/.])(?:2[2-9]\d\d|[3-9]\d{3})(?!\d)"
    # in seconds since 1970, from 2200 on
    r"|^\s*(?:7[3-9]\d{8}|[89]\d{9}|\d{11}|(?!19|20)\d{12})\s*$"
)
_ISSUE = timedelta(days=1)
"""A newspaper is dated of tomorrow."""


def planned(published: str | None, now: datetime) -> bool:
    """Return whether a time is to come; a day alone is, from the day after tomorrow.

    >>> now = datetime.fromisoformat("2024-12-02T10:00:00+01:00")
    >>> planned("2024-12-02T10:30:00+01:00", now), planned("2024-12-03", now), planned(None, now)
    (True, False, False)
    >>> planned("2024-12-05", now)
    True
    """
    return due(published, now) is not None


def due(published: str | None, now: datetime) -> datetime | None:
    """Return when what is dated so may be seen; None when it may be now.

    >>> now = datetime.fromisoformat("2024-12-02T10:00:00+01:00")
    >>> due("2024-12-05", now).isoformat(), due("2024-12-02T09:59:59+01:00", now)
    ('2024-12-04T00:00:00+01:00', None)
    """
    if published is None:
        return None
    early = _ISSUE if len(published) <= 10 else timedelta()
    moment = instant(published)
    return moment - early if moment > now + early else None


def is_far(text: str) -> bool:
    """Whether a date as it is written is of a year that means "never": no reader of dates takes it.

    >>> is_far("9999-12-31 23:59:59"), is_far("01/02/2999"), is_far("2024-12-02"), is_far("n° 9999")
    (True, True, False, False)
    >>> [is_far(cell) for cell in ("32503680000", "253402300799", "1709544120", "202403021015")]
    [True, True, False, False]
    """
    return _FAR.search(text[:80]) is not None
