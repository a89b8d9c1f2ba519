"""What can be done with an index that outlives its process, wherever it is kept?

A directory, or a cluster: both keep writers out, grow an index beside and put it in the place of
the present one, and keep notes beside the records.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Any, Protocol, runtime_checkable

from index.engines import Engine, IndexUnavailable, Reader, faults


@runtime_checkable
class Place(Engine, Protocol):
    """An engine whose index is kept."""

    def hold(self) -> AbstractContextManager[Any]:
        """Keep writers out. Raises IndexUnavailable, saying who writes."""

    def shadow(self) -> AbstractContextManager[Engine]:
        """An empty index beside this one, that takes its place when the block is left.

        Left by an exception, nothing has happened.
        """

    def faults(self) -> AbstractContextManager[None]:
        """Turn what goes wrong in the place into IndexUnavailable, a sentence about this index."""

    def note(self, name: str) -> Mapping[str, Any] | None:
        """Return the note kept beside the index under a name; None when there is none."""

    def keep_note(self, name: str, content: Mapping[str, Any]) -> None:
        """Keep something beside the index, for its owner's eyes only."""

    def bytes(self) -> int:
        """Bytes on the disks, copies of the same not counted."""


@runtime_checkable
class Sharing(Protocol):
    """An engine whose past states may be read by other processes than the one that opened them."""

    def share(self, reader: Reader, name: str) -> None:
        """Let others read the state of a reader, under a name. Raises IndexUnavailable."""

    def shared(self, generation: int, name: str) -> Reader | None:
        """A state that some process shared; None when it is kept no more."""


@runtime_checkable
class Counting(Protocol):
    """An engine whose files others may change, and that can tell that records went with them."""

    def missing(self) -> int:
        """How many records of those committed are there no more, at least; nobody writing."""


def of(engine: Engine) -> Place:
    """The same index, as one that is kept. Raises IndexUnavailable for one in memory."""
    if isinstance(engine, Place):
        return engine
    raise IndexUnavailable(faults.in_memory(engine.location))


def size(engine: Engine) -> int | None:
    """Bytes on the disks; None for an index in memory.

    >>> from index import engines
    >>> size(engines.open(":memory:")) is None
    True
    """
    return engine.bytes() if isinstance(engine, Place) else None
