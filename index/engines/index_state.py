"""What does an index hold, as one of its readers sees it?"""

from __future__ import annotations

from datetime import datetime

from index.engines import Reader
from index.results import IndexState


def state(reader: Reader) -> IndexState:
    """Return the state of the index that this reader sees."""
    kinds = reader.kinds()
    updated = None
    if reader.updated is not None:
        updated = datetime.fromtimestamp(reader.updated).astimezone().isoformat("T", "seconds")
    return IndexState(
        reader.generation, updated, *(kinds.get(kind, 0) for kind in ("lead", "section", "comment"))
    )
