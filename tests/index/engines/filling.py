"""An engine filled by entries, one commit for each batch."""

from __future__ import annotations

from collections.abc import Callable

from index.engines import Engine, Entry, Reader

Make = Callable[..., Entry]
Find = Callable[..., list[str]]


def fill(engine: Engine, *batches: list[Entry]) -> Reader:
    """One commit, and so at least one segment, for each batch."""
    for batch in batches:
        with engine.writer() as writer:
            writer.add(batch)
    return engine.reader()
