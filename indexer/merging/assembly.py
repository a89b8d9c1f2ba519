"""Which articles come in pieces, several files for one, and what do the pieces make together?

Pieces alone wait, on disk, until the last source is read; what is whole goes through.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from indexer.article import PARTIAL, PIECE, PIECE_OF_PARTIAL, Article, Comment
from indexer.canonical import article, dump
from indexer.files import Spool
from indexer.reporting import Outcome, Remark, plural, provenance, rank
from indexer.times import instant

_PIECES = (PIECE, PIECE_OF_PARTIAL)


def gather(outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """The same outcomes, the pieces put together at the end.

    >>> from indexer.article.model import Section
    >>> first = Article("a", "Titre", sections=(Section(),), extra={"completeness": PIECE})
    >>> second = Article("a", "Titre", comments=(Comment("a#comment-2"),), extra=first.extra)
    >>> [article] = gather([first, second])
    >>> len(article.sections), len(article.comments), article.extra
    (1, 1, {})
    """
    with Spool() as pieces:
        for outcome in outcomes:
            if isinstance(outcome, Article) and outcome.extra.get("completeness") in _PIECES:
                pieces.put(outcome.id, dump(outcome).decode())
            else:
                yield outcome
        for name in pieces.names():
            yield from _whole([article(line.encode()) for line in pieces.of(name)])


def _whole(pieces: Sequence[Article]) -> Iterator[Outcome]:
    """Return one article from its pieces; the last of two comments with one id is kept."""
    first = max(pieces, key=_knows)
    comments = {comment.id: comment for piece in pieces for comment in piece.comments}
    declared = max((piece.comment_count or 0 for piece in pieces), default=0) or None
    partial = not first.sections or (declared or 0) > len(comments)
    partial |= any(piece.extra["completeness"] == PIECE_OF_PARTIAL for piece in pieces)
    if declared is not None and declared > len(comments):
        sentence = plural(declared, "commentaire annoncé", "commentaires annoncés")
        yield Remark("comment_count", f"{sentence}, {len(comments)} dans les fichiers", first.id)
    extra = {name: value for name, value in first.extra.items() if name != "completeness"}
    yield replace(
        first,
        comment_count=declared,
        comments=tuple(sorted(comments.values(), key=_moment)),
        extra={**extra, **(PARTIAL if partial else {})},
    )


def _knows(piece: Article) -> tuple[bool, int, bool]:
    """How much a piece knows of the article itself."""
    return bool(piece.sections), rank(provenance.form_of(piece)), bool(piece.url)


def _moment(comment: Comment) -> float:
    date = comment.date_published or comment.date_earliest
    return instant(date).timestamp() if date else 0.0
