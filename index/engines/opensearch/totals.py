"""How many records match the other trees of a page?

Of a single word the words tell it, and of what the page itself finds the page: a search is asked
for the others alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from index.engines.opensearch.snapshot import Body, Snapshot
from index.engines.opensearch.vocabulary import total
from index.engines.requests import PageRequest


class Totals:
    """The searches that count, and the reading of their answers."""

    def __init__(self, snapshot: Snapshot, page_request: PageRequest) -> None:
        page_total = total(page_request.tree)
        # None: the page tells it
        self._counting: list[Body | int | None] = []
        for tree in page_request.totals:
            body = total(tree)
            records = snapshot.counted(tree)
            search_or_total = body if records is None else records
            self._counting.append(None if body == page_total else search_or_total)
        self.searches = [body for body in self._counting if isinstance(body, dict)]

    def read(self, page_total: int, answers: Iterator[Any]) -> list[int]:
        """Return the totals in the order asked, from the answers to `searches`.

        page_total: how many records match the tree of the page.
        """
        totals = []
        for counting in self._counting:
            if isinstance(counting, dict):
                totals.append(int(next(answers)["hits"]["total"]["value"]))
            else:
                totals.append(page_total if counting is None else counting)
        return totals
