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
    parents, opened = _parents(comments)
    orphans = sum(c.parent_id is not None and c.parent_id not in parents for c in comments)
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


def thread_order(comments: Sequence[Comment]) -> list[Comment]:
    """Return the comments, each reply under what it answers; in the order given otherwise.

    Exports give them by date: a reply may stand far below, under somebody else's.

    >>> comments = [Comment("1"), Comment("2"), Comment("3", "1"), Comment("4", "9")]
    >>> [comment.id for comment in thread_order(comments)]
    ['1', '3', '2', '4']
    """
    parents, _ = _parents(comments)
    replies: dict[str | None, list[Comment]] = {}
    for comment in comments:
        replies.setdefault(parents[comment.id], []).append(comment)
    ordered: list[Comment] = []
    waiting = replies.pop(None, [])[::-1]
    while waiting:
        ordered.append(waiting.pop())
        waiting += replies.pop(ordered[-1].id, [])[::-1]
    return ordered


def _parents(comments: Sequence[Comment]) -> tuple[dict[str, str | None], frozenset[str]]:
    """What each comment answers, if it is there, circles being opened; and who opened one."""
    order = {comment.id: place for place, comment in enumerate(comments)}
    parents = {
        comment.id: comment.parent_id if comment.parent_id in order else None
        for comment in comments
    }
    opened = frozenset(min(circle, key=order.__getitem__) for circle in _circles(parents))
    parents.update(dict.fromkeys(opened))
    return parents, opened


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
