"""What is found of a page's thread, before it makes comments, and how was it found?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from indexer.article import Quote


@dataclass(frozen=True, slots=True)
class FoundComment:
    """What an adapter found of one comment, as the page says it. `parent` is a place in the list.

    `machine` are the times meant for machines, `shown` the text of the date beside them.
    """

    native: str | None = None
    anchor: str | None = None
    author: str | None = None
    role: str | None = None
    machine: tuple[str, ...] = ()
    shown: str = ""
    edited: str = ""
    title: str | None = None
    text: str = ""
    html: str = ""
    """The markup of its words in a topic, whose first message is the article."""
    quotes: tuple[Quote, ...] = ()
    links: tuple[str, ...] = ()
    """Where its words lead, their addresses being behind them."""
    parent: int | None = None
    parent_native: str | None = None
    url: str | None = None
    kind: str | None = None
    deleted: bool = False
    votes_for: int | None = None
    votes_against: int | None = None


@dataclass
class Account:
    """What an adapter found: of how many comments each member, by which rule, and one value."""

    adapter: str
    items: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    by: dict[str, str] = field(default_factory=dict)
    samples: dict[str, str] = field(default_factory=dict)
    declared: int | None = None
    declared_by: str = ""

    def note(self, member: str, rule: str, value: str) -> None:
        self.counts[member] = self.counts.get(member, 0) + 1
        self.by.setdefault(member, rule)
        self.samples.setdefault(member, value)


@dataclass(frozen=True, slots=True)
class PageThread:
    """The comments of a page and the account of how they were found.

    `around` are the elements that hold the thread, to be left out of the article's body; `items`
    those of its comments; `topic`, whether the page is a topic's, its first message the article.
    """

    comments: tuple[FoundComment, ...]
    account: Account
    around: tuple[Any, ...] = ()
    items: tuple[Any, ...] = ()
    topic: bool = False


def repeated(comments: Sequence[FoundComment], declared: int | None) -> dict[int, int]:
    """Return the places of comments that repeat one, each with the place of the first.

    Some are chosen and shown above the thread too. Without numbers, the same words of the same
    person at the same time are one comment where `declared` counts them once.
    """
    if declared is None or len(comments) <= declared:
        return {}
    first_places: dict[tuple[object, ...], int] = {}
    copies: dict[int, int] = {}
    for place, comment in enumerate(comments):
        key = comment.author, comment.text, comment.machine, comment.shown
        first = first_places.setdefault(key, place)
        if first != place and comment.text and comment.native in (None, comments[first].native):
            copies[place] = first
    return copies if len(comments) - len(copies) == declared else {}
