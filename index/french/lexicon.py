"""What does the reading of French know by heart? What french.toml says, with its types."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

_DATA: dict[str, Any] = tomllib.loads(Path(__file__).with_name("french.toml").read_text("utf-8"))

ELIDED: tuple[str, ...] = tuple(_DATA["elided"])
LEXICAL: frozenset[str] = frozenset(_DATA["lexical"])
CLITICS: frozenset[str] = frozenset(_DATA["clitics"])
NUMBERED: tuple[str, ...] = tuple(_DATA["numbered"])
DOTTED: tuple[str, ...] = tuple(_DATA["dotted"])
UNITS: tuple[str, ...] = tuple(_DATA["units"])
ACCENTED: frozenset[str] = frozenset(_DATA["accented"].split())
COMMON: frozenset[str] = frozenset(_DATA["common"].split())
ENDINGS: Mapping[str, Mapping[str, str]] = _DATA["inclusive"]
MEASURES: Mapping[str, str] = dict(zip(UNITS, UNITS, strict=True)) | {
    way: unit for unit, ways in _DATA["measures"].items() for way in (unit, *ways.split("|"))
}
"""A unit as it may be written after its number → its one form."""
MONTHS: Mapping[str, int] = {
    way: number
    for number, (month, ways) in enumerate(_DATA["months"].items(), 1)
    for way in (month, *ways.split())
}
RULES: Mapping[str, str] = MappingProxyType(_DATA["rules"])


def any_of(words: Iterable[str]) -> str:
    """A regular expression for any of these words, the longest first.

    >>> any_of(["m", "mo", "€"])
    'mo|m|€'
    """
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
