"""Does the table of the language say what the parser does?"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from index import french
from index.question import query
from index.question.grammar import (
    FIELD_NAMES,
    LIMITS,
    NAMED,
    OPERATORS,
    WORDS,
    Choice,
    Operator,
    QueryField,
)
from index.question.trees import text_of
from index.record import FIELDS

NOW = datetime(2025, 3, 15, 12, tzinfo=ZoneInfo("Europe/Paris"))
KINDS = {
    "all": {"word"},
    "either": {"either"},
    "without": {"word", "excluded"},
    "group": {"either", "word"},
    "phrase": {"phrase"},
    "exact": {"exact"},
    "near": {"near"},
    "prefix": {"prefix", "phrase"},
    "letter": {"prefix"},
    "fuzzy": {"fuzzy"},
    "words": {"field"},
    "key": {"field"},
    "address": {"field"},
    "article": {"field"},
    "place": {"place"},
    "date": {"date"},
    "number": {"number"},
    "state": {"state"},
    "order": {"order"},
}


class Everything(query.Vocabulary):
    """A vocabulary where each prefix stands for one word, and each word is held."""

    def freq(self, field: str, term: str) -> int:
        return 1 if field in ("text", "category", "author", "commenter") else 0

    def words(self, field: str, prefix: str, limit: int | None = None) -> list[tuple[str, int]]:
        words = ["artiste", "team", "mot", "midjourney"]
        return [(word, 1) for word in words if field == "text" and word.startswith(prefix)]


def parse(question: str) -> query.Question:
    return query.parse(question, Everything(), now=NOW)


OPERATOR_EXAMPLES = [
    pytest.param(operator, example, id=example)
    for operator in OPERATORS
    for example in (operator.example, *operator.also)
]


@pytest.mark.parametrize(("operator", "example"), OPERATOR_EXAMPLES)
def test_each_example_is_understood_as_the_table_says(operator: Operator, example: str) -> None:
    question = parse(example)
    assert {piece.kind for piece in question.pieces} <= KINDS[operator.code]
    assert question.notices == ()
    assert text_of(question.tree) != "∅"


@pytest.mark.parametrize("field", NAMED, ids=lambda field: field.code)
def test_each_field_example_is_understood(field: QueryField) -> None:
    question = parse(field.example)
    assert [piece.kind for piece in question.pieces] == [*KINDS[field.kind]]
    assert question.pieces[0].text == field.example
    assert question.notices == ()


@pytest.mark.parametrize(
    ("field", "name"), [pytest.param(f, n, id=n) for f in NAMED for n in f.names]
)
def test_every_name_of_a_field_means_the_same(field: QueryField, name: str) -> None:
    first = field.names[0]
    assert field.example.startswith(first)
    ending = field.example.removeprefix(first)
    for spelt in (name, name.upper(), french.fold(name), name.capitalize()):
        parsed = parse(spelt + ending)
        assert (parsed.tree, parsed.order) == (
            parse(first + ending).tree,
            parse(first + ending).order,
        )


@pytest.mark.parametrize(
    ("field", "choice", "name"),
    [
        pytest.param(field, choice, name, id=f"{field.name}:{name}")
        for field in NAMED
        for choice in field.choices
        for name in choice.names
    ],
)
def test_every_name_of_a_value_means_the_same(field: QueryField, choice: Choice, name: str) -> None:
    named_question, first = parse(f"{field.name}:{name}"), parse(f"{field.name}:{choice.names[0]}")
    assert (named_question.tree, named_question.order) == (first.tree, first.order)
    assert named_question.notices == ()


@pytest.mark.parametrize("word", WORDS)
def test_every_operator_word_works_in_capitals_and_is_a_word_otherwise(word: str) -> None:
    question = f"sora {word}/5 veo" if WORDS[word] == "near" else f"sora {word} veo"
    kinds = {"all": "word", "either": "either", "without": "excluded", "near": "near"}
    assert parse(question).pieces[-1].kind == kinds[WORDS[word]]
    lower = parse(question.lower())
    assert {piece.kind for piece in lower.pieces} <= {"word", "common"}


def test_names_are_the_fields_own_and_columns_exist() -> None:
    names = [french.fold(name) for field in NAMED for name in field.names]
    assert len(names) == len(set(names)) == len(FIELD_NAMES)
    columns = {field.name for field in FIELDS}
    assert {field.column for field in NAMED} - {""} <= columns


def test_every_row_says_something_in_french() -> None:
    rows: list[Operator | QueryField] = [*OPERATORS, *NAMED]
    for row in rows:
        assert row.meaning.endswith("."), row
        assert row.example, row


def test_limits_are_those_promised() -> None:
    assert (LIMITS.characters, LIMITS.terms, LIMITS.depth, LIMITS.phrase) == (512, 32, 8, 12)
    assert (LIMITS.slop, LIMITS.prefix, LIMITS.expansions) == (10, 2, 128)
    assert (LIMITS.fuzzy, LIMITS.fuzzy_letters) == (2, 4)
