"""How is a form of the index shown to a reader: 06-12, 30an, 20esiecle?"""

from __future__ import annotations

from index.french.lexicon import MEASURES, any_of
from index.french.patterns import late

_DATE = late(r"(?:(\d{4})-)?(0[1-9]|1[0-2])-([0-3]\d)|(\d{4})-(0[1-9]|1[0-2])")
_CENTURY = late(r"(\d+(?:e|er))siecle")
_UNIT = any_of({*MEASURES.values()} - {"h"})
_AMOUNT = late(rf"(-?)(\d+)(?:\.(\d+))?({_UNIT}(?:/(?:100)?{_UNIT})*)")
_NAMES = {"f": "franc", "ct": "centime", "j": "jour", "an": "an", "sem": "semaine"} | {
    "cny": "yuan", "rub": "rouble", "btc": "bitcoin", "noeud": "nœud"
}  # fmt: skip
_USUAL = {"°": "°C", "°f": "°F", "gr": "g"}
"""Of forms that are not the usual signs; a longer form is a word, but for the signs in it."""
_SIGNS = frozenset({"fcfa", "mbar", "kcal", "gbit", "kbit", "mbit"})
_SHORTEST_NAME = 4
_LARGE = 4


def readable(form: str) -> str:
    """The form as a reader writes it; anything but a date, a century or an amount as it is.

    >>> [readable(form) for form in ("06-12", "2024-06-12", "2024-03", "20esiecle", "9h05")]
    ['12/06', '12/06/2024', '03/2024', '20e siècle', '9h05']
    >>> [readable(form) for form in ("30an", "1an", "3500000€", "2.5km/h", "-5°", "0612345678")]
    ['30 ans', '1 an', '3 500 000 €', '2,5 km/h', '-5 °C', '0612345678']
    """
    if date := _DATE.fullmatch(form):
        return "/".join(filter(None, (date[3], date[2] or date[5], date[1] or date[4])))
    if century := _CENTURY.fullmatch(form):
        return f"{century[1]} siècle"
    amount = _AMOUNT.fullmatch(form)
    if amount is None:
        return form
    sign, whole, part, unit = amount.groups()
    number = f"{int(whole):,}".replace(",", "\u202f") if len(whole) > _LARGE else whole
    decimals = f",{part}" if part else ""
    return f"{sign}{number}{decimals}\u00a0{_named(unit, is_several=int(whole) > 1)}"


def _named(unit: str, *, is_several: bool) -> str:
    name = _NAMES.get(unit) or _USUAL.get(unit, unit)
    is_word = name.isalpha() and (unit in _NAMES or len(unit) >= _SHORTEST_NAME)
    if not (is_several and is_word) or unit in _SIGNS or name.endswith("s"):
        return name
    return name[:-1] + "ux" if name.endswith("al") else name + "s"
