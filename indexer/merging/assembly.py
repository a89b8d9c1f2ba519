"""Which articles come in pieces, several files for one, and what do the pieces make together?

Pieces alone are held in memory, until the last source is read; what is whole goes through.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from indexer.article import PARTIAL, PIECE, Article, Comment
from indexer.reporting import Outcome, Remark, plural
from indexer.times import instant


def gather(outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """The same outcomes, the pieces put together at the end.

    >>> from indexer.article.model import Section
    >>> one = Article("a", "Titre", sections=(Section(),), extra={"completeness": PIECE})
    >>> two = Article("a", "Titre", comments=(Comment("a#comment-2"),), extra=one.extra)
    >>> [article] = gather([one, two])
    >>> len(article.sections), len(article.comments), article.extra
    (1, 1, {})
    """
    pieces: dict[str, list[Article]] = {}
    for outcome in outcomes:
        if isinstance(outcome, Article) and outcome.extra.get("completeness") == PIECE:
            pieces.setdefault(outcome.id, []).append(outcome)
        else:
            yield outcome
    for together in pieces.values():
        yield from _whole(together)


def _whole(pieces: Sequence[Article]) -> Iterator[Outcome]:
    """One article from its pieces; of a comment that comes twice, the last."""
    first = max(pieces, key=lambda piece: (bool(piece.sections), bool(piece.url)))
    found = {comment.id: comment for piece in pieces for comment in piece.comments}
    declared = max((piece.comment_count or 0 for piece in pieces), default=0) or None
    partial = not first.sections or (declared or 0) > len(found)
    if declared is not None and declared > len(found):
        told = plural(declared, "commentaire annoncé", "commentaires annoncés")
        yield Remark("comment_count", f"{told}, {len(found)} dans les fichiers", first.id)
    yield replace(
        first,
        comment_count=declared,
        comments=tuple(sorted(found.values(), key=_moment)),
        extra={
            **{name: one for name, one in first.extra.items() if name != "completeness"},
            **(PARTIAL if partial else {}),
        },
    )


def _moment(comment: Comment) -> float:
    return instant(comment.date_published).timestamp() if comment.date_published else 0.0
