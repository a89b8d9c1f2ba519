"""Are dates the wrong way round, and vague ones, read as what was meant, and said?"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answering.searching import search
from index.engines import Reader, open
from index.question import dates
from index.question.dates import vague_days
from index.record import About, Record
from index.results import Results
from index.writing.writing import write

NOW = datetime(2024, 3, 15, 12, tzinfo=UTC)
DAYS = ["2021-12-26", "2022-12-20", "2022-12-25", "2023-01-01", "2023-05-03", "2023-05-28",
        "2023-06-15", "2024-02-10"]  # fmt: skip


@pytest.fixture(scope="module")
def reader() -> Reader:
    engine = open(":memory:")
    records = []
    for day in DAYS:
        begins = f"{day}T00:00:00+01:00"
        ends = f"{date.fromisoformat(day) + timedelta(1)}T00:00:00+01:00"
        about = About(day, "Titre", published=begins)
        lead = Record(
            *(f"{day}#lead", "lead", about, 0),
            text="Une panne.",
            start=begins,
            end=ends,
            precision="day",
        )
        records.append([lead])
    write(engine, records, seen=1)
    return engine.reader()


def _ask(reader: Reader, question: str) -> Results:
    return search(reader, question, now=NOW)


def _article_ids(results: Results) -> list[str]:
    return [group.about.id for group in results.groups]


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("début mai 2023", "2023-05-01", "2023-05-10"),
        ("debut du mois de mai 2023", "2023-05-01", "2023-05-10"),
        ("mi-mai 2023", "2023-05-11", "2023-05-20"),
        ("au milieu de mai 2023", "2023-05-11", "2023-05-20"),
        ("fin février 2024", "2024-02-21", "2024-02-29"),
        ("la fin de l’année 2022", "2022-09-01", "2022-12-31"),
        ("courant mai 2023", "2023-05-01", "2023-05-31"),
        ("dans trois jours", "2024-03-18", "2024-03-18"),
        ("dans un mois", "2024-04-01", "2024-04-30"),
        ("lundi prochain", "2024-03-18", "2024-03-18"),
        ("la semaine prochaine", "2024-03-18", "2024-03-24"),
        ("l’an prochain", "2025-01-01", "2025-12-31"),
        ("next month", "2024-04-01", "2024-04-30"),
        ("le trimestre dernier", "2023-10-01", "2023-12-31"),
        ("ce semestre", "2024-01-01", "2024-06-30"),
        ("semestre prochain", "2024-07-01", "2024-12-31"),
        ("la veille de Noël 2022", "2022-12-24", "2022-12-24"),
        ("le lendemain du 14 juillet 2023", "2023-07-15", "2023-07-15"),
        ("printemps 2023", "2023-03-20", "2023-06-20"),
        ("le printemps dernier", "2023-03-20", "2023-06-20"),
        ("à l'été 2022", "2022-06-21", "2022-09-22"),
        ("cet hiver", "2023-12-21", "2024-03-19"),
        ("hiver 2023", "2022-12-21", "2023-03-19"),
        ("hiver 2022-2023", "2022-12-21", "2023-03-19"),
        ("fin de l’été 2022", "2022-08-22", "2022-09-22"),
        ("Noël 2022", "2022-12-25", "2022-12-25"),
        ("à Noël", "2023-12-25", "2023-12-25"),
        ("Pâques 2023", "2023-04-09", "2023-04-09"),
        ("la Toussaint 2022", "2022-11-01", "2022-11-01"),
        ("la rentrée 2022", "2022-09-01", "2022-09-30"),
        ("les années 90", "1990-01-01", "1999-12-31"),
        ("années 2010", "2010-01-01", "2019-12-31"),
        ("premier trimestre 2023", "2023-01-01", "2023-03-31"),
        ("T4 2022", "2022-10-01", "2022-12-31"),
        ("2e semestre 2022", "2022-07-01", "2022-12-31"),
        ("première quinzaine de mai 2023", "2023-05-01", "2023-05-15"),
        ("early May 2023", "2023-05-01", "2023-05-10"),
        ("la rentrée", "2023-09-01", "2023-09-30"),
        ("Mardi gras 2022", "2022-03-01", "2022-03-01"),
        ("vendredi saint 2022", "2022-04-15", "2022-04-15"),
        ("lundi de Pentecôte 2022", "2022-06-06", "2022-06-06"),
        ("Saint-Jean 2022", "2022-06-24", "2022-06-24"),
        ("XIXe siècle", "1801-01-01", "1900-12-31"),
        ("20e siècle", "1901-01-01", "2000-12-31"),
        ("début du XXe siècle", "1901-01-01", "1933-12-31"),
        ("fin des années 90", "1996-01-01", "1999-12-31"),
        ("milieu de 2023", "2023-05-01", "2023-08-31"),
        ("années quatre-vingt", "1980-01-01", "1989-12-31"),
        ("les années soixante-dix", "1970-01-01", "1979-12-31"),
        ("semaine 10 de 2024", "2024-03-04", "2024-03-10"),
        ("2024-W10", "2024-03-04", "2024-03-10"),
        ("mai et juin 2023", "2023-05-01", "2023-06-30"),
        ("ces 7 derniers jours", "2024-03-08", "2024-03-15"),
        ("demain", "2024-03-16", "2024-03-16"),
    ],
)
def test_a_vague_date_is_an_interval(question: str, first: str, last: str) -> None:
    interval = dates.read(question, "during", now=NOW)
    assert interval is not None
    period, _ = interval
    assert period.start is not None
    assert period.end is not None
    assert f"{period.start:%Y-%m-%d}" == first
    assert f"{period.end - timedelta(1):%Y-%m-%d}" == last


@pytest.mark.parametrize(
    "question",
    ["début", "fin de rien", "début hier", "printemps 202", "vers", "5e trimestre 2023", "années",
     "quinzaine", "mi", "Noël 20222", "début du 3 mai 2023", "saison 2023",
     "XXVe siècle", "années quinze", "semaine 60 de 2024", "juin et mai 2023",
     "dans le sud", "dans 99999 ans", "prochain", "trimestre", "la veille de mai 2023"],
)  # fmt: skip
def test_what_names_no_days_is_refused_and_widens_nothing(reader: Reader, question: str) -> None:
    assert dates.read(question, "during", now=NOW) is None
    results = _ask(reader, f'panne date:"{question}"')
    assert "unreadable_date" in [notice.code for notice in results.notices]


@pytest.mark.parametrize(
    ("today", "first", "last", "nearest"),
    [
        ("vers:2023-05", "2023-03-31", "2023-07-01", {"2023-05-03", "2023-05-28"}),
        ("vers:début mai 2023", "2023-04-21", "2023-05-20", {"2023-05-03"}),
        ('date:"vers Noël 2022"', "2022-12-18", "2023-01-01", {"2022-12-25"}),
        ("date:vers Noël 2022", "2022-12-18", "2023-01-01", {"2022-12-25"}),
        ("around:2022-12-25", "2022-12-18", "2023-01-01", {"2022-12-25"}),
    ],
)
def test_what_is_around_a_date_comes_nearest_first(
    reader: Reader, today: str, first: str, last: str, nearest: set[str]
) -> None:
    for question in (today, f"{today} panne"):
        article_ids = _article_ids(_ask(reader, question))
        assert set(article_ids) == {day for day in DAYS if first <= day <= last}
        assert set(article_ids[: len(nearest)]) == nearest


@pytest.mark.parametrize(
    ("question", "equal_question"),
    [
        ("panne depuis:2023-06 avant:2023-01", "panne depuis:2023-01 avant:2023-06"),
        ("depuis:2023-06 avant:2023-01", "depuis:2023-01 avant:2023-06"),
        ("avant:2022 après:2023-05", "après:2022 avant:2023-05"),
        ("date>=2023-06 date<2023-01 panne", "date>=2023-01 date<2023-06 panne"),
        ('depuis:"juin 2023" avant:2023 panne', 'depuis:2023 avant:"juin 2023" panne'),
        ("(depuis:2023-06 avant:2023-01) panne", "(depuis:2023-01 avant:2023-06) panne"),
        ("date:2023-06..2023-01", "date:2023-01..2023-06"),
    ],
)
def test_dates_the_wrong_way_round_are_swapped_and_said(
    reader: Reader, question: str, equal_question: str
) -> None:
    swapped, ordered = _ask(reader, question), _ask(reader, equal_question)
    assert _article_ids(swapped) == _article_ids(ordered) != []
    assert "dates_swapped" in [notice.code for notice in swapped.notices]
    assert "dates_swapped" not in [notice.code for notice in ordered.notices]


@pytest.mark.parametrize(
    "question",
    ["depuis:2023 avant:2024", "depuis:2024 OU avant:2023", "depuis:2024 -avant:2023",
     "depuis:2023 depuis:2024 avant:2022"],
)  # fmt: skip
def test_dates_that_are_no_interval_stay_as_they_are(reader: Reader, question: str) -> None:
    assert "dates_swapped" not in [notice.code for notice in _ask(reader, question).notices]


@given(st.text("debut fin mi vers noel printemps 2023 mai s-'0t1", max_size=30))
def test_no_words_break_it(words: str) -> None:
    interval = dates.read(words, "around", now=NOW)
    if interval is not None and interval[0].start and interval[0].end:
        assert interval[0].start < interval[0].end


def test_easter_is_a_sunday_of_spring() -> None:
    for year in range(1900, 2200):
        days = vague_days.named(f"paques {year}", date(2024, 3, 15))
        assert days is not None
        assert days.first.weekday() == 6
        assert date(year, 3, 22) <= days.first <= date(year, 4, 25)
