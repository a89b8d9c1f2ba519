"""Which lines of a section are somebody's post shown there, and not the author's words?

Only the line of attribution is certain: "— el.cine (@EHuanglu) November 26, 2024". In the
text of a page the post's first line comes before it, the rest after it, down to the link
of its picture; or the whole post comes before it, after a line that ends with a colon; or
it ends the post's only line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.article import Embed
from indexer.text import Line

_FARTHEST = 12
_ATTRIBUTION = re.compile(
    r"(?P<words>[^-–—].*\S ?(?=[–—]))?"
    r"(?P<by>[-–—] .{1,80} \((?P<handle>@[\w.-]+(?:@[\w.-]+)?)\),? .{0,6}?"
    r"(?:[A-Z][a-z]{2,8} \d{1,2}, \d{4}|\d{1,2}(?:er)? \w{3,9}\.? \d{4})"
    r"(?:,? (?:at|à)? ?\d{1,2}[:h ]\d{2}(?: ?[AP]M)?)?)"
)
_PICTURE = re.compile(r"\b(?:pic\.(?:twitter|x)\.com/\w+|https?://t\.co/\w+)\s*$")


def embeds(lines: Sequence[Line]) -> tuple[Embed, ...]:
    """The posts among a section's lines; offsets count in the lines joined by newlines.

    >>> lines = [Line(1, "Voyez :"), Line(2, "Wow!"), Line(3, "— A (@a) May 2, 2024")]
    >>> embeds(lines)
    (Embed(kind='tweet', start=8, end=33, attribution='— A (@a) May 2, 2024'),)
    """
    posts = []
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line.text) + 1)
    free = 0
    for at, line in enumerate(lines):
        match = _ATTRIBUTION.fullmatch(line.text)
        if match is None or at < free:
            continue
        first, last = (at, at) if match["words"] else _bounds(lines, at, free)
        kind = "tweet" if re.fullmatch(r"@\w{1,15}", match["handle"]) else "post"
        end = starts[last] + len(lines[last].text)
        posts.append(Embed(kind, starts[first], end, match["by"]))
        free = last + 1
    return tuple(posts)


def _bounds(lines: Sequence[Line], at: int, free: int) -> tuple[int, int]:
    """First and last line of the post attributed by the line `at`."""
    for last in range(at + 1, min(at + _FARTHEST, len(lines))):
        if _ATTRIBUTION.fullmatch(lines[last].text):
            break
        if _PICTURE.search(lines[last].text):
            return max(at - 1, free), last
    for before in range(at - 1, max(at - _FARTHEST, free) - 1, -1):
        if lines[before].text.endswith(":"):
            return before + 1, at
    return max(at - 1, free), at
