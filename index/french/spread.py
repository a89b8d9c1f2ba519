"""What does one thing that is written over several chunks answer to?

150 000 €, 3,5 millions d'euros, 9 heures 30, 12 mars 2024, L. 123-4, XXe siècle:
their words stay words of the text (« iPhone 15 256 Go » is not the number 15 256), and their one
form is a variant. `canonical` has the one forms of what is written in one chunk.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from string import ascii_uppercase
from typing import NamedTuple

from index.french.canonical import (
    FRACTION,
    RANGE,
    Form,
    clock,
    composites,
    date,
    every,
    measured,
    mixed,
    share_of,
)
from index.french.folding import plain
from index.french.legible import without_calls
from index.french.lettered import PREFIXED, lettered, priced
from index.french.lexicon import MEASURES, MONTHS, any_of
from index.french.memory import Memory
from index.french.numbers import OPENING, signed
from index.french.patterns import late
from index.french.tokens import WORDED, Token


class Spread(NamedTuple):
    """A form, the chunk it ends in, and the offset of its end in that chunk once plain.

    When it ends in the chunk it begins in, `last` is before `chunks[at]`.
    """

    form: str
    last: int
    end: int
    part: bool = False
    before: int = 0
    """Terms before its first chunk that it begins with: « un » of un million."""


_WEEKDAYS = (
    *("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    *("lun", "mar", "mer", "jeu", "ven", "sam", "dim"),
)
_MOST = 9
"""Chunks after the first."""
_INCHES = "\"″'"
_NUMBER = late(r"\d++(?:\.\d++)?+")
_OPENS = late(
    r"[A-Z]{2}\d\d|1er,?|nos?\.?|\d{1,2}h|\d{1,2}e(?:me)?|[IVX]+(?:i?e|i?eme|°)s?|Ier"
    r"|(?-i:[IVX]{3,})|\d{1,2},|\d{1,2}(?:[.,]\d)?(?:[\"″]|'')"
    rf"|(?:{any_of(MONTHS)})\.?"
    r"|\d{1,9}(?:[.,]\d{1,3})?(?:k|(?-i:M)|Mds?|[€$£%°])|(?-i:[A-Z]\d[A-Z])"
    # last: two letters in capitals may be any of the others in small ones; « Le » is no « LE »
    rf"|(?-i:[A-Z]\.?|[A-Z]{{2}})|(?P<capitals>L\.?O\.?|{PREFIXED})",
    re.IGNORECASE,
)


_AFTER_ARTICLE = late(r"[LlDd]'([A-Z]\.?)")


def opening(text: str, tokens: Sequence[Token]) -> str:
    """What a plain chunk ends with that the next chunks may go on; "" for nothing.

    >>> from index.french.chunks import terms
    >>> [opening(text, terms(text)) for text in ("3,5", "(12", "(L.", "mars", "chat", "3,", "120,")]
    ['3.5', '12', 'L.', 'mars', '', '3,', '']
    """
    last = tokens[-1] if tokens else None
    if last and last.end == len(text) and _THOUSANDS.fullmatch(text) and text.count(".") > 1:
        return text.replace(".", "")
    if last and last.rule == "number" and last.end == len(text) and _NUMBER.fullmatch(last.exact):
        sign = text[last.start - 1 : last.start].replace("–", "-")
        if sign and sign in "-+$€£¥" and not text[: last.start - 1].strip(OPENING):
            return sign + last.exact
        if sign.isalnum():
            return ""
        if len(tokens) != _ENDS:
            return last.exact
        is_range = RANGE.fullmatch(text) or FRACTION.fullmatch(text) or text[:4] in _FIRST_TO
        return text if is_range else last.exact
    is_said = len(tokens) == _ENDS and last and last.variants and last.end == len(text)
    if is_said and all(map(_said, tokens)):
        return "-".join(map(_said, tokens))  # deux-trois semaines
    text = text.lstrip(OPENING)
    if "'" in text and (after := _AFTER_ARTICLE.fullmatch(text)):
        return after[1]
    match = _OPENS.fullmatch(text)
    return text if match and (not match["capitals"] or not text[0].islower()) else ""


def _said(token: Token) -> str:
    """The figures of a word that is a number, and a piece of its chunk; "" for another."""
    last = token.variants[-1] if token.variants else None
    return last.form[1:] if last and last.part and last.form.startswith(WORDED) else ""


def _goes_on(chunk: str) -> bool:
    """Whether a chunk may go on with what the one before began."""
    text = _plain(chunk)
    if _CAPITALS.fullmatch(text):
        return True
    text = text.lower()
    if any(map(str.isdecimal, text)) or _LETTER.fullmatch(text):
        return True
    word = text.rstrip('.,;:!?…»)"')
    if word in _WORDS or text in _WORDS or _CENTURY_WORD.fullmatch(text):
        return True
    return any(sign in text for sign in "½¼¾") or _is_measured(word)


def _is_measured(word: str) -> bool:
    """Whether a word is a measure after an article, or one by another: d'euros, kg/personne."""
    # no pattern: one of all the measures takes long to compile
    if word.startswith(("l'", "d'")):
        return word[2:] in MEASURES
    return word.partition("/")[0] in MEASURES


_WORDS = frozenset(
    {part for way in MEASURES for part in way.split()}
    | set(MONTHS)
    | {
        "million",
        "millions",
        "milliard",
        "milliards",
        "mille",
        "m€",
        "md€",
        "mds€",
        "mrd€",
        "mrds€",
        "k€",
        "md",
        "mds",
        "mrd",
        "mrds",
    }
    | {"m$", "md$", "k$", "d'euros", "d'euro", "de", "dollars", "et", "moins", "demie", "quart"}
    | {"siecle", "siecles", "s", "arrondissement", "arrondissements", "millenaire", "republique"}
    | set(_WEEKDAYS)
    | {"au", "aux", "ou", "le", "h", "demi", "a", "par", "keur", "meur", "er", "eme", "sur"}
    | {"-", "–", "—", "/", "&", "+", "puis", "jusqu'au"}
)


_LETTER = late(r"[a-z]\.?")
_CAPITALS = late(r"[A-Z]{2}[.,;:!?)»]*")
"""Of a number plate: AB 123 CD."""
_CENTURY_WORD = late(r"[ivx]+e(?:me)?,?")


def _plain(chunk: str) -> str:
    return plain(without_calls(chunk))


class _Continues(Memory[bool]):
    def compute(self, word: str) -> bool:
        return _goes_on(word)


_continues = _Continues()


def continues(chunk: str) -> bool:
    """Return whether a chunk may go on with what the one before began."""
    return _continues[chunk]


def spread(begun: str, chunks: Sequence[str], at: int) -> list[Spread]:
    """The forms of what `begun` begins before `chunks[at]`.

    >>> [form[:3] for form in spread("150", ["000", "€"], 0)]
    [('150000', 0, 3), ('150000€', 1, 1)]
    >>> [form.form for form in spread("9", ["heures", "5"], 0)]
    ['9h05', '9h']
    """
    if begun[-1] in _INCHES and not sum(chunk.count('"') for chunk in chunks[: at - 1]) % 2:
        # a screen of 27", and no « "nous étions 27" »
        inches = begun.rstrip(_INCHES).replace(",", ".")
        return [Spread(inches + MEASURES["pouces"], at - 1, 0)]
    if at >= len(chunks) or not _continues[chunks[at]]:
        return []
    if begun[-1] == "," and not chunks[at][0].isdecimal():
        return []
    if begun.rstrip(".") in _LETTERS and (letters := _capitals(begun, chunks, at)):
        return [letters]
    window, ends = begun.lower(), []
    last = at
    while last < len(chunks) and last < at + _MOST and _continues[chunks[last]]:
        window += " " + _plain(chunks[last]).lower()
        ends.append(len(window))
        last += 1
    spreads = []
    for form in dict.fromkeys(_forms(window, begun)):
        number = next(i for i, end in enumerate(ends) if form.end <= end)
        start = ends[number] - len(_plain(chunks[at + number]))
        if form.end <= len(begun):
            spreads.append(Spread(form.form, at - 1, 0, form.part))
        else:
            spreads.append(Spread(form.form, at + number, form.end - start, form.part))
    return spreads


def _capitals(begun: str, chunks: Sequence[str], at: int) -> Spread | None:
    """Return the acronym or initials that a capital begins whose letters stand apart, or None.

    S N C F, J. P. Dupont. Two capitals are none but before a name: they are as often « il y A T »
    or a plan B.
    """
    letters, dotted, end, size = begun[0], begun[1:], at, 1
    while end < len(chunks) and (match := _CAPITAL.fullmatch(_plain(chunks[end]))):
        letters += match[1]
        end += 1
        size = 1 + (bool(dotted) and match[2].startswith(dotted))
        if match[2] != dotted:
            break
    is_name = bool(dotted) and end < len(chunks) and _NAME.match(chunks[end]) is not None
    if len(letters) < _FEWEST_CAPITALS - is_name:
        return None
    return Spread(letters.lower(), end - 1, size)


_LETTERS = frozenset(ascii_uppercase)
_CAPITAL = late(r"([A-Z])([.,;:!?…»)\"]*)")
_NAME = late(r"[A-ZÀ-Þ][^\W\d_]")
_FEWEST_CAPITALS = 3
_GROUPED = late(r"([1-9]\d{0,2})((?: \d{3}(?!'?\d))++)(?:[.,](\d++))?")
_THOUSANDS = late(r"[1-9]\d{0,2}(?:\.\d{3})+")
_PLAIN = late(r"(\d++(?:\.\d++)?)")
_TIMES = late(r"(\d{1,4}) x (\d{1,4})(?![^\W_]|[.,]\d)")
_DATE = late(rf"(\d{{1,2}}|1 ?er) ({any_of(MONTHS)})\.?(?: (\d{{4}})(?!\d))?(?!\w)")
_DAY = r"(?:\d{1,2}|1er)"
_DAYS = late(
    rf"({_DAY})(?: ({any_of(MONTHS)})\.?)?(?:(?:, {_DAY})*"
    rf"(?:,? (?:au|et|ou|a|puis|jusqu'au|[&+/–—-]) (?:le )?(?:(?:{any_of(_WEEKDAYS)})\.? )?"
    rf"|(?P<glued>[&+/–—-]))(?P<last>{_DAY})"
    rf"|, (?P<second>{_DAY})(?:, {_DAY})+)(?! \d)"
    rf" (?P<month>{any_of(MONTHS)})\.?(?: (?P<year>\d{{4}})(?!\d))?(?!\w)"
)
"""Days of a month, or of two: les 3, 4 et 5 juin, 14/15 juillet, du 30 mai au 2 juin 2022."""
_LISTED = late(
    r"(\d{1,2}),(?: \d{1,3},)*(?: \d{1,3})? (?:et|ou|a|au) \d{1,4}(?![\d,])"
    r"|(\d{1,2}), (\d{1,3})(?:, \d{1,3})+(?![\d,])"
)
"""Numbers that have the unit of the last: 5, 10 ou 15 km."""
_ENDS = 2
_FIRST_TO = ("1er-", "1er–", "1er/")
_OTHER_END = late(r" (?:(?:a|au|et|ou|–|—) -?|(x) )(\d[\d'.,]*+)|[–—/-]\d++")
_SHARE = late(r"(\d{1,2}(?:\.\d{1,2})?) sur (\d{1,4})(?![\w.,])")
_ORDINAL_CENTURY = late(r"(\d{1,2}) ?e(?:me)? (?:siecles?|s\.?)(?!\w)")
_ORDINAL = late(r"(\d{1,2}) (?:(er)|e|eme)(?!\w)")
"""Of a text that lost its superior letters: 2 e tour, 1 er mai."""
_SCALED = late(r"(\d+(?:[.,]\d+)?)(?:k|m|mds?|[€$£%°])")


def _forms(window: str, begun: str) -> Iterator[Form]:
    """Yield the forms of what plain text in lower case begins with.

    begun: its first chunk, case kept.
    """
    first = begun[0]
    if first == "-":
        for form in _behind_sign(window, begun):
            yield from signed(form)
    elif first in "$€£¥" and len(begun) > 1:
        # $1.5 million; as it stands, it is a form of its chunk
        yield from (form for form in priced(window) if form.end > len(begun))
        yield from _behind_sign(window, begun)
    elif not (first.isdecimal() or first == "+"):
        yield from lettered(window, begun)
    elif first == "+":
        # +12 %, +3 000 €: of an amount, the sign is set aside
        yield from _behind_sign(window, begun)
    else:
        yield from _figures(window, begun)


def _behind_sign(window: str, begun: str) -> Iterator[Form]:
    for form in _forms(window[1:], begun[1:]):
        yield form._replace(end=form.end + 1)


def _figures(window: str, begun: str) -> Iterator[Form]:
    """Yield the forms of what figures begin: a date, a rank, a number and what it counts."""
    yield from _listed(window, begun)
    if begun[-1] == "," or FRACTION.fullmatch(begun):
        return
    if ordinal := _ORDINAL.match(window):
        yield Form(ordinal[1] + (ordinal[2] or "e"), ordinal.end())
    yield from every(window)
    if begun[-1] == "h":
        yield from clock(window)
        return
    yield from mixed(window)
    if date_match := _DATE.match(window):
        day = int(date_match[1].removesuffix("er"))
        yield from date(date_match[3], MONTHS[date_match[2]], day, date_match.end())
        return
    if century := _ORDINAL_CENTURY.match(window):
        yield Form(f"{century[1]}esiecle", century.end())
    if scaled := _SCALED.fullmatch(begun.lower()):
        forms = measured(scaled[1].replace(",", "."), window, scaled.end(1))
        yield from (form for form in forms if form.end > len(begun))
    elif not begun[-1].isalpha():
        yield from _number(window)
    if span := RANGE.fullmatch(begun):
        at = span.start(2)
        for form in _figures(window[at:], begun[at:]):
            yield form._replace(end=form.end + at, part=True)


def _listed(window: str, begun: str) -> Iterator[Form]:
    """Yield the forms of what has its month, or its unit, further on, after others or another."""
    forms: list[Form] = []
    if days := _DAYS.match(window):
        month = days["month"]
        ends = [(days[1], days[2] or month), (days["second"], month)]
        if days["glued"] and not RANGE.fullmatch(begun):
            # 1er-2 mai, 14 juillet-15 août: one chunk has what begins the other day
            ends.append((days["last"], month))
        for day, name in ends:
            if day:
                number = int(day.removesuffix("er"))
                forms += date(days["year"], MONTHS[name], number, days.end())
    elif begun[-1] == "," and (numbers := _LISTED.match(window)):
        for value in filter(None, numbers.groups()):
            forms += measured(value, window, numbers.end())
    yield from (form._replace(part=True) for form in forms)


def _number(window: str) -> Iterator[Form]:
    """Yield the forms of a number, and of what it counts or measures."""
    if share := _SHARE.match(window):
        yield Form(share_of(*share.groups()), share.end())
    grouped = _GROUPED.match(window)
    number = grouped or _PLAIN.match(window)
    if number is None:
        return
    value = number[1]
    if grouped:
        value += grouped[2].replace(" ", "") + (f".{grouped[3]}" if grouped[3] else "")
        yield Form(value, grouped.end())
    if times := _TIMES.match(window):
        yield Form(f"{times[1]}x{times[2]}", times.end())
    composite_forms = [*composites(window)]
    yield from composite_forms
    parts = []
    if other := _OTHER_END.match(window, number.end()):
        # 2 à 3 M€, 10 ou 15 %: both ends have the unit; 6 x 33 cl: the second alone
        end_value = other[2].replace(",", ".") if other[1] else value
        parts.append((end_value, other.end()))
    if grouped and not (last := grouped[2].rpartition(" ")[2]).startswith("0"):
        # page 2 500 €: what follows may be of the last group alone
        parts.append((last, grouped.end()))
    for part, at in parts:
        yield from (form._replace(part=True) for form in measured(part, window, at))
    end = max((form.end for form in composite_forms), default=0)
    values = [value, value.replace(".", "")] if _THOUSANDS.fullmatch(value) else [value]
    for form in chain.from_iterable(measured(value, window, number.end()) for value in values):
        # 12 h 30 is no 12 h; « 12 heures 30 » may be, where 30 counts what follows
        if form.end >= end or window[form.end - 1] not in _SYMBOLS:
            yield form


_SYMBOLS = "hm€"
