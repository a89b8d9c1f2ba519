"""How does a French text become terms?

One tongue for texts and questions: engines hold these terms and nothing else. `tokens` gives them
with their offsets; `read` gives the same terms as an index wants them, fast. No word is dropped
but the elided articles, so that « La Poste » and « l’été » can be asked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import compress
from operator import itemgetter
from types import MappingProxyType
from typing import NamedTuple

from index.chunks import DATA, simple, terms
from index.folding import fold, origins, plain
from index.numbers import Spread
from index.stemming import stem
from index.tokens import Token, Variant

__all__ = ["COMMON", "RULES", "Reading", "Token", "Variant"]
__all__ += ["fold", "joins", "read", "splits", "stem", "tokens"]

COMMON: frozenset[str] = frozenset(DATA["common"].split())
"""Folded words that a plain question sets aside when it has others. Texts keep them."""

RULES: Mapping[str, str] = MappingProxyType(DATA["rules"])
"""Name of each rule that makes tokens → a French sentence that says what French it is about."""


class Reading(NamedTuple):
    """The terms of a text, each string's joined by one space.

    `exact` and `stem` are aligned, term for term; `variants` and `variant_stems` too, but hold
    what the text also answers to, without positions.
    """

    exact: str
    stem: str
    variants: str
    variant_stems: str


_CHUNK = re.compile(r"\S+")
_OPENING = re.compile(r"[1-9]\d{0,2}|0[1-9]")
_spread = Spread(DATA["units"])


class _More(NamedTuple):
    """What a chunk has beyond its terms: variants, and digits that the next chunks may go on."""

    variants: str
    variant_stems: str
    opening: str


_Row = tuple[str, str, _More | None]
"""A chunk's exact terms and stems, each term after a space."""


class _Rows(dict[str, _Row]):
    """Chunk → row: read the first time it is met and looked up ever after, within bounds."""

    size = 300_000
    longest = 100

    def __missing__(self, chunk: str) -> _Row:
        row = self._read(chunk)
        if len(chunk) <= self.longest:
            if len(self) >= self.size:
                self.clear()  # the words that matter are back within a page
            self[chunk] = row
        return row

    def _read(self, chunk: str) -> _Row:
        text = plain(chunk)
        word = simple(text)
        if word:
            # « Avion, » and « l’avion » share the row of « avion »
            return self[word] if word != chunk else (" " + word, " " + stem(word), None)
        found = terms(text)
        words = [token for token in found if token.rule != "emoji"]
        variants = [v for token in found for v in _variants(token)]
        opening = _opening(text, found)
        more = None
        if variants or opening:
            more = _More(
                "".join(" " + v.form for v in variants),
                "".join(" " + v.stem for v in variants),
                opening,
            )
        return (
            "".join(" " + token.exact for token in words),
            "".join(" " + token.stem for token in words),
            more,
        )


def _variants(token: Token) -> tuple[Variant, ...]:
    """An emoji is a variant of a neighbour: words on both sides of it stay neighbours."""
    if token.rule == "emoji":
        return (Variant(token.exact, token.stem, token.start, token.end, part=True),)
    return token.variants


def _opening(text: str, found: Sequence[Token]) -> str:
    """The digits at the end of a chunk with which a number spread over several may begin."""
    last = found[-1] if found else None
    if not last or last.rule != "number" or last.end != len(text):
        return ""
    alone = not text[last.start - 1 : last.start].isalnum()
    return last.exact if alone and _OPENING.fullmatch(last.exact) else ""


_rows = _Rows()
_exact, _stem, _more = itemgetter(0), itemgetter(1), itemgetter(2)


def read(text: str) -> Reading:
    """The terms of a text, as an index wants them: those of `tokens`, at tens of MB/s.

    >>> read("Les red-teams")
    Reading(exact='les red teams', stem='les red team', variants='redteams', variant_stems='redteam')
    """
    chunks = text.split()
    rows = list(map(_rows.__getitem__, chunks))
    exact = "".join(map(_exact, rows))
    mores = list(map(_more, rows))
    variants, stems = "", ""
    if any(mores):
        after = 0
        for i in compress(range(len(mores)), mores):
            more = mores[i]
            assert more is not None
            variants += more.variants
            stems += more.variant_stems
            if more.opening and i >= after:
                for form, last, _ in _spread.read(more.opening, chunks, i + 1):
                    variants += " " + form
                    stems += " " + form
                    after = last + 1
    if not exact and variants:  # emojis alone
        return Reading(variants[1:], stems[1:], "", "")
    return Reading(exact[1:], "".join(map(_stem, rows))[1:], variants[1:], stems[1:])


def tokens(text: str) -> list[Token]:
    """The terms of a text with their offsets, in order.

    >>> [(token.exact, token.start, token.end) for token in tokens("L’œuvre")]
    [('oeuvre', 2, 7)]
    """
    found: list[Token] = []
    beside: dict[int, list[Variant]] = {}  # number of a token (-1: before the first) → its emojis…
    places = [match.span() for match in _CHUNK.finditer(text)]
    chunks = [text[start:end] for start, end in places]
    after = 0
    for i, chunk in enumerate(chunks):
        start = places[i][0]
        read_chunk, opening = _places[chunk]
        for token in read_chunk:
            token = _moved(token, start)
            if token.rule == "emoji":
                beside.setdefault(len(found) - 1, []).extend(_variants(token))
            else:
                found.append(token)
        if opening and i >= after:
            for form, at, end in _spread.read(opening, chunks, i + 1):
                end = places[at][0] + origins(chunks[at])[end]
                whole = Variant(form, form, found[-1].start, end)
                beside.setdefault(len(found) - 1, []).append(whole)
                after = at + 1
    first = tuple(beside.pop(-1, ()))
    if not found:
        return [Token(v.start, v.end, v.form, v.stem, (), "emoji") for v in first]
    for number, more in beside.items():
        found[number] = found[number]._replace(variants=(*found[number].variants, *more))
    if first:
        found[0] = found[0]._replace(variants=first + found[0].variants)
    return found


class _Places(dict[str, tuple[tuple[Token, ...], str]]):
    """Chunk → its tokens, with offsets in the chunk as it is written, and its opening digits."""

    size = 50_000

    def __missing__(self, chunk: str) -> tuple[tuple[Token, ...], str]:
        text = plain(chunk)
        found = terms(text)
        placed = tuple(found)
        if text is not chunk:
            starts = origins(chunk)
            placed = tuple(_placed(token, starts) for token in found)
        if len(chunk) > _Rows.longest:
            return placed, _opening(text, found)
        if len(self) >= self.size:
            self.clear()
        self[chunk] = placed, _opening(text, found)
        return self[chunk]


_places = _Places()


def _placed(token: Token, starts: Sequence[int]) -> Token:
    start, end = starts[token.start], max(starts[token.end], starts[token.end - 1] + 1)
    variants = tuple(
        v._replace(start=starts[v.start], end=max(starts[v.end], starts[v.end - 1] + 1))
        for v in token.variants
    )
    return token._replace(start=start, end=end, variants=variants)


def _moved(token: Token, by: int) -> Token:
    if not token.variants:
        return Token(token.start + by, token.end + by, token.exact, token.stem, (), token.rule)
    variants = tuple(v._replace(start=v.start + by, end=v.end + by) for v in token.variants)
    return token._replace(start=token.start + by, end=token.end + by, variants=variants)


def joins(words: Sequence[str]) -> list[str]:
    """The terms that neighbouring exact terms, taken together, may be written as.

    >>> joins(["red", "team"]), joins(["150", "000"]), joins(["10", "h", "38"])
    (['redteam'], ['150000'], ['10h38'])
    """
    joined = "".join(words)
    return [joined] if len(words) > 1 and joined.isalnum() else []


def splits(word: str) -> list[tuple[str, str]]:
    """The ways a folded word may be written as two neighbours, the most even first.

    >>> splits("wifi"), splits("150000"), splits("rtx4090"), splits("5g")
    ([('wi', 'fi')], [('150', '000')], [('rtx', '4090')], [])
    """
    if word.isalpha():
        places = sorted(range(2, len(word) - 1), key=lambda i: abs(2 * i - len(word)))
        return [(word[:i], word[i:]) for i in places]
    if word.isdigit():
        return [(word[:-3], word[-3:])] if 4 <= len(word) <= 6 and word[0] != "0" else []
    name = _NAME.match(word)
    return [(name[0], word[name.end() :])] if name and word.isalnum() else []


_NAME = re.compile(r"[^\W\d_]{2,}(?=\d)")
