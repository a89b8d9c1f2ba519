"""The hard cases of French, asked of every engine through the whole walk.

One record a row, all in one index, as in life: the words of other rows are there too. The default
engine answers with its suggestions, the others without.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index import engines, french
from index.answering.searching import Filters, search
from index.engines import Reader
from index.record import About, Record
from index.writing.writing import write
from tests.shared import SHARED

HERE = Path(__file__).parent
TABLES = (
    HERE.parent / "french" / "french_cases.tsv",
    HERE / "question_cases.tsv",
    SHARED / "design" / "hard_cases.tsv",
)
NOW = datetime(2025, 1, 1, tzinfo=UTC)


def rows() -> Iterator[tuple[str, ...]]:
    for table in TABLES:
        if not table.exists():
            continue
        for line in table.read_text("utf-8").splitlines():
            cells = line.split("\t")
            if len(cells) >= 5 and not line.startswith("#") and cells[4] in "yn":
                yield cells[0], _unescaped(cells[1]), _unescaped(cells[2]), cells[3], cells[4]


def _unescaped(cell: str) -> str:
    """`\\u00A0` and its like stand for the character."""
    return re.sub(r"\\u([0-9A-Fa-f]{4})", lambda match: chr(int(match[1], 16)), cell)


ROWS = list(dict.fromkeys(rows()))


KINDS = list(dict.fromkeys(kind for kind, *_ in ROWS))


@pytest.fixture(scope="module")
def reader(
    shared_location: str, no_suggestions: Callable[[], AbstractContextManager[None]]
) -> Iterator[Reader]:
    engine = engines.open(shared_location, create=True)
    articles = [
        [
            Record(
                id=f"{number}#section-0",
                kind="section",
                about=About(str(number), "."),
                position=0,
                text=text,
            )
        ]
        for number, (_, text, *_) in enumerate(ROWS)
    ]
    write(engine, articles, seen=1)
    with nullcontext() if shared_location == ":memory:" else no_suggestions():
        yield engine.reader()


def test_the_given_table_is_read() -> None:
    if not TABLES[-1].exists():
        pytest.skip(f"no {TABLES[-1]}: set GLOSE_SHARED")
    assert len(ROWS) > 400


def _same_once_folded(text: str, question: str) -> bool:
    """Accents typed are a preference, not a filter: marche and marché are one word, folded."""
    folded = french.fold(question)
    return any(word.lower() != question and french.fold(word) == folded for word in text.split())


@pytest.mark.parametrize("kind", KINDS)
def test_the_hard_cases_of_a_kind(reader: Reader, kind: str) -> None:
    wrong = []
    for number, (row_kind, text, question, mode, expected) in enumerate(ROWS):
        if row_kind != kind:
            continue
        typed = f'"{question}"' if mode == "phrase" else question
        results = search(reader, typed, now=NOW, filters=Filters(article=str(number)))
        is_match = expected == "y" or _same_once_folded(text, question)
        if results.totals.passages != is_match:
            wrong.append(f"{typed} {'↛' if is_match else '→'} {text}")
    assert wrong == []
