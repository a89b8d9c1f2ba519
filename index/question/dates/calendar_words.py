"""By which words do French and English name days, months, years and their counts?

All of them folded: no accents, no capitals.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from index.french import lexicon

Unit = Literal["day", "week", "weekend", "month", "year"]


def _table(rows: str, start: int = 1) -> dict[str, int]:
    return {
        name: number for number, row in enumerate(rows.split("|"), start) for name in row.split()
    }


MONTHS: Mapping[str, int] = MappingProxyType(
    {
        **lexicon.MONTHS,
        **_table(
            "january jan|february feb|march|april apr|may|june jun|july jul|august aug|"
            "september sep|october oct|november nov|december dec"
        ),
    }
)
WEEKDAYS: Mapping[str, int] = MappingProxyType(
    _table(
        "lundi monday|mardi tuesday|mercredi wednesday|jeudi thursday|vendredi friday|"
        "samedi saturday|dimanche sunday",
        0,
    )
)
ENGLISH_NUMBERS: Mapping[str, int] = MappingProxyType(
    _table("one a an|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve")
)
"""The French ones are of `number_words`."""
ORDINALS = frozenset(("er", "ere", "st", "nd", "rd", "th"))
DAYS_BACK: Mapping[str, int] = MappingProxyType(
    {
        "aujourd'hui": 0,
        "aujourdhui": 0,
        "today": 0,
        "ce jour": 0,
        "hier": 1,
        "yesterday": 1,
        **dict.fromkeys(("demain", "tomorrow"), -1),
        **dict.fromkeys(("apres-demain", "apres demain"), -2),
        "avant-hier": 2,
        "avant hier": 2,
        **dict.fromkeys(("ce matin", "ce midi", "ce soir", "cet apres-midi", "cette nuit"), 0),
        **dict.fromkeys(("hier matin", "hier midi", "hier soir", "hier apres-midi"), 1),
    }
)
UNITS: Mapping[str, Unit] = MappingProxyType(
    {
        **dict.fromkeys(("jour", "jours", "j", "day", "days", "d"), "day"),
        **dict.fromkeys(("semaine", "semaines", "sem", "s", "week", "weeks", "w"), "week"),
        **dict.fromkeys(("mois", "m", "month", "months"), "month"),
        **dict.fromkeys(("an", "ans", "annee", "annees", "a", "year", "years", "y"), "year"),
    }
)
SPANS: Mapping[str, Unit] = MappingProxyType(
    {
        **{name: unit for name, unit in UNITS.items() if len(name) > 1},
        **dict.fromkeys(("week-end", "weekend"), "weekend"),
    }
)
