"""How do records enter an index, and what must stay out of it?"""

from index.writing.engine_entries import entries
from index.writing.erasing import Count
from index.writing.forgotten import Forgotten
from index.writing.writing import BATCH, State, Written, remove, write

__all__ = [
    "BATCH",
    "Count",
    "Forgotten",
    "State",
    "Written",
    "entries",
    "remove",
    "write",
]
