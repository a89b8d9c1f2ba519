"""Where do pieces wait that belong together and come scattered, when they are too many to hold?

On disk, in a file that disappears: an export of comments gives its posts in the order of
their writing, and an article needs all of its own at once.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any, Self

import orjson

from indexer.files.opening import parsed


class Spool:
    """Pieces (plain data: lists, texts, numbers) by the name of what they belong to.

    Raises sqlite3.Error when the disk is full.

    >>> with Spool() as shelf:
    ...     shelf.put("b", 1); shelf.put("a", 2); shelf.put("b", 3)
    ...     list(shelf.of("b")), shelf.names()
    ([1, 3], ['b', 'a'])
    """

    def __init__(self) -> None:
        self._places: dict[str, int] = {}
        self._indexed = False
        self._base = sqlite3.connect("", isolation_level=None)
        self._base.execute("CREATE TABLE piece (place INTEGER, data BLOB)")
        self._base.execute("BEGIN")

    def put(self, name: str, piece: Any) -> None:
        """Keep a piece, after those already there."""
        place = self._places.setdefault(name, len(self._places))
        self._base.execute("INSERT INTO piece VALUES (?, ?)", (place, orjson.dumps(piece)))

    def names(self) -> list[str]:
        """What the pieces belong to, in the order of their first pieces."""
        return list(self._places)

    def of(self, name: str) -> Iterator[Any]:
        """Yield the pieces of one name, in the order they were put."""
        if not self._indexed:
            self._base.execute("CREATE INDEX by_place ON piece (place)")
            self._indexed = True
        rows = self._base.execute(
            "SELECT data FROM piece WHERE place = ? ORDER BY rowid", (self._places.get(name, -1),)
        )
        for (data,) in rows:
            yield parsed(data)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._base.close()
