"""Is what is told of the reading of texts what is done to them?"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from index.answering import searching
from index.engines import Engine, open
from index.question.reading_rules import READING
from index.record import About, Record
from index.writing.writing import write

NOW = datetime(2025, 6, 1, tzinfo=UTC)
SHOWN = [rule for rule in READING if rule.question]


@pytest.fixture(scope="module")
def engine() -> Engine:
    engine = open(":memory:")
    for number, case in enumerate(SHOWN):
        about = About(f"a{number}", "Titre")
        write(engine, [[Record(f"a{number}#lead", "lead", about, 0, text=case.text)]], seen=1)
    return engine


@pytest.mark.parametrize("number", range(len(SHOWN)), ids=[case.question for case in SHOWN])
def test_the_example_finds_its_text(engine: Engine, number: int) -> None:
    results = searching.search(engine.reader(), SHOWN[number].question, now=NOW)
    assert f"a{number}" in [group.about.id for group in results.groups if not group.partial]
    first = next(group for group in results.groups if group.about.id == f"a{number}")
    assert first.passages[0].snippets[0].marks
