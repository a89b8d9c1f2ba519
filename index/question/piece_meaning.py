"""What does a piece of a question come to, once it was looked up in the index?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from index.question import clauses
from index.question.clauses import Clause, Scope
from index.question.combining import Part, every, gathered


class PieceMeaning(NamedTuple):
    """A piece looked up: its kind, its clause, what it covers, and the words that must be there."""

    kind: str
    clause: Clause
    matches: tuple[str, ...]
    words: tuple[str, ...] = ()
    loose: bool = False
    instead: tuple[str, ...] = ()
    """Of a word that the index lacks, those that were perhaps meant."""
    meant: Clause | None = None
    """The clause of these."""
    plainly: tuple[Clause, ...] = ()
    """The words of a quote, each as a plain word."""

    def requiring(self, forms: Sequence[str], scope: Scope) -> PieceMeaning:
        """Return the same with these forms required too, wherever they are in the passage."""
        required = [clauses.forms(scope, clauses.everywhere([form])) for form in forms]
        united = every(gathered([*map(Part, (self.clause, *required))]))
        if united is None:
            return self
        return self._replace(clause=united.clause, matches=(*self.matches, *forms))
