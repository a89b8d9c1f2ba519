"""Does the reading of French answer the hard cases, kind by kind?

The matcher below is the search in small: what a question's words must meet in a text's readings.
The engines are tried on the same tables in their own tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from index import french
from tests.shared import SHARED

HERE = Path(__file__).parent
GIVEN = SHARED / "design" / "hard_cases.tsv"


class Case(NamedTuple):
    kind: str
    text: str
    question: str
    mode: str
    expected: str
    note: str


class IndexedText:
    """What the index holds of one text."""

    def __init__(self, text: str) -> None:
        reading = french.read(text)
        self.exact = reading.exact.split()
        self.stems = {*reading.stem.split(), *reading.variant_stems.split()}
        self.forms = {*self.exact, *reading.variants.split()}

    def follows(self, words: list[str]) -> bool:
        size = len(words)
        return any(self.exact[i : i + size] == words for i in range(len(self.exact) - size + 1))

    def phrase(self, words: list[str], terms: list[str]) -> bool:
        if self.follows(words) or any(form in self.forms for form in terms):
            return True
        if len(words) == 1 and words[0] in self.forms:
            return True
        return len(words) == 1 and any(self.follows(list(pair)) for pair in french.splits(words[0]))

    def plain(self, chunk: str) -> bool:
        tokens = french.tokens(chunk)
        if not tokens:
            return True
        if len(tokens) == 1:
            variants = [variant.stem for variant in tokens[0].variants if not variant.part]
            if {tokens[0].stem, *variants} & (self.stems | self.forms):
                return True
        return self.phrase([token.exact for token in tokens], whole_tokens(tokens))


def whole_tokens(tokens: list[french.Token]) -> list[str]:
    """The forms that stand for all of the tokens: redteam for red-team."""
    start, end = tokens[0].start, tokens[-1].end
    variants = [variant for token in tokens for variant in token.variants if not variant.part]
    forms = [variant.form for variant in variants if variant.start <= start and variant.end >= end]
    return forms + french.joins([token.exact for token in tokens])


def matches(text: str, question: str, mode: str) -> bool:
    text_words = IndexedText(text)
    tokens = french.tokens(question)
    words = [token.exact for token in tokens]
    if mode == "phrase":
        return text_words.phrase(words, whole_tokens(tokens))
    if len(words) > 1 and text_words.phrase([words[0] + words[1], *words[2:]], french.joins(words)):
        return True
    chunks = french.in_one_piece(question).split()
    question_chunks = [
        c for c in chunks if {t.exact for t in french.tokens(c)} - french.COMMON
    ] or chunks
    return all(text_words.plain(chunk) for chunk in question_chunks) or any(
        text_words.forms.intersection(french.joins(words[i:j]))
        and all(text_words.plain(c) for c in (*words[:i], *words[j:]))
        for i in range(len(words))
        for j in range(i + 2, len(words) + 1)
    )


def cases(path: Path) -> Iterator[Case]:
    for line in path.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            fields = line.split("\t")
            kind, *texts, mode, expected = fields[:5]
            text, question = (
                field.encode("latin-1", "backslashreplace").decode("unicode-escape")
                for field in texts
            )
            yield Case(kind, text, question, mode, expected, fields[5] if len(fields) > 5 else "")


FOLDED = pytest.mark.xfail(reason="marche et marché sont un seul mot une fois pliés", strict=True)


def parameters(path: Path) -> list[object]:
    return [
        pytest.param(
            case,
            id=f"{case.kind}-{case.text}-{case.question}",
            marks=FOLDED if folding(case) else (),
        )
        for case in cases(path)
    ]


def folding(case: Case) -> bool:
    """Whether only accents tell a word of the text from the question: folding cannot say no."""
    return case.expected == "n" and any(
        word.lower() != case.question.lower() and french.fold(word) == french.fold(case.question)
        for word in case.text.split()
    )


def check(case: Case) -> None:
    is_match = matches(case.text, case.question, case.mode)
    expectation = "devrait trouver" if case.expected == "y" else "ne devrait pas trouver"
    assert is_match == (case.expected == "y"), (
        f"{case.question!r} {expectation} {case.text!r} ({case.note}) : {french.read(case.text)}"
    )


@pytest.mark.parametrize("case", parameters(HERE / "french_cases.tsv"))
def test_our_case(case: Case) -> None:
    check(case)


@pytest.mark.skipif(not GIVEN.exists(), reason=f"no table of given cases at {GIVEN}")
@pytest.mark.parametrize("case", parameters(GIVEN) if GIVEN.exists() else [])
def test_given_case(case: Case) -> None:
    check(case)


def test_our_table_is_large_and_has_counter_examples() -> None:
    own_cases = list(cases(HERE / "french_cases.tsv"))
    assert len(own_cases) >= 220
    assert sum(case.expected == "n" for case in own_cases) >= 60
