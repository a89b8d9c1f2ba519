"""When is it, written as Unix, Mailman 2's archives, newspapers of Quebec and themes write it?"""

from __future__ import annotations

from datetime import date

import pytest

from indexer.times import Capture, shown_dates, written

DATES = [
    ("Lun 4 Mar 08:15:00 CET 2024", "2024-03-04T08:15:00+01:00"),
    ("Mon Mar  4 08:15:00 CET 2024", "2024-03-04T08:15:00+01:00"),
    ("Jeu 1 Aou 08:15:00 CEST 2024", "2024-08-01T08:15:00+02:00"),
    ("Mer 10 Fév 08:15:00 2024", "2024-02-10T08:15:00+01:00"),
    ("Publié à 8 h 15 le 4 mars 2024", "2024-03-04T08:15:00+01:00"),
    ("Publié à 8h15, le 04/03/2024", "2024-03-04T08:15:00+01:00"),
    ("4 mars 2024 At 8 h 15 min", "2024-03-04T08:15:00+01:00"),
    ("Publié le 04-03-24 à 08h15", "2024-03-04T08:15:00+01:00"),
    ("04-03-2024 08:15", "2024-03-04T08:15:00+01:00"),
    ("4 mars 24, 8 h 15", "2024-03-04T08:15:00+01:00"),
    ("4 mars '24 à 08h15", "2024-03-04T08:15:00+01:00"),
    ("4 mars 2024 (08:15)", "2024-03-04T08:15:00+01:00"),
    ("10 mars 24 14:30", "2024-03-10T14:30:00+01:00"),
]
DAYS = [
    # the hour of another zone is not told as that of Paris
    ("Thu Mar 7 08:15:00 UTC 2024", "2024-03-07"),
    ("Thu Mar 7 08:15:00 -0500 2024", "2024-03-07"),
    ("Vendredi premier mars 2024", "2024-03-01"),
    ("2 mars 24", "2024-03-02"),
]
NOT_DATES = ["01-23-45-67-89", "réf. 12-34-56-78", "Mar 4 est un prénom", "A-12-03-24"]


@pytest.mark.parametrize(("text", "moment"), DATES)
def test_moments(text: str, moment: str) -> None:
    (date_shown,) = shown_dates(text, Capture(date(2024, 12, 4)))
    assert date_shown.exact is not None
    assert written(date_shown.exact) == moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("4 mars 14 h 30", "2024-03-04T14:30:00+01:00"),
        ("le 4 mars à 14h30 (2 avis)", "2024-03-04T14:30:00+01:00"),
    ],
)
def test_an_hour_is_no_year(text: str, moment: str) -> None:
    (date_shown,) = shown_dates(text, Capture(date(2024, 12, 4)))
    assert date_shown.exact is not None
    assert written(date_shown.exact) == moment


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_days(text: str, day: str) -> None:
    (date_shown,) = shown_dates(text, Capture(date(2024, 12, 4)))
    assert date_shown.exact is None
    assert date_shown.start is not None
    assert date_shown.start.date().isoformat() == day


@pytest.mark.parametrize("text", NOT_DATES)
def test_what_is_no_date(text: str) -> None:
    assert shown_dates(text, Capture(date(2024, 12, 4))) == []
