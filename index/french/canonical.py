"""What is the one form of a quantity, an hour, a date, a telephone or an article of law?

All its writings answer to it, in texts and in questions. Texts here are plain, in lower case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

from index.french.lexicon import MEASURES, MONTHS, any_of
from index.french.patterns import late


class Form(NamedTuple):
    """A form and where what it stands for ends; `part`: a piece of what is written."""

    form: str
    end: int
    part: bool = False


_UNIT = late(rf" ?({any_of(MEASURES)})(?![^\W_])")
_UNIT_OF_MILLIONS = late(rf"(?: ?| d'| de )({any_of(MEASURES)})(?![^\W_])")
_MILLIONS = "0" * 6
"""What a number of whole millions ends with: 100 000 000 d'euros."""
CURRENCIES = (
    *("€", "$", "$ca", "£", "¥", "chf", "fcfa", "f", "cny", "rub"),
    *("roupie", "dirham", "zloty", "won", "hryvnia", "shekel", "couronne", "dinar"),
)
_AMOUNTS = (*CURRENCIES, "%", "h")
"""What 10 € par mois and 35 h par semaine are too, where 50 km/h is no 50 km."""
_PERIODS = ("an", "mois", "sem", "j")
"""In which an amount is an amount of its own: 165 000 m3 par an."""
_MONEY = f"({any_of(way for way, unit in MEASURES.items() if unit in CURRENCIES)})"
_SCALED = late(
    rf" ?(?:(k|m|mds?|mrds?) ?(?:d')?{_MONEY}"
    rf"|(mille|millions?|milliards?|mds?|mrds?)(?P<half> et demi)?(?: (?:d'|de )?{_MONEY})?)"
    r"(?![^\W_])"
)
_PER = late(
    r"(?: ?/ ?| par | aux? | a l'| de l'|(?P<price> le | la | l'))"
    rf"(?:(?P<hundred>100) ?)?(?P<unit>{any_of(MEASURES)})(?![^\W_])"
)
_HALF = late(r" et demie?(?![^\W_])")
_NO_CENTS = late(r"\.00?$|(?<=\.\d)0$")
DECIMALS = {"½": ".5", "1/2": ".5", "¼": ".25", "1/4": ".25", "¾": ".75", "3/4": ".75"}
_MIXED = late(rf"(\d++) ?({any_of(DECIMALS)})(?![\w/])")
_SCALE = {"k": 3, "mille": 3, "m": 6, "million": 6, "md": 9, "mrd": 9, "milliard": 9}
_LONGEST = 30
_CENTS_DIGITS = 2


def measured(value: str, text: str, at: int) -> Iterator[Form]:
    """The forms of a number that ends at `at`, with the unit that follows it.

    >>> [form.form for form in measured("3.5", "3.5 millions d'euros", 3)]
    ['3500000', '3500000€']
    >>> [form.form for form in measured("10", "10 grammes par litre", 2)]
    ['10gr/l']
    >>> [form.form for form in measured("120", "120 kwh/m2 par an", 3)]
    ['120kwh/m2/an', '120kwh/m2']
    >>> [form.form for form in measured("2", "2 ans et demi", 1)]
    ['2.5an']
    >>> [form.form for form in measured("50", "50 kilometres par heure", 2)]
    ['50km/h']
    """
    value = _NO_CENTS.sub("", value)
    scaled = _SCALED.match(text, at)
    if scaled:
        zeros = _SCALE[(scaled[1] or scaled[3]).removesuffix("s")]
        number = (Decimal(value) + (Decimal("0.5") if scaled["half"] else 0)).scaleb(zeros)
        if number != number.to_integral_value() or len(value) > _LONGEST:
            return
        digits = str(int(number))
        money = scaled[2] or scaled[5]
        if scaled[3]:
            yield Form(digits, max(scaled.end(3), scaled.end("half")))
        elif money:
            # 2 M€ are 2 millions too, whose currency goes without saying
            yield Form(digits, scaled.end(), part=True)
        if money:
            yield Form(digits + MEASURES[money], scaled.end())
        return
    unit = (_UNIT_OF_MILLIONS if value.endswith(_MILLIONS) else _UNIT).match(text, at)
    # 5G is no weight
    if unit and (unit[0] != "g" or len(value) > 1):
        rate, end = MEASURES[unit[1]], unit.end()
        amounts = []
        while (per := _PER.match(text, end)) and not (per["price"] and rate not in CURRENCIES):
            other_unit = MEASURES[per["unit"]]
            if rate in _AMOUNTS or other_unit in _PERIODS:
                amounts.append(Form(value + rate, end))
            rate += f"/{per['hundred'] or ''}{other_unit}"
            end = per.end()
        if end > unit.end():
            yield Form(value + rate, end)
            yield from amounts
        elif half := _HALF.match(text, unit.end()):
            yield Form(f"{value}.5{MEASURES[unit[1]]}", half.end())
        else:
            yield Form(value + MEASURES[unit[1]], unit.end())
            if MEASURES[unit[1]] == "ct" and value.isdecimal() and len(value) <= _CENTS_DIGITS:
                yield Form(decimal("0", value.zfill(_CENTS_DIGITS)) + "€", unit.end())


def decimal(whole: str, part: str) -> str:
    """A number without the zeros that say no more: 1 m 80 is 1.8 m.

    >>> decimal("1", "80"), decimal("10", "00")
    ('1.8', '10')
    """
    return _NO_CENTS.sub("", f"{whole}.{part}")


def mixed(text: str) -> Iterator[Form]:
    """A number and a half at the beginning of a text.

    >>> [form.form for form in mixed("2 1/2")], [form.form for form in mixed("2½")]
    (['2.5'], ['2.5'])
    """
    match = _MIXED.match(text)
    if match and (len(match[2]) == 1 or match[0][len(match[1])] == " "):
        yield Form(match[1] + DECIMALS[match[2]], match.end())
        yield from measured(match[1] + DECIMALS[match[2]], text, match.end())


_CLOCK = late(
    r"(\d{1,2}) ?(?:h|heures?|:)"
    r"(?: ?(\d{1,2})(?: ?mi?n(?: ?\d\d? ?s)?(?!\w))?(?!\w|[.,]\d|/[24](?!\d))"
    r"|( et demie?| et quart| moins le quart| ?(?:[½¼¾]|1/2|[13]/4)(?!/))|(?: moins (\d{1,2}))|)"
    r"(?![^\W_])"
)
_MINUTES = {" et demie": 30, " et demi": 30, " et quart": 15, " moins le quart": -15}
_MINUTES |= {sign: int(60 * float(part)) for sign, part in DECIMALS.items()}


def clock(text: str) -> Iterator[Form]:
    """The hour at the beginning of a text.

    >>> [form.form for form in clock("09 heures 5")], [form.form for form in clock("9 h 00")]
    (['9h05'], ['9h'])
    >>> [form.form for form in clock("9 heures moins le quart")]
    ['8h45']
    """
    match = _CLOCK.match(text)
    if match is None or int(match[1]) > 24 or int(match[2] or 0) > 59:
        return
    words = match[3] or ""
    minutes = int(match[2] or 0) - int(match[4] or 0)
    minutes += _MINUTES.get(words) or _MINUTES.get(words.strip(), 0)
    hour, minutes = divmod(int(match[1]) * 60 + minutes, 60)
    yield Form(f"{hour}h{minutes:02}" if minutes else f"{hour}h", match.end())


_SEXAGESIMAL = late(
    r"(?:(\d{1,3}) ?° ?)?(\d{1,3}) ?(?:'|mi?n|minutes?) ?"
    r"(\d\d|\d(?= ?[s\"″']))(?: ?(?:s|sec|secondes?|\"|″|''))?(?!\w)"
)


def sexagesimal(text: str) -> Iterator[Form]:
    """The minutes and seconds, of a time or of an arc, at the beginning of a text.

    >>> [form.form for text in ("3'45", "3 min 45 s", "48°51'24") for form in sexagesimal(text)]
    ['3min45s', '3min45s', '48°51min24s']
    """
    if match := _SEXAGESIMAL.match(text):
        degrees = f"{match[1]}°" if match[1] else ""
        yield Form(f"{degrees}{int(match[2])}min{int(match[3])}s", match.end())


_INFIXED = late(
    r"(\d++)(?:(°)(?=\d(?!\w))|(?: ?(?:(m)(?:etres?)?|(€)|euros?) ?|\"|″|'')(?=\d\d))"
    r"(\d\d?)(?![\w'])"
)


def composites(text: str) -> Iterator[Form]:
    """The forms of a number that goes on after its unit, which may stand for a decimal comma.

    >>> [form.form for text in ("12 h 30", "1 m 80", "5 € 50", "37°5") for form in composites(text)]
    ['12h30', '1.8m', '5.5€', '37.5°']
    """
    yield from clock(text)
    yield from sexagesimal(text)
    if match := _INFIXED.match(text):
        euros = "€" if "eu" in match[0] else ""
        unit = match[2] or match[3] or match[4] or euros or "s"
        yield Form(decimal(match[1], match[5]) + unit, match.end())


_EVERY = late(r"(\d{1,2}) ?([jh])(?:ours?|eures?)? ?(?:/|sur) ?(7|24)(?![\w.,]*\w)")


def every(text: str) -> Iterator[Form]:
    """What goes on without an end, at the beginning of a text: 7j/7, 24 heures sur 24.

    >>> [form.form for text in ("7 jours sur 7", "24h/24") for form in every(text)]
    ['7j/7', '24h/24']
    """
    if match := _EVERY.match(text):
        yield Form(f"{match[1]}{match[2]}/{match[3]}", match.end())


_CENTURY_STARTS, _EITHER_CENTURY = 50, 30
"""Of years in two figures: 49 is 2049 and 50 is 1950; from 30 on it may be 1945 as well."""
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def date(year: str | None, month: int, day: int, end: int) -> Iterator[Form]:
    """The forms of a date: the day, and its parts; nothing for 31 February.

    >>> [form.form for form in date("2024", 3, 12, 0)], list(date("24", 2, 31, 0))
    (['2024-03-12', '2024-03', '03-12'], [])
    """
    if not (1 <= month <= 12 and 1 <= day <= _DAYS[month - 1]):
        return
    if year and len(year) == 2:
        if _EITHER_CENTURY <= int(year) < _CENTURY_STARTS:
            yield from date("19" + year, month, day, end)
        year = ("20" if int(year) < _CENTURY_STARTS else "19") + year
    if year:
        yield Form(f"{month_of(year, month)}-{day:02}", end)
        yield Form(month_of(year, month), end, True)
    yield Form(f"{month:02}-{day:02}", end, bool(year))


def month_of(year: str, month: int) -> str:
    return f"{year}-{month:02}"


def share_of(part: str, whole: str) -> str:
    """The form of a share, or of a mark: 3/5; 6,50/10 and 6,5 sur 10.

    >>> share_of("6,50", "10")
    '6.5/10'
    """
    number = part.replace(",", ".")
    return f"{_NO_CENTS.sub('', number)}/{whole}"


def french_telephone(digits: str) -> str:
    """Nine digits, spaces or signs between them, as a number of ten."""
    return "0" + re.sub(r"\D", "", digits)


_ABROAD = late(r"(?:\+|00)([1-9]\d{0,3})((?:[ .-]?\(0\))?(?:[ .-]?\d{1,10}){1,6})(?!\w)")
_DIGITS = range(8, 16)
"""Of an international number."""


def telephone_abroad(text: str) -> Iterator[Form]:
    """The telephone number of another country at the beginning of a text, without its sign.

    >>> [form.form for form in telephone_abroad("0032 (0)2 123 45 67")]
    ['3221234567']
    """
    match = _ABROAD.match(text)
    digits = match[1] + re.sub(r"\(0\)|\D", "", match[2]) if match else ""
    if match and len(digits) in _DIGITS:
        yield Form(digits, match.end())


def article(code: str, number: str) -> str:
    """The one form of an article: code without its points, number with its hyphens."""
    return re.sub(r"[. ]", "", code) + number.replace("*", "")


_FIGURES = late(
    r"(?P<telephone>0\d(?:([./-])\d\d)(?:\2\d\d){3}|(?:\+|00)?33(?:\(0\))?[1-9]\d{8}"
    r"|(?:\+|00)?33[./-][1-9](?:[./-]\d\d){4})"
    r"|(?P<day>\d{1,2})(?P<sign>[/.-])(?P<month>\d{1,2})(?:(?P=sign)(?P<year>\d{4}|\d\d))?"
    r"|(?P<isoyear>\d{4})-(?P<isomonth>\d\d)(?:-(?P<isoday>\d\d)(?:t\d\d:.*)?)?"
    r"|(?P<only>\d{1,2})[/-](?P<after>\d{4})"
)
FRACTION = late(r"1/\d{1,3}|[23]/[34]")
RANGE = late(rf"(?!(?:{FRACTION.pattern})(?!\d))(\d++)[–—/-](\d++)")
"""Two ends in one chunk: 10-15 ans, 15-20%, 8/10 h; no 3/4 h."""
_YEAR_FIRST = late(r"(\d{4})([/.])(\d\d?)\2(\d\d?)")
_COMPACT_DATE = late(r"((?:19|20)\d\d)(0[1-9]|1[0-2])([0-3]\d)")
_SHARE = late(r"(\d{1,2}(?:[.,]\d{1,2})?)/(\d{1,4})")
_DAY_OF_MONTH = late(rf"(\d\d?)(?:er)?-({any_of(MONTHS)})(?:-(\d{{4}}))?")
_PARTED = late(r"\d{1,7}(?:[-./]\d{1,7}){2,6}(?:-x)?|\d\d-\d\d\.?\d{3}")
"""978-2-07-036822-8, 514-555-0199, 552.100.554.00013: digits are what counts."""
_FEWEST = 7
_LETTERS_TOO = late(r"\d{1,7}(?=[\d-]*[a-z])(?:-[^\W_]{1,7}){1,5}")
_ISSN = late(r"(\d{4})-(\d{3})([\dx])")
_ISSN_DIVISOR = 11
_NUMBER = late(r"(\d++(?:[.,]\d++)?)")
# compiled at once: a match says which pattern it is of
THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:(?:\.\d{3})+|(?:'\d{3})+([.,]\d+)?)(?![\d.])")


def ungrouped(number: re.Match[str]) -> str:
    """The number of a match of `THOUSANDS`, or of digits with a decimal comma.

    >>> ungrouped(THOUSANDS.match("1'234.5")), ungrouped(re.match(".*", "3,5"))
    ('1234.5', '3.5')
    """
    if number.re is not THOUSANDS:
        return number[0].replace(",", ".")
    decimals = number[1] or ""
    digits = re.sub(r"\D", "", number[0].removesuffix(decimals))
    return digits + decimals.replace(",", ".")


_THOUSANDS_SAID = late(r"(\d{1,3}(?:[.,]\d)?)k")


def _is_issn(text: str) -> bool:
    """Whether it is the number of a journal, by the figure that checks it: 0395-2037.

    >>> _is_issn("0395-2037"), _is_issn("1939-1945")
    (True, False)
    """
    match = _ISSN.fullmatch(text)
    if match is None:
        return False
    total = sum(
        rank * int(digit) for rank, digit in zip(range(8, 1, -1), match[1] + match[2], strict=True)
    )
    check = "10" if match[3] == "x" else match[3]
    return (total + int(check)) % _ISSN_DIVISOR == 0


def figures(text: str) -> Iterator[Form]:
    """The forms of one chunk that begins with a digit.

    >>> [form.form for form in figures("01.23.45.67.89")], [form.form for form in figures("10€")]
    (['0123456789'], ['10€'])
    >>> [form.form for form in figures("12/03/2024")][:1], [form.form for form in figures("1/2")]
    (['2024-03-12'], ['02-01', '1/2'])
    """
    if text.isdecimal() and len(text) < _FEWEST:
        return  # most are mere numbers
    match = _FIGURES.fullmatch(text)
    if match is None and _PARTED.fullmatch(text):
        digits = re.sub(r"[-./]", "", text)
        if _FEWEST <= len(digits) <= _LONGEST:
            yield Form(digits, len(text))
    if match is None and (_is_issn(text) or _LETTERS_TOO.fullmatch(text)):
        yield Form(text.replace("-", ""), len(text))
    if match is None and (compact := _COMPACT_DATE.fullmatch(text)):
        yield from date(compact[1], int(compact[2]), int(compact[3]), len(text))
    if text[0] == "+" or text.startswith("00"):
        yield from () if match else telephone_abroad(text)
    if thousands := _THOUSANDS_SAID.fullmatch(text):
        # 4K is a definition too, of which nobody says 4 000
        yield Form(str(int(Decimal(thousands[1].replace(",", ".")) * 1000)), len(text), part=True)
    yield from mixed(text)
    if span := RANGE.match(text):
        yield from (form._replace(part=True) for form in measured(span[1], text, span.end()))
    if "/" in text and len(ends := re.split("[–—-]", text)) == 2:  # 14/07-16/07
        for form in chain.from_iterable(map(figures, filter(None, ends))):
            yield form._replace(end=len(text), part=True)
    if year_first := _YEAR_FIRST.fullmatch(text):
        yield from date(year_first[1], int(year_first[3]), int(year_first[4]), len(text))
    if match is None and (day := _DAY_OF_MONTH.fullmatch(text)):
        yield from date(day[3], MONTHS[day[2]], int(day[1]), len(text))
    if match is None and (share := _SHARE.fullmatch(text)):
        yield Form(share_of(*share.groups()), len(text))
    if match is None:
        yield from every(text)
        yield from composites(text)
        if number := THOUSANDS.match(text) or _NUMBER.match(text):
            yield from measured(ungrouped(number), text, number.end())
        return
    end = len(text)
    if match["telephone"]:
        yield Form(french_telephone(re.sub(r"\D", "", text)[-9:]), end)
    elif match["isoyear"] and match["isoday"]:
        yield from date(match["isoyear"], int(match["isomonth"]), int(match["isoday"]), end)
    elif match["isoyear"]:
        if 1 <= int(match["isomonth"]) <= 12:
            yield Form(text, end)
    elif match["only"]:
        if 1 <= int(match["only"]) <= 12:
            yield Form(month_of(match["after"], int(match["only"])), end)
            if "/" in text:
                yield Form(text, end)
    elif match["year"]:
        yield from date(match["year"], int(match["month"]), int(match["day"]), end)
    elif match["sign"] == "/":
        yield from date(None, int(match["month"]), int(match["day"]), end)
        yield Form(text, end)
