"""Which entries are in a JSON file of wallabag: its export, of version 1 or 2, or its API?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from indexer.canonical import lenient_json
from indexer.files import CapturedFile, FileFormat, PrefixedFile, opening, placed_values
from indexer.reporting import Outcome, Rank, Skipped
from indexer.wallabag.entries import entry_outcomes

_HEAD = 65536
_STATES = ("is_archived", "is_starred", "is_read", "is_fav", "hashed_url", "domain_name")
_EMBEDDED = re.compile(rb'"_embedded"\s*:')


class WallabagFormat(FileFormat):
    """The reader of wallabag's JSON."""

    name = "wallabag"
    rank = Rank.PAGE

    def fits(self, head: bytes) -> bool:
        """Return whether the file is JSON of pages, each with a state that wallabag gives it.

        >>> WallabagFormat().fits(b'[{"title": "", "url": "", "is_fav": "0", "content": ""}]')
        True
        """
        return opening.names(head, "title", "url") and any(
            opening.names(head, state) for state in _STATES
        )

    def outcomes(self, file: CapturedFile, opened: IO[bytes]) -> Iterator[Outcome]:
        """An article for each entry."""
        head = opened.read(_HEAD)
        placed_entries = placed_values(PrefixedFile(head, opened), file.name, _place(head))
        entries = (
            placed if isinstance(placed, Skipped) else lenient_json.inside(placed.value)
            for placed in placed_entries
        )
        yield from entry_outcomes(file.name, entries, annotations=self._options.annotations)


def _place(head: bytes) -> str:
    """Where the entries are: the list that the file is, that of the API, or the file alone."""
    if opening.is_list(head):
        return "item"
    return "_embedded.items.item" if _EMBEDDED.search(head) else ""
