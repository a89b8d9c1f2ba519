"""Are the days of a page's comments written month first, as forums set in English write them?

One day alone may prove it (« 07-15-2024 »), and is then true of all: « 12-03-2024 » is in December.
"""

from __future__ import annotations

import re
from dataclasses import replace

from indexer.html.comments.thread import FoundComment, PageThread
from indexer.times import Capture, month_first, when

_DAY = re.compile(r"(?<!\d)(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?!\d)")


def with_days_read(thread: PageThread, capture: Capture) -> PageThread:
    """Return a thread whose comments' times are read month first, where the days prove it.

    What is shown stays as it is shown.
    """
    days = (match[0] for comment in thread.comments for match in _DAY.finditer(comment.shown))
    if not month_first(days):
        return thread
    comments = tuple(_read(comment, capture) for comment in thread.comments)
    return replace(thread, comments=comments)


def _read(comment: FoundComment, capture: Capture) -> FoundComment:
    if comment.machine or not _DAY.search(comment.shown):
        return comment
    time = when((), _DAY.sub(r"\3\2\1\2\4", comment.shown), "", capture).published
    edited = _DAY.sub(r"\3\2\1\2\4", comment.edited)
    return replace(comment, machine=(time,) if time else (), edited=edited)
