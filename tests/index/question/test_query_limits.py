"""What is said of a question that is too much, or that is not understood?"""

from __future__ import annotations

import re
from collections import Counter

import pytest

from tests.index.question.parsed_questions import HELD, SmallVocabulary, codes, parse, tree

# --- limits


@pytest.mark.parametrize(
    ("question", "code", "start", "end"),
    [
        ("mot " * 200, "too_long", 511, 800),
        ("a" * 10_000, "too_long", 512, 10_000),
        (" ".join(f"m{n}" for n in range(40)), "too_many_words", 118, 149),
        ("(" * 9 + "a1" + ")" * 9, "too_deep", 8, 9),
        ('"' + "mot " * 14 + '"', "phrase_too_long", 49, 57),
        ('"a1 b2"~50', "slop_too_wide", 6, 10),
        ("a1 PRES/99 b2", "slop_too_wide", 3, 10),
        ("a1 b*", "prefix_too_short", 3, 5),
        ("*mot", "leading_wildcard", 0, 4),
        ("?mot", "leading_wildcard", 0, 4),
        ("mot~ bot~ lot~", "fuzzy_too_short", 0, 4),
        ("moto~9", "fuzzy_too_far", 0, 6),
        ("moto~ boto~ loto~", "too_many_fuzzy", 12, 17),
        (" ".join(f"abc{n}*" for n in range(9)), "too_many_wild", 48, 53),
    ],
)
def test_past_a_limit_the_question_is_cut_and_it_is_said_where(
    question: str, code: str, start: int, end: int
) -> None:
    rows = [(n.start, n.end) for n in parse(question, HELD).notices if n.code == code]
    assert rows[0] == (start, end)


def test_at_most_128_words_stand_for_a_prefix_most_frequent_first() -> None:
    many = SmallVocabulary(text=" ".join(f"abc{n:03}" for n in range(200)) + " abc150")
    question = parse("abc*", many)
    assert codes("abc*", many) == ["too_many_expansions"]
    assert len(question.tree.subqueries) == 128
    assert question.pieces[0].matches[:2] == ("abc150", "abc000")


def test_the_prefixes_of_a_question_share_the_words_that_they_stand_for() -> None:
    many = SmallVocabulary(
        text=" ".join(f"{letter}bc{n:03}" for letter in "abcdefgh" for n in range(200))
    )

    def words(question: str) -> dict[str, int]:
        words = {*re.findall(r"[a-h]bc\d{3}", repr(parse(question, many).tree))}
        return dict(Counter(word[0] for word in words))

    assert words("abc* OU bbc?*") == dict.fromkeys("ab", 128)
    assert words("abc* OU bbc* OU cbc* OU dbc?*") == dict.fromkeys("abcd", 64)
    question = "abc* OU bbc* OU cbc* OU dbc* OU ebc* OU fbc?* OU gbc* OU hbc*"
    assert words(question) == dict.fromkeys("abcdefgh", 32)
    notices = parse(question, many).notices
    assert len(notices) == 8
    assert all("plus de 32" in notice.message for notice in notices)


# --- what is not understood


@pytest.mark.parametrize(
    ("question", "code", "start", "end"),
    [
        ('"red team', "unclosed_quote", 0, 1),
        ("sora »", "unclosed_quote", 5, 6),
        ("(sora", "unclosed_bracket", 0, 1),
        ("sora)", "unclosed_bracket", 4, 5),
        ("sora OU", "dangling_operator", 5, 7),
        ("OU sora", "dangling_operator", 0, 2),
        ("sora SAUF", "dangling_operator", 5, 9),
        ("titre:", "dangling_operator", 0, 6),
        ("sora ()", "nothing_inside", 5, 7),
        ('sora ""', "nothing_inside", 5, 7),
        ("***", "not_a_word", 0, 3),
        ("…", "nothing_understood", 0, 1),
        ("-", "nothing_understood", 0, 1),
        ('"a1 b2" PRES/3 c3', "near_needs_words", 0, 17),
        ("bravo PRES/3 👍", "near_needs_words", 0, 14),
        ("bravo👍 PRES/3 c3", "near_needs_words", 0, 16),
        ("zzz*", "no_expansion", 0, 4),
        ("date:2024..2023", "dates_swapped", 0, 15),
    ],
)
def test_what_was_not_understood_is_said(question: str, code: str, start: int, end: int) -> None:
    rows = [(n.start, n.end) for n in parse(question, HELD).notices if n.code == code]
    assert rows == [(start, end)]


@pytest.mark.parametrize(
    "question", ["", "   ", "\u00a0", "***", "((((", "-", '"', "~", "OU", "zzz*"]
)
def test_a_question_of_nothing_finds_nothing(question: str) -> None:
    assert tree(question, HELD) == "∅"
    assert parse(question, HELD).partial is None


def test_messages_are_french_and_english_and_name_what_was_typed() -> None:
    notice = parse("midj* sora", HELD).notices
    assert notice == ()
    notice = parse("le sora").notices
    assert "« le »" in notice[0].message
    assert "“le”" in notice[0].message_en


@pytest.mark.parametrize(
    "question", ["***", "~", "l'", "après:32/13/2024", "commentaires>beaucoup", "()"]
)
def test_one_slip_has_one_notice(question: str) -> None:
    assert len(parse(question, HELD).notices) == 1


@pytest.mark.parametrize("question", ["vingt et un sora", "L. 123-4", "la S N C F"])
def test_no_word_of_one_thing_is_set_aside(question: str) -> None:
    pieces = parse(question, HELD).pieces
    assert {piece.text for piece in pieces if piece.kind == "common"} <= {"la"}


@pytest.mark.parametrize(
    ("question", "least"),
    [("commentaires>10", 11), ("commentaires>dix", 11), ("commentaires>1 000", 1001)],
)
def test_a_number_is_read_as_a_text_writes_it(question: str, least: int) -> None:
    (piece,) = parse(question, HELD).pieces
    assert piece.matches == (f"≥ {least}",)
