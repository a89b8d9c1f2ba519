"""What is known of the words of an index at a distance, where each look is a trip?

A question is read over words that are not known yet: what it wanted of them is gathered, asked
all at once, and the question is read again, until nothing is missing. What comes out is what the
index itself would have made it, word by word.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from whoosh.query import Query

from index import french
from index.engines import (
    DistantReader,
    Halfway,
    Look,
    LookAnswer,
    Near,
    Page,
    PageRequest,
    Prefix,
    SearchResult,
    Term,
    Words,
)
from index.question.pruning import IndexWords
from index.question.vocabulary.expanding import Vocabulary
from index.question.vocabulary.likeness import one_fault

Value = TypeVar("Value")
# How many passages there are: what words weigh beside others is asked of it.
_SIZE = Term("state", "visible")
# Readings after which a question is read with what is known: each learns something.
_READINGS = 12


class WordsLost(Exception):
    """What was trusted of some words is not so, and a page was asked for otherwise."""


class _PossibleWords:
    """What is known of the words of an index, the others being held perhaps."""

    def __init__(self, answers: Mapping[Any, Any]) -> None:
        self._answers = answers

    def freq(self, field: str, term: str) -> int:
        count: int = self._answers.get(Term(field, term), 1)
        return count

    def search(self, tree: Query, count: int) -> SearchResult:
        """As if something matched."""
        return SearchResult(1, [])


class _Total(NamedTuple):
    tree: str


class _Sample(NamedTuple):
    tree: str
    most: int


class _Latest(NamedTuple):
    tree: str
    most: int


class DistantWords(Vocabulary):
    """The words of an index at a distance: each look is a trip."""

    stopped = False

    def __init__(self, reader: DistantReader) -> None:
        self._reader = reader
        self._answers: dict[Any, Any] = {}
        # what a reading wanted and is not known: the trees of totals and samples, else None
        self._missing: dict[Any, Query | None] = {}
        self._misses = 0
        self._assumed = 0
        # words that were trusted to be held, until the next trip looks for them
        self._trusting = False
        self._unverified: Sequence[Term] = ()
        self.lost = False
        self.estimate: int | None = None
        # what a question was read without, to be asked for with its page; and the words that were
        # known when it was
        self._pending: dict[Any, Query | None] = {}
        self._presence: IndexWords | None = None

    @property
    def assuming(self) -> bool:
        """Whether what is not known is read as if the index held it."""
        return bool(self._assumed)

    def freq(self, field: str, term: str) -> int:
        count: int = self._get(Term(field, term), self._assumed)
        return count

    def words(self, field: str, prefix: str, limit: int | None = None) -> Words:
        words: Words = self._get(Prefix(field, prefix, limit), [])
        return words

    def near(self, field: str, word: str, faults: int, heads: Sequence[str]) -> Words:
        if self._unread:
            self._misses += 1
            return []
        words: Words = self._get(Near(field, word, faults, tuple(heads)), [])
        return words

    def slips(self, field: str, word: str) -> Words:
        if self._unread:
            self._misses += 1
            return []
        return super().slips(field, word)

    @property
    def _unread(self) -> bool:
        """Whether nothing is known yet: words like one are then not looked for.

        They are dear (the slips of a word are some hundreds), and hardly ever wanted once it is
        known what is held; read as if all were held, a question wants only what its signs ask for.
        """
        return bool(self._missing) and not self._answers and not self._assumed

    @property
    def presence(self) -> IndexWords:
        # what stands in the place of a lacking word is known late: its other columns would be a
        # trip before the page, and it costs an engine little to look them up
        if self._assumed or not self._answers:
            return self
        return self._presence or _PossibleWords(self._answers)

    def search(self, tree: Query, count: int) -> SearchResult:
        """As if something matched: whether it does only spares an engine some work."""
        return SearchResult(1, [])

    def total(self, reading: Callable[[], Query]) -> int:
        return self._total(reading, 0)

    def exactly(self, reading: Callable[[], Query]) -> int:
        return self._total(reading, self._assumed)

    def _total(self, reading: Callable[[], Query], otherwise: int) -> int:
        before = self._misses
        tree = reading()
        if self._misses > before:
            # another tree, perhaps, once its words are known
            return otherwise
        count: int = self._get(_Total(repr(tree)), otherwise, tree)
        return count

    def sample(self, tree: Query, count: int) -> list[bytes]:
        stored: list[bytes] = self._get(_Sample(repr(tree), count), [], tree)
        return stored

    def latest(self, tree: Query, count: int) -> list[bytes]:
        stored: list[bytes] = self._get(_Latest(repr(tree), count), [], tree)
        return stored

    def foresee(self, reading: Callable[[], object]) -> None:
        # before anything is known all is lacking, and a trip is taken only for what is missing
        if self._answers and self._missing and self._presence is None:
            reading()

    def settled(
        self,
        reading: Callable[[], Value],
        counted: Callable[[Value], Query | None] | None = None,
        *,
        trusting: bool = False,
        likely: Callable[[Value], int | None] | None = None,
    ) -> Value:
        self._trusting, self._pending, self._presence = trusting, {}, None
        for _ in range(_READINGS):
            value, look = self._needs(reading, counted if not self._answers else None)
            if not self._missing:
                break
            if likely is not None and not self._answers:
                missing = {**self._missing}
                foretold = self._foretold(reading, likely, look)
                if foretold is not None:
                    return foretold
                self._presence, self._missing = None, missing
            answer = self._reader.look(look)
            self._learn(answer)
            if look.estimate is not None:
                self.estimate = answer.estimate
        return value

    def _foretold(
        self, reading: Callable[[], Value], likely: Callable[[Value], int | None], look: Look
    ) -> Value | None:
        """Return a question as read with the words that the process remembers, and no others.

        None where it remembers none, or where another reading is likely: `likely` tells. The words
        that are lacking are asked for with the page.
        """
        remembered = self._reader.remembered(look)
        if not remembered:
            return None
        for key, answer in remembered.items():
            self._note(key, answer)
        self._presence = _PossibleWords({**self._answers})
        requests = {**self._missing}
        self._missing.clear()
        value = reading()
        # what the lacking words lead to is asked for with them
        requests = requests | self._missing if self._missing else {}
        self.estimate = likely(value)
        if self.estimate is None:
            return None
        self._pending = {key: tree for key, tree in requests.items() if key not in self._answers}
        return value

    def page(
        self,
        request: PageRequest,
        foresight: Callable[[], object],
        guidance: Callable[[Halfway], object],
        again: Callable[[], PageRequest],
    ) -> Page:
        def later(halfway: Halfway) -> Look:
            self._learn(halfway.looked)
            self._trusting = False
            if (halfway.looked.lost or self._pending) and not self._stands(request, again):
                self.estimate = halfway.records
                raise WordsLost
            _, look = self._needs(lambda: guidance(halfway))
            return look

        if self._pending:
            # what would be offered is not known before the words are
            self._missing, self._trusting, self.lost = {**self._pending}, False, True
            look = self._look(None)
        else:
            _, look = self._needs(foresight)
        page = self._reader.page(request._replace(look=look, later=later, estimate=self.estimate))
        self._learn(page.looked_later)
        return page

    def _stands(self, request: PageRequest, again: Callable[[], PageRequest]) -> bool:
        """Whether a page is asked for in the same way, now that more is known of its words."""
        self._missing.clear()
        return repr(again()) == repr(request) and not self._missing

    def _lose(self, terms: Collection[Term]) -> None:
        """Take note that no record holds some words that were trusted to be held."""
        self.lost = True
        self._answers |= dict.fromkeys(terms, 0)
        for key, words in [*self._answers.items()]:
            if type(key) not in (Prefix, Near):
                continue
            remaining = [pair for pair in words if Term(key.field, pair[0]) not in terms]
            if type(key) is Prefix and len(words) == key.limit and len(remaining) < key.limit:
                # others come in their place
                del self._answers[key]
            else:
                self._answers[key] = remaining

    def _needs(
        self, reading: Callable[[], Value], counted: Callable[[Value], Query | None] | None = None
    ) -> tuple[Value, Look]:
        """Return the result of a reading with the words known so far, and the look it needs."""
        self._missing.clear()
        value = reading()
        estimated = None
        if self._missing:
            # read as if the index held everything it also wants what hangs from that
            self._assumed = 1
            reading_tree = reading()
            self._assumed = 0
            estimated = None if counted is None else counted(reading_tree)
            self._missing |= dict.fromkeys([*self._stems(), *self._irregular_stems()])
        return value, self._look(estimated)

    def _look(self, estimated: Query | None) -> Look:
        """The look at all that is missing."""
        missing = self._missing.items()
        return Look(
            self._wants(Term),
            self._wants(Prefix),
            self._wants(Near),
            [tree for key, tree in missing if type(key) is _Total and tree is not None],
            [
                (tree, key.most)
                for key, tree in missing
                if type(key) is _Sample and tree is not None
            ],
            estimated,
            [
                (tree, key.most)
                for key, tree in missing
                if type(key) is _Latest and tree is not None
            ],
            self._unverified,
            self._trusting,
        )

    def _stems(self) -> list[Near]:
        """The stems that look like those of words looked for: one of them weighs what is meant."""
        if _SIZE not in self._answers and _SIZE not in self._missing:
            # a word alone weighs nothing beside others
            return []
        near_stems = [
            near._replace(field="stem", word=stem)
            for near in self._wants(Near)
            # those of the text are those of the title
            if near.field == "text"
            # a fault at the end hides what the stem would be
            for stem in (french.stem(near.word), near.word[: -near.faults])
        ]
        return [near for near in near_stems if near not in self._answers]

    def _irregular_stems(self) -> Iterator[Term]:
        """Yield the stems that begin no form of theirs (doivent, devoir), of what may be meant.

        They look like no stem of what was typed. Of what is further than a fault they are asked
        for on a trip of their own.
        """
        if _SIZE not in self._answers and _SIZE not in self._missing:
            return
        for word in {near.word for near in self._wants(Near) if near.field == "text"}:
            for form in {*one_fault(word)}:
                stem = french.stem(form)
                if not form.startswith(stem[:-1]):
                    term = Term("stem", stem)
                    if term not in self._answers:
                        yield term

    def _get(self, key: Any, otherwise: Any, tree: Query | None = None) -> Any:
        if key not in self._answers:
            self._missing[key] = tree
            self._misses += 1
            return otherwise
        return self._answers[key]

    def _learn(self, answer: LookAnswer) -> None:
        """Note what a look at all that was missing gave."""
        if answer.lost:
            self._lose({*answer.lost})
        self._unverified = answer.unverified
        for kind, values in (
            (Term, answer.terms),
            (Prefix, answer.prefixes),
            (Near, answer.near),
            (_Total, answer.totals),
            (_Sample, answer.samples),
            (_Latest, answer.latest),
        ):
            for key, value in zip(self._wants(kind), values, strict=True):
                self._note(key, value)

    def _note(self, key: Any, value: Any) -> None:
        """Note an answer; a list of words says of each how many records hold it."""
        self._answers[key] = value
        if type(key) in (Prefix, Near):
            self._answers |= {Term(key.field, word): records for word, records in value}

    def _wants(self, kind: type) -> list[Any]:
        return [key for key in self._missing if type(key) is kind]
