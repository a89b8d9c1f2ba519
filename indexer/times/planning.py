"""Is something dated of later than now: planned, and not published yet?"""

from __future__ import annotations

from datetime import datetime, timedelta

from indexer.times.rfc3339 import instant

_ISSUE = timedelta(days=1)
"""A newspaper is dated of tomorrow."""


def planned(published: str | None, now: datetime) -> bool:
    """Whether a time is to come; a day alone is, from the day after tomorrow.

    >>> now = datetime.fromisoformat("2024-12-02T10:00:00+01:00")
    >>> planned("2024-12-02T10:30:00+01:00", now), planned("2024-12-03", now), planned(None, now)
    (True, False, False)
    >>> planned("2024-12-05", now)
    True
    """
    if published is None:
        return False
    return instant(published) > now + (_ISSUE if len(published) <= 10 else timedelta())
