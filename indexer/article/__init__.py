"""What is an article, with its comments, and under which names and addresses is it known?"""

from indexer.article.addresses import Page, same
from indexer.article.ids import CommentNames, article_id, full_comment_id, plain, slug
from indexer.article.model import (
    DURATION,
    PARTIAL,
    PIECE,
    PIECE_OF_PARTIAL,
    Article,
    Comment,
    Embed,
    Precision,
    Quote,
    Section,
    minutes,
)
from indexer.article.publication import EMPTY, Publication
from indexer.article.renaming import moved, moved_comment
from indexer.article.states import (
    OF_MESSAGE,
    PLANNED,
    PROTECTED,
    MemberKind,
    Scope,
    is_private_word,
    is_protected,
    state_member,
    state_text,
    withheld,
)

__all__ = [
    "DURATION",
    "EMPTY",
    "OF_MESSAGE",
    "PARTIAL",
    "PIECE",
    "PIECE_OF_PARTIAL",
    "PLANNED",
    "PROTECTED",
    "Article",
    "Comment",
    "CommentNames",
    "Embed",
    "MemberKind",
    "Page",
    "Precision",
    "Publication",
    "Quote",
    "Scope",
    "Section",
    "article_id",
    "full_comment_id",
    "is_private_word",
    "is_protected",
    "minutes",
    "moved",
    "moved_comment",
    "plain",
    "same",
    "slug",
    "state_member",
    "state_text",
    "withheld",
]
