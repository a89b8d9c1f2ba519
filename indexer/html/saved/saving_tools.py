"""Which tool saved a page, from which address, and when?

Browsers, SingleFile, Save Page WE, WebScrapBook, monolith and HTTrack write it in the page, as do
web.archive.org and archive.today.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import unescape

from indexer.times import Capture, machine_time


@dataclass(frozen=True, slots=True)
class Saved:
    """The tool that saved a page, the address it had, and when it was captured."""

    by: str = ""
    url: str | None = None
    capture: Capture | None = None


_SINGLEFILE = re.compile(
    r"<!--\s*Page saved with SingleFile\s*(?:url:\s*(?P<url>\S+))?\s*"
    r"(?:saved date:\s*(?P<date>[^\n>]{5,120}))?"
)
_MONOLITH = re.compile(
    r"<!-- Saved from (?P<url>https?://\S+|local source)"
    r" at (?P<date>\d{4}-\d\d-\d\dT\S{8,15}) using"
)
_SCRAPBOOK = re.compile(
    r"<html\b[^>]{0,400}\bdata-scrapbook-source=\"(?P<url>https?://[^\"]{1,2000})\"[^>]{0,400}"
    r"\bdata-scrapbook-create=\"(?P<time>\d{14})"
)
_SAVE_PAGE = re.compile(r"<meta name=\"savepage-url\" content=\"(?P<url>https?://[^\"]{1,2000})\"")
_SAVE_PAGE_DATE = re.compile(r"<meta name=\"savepage-date\" content=\"(?P<date>[^\"]{5,120})\"")
_MOST_HEAD = 4_000_000
"""Characters of a head in which Save Page WE keeps style sheets and pictures, before its marks."""
_HTTRACK = re.compile(
    r"<!-- Mirrored from (?P<url>[^\s/]+\.[^\s]{1,2000}) by HTTrack Website Copier/[^,\n]{1,60},"
    r" (?P<date>[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT) -->"
)
_BROWSER = re.compile(r"<!-- saved from url=\(\d+\)(?P<url>\S+) -->")
_WAYBACK = re.compile(r"\b__wm\.wombat\(\s*\"(?P<url>[^\"]{4,2000})\"\s*,\s*\"(?P<time>\d{14})\"")
_REPLAYED = re.compile(
    r"FILE ARCHIVED ON (?P<time>\d\d:\d\d:\d\d [A-Z][a-z]{2} \d{1,2}, \d{4}) AND RETRIEVED"
)
_ARCHIVE_TODAY = re.compile(
    r"<link\b[^>]{0,200}\brel=[\"']?canonical\b[^>]{0,200}\bhref=[\"']?https?://archive\."
    r"(?:today|ph|is|li|vn|fo|md)/(?P<time>\d{4}\.\d\d\.\d\d-\d{6})/"
    r"(?P<url>https?://[^\"'<>\s]{4,2000})"
)
_ARCHIVED = re.compile(r"https?://web\.archive\.org/web/(?P<time>\d{14})(?:[a-z]{2}_)?/")


def saved_by(text: str) -> Saved:
    """Return what the saving tool says of the page, if one did.

    >>> saved = saved_by("<!-- Saved from https://a.example/x at 2024-12-04T09:30:12Z using"
    ...     " monolith v2.8.1 --><title>Sora</title>")
    >>> saved.by, saved.url, saved.capture.text
    ('monolith', 'https://a.example/x', '2024-12-04T10:30:12+01:00')
    """
    head = text[:8192]
    if match := _MONOLITH.search(head):
        return Saved("monolith", _address(match["url"]), _javascript_date(match["date"]))
    if match := _SCRAPBOOK.search(head):
        return Saved("WebScrapBook", unescape(match["url"]), _stamp(match["time"]))
    if match := _SAVE_PAGE.search(text[:_MOST_HEAD]):
        saved_at = _SAVE_PAGE_DATE.search(text[:_MOST_HEAD])
        capture = _javascript_date(unescape(saved_at["date"])) if saved_at else None
        return Saved("Save Page WE", unescape(match["url"]), capture)
    if match := _HTTRACK.search(head) or _HTTRACK.search(text[-8192:]):
        return Saved("HTTrack", f"https://{match['url']}", _mail_date(match["date"]))
    if match := _SINGLEFILE.search(head):
        return Saved("SingleFile", match["url"], _javascript_date(match["date"] or ""))
    if match := _WAYBACK.search(text[:65536]):
        return Saved("archive.org", match["url"].replace(":80/", "/", 1), _stamp(match["time"]))
    if match := _REPLAYED.search(text[-8192:]):
        at = datetime.strptime(match["time"], "%H:%M:%S %b %d, %Y").replace(tzinfo=UTC)
        return Saved("archive.org", None, Capture.at(at))
    if match := _ARCHIVE_TODAY.search(text[:65536]):
        digits = match["time"].replace(".", "").replace("-", "")
        return Saved("archive.today", unescape(match["url"]), _stamp(digits))
    if match := _BROWSER.search(head):
        archived = _ARCHIVED.match(match["url"])
        url = _ARCHIVED.sub("", match["url"])
        by = "archive.org" if archived else "navigateur"
        return Saved(by, url, _stamp(archived["time"]) if archived else None)
    if (match := _ARCHIVED.search(text[:65536])) and text.count("web.archive.org/web/") > 5:
        return Saved("archive.org", None, _stamp(match["time"]))
    return Saved()


def _address(url: str) -> str | None:
    return url if "://" in url else None


def _mail_date(text: str) -> Capture | None:
    try:
        return Capture.at(parsedate_to_datetime(text))
    except (ValueError, TypeError, OverflowError):
        return None


def _stamp(digits: str) -> Capture | None:
    try:
        return Capture.at(datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC))
    except ValueError:
        return None


_SCRIPT_DATE = re.compile(
    r"(?:[A-Z][a-z]{2} )?([A-Z][a-z]{2}) (\d{1,2}) (\d{4}) (\d\d:\d\d:\d\d) GMT([+-]\d{4})"
)


def _javascript_date(text: str) -> Capture | None:
    """As SingleFile writes it: "Wed Dec 04 2024 10:30:12 GMT+0100 (heure normale…)"."""
    if match := _SCRIPT_DATE.match(text.strip()):
        month, day, year, clock, zone = match.groups()
        try:
            return Capture.at(parsedate_to_datetime(f"{day} {month} {year} {clock} {zone}"))
        except (ValueError, TypeError, OverflowError):
            return None
    exact = machine_time(text)
    return Capture.parse(exact) if exact else None
