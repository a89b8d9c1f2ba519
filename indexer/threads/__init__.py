"""Who answers whom, and what do comments become that a program exported?"""

from indexer.threads.bylines import byline_names
from indexer.threads.depth import thread_depths, thread_order
from indexer.threads.exported_comments import (
    NO_WORDS,
    Answer,
    comments,
    display_name,
    identifier,
    thread_article,
)

__all__ = [
    "NO_WORDS",
    "Answer",
    "byline_names",
    "comments",
    "display_name",
    "identifier",
    "thread_article",
    "thread_depths",
    "thread_order",
]
