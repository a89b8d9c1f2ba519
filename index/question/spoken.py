"""How are figures put in words: a number, an hour, a date, a share, a rank, a price?

Only a question looks for it so, as a synonym: 9h05 is neuf heures cinq, 2/3 deux tiers, 20e
vingtième. What is given is the one form that `french.canonical` has for a thing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from index.french.lexicon import MEASURES, MONTHS
from index.french.patterns import late
from index.question import number_words

_FIGURES = late(r"(\d+)(?:\.(\d+))?(|[^\d.].*)")
_CLOCK = late(r"(\d{1,2}) ?h(?: ?(\d\d))?")
_DATE = late(r"(?:(\d{4})-)?(\d\d)-(\d\d)")
_MONTH = late(r"19(3[2-9]|[4-9]\d)-(\d\d)")
"""Of a year whose two figures are no day."""
_SHARE = late(r"(\d{1,2})/(\d{1,4})")
_RANK = late(r"(\d+)e")
_TAILS = {15: ["et quart"], 30: ["et demie", "et demi"], 45: ["trois quarts"]}
_NOON = {0: "minuit", 12: "midi", 24: "minuit"}
_WHOLES = {2: ["demi", "demie"], 3: ["tiers"], 4: ["quart"]}
_SHARES = frozenset({"pour cent", "pour mille"})
_FEMININE = frozenset({"h", "min", "s", "ms", "t", "£"})
_NAMES_OF_MONTHS = {number: way for way, number in reversed(list(MONTHS.items()))}
_FEWEST = 2
"""Letters of a unit's name: « g » is no word."""


def in_words(form: str) -> list[str]:
    """Return the ways to put figures in words, with their unit.

    >>> in_words("2000"), in_words("2000000 €"), in_words("20e"), in_words("2/3")
    (['deux mille'], ["deux millions d'euros"], ['vingtieme'], ['deux tiers'])
    >>> in_words("14 h 30")[:2], in_words("9h")
    (['quatorze heures trente', 'quatorze heures et demie'], ['neuf heures'])
    >>> in_words("2024-05-01")[:1], in_words("neuf"), in_words("007")
    (['premier mai 2024'], [], [])
    >>> in_words("1968-05"), in_words("1968-05-12")[-1]
    (['mai 68'], '12 mai 68')
    """
    if not form[:1].isdecimal():
        return []
    if clock := _CLOCK.fullmatch(form):
        return _clock(int(clock[1]), int(clock[2] or 0))
    if day := _DATE.fullmatch(form):
        return _date(day[1] or "", int(day[2]), int(day[3]))
    if month := _MONTH.fullmatch(form):
        return [f"{_NAMES_OF_MONTHS[int(month[2])]} {month[1]}"]
    if share := _SHARE.fullmatch(form):
        return _share(int(share[1]), int(share[2]))
    if rank := _RANK.fullmatch(form):
        return number_words.ranks(int(rank[1]))
    figures = _FIGURES.fullmatch(form)
    if figures is None or (figures[1][0] == "0" and len(figures[1]) > 1):
        return []
    unit = figures[3].strip()
    if unit and MEASURES.get(unit) != unit:
        return []
    return _counted(int(figures[1]), figures[2] or "", unit)


def date_in_words(form: str) -> list[str] | None:
    """Return the ways to put a date in words that none of its words has; None for no date.

    « 3 mars 2024 » needs none: 3 is trois by itself, and 2024 deux mille vingt-quatre. For the
    first of a month the answer is None too, and `in_words` has it all: 1 is premier in a date
    alone.

    >>> date_in_words("2024-03-03"), date_in_words("1968-05-12"), date_in_words("2024-05-01")
    ([], ['12 mai 68'], None)
    """
    day = _DATE.fullmatch(form)
    if day is None or not day[1] or day[3] == "01":
        return None
    short = f"{int(day[3])} {_NAMES_OF_MONTHS[int(day[2])]} {day[1][2:]}"
    return [short] if day[1].startswith("19") else []


def _clock(hour: int, minutes: int) -> list[str]:
    if hour > 24 or minutes > 59:
        return []
    ways = _hours(hour)
    if not minutes:
        return ways
    tails = number_words.counted(minutes, feminine=True)[:1] + _TAILS.get(minutes, [])
    full = [f"{way} {tail}" for way in ways for tail in tails]
    if minutes <= 30 or minutes % 5:
        return full
    remainder = ["le quart"] if minutes == 45 else number_words.counted(60 - minutes, feminine=True)
    return full + [f"{way} moins {few}" for way in _hours(hour + 1) for few in remainder]


def _hours(hour: int) -> list[str]:
    name = "heures" if hour > 1 else "heure"
    ways = [f"{count} {name}" for count in number_words.counted(hour, feminine=True)]
    return [*ways, _NOON[hour]] if hour in _NOON else ways


def _date(year: str, month: int, day: int) -> list[str]:
    """The day in words, and the year in figures and in words."""
    if month not in _NAMES_OF_MONTHS:
        return []
    days = ["premier"] if day == 1 else number_words.spelled(day)
    years = ["", *number_words.spelled(int(year))] if year else []
    ends = [f" {way or year}" for way in years] or [""]
    name = _NAMES_OF_MONTHS[month]
    # 12 mai 68; of this century, the year is written whole
    years += [year[2:]] if year.startswith("19") else []
    return [f"{way} {name}{end}" for way in days for end in ends] + [
        f"{'1er' if day == 1 else day} {name} {way}" for way in years[1:]
    ]


def _share(numerator: int, denominator: int) -> list[str]:
    """Trois cinquièmes, un quart; nothing for what is more than one, or a date."""
    if not 1 <= numerator < denominator:
        return []
    names = _WHOLES.get(denominator) or number_words.ranks(denominator)[:1]
    if numerator == 1:
        return [f"{'une' if name == 'demie' else 'un'} {name}" for name in names]
    plural = [name if name.endswith("s") else name + "s" for name in names]
    return [f"{way} {name}" for way in number_words.spelled(numerator) for name in plural]


def _counted(value: int, decimals: str, unit: str) -> list[str]:
    feminine = unit in _FEMININE
    if not unit and not decimals:
        # « vingt et une » counts what is said after
        ways = number_words.spelled(value)
        return [*ways, *(way[:-2] + "une" for way in ways if way.endswith(" un"))]
    names = _names(unit, plural=value > 1) if unit else [""]
    if not decimals:
        ways = number_words.counted(value, feminine=feminine)
        return [_with(way, name) for way in ways for name in names]
    counts = number_words.counted(value, feminine=feminine)
    half = [f"{_with(way, name)} et demi" for way in counts for name in names]
    half += [way + "e" for way in half]
    tenths = [] if decimals[0] == "0" else number_words.counted(int(decimals), feminine=False)[:1]
    integers = number_words.counted(value, feminine=False)[:1]
    comma = [f"{way} virgule {few}" for way in integers for few in tenths]
    return (half if decimals == "5" else []) + [_with(way, name) for way in comma for name in names]


@cache
def _names(unit: str, *, plural: bool) -> Sequence[str]:
    """A unit in words: €, euros."""
    spellings = [way for way, form in MEASURES.items() if form == unit]
    ways = [way for way in spellings if len(way) > _FEWEST]
    # « un an » is said with the short form
    names = [
        way
        for way in (ways if plural else spellings)
        if _plural(way, spellings) is plural or way in _SHARES
    ]
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


def _with(number: str, name: str) -> str:
    is_round = re.search(r"(?:million|milliard)s?(?: et demi)?$", number)
    of = ("d'" if name[:1] in "aeiou" else "de ") if is_round else ""
    return f"{number} {of}{name}".rstrip() if name else number
