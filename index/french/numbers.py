"""How are numbers read that stand in one chunk?

A number and its unit are two words (3h, 3 h), a decimal comma is a point, and 10:38 is 10h38.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.french.canonical import Form, figures
from index.french.lexicon import MEASURES, UNITS, any_of
from index.french.patterns import late
from index.french.tokens import Token, term, variant

UNIT = any_of(UNITS)
GROUPED = r"[1-9]\d{0,2}(?:'\d{3})++(?!\d)"
"""1'000, as in Switzerland, and what `grouping` makes of 1 000."""
DIGITS = rf"(?:{GROUPED}|\d++)(?:[.,]\d++)*+"
_LETTERS = frozenset(unit for unit in UNITS if unit.isalpha())
_QUANTITY = late(rf"{DIGITS}|[^\d.,]+")
_GROUPED = late(r"[1-9]\d{0,2}(?:([.,'])\d{3})(?:\1\d{3})*")

SIGNED = late(r"[\d.]+(?:°f?|%|[€$£])")
"""The forms of what may be below zero, or fall: -5 °C, -2,5 %."""


MINUS = ("-", "–")
OPENING = '«"“”„([{'
"""What may stand against the first chunk of several, before any sign: (mars 2024), «S N C F»."""


def signed(form: Form) -> Iterator[Form]:
    """The forms of what stands behind a minus: a fall is its amount too, and -5 °C is no 5 °C.

    >>> [form.form for amount in ("3%", "5°", "5km") for form in signed(Form(amount, 0))]
    ['3%', '-3%', '-5°', '5km']
    """
    is_signed = SIGNED.fullmatch(form.form)
    if not is_signed or "°" not in form.form:
        yield form
    if is_signed:
        yield form._replace(form="-" + form.form)


def canonical(text: str) -> tuple[str, ...]:
    """The terms of digits with points and commas: 3,5 is 3.5; a list 4,8,15 is three numbers.

    >>> canonical("3,5"), canonical("3.14.2"), canonical("4,8,15"), canonical("1.234,5")
    (('3.5',), ('3.14.2',), ('4', '8', '15'), ('1234.5',))
    >>> canonical("1'234,50")
    ('1234.50',)
    """
    text = text.replace("'", "")
    integer, comma, decimals = text.rpartition(",")
    if not comma or _GROUPED.fullmatch(text):
        return (text.replace(",", "."),)
    if integer.isdigit():
        return (f"{integer}.{decimals}",)
    if _GROUPED.fullmatch(integer) and "," not in integer:
        return (f"{integer.replace('.', '')}.{decimals}",)
    return tuple(text.split(","))


def ungrouped(text: str) -> str | None:
    """150.000 and 1'000 without their signs; None when the signs do not part thousands.

    >>> ungrouped("150.000"), ungrouped("3.14")
    ('150000', None)
    """
    return re.sub(r"\D", "", text) if _GROUPED.fullmatch(text) else None


def quantity(text: str, start: int) -> list[Token]:
    """Digits, with a currency before or units after: $10, 3,5M€, 10h38.

    >>> [(token.exact, token.variant_stems) for token in quantity("10h38", 0)]
    [('10', ('10h38',)), ('h', ()), ('38', ())]
    """
    tokens: list[Token] = []
    number = ""
    for match in _QUANTITY.finditer(text):
        at, form = start + match.start(), match[0].casefold()
        forms = canonical(form) if form[0].isdigit() else (form,)
        rule = "number" if form[0].isdigit() or form in _LETTERS else "symbol"
        for piece in forms:
            size = len(piece) if len(forms) > 1 else len(form)
            tokens.append(term(piece, at, at + size, rule))
            at += size + 1
        number += ungrouped(form) or ",".join(forms)
    if not text[0].isdigit():
        # $10 and US$10 are 10$; C$10 has a name of its own, and C€10 is 10€
        sign = tokens[0].exact
        number = number[len(sign) :] + (MEASURES.get(sign) or MEASURES[sign[-1]])
    digits = next(match[0] for match in re.finditer(DIGITS, text))
    number_forms = dict.fromkeys((ungrouped(digits) or number, number))
    end = start + len(text)
    joined = [variant(form, start, end) for form in number_forms if form != tokens[0].exact]
    return [
        tokens[0].with_variants(
            *(joined_form for joined_form in joined if "," not in joined_form.form)
        ),
        *tokens[1:],
    ]


def hour(text: str, start: int) -> list[Token]:
    """10:38 is read as 10h38."""
    hours, minutes = text.split(":")
    colon, end = start + len(hours), start + len(text)
    return [
        term(hours, start, colon, "number", variant(f"{hours}h{minutes}", start, end)),
        term("h", colon, colon + 1, "number"),
        term(minutes, colon + 1, end, "number"),
    ]


def version(text: str, start: int) -> list[Token]:
    """v3.14.2 is one term and answers to 3.14.2; Python3.11 is a name and its version.

    PM2,5 is read so too, as the fine particles of the air are written in French; so is 4-4-2.
    """
    form, end = text.casefold().replace(",", "."), start + len(text)
    size = next(match.start() for match in re.finditer(r"\d", form))
    if not size:
        return [term(form, start, end, "version", variant(form.replace("-", ""), start, end))]
    if form[:size] == "v":
        return [term(form, start, end, "version", variant(form[1:], start, end))]
    name = term(form[:size], start, start + size, "compound", variant(form, start, end))
    return [name, term(form[size:], start + size, end, "version")]


def ordinal(text: str, start: int) -> list[Token]:
    """2e, 2ème, 2nd are one term; 1re has the stem of 1er.

    >>> ordinal("1ere", 0)[0][2:4], ordinal("2eme", 0)[0][2:4]
    (('1re', '1er'), ('2e', '2e'))
    """
    digits = re.sub(r"\D", "", text)
    ending = text[len(digits) :].casefold().removesuffix("s")
    form = digits + {"er": "er", "re": "re", "ere": "re"}.get(ending, "e")
    stem = "1er" if digits == "1" else form
    return [Token(start, start + len(text), form, stem, (), "ordinal")]


def formed(text: str, tokens: list[Token]) -> list[Token]:
    """The tokens of a chunk; what begins with a digit answers to its one form too.

    >>> formed("09h05", quantity("09h05", 0))[0].variant_stems
    ('09h05', '9h05')
    """
    if tokens[0].exact == "n°" and len(tokens) > 1:
        return [tokens[0], *formed(text, tokens[1:])]
    first, start, end = tokens[0], tokens[0].start, tokens[-1].end
    if text[start - 1 : start] == "+":
        start -= 1
    if not text[tokens[0].start].isdecimal():
        return tokens
    known_forms = {first.exact, *(other.form for other in first.variants)}
    forms = [form for form in figures(text[start:end].lower()) if form.form not in known_forms]
    if start and text[:start].lstrip(OPENING) in MINUS:
        # -5°C is no 5°C
        others = tuple(other for other in first.variants if "°" not in other.form)
        first = first._replace(variants=others)
        ways = [*(Form(form, end - start) for form in known_forms), *forms]
        forms = [form for way in ways for form in signed(way) if form.form not in known_forms]
    if not forms:
        return tokens
    more = [variant(form.form, start, start + form.end, form.part) for form in forms]
    return [first._replace(variants=(*first.variants, *more)), *tokens[1:]]


def degree(text: str, start: int) -> list[Token]:
    """n° is also the word it shortens."""
    end = start + len(text)
    return [term("n°", start, end, "symbol", variant("numero", start, end))]


def symbol(text: str, start: int) -> list[Token]:
    """€, M€, %, °C; § is also the word that it stands for.

    >>> symbol("§", 0)[0].variant_stems
    ('paragraphe',)
    """
    end = start + len(text)
    names = [variant("paragraphe", start, end)] if text == "§" else []
    return [term(text.casefold(), start, end, "symbol", *names)]
