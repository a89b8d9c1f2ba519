"""Is any string at all a question, and in a bounded number of steps?"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import query as nodes

from index import french
from index.question.grammar import LIMITS, NAMED, WORDS
from index.question.trees import text_of
from tests.index.question.parsed_questions import HELD, parse, required

SIGNS = [
    *WORDS,
    *(f"{name}:" for field in NAMED for name in field.names),
    *"\"«»‹›“”„‟″()+-=|*?~@/:.,;!'‘’<>",
    *("~2", "PRES/5", "NEAR/99", "..", "commentaires>", "lecture<=", "10", "2024", "hier"),
    *("sora", "le", "la", "red", "team", "artis*", "m?t", "l’avocat", "red-team", "C++"),
    *("lecteur·rice·s", "150 000", "😀", "\x00", "\ud800", "\u0301", "\u202e", "漢字", "ﬁ", "İ"),
    *(" ", "  ", "\u00a0", "\u202f", "\n", "http://a.fr/?b=(c)", "a" * 70, "#Mot", "@moi"),
]
QUESTIONS = st.lists(st.sampled_from(SIGNS) | st.text(max_size=4), max_size=160).map("".join) | (
    st.text(max_size=700)
)
# how long one string takes has a test of its own
QUICK = settings(deadline=None)


def walk(tree: nodes.Query, depth: int = 0) -> int:
    """Refuse any node that engines do not compile, and any Not without a positive beside it."""
    text_of(tree)
    deepest = depth
    if type(tree) in (nodes.And, nodes.Or):
        children = list(tree.subqueries)
        assert len(children) > 1
        nots = [child for child in children if type(child) is nodes.Not]
        assert type(tree) is nodes.And or not nots
        assert len(nots) < len(children)
        assert nodes.NullQuery not in children
    elif type(tree) is nodes.AndMaybe:
        children = [tree.a, tree.b]
    elif type(tree) is nodes.Not:
        children = [tree.query]
    elif type(tree) is nodes.ConstantScoreQuery:
        children = [tree.child]
    else:
        if type(tree) is nodes.Phrase:
            assert 1 < len(tree.words) <= LIMITS.phrase
        return deepest
    return max(walk(child, depth + 1) for child in children)


@QUICK
@given(QUESTIONS)
def test_any_string_is_a_question(text: str) -> None:
    question = parse(text, HELD)
    assert question.text == text
    assert type(question.tree) is not nodes.Not
    assert walk(question.tree) <= 4 * LIMITS.depth + 8
    if question.partial is not None:
        assert walk(question.partial) <= 4 * LIMITS.depth + 8
    for holding_tree in question.holding:
        if holding_tree is not None:
            walk(holding_tree)
    assert len(question.holding) == len(question.pieces)
    for notice in question.notices:
        assert 0 <= notice.start < notice.end <= len(text)
        assert notice.message.encode()
        assert notice.message_en.encode()
    for piece in question.pieces:
        assert 0 <= piece.start < piece.end <= len(text)
        assert len(piece.text) == piece.end - piece.start
        assert piece.without.encode().decode() == piece.without
    assert sum(piece.kind != "common" for piece in question.pieces) <= LIMITS.terms


@QUICK
@given(QUESTIONS)
def test_one_string_gives_one_question(text: str) -> None:
    first, second = parse(text, HELD), parse(text, HELD)
    assert text_of(first.tree) == text_of(second.tree)
    assert (first.pieces, first.notices) == (second.pieces, second.notices)


@QUICK
@given(st.lists(st.sampled_from(["sora", "veo", "midjourney", "artiste", "openai"]), min_size=1))
def test_plain_words_read_the_same_with_or_without_capitals_and_accents(words: list[str]) -> None:
    question = " ".join(words)
    dressed = question.replace("e", "é").replace("o", "Ô").upper()
    assert required(question) == required(dressed)
    assert parse(question).words == tuple(dict.fromkeys(map(french.fold, words)))


HOSTILE = [
    *(sign * 512 for sign in "(\")«‹-+=~*?|@:.<>a1 \u0301\ud800😀'‘’,·"),
    *(
        sign * (512 // len(sign))
        for sign in ("(a", "a)", "OU ", "a OU ", "- ", "+-", "a:", "date:")
    ),
    *(sign * (512 // len(sign)) for sign in ("date:mars ", "titre:", "-(", '"a" ', 'x"', "m?t ")),
    *(
        sign * (512 // len(sign))
        for sign in ("a PRES/5 ", "ab* ", "a-", "l’", "‘a ", "’a b c’d ", "1 000 ", "a·", "@a ")
    ),
    *(sign * (512 // len(sign)) for sign in ("abcd~ ", "peutetre ", "commentaires>", "a<", "..")),
    "a*" * 256,
    "a" + "*b" * 250,
    "abc" + "?*" * 250,
    '"' + "ab* " * 127 + '"',
    '"' + "le " * 170 + '"~10',
    "date:" + "il y a " * 70,
    "x" * 10_000,
    "mot " * 100_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:12]))
def test_hostile_strings_take_a_bounded_number_of_steps(text: str, steps: Any) -> None:
    parse(text, HELD)
    assert steps(lambda: walk(parse(text, HELD).tree)) < 250_000


@QUICK
@given(QUESTIONS)
def test_what_is_left_of_a_question_is_a_question(text: str) -> None:
    for piece in parse(text, HELD).pieces[:4]:
        # what stood beside it may be read anew: « ETtitre:x: » without its word is two more
        assert parse(piece.without, HELD).text == piece.without
        assert len(piece.without) <= len(text)
