"""Which numbers are written in groups of figures with blanks between: 1 500, 06 12 34 56 78?

Such a number is one number, as 1500 is, and none of its groups is a word of the text; nor is a
piece of a telephone or of an account. Where the first figures may belong to what stands before
them (article 12 345, iPhone 15 256 Go), the text stays: `spread` reads it.
"""

from __future__ import annotations

import re
from operator import lt

from index.french.legible import UNSEEN
from index.french.lexicon import MONTHS, NUMBERED, any_of
from index.french.patterns import late

_MARK = "'"
"""What stands for the blank of a number, as in Switzerland: 1'500."""
_BLANK = " \u00a0\u2005\u2006\u2007\u2009\u202f"
"""No tab and no line's end: numbers one below the other are several, but for an identifier's."""
_BLANKS = late(f"[{_BLANK}]")
_ALL_BLANKS = late(f"[{_BLANK}\t]")
_ANY = late(rf"\d[{_BLANK}\t]\(?\d|\(0\)|\(\+\d")
_GROUP = late(rf"\d[{_BLANK}]\d{{3}}(?!\d)")
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
_FEW = 2
"""Figures of a number that something has, at most."""
_OF_MONTH = late(r"\d\d(?!\d)")
"""The figures that belong to a month: mai 68; others do not, but of a year."""
_BEFORE = 24
_LABEL = late(
    rf"(?:(?<!\w)(?:(?:{any_of(NUMBERED)}|(?P<month>{any_of(MONTHS)}))s?\.?)"
    rf"|\d ?h(?:eures?)?)[{_BLANK}]\Z",
    re.IGNORECASE,
)
"""What is numbered, and takes the first figures of what follows."""
_STORAGE = late(rf"(?<=128|256|512)[{_BLANK}]?[GT][oOB](?!\w)")


_AMOUNT = r"(?:(?:1\d|20)\d\d|\d\d[05]0)"
"""Four figures that are a year, or round: a row of them is of a table, and no account."""
_PAIRS = r"0[1-9](?: \d\d){4}(?!\d)"
_LAST = rf"(?! (?!{_PAIRS})\d\d(?![\w/]))"
"""No pair goes on with pairs, or they are of a list (01 02 03 04 05 06); but two telephones do."""
_CODE = r"(?:\(?\+|(?<!\d )00)"
_IDENTIFIERS = (
    # (0)6 12 34 56 78, as after a code in another chunk
    r"\(0\)[1-9](?: \d\d){4}",
    # 06 12 34 56 78
    rf"(?:(?<!\b0\d )|(?<=\b0\d \d\d \d\d \d\d \d\d )){_PAIRS}{_LAST}",
    # +33 (0)6 12 34 56 78
    rf"{_CODE}33\)? ?(?:\(0\) ?)?\d(?:[ .-]?\d\d){{4}}",
    # 0 800 123 456, 0 825 12 34 56
    rf"0 ?8\d\d(?:(?: \d{{3}}){{2}}|(?: \d\d){{3}}){_LAST}",
    # ten figures in other groups: 0612 345 678
    r"(?<!\d )(?=(?:\d ?){10}(?! ?\d))0[1-9]\d{0,6}+(?: \d{2,8}){1,4}+",
    # 02 123 45 67, of Belgium
    r"(?<!\d )(?=\d*(?: \d\d)* ?\d{3})0[1-9]\d{0,2}(?: \d{2,3}){3}(?! \d)",
    # 514 555-1234, of America
    r"[2-9]\d\d [2-9]\d\d(?:-\d{4}| \d{3}[1-9])",
    # of any country, with its code
    rf"{_CODE}(?=(?:[() .-]*\d){{8,15}}(?![ .-]?\d))"
    r"[1-9]\d{0,3}\)?(?:[ .-]?\(0\))?(?:[ .-]?\d{1,10}){1,6}",
    # SIRET
    r"\d{3} ?\d{3} ?\d{3} ?0\d{4}",
    # NIR, of a person
    r"[12] \d\d \d\d \d[\dab] \d{3} \d{3}(?: \d\d)?",
    # a card
    rf"(?!{_AMOUNT}(?: {_AMOUNT}){{3}})\d{{4}}(?: \d{{4}}){{3}}",
    # RIB and IBAN, of a bank
    r"\d{5} \d{5} (?=[a-z]*\d)[\da-z]{11} \d\d",
    rf"(?-i:[A-Z]{{2}}\d\d(?!(?: {_AMOUNT})+(?! ?\w))(?: [\dA-Z]{{4}}){{3,7}}(?: [\dA-Z]{{1,3}})?)",
    # VAT
    r"(?-i:FR) ?\d\d (?:\d{3} \d{3} \d{3}|\d{9})",
    # ISBN
    r"97[89] \d{1,2}(?: \d{2,7}){2} \d",
)
_IDENTIFIER = late(rf"(?<!\w)(?<!\d[.,])(?:{'|'.join(_IDENTIFIERS)})(?!\w|[.,]\d)", re.IGNORECASE)
_DRAWN, _NO_BALL = 5, "50"
_DIALLED = late(
    r"(?:\b(?:t[eé]l|portable|mobile|appel|num[eé]ro de|fax|contact)[^\d!?]*|\d\W*)$",
    re.IGNORECASE,
)
"""What stands before a telephone that looks like a draw: a word that says so, or another one."""
_TRUNK = late(r"(?<=\d)[) .-]*\(0\)|[() .-]")
"""What nobody dials or copies of an identifier."""


def in_one_piece(text: str) -> str:
    """Return a text of the same length in which each grouped number is one run of characters.

    A number has apostrophes for its blanks, and an identifier what no reading sees.

    >>> in_one_piece("de 1 500 à 12 345 678 €"), in_one_piece("page 2 500 fois")
    ("de 1'500 à 12'345'678 €", 'page 2 500 fois')
    >>> in_one_piece("+33 (0)6 12 34 56 78").replace(UNSEEN, "")
    '+33612345678'
    """
    if not _ANY.search(text):
        return text
    spaced = text if text.isascii() and "\t" not in text else _ALL_BLANKS.sub(" ", text)
    end, pieces = 0, []
    for match in _IDENTIFIER.finditer(spaced):
        if _is_row(match, text):
            continue
        hidden = _TRUNK.sub(lambda part: UNSEEN * len(part[0]), match[0])
        pieces += [text[end : match.start()], hidden]
        end = match.end()
    text = "".join([*pieces, text[end:]])
    return _ROW.sub(_row_in_one_piece, text) if _GROUP.search(text) else text


def _is_row(match: re.Match[str], text: str) -> bool:
    """Whether figures are several numbers: of a draw (02 07 11 19 34, without a label) or a table.

    Tabs part the pairs of a telephone, and no other identifier.
    """
    pairs = match[0].split(" ")
    are_pairs = len(pairs) == _DRAWN and all(len(pair) == len(_NO_BALL) for pair in pairs)
    if "\t" in text[match.start() : match.end()] and not are_pairs:
        return True
    is_rising = are_pairs and all(map(lt, pairs, pairs[1:])) and pairs[-1] < _NO_BALL
    return is_rising and not _DIALLED.search(text[: match.start()])


def may_group(kinds: bytes) -> bool:
    """Return whether a text may have such a number, by the kinds of its characters.

    >>> from index.french.characters import shown_characters
    >>> [may_group(shown_characters[text].kinds) for text in ("06 12", "à 6 h", "(0)6", "+33")]
    [True, False, True, True]
    """
    return any(sign in kinds for sign in (b"# #", b"# .#", b".#,", b"?"))


def is_glued(text: str) -> bool:
    """Return whether a text may have a telephone in one chunk that is read in several.

    >>> is_glued("+33(0)1.23.45.67.89"), is_glued("01.23.45.67.89")
    (True, False)
    """
    return "(0)" in text or "(+" in text


def _row_in_one_piece(match: re.Match[str]) -> str:
    before, row, text = match["before"], match["row"], match.string
    label = None if before else _LABEL.search(text, max(0, match.start() - _BEFORE), match.start())
    if label and label["month"] and not _OF_MONTH.match(row):
        # le 14 juillet 1 500 personnes, en juin 2024 12 000
        label = None
    if label or _OF_NAME.fullmatch(before):
        # M6 300 000 and France 2 300 000 are a name and a number
        number, blank, row = row.partition(" ")
        before += number + blank
        # pages 120 121 122 are several
        is_free = not (label and len(number) > _FEW)
    else:
        is_free = _AROUND.fullmatch(before) is not None
    if is_free and _NUMBERS.fullmatch(row) and not _STORAGE.match(text, match.end()):
        return before + _NUMBER.sub(_without_blanks, row)
    return match[0]


def _without_blanks(number: re.Match[str]) -> str:
    return _BLANKS.sub(_MARK, number[0])
