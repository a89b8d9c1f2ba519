"""How is a number said in words, and which number do words say?

Deux mille, trois cents, soixante-dix, septante: each has one value, whatever the words.
« Neuf » and « un » alone are other words too, and are no numbers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from index.french.lexicon import any_of
from index.french.patterns import late

_TEENS = ("dix", "onze", "douze", "treize", "quatorze", "quinze", "seize")
_UNITS = (
    *("zero", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", *_TEENS),
    *("dix-sept", "dix-huit", "dix-neuf"),
)
_TENS = {
    20: "vingt",
    30: "trente",
    40: "quarante",
    50: "cinquante",
    60: "soixante",
    80: "quatre-vingt",
}
_REGIONAL = (
    {70: "septante", 90: "nonante"},
    {70: "septante", 80: "huitante", 90: "nonante"},
    {80: "octante"},
)
"""Of Belgium, of Switzerland, and of old."""
_EVERY_TENS = (_TENS, *(_TENS | tens for tens in _REGIONAL))
_SCALES = {"milliard": 10**9, "million": 10**6, "mille": 1000}
MULTIPLES = frozenset({*_SCALES, "millions", "milliards", "cent", "cents"})
"""What the number before it is multiplied by."""
_HALVED = ("milliard", "million")
_GREATEST = 10**12
_MOST_WORDS, _MOST_OF_YEAR = 5, 7
"""Of a number that figures stand for: nobody writes 1 987 543 in words, but for a year."""
_MOST_DIGITS = 12
NUMERALS = 40
"""Roman figures say a number below this."""
_AMBIGUOUS = frozenset({"un", "une", "neuf"})

_VALUES = {word: value for value, word in enumerate(_UNITS) if "-" not in word}
_VALUES |= {word: value for value, word in _TENS.items() if "-" not in word}
_VALUES |= {word: value for tens in _REGIONAL for value, word in tens.items()}
_PLURALS = frozenset({"cents", "vingts", "millions", "milliards"})


def spelled(value: int) -> list[str]:
    """The ways to say a number in a few words; none for one that is not said so.

    >>> spelled(2000), spelled(72), spelled(300_000)
    (['deux mille'], ['soixante-douze', 'septante-deux'], ['trois cent mille'])
    >>> spelled(1914), spelled(9), spelled(1_987_543)
    (['mille neuf cent quatorze', 'dix-neuf cent quatorze', 'mil neuf cent quatorze'], ['neuf'], [])
    >>> spelled(200)
    ['deux cents', 'deux cent']
    """
    if not value:
        return ["zero"]
    if not 2 <= value < _GREATEST:
        return []
    most = _MOST_OF_YEAR if 1100 <= value < 2100 else _MOST_WORDS
    ways = [way for way in _ways(value) if len(way.replace("-", " ").split()) <= most]
    ways += _with_a_half(value)
    # années quatre-vingt, deux cent: as they are often written
    return ways + [way[:-1] for way in ways if way.endswith(("-vingts", "cents"))]


def said(words: Sequence[str]) -> list[str]:
    """The ways to say one number in figures, which a text answers by; none for anything else.

    >>> said(["30"]), said(["23e"]), said(["2024", "5"]), said(["007"])
    (['trente'], ['vingt-troisieme'], [], [])
    """
    figures, *more = words
    digits = figures.removesuffix("e")
    if more or not digits.isdecimal() or len(digits) > _MOST_DIGITS or str(int(digits)) != digits:
        return []
    return ranks(int(digits)) if digits != figures else spelled(int(digits))


def _with_a_half(value: int) -> list[str]:
    """Un million et demi; nothing for a number that is not said so."""
    for name in _HALVED:
        count, rest = divmod(value, _SCALES[name])
        if count and rest * 2 == _SCALES[name]:
            return [f"{_below_thousand(count, _TENS)} {name}{'s' if count > 1 else ''} et demi"]
    return []


def and_a_half(figures: str) -> str:
    """What « et demi » adds to a number: of a million, half a million.

    >>> and_a_half("2"), and_a_half("2000000")
    ('2.5', '2500000')
    """
    value = int(figures)
    for name in _HALVED:
        if value and value % _SCALES[name] == 0:
            return str(value + _SCALES[name] // 2)
    return figures + ".5"


def counted(value: int, *, feminine: bool) -> list[str]:
    """The ways to say how many there are of something: « vingt et une heures ».

    >>> counted(21, feminine=True), counted(1, feminine=False), counted(1, feminine=True)
    (['vingt et une'], ['un'], ['une'])
    """
    ways = ["un"] if value == 1 else spelled(value)
    ends = "une" if feminine else "un"
    return [_ENDS_IN_ONE.sub(ends, way) for way in ways]


_ENDS_IN_ONE = late(r"(?<![a-z])un$")


def _ways(value: int) -> list[str]:
    """Every way to say a number of 1 at least."""
    ways = list(dict.fromkeys(_spelled(value, tens) for tens in _EVERY_TENS))
    if 1100 <= value < 2000:
        hundreds, rest = divmod(value, 100)
        # quinze cents; dix-neuf cent quatorze
        tails = dict.fromkeys(_below_hundred(rest, tens, "s") for tens in _EVERY_TENS)
        by_hundreds = [f"{_UNITS[hundreds]} cent {tail}" for tail in tails] if rest else []
        ways += by_hundreds or [f"{_UNITS[hundreds]} cents"]
        ways.append("mil " + ways[0].removeprefix("mille "))
    return ways


def _spelled(value: int, tens: Mapping[int, str]) -> str:
    words = []
    for name in ("milliard", "million"):
        count, value = divmod(value, _SCALES[name])
        if count:
            words += [_below_thousand(count, tens), name + ("s" if count > 1 else "")]
    thousands, rest = divmod(value, 1000)
    if thousands:
        # « mille » comes after cent and quatre-vingt without their s
        before = [_below_thousand(thousands, tens, ending="")] if thousands > 1 else []
        words += [*before, "mille"]
    if rest:
        words.append(_below_thousand(rest, tens))
    return " ".join(words)


def _below_thousand(value: int, tens: Mapping[int, str], ending: str = "s") -> str:
    hundreds, rest = divmod(value, 100)
    words = []
    if hundreds:
        plural = ending if hundreds > 1 and not rest else ""
        words += [_UNITS[hundreds]] if hundreds > 1 else []
        words.append("cent" + plural)
    if rest:
        words.append(_below_hundred(rest, tens, ending))
    return " ".join(words)


def _below_hundred(value: int, tens: Mapping[int, str], ending: str) -> str:
    if value < len(_UNITS):
        return _UNITS[value]
    ten = max(ten for ten in tens if ten <= value)
    rest = value - ten
    if not rest:
        return tens[ten] + (ending if tens[ten] == "quatre-vingt" else "")
    if rest in (1, 11) and tens[ten] != "quatre-vingt":
        return f"{tens[ten]} et {_UNITS[rest]}"
    return f"{tens[ten]}-{_UNITS[rest]}"


def value_of(words: Sequence[str], *, alone: bool = False) -> int | None:
    """The number that folded words say, all of them; None when they say none.

    `alone`: « neuf » and « un » are numbers too, as before « heures ».

    >>> value_of("deux mille".split()), value_of("quatre vingt dix sept".split())
    (2000, 97)
    >>> value_of("mille et une".split()), value_of("mille et deux".split())
    (1001, None)
    >>> value_of(["trois", "cents"]), value_of(["cinq", "deux"]), value_of(["demi", "million"])
    (300, None, 500000)
    """
    if not words or (len(words) == 1 and words[0] in _AMBIGUOUS and not alone):
        return None
    if len(words) == 1 and words[0] == "zero":
        return 0
    if len(words) == 2 and words[0] == "demi" and words[1] in _HALVED:
        return _SCALES[words[1]] // 2
    plain = [_singular(word) for word in words]
    plain = ["mille" if word == "mil" else word for word in plain]
    value = _added(plain)
    # « cinq deux » and « mille mille » add up, and nobody says the sum so
    ways = _ways(value) if value and value < _GREATEST else []
    phrase = " ".join(plain)
    singular = [" ".join(map(_singular, way.replace("-", " ").split())) for way in ways]
    # les mille et une nuits
    return value if {phrase, phrase.replace(" et un", " un")}.intersection(singular) else None


def may_say(word: str) -> bool:
    """Return whether a folded word may be part of a number in words, or of a rank."""
    return word in _SAYING


def ranks(value: int) -> list[str]:
    """The ways to say a rank in words, the first apart: it is no number with an ending.

    >>> ranks(3), ranks(21), ranks(100), ranks(1)
    (['troisieme'], ['vingt et unieme'], ['centieme'], [])
    """
    return [] if not value else list(dict.fromkeys(map(_ranked, spelled(value))))


def _ranked(number: str) -> str:
    last = re.split(r"[ -]", number)[-1]
    root = _ROOTS.get(last) or _singular(last).removesuffix("e")
    return number[: len(number) - len(last)] + root + "ieme"


_ROOTS = {"cinq": "cinqu", "neuf": "neuv", "cents": "cent", "vingts": "vingt"}


def _of_rank(word: str) -> str | None:
    """The number whose rank a folded word says: troisieme, trois; unieme, un."""
    return _RANKS.get(word.removesuffix("s"))


def rank_of(words: Sequence[str]) -> int | None:
    """The rank that folded words say, all of them.

    >>> rank_of(["troisieme"]), rank_of("vingt et unieme".split()), rank_of(["trois"])
    (3, 21, None)
    """
    number = _of_rank(words[-1])
    return value_of([*words[:-1], number], alone=True) if number else None


def _added(words: Sequence[str]) -> int:
    """What words come to, each scale multiplying what is before it; 0 when one is no number."""
    total = group = 0
    for word in words:
        if word in _SCALES:
            total += (group or 1) * _SCALES[word]
            group = 0
        elif word == "cent":
            group = (group or 1) * 100
        elif word == "vingt" and group % 100 == 4:
            group += 80 - 4
        elif word in _VALUES:
            group += _VALUES[word]
        elif word != "et":
            return 0
    return total + group


def _singular(word: str) -> str:
    if word == "une":
        return "un"
    return word.removesuffix("s") if word in _PLURALS else word


_ROMAN = {"i": 1, "v": 5, "x": 10}


def roman(letters: str) -> int:
    """The number that roman figures say.

    >>> [roman(letters) for letters in ("xx", "xix", "iv")]
    [20, 19, 4]
    """
    values = [_ROMAN[letter] for letter in letters]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)


def numeral_of(word: str) -> int | None:
    """The number of 2 to 39 that folded Roman figures say.

    >>> numeral_of("xiv"), numeral_of("iiv"), numeral_of("vie"), numeral_of("v")
    (14, None, None, 5)
    """
    if not word or set(word) - set("ivx"):
        return None
    value = roman(word)
    return value if 1 < value < NUMERALS and numeral(value) == word else None


def numeral(value: int) -> str:
    """A number of 1 to 39 in Roman figures.

    >>> numeral(14), numeral(29)
    ('xiv', 'xxix')
    """
    tens, units = divmod(value, 10)
    return "x" * tens + ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"][units]


_RANKS = {
    _ranked(word): word for word in [*_VALUES, *_SCALES, "cent"] if word not in ("zero", "premier")
}
_SAYING = frozenset(
    {*_VALUES, *_SCALES, *_PLURALS, *_RANKS, *(rank + "s" for rank in _RANKS)}
    | {"une", "cent", "et", "mil", "demi"}
)

_ROOT = any_of(
    {word.removesuffix("e") for word in [*_VALUES, *_SCALES, "cent", "mil"]} - {"un"} | {"neuv"}
)
SPELT = late(rf"\b(?:(?:{_ROOT})(?:e|s|u?iemes?)?|midi|minuit|une heure|un (?:metre|euro|franc))\b")
"""What a folded text has where it may hold a number in words."""
