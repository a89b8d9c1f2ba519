"""What does a site answer, asked politely and without believing it?"""

from indexer.web.fetching import Answer, Fetching, Unanswered, printable

__all__ = [
    "Answer",
    "Fetching",
    "Unanswered",
    "printable",
]
