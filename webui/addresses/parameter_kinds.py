"""Which kinds of parameters are there in an address, and what does each accept?

Each says it in words, French and English, and as JSON Schema.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from index.question import query
from webui.addresses.days import BLANK, SCHEMA, Day
from webui.locale import number as written

MOST_VALUES = 20
_LONGEST_VALUE = 200
_LAST = 999_999_999


@dataclass(frozen=True, slots=True)
class Parameter:
    """One name in the address. `read` turns its text into a value, or raises ValueError.

    `many`: may be given several times, any of the values then answers.
    """

    name: str
    attribute: str
    read: Callable[[str], Any]
    default: Any
    schema: Mapping[str, Any]
    says: str
    says_en: str
    accepts: str
    accepts_en: str
    many: bool = False
    example: str | None = None


def _among(values: Iterable[str]) -> Callable[[str], str]:
    allowed = frozenset(values)

    def parse(text: str) -> str:
        if text not in allowed:
            raise ValueError(text)
        return text

    return parse


def _integer(most: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text) or not 1 <= int(text) <= most:
            raise ValueError(text)
        return int(text)

    return parse


def _position(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise ValueError(text)
    return int(text)


# of 10:00+02:00, a sign that was not encoded is read as a blank
_PLUS_DECODED = re.compile(r"(?<=:[0-9]{2}) (?=[0-9]{2}:[0-9]{2}$)")


def day(text: str, now: dt.datetime | None = None) -> Day:
    """Raises ValueError when `text` is no date."""
    return Day.read(_PLUS_DECODED.sub("+", text.strip(BLANK)), now)


def _value(text: str) -> str:
    if len(text) > _LONGEST_VALUE or "\0" in text:
        raise ValueError(text)
    return text


_DATE_FR = (
    "une année (2024), un mois (2024-12, décembre 2024), un jour (2024-12-31, 31/12/2024, hier), "
    "une période en mots (début mai 2023, T2 2023, été 2022) ou un instant RFC 3339"
)
_DATE_EN = (
    "a year (2024), a month (2024-12, May 2023), a day (2024-12-31, 31/12/2024, yesterday), a "
    "period in words (early May 2023, summer 2022) or an RFC 3339 instant"
)
_VALUE_SCHEMA = {"type": "string", "maxLength": _LONGEST_VALUE, "pattern": "^[^\\x00]*$"}


def choice(
    name: str, attribute: str, values: tuple[str, ...], default: str | None, says: str, says_en: str
) -> Parameter:
    listed = ", ".join(values)
    schema: dict[str, Any] = {"type": "string", "enum": list(values)}
    if default is not None:
        schema["default"] = default
    return Parameter(
        name, attribute, _among(values), default, schema, says, says_en,
        f"l’une de ces valeurs : {listed}", f"one of: {listed}", example=values[0],
    )  # fmt: skip


def values(name: str, says: str, says_en: str) -> Parameter:
    schema = {"type": "array", "items": _VALUE_SCHEMA, "maxItems": MOST_VALUES}
    return Parameter(
        name, name, _value, (), schema, says, says_en,
        f"{MOST_VALUES} textes de {_LONGEST_VALUE} caractères au plus",
        f"{MOST_VALUES} texts of {_LONGEST_VALUE} characters at most", many=True,
    )  # fmt: skip


def text(
    name: str, attribute: str, default: str | None, example: str, says: str, says_en: str
) -> Parameter:
    return Parameter(
        name, attribute, _value, default, _VALUE_SCHEMA, says, says_en,
        f"un texte de {_LONGEST_VALUE} caractères au plus",
        f"a text of {_LONGEST_VALUE} characters at most", example=example,
    )  # fmt: skip


def question(name: str, example: str, says: str, says_en: str) -> Parameter:
    return Parameter(
        name, name, query.bounded, "", {"type": "string"}, says, says_en,
        "tout texte", "any text", example=example,
    )  # fmt: skip


def passage(name: str, says: str, says_en: str) -> Parameter:
    """The place of a passage in its article."""
    schema = {"type": "integer", "minimum": 0, "maximum": _LAST}
    return Parameter(
        name, name, _position, None, schema, says, says_en,
        f"un nombre entier de 0 à {written(_LAST, 'fr')}",
        f"a whole number from 0 to {written(_LAST, 'en')}", example="0",
    )  # fmt: skip


def number(name: str, default: int, most: int, says: str, says_en: str) -> Parameter:
    schema = {"type": "integer", "minimum": 1, "maximum": most, "default": default}
    return Parameter(
        name, name, _integer(most), default, schema, says, says_en,
        f"un nombre entier de 1 à {written(most, 'fr')}",
        f"a whole number from 1 to {written(most, 'en')}", example="1",
    )  # fmt: skip


def date(name: str, attribute: str, says: str, says_en: str) -> Parameter:
    return Parameter(
        name, attribute, day, None, SCHEMA, says, says_en, _DATE_FR, _DATE_EN, example="2024-12"
    )
