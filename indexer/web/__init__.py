"""What does a site answer, asked politely and without believing it?"""

from indexer.web.fetching import Answer, Fetching, Unanswered
from indexer.web.http_body import decoded_body

__all__ = [
    "Answer",
    "Fetching",
    "Unanswered",
    "decoded_body",
]
