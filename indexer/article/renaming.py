"""What do an article and its comments become under another id?"""

from __future__ import annotations

from dataclasses import replace

from indexer.article.model import Article, Comment, Quote


def moved(article: Article, new_id: str) -> Article:
    """An article under another id, its comments with it.

    >>> moved(Article("t", "S", comments=(Comment("t#comment-1"),)), "a").comments[0].id
    'a#comment-1'
    """
    if article.id == new_id:
        return article
    comments = tuple(moved_comment(comment, article.id, new_id) for comment in article.comments)
    return replace(article, id=new_id, comments=comments)


def moved_comment(comment: Comment, former_id: str, new_id: str) -> Comment:
    """Move a comment from one article to another, with the ids that it refers to."""

    def name(old: str | None) -> str | None:
        return new_id + old[len(former_id) :] if old and old.startswith(former_id + "#") else old

    citation = tuple(Quote(quote.text, quote.author, name(quote.ref)) for quote in comment.citation)
    return replace(
        comment, id=name(comment.id) or "", parent_id=name(comment.parent_id), citation=citation
    )
