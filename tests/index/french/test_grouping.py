"""Which rows of figures are one number, and which are several."""

from __future__ import annotations

import pytest

from index import french


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("le 14 juillet 1 500 personnes", "le 14 juillet 1500 personnes"),
        ("le 14 juillet 2019 1 500 personnes", "le 14 juillet 2019 1500 personnes"),
        ("en mars 150 000 personnes", "en mars 150000 personnes"),
        ("en mai 68 100 000 personnes", "en mai 68 100000 personnes"),
        ("le 12/03/2024 15 000 voix", "le 12 03 2024 15000 voix"),
        ("12 500 2024 13 000", "12500 2024 13000"),
        ("12 500 1789", "12500 1789"),
        ("2019-2020 12 500 euros", "2019 2020 12500 euros"),
        ("2019 2020 2 500 3 100", "2019 2020 2500 3100"),
        ("pages 120 121", "pages 120 121"),
        ("2019 500 personnes", "2019 500 personnes"),
    ],
)
def test_a_number_stands_among_years_and_dates(text: str, expected: str) -> None:
    assert french.read(text).exact == expected


@pytest.mark.parametrize(
    ("text", "absent", "present"),
    [
        ("en mai 68 100 000 personnes", "68100", None),
        ("France 2 300 000 euros", "2300", "300000€"),
        ("page 12 100 000 km", "12100", "100000km"),
    ],
)
def test_a_number_that_is_set_apart_gives_no_figures_to_the_one_before(
    text: str, absent: str, present: str | None
) -> None:
    variants = french.read(text).variants.split()
    assert absent not in variants
    assert present is None or present in variants


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("100 000 000 d’euros", "100000000€"),
        ("2 000 000 de litres d’eau", "2000000l"),
        ("3 000 000 €", "3000000€"),
    ],
)
def test_whole_millions_are_of_their_unit(text: str, unit: str) -> None:
    assert unit in french.read(text).variants.split()
    assert french.read("2 500 d’euros").variants == ""
