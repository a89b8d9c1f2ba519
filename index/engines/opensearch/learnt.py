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
from index.engines.requests import Look, Looked
from index.engines.words import Words

_WORDS = 20_000
# So many lists of words, none of them longer.
_LISTS, _LONGEST = 2_000, 200


class Recalled(NamedTuple):
    """A look: what of it is known, by what was asked, and what is still to be asked."""

    wanted: Look
    known: Mapping[Any, Any]
    lacking: Look


class Learnt:
    """The words of one state, those that were asked for first forgotten first; threads share it."""

    def __init__(self) -> None:
        self._words: Memo[int] = Memo(_WORDS)
        self._lists: Memo[Words] = Memo(_LISTS)

    def recall(self, wanted: Look) -> Recalled:
        """What is known of a look.

        >>> from index.engines.requests import Term
        >>> learnt, wanted = Learnt(), Look(terms=[Term("text", "mer"), Term("text", "vent")])
        >>> learnt.learn(learnt.recall(Look(terms=wanted.terms[:1])), Looked([3])).terms
        [3]
        >>> recalled = learnt.recall(wanted)
        >>> recalled.lacking.terms, learnt.learn(recalled, Looked([5])).terms
        ([Term(field='text', text='vent')], [3, 5])
        """
        known: dict[Any, Any] = {}
        for memo, some in (
            (self._words, wanted.terms),
            (self._lists, wanted.prefixes),
            (self._lists, wanted.near),
        ):
            held = ((key, memo.held(key)) for key in some)
            known |= {key: value for key, value in held if value is not None}
        lacking = wanted._replace(
            terms=[term for term in wanted.terms if term not in known],
            prefixes=[prefix for prefix in wanted.prefixes if prefix not in known],
            near=[near for near in wanted.near if near not in known],
        )
        return Recalled(wanted, known, lacking)

    def learn(self, recalled: Recalled, looked: Looked) -> Looked:
        """The whole look, once what was lacking is answered."""
        wanted, known, lacking = recalled
        words = dict(zip(lacking.terms, looked.terms, strict=True))
        lists: dict[Any, Words] = dict(zip(lacking.prefixes, looked.prefixes, strict=True))
        lists |= dict(zip(lacking.near, looked.near, strict=True))
        for word in words:
            self._words.get(word, partial(words.__getitem__, word))
        for key in lists:
            if len(lists[key]) <= _LONGEST:
                self._lists.get(key, partial(lists.__getitem__, key))
        every = {**known, **words, **lists}
        return replace(
            looked,
            terms=[every[term] for term in wanted.terms],
            prefixes=[every[prefix] for prefix in wanted.prefixes],
            near=[every[near] for near in wanted.near],
        )
