"""When was an entry of a feed written, by what it says?

RFC 822 in RSS, RFC 3339 in Atom, and what is met in their place: days and months in French,
no offset. Universal time is written `Z`, as in exports of the same site.
"""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from indexer.text import fold, key
from indexer.times.clocks import Clock
from indexer.times.french import MONTHS
from indexer.times.markup import machine_time
from indexer.times.rfc3339 import PARIS, written

_ENGLISH = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WORDS = re.compile(
    r"(?:[a-z]{2,9}\.?,? )?(\d{1,2})(?:er)?[ -]([a-z]{3,9})\.?[ -](\d{4})"
    r"(?:(?:,? a)?,? (\d{1,2})[:h](\d\d)(?::(\d\d))? ?([+-]\d{4}|gmt|utc|z)?)?"
)
_OFFSET = re.compile(r"(?:[zZ]|[+-]\d\d(?::?\d\d)?|[A-Z]{2,4})$")
_LONGEST = 80


def entry_time(text: str, parsed: time.struct_time | None = None) -> Clock | None:
    """Return the time of an entry; None for no time. parsed: as feedparser read it, in UTC.

    >>> entry_time("Mon, 02 Dec 2024 08:08:00 GMT")
    Clock(time='2024-12-02T08:08:00Z', sure=True)
    >>> entry_time("lun., 02 déc. 2024 09:08:00 +0100")
    Clock(time='2024-12-02T09:08:00+01:00', sure=True)
    >>> entry_time("2024-12-02 09:08:00")
    Clock(time='2024-12-02T09:08:00+01:00', sure=False)
    """
    text = text.strip()[:_LONGEST]
    if not text:
        return None
    if re.match(r"\d{4}", text) and (time_read := machine_time(text)):
        has_offset = len(time_read) <= 10 or bool(_OFFSET.search(text[10:]))
        return Clock(universal(time_read), has_offset)
    return _rfc(text) or _rfc(_in_english(text)) or _read_by_feedparser(parsed)


def universal(time_read: str) -> str:
    """Return the same time, with `Z` for universal time."""
    return time_read[:-6] + "Z" if time_read.endswith("+00:00") else time_read


def _rfc(text: str) -> Clock | None:
    try:
        moment = parsedate_to_datetime(text) if text else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment is None or not 1600 < moment.year < 2200:
        return None
    if moment.tzinfo is not None:
        return Clock(universal(written(moment)))
    if text.endswith("-0000"):
        return Clock(universal(written(moment.replace(tzinfo=UTC))))
    return Clock(written(moment.replace(tzinfo=PARIS)), sure=False)


def _in_english(text: str) -> str:
    """Return a date in French words in the form of RFC 822, "" when it is no date."""
    match = _WORDS.fullmatch(fold(key(text)))
    if match is None:
        return ""
    day, month, year, hour, minute, second, zone = match.groups()
    number = next((number for name, number in MONTHS.items() if month.startswith(name)), None)
    if number is None:
        return ""
    clock = f"{hour or '00'}:{minute or '00'}:{second or '00'}"
    return f"{day} {_ENGLISH[number - 1]} {year} {clock} {(zone or '').upper()}".strip()


def _read_by_feedparser(parsed: time.struct_time | None) -> Clock | None:
    if parsed is None:
        return None
    try:
        moment = datetime(*parsed[:6], tzinfo=UTC)
    except (ValueError, TypeError, OverflowError):
        return None
    if not 1600 < moment.year < 2200:
        return None
    return Clock(universal(written(moment)))
