"""What does a member of a JSON object say, when nobody promised what is there?

Each function gives what a member holds if it is of the kind that is asked, and else what
stands for nothing: exports of a program change from one version to the next.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from indexer.times import has_offset, in_paris, regular, written

Object = Mapping[str, Any]


def text(value: Any) -> str:
    """A text or a number as a text, else "".

    >>> text("a"), text(12), text(None), text(True)
    ('a', '12', '', '')
    """
    if type(value) is bytes:
        return value.decode("utf-8", "replace")
    return str(value) if type(value) in (str, int, float) else ""


def count(value: Any) -> int | None:
    """A whole number that is not negative.

    >>> count(3), count(-3), count("3")
    (3, None, None)
    """
    return value if type(value) is int and 0 <= value < 2**53 else None


def objects(value: Any) -> list[Object]:
    """The objects of a list.

    >>> objects([{"a": 1}, 2]), objects({"a": 1})
    ([{'a': 1}], [])
    """
    return [item for item in value if type(item) is dict] if type(value) is list else []


def inside(value: Any) -> Object:
    """An object, empty when it is none."""
    return value if type(value) is dict else {}


def time(value: Any) -> str | None:
    """A time, from RFC 3339 or seconds since 1970; without an offset it is one of Paris.

    >>> time("2017-12-25T19:46:01Z"), time(1330000000.5), time("2005-02-24 04:03:37"), time("hier")
    ('2017-12-25T19:46:01Z', '2012-02-23T12:26:40+00:00', '2005-02-24T04:03:37+01:00', None)
    """
    if type(value) in (int, float) and math.isfinite(value):
        try:
            return written(datetime.fromtimestamp(int(value), UTC))
        except (ValueError, OverflowError, OSError):
            return None
    moment = regular(value.strip()) if type(value) is str else None
    if moment is None or len(moment) < 19:
        return None
    return moment if has_offset(moment) else in_paris(moment)


def unsure(value: Any) -> bool:
    """Return whether a time has no offset, so that it is read as one of Paris."""
    moment = regular(value.strip()) if type(value) is str else None
    return moment is not None and not has_offset(moment)


def votes(score: Any) -> tuple[int | None, int | None]:
    """Votes for and against, of which only the difference is told.

    >>> votes(3), votes(-2), votes(0)
    ((3, None), (None, 2), (None, None))
    """
    if type(score) is not int or abs(score) >= 2**53:
        return None, None
    return (score if score > 0 else None), (-score if score < 0 else None)
