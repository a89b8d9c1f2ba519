"""How is a question understood over the words of an index, of this process or at a distance?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, Protocol, TypeVar, cast

from whoosh.query import Query

from index.answering.distant_words import DistantWords
from index.engines import (
    DistantReader,
    Halfway,
    Look,
    Near,
    Page,
    PageRequest,
    Prefix,
    Reader,
    SearchResult,
    Words,
)
from index.engines.in_process import work
from index.question import query
from index.question.pruning import IndexWords
from index.question.vocabulary.expanding import Vocabulary

Value = TypeVar("Value")


class KnownWords(Vocabulary, Protocol):
    """The words of an index known so far, and how many records match some trees."""

    def search(self, tree: Query, count: int) -> SearchResult: ...

    @property
    def lost(self) -> bool:
        """Whether some words that were read as held turned out to be in no record."""

    @property
    def stopped(self) -> bool:
        """Whether some totals were too much work, and given as 0."""

    @property
    def presence(self) -> IndexWords:
        """What says which words partial matches may go without: no look is taken for it."""

    @property
    def estimate(self) -> int | None:
        """About how many records match the question, where that was counted (see `settled`)."""

    def total(self, reading: Callable[[], Query]) -> int:
        """Return how many records match the tree of a reading."""

    def exactly(self, reading: Callable[[], Query]) -> int:
        """The same, however much work that is."""

    def sample(self, tree: Query, count: int) -> list[bytes]:
        """What was stored with the best records."""

    def latest(self, tree: Query, count: int) -> list[bytes]:
        """What was stored with the newest records."""

    def foresee(self, reading: Callable[[], object]) -> None:
        """What a reading wants that is perhaps wanted later, and may come on the same trip."""

    def settled(
        self,
        reading: Callable[[], Value],
        counted: Callable[[Value], Query | None] | None = None,
        *,
        trusting: bool = False,
        likely: Callable[[Value], int | None] | None = None,
    ) -> Value:
        """What a reading of these words comes to, once all that it wants is known.

        counted: gives the tree, of a reading as if the index held everything, of which an engine
        is to know beforehand about how many records match it (`PageRequest.estimate`).
        trusting: words that are perhaps in no record any more are read as held until the next
        trip (see `Look`). likely: gives, of a reading over what the process remembers of words,
        about how many records match; a page is then asked for at once, with what is lacking.
        """

    def page(
        self,
        request: PageRequest,
        foresight: Callable[[], object],
        guidance: Callable[[Halfway], object],
        again: Callable[[], PageRequest],
    ) -> Page:
        """A page of answers. Raises WordsLost.

        foresight: a reading of what may come to be wanted. guidance: one of what is said beside
        the page, from what is counted. Both are looked at on the way, the second once the page is
        counted. again: what is asked for, read over the words as they are known by then. Raises
        WordsLost when that is another page, since some words are lost.
        """


def known_words(reader: Reader) -> KnownWords:
    """Return the words of an index, of this process or distant."""
    return DistantWords(cast(DistantReader, reader)) if reader.distant else LocalWords(reader)


def understood(
    reader: Reader, question_text: str, *, now: datetime, synonyms: Mapping[str, tuple[str, ...]]
) -> query.Question:
    """A question as `query.parse` understands it, in few looks."""
    words = known_words(reader)
    return words.settled(lambda: query.parse(question_text, words, now=now, synonyms=synonyms))


def affordable(reader: Reader, tree: Query) -> bool:
    """Whether a tree may be asked as it is, several times; a cluster stops what lasts by itself."""
    return reader.distant or work.WorkBudget(reader, work.EVALUATION).allows("counts", tree)


class LocalWords:
    """The words of an index of this process."""

    lost = False
    estimate: int | None = None

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._answers: dict[Any, Words] = {}
        self._offers = work.WorkBudget(reader, work.OFFERS)
        self._spared = work.WorkBudget(reader, work.EVALUATION)
        # a sentence asks a thousand times for some hundred words
        self.freq = cache(reader.freq)
        self.slips = reader.slips

    def words(self, field: str, prefix: str, limit: int | None = None) -> Words:
        """As the reader gives them; a question read again asks for the same."""
        return self._get(Prefix(field, prefix, limit), self._reader.words)

    def near(self, field: str, word: str, faults: int, heads: Sequence[str]) -> Words:
        return self._get(Near(field, word, faults, tuple(heads)), self._reader.near)

    def _get(self, key: Any, ask: Callable[..., Words]) -> Words:
        if key not in self._answers:
            self._answers[key] = ask(*key)
        return self._answers[key]

    def search(self, tree: Query, count: int) -> SearchResult:
        """As the reader answers; as if something matched once that is as much as it may spare."""
        if not self._spared.allows("counts", tree):
            return SearchResult(1, [])
        return self._reader.search(tree, count)

    @property
    def presence(self) -> IndexWords:
        return self

    @property
    def stopped(self) -> bool:
        return bool(self._offers.stopped)

    def total(self, reading: Callable[[], Query]) -> int:
        if self._offers.stopped:
            return 0
        tree = reading()
        if not self._offers.allows("suggestions", tree, counted=work.MATCHED):
            return 0
        return self._reader.look(Look(totals=[tree])).totals[0]

    def exactly(self, reading: Callable[[], Query]) -> int:
        return self._reader.look(Look(totals=[reading()])).totals[0]

    def sample(self, tree: Query, count: int) -> list[bytes]:
        return self._reader.look(Look(samples=[(tree, count)])).samples[0]

    def latest(self, tree: Query, count: int) -> list[bytes]:
        return self._reader.look(Look(latest=[(tree, count)])).latest[0]

    def foresee(self, reading: Callable[[], object]) -> None:
        """Nothing: it is asked when it is wanted."""

    def settled(
        self,
        reading: Callable[[], Value],
        counted: Callable[[Value], Query | None] | None = None,
        *,
        trusting: bool = False,
        likely: Callable[[Value], int | None] | None = None,
    ) -> Value:
        return reading()

    def page(
        self,
        request: PageRequest,
        foresight: Callable[[], object],
        guidance: Callable[[Halfway], object],
        again: Callable[[], PageRequest],
    ) -> Page:
        return self._reader.page(request)
