"""What an engine is given of a record's date, wherever its clock stood."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.moments import moment
from index.record import About, Record
from index.writing.engine_entries import entries
from indexer.times import period

PARIS = ZoneInfo("Europe/Paris")
MOST = timedelta(hours=23, minutes=59)
ABOUT = About("a", "Sora")


@given(
    st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2040, 1, 1)),
    st.timedeltas(-MOST, MOST).map(
        lambda minutes: timedelta(minutes=minutes // timedelta(minutes=1))
    ),
)
@example(datetime(2023, 2, 27, 23, 30), -MOST)
@example(datetime(2023, 3, 2, 0, 0), MOST)
def test_the_month_is_that_of_paris(clock: datetime, offset: timedelta) -> None:
    moment = clock.replace(microsecond=0, tzinfo=timezone(offset))
    record = Record("a#c", "comment", ABOUT, 1, text="un", start=moment.isoformat())
    [entry] = entries([record])
    assert entry.values["month"] == [f"{moment.astimezone(PARIS):%Y-%m}"]
    assert entry.values["start"] == int(moment.timestamp())


@pytest.mark.parametrize(
    ("start", "end", "month"),
    [
        ("2021-06-15T10:00:00+02:00", "2021-06-15T10:00:00+02:00", ["2021-06"]),
        ("2021-06-01T00:00:00+02:00", "2021-06-30T23:59:59+02:00", ["2021-06"]),
        ("2021-01-01T00:00:00+01:00", "2021-12-31T23:59:59+01:00", ["2021"]),
        # between two days: "il y a 3 mois", seen one day
        ("2021-05-30T00:00:00+02:00", "2021-06-02T23:59:59+02:00", ["2021"]),
        ("2020-12-30T00:00:00+01:00", "2021-01-02T23:59:59+01:00", []),
        # midnight in Paris, of another day in Greenwich
        ("2020-12-31T23:00:00Z", "2021-12-31T22:59:59Z", ["2021"]),
        ("1880-01-01T00:00:00+00:09", "1880-12-31T23:59:59+00:09", ["1880"]),
        ("1905-03-01T00:00:00+00:09", "1905-03-31T23:59:59+00:09", ["1905-03"]),
    ],
)
def test_a_month_is_counted_where_it_is_known(start: str, end: str, month: list[str]) -> None:
    [entry] = entries([Record("a#c", "comment", ABOUT, 1, text="un", start=start, end=end)])
    assert entry.values.get("month", []) == month


def test_a_comment_without_a_date_is_of_the_year_of_its_article() -> None:
    about = About("a", "Sora", published="2021-01-01T00:00:00+01:00", precision="year")
    [entry] = entries([Record("a#c", "comment", about, 1, text="un")])
    assert entry.values["month"] == ["2021"]


@pytest.mark.parametrize("day", ["1880-05-12", "1911-03-09", "1911-03-11", "1942-07-14"])
def test_a_day_is_that_of_paris_before_its_clocks_were_those_of_greenwich(day: str) -> None:
    dated = period(day)
    [entry] = entries(
        [Record("a#c", "comment", ABOUT, 1, text="un", start=dated.start, end=dated.end)]
    )
    midnight = datetime.fromisoformat(day).replace(tzinfo=PARIS)
    assert entry.values["start"] == int(midnight.timestamp())
    assert entry.values["end"] == int((midnight + timedelta(days=1)).timestamp()) - 1


@pytest.mark.parametrize(
    "when",
    ["0001-01-01T00:00:00+00:09", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-23:59"],
)
def test_the_ends_of_the_calendar_are_dates_too(when: str) -> None:
    # the first day of all is what some databases write for no day at all
    [entry] = entries([Record("a#c", "comment", ABOUT, 1, text="un", start=when)])
    assert entry.values["month"] == [when[:7]]
    assert entry.values["start"] == int(moment(when).timestamp())
