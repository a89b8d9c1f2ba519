"""What an engine is given of a record's date, wherever its clock stood."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.record import About, Record
from index.writing.engine_entries import entries

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
    "when",
    ["0001-01-01T00:00:00+00:09", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-23:59"],
)
def test_the_ends_of_the_calendar_are_dates_too(when: str) -> None:
    # the first day of all is what some databases write for no day at all
    [entry] = entries([Record("a#c", "comment", ABOUT, 1, text="un", start=when)])
    assert entry.values["month"] == [when[:7]]
    assert entry.values["start"] == int(datetime.fromisoformat(when).timestamp())
