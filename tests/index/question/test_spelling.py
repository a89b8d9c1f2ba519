"""Which words are offered for a misspelt one?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from index.question.vocabulary import spelling
from index.question.vocabulary.expanding import Vocabulary, heads


class Words(Vocabulary):
    """A vocabulary of the given words, each with its number of passages."""

    def __init__(self, **counts: int) -> None:
        self._counts = counts

    def freq(self, field: str, term: str) -> int:
        return self._counts.get(term, 0) if field == "text" else 0

    def words(self, field: str, prefix: str, limit: int | None = None) -> list[tuple[str, int]]:
        if field != "text":
            return []
        matching_words = [pair for pair in self._counts.items() if pair[0].startswith(prefix)]
        return sorted(matching_words, key=lambda pair: (-pair[1], pair[0]))[:limit]


HELD = Words(
    midjourney=40,
    metallurgie=12,
    langage=30,
    orthographe=9,
    artiste=50,
    artistes=60,
    attiste=1,
    openai=80,
    photo=20,
    vote=5,
    note=70,
    sora=90,
    fait=10,
    fact=3,
)


@pytest.mark.parametrize(
    ("typed", "best"),
    [
        ("midjourny", "midjourney"),
        ("Midjuorney", "midjourney"),
        ("métalurgie", "metallurgie"),
        ("language", "langage"),
        ("ortografe", "orthographe"),
        ("foto", "photo"),
        ("qrtiste", "artiste"),
        ("penai", "openai"),
        ("soar", "sora"),
    ],
)
def test_the_word_meant_comes_first(typed: str, best: str) -> None:
    suggestions = spelling.suggest(typed, HELD)
    assert suggestions[0][0] == best
    assert suggestions[0][1] == HELD.freq("text", best)


@pytest.mark.parametrize(
    "typed", ["sora", "artistes", "xyzzy", "ab", "", "5G", "a" * 300, "\ud800"]
)
def test_a_known_or_hopeless_word_gets_no_offer(typed: str) -> None:
    assert spelling.suggest(typed, HELD) == []


def test_a_rare_form_hides_words_at_one_slip_and_no_other_is_looked_for() -> None:
    """Those further are dear to look for, and are not what a slip hides."""

    class Asked(Words):
        faults: ClassVar[list[int]] = []

        def near(
            self, field: str, word: str, faults: int, heads: Sequence[str]
        ) -> list[tuple[str, int]]:
            self.faults.append(faults)
            return super().near(field, word, faults, heads)

    vocabulary = Asked(significative=2, signification=500, embarrase=1, embarrasse=300, bm=1, am=90)
    assert spelling.hidden("significative", vocabulary) == []
    assert spelling.hidden("embarrase", vocabulary) == [("embarrasse", 300)]
    # of two letters nothing can be told
    assert spelling.hidden("bm", vocabulary) == []
    assert {*Asked.faults} == {1}


def test_a_neighbouring_key_is_likelier_than_a_far_one() -> None:
    # on an AZERTY keyboard r is beside t and a above q, but m is far from r, and from v
    assert spelling.cost("attiste", "artiste") < spelling.cost("amtiste", "artiste")
    assert spelling.cost("qrtiste", "artiste") < spelling.cost("irtiste", "artiste")
    assert spelling.cost("bote", "vote") < spelling.cost("mote", "vote")


def test_sounding_alike_is_the_likeliest_of_faults() -> None:
    assert spelling.sound("photographe") == spelling.sound("fotografe")
    assert spelling.cost("foto", "photo") < spelling.cost("phoro", "photo")


def test_the_more_frequent_word_wins_between_words_as_near() -> None:
    vocabulary = Words(fable=3, faible=9)
    assert [word for word, _ in spelling.suggest("fible", vocabulary)] == ["faible", "fable"]


@given(st.text("abco", min_size=1, max_size=8), st.data())
def test_every_word_at_one_fault_begins_as_said(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("abcoz9"))
    slips = {
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
        word + letter,
    }
    beginnings = tuple(heads(word))
    for slip in slips - {""}:
        assert OSA.distance(word, slip) <= 1
        assert slip.startswith(beginnings), slip


def test_no_beginning_begins_another() -> None:
    beginnings = heads("fotografe", [("f", "ph")])
    assert not any(
        beginning != longer and longer.startswith(beginning)
        for beginning in beginnings
        for longer in beginnings
    )
