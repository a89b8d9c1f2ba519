"""Which zone stands after the hour of a time, and what is before it?

An offset (`+0200`, `+09`), a name (`Europe/Paris`) or letters (UTC, CEST, EST), as databases,
spreadsheets and programs of Go, Java or JavaScript write it after any form of a time. Letters that
several zones share (IST, CST of China) are those of RFC 5322, or none.
"""

from __future__ import annotations

import re
from datetime import timedelta, timezone, tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo

_NAMED = {
    0: "Z UTC GMT UT WET",
    1: "CET HNEC WEST BST",
    2: "CEST HAEC EET",
    3: "EEST MSK",
    9: "JST",
    -4: "EDT",
    -5: "EST CDT",
    -6: "CST MDT",
    -7: "MST PDT",
    -8: "PST",
}
_HOURS = {name: hours for hours, names in _NAMED.items() for name in names.split()}
_CLOCK = r"(?<!\d)\d{1,2} ?[:hH] ?\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?: ?[aApP]\.?[mM]\.?)?"
_OFFSET = r"\(?(?:UTC|GMT)?(?P<sign>[+-])(?P<hours>\d\d?)(?::?(?P<minutes>\d\d))?\)?"
_BESIDE = r"(?: ?\(?[A-Z][\w ]{0,40}\)?)?(?:\[[\w/+-]{1,40}\])?"
"""What programs write after an offset: its letters, its name."""
_PLACE = r"[A-Z][\w+-]{2,20}(?:/[\w+-]{2,20}){1,2}"
_ZONED = re.compile(
    rf"(?P<time>.*{_CLOCK}) ?"
    rf"(?:{_OFFSET}{_BESIDE}|[(\[]?(?:(?P<letters>Z|[A-Z]{{2,4}})|(?P<place>{_PLACE}))[)\]]?)"
)


class Zoned(NamedTuple):
    """A time as written, without its zone; and the zone."""

    time: str
    zone: tzinfo


def zoned(text: str) -> Zoned | None:
    """Return a time apart from its zone; None where no known zone follows an hour.

    >>> zoned("25/12/2023 13:05 +0200")
    Zoned(time='25/12/2023 13:05', zone=datetime.timezone(datetime.timedelta(seconds=7200)))
    >>> zoned("25-12-2023"), zoned("25/12/2023 1:05 PM"), zoned("25/12/2023 13:05 XYZ")
    (None, None, None)
    """
    match = _ZONED.fullmatch(text)
    if match is None:
        return None
    zone: tzinfo
    if match["place"]:
        try:
            zone = ZoneInfo(match["place"])
        except (OSError, ValueError):
            return None
    elif match["letters"]:
        if match["letters"] not in _HOURS:
            return None
        zone = timezone(timedelta(hours=_HOURS[match["letters"]]))
    else:
        minutes = int(match["hours"]) * 60 + int(match["minutes"] or 0)
        if minutes > 14 * 60:
            return None
        zone = timezone(timedelta(minutes=-minutes if match["sign"] == "-" else minutes))
    return Zoned(match["time"], zone)
