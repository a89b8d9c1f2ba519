"""What does one thing answer to that letters begin: € 10, A 7, L. 123-4, mars 2024, XXe siècle?

Texts here are plain, in lower case.
"""

from __future__ import annotations

from collections.abc import Iterator

from index.french.canonical import Form, article, measured, month_of
from index.french.lexicon import MEASURES, MONTHS, any_of
from index.french.number_words import roman
from index.french.patterns import late

_SIGNS = r"(?:us|ca|c)?\$|€|£|¥"
PREFIXED = rf"eur|chf|usd|gbp|cad|{_SIGNS}"
"""Currencies, where they stand before."""
_PRICE = late(
    rf"({PREFIXED}) ?(\d{{1,3}}(?:[ '.,]\d{{3}})+(?:[.,]\d\d?)?|\d++(?:[.,]\d\d?)?)"
    r"(?![^\W_]|[.,]\d)"
)
_SEPARATORS = late(r"[ '.,](?=\d{3}(?!\d))")
_LAW = late(r"([lrda]|l\.? ?o)\.? (\*?\d++(?:-\d++)*+)(?!\w)")
_MONTH = late(rf"({any_of(MONTHS)})\.? (\d{{4}})(?!\w)")
_CENTURY = late(
    r"(?P<roman>[ivx]++)(?: ?e(?:me)?s?|°|(?<=i)er|(?<=[ivx]{2}))"
    r"(?:(?:,| et| au| ou)(?: le)? [ivx]+e(?:me)?)* "
    r"(?:(?P<century>siecles?|s\.?)|millenaire|arrondissements?|republique)(?!\w)"
)
_ROAD = late(r"([a-z]) (\d{1,4})(?![\w/-]|[.,]\d)")
_PLATE = late(r"[a-z]{2} \d{3} [a-z]{2}(?!\w)")
_POSTAL_CODE = late(r"[a-z]\d[a-z] \d[a-z]\d(?!\w)")
"""Of Canada."""
_NUMERO = late(r"nos?\.? \d")


def priced(window: str) -> Iterator[Form]:
    """Yield the forms of a price whose currency stands before it.

    >>> [form.form for text in ("us$ 1.5 million", "eur 10") for form in priced(text)]
    ['1500000$', '10€']
    """
    price = _PRICE.match(window)
    if price is None:
        return
    value = _SEPARATORS.sub("", price[2]).replace(",", ".")
    scaled = next(measured(value, window, price.end()), None)
    if scaled and scaled.form.isdecimal():
        yield Form(scaled.form + MEASURES[price[1]], scaled.end)
    else:
        yield Form(value + MEASURES[price[1]], price.end())


def lettered(window: str, begun: str) -> Iterator[Form]:
    """Yield the forms of what letters begin; `begun` is its first chunk, case kept.

    >>> [form.form for form in lettered("mars 2024", "mars")], [*lettered("le 12", "le")]
    (['2024-03'], [])
    """
    if prices := list(priced(window)):
        yield from prices
        return
    road = _ROAD.match(window) if len(begun) == 1 else None
    # A 7, N 20; but « A 7 heures »
    if road and not any(measured(road[2], window, road.end())):
        yield Form(road[1] + road[2], road.end())
    if code := _PLATE.match(window) or _POSTAL_CODE.match(window):
        yield Form(code[0].replace(" ", ""), code.end())
    law = _LAW.match(window)
    if law and ("-" in law[2] or begun[-1] == "."):
        yield Form(article(law[1], law[2]), law.end())
    if month := _MONTH.match(window):
        yield Form(month_of(month[2], MONTHS[month[1]]), month.end())
    if century := _CENTURY.match(window):
        letters = century["roman"]
        if begun.endswith("ieme") and begun[:-4].isupper():
            letters = letters[:-1]  # XXième, where XXIème has a capital more
        number = roman(letters)
        form = f"{number}e" if number > 1 else "1er"
        # alone too, Ve is read as 5e where a word says so, and XIXe as 19e anywhere
        if len(century["roman"]) == 1 or century["roman"] == "vi":
            yield Form(form, len(begun))
        if century["century"]:
            yield Form(form + "siecle", century.end())
    if _NUMERO.match(window):
        yield Form("n°", len(begun))
        yield Form("numero", len(begun))
