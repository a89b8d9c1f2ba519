"""Is a date that was typed among the words offered as a date?"""

from __future__ import annotations

import datetime as dt

import pytest

from index import engines
from index.answering import search
from index.engines import Reader
from index.record import About, Record
from index.writing import writing

NOW = dt.datetime(2024, 12, 5, 12, tzinfo=dt.UTC)
DAYS = ("2022-06-10", "2022-12-24", "2022-12-27", "2023-01-05", "2024-12-04")


@pytest.fixture(scope="module")
def reader() -> Reader:
    about = About("a", "Le port")
    comments = [
        Record(f"a#{day}", "comment", about, place, "", "La passerelle du port.", author="Zoé",
               start=f"{day}T10:00:00+01:00", end=f"{day}T10:00:00+01:00", precision="minute")
        for place, day in enumerate(DAYS, 1)
    ]  # fmt: skip
    engine = engines.open(":memory:")
    writing.write(engine, [[Record("a", "lead", about, 0, about.title), *comments]], seen=1)
    return engine.reader()


@pytest.mark.parametrize(
    ("typed", "date", "days"),
    [
        ("passerelle vers Noël 2022", "vers Noël 2022", {"2022-12-24", "2022-12-27"}),
        ("passerelle en décembre 2022", "en décembre 2022", {"2022-12-24", "2022-12-27"}),
        ("passerelle depuis 2023", "depuis 2023", {"2023-01-05", "2024-12-04"}),
        ("passerelle avant Noël 2022", "avant Noël 2022", {"2022-06-10", "2022-12-24"}),
        ("passerelle hier", "hier", {"2024-12-04"}),
        ("début janvier 2023 passerelle", "début janvier 2023", {"2023-01-05"}),
        ("en 2022, la passerelle", "en 2022", {"2022-06-10", "2022-12-24", "2022-12-27"}),
    ],
)
def test_a_date_among_the_words_is_offered_as_one(
    reader: Reader, typed: str, date: str, days: set[str]
) -> None:
    results = search(reader, typed, now=NOW, size=50, group=False)
    # never done in the reader's place
    assert results.totals.passages == 0
    first, *_ = results.relax
    assert first.label == f"à cette date : {date}"
    assert first.passages == len(days)
    dated = search(reader, first.question, now=NOW, size=50, group=False)
    hits = {group.passages[0].record.id for group in dated.groups if not group.partial}
    assert hits == {f"a#{day}" for day in days}


@pytest.mark.parametrize(
    "typed",
    ["passerelle neuve du port", 'passerelle "vers Noël 2022"', "passerelle date:2021", "fanal"],
)
def test_nothing_is_offered_as_a_date_that_is_none(reader: Reader, typed: str) -> None:
    results = search(reader, typed, now=NOW, size=50, group=False)
    assert not [offer for offer in results.relax if offer.label.startswith("à cette date")]
