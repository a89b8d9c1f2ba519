"""What goes wrong inside tantivy, and how does it leave it?

Its panics (which are not `Exception`s) and its errors leave these files as `IndexUnavailable`.
"""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType

from index.engines import IndexUnavailable
from index.engines.faults import sentence


class Faults:
    """Turn what goes wrong inside the block into IndexUnavailable, once `lost` was called."""

    # asked of for every question: a generator would cost more
    def __init__(self, location: str, lost: Callable[[], None] = lambda: None) -> None:
        self._location = location
        self._lost = lost

    def __enter__(self) -> None:
        pass

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # pyo3's PanicException derives from BaseException, so that nobody catches it by chance
        panic = kind is not None and kind.__name__ == "PanicException"
        if error is not None and (panic or isinstance(error, (ValueError, OSError))):
            self._lost()
            raise IndexUnavailable(sentence(self._location, error)) from error
