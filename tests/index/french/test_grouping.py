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


@pytest.mark.parametrize(
    "text",
    [
        "ventes 1000 2000 3000 4000",
        "de 5000 4500 4000 3500 habitants",
        "les siècles 1250 1314 1589 1610",
        "la RN10 2019 2020 2021",
        "prix 100 200 300 40000",
        "de 250 300 4500 euros",
        "tirage 04 12 23 34 45 49",
        "départements 01 02 03 04 05 06 07",
        "scores 02 123 45 67 89",
        "06 12 34 56 78,5",
        "de 2 à 3 RN10 avec elle pour aller",
        "75001 75002 ambassadeur 12",
    ],
)
def test_a_row_of_figures_or_words_is_no_account(text: str) -> None:
    assert french.in_one_piece(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("06 12 34 56 78 07 98 76 54 32", "0612345678 0798765432"),
        ("06 12 34 56 08 07 98 76 54 32", "0612345608 0798765432"),
        ("06 12 34 56 78 24h/24", "0612345678 24 h 24"),
        ("06 12 34 56 78 75001 Paris", "0612345678 75001 paris"),
        ("514 987 6543 et 514 987-6540", "5149876543 et 5149876540"),
        ("NL91 ABNA 0417 1643 00", "nl91abna0417164300"),
        ("4970 1012 3456 7890", "4970101234567890"),
    ],
)
def test_an_identifier_stands_among_figures(text: str, expected: str) -> None:
    assert french.read(text).exact == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("02 07 11 19 34", "02 07 11 19 34"),
        ("tirage : 02 07 11 19 34", "tirage 02 07 11 19 34"),
        ("Tél. : 02 07 11 19 34", "tel 0207111934"),
        ("06 12 34 56 78 07 11 22 33 44", "0612345678 0711223344"),
        ("02 07 11 34 19", "0207113419"),
        ("06\t12\t34\t56\t78", "0612345678"),
        ("514\t555\t1234", "514 555 1234"),
        ("552\t100\t554\t00013", "552 100 554 00013"),
    ],
)
def test_numbers_drawn_or_of_a_table_are_no_identifier(text: str, expected: str) -> None:
    assert french.read(text).exact == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("la C. G. T. Paris", {"cgt"}),
        ("le S. M. I. C. augmente", {"smic"}),
        ("de 2 à 3 km", {"2km", "3km"}),
        ("de 10-15 km", {"10km", "15km"}),
        ('un écran de 27" ici', {"27pouce"}),
        ('il dit "nous étions 27" hier', set()),
        ("en 3'45\"", {"3min45s"}),
        ("120 kWh/m² par an", {"120kwh/m2/an", "120kwh/m2"}),
    ],
)
def test_what_several_chunks_are_together(text: str, expected: set[str]) -> None:
    assert set(french.read(text).variants.split()) == expected
