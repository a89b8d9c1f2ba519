"""Which one thing do several words of a question make: a number, an hour, a date, a price?

`together` reads what texts are read by: 150 000, 9 heures 30, XXe siècle. `otherwise` and `said`
know the same number in words, in figures and in Roman figures, which only a question looks for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

from index import french
from index.french import Variant
from index.french.lexicon import MEASURES, MONTHS
from index.question import clauses, number_words
from index.question.clauses import Alternative
from index.question.typed import Unit

_MOST_UNITS = 12
"""Of a number in words: neuf cent quatre-vingt-dix-neuf mille…"""
_FIGURES = re.compile(r"(\d+)(\D*)")
_CLOCK = re.compile(r"(\d+) h (\d\d)")
_ELIDED = re.compile(r"\s+d['’]")
_MINUTES = {15: "et quart", 30: "et demie"}
_TEXT, _NAMES = ("text", "title"), 2

Holds = Callable[[str, Sequence[str]], bool]
Spread = tuple[int, int, Alternative]
"""The numbers of the first unit and of the one after the last, and the other way to say them."""


def together(units: Sequence[Unit], asked: str) -> list[Spread]:
    """The forms that units have together: 150 000, 9 heures 30, XXe siècle."""
    if len(units) < 2 or not any(map(_may_go_on, units)):
        return []
    # an international number keeps its sign, which asks for a word elsewhere
    offset = units[0].start - (asked[units[0].start - 1 : units[0].start] == "+")
    places = {unit.start - offset: number for number, unit in enumerate(units)}
    ends = {unit.end - offset: number for number, unit in enumerate(units)}
    own = {variant.form for unit in units for token in unit.tokens for variant in token.variants}
    return [
        (first, last + 1, clauses.joined(form.stem, form.form))
        for first, last, form in _forms(asked[offset : units[-1].end], places, ends)
        if first < last or form.form not in own
    ]


def _forms(
    text: str, places: Mapping[int, int], ends: Mapping[int, int]
) -> Iterator[tuple[int, int, Variant]]:
    """The forms of a text, each with its first unit and its last, by their `places` and `ends`."""
    for token in french.tokens(text):
        for variant in token.variants:
            first, last = places.get(variant.start), ends.get(variant.end)
            if first is not None and last is not None and variant.stem and not variant.part:
                yield first, last, variant


def _may_go_on(unit: Unit) -> bool:
    """Whether the words after a unit may make one thing with it: a number, a month, an ordinal."""
    last = unit.tokens[-1]
    begins = last.rule == "ordinal" or last.exact in MONTHS or last.exact in ("no", "nos", "ier")
    return begins or len(last.exact) == 1 or any(map(str.isdigit, last.exact))


def otherwise(units: Sequence[Unit], asked: str, holds: Holds) -> Iterator[Spread]:
    """The figures of numbers in words, with their units, and the Roman figures of Louis 14.

    `holds` tells whether the index has a word in some columns.
    """
    numbers = list(_numbers(units))
    for first, after, value in numbers:
        own = [word for unit in units[first:after] for word in unit.words]
        for way in (str(value), *number_words.spelled(value)):
            words = [token.exact for token in french.tokens(way)]
            if words != own:
                yield first, after, clauses.synonym(french.stem(words[0]), words)
    if numbers:
        for first, last, form in _forms(*_in_figures(units, asked, numbers)):
            if first < last:
                yield first, last + 1, clauses.synonym(form.stem, [form.form])
    for number, (left, right) in enumerate(pairwise(units)):
        name, figures = left.words, right.words
        if len(figures) > 1 or not name[-1].isalpha() or len(name[-1]) < _NAMES:
            continue
        for way in _otherwise_numbered(figures[0], holds):
            yield number, number + 2, clauses.synonym(name[0], [*name, way])


def _in_figures(
    units: Sequence[Unit], asked: str, numbers: Sequence[tuple[int, int, int]]
) -> tuple[str, dict[int, int], dict[int, int]]:
    """The question with its numbers in figures, and where its units begin and end in it."""
    figures = {first: (after, str(value)) for first, after, value in numbers}
    text, number, end = "", 0, units[0].start
    places: dict[int, int] = {}
    ends: dict[int, int] = {}
    while number < len(units):
        unit = units[number]
        after, written = figures.get(number, (number + 1, asked[unit.start : unit.end]))
        # deux millions d'euros: 2000000 euros
        text += _ELIDED.sub(" ", asked[end : unit.start])
        places[len(text)] = number
        text += written
        number, end = after, units[after - 1].end
        ends[len(text)] = after - 1
    return text, places, ends


def _otherwise_numbered(word: str, holds: Holds) -> list[str]:
    """The number after a name, in Roman figures where the index has them, or without them."""
    value = number_words.numeral_of(word)
    if value:
        return [str(value), *(way for way in number_words.spelled(value) if way.isalpha())]
    value = int(word) if word.isdecimal() else number_words.value_of([word]) or 0
    roman = number_words.numeral(value) if 1 < value < number_words.NUMERALS else ""
    return [roman] if roman and holds(roman, _TEXT) else []


def _numbers(units: Sequence[Unit]) -> Iterator[tuple[int, int, int]]:
    """The longest numbers in words, as (first unit, the one after the last, value)."""
    first = 0
    while first < len(units):
        words: list[str] = []
        best = None
        if first and units[first - 1].words == ["pour"] and units[first].words == ["cent"]:
            first += 1  # a share
            continue
        for after in range(first + 1, min(first + _MOST_UNITS, len(units)) + 1):
            words += units[after - 1].words
            if not number_words.may_say(words[-1]):
                break
            value = number_words.value_of(words)
            if value is not None:
                best = first, after, value
        if best:
            yield best
        first = best[1] if best else first + 1


def said(key: str) -> list[str]:
    """The ways to say in words what is in figures, with its unit.

    >>> said("2000"), said("2000000 €"), said("50 %")
    (['deux mille'], ["deux millions d'euros"], ['cinquante pour cent'])
    >>> said("14 h 30"), said("neuf"), said("007")
    (['quatorze heures trente', 'quatorze heures et demie'], [], [])
    """
    clock = _CLOCK.fullmatch(key)
    if clock:
        minutes = int(clock[2])
        ways = [*number_words.spelled(minutes)[:1], *filter(None, [_MINUTES.get(minutes)])]
        return [f"{hours} {way}" for hours in said(f"{clock[1]} h") for way in ways]
    match = _FIGURES.fullmatch(key)
    if match is None or match[1][0] == "0":
        return []
    unit = match[2].strip()
    if unit and MEASURES.get(unit) != unit:
        return []
    name = _plural(unit) if unit else ""
    return [_with(way, name) for way in number_words.spelled(int(match[1]))]


@cache
def _plural(unit: str) -> str:
    """A unit in words: €, euros."""
    ways = [way for way, form in MEASURES.items() if form == unit and way != unit]
    return next(
        (way for way in ways if way == "pour cent" or way.removesuffix("s") in {*ways} - {way}),
        unit,
    )


def _with(number: str, unit: str) -> str:
    of = "d'" if re.search(r"(?:million|milliard)s?$", number) and unit[:1] in "aeiou" else ""
    return f"{number} {of}{unit}".rstrip()
