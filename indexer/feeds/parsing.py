"""What does feedparser read in the bytes of a feed, and what does it say is wrong?

What would make it fail, or take minutes, is taken out before: halves of characters, tags of
thousands of attributes, and captions that it takes for the article's own texts.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from indexer.reporting import shorten

if TYPE_CHECKING:
    from feedparser import FeedParserDict

_HALF = re.compile(
    rb"&#(?:[xX]0*[dD][89a-fA-F][0-9a-fA-F]{2}|"
    rb"0*(?:5529[6-9]|55[3-9]\d\d|56\d{3}|57[0-2]\d\d|573[0-3]\d|5734[0-3]));"
)
"""References to halves of characters, which no text can hold."""
_BLANK = re.compile(rb"\A(?:\xef\xbb\xbf)?[ \t\r\n]+(?=<)")
"""What programs write before the beginning, where XML allows nothing."""
_TAG = re.compile(rb"<[a-zA-Z](?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+>")
_CAPTION = re.compile(
    rb"<media:(description|title|text|credit)\b[^<>]{0,400}(?<!/)>.{0,4000}?</media:\1>", re.DOTALL
)
"""What Media RSS says of a picture, and feedparser takes for the article's."""
_LONGEST_TAG = 20_000
"""Bytes: past this a tag has a picture in it, or attributes that are each compared to all."""


def parsed_feed(data: bytes) -> FeedParserDict | None:
    """A feed as feedparser has it; None when it gives up.

    >>> parsed_feed(b"<rss><channel><title>A</title></channel></rss>").feed.title
    'A'
    """
    # imported when a feed is read, and not by every command
    import feedparser

    data = _HALF.sub(b"?", _BLANK.sub(b"", data))
    if b"youtube.com/xml" not in data[:4096]:
        data = _CAPTION.sub(b"", data)
    if len(data) > _LONGEST_TAG:
        data = _TAG.sub(lambda tag: tag[0] if len(tag[0]) <= _LONGEST_TAG else b"<br/>", data)
    try:
        # a stream: given as a text, it would be opened as a file or fetched
        return feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError, AssertionError):
        return None


def why(parsed: FeedParserDict | None) -> str:
    """Return feedparser's error in a few words, "" when there is none."""
    error = None if parsed is None else parsed.get("bozo_exception")
    if error is None:
        return ""
    kind = type(error).__name__
    if kind == "CharacterEncodingOverride":
        return f" : il est en {(parsed or {}).get('encoding')}, ce qui n'est pas annoncé"
    if kind == "CharacterEncodingUnknown":
        return " : encodage inconnu"
    line = getattr(error, "getLineNumber", lambda: None)()
    place = "" if line is None else f", ligne {line}"
    reason = re.sub(r"^<unknown>:[\d:]* *", "", " ".join(str(error).split()))
    return f" : XML mal formé{place} ({shorten(reason, 80)})"
