"""Which entries are in a JSON file of wallabag: its export, of version 1 or 2, or its API?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import IO

from indexer.canonical import lenient_json
from indexer.files import CapturedFile, PrefixedFile, opening, outcomes, placed_values
from indexer.reporting import Outcome, Rank, Skipped
from indexer.wallabag.entries import entry_outcomes

_HEAD = 65536
_STATES = ("is_archived", "is_starred", "is_read", "is_fav", "hashed_url", "domain_name")
_EMBEDDED = re.compile(rb'"_embedded"\s*:')


class WallabagFormat:
    """The reader of wallabag's JSON. annotations: whether to read the reader's private notes."""

    name = "wallabag"
    rank = Rank.PAGE

    def __init__(self, *, annotations: bool = False) -> None:
        self._annotations = annotations

    def fits(self, head: bytes) -> bool:
        """Return whether the file is JSON of pages, each with a state that wallabag gives it.

        >>> WallabagFormat().fits(b'[{"title": "", "url": "", "is_fav": "0", "content": ""}]')
        True
        """
        return opening.names(head, "title", "url") and any(
            opening.names(head, state) for state in _STATES
        )

    def read(self, file: CapturedFile) -> Iterator[Outcome]:
        """An article for each entry."""
        yield from outcomes(file, partial(_read, file.name, self._annotations))


def _read(name: str, annotations: bool, opened: IO[bytes]) -> Iterator[Outcome]:
    head = opened.read(_HEAD)
    placed_entries = placed_values(PrefixedFile(head, opened), name, _place(head))
    entries = (
        placed if isinstance(placed, Skipped) else lenient_json.inside(placed.value)
        for placed in placed_entries
    )
    yield from entry_outcomes(name, entries, annotations=annotations)


def _place(head: bytes) -> str:
    """Where the entries are: the list that the file is, that of the API, or the file alone."""
    if opening.is_list(head):
        return "item"
    return "_embedded.items.item" if _EMBEDDED.search(head) else ""
