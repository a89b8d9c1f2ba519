"""Which one thing do several words of a question make: a number, an hour, a date, a price?

`together` reads what texts are read by: 150 000, 9 heures 30, XXe siècle. `otherwise` knows the
same in figures and in Roman figures, which only a question looks for, and `spoken` in words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from index import french
from index.french import Variant, number_words
from index.french.canonical import Form, date, month_of
from index.french.lexicon import MEASURES, MONTHS
from index.french.numbers import SIGNED
from index.french.patterns import late
from index.french.tokens import WORDED
from index.question import clauses, spoken, typed
from index.question.clauses import Alternative
from index.question.typed import Unit

_MOST_UNITS = 12
"""Of a number in words: neuf cent quatre-vingt-dix-neuf mille…"""
_ELIDED = late(r"\s+d['’]")
_NOON = {"midi": "12 h", "minuit": "0 h"}
_COUNTED = frozenset(word for way in MEASURES for word in way.split()[:1] if len(word) > 1)
_PARTS = {"demi": 2, "demie": 2, "tiers": 3, "quart": 4, "quarts": 4}
_TEXT, _NAMES = ("text", "title"), 2
_AT_LEAST = frozenset({"au", "du", "ou", "plus", "de"})
_ROMAN = frozenset("ivx")
_FIRST = {"i": ("ier", "1er"), "ier": ("i",), "1er": ("i",)}
"""François I is François Ier."""
_SIGNS = frozenset("+-–")
_MINUS = late(r"(?<!\S)[-‐‑−–](?=\d)")
_PAIR = 2
_LONGEST_SHARE = 6
"""Units of « 1 salarié du privé sur », at most."""
_TWO_FIGURES = late(r"\d\d")
_YEAR = late(r"[12]\d{3}")
_DAY = late(r"(?P<year>\d{4}-)?(?P<day>\d\d-\d\d)")
_MONTHS = 12
_PADDED = 2
"""Figures of a number that may begin with a zero."""
_DAYS = range(10, 32)
"""Two figures that may be a day as well as a year."""
_AFTER_A_NUMBER = frozenset(word for way in MEASURES for word in way.split()[:1]) | {*MONTHS}

Holds = Callable[[str, Sequence[str]], bool]
Spread = tuple[int, int, Alternative]
"""The numbers of the first unit and of the one after the last, and the other way to say them."""


def together(units: Sequence[Unit], question: str) -> list[Spread]:
    """The forms that units have together: 150 000, 9 heures 30, XXe siècle."""
    if len(units) < 2 or not any(map(_may_go_on, units)):
        return []
    # an international number and a temperature keep their sign, which means more elsewhere
    sign = question[max(0, units[0].start - 1) : units[0].start]
    offset = units[0].start - (sign in _SIGNS)
    if question[max(0, offset - 1) : offset + 1] == "(+":
        offset -= 1
    # a minus is a word of its own, as `typed.units` has it
    text = _MINUS.sub(" ", question[offset : units[-1].end])
    places = {unit.start - offset: number for number, unit in enumerate(units)}
    ends = {unit.end - offset: number for number, unit in enumerate(units)}
    variant_forms = {
        variant.form.removeprefix(WORDED)
        for unit in units
        for token in unit.tokens
        for variant in token.variants
    }
    forms = [
        (first, last, form)
        for first, last, form in _forms(text, places, ends)
        if first < last or form.form not in variant_forms
    ]
    spreads: list[Spread] = []
    for first, last, form in forms:
        for way in _alternatives(form, units[first : last + 1]):
            # 1.500 € is read as 1,5 € too
            is_other = any(way.instead and span[:2] == (first, last + 1) for span in spreads)
            spreads.append((first, last + 1, way._replace(instead=way.instead and not is_other)))
    return spreads + [
        # the year may stand elsewhere in the passage, and the month of another day too
        (
            first,
            last + (not day["year"]),
            clauses.joined(day["day"], day["day"])._replace(instead=True),
        )
        for first, last, form in forms
        if first < last and (day := _DAY.fullmatch(form.form))
    ]


def _alternatives(form: Variant, row: Sequence[Unit]) -> list[Alternative]:
    """A form beside its words; of a quantity or a law, instead: L. 123-4 is no L. 123-4-1."""
    way = clauses.joined(form.stem, form.form)
    tokens = [token for unit in row for token in unit.tokens]
    instead = way._replace(boost=1.0, instead=True)
    is_degrees = "°" in form.form and not form.form.startswith("n°")
    if typed.LAW.fullmatch(form.form) or typed.amount(tokens, [form]) or is_degrees:
        return [instead]
    if typed.counted(tokens, form.form):
        # 10 petits euros
        words = tuple(token.exact for token in tokens)
        return [instead, Alternative("", words, slop=2 if len(words) == _PAIR else 1)]
    return [way]


def _forms(
    text: str, places: Mapping[int, int], ends: Mapping[int, int]
) -> Iterator[tuple[int, int, Variant]]:
    """The forms of a text, each with its first unit and its last, by their `places` and `ends`."""
    for token in french.tokens(text):
        for variant in token.variants:
            first, last = places.get(variant.start), ends.get(variant.end)
            is_form = variant.stem or variant.form.startswith(WORDED)
            if first is not None and last is not None and is_form and not variant.part:
                figures = variant.form.removeprefix(WORDED)
                yield first, last, variant._replace(form=figures, stem=french.stem(figures))


def _may_go_on(unit: Unit) -> bool:
    """Whether the words after a unit may make one thing with it: a number, a month, an ordinal."""
    last = unit.tokens[-1]
    begins = last.rule == "ordinal" or last.exact in MONTHS or last.exact in ("no", "nos", "ier")
    begins = begins or len(last.exact) == 1 or _ROMAN.issuperset(last.exact)
    return begins or any(map(str.isdigit, "".join(unit.words)))


class _Number(NamedTuple):
    """A number in words: its first unit, the one after the last, its figures, and what it is."""

    first: int
    after: int
    figures: str
    kind: str = ""
    """"" for a whole number, else "part" of something, "rank", or "begun": nothing by itself."""


def otherwise(units: Sequence[Unit], question: str, holds: Holds) -> Iterator[Spread]:
    """The figures of numbers in words, with their units, and the Roman figures of Louis 14.

    `holds` tells whether the index has a word in some columns.
    """
    yield from _below_zero(units, question)
    yield from _ones(units)
    numbers = list(_numbers(units))
    for number in numbers:
        if number.kind != "begun":
            value = number.figures
            yield number.first, number.after, clauses.synonym(value, [value])
    if numbers:
        for first, last, form in _forms(*_in_figures(units, question, numbers)):
            if first < last:
                # « mille francs » are in « dix mille francs »: there, words are no quantity
                quantity = _alternatives(form, units[first : last + 1])[0]
                synonym = clauses.synonym(form.stem, [form.form])
                yield first, last + 1, quantity if quantity.instead else synonym
                for way in spoken.in_words(form.form):
                    words = [token.exact for token in french.tokens(way)]
                    yield first, last + 1, clauses.synonym(french.stem(words[0]), words)
    yield from _years_in_two_figures(units)
    yield from _seasons(units)
    for place, (left, right) in enumerate(pairwise(units)):
        name, figures = left.words, right.words
        is_name = name[-1].isalpha() and len(name[-1]) >= _NAMES and not left.common
        if len(figures) > 1 or not is_name:
            continue  # « le 14 » is no « le XIV »
        ways = _otherwise_numbered(figures[0], holds)
        if question[left.start].isupper():
            ways += _FIRST.get(figures[0], ())
        for way in ways:
            yield place, place + 2, clauses.synonym(name[0], [*name, way])


def values(units: Sequence[Unit]) -> Iterator[Spread]:
    """The values of numbers in words: a text has them, however it writes them.

    They stand for the words, which a text may hold in another number: trente, in trente-et-un.

    >>> from index.question.typed import units
    >>> read = [*units("dix", 0), *units("mille", 4), *units("francs", 10)]
    >>> [(first, after, way.words) for first, after, way in values(read)]
    [(0, 2, ('10000',))]
    """
    first = 0
    while first < len(units):
        number = None if _is_share(units, first) else _longest(units, first)
        if number and (number.kind != "begun" or units[first].words == ["neuf"]):
            value = clauses.joined(number.figures, number.figures)
            yield number.first, number.after, value._replace(boost=1.0, instead=True)
        first = number.after if number else first + 1


def _is_share(units: Sequence[Unit], at: int) -> bool:
    """Whether a unit is the « cent » of « pour cent »."""
    return at > 0 and units[at - 1].words == ["pour"] and units[at].words in (["cent"], ["mille"])


def _below_zero(units: Sequence[Unit], question: str) -> Iterator[Spread]:
    """Moins 5 degrés is -5 °C; « au moins 5 degrés » is not."""
    for place, unit in enumerate(units[:-1]):
        before = units[place - 1].words[-1] if place else ""
        if unit.words != ["moins"] or before in _AT_LEAST:
            continue
        following = units[place + 1 :]
        for first, last, form in _forms(
            *_in_figures(following, question, list(_numbers(following)))
        ):
            if first == 0 and SIGNED.fullmatch(form.form):
                form = form._replace(form="-" + form.form)
                yield place, place + last + 2, clauses.synonym(form.form, [form.form])


def _ones(units: Sequence[Unit]) -> Iterator[Spread]:
    """1 Français sur 3 is un Français sur trois; 1 alone is no word."""
    words = [unit.words for unit in units]
    for place, word in enumerate(words[:-2]):
        links = words[place + 1 : place + _LONGEST_SHARE]
        if word == ["1"] and ["sur"] in links:
            for article in ("un", "une"):
                yield place, place + 1, clauses.synonym(article, [article])


def _years_in_two_figures(units: Sequence[Unit]) -> Iterator[Spread]:
    """Mai 68 and Mai-68 are mai 1968; août 14 is août 2014 or 1914, but août 14 h is neither.

    That is of a question: in a text, what may be a day is no year.
    """
    words = [(word, place) for place, unit in enumerate(units) for word in unit.words]
    for at, ((name, first), (figures, last)) in enumerate(pairwise(words)):
        if name not in MONTHS or not _TWO_FIGURES.fullmatch(figures):
            continue
        after = words[at + 2][0] if at + 2 < len(words) else ""
        if int(figures) in _DAYS and after in _AFTER_A_NUMBER:
            continue
        day, place = words[at - 1] if at else ("", first)
        dated = day.isdecimal() and len(day) <= len(figures)
        start = place if dated else first
        for year in _years(figures):
            month = MONTHS[name]
            form: Form | None = Form(month_of(year, month), 0)
            if dated:
                form = next(date(year, month, int(day), 0), None)
            if form:
                yield start, last + 1, clauses.synonym(form.form, [form.form])


def _seasons(units: Sequence[Unit]) -> Iterator[Spread]:
    """2022-2023 is 2022-23, as a season, a school year or a winter is written."""
    words = [(word, place) for place, unit in enumerate(units) for word in unit.words]
    for (year, first), (following, last) in pairwise(words):
        if _YEAR.fullmatch(year) and following.isdecimal():
            next_year = str(int(year) + 1)
            other = {next_year: next_year[2:], next_year[2:]: next_year}.get(following)
            if other:
                yield first, last + 1, clauses.synonym(year, [year, other])


def _years(figures: str) -> list[str]:
    """The years that two figures may be.

    >>> _years("68"), _years("05"), _years("14")
    (['1968'], ['2005'], ['2014', '1914'])
    """
    if int(figures) in _DAYS:
        return ["20" + figures, "19" + figures]
    return [("20" if figures[0] == "0" else "19") + figures]


def _in_figures(
    units: Sequence[Unit], question: str, numbers: Sequence[_Number]
) -> tuple[str, dict[int, int], dict[int, int]]:
    """The question with its numbers in figures, and where its units begin and end in it."""
    figures = {number.first: number for number in numbers}
    text, place, end = "", 0, units[0].start
    places: dict[int, int] = {}
    ends: dict[int, int] = {}
    while place < len(units):
        unit = units[place]
        number = figures.get(place)
        after = number.after if number else place + 1
        # deux millions d'euros: 2000000 euros
        text += _ELIDED.sub(" ", question[end : unit.start])
        places[len(text)] = place
        text += number.figures if number else question[unit.start : unit.end]
        place, end = after, units[after - 1].end
        ends[len(text)] = after - 1
    return text, places, ends


def _otherwise_numbered(word: str, holds: Holds) -> list[str]:
    """The number after a name, in Roman figures where the index has them, or without them."""
    value = number_words.numeral_of(word)
    if value:
        return [str(value), *(way for way in number_words.spelled(value) if way.isalpha())]
    value = int(word) if word.isdecimal() else number_words.value_of([word]) or 0
    # épisode 03, Paris Cedex 8
    padded = {f"{value}", f"{value:02}"} - {word} if len(word) <= _PADDED and value else ()
    ways = [way for way in padded if word.isdecimal() and holds(way, _TEXT)]
    roman = number_words.numeral(value) if 1 < value < number_words.NUMERALS else ""
    return [*ways, roman] if roman and holds(roman, _TEXT) else ways


def _numbers(units: Sequence[Unit]) -> Iterator[_Number]:
    """The longest numbers in words."""
    first = 0
    while first < len(units):
        if _is_share(units, first):
            first += 1
            continue
        number = _begun(units, first) or _longest(units, first)
        if number:
            number = _shared(units, number) or _with_decimals(units, number) or number
            yield number
        first = number.after if number else first + 1


def _begun(units: Sequence[Unit], first: int) -> _Number | None:
    """Midi is 12 h, and the first of a month is its 1; neither is said so by itself."""
    word = units[first].words[0] if len(units[first].words) == 1 else ""
    if word in _NOON:
        return _Number(first, first + 1, _NOON[word], "begun")
    after = units[first + 1].words[0] if first + 1 < len(units) else ""
    if word == "premier" and after in MONTHS:
        return _Number(first, first + 1, "1", "begun")
    return None


def _longest(units: Sequence[Unit], first: int) -> _Number | None:
    words: list[str] = []
    best = None
    for after in range(first + 1, min(first + _MOST_UNITS, len(units)) + 1):
        words += units[after - 1].words
        if not number_words.may_say(words[-1]):
            break
        value, rank = number_words.value_of(words), number_words.rank_of(words)
        if value is not None:
            best = _Number(first, after, str(value))
        elif rank is not None:
            best = _Number(first, after, f"{rank}e", "rank")
        elif after < len(units) and _counts(words, units[after]):
            # neuf heures, une heure
            value = number_words.value_of(words, alone=True)
            best = _Number(first, after, str(value), "begun")
        elif after < len(units) and words == ["neuf"] and _is_plural(units[after]):
            best = _Number(first, after, "9")
    return best


def _is_plural(unit: Unit) -> bool:
    """Whether « neuf » before a unit is a number: no adjective before a plural is so written."""
    word = unit.words[0]
    return not unit.common and len(word) > _NAMES and word.endswith(("s", "x"))


def _counts(words: Sequence[str], unit: Unit) -> bool:
    """Whether « neuf » or « une », before this unit, is a number."""
    has_counted_unit = unit.words[0] in _COUNTED or unit.words[0] in MONTHS
    parts = unit.words[0] in _PARTS or number_words.rank_of(unit.words) is not None
    return (has_counted_unit or parts) and number_words.value_of(words, alone=True) is not None


def _shared(units: Sequence[Unit], number: _Number) -> _Number | None:
    """Trois cinquièmes, deux tiers, un quart: a part of one."""
    if number.kind == "rank" or number.after >= len(units) or "h" in number.figures:
        return None
    words = units[number.after].words
    denominator = _PARTS.get(words[-1]) if len(words) == 1 else None
    if denominator is None and (words[-1].endswith("s") or number.figures == "1"):
        denominator = number_words.rank_of(words)
    # 22/3 is a day
    if denominator is None or (int(number.figures) > _MONTHS and denominator <= _MONTHS):
        return None
    return _Number(number.first, number.after + 1, f"{number.figures}/{denominator}", "part")


def _with_decimals(units: Sequence[Unit], number: _Number) -> _Number | None:
    """Trois virgule cinq; deux et demi, which no unit parts."""
    following = [unit.words for unit in units[number.after : number.after + 2]]
    if number.kind == "rank" or len(following) < 2:
        return None
    if following[0] == ["et"] and following[1] in (["demi"], ["demie"]) and number.kind == "":
        return _Number(number.first, number.after + 2, number_words.and_a_half(number.figures))
    decimals = number_words.value_of(following[1]) if following[0] == ["virgule"] else None
    if decimals is None:
        return None
    return _Number(number.first, number.after + 2, f"{number.figures}.{decimals}")
