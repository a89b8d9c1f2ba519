"""How are the answers of a question walked through to the end?

An export is streamed, a page of answers in memory at a time, from one frozen state of the
index: no passage is missed or given twice while another process indexes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from index.results import Passage, Results
from webui.addresses import Face

TYPES: dict[Face, str] = {
    "": "text/html",
    ".json": "application/json",
    ".csv": "text/csv",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".atom": "application/atom+xml",
}
Pages = Iterator[Results]
Lines = Iterator[str] | Iterator[bytes]
"""An export as it is written: text, or bytes where it is none."""


def walk(page: Callable[[int], Results], number: int = 1) -> Pages:
    """Pages of full matches, from this one to the last."""
    while True:
        results = page(number)
        yield results
        if not results.has_next:
            return
        number += 1


def full(pages: Pages) -> Iterator[Passage]:
    """The passages that hold all that was asked."""
    for results in pages:
        for group in results.groups:
            yield from (passage for passage in group.passages if not passage.partial)
