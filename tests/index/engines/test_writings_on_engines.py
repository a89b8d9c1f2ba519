"""Is one thing found however it is written, in a text and in a question?

Each line of writings.tsv is one thing: every writing of it is a passage, and every writing, asked,
finds them all, marked; what it is not finds none of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from index import engines
from index.answering.searching import Filters, search
from index.engines import Reader
from index.record import About, Record
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
KINDS = list(dict.fromkeys(thing.kind for thing in THINGS))


@pytest.fixture(scope="module", params=[":memory:", "whoosh::memory:"])
def reader(
    request: pytest.FixtureRequest, no_suggestions: Callable[[], AbstractContextManager[None]]
) -> Iterator[Reader]:
    engine = engines.open(request.param)
    articles = [
        [
            Record(
                id=f"{number}#section-{place}",
                kind="section",
                about=About(str(number), "."),
                position=place,
                text=f"On a lu {writing} hier.",
            )
            for place, writing in enumerate(thing.writings)
        ]
        for number, thing in enumerate(THINGS)
    ]
    write(engine, articles, seen=1)
    with nullcontext() if request.param == ":memory:" else no_suggestions():
        yield engine.reader()


def answering_writings(reader: Reader, number: int, question: str) -> set[str]:
    """The writings of a thing whose passages answer a question in full."""
    results = search(
        reader, question, now=NOW, filters=Filters(article=str(number)), size=100, group=False
    )
    places = [group.passages[0].record.position for group in results.groups if not group.partial]
    assert results.totals.passages == len(places)
    return {THINGS[number].writings[place] for place in places}


@pytest.mark.parametrize("kind", KINDS)
def test_every_writing_finds_every_other(reader: Reader, kind: str) -> None:
    missed = [
        f"{question} ↛ {text}"
        for number, thing in enumerate(THINGS)
        if thing.kind == kind
        for question in thing.writings
        for text in {*thing.writings} - answering_writings(reader, number, question)
    ]
    assert missed == []


@pytest.mark.parametrize("kind", KINDS)
def test_what_it_is_not_is_not_found(reader: Reader, kind: str) -> None:
    failures = [
        f"{question} → {text}"
        for number, thing in enumerate(THINGS)
        if thing.kind == kind
        for question in thing.others
        for text in answering_writings(reader, number, question)
    ]
    assert failures == []


def test_there_are_twenty_pairs_of_most_kinds() -> None:
    pairs: Counter[str] = Counter()
    for pair in THINGS:
        pairs[pair.kind] += len(pair.writings) * (len(pair.writings) - 1 + len(pair.others))
    assert min(pairs.values()) >= 10, pairs
    assert sum(pairs.values()) > 900, pairs
