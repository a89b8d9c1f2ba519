"""Did two captures of a page have their comments from two programs?

A site that changes its program of comments numbers them anew, or no longer: what the later
capture lacks was not removed, it was left behind. Neither does a page that shows no comment,
and does not say that there is none, speak of those that were there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from indexer.article import Article, Comment
from indexer.reporting import provenance
from indexer.times import instant

_COMPUTED = re.compile(r"#comment-[0-9a-f]{12}$")
_NUMBER = re.compile(r"#comment-(\d{1,18})$")
_PAGE = "html"


def is_computed(comment: Comment) -> bool:
    """Return whether a comment's id was computed here, its source having given none.

    >>> is_computed(Comment("a#comment-0123456789ab")), is_computed(Comment("a#comment-12"))
    (True, False)
    """
    return _COMPUTED.search(comment.id) is not None


def changed_program(stored: Article, incoming: Article) -> bool:
    """Return whether a page captured again shows the thread of another program than the stored one.

    One is numbered by its program and the other is not, or the page shows none and says no count,
    or its comments are numbered in an order in which one that was there has no place.

    >>> from indexer.reporting import Rank, declare
    >>> declare("html", Rank.PAGE)
    >>> def page(*ids): return Article("a", "A", extra={"provenance": "html:x"},
    ...     comments=tuple(Comment(f"a#comment-{id}", text=str(id)) for id in ids))
    >>> changed_program(page(101, 102), page("0123456789ab")), changed_program(page(1, 2), page(1))
    (True, False)
    """
    if provenance.form_of(incoming) != _PAGE:
        return False
    page_comments = [comment for comment in stored.comments if _form(comment, stored) == _PAGE]
    if not page_comments:
        return False
    if not incoming.comments:
        return incoming.comment_count is None
    kinds = set(map(is_computed, incoming.comments))
    # what was kept of a former program stays beside the other's
    if len(kinds) == 1 and not set(map(is_computed, page_comments)) <= kinds:
        return True
    return _has_elders_of_another(page_comments, incoming.comments)


def _has_elders_of_another(stored: Sequence[Comment], shown: Sequence[Comment]) -> bool:
    """Whether what a page no longer shows is numbered otherwise than all that it shows.

    A program gives its later comments greater numbers: a thread of which all are later than a
    missing comment and have smaller numbers, or earlier and greater ones, is not that comment's.
    """
    shown_ids = {comment.id for comment in shown}
    shown_places = [place for comment in shown if (place := _place(comment))]
    if not shown_places:
        return False
    least, greatest = min(shown_places), max(shown_places)
    first, last = (pick(moment for _, moment in shown_places) for pick in (min, max))
    for comment in stored:
        place = _place(comment) if comment.id not in shown_ids else None
        if place is not None:
            number, moment = place
            if (greatest[0] < number and first > moment) or (least[0] > number and last < moment):
                return True
    return False


def _place(comment: Comment) -> tuple[int, datetime] | None:
    """The number of a comment and when it was written, where both are known."""
    match = _NUMBER.search(comment.id)
    if match is None or comment.date_published is None:
        return None
    return int(match[1]), instant(comment.date_published)


def of_pages(stored: Article, comment: Comment, incoming: Article) -> bool:
    """Return whether a stored comment comes from a page, and the incoming article too."""
    return _form(comment, stored) == provenance.form_of(incoming) == _PAGE


def _form(comment: Comment, article: Article) -> str:
    return provenance.form_of_comment(comment) or provenance.form_of(article)
