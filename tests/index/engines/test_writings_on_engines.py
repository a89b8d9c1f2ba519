"""Is one thing found however it is written, in a text and in a question?

Each line of writings.tsv is one thing: every writing of it is a passage, and every writing, asked,
finds them all, marked; what it is not finds none of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from index import engines
from index.answering.searching import Filters, search
from index.engines import Reader
from index.record import About, Record
from index.results import Results
from index.writing.writing import write

TABLE = Path(__file__).with_name("writings.tsv")
NOW = datetime(2025, 1, 1, tzinfo=UTC)


class Thing(NamedTuple):
    kind: str
    writings: tuple[str, ...]
    others: tuple[str, ...]


def pairs() -> Iterator[Thing]:
    for line in TABLE.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            kind, *cells = line.replace("\\n", "\n").split("\t")
            writings, counter_examples = (
                tuple(filter("-".__ne__, cell.split(" | "))) for cell in cells
            )
            yield Thing(kind, writings, counter_examples)


THINGS = list(pairs())


@pytest.fixture(scope="module", params=[":memory:", "whoosh::memory:"])
def reader(request: pytest.FixtureRequest) -> Reader:
    engine = engines.open(request.param)
    articles = [
        [
            Record(
                id=f"{number}-{place}#section-0",
                kind="section",
                about=About(f"{number}-{place}", "."),
                position=0,
                text=f"On a lu {writing} hier.",
            )
        ]
        for number, pair in enumerate(THINGS)
        for place, writing in enumerate(pair.writings)
    ]
    write(engine, articles, seen=1)
    return engine.reader()


def answer(reader: Reader, number: int, place: int, question: str) -> Results:
    return search(reader, question, now=NOW, filters=Filters(article=f"{number}-{place}"))


@pytest.mark.parametrize("number", range(len(THINGS)), ids=lambda n: THINGS[n].writings[0])
def test_every_writing_finds_every_other(reader: Reader, number: int) -> None:
    missed = [
        f"{question} ↛ {text}"
        for place, text in enumerate(THINGS[number].writings)
        for question in THINGS[number].writings
        if answer(reader, number, place, question).totals.passages != 1
    ]
    assert missed == []


@pytest.mark.parametrize("number", range(len(THINGS)), ids=lambda n: THINGS[n].writings[0])
def test_what_it_is_not_is_not_found(reader: Reader, number: int) -> None:
    failures = [
        f"{question} → {text}"
        for place, text in enumerate(THINGS[number].writings)
        for question in THINGS[number].others
        if answer(reader, number, place, question).totals.passages
    ]
    assert failures == []


def test_there_are_twenty_pairs_of_most_kinds() -> None:
    pairs: Counter[str] = Counter()
    for pair in THINGS:
        pairs[pair.kind] += len(pair.writings) * (len(pair.writings) - 1 + len(pair.others))
    assert min(pairs.values()) >= 10, pairs
    assert sum(pairs.values()) > 900, pairs
