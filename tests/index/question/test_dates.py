"""Which days do dates in questions name, at which present?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.question import dates

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2024, 3, 15, 12, tzinfo=PARIS)  # a Friday


def days(text: str, sense: dates.Sense = "date", now: datetime = NOW) -> tuple[str, str] | None:
    """First day and last day included, as ISO; an empty string for no bound."""
    dated = dates.read(text, sense, now=now)
    if dated is None:
        return None
    period, _ = dated
    first = f"{period.start:%Y-%m-%d}" if period.start else ""
    last = f"{period.end - timedelta(minutes=1):%Y-%m-%d}" if period.end else ""
    return first, last


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        # relative to today
        ("aujourd’hui", "2024-03-15", "2024-03-15"),
        ("Aujourd'hui", "2024-03-15", "2024-03-15"),
        ("hier", "2024-03-14", "2024-03-14"),
        ("avant-hier", "2024-03-13", "2024-03-13"),
        ("yesterday", "2024-03-14", "2024-03-14"),
        ("cette semaine", "2024-03-11", "2024-03-17"),
        ("la semaine dernière", "2024-03-04", "2024-03-10"),
        ("semaine dernière", "2024-03-04", "2024-03-10"),
        ("last week", "2024-03-04", "2024-03-10"),
        ("25/12/2023-31/12/2023", "2023-12-25", "2023-12-31"),
        ("25/12/23 – 3/1/24", "2023-12-25", "2024-01-03"),
        ("25-12-2023 - 31-12-2023", "2023-12-25", "2023-12-31"),
        ("entre le 25 et le 31 décembre 2023", "2023-12-25", "2023-12-31"),
        ("entre mai et juin 2023", "2023-05-01", "2023-06-30"),
        ("ce mois-ci", "2024-03-01", "2024-03-31"),
        ("le mois dernier", "2024-02-01", "2024-02-29"),
        ("cette année", "2024-01-01", "2024-12-31"),
        ("l’année dernière", "2023-01-01", "2023-12-31"),
        ("l'an dernier", "2023-01-01", "2023-12-31"),
        ("last year", "2023-01-01", "2023-12-31"),
        ("ce week-end", "2024-03-16", "2024-03-17"),
        ("lundi", "2024-03-11", "2024-03-11"),
        ("vendredi", "2024-03-15", "2024-03-15"),
        ("vendredi dernier", "2024-03-08", "2024-03-08"),
        # written dates
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-03", "2024-03-01", "2024-03-31"),
        ("2024-03-12", "2024-03-12", "2024-03-12"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("12/03/2024", "2024-03-12", "2024-03-12"),
        ("12.03.2024", "2024-03-12", "2024-03-12"),
        ("12/03/24", "2024-03-12", "2024-03-12"),
        ("12/03/98", "1998-03-12", "1998-03-12"),
        ("03/2024", "2024-03-01", "2024-03-31"),
        ("mars 2023", "2023-03-01", "2023-03-31"),
        ("Mars 2023", "2023-03-01", "2023-03-31"),
        ("août 2023", "2023-08-01", "2023-08-31"),
        ("aout 2023", "2023-08-01", "2023-08-31"),
        ("déc. 2023", "2023-12-01", "2023-12-31"),
        ("march 2023", "2023-03-01", "2023-03-31"),
        ("1er mars 2024", "2024-03-01", "2024-03-01"),
        ("le 12 mars 2024", "2024-03-12", "2024-03-12"),
        ("mardi 12 mars 2024", "2024-03-12", "2024-03-12"),
        ("March 12, 2024", "2024-03-12", "2024-03-12"),
        # without a year: the last one that has begun
        ("1er mars", "2024-03-01", "2024-03-01"),
        ("12/03", "2024-03-12", "2024-03-12"),
        ("16/03", "2023-03-16", "2023-03-16"),
        ("mars", "2024-03-01", "2024-03-31"),
        ("avril", "2023-04-01", "2023-04-30"),
        ("mars dernier", "2023-03-01", "2023-03-31"),
        ("en février", "2024-02-01", "2024-02-29"),
        ("29/02", "2024-02-29", "2024-02-29"),
        # ago: the day, week, month or year; a count alone runs up to today
        ("il y a 3 jours", "2024-03-12", "2024-03-12"),
        ("3 days ago", "2024-03-12", "2024-03-12"),
        ("il y a deux mois", "2024-01-01", "2024-01-31"),
        ("il y a un an", "2023-01-01", "2023-12-31"),
        ("il y a treize jours", "2024-03-02", "2024-03-02"),
        ("il y a vingt et un jours", "2024-02-23", "2024-02-23"),
        ("depuis soixante-dix ans", "1954-03-15", ""),
        ("les vingt-quatre derniers mois", "2022-03-15", "2024-03-15"),
        ("depuis 2 ans", "2022-03-15", ""),
        ("2 ans", "2022-03-15", "2024-03-15"),
        ("les 3 derniers mois", "2023-12-15", "2024-03-15"),
        ("3j", "2024-03-12", "2024-03-15"),
        # ranges, ends included
        ("2024-01..2024-03", "2024-01-01", "2024-03-31"),
        ("..2024", "", "2024-12-31"),
        ("2024..", "2024-01-01", ""),
        ("2019-2021", "2019-01-01", "2021-12-31"),
        ("entre mars 2023 et juin 2023", "2023-03-01", "2023-06-30"),
        ("du 3 au 12 mars 2024", "2024-03-03", "2024-03-12"),
        ("between march 2023 and june 2023", "2023-03-01", "2023-06-30"),
        # the year that the last date alone has is the first one's too
        ("de janvier à juin 2022", "2022-01-01", "2022-06-30"),
        ("du 3 mars au 12 avril 2022", "2022-03-03", "2022-04-12"),
        ("du 20 décembre au 5 janvier 2024", "2023-12-20", "2024-01-05"),
        ("entre mars et mai 2023", "2023-03-01", "2023-05-31"),
        ("mars-avril 2023", "2023-03-01", "2023-04-30"),
        ("mars à juin 2023", "2023-03-01", "2023-06-30"),
        ("2022 à 2023", "2022-01-01", "2023-12-31"),
        ("2022/2023", "2022-01-01", "2023-12-31"),
        ("jusqu’en mars 2023", "", "2023-03-31"),
        # as dates are written
        ("le 12/03/2024", "2024-03-12", "2024-03-12"),
        ("2024.03.12", "2024-03-12", "2024-03-12"),
        ("20240312", "2024-03-12", "2024-03-12"),
        ("12 mars 24", "2024-03-12", "2024-03-12"),
        ("mai 68", "1968-05-01", "1968-05-31"),
        ("mai 23", "2023-05-23", "2023-05-23"),
        ("premier mars 2024", "2024-03-01", "2024-03-01"),
        ("vingt et un mars 2023", "2023-03-21", "2023-03-21"),
        ("11-Septembre 2001", "2001-09-11", "2001-09-11"),
        ("l’an 2000", "2000-01-01", "2000-12-31"),
        ("avant hier", "2024-03-13", "2024-03-13"),
        ("hier soir", "2024-03-14", "2024-03-14"),
        ("dernières 48 heures", "2024-03-13", "2024-03-15"),
    ],
)
def test_a_date_is_these_days(text: str, first: str, last: str) -> None:
    assert days(text) == (first, last)


@pytest.mark.parametrize(
    ("sense", "text", "first", "last"),
    [
        ("before", "2025", "", "2024-12-31"),
        ("before", "mars 2023", "", "2023-02-28"),
        ("since", "2024-06-01", "2024-06-01", ""),
        ("since", "mars 2023", "2023-03-01", ""),
        ("since", "2 ans", "2022-03-15", ""),
        ("since", "il y a 2 mois", "2024-01-15", ""),
        ("after", "2024-06-01", "2024-06-02", ""),
        ("after", "2024", "2025-01-01", ""),
        ("after", "mars 2023", "2023-04-01", ""),
        ("during", "la semaine dernière", "2024-03-04", "2024-03-10"),
    ],
)
def test_before_and_after_exclude_the_period_and_since_includes_it(
    sense: dates.Sense, text: str, first: str, last: str
) -> None:
    assert days(text, sense) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        *("31/02/2024", "2023-02-29", "2024-13", "32/01/2024", "12.03", "7", "0001", "9999999999"),
        *(
            "foo",
            "l’an quarante",
            "il y a 99999 ans",
            "a",
            "an",
            "mois",
            "dernier",
            "semaine",
            "mar",
        ),
        *(
            "00/00/0000",
            "00/2024",
            "2024-00-12",
            "2024-03-12T14:30",
            "20241332",
            "12h30",
            "mars 2023 à sora",
        ),
        *("..", "entre et et", "mars 2023 sora", "", "²", "٣ jours x"),
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert days(text) is None


def test_two_dates_in_the_wrong_order_are_swapped_and_it_is_said() -> None:
    dated = dates.read("2024..2023", "date", now=NOW)
    assert dated is not None
    period, swapped = dated
    assert (dates.in_french(period), swapped) == ("du 1er janvier 2023 au 31 décembre 2024", True)


def test_the_end_of_a_month_stays_in_the_month() -> None:
    end = datetime(2023, 3, 31, 12, tzinfo=PARIS)
    assert days("1 mois", "since", end) == ("2023-02-28", "")
    leap = datetime(2024, 2, 29, 12, tzinfo=PARIS)
    assert days("1 an", "since", leap) == ("2023-02-28", "")
    assert days("hier", now=datetime(2024, 3, 1, 0, 30, tzinfo=PARIS)) == ("2024-02-29",) * 2


@pytest.mark.parametrize(
    ("day", "hours"), [("2024-03-31", 23), ("2024-10-27", 25), ("2024-03-30", 24)]
)
def test_a_day_lasts_from_midnight_to_midnight_in_paris(day: str, hours: int) -> None:
    dated = dates.read(day, "date", now=NOW)
    assert dated is not None
    start, end = dated[0].seconds()
    assert start is not None
    assert end is not None
    assert end - start == hours * 3600


def test_today_is_the_readers_day_in_paris_not_in_utc() -> None:
    late_evening = datetime(2024, 6, 30, 22, 30, tzinfo=UTC)  # already July in Paris
    assert days("aujourd'hui", now=late_evening) == ("2024-07-01", "2024-07-01")
    assert days("ce mois", now=late_evening) == ("2024-07-01", "2024-07-31")


def test_the_week_of_the_change_of_hour_keeps_its_seven_days() -> None:
    monday = datetime(2024, 4, 1, 9, tzinfo=PARIS)
    dated = dates.read("la semaine dernière", "during", now=monday)
    assert dated is not None
    start, end = dated[0].seconds()
    assert (start, end) == (1711321200, 1711922400)  # 7 × 24 h less one


@pytest.mark.parametrize(
    ("text", "sense", "expected"),
    [
        ("2024-03-12", "date", "le 12 mars 2024"),
        ("mars 2023", "date", "du 1er au 31 mars 2023"),
        ("2024-01..2024-03", "date", "du 1er janvier au 31 mars 2024"),
        ("2025", "before", "jusqu’au 31 décembre 2024"),
        ("hier", "since", "depuis le 14 mars 2024"),
    ],
)
def test_real_days_are_shown_in_french(text: str, sense: dates.Sense, expected: str) -> None:
    dated = dates.read(text, sense, now=NOW)
    assert dated is not None
    assert dates.in_french(dated[0]) == expected


_SAID = st.lists(
    st.sampled_from(
        [
            *(
                "le",
                "la",
                "hier",
                "mars",
                "2024",
                "12/03",
                "il y a",
                "3",
                "jours",
                "depuis",
                "entre",
            ),
            *(
                "et",
                "..",
                "dernier",
                "semaine",
                "1er",
                "an",
                "99",
                "-",
                "/",
                "march",
                "ago",
                "last",
            ),
            *("two", "ans", "31", "29/02", "2024-02-30", "l'", "du", "au", "3 jours", "février"),
        ]
    ),
    max_size=8,
).map(" ".join)


@settings(deadline=None)
@given(
    _SAID | st.text(max_size=90),
    st.sampled_from(["date", "during", "before", "since", "after"]),
    st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(PARIS)),
)
def test_any_text_is_read_or_not_and_bounds_are_in_order(
    text: str, sense: dates.Sense, now: datetime
) -> None:
    dated = dates.read(text, sense, now=now)
    if dated is not None:
        period, _ = dated
        assert period.start is not None or period.end is not None
        if period.start is not None and period.end is not None:
            assert period.start < period.end
        assert dates.in_french(period)
