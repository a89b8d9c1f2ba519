"""In which other rows of words may a row of words be written?

Between quotes too, a compound is written with hyphens, apart or in one piece, and thousands with
or without points. Only what the index holds is given, so that engines are asked for few rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations, product

from index import french
from index.french import Token
from index.french.lexicon import MEASURES
from index.french.patterns import late
from index.question import typed
from index.question.grammar import LIMITS
from index.question.lookups import Lookups
from index.question.vocabulary import expanding
from index.question.vocabulary.expanding import Expansion, Pattern

_COLUMNS = ("text", "title")
_MOST = 3
_TAGGED = 6
"""Words of a row that may be a hashtag, the first of it."""
_LARGE = late(r"[1-9]\d{3,20}")


def slots(text: str, allows: Callable[[Pattern, str], bool]) -> list[str | Pattern]:
    """The words of a quoted row, and its patterns that `allows` lets be expanded.

    >>> slots("clé d'acc*", lambda pattern, word: True)
    ['cle', Pattern(prefix='acc', glob=None)]
    """
    slots: list[str | Pattern] = []
    for word in text.split():
        chunk = typed.read(word)
        pattern = expanding.pattern(chunk.text) if chunk.wild else None
        if pattern is not None and allows(pattern[1], chunk.text):
            slots += [*pattern[0], pattern[1]]
        else:
            words, _ = typed.without_emojis(french.tokens(chunk.text))
            slots += [token.exact for token in words]
    return slots[: LIMITS.phrase]


def expanded(
    ways: Sequence[Sequence[str | Pattern]], words: Mapping[Pattern, Expansion], column: str
) -> list[tuple[str, ...]]:
    """The rows of words that a column may have, of the `ways` to write a row with patterns.

    >>> begins = Pattern("acc", None)
    >>> words = {begins: Expansion(("acces",), {"text": ("acces",)})}
    >>> expanded([["cles", "d", begins], ["cles", begins]], words, "text")
    [('cles', 'd', 'acces'), ('cles', 'acces')]
    """
    return [
        row
        for way in ways
        for row in product(
            *(
                words[slot].by_column.get(column, ()) if isinstance(slot, Pattern) else (slot,)
                for slot in way
            )
        )
    ]


def otherwise(tokens: Sequence[Token], lookups: Lookups) -> list[list[str]]:
    """The rows of several tokens with some of them as one word, or with one of them as several.

    « week-end dernier » is « weekend dernier » where the index has both, and the reverse; « loi
    travail » is #LoiTravail.
    """
    words = [token.exact for token in tokens]
    rows = [[*words[:first], *way, *words[after:]] for first, after, way in _ways(tokens, lookups)]
    return list(map(list, dict.fromkeys(map(tuple, rows))))[:_MOST]


def _ways(tokens: Sequence[Token], lookups: Lookups) -> Iterator[tuple[int, int, Sequence[str]]]:
    """The first token, the one after the last, and what may stand in their place."""
    last = {token.end: number for number, token in enumerate(tokens)}
    for first, after in combinations(range(min(len(tokens), _TAGGED) + 1), 2):
        form = "".join(token.exact for token in tokens[first:after])
        if after > first + 1 and form.isalpha() and lookups.holds("#" + form, ("variants",)):
            yield first, after, [form]
    for first, token in enumerate(tokens):
        for variant in token.variants:
            after = last.get(variant.end, first) + 1
            if variant.part or variant.start > token.start:
                continue
            if first + 1 < after < first + len(tokens) and lookups.holds(variant.form, _COLUMNS):
                yield first, after, [variant.form]
        if first and tokens[first - 1].exact[0].isdecimal() and token.exact in MEASURES:
            # « 10 000 euros d'amende » is 10 000 € d'amende
            units = (way for way, unit in MEASURES.items() if unit == MEASURES[token.exact])
            yield from (
                (first, first + 1, [way])
                for way in (MEASURES[token.exact], *units)
                if way != token.exact and lookups.holds(way, _COLUMNS)
            )
        if _LARGE.fullmatch(token.exact):
            pointed = f"{int(token.exact):,}".replace(",", ".")
            if lookups.holds(pointed, _COLUMNS):
                yield first, first + 1, [pointed]
        elif token.exact.isalpha():
            yield from ((first, first + 1, pair) for pair in lookups.compounds(token.exact))
