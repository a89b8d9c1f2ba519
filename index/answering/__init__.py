"""What answers a question, in which order, and what is shown of it?"""

from index.answering.facets import FACETS
from index.answering.looking import known, understood
from index.answering.searching import Filters, Where, search, state
from index.answering.suggesting import as_written
from index.answering.threads import Thread, thread

__all__ = [
    "FACETS",
    "Filters",
    "Thread",
    "Where",
    "as_written",
    "known",
    "search",
    "state",
    "thread",
    "understood",
]
