"""When was a comment written, by the element of its date and the one of its hour?"""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Any

from indexer.html.elements import short_text
from indexer.html.finder.date_marks import marks_in

_TIMES = (
    *("datetime", "content", "title"),
    *("data-datetime", "data-date", "data-time", "data-timestamp", "data-livestamp"),
)
_BETWEEN = " \t\n\xa0,à-–—·|"
_HOUR = re.compile(r"(?i)(?:(?:à|at) )?\d{1,2} ?[h:] ?\d\d(?::\d\d)?(?: ?[ap]m)?")


def machine_times(element: Any) -> tuple[str, ...]:
    """Return the times that an element tells in attributes, the one of a `time` inside first."""
    machine = tuple(filter(None, (element.get(attribute) for attribute in _TIMES)))
    inner = next(element.iter("time"), None)
    if inner is not None and inner.get("datetime"):
        machine = (inner.get("datetime"), *machine)
    return machine


def with_hour(element: Any, text: str) -> str:
    """Return the text of a date with the hour that the next element tells, if it tells none.

    >>> import lxml.html
    >>> line = lxml.html.fragment_fromstring("<p><b>03/03/2024</b> à <i>10h22</i></p>")
    >>> with_hour(line[0], "03/03/2024")
    '03/03/2024 10h22'
    """
    following = element.getnext()
    if following is None or not isinstance(following.tag, str) or _HOUR.search(text):
        return text
    hour = short_text(following, 20)
    if (element.tail or "").strip(_BETWEEN) or not _HOUR.fullmatch(hour):
        return text
    return f"{text} {hour}"


def marked_date(item: Any, items: Container[Any]) -> Any:
    """Return the first element of a comment that its tag, its names or an attribute call a date.

    None where none is, but in the answers inside. items: the comments of the page.
    """
    marks = (mark for mark in marks_in(item, items) if mark.sure and not mark.mixed)
    return next((mark.element for mark in marks), None)
