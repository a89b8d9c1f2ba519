"""What do the dates that pages show mean?"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.times.capture import Capture
from indexer.times.french import is_date, read_date
from indexer.times.rfc3339 import PARIS, has_offset, in_paris, period, regular

# shown, captured, resolved (its first moment), precision
EXACT = [
    ("Le 02/12/2024 à 09h52", "2024-12-04", "2024-12-02T09:52:00+01:00"),
    ("Modifié le 02/12/2024 à 10h38", "2024-12-04", "2024-12-02T10:38:00+01:00"),
    ("Le 02 décembre à 09h08", "2024-12-04", "2024-12-02T09:08:00+01:00"),
    ("Le 2 déc. 2024, 9 h 52", "2024-12-04", "2024-12-02T09:52:00+01:00"),
    ("Le 02 décembre à 09h08", "2024-12-01", "2023-12-02T09:08:00+01:00"),
    ("Le 30 décembre à 10h00", "2025-01-03", "2024-12-30T10:00:00+01:00"),
    ("Le 29 février à 10h00", "2027-01-03", "2024-02-29T10:00:00+01:00"),
    ("1er mars 2020 à 7h05", "2024-12-04", "2020-03-01T07:05:00+01:00"),
    ("Le mardi 3 août 2021 à 18:30", "2024-12-04", "2021-08-03T18:30:00+02:00"),
    ("Hier à 08h46", "2024-12-04", "2024-12-03T08:46:00+01:00"),
    ("Hier à 08h46", "2025-01-01", "2024-12-31T08:46:00+01:00"),
    ("Hier à 08h46", "2024-03-01", "2024-02-29T08:46:00+01:00"),
    ("Hier à 12h00", "2025-10-27", "2025-10-26T12:00:00+01:00"),
    ("Hier à 12h00", "2025-10-26", "2025-10-25T12:00:00+02:00"),
    ("Avant-hier à 23h59", "2024-12-04", "2024-12-02T23:59:00+01:00"),
    ("Aujourd'hui à 01h03", "2024-12-04", "2024-12-04T01:03:00+01:00"),
    ("Aujourd’hui à 01h03", "2024-12-04T23:30:00Z", "2024-12-05T01:03:00+01:00"),
    ("Lundi à 10h12", "2024-12-04", "2024-12-02T10:12:00+01:00"),
    ("Mercredi à 10h12", "2024-12-04", "2024-11-27T10:12:00+01:00"),
    ("Il y a 5 minutes", "2024-12-04T10:30", "2024-12-04T10:25:00+01:00"),
    ("À l’instant", "2024-12-04T10:30", "2024-12-04T10:30:00+01:00"),
    ("Le 02/12/2024 à 09 h 52", "2024-12-04", "2024-12-02T09:52:00+01:00"),
    ("Le 02/12/2024 à 09h52", "2020-01-01", "2024-12-02T09:52:00+01:00"),
    ("Le 02/12/24 à 09h52", "2024-12-04", "2024-12-02T09:52:00+01:00"),
    ("Le 02.12.24 à 09h52", "2024-12-04", "2024-12-02T09:52:00+01:00"),
    ("Le 2 décembre 2024, à 09h52", "2024-12-04", "2024-12-02T09:52:00+01:00"),
    ("Le 02/12/2024 à 09:52:41", "2024-12-04", "2024-12-02T09:52:00+01:00"),
    ("Il y a quelques instants", "2024-12-04T10:30", "2024-12-04T10:30:00+01:00"),
    ("December 2, 2024 at 9:52 pm", "2024-12-04", "2024-12-02T21:52:00+01:00"),
    ("Dec 2nd, 2024 12:05 AM", "2024-12-04", "2024-12-02T00:05:00+01:00"),
    ("2 December 2024 at 09:52", "2024-12-04", "2024-12-02T09:52:00+01:00"),
    ("Yesterday at 8:46 am", "2024-12-04", "2024-12-03T08:46:00+01:00"),
    ("Edited December 2, 2024 at 9:52 am", "2024-12-04", "2024-12-02T09:52:00+01:00"),
    ("5 minutes ago", "2024-12-04T10:30", "2024-12-04T10:25:00+01:00"),
    ("2024-12-02 09:52", "2024-12-04", "2024-12-02T09:52:00+01:00"),
    ("Le 2 décembre 2024 | 09:52", "2024-12-04", "2024-12-02T09:52:00+01:00"),
    ("Posté le 02/12/2024 à 09h52", "2024-12-04", "2024-12-02T09:52:00+01:00"),
    ("Publiée hier à 09h52", "2024-12-04", "2024-12-03T09:52:00+01:00"),
    ("Modifiée : 02/12/2024 à 09h52", "2024-12-04", "2024-12-02T09:52:00+01:00"),
    ("Modifié aujourd’hui à 09h52", "2024-12-04", "2024-12-04T09:52:00+01:00"),
    ("Avant hier à 09h52", "2024-12-04", "2024-12-02T09:52:00+01:00"),
    ("Lundi dernier à 09h52", "2024-12-04", "2024-12-02T09:52:00+01:00"),
    ("Lun. 2 déc. 2024, 09:52", "2024-12-04", "2024-12-02T09:52:00+01:00"),
    ("Ven 15 Aoû 2014 09:33", "2024-12-04", "2014-08-15T09:33:00+02:00"),
    ("Mar. 2 décembre à 09h52", "2027-01-04", "2025-12-02T09:52:00+01:00"),
    ("Monday, December 2, 2024 at 9:52 am", "2024-12-04", "2024-12-02T09:52:00+01:00"),
    ("Mon Dec 02, 2024 9:52 am", "2024-12-04", "2024-12-02T09:52:00+01:00"),
    ("Il y a moins d’une minute", "2024-12-04T10:30", "2024-12-04T10:30:00+01:00"),
]

BOUNDED = [
    ("Le 02/12/2024", "2024-12-04", "2024-12-02T00:00:00+01:00", "2024-12-02T23:59:59+01:00"),
    ("Il y a 3 jours", "2024-12-04", "2024-12-01T00:00:00+01:00", "2024-12-01T23:59:59+01:00"),
    ("3 days ago", "2024-12-04", "2024-12-01T00:00:00+01:00", "2024-12-01T23:59:59+01:00"),
    ("January 13, 2025", "2025-02-01", "2025-01-13T00:00:00+01:00", "2025-01-13T23:59:59+01:00"),
    ("Il y a 1 jour", "2025-03-31", "2025-03-30T00:00:00+01:00", "2025-03-30T23:59:59+02:00"),
    ("Il y a un jour", "2024-12-04", "2024-12-03T00:00:00+01:00", "2024-12-03T23:59:59+01:00"),
    ("Il y a 2 semaines", "2024-12-22", "2024-12-02T00:00:00+01:00", "2024-12-08T23:59:59+01:00"),
    ("Il y a 1 mois", "2024-03-31", "2024-02-01T00:00:00+01:00", "2024-02-29T23:59:59+01:00"),
    ("Il y a 2 ans", "2024-12-04", "2021-12-05T00:00:00+01:00", "2022-12-04T23:59:59+01:00"),
    (
        "Il y a plus de 2 ans",
        "2024-12-04",
        "2021-12-05T00:00:00+01:00",
        "2022-12-04T23:59:59+01:00",
    ),
    (
        "Il y a près de 2 ans",
        "2024-12-04",
        "2022-12-05T00:00:00+01:00",
        "2023-12-04T23:59:59+01:00",
    ),
    (
        "Il y a moins d’une heure",
        "2024-12-04T10:30",
        "2024-12-04T09:30:00+01:00",
        "2024-12-04T10:30:00+01:00",
    ),
    (
        "Il y a 3 heures",
        "2024-12-04T02:00",
        "2024-12-03T22:00:00+01:00",
        "2024-12-03T23:00:00+01:00",
    ),
    (
        "Il y a 3 heures",
        "2025-03-30T04:00",
        "2025-03-29T23:00:00+01:00",
        "2025-03-30T00:00:00+01:00",
    ),
    ("Il y a 3 heures", "2024-12-04", "2024-12-03T20:00:00+01:00", "2024-12-04T20:59:59+01:00"),
    ("Il y a 5 minutes", "2024-12-04", "2024-12-03T23:54:00+01:00", "2024-12-04T23:54:59+01:00"),
]

NO_DATE = [
    "",
    "Le contrat",
    "Le 02/12/2024 à 09h52 il disait",
    "Depuis hier à 08h46",
    "Il y a longtemps",
    "Il y a 3 jours que j'attends",
    "À l'instant même",
    "12",
    "mai",
    "09h52",
    "Modifié",
    "Hiér à",
    "Januar 13, 2025",
    "May I ask",
    "Le 02/12/2 à 09h52",
    "Il y a quelques instants que j'attends",
    "Il y a moins de monde",
    "Lundi prochain à 09h52",
    "2024-12",
]


def capture(text: str) -> Capture:
    parsed = Capture.parse(text)
    assert parsed is not None
    return parsed


@pytest.mark.parametrize(("date_shown", "captured", "start"), EXACT)
def test_exact(date_shown: str, captured: str, start: str) -> None:
    shown_date = read_date(date_shown, capture(captured))
    assert shown_date is not None
    assert shown_date.exact is not None
    assert shown_date.exact.isoformat() == start
    assert shown_date.edited is date_shown.startswith(("Modifié", "Edited"))


@pytest.mark.parametrize(("date_shown", "captured", "start", "end"), BOUNDED)
def test_bounded(date_shown: str, captured: str, start: str, end: str) -> None:
    shown_date = read_date(date_shown, capture(captured))
    assert shown_date is not None
    assert shown_date.exact is None
    assert shown_date.start is not None
    assert shown_date.end is not None
    assert (shown_date.start.isoformat(), shown_date.end.isoformat()) == (start, end)


@pytest.mark.parametrize("text", NO_DATE)
def test_no_date(text: str) -> None:
    assert read_date(text, capture("2024-12-04")) is None
    assert not is_date(text)


@pytest.mark.parametrize(
    "text", ["Le 31/02/2024 à 10h00", "Le 02/13/2024 à 10h00", "Le 02/12/2024 à 25h00"]
)
def test_impossible(text: str) -> None:
    shown_date = read_date(text, capture("2024-12-04"))
    assert shown_date is not None
    assert shown_date.start is None
    assert shown_date.exact is None


@given(st.text(max_size=40), st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_any_text_is_a_date_or_not(text: str, day: date) -> None:
    shown_date = read_date(text, Capture(day))
    assert (shown_date is not None) == is_date(text)


@given(
    st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1)).map(
        lambda at: at.replace(second=0, microsecond=0)
    ),
    st.integers(0, 360),
)
def test_a_date_without_year_within_the_year_is_found_again(at: datetime, later: int) -> None:
    months = ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept."]
    months += ["oct.", "nov.", "déc."]
    date_shown = f"Le {at.day} {months[at.month - 1]} à {at:%Hh%M}"
    shown_date = read_date(date_shown, Capture(at.date() + timedelta(days=later)))
    assert shown_date is not None
    assert shown_date.exact == at.replace(tzinfo=PARIS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-12-02T09:08:00+01:00", "2024-12-02T09:08:00+01:00"),
        ("2024-12-02t09:08:00z", "2024-12-02T09:08:00Z"),
        ("2024-12-02 09:08", "2024-12-02T09:08:00"),
        ("2024-12-02T09:08:00.123-05:00", "2024-12-02T09:08:00.123-05:00"),
        ("2024-12", "2024-12"),
        ("2024", "2024"),
        ("2024-02-30", None),
        ("2024-13", None),
        ("2024-12-02T24:00:00Z", None),
        ("2024-12-02T09:08:00+0100", None),
        ("20241202", None),
        ("hier", None),
        ("0000", None),
    ],
)
def test_written_times(text: str, expected: str | None) -> None:
    assert regular(text) == expected


@given(st.datetimes(datetime(1800, 1, 1), datetime(2200, 1, 1)))
def test_a_time_read_in_paris_keeps_its_figures(at: datetime) -> None:
    text = at.isoformat(timespec="seconds")
    paris_time = in_paris(text)
    assert paris_time[:19] == text
    assert has_offset(paris_time)
    assert not has_offset(text)


@pytest.mark.parametrize("text", ["2024-12-02", "2024-02", "2024", "2024-12-02T09:08:07Z"])
def test_periods_begin_before_they_end(text: str) -> None:
    start, end, _ = period(text)
    assert datetime.fromisoformat(start) <= datetime.fromisoformat(end)


def test_a_precision_that_is_told_counts() -> None:
    span = period("2024-12-02T09:08:00+01:00", "day")
    assert span == ("2024-12-02T00:00:00+01:00", "2024-12-02T23:59:59+01:00", "day")


@pytest.mark.parametrize(
    ("text", "capture_text"),
    [
        ("2024-12-04", "2024-12-04"),
        ("04/12/2024", "2024-12-04"),
        ("2024-12-04T10:30", "2024-12-04T10:30:00+01:00"),
        ("2024-12-04 10:30", "2024-12-04T10:30:00+01:00"),
        ("2024-12-04T23:30:00Z", "2024-12-05T00:30:00+01:00"),
    ],
)
def test_captures(text: str, capture_text: str) -> None:
    assert capture(text).text == capture_text


@pytest.mark.parametrize(
    "text", ["hier", "2024", "2024-13-01", "31/02/2024", "2024-12-04T99:00", ""]
)
def test_no_capture(text: str) -> None:
    assert Capture.parse(text) is None
