"""Did two captures of a page have their comments from two programs?

A site that changes its program of comments numbers them anew, or no longer: what the later
capture lacks was not removed, it was left behind. Neither does a page that shows no comment,
and does not say that there is none, speak of those that were there.
"""

from __future__ import annotations

import re

from indexer.article import Article, Comment
from indexer.reporting import provenance

_COMPUTED = re.compile(r"#comment-[0-9a-f]{12}$")
_PAGE = "html"


def is_computed(comment: Comment) -> bool:
    """Return whether a comment's id was computed here, its source having given none.

    >>> is_computed(Comment("a#comment-0123456789ab")), is_computed(Comment("a#comment-12"))
    (True, False)
    """
    return _COMPUTED.search(comment.id) is not None


def changed_program(stored: Article, incoming: Article) -> bool:
    """Return whether a page captured again shows the thread of another program than the stored one.

    One is numbered by its program and the other is not, or the page shows none and says no count.

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
    return len(kinds) == 1 and not set(map(is_computed, page_comments)) <= kinds


def of_pages(stored: Article, comment: Comment, incoming: Article) -> bool:
    """Return whether a stored comment comes from a page, and the incoming article too."""
    return _form(comment, stored) == provenance.form_of(incoming) == _PAGE


def _form(comment: Comment, article: Article) -> str:
    return provenance.form_of_comment(comment) or provenance.form_of(article)
