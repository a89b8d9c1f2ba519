"""Which elements hold one comment, and what tells its date?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from indexer.html.finder.date_marks import DateMark


@dataclass(frozen=True, slots=True)
class Item:
    """Sibling elements that hold one comment, and what tells its date."""

    elements: tuple[Any, ...]
    date: DateMark

    @property
    def root(self) -> Any:
        return self.elements[0]
