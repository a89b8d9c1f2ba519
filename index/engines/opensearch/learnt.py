"""What has a state of a cluster already said of words?

Whoever turns a page, or narrows a question, asks again for the words of the same question: a trip,
and half of the node's work for a page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

from index.engines.memo import Memo
from index.engines.requests import Look, LookAnswer, Term
from index.engines.words import Words

_WORDS = 20_000
# So many lists of words, none of them longer.
_LISTS, _LONGEST = 2_000, 200
# Pages of a state after which its commonest words are worth what they cost a node: some 50 pages'
# worth of what they save it, and each of these pages comes a trip sooner.
_PAGES = 10


class CachedLook(NamedTuple):
    """A look: what of it is known, by what was asked, and what is still to be asked."""

    lookups: Look
    values: Mapping[Any, Any]
    lacking: Look


class LearntWords:
    """The words of one state, those that were asked for first forgotten first; threads share it."""

    def __init__(self) -> None:
        self._words: Memo[int] = Memo(_WORDS)
        self._lists: Memo[Words] = Memo(_LISTS)
        # of words that may be in no record, whether one holds them
        self._verdicts: Memo[bool] = Memo(_WORDS)
        self._pages = 0
        self._commonest: Mapping[Term, int] | None = None

    def verdict(self, word: tuple[str, str]) -> bool | None:
        """Whether a record holds a word of a field, where that was looked up; else None."""
        return self._verdicts.peek(word)

    def judge(self, word: tuple[str, str], is_held: bool) -> None:
        """Note whether a record holds a word of a field."""
        self._verdicts.get(word, lambda: is_held)

    def frequency(self, term: Term) -> int | None:
        """How many records hold a term, where that was said; else None."""
        records = self._words.peek(term)
        return (self._commonest or {}).get(term) if records is None else records

    @property
    def wants_commonest(self) -> bool:
        """Whether the commonest words are to be asked for: once, of a process that serves."""
        return self._commonest is None and self._pages >= _PAGES

    def answer_page(self) -> None:
        """Count a page that was answered."""
        self._pages += 1

    def learn_commonest(self, frequencies: Mapping[Term, int]) -> None:
        """Note how many records hold each of the commonest words."""
        self._commonest = frequencies

    def recall(self, lookups: Look) -> CachedLook:
        """Return the known and the lacking parts of a look.

        >>> from index.engines.requests import Term
        >>> learnt, lookups = LearntWords(), Look(terms=[Term("text", "mer"), Term("text", "vent")])
        >>> learnt.learn(learnt.recall(Look(terms=lookups.terms[:1])), LookAnswer([3])).terms
        [3]
        >>> cached = learnt.recall(lookups)
        >>> cached.lacking.terms, learnt.learn(cached, LookAnswer([5])).terms
        ([Term(field='text', text='vent')], [3, 5])
        """
        stored: list[tuple[Any, Any]] = [(term, self.frequency(term)) for term in lookups.terms]
        stored += [(key, self._lists.peek(key)) for key in (*lookups.prefixes, *lookups.near)]
        values = {key: value for key, value in stored if value is not None}
        lacking = lookups._replace(
            terms=[term for term in lookups.terms if term not in values],
            prefixes=[prefix for prefix in lookups.prefixes if prefix not in values],
            near=[near for near in lookups.near if near not in values],
        )
        return CachedLook(lookups, values, lacking)

    def learn(self, cached: CachedLook, looked: LookAnswer) -> LookAnswer:
        """The whole look, once what was lacking is answered; what is not verified is not kept."""
        lookups, values, lacking = cached
        words = dict(zip(lacking.terms, looked.terms, strict=True))
        lists: dict[Any, Words] = dict(zip(lacking.prefixes, looked.prefixes, strict=True))
        lists |= dict(zip(lacking.near, looked.near, strict=True))
        unverified = {*looked.unverified}
        for word in words:
            if word not in unverified:
                self._words.get(word, partial(words.__getitem__, word))
        for key in lists:
            is_verified = all(Term(key.field, text) not in unverified for text, _ in lists[key])
            if len(lists[key]) <= _LONGEST and is_verified:
                self._lists.get(key, partial(lists.__getitem__, key))
        answers = {**values, **words, **lists}
        return replace(
            looked,
            terms=[answers[term] for term in lookups.terms],
            prefixes=[answers[prefix] for prefix in lookups.prefixes],
            near=[answers[near] for near in lookups.near],
        )
