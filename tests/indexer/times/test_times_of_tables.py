"""When is it, by a cell: in which zone, since which epoch, and when nobody knows?"""

from __future__ import annotations

import pytest

from indexer.times import Times

NOON = "2023-12-25T12:05:00Z"
ZONED = [
    ("2023-12-25 07:05:00 EST", "2023-12-25T07:05:00-05:00"),
    ("25/12/2023 12:05 UTC", NOON),
    ("25/12/2023 13:05:00 +0200", "2023-12-25T13:05:00+02:00"),
    ("25/12/2023 1:05 PM CET", "2023-12-25T13:05:00+01:00"),
    ("25 décembre 2023 à 13h05 (UTC+09:00)", "2023-12-25T13:05:00+09:00"),
    # Go, Java, JavaScript, PostgreSQL
    ("2023-12-25 13:05:00 +0900 JST", "2023-12-25T13:05:00+09:00"),
    ("2023-07-25T13:05:00-04:00[America/Montreal]", "2023-07-25T13:05:00-04:00"),
    ("2023-12-25 13:05 Pacific/Noumea", "2023-12-25T13:05:00+11:00"),
    ("Mon Dec 25 2023 13:05:00 GMT-0500", "2023-12-25T13:05:00-05:00"),
    ("2023-12-25 13:05:00.123456-03", "2023-12-25T13:05:00-03:00"),
    ("20231225T120500Z", NOON),
]
COUNTED = ["1703505900", "1703505900000", "1703505900000000", "1703505900000000000"]
NEVER = [
    "0000-00-00 00:00:00",
    "0001-01-01T00:00:00Z",
    "-0001-11-30 00:00:00",
    "01/01/0001 00:00:00",
    "30/11/-0001",
    "00/01/1900",
]


@pytest.mark.parametrize(("cell", "time"), ZONED)
def test_the_zone_that_a_time_says(cell: str, time: str) -> None:
    times = Times()
    assert times.time(cell) == time
    assert times.unsure == 0


@pytest.mark.parametrize("cell", COUNTED)
def test_seconds_and_their_parts(cell: str) -> None:
    assert Times().time(cell) == NOON


@pytest.mark.parametrize("cell", NEVER)
def test_a_day_that_is_none_is_no_fault(cell: str) -> None:
    times = Times()
    assert times.time(cell) is None
    assert times.amiss == 0


@pytest.mark.parametrize("cell", ["25-12-2023", "25/12/2023 1:05 PM", "25/12/2023 13:05"])
def test_what_says_no_zone(cell: str) -> None:
    times = Times()
    assert (times.time(cell) or "").startswith("2023-12-25")
    assert times.unsure == (":" in cell)
