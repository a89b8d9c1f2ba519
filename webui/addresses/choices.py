"""What can one choose on a page? A link, its words and its counts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """A link: its words, where it leads, whether it is what is shown now, and its counts.

    `count` is in passages, `articles` in articles; `partial` counts the passages that hold a part
    of what is asked, when none holds all.
    """

    label: str
    href: str
    current: bool = False
    count: int | None = None
    articles: int = 0
    partial: int = 0
