"""Who answers whom, and how deep? Orphans are roots, and a circle of answers is opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from indexer.article import Comment


class Thread(NamedTuple):
    """`depths` follows the comments' order; `opened` are those whose answer closed a circle."""

    depths: list[int]
    opened: frozenset[str]
    orphans: int


def thread_depths(comments: Sequence[Comment]) -> Thread:
    """The depth of each comment: 0 for one that answers the article or an absent comment.

    In a circle, the first on the page is taken as the root.

    >>> thread_depths([Comment("1", "2"), Comment("2", "1"), Comment("3", "9")])
    Thread(depths=[0, 1, 0], opened=frozenset({'1'}), orphans=1)
    """
    order = {comment.id: place for place, comment in enumerate(comments)}
    parents: dict[str, str | None] = {
        comment.id: comment.parent_id if comment.parent_id in order else None
        for comment in comments
    }
    orphans = sum(c.parent_id is not None and c.parent_id not in order for c in comments)
    opened = frozenset(min(circle, key=order.__getitem__) for circle in _circles(parents))
    parents.update(dict.fromkeys(opened))
    depths: dict[str, int] = {}
    for name in parents:
        path: list[str] = []
        at: str | None = name
        while at is not None and at not in depths:
            path.append(at)
            at = parents[at]
        depth = -1 if at is None else depths[at]
        for above in reversed(path):
            depth += 1
            depths[above] = depth
    return Thread([depths[comment.id] for comment in comments], opened, orphans)


def _circles(parents: Mapping[str, str | None]) -> list[list[str]]:
    walks: dict[str, int] = {}
    circles = []
    for walk, name in enumerate(parents):
        at: str | None = name
        while at is not None and at not in walks:
            walks[at] = walk
            at = parents[at]
        if at is None or walks[at] != walk:
            continue
        circle = [at]
        around = parents[at]
        while around is not None and around != at:
            circle.append(around)
            around = parents[around]
        circles.append(circle)
    return circles
