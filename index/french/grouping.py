"""Which numbers are written in groups of three figures with blanks between: 1 500, 12 345 678?

Such a number is one number, as 1500 is, and none of its groups is a word of the text. Where its
first figures may belong to what stands before them (article 12 345, iPhone 15 256 Go), and where
a row of figures has another shape (a telephone, an account), the text stays: `spread` reads it.
"""

from __future__ import annotations

import re

from index.french.lexicon import MONTHS, NUMBERED, any_of
from index.french.patterns import late

_MARK = "'"
"""What stands for the blank of a number, as in Switzerland: 1'500."""
_BLANK = " \u00a0\u2005\u2006\u2007\u2009\u202f"
"""No tab and no line's end: numbers one below the other are several."""
_BLANKS = late(f"[{_BLANK}]")
_ANY = late(rf"\d[{_BLANK}]\d{{3}}(?!\d)")
_ROW = late(rf"(?<!\S)(?P<before>\S*?)(?P<row>\d++(?:[{_BLANK}/–-]\d++)++)(?!['’]\d)")
_GROUPED = rf"(?<!\d)[1-9]\d{{0,2}}(?:[{_BLANK}]\d{{3}}(?!\d))++"
_NUMBER = late(_GROUPED)
_YEAR = r"(?:\d\d?/\d\d?/)?+(?:1[5-9]|20)\d\d(?!\d)"
_PART = rf"(?:{_YEAR}|{_GROUPED})"
_NUMBERS = late(rf"(?:\d{{3,4}}[/–-])?+{_PART}(?:[{_BLANK}/–-]{_PART})*+")
"""One after another, or two ends of a range; among years: en 2019 15 000 personnes."""
_AROUND = late(r"[^\w\s]*+(?:[^\W\d_]++[^\w\s./–-]++)?+")
"""What may stand against a number: d'1 500, n°1 500, US$1 500; neither 12,5 nor covid-19."""
_OF_NAME = late(r"\S*[^\W\d_]")
_OF_ACCOUNT = late(r"[A-Z]{2}")
_LONG = 8
"""Figures of a telephone of another country: +352 621 123 456."""
_FEW = 2
"""Figures of a number that something has, at most."""
_OF_MONTH = late(r"\d\d(?!\d)")
"""The figures that belong to a month: mai 68; others do not, but of a year."""
_BEFORE = 24
_LABEL = late(
    rf"(?:(?<!\w)(?:(?:{any_of(NUMBERED)}|(?P<month>{any_of(MONTHS)}))s?\.?"
    r"|(?P<account>(?-i:FR)(?: ?\d\d)?))"
    rf"|\d ?h(?:eures?)?)[{_BLANK}]\Z",
    re.IGNORECASE,
)
"""What is numbered, and takes the first figures of what follows."""
_STORAGE = late(rf"(?<=128|256|512)[{_BLANK}]?[GT][oOB](?!\w)")


def in_one_piece(text: str) -> str:
    """Return a text of the same length whose grouped numbers have apostrophes for blanks.

    >>> in_one_piece("de 1 500 à 12 345 678 €"), in_one_piece("06 12 34 56 78, page 2 500 fois")
    ("de 1'500 à 12'345'678 €", '06 12 34 56 78, page 2 500 fois')
    """
    return _ROW.sub(_row_in_one_piece, text) if _ANY.search(text) else text


def may_group(kinds: bytes) -> bool:
    """Return whether a text may have such a number, by the kinds of its characters."""
    return b"# ###" in kinds or b"?" in kinds


def _row_in_one_piece(match: re.Match[str]) -> str:
    before, row, text = match["before"], match["row"], match.string
    label = None if before else _LABEL.search(text, max(0, match.start() - _BEFORE), match.start())
    if label and label["month"] and not _OF_MONTH.match(row):
        # le 14 juillet 1 500 personnes, en juin 2024 12 000
        label = None
    if label or _OF_NAME.fullmatch(before):
        # M6 300 000 and France 2 300 000 are a name and a number, BE68 539 007 547 034 an account
        number, blank, row = row.partition(" ")
        before += number + blank
        is_account = bool(label and label["account"]) or _OF_ACCOUNT.match(before) is not None
        # pages 120 121 122 are several
        is_free = not is_account and not (label and len(number) > _FEW)
    else:
        is_telephone = "+" in before and sum(map(str.isdecimal, row)) >= _LONG
        is_free = _AROUND.fullmatch(before) is not None and not is_telephone
    if is_free and _NUMBERS.fullmatch(row) and not _STORAGE.match(text, match.end()):
        return before + _NUMBER.sub(_without_blanks, row)
    return match[0]


def _without_blanks(number: re.Match[str]) -> str:
    return _BLANKS.sub(_MARK, number[0])
