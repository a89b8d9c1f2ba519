"""What is an article here, with its sections and the comments its readers left?

The members are those of the canonical JSON Lines (FORMAT.md), with Python's spelling:
`alternative_headline` is `alternativeHeadline` there. Times are kept as they were given:
RFC 3339 with an offset ("2024-12-02T09:08:00+01:00"), or shorter when less is known
("2024-12-02", "2024-12", "2024"). An absent text is None, never an empty string, except
the `text` of sections and comments, which is then "".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Literal

from index.record import Quote

__all__ = [
    "PARTIAL",
    "PIECE",
    "PIECE_OF_PARTIAL",
    "Article",
    "Comment",
    "Embed",
    "Precision",
    "Quote",
    "Section",
    "minutes",
]

Precision = Literal["second", "minute", "day", "month", "year"]
PARTIAL = {"completeness": "partial"}
"""What the `extra` of an article says when its source does not hold all of it."""
PIECE = "piece"
"""The `completeness` of an article that is one piece among others of the same id."""
PIECE_OF_PARTIAL = "partial piece"
"""The same, when all the pieces together may lack some: pages of a list, files of a folder."""


@dataclass(frozen=True, slots=True)
class Embed:
    """Somebody else's post shown inside a section: `start` and `end` count code points of its text.

    >>> Embed("tweet", 0, 12).kind
    'tweet'
    """

    kind: str
    start: int
    end: int
    attribution: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Return its JSON form in the canonical format."""
        attribution = {} if self.attribution is None else {"attribution": self.attribution}
        return {"kind": self.kind, "start": self.start, "end": self.end, **attribution}


@dataclass(frozen=True, slots=True)
class Section:
    """A piece of the article under one headline; the opening one has none.

    >>> Section(None, "En février dernier…").headline is None
    True
    """

    headline: str | None = None
    text: str = ""
    level: int | None = None
    anchor: str | None = None
    embeds: tuple[Embed, ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Comment:
    """What a reader answered. `text` holds their own words; what they quote is in `citation`.

    `id` is always `<article id>#comment-<something>`, and `parent_id` is the id of the
    comment answered, kept even when that comment is absent. When only the time of an edit
    is known, `date_published` stays None. `date_earliest` and `date_latest` bound a time
    that is not known exactly.

    >>> Comment("a#comment-1", text="Bravo").page_anchor
    'comment-1'
    """

    id: str
    parent_id: str | None = None
    author: str | None = None
    author_role: str | None = None
    date_published: str | None = None
    date_modified: str | None = None
    date_precision: Precision | None = None
    date_shown: str | None = None
    date_earliest: str | None = None
    date_latest: str | None = None
    edited: bool = False
    headline: str | None = None
    text: str = ""
    citation: tuple[Quote, ...] = ()
    url: str | None = None
    anchor: str | None = None
    """Fragment on the site it comes from: "forum37729"."""
    status: str | None = None
    kind: str | None = None
    upvote_count: int | None = None
    downvote_count: int | None = None
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def page_anchor(self) -> str:
        """Fragment on our own article page."""
        return self.id.rpartition("#")[2]

    @property
    def published(self) -> bool:
        """Whether readers may see it: held, rejected and automatic ones are not for the index."""
        return self.status in _PUBLISHED and self.kind in (None, "comment")

    @property
    def deleted(self) -> bool:
        """Whether only its place in the thread remains."""
        return self.status == "deleted"


_PUBLISHED = (None, "approved", "deleted")


@dataclass(frozen=True, slots=True)
class Article:
    """One article with its thread, in the order of its page.

    >>> Article("sora-1", "Sora", sections=(Section(None, "Texte."),)).sections[0].text
    'Texte.'
    """

    id: str
    headline: str
    url: str | None = None
    same_as: tuple[str, ...] = ()
    alternative_headline: str | None = None
    description: str | None = None
    article_section: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    date_published: str | None = None
    date_modified: str | None = None
    date_precision: Precision | None = None
    time_required: str | None = None
    in_language: str | None = None
    publisher: str | None = None
    comment_count: int | None = None
    """What the source declares, beside the comments it really gives."""
    captured_at: str | None = None
    sections: tuple[Section, ...] = ()
    comments: tuple[Comment, ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)


_QUANTITY = "([0-9]{1,9}%s)?"
DURATION = (
    rf"P(?=[0-9T]){_QUANTITY % 'D'}"
    rf"(T(?=[0-9]){_QUANTITY % 'H'}{_QUANTITY % 'M'}{_QUANTITY % 'S'})?"
)
_DURATION = re.compile(DURATION)
_MINUTES = (1440, 60, 1, 1 / 60)


def minutes(duration: str) -> int | None:
    """Whole minutes of an ISO 8601 duration without months, rounded up; None if it is not one.

    >>> minutes("PT1H10M"), minutes("PT90S"), minutes("4 min")
    (70, 2, None)
    """
    match = _DURATION.fullmatch(duration)
    if match is None:
        return None
    parts = (match[1], match[3], match[4], match[5])
    total = sum(int(part[:-1]) * unit for part, unit in zip(parts, _MINUTES, strict=True) if part)
    return -int(-total // 1)
