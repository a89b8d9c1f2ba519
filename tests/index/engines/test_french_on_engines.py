"""The hard cases of French, asked of every engine through the whole walk.

One record a row, all in one index, as in life: the words of other rows are there too. The default
engine answers with its suggestions, Whoosh without; a cluster counts what each question finds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index import engines, french
from index.answering.filters import Filters, narrowed
from index.answering.looking import understood
from index.answering.searching import search
from index.engines import Look, Reader
from index.question.synonyms import BUNDLED
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
    """Accents typed are a preference, not a filter: marche and marché are one word, folded.

    But for what they tell from a common word: né is no ne.
    """
    folded = french.fold(question)
    return folded not in french.COMMON and any(
        word.lower() != question and french.fold(word) == folded for word in text.split()
    )


def _matches(reader: Reader, questions: Mapping[int, str]) -> Iterator[bool]:
    """Whether each question, given by the number of its row, finds the record of that row."""
    filters = {number: Filters(article=str(number)) for number in questions}
    if reader.distant:
        # a page is a trip of its own: their trees are counted together
        trees = [
            narrowed(understood(reader, text, now=NOW, synonyms=BUNDLED), filters[number])
            for number, text in questions.items()
        ]
        yield from map(bool, reader.look(Look(totals=trees)).totals)
        return
    for number, text in questions.items():
        yield bool(search(reader, text, now=NOW, filters=filters[number]).totals.passages)


@pytest.mark.parametrize("kind", KINDS)
def test_the_hard_cases_of_a_kind(reader: Reader, kind: str) -> None:
    rows = {number: row for number, row in enumerate(ROWS) if row[0] == kind}
    questions = {
        number: f'"{question}"' if mode == "phrase" else question
        for number, (_, _, question, mode, _) in rows.items()
    }
    wrong = []
    matches = _matches(reader, questions)
    for (_, text, question, _, expected), is_found in zip(rows.values(), matches, strict=True):
        is_match = expected == "y" or _same_once_folded(text, question)
        if is_found != is_match:
            wrong.append(f"{question} {'↛' if is_match else '→'} {text}")
    assert wrong == []
