"""How is the one form of a thing said in words that texts are not read by, or shown: 2/3, 06-12?

Only a question looks for it so, as a synonym: 2/3 is deux tiers, 1 € un euro, 1er mai premier mai.
Numbers, hours, ranks and amounts in words have their figures where a text is read
(`french.worded`). What is given is the one form that `french.canonical` has for a thing.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from index.french import number_words
from index.french.lexicon import MEASURES, MONTHS, any_of
from index.french.patterns import late

_FIGURES = late(r"1(?:\.(\d+))?([^\d.].*)")
_MIDNIGHT = "24h"
_DATE = late(r"(?:(\d{4})-)?(\d\d)-(\d\d)")
_MONTH = late(r"19(3[2-9]|[4-9]\d)-(\d\d)")
"""Of a year whose two figures are no day."""
_SHARE = late(r"(\d{1,2})/(\d{1,4})")
_WHOLES = {2: ["demi", "demie"], 3: ["tiers"], 4: ["quart"]}
_SHARES = frozenset({"pour cent", "pour mille"})
_FEMININE = frozenset({"h", "min", "s", "ms", "t", "£"})
_NAMES_OF_MONTHS = {number: way for way, number in reversed(list(MONTHS.items()))}
_FEWEST = 2
"""Letters of a unit's name: « g » is no word."""


def in_words(form: str) -> list[str]:
    """Return the ways to put figures in words, with their unit.

    >>> in_words("2/3"), in_words("1 €")
    (['deux tiers'], ['un euro'])
    >>> in_words("2024-05-01")[:1], in_words("2000"), in_words("9h"), in_words("neuf")
    (['premier mai 2024'], [], [], [])
    >>> in_words("1968-05"), in_words("1968-05-12")
    (['mai 68'], ['12 mai 68'])
    """
    if not form[:1].isdecimal():
        return []
    if form.replace(" ", "") == _MIDNIGHT:
        return ["minuit"]
    if day := _DATE.fullmatch(form):
        return _date(day[1] or "", int(day[2]), int(day[3]))
    if month := _MONTH.fullmatch(form):
        return [f"{_NAMES_OF_MONTHS[int(month[2])]} {month[1]}"]
    if share := _SHARE.fullmatch(form):
        return _share(int(share[1]), int(share[2]))
    figures = _FIGURES.fullmatch(form)
    unit = figures[2].strip() if figures else ""
    if figures is None or MEASURES.get(unit) != unit:
        return []
    return _of_one(figures[1] or "", unit)


def _date(year: str, month: int, day: int) -> list[str]:
    """The first of a month, which is no number; and a year of the last century cut short."""
    if month not in _NAMES_OF_MONTHS:
        return []
    name = _NAMES_OF_MONTHS[month]
    short = [f"{'1er' if day == 1 else day} {name} {year[2:]}"] if year.startswith("19") else []
    if day > 1:
        return short
    years = [year, *number_words.spelled(int(year))] if year else []
    return [f"premier {name}{end}" for end in ([f" {way}" for way in years] or [""])] + short


def _share(numerator: int, denominator: int) -> list[str]:
    """Trois cinquièmes, un quart; nothing for what is more than one, or a date."""
    if not 1 <= numerator < denominator:
        return []
    names = _WHOLES.get(denominator) or number_words.ranks(denominator)[:1]
    if numerator == 1:
        return [f"{'une' if name == 'demie' else 'un'} {name}" for name in names]
    plural = [name if name.endswith("s") else name + "s" for name in names]
    return [f"{way} {name}" for way in number_words.spelled(numerator) for name in plural]


def _of_one(decimals: str, unit: str) -> list[str]:
    """One of something: un is a word too, and no text is read by its figure."""
    way, names = "une" if unit in _FEMININE else "un", _names(unit)
    if not decimals:
        return [f"{way} {name}" for name in names]
    half = [f"{way} {name} et demi{e}" for e in ("", "e") for name in names]
    tenths = [] if decimals[0] == "0" else number_words.counted(int(decimals), feminine=False)[:1]
    comma = [f"un virgule {few} {name}" for few in tenths for name in names]
    return (half if decimals == "5" else []) + comma


@cache
def _names(unit: str) -> Sequence[str]:
    """A unit in words, in the singular: €, euro; an."""
    spellings = [way for way, form in MEASURES.items() if form == unit]
    # « un an » is said with the short form
    names = [way for way in spellings if way in _SHARES or _plural(way, spellings) is False]
    ways = [way for way in spellings if len(way) > _FEWEST]
    return names or [way for way in ways if way.isalpha()] or [unit]


def _plural(way: str, ways: Sequence[str]) -> bool | None:
    """Whether a name is a plural of another: euros, mètres carrés; None for a short form."""
    first, *other_words = way.split()
    singular = " ".join(
        [first.removesuffix("s"), *(word.removesuffix("s") for word in other_words)]
    )
    if way != singular and singular in ways:
        return True
    plurals = (first + "s", first.removesuffix("al") + "aux")
    return False if any(other.split()[0] in plurals for other in ways) else None


_DAY_FORM = late(r"(?:(\d{4})-)?(0[1-9]|1[0-2])-([0-3]\d)|(\d{4})-(0[1-9]|1[0-2])")
_CENTURY = late(r"(\d+(?:e|er))siecle")
_UNIT = any_of({*MEASURES.values()} - {"h"})
_AMOUNT = late(rf"(-?)(\d+)(?:\.(\d+))?({_UNIT}(?:/(?:100)?{_UNIT})*)")
_UNIT_NAMES = {"f": "franc", "ct": "centime", "j": "jour", "an": "an", "sem": "semaine"} | {
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
    >>> " ".join(map(readable, ("30an", "1an", "3500000€", "2.5km/h", "-5°"))).split()
    ['30', 'ans', '1', 'an', '3', '500', '000', '€', '2,5', 'km/h', '-5', '°C']
    """
    if date := _DAY_FORM.fullmatch(form):
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
    name = _UNIT_NAMES.get(unit) or _USUAL.get(unit, unit)
    is_word = name.isalpha() and (unit in _UNIT_NAMES or len(unit) >= _SHORTEST_NAME)
    if not (is_several and is_word) or unit in _SIGNS or name.endswith("s"):
        return name
    return name[:-1] + "ux" if name.endswith("al") else name + "s"
