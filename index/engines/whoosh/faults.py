"""What goes wrong inside Whoosh, and how does it leave it?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from index.engines import IndexUnavailable
from index.engines.faults import sentence


@contextmanager
def faults(location: str) -> Iterator[None]:
    """Turn what goes wrong inside the block into IndexUnavailable."""
    try:
        yield
    except IndexUnavailable:
        raise
    except Exception as error:
        if isinstance(error, TypeError) and str(error).startswith("no engine is asked"):
            raise
        # Whoosh believes what it reads: a damaged file may make it raise anything
        raise IndexUnavailable(sentence(location, error)) from error
