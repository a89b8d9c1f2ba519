"""Is the period of a filter said as it is said in French, and in English?"""

from __future__ import annotations

import pytest

from webui.addresses import Day, SearchParams
from webui.locale import Tongue
from webui.page.result_pages import period


@pytest.mark.parametrize(
    ("first", "last", "french", "english"),
    [
        ("2020-02-03", "2020-02-29", "du 3 au 29 février 2020", "from 3 to 29 February 2020"),
        ("2020-02-01", "2020-02-29", "du 1er au 29 février 2020", "from 1 to 29 February 2020"),
        ("2020-02-01", "", "depuis le 1er février 2020", "since 1 February 2020"),
        ("", "2020-02-29", "jusqu’au 29 février 2020", "until 29 February 2020"),
        ("2020-02", "2020-03", "de février 2020 à mars 2020", "February 2020 to March 2020"),
        ("2020-02", "2020-03-05", "du 1er février au 5 mars 2020",
         "from 1 February to 5 March 2020"),
        ("2020", "2024", "de 2020 à 2024", "2020 to 2024"),
        ("2020", "", "depuis 2020", "since 2020"),
        ("", "2020-05", "jusqu’à mai 2020", "until May 2020"),
        ("2024-03-31", "2024-03-31", "31 mars 2024", "31 March 2024"),
        ("2024-10-27T02:30:00+02:00", "2024-10-27T03:00:00+01:00",
         "du 27 octobre 2024 à 2 h 30 (heure d’été) au 27 octobre 2024 à 3 h 00",
         "27 October 2024, 2:30 (summer time) to 27 October 2024, 3:00"),
        ("2024-10-27T02:30:00+02:00", "", "depuis le 27 octobre 2024 à 2 h 30 (heure d’été)",
         "since 27 October 2024, 2:30 (summer time)"),
        ("", "2024-10-27T03:00:00+01:00", "jusqu’au 27 octobre 2024 à 3 h 00",
         "until 27 October 2024, 3:00"),
        ("Noël 2022", "Noël 2022", "le 25 décembre 2022", "25 December 2022"),
    ],
)  # fmt: skip
def test_a_period_is_said_as_one_says_it(first: str, last: str, french: str, english: str) -> None:
    params = SearchParams(
        since=Day.read(first) if first else None, until=Day.read(last) if last else None
    )
    for language, expected in (("fr", french), ("en", english)):
        words = period(params, Tongue(language))
        assert " ".join(words.split()) == expected, language
