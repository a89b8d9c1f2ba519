"""What does a question ask of an index, and which others could be asked in its place?

A question is read again and again over words that a distant index says a few at a time (see
`looking`): each of these methods may be called several times, and asks for the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import cache
from itertools import islice
from math import prod
from typing import NamedTuple

from whoosh import query as nodes

from index.answering import suggesting
from index.answering.facets import FACETS, NARROWED
from index.answering.filters import Filters, narrowed
from index.answering.looking import KnownWords
from index.answering.written_words import Spellings
from index.engines import Order
from index.engines.in_process import lookups
from index.engines.ranking import FEW, MANY
from index.question import query
from index.question.clauses import all_of
from index.question.pruning import pruned
from index.record import WORD_FIELDS
from index.results import Piece, Suggestion

Parse = Callable[[str], query.Question]


class Reading(NamedTuple):
    """A question, and the trees that are asked for it, within its filters."""

    question: query.Question
    tree: nodes.Query
    partial: nodes.Query | None
    sentence: nodes.Query | None
    beside: dict[str, nodes.Query]
    """What the values of a facet that is narrowed are counted over."""
    holding: list[nodes.Query]


class Asking:
    """A question's text and filters over the words of an index, as far as they are known.

    parse: how a text is read over these words. now: aware, what « hier » means. again: whether the
    words change between two readings, so that each text must be read again.
    """

    def __init__(
        self, words: KnownWords, filters: Filters, parse: Parse, *, now: datetime, again: bool
    ) -> None:
        self._now = now
        self._words = words
        self._filters = filters
        self._narrowing = filters.nodes()
        self._parse = parse if again else cache(parse)
        self.spellings = Spellings(words)

    def reading(self, text: str, facets: Sequence[str]) -> Reading:
        """What is asked for the question, and for the facets that are narrowed."""
        question = self._parse(text)
        self._words.foresee(lambda: self.foreseen(question))
        return Reading(
            question,
            pruned(narrowed(question, self._filters), self._words.presence),
            self._within(question.partial),
            self._within(question.sentence),
            {
                FACETS[name]: pruned(
                    narrowed(question, self._filters, self._filters.without(name)),
                    self._words.presence,
                )
                for name in facets
                if name in NARROWED and getattr(self._filters, name)
            },
            [pruned(tree, self._words.presence) for tree in question.holding if tree is not None],
        )

    def foreseen(self, question: query.Question, tree: nodes.Query = nodes.NullQuery) -> None:
        """Ask for what would be offered if nothing answered, where a word is lacking.

        tree: what is asked for the question; where enough surely matches it, nothing is offered.
        """
        least = max(_at_least(tree, self._words), self._words.estimate or 0)
        if not question.absent and least >= FEW:
            return
        if self._words.estimate == 0 or suggesting.lacks(self._words, question):
            offers = self.corrections(question)
            # the rarest pieces first, as once they are counted
            totals = (
                lookups.matching(holding, self._words.freq, _ANY)
                for holding in question.holding
                if holding is not None
            )
            self.nearby(question, counted(question, totals), fuzzy=not offers)

    def likely(self, reading: Reading) -> int | None:
        """Return about how many records match a question; None where perhaps none does.

        Words that a question has together stand together more often than chance would have it.
        """
        frequency = self._words.freq
        size = frequency("state", "visible") or _ANY
        most = lookups.matching(reading.tree, frequency, size)
        tree = reading.tree.a if isinstance(reading.tree, nodes.AndMaybe) else reading.tree
        if not most or not isinstance(tree, nodes.And):
            return most or None
        shares = (lookups.matching(part, frequency, size) / size for part in tree.subqueries)
        by_chance = round(prod(shares) * size)
        return max(by_chance, min(most, _TOGETHER * (by_chance + 1), MANY - 1))

    def corrections(self, question: query.Question) -> tuple[Suggestion, ...]:
        """The question with other spellings that find something."""
        return suggesting.did_you_mean(
            self._words, question, self._count, self._count_partly, self.spellings
        )

    def nearby(
        self, question: query.Question, pieces: Sequence[Piece], *, fuzzy: bool
    ) -> tuple[Suggestion, ...]:
        """The wider questions that find something; with approximate words if `fuzzy`."""
        everywhere = self._count_everywhere if self._narrowing else None
        return suggesting.ladder(
            question, pieces, self._count, everywhere, now=self._now, fuzzy=fuzzy
        )

    def _within(self, tree: nodes.Query | None) -> nodes.Query | None:
        return (
            None if tree is None else pruned(all_of([tree, *self._narrowing]), self._words.presence)
        )

    def _count(self, text: str) -> int:
        """How many passages another question finds within the filters."""
        return self._words.total(lambda: all_of([self._parse(text).tree, *self._narrowing]))

    def _count_everywhere(self, text: str) -> int:
        """The same without the filters."""
        return self._words.total(lambda: all_of([self._parse(text).tree]))

    def _count_partly(self, text: str) -> int:
        """How many hold a part of what another question asks, within the filters."""
        return self._words.total(lambda: all_of([self._loosely(text), *self._narrowing]))

    def _loosely(self, text: str) -> nodes.Query:
        question = self._parse(text)
        return question.sentence or question.partial or nodes.NullQuery


# Passages that have all words of a question, for each that would have them by chance.
_TOGETHER = 10
# More records than an index has.
_ANY = 2**62
# Clauses of a tree that is counted beforehand: one that nothing was left out of may have thousands.
_CLAUSES = 500


def counted_before(order: Order | None, reading: Reading) -> nodes.Query | None:
    """Return the tree whose matches say what a page of it will want, or None.

    Partial matches follow few full ones.
    """
    tree = reading.tree
    by_relevance = (order or reading.question.order or "relevance") == "relevance"
    loose = reading.partial is not None or reading.sentence is not None
    if not (by_relevance and loose) or tree == nodes.NullQuery:
        return None
    return None if any(islice(tree.leaves(), _CLAUSES, None)) else tree


def _at_least(tree: nodes.Query, words: KnownWords) -> int:
    """Return how many records match a tree, at least, as far as the words alone tell."""
    match tree:
        case nodes.Term(fieldname=name, text=text) if name in WORD_FIELDS:
            return words.freq(name, text)
        case nodes.Or(subqueries=subs):
            return max((_at_least(sub, words) for sub in subs), default=0)
        case nodes.AndMaybe(a=required):
            return _at_least(required, words)
    return 0


def counted(question: query.Question, totals: Iterable[int | None]) -> tuple[Piece, ...]:
    """The pieces, each with how many passages of the whole index hold it."""
    counts = iter(totals)
    return tuple(
        piece if holding is None else piece._replace(passages=next(counts))
        for piece, holding in zip(question.pieces, question.holding, strict=True)
    )
