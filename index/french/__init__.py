"""How does a French text become terms?

One tongue for texts and questions: engines hold these terms and nothing else. `tokens` gives them
with their offsets; `read` gives the same terms as an index wants them, fast. No word is dropped
but the elided articles, so that « La Poste » and « l’été » can be asked for.

From the characters up: folding, stemming, then compounds, numbers, inclusive and shapes, which
`chunks` tries in turn on what stands between white space; here, what goes beyond a chunk.
`spotting` says which words of a text are worth reading, for the few terms of a question.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import NamedTuple

from index.french.beside import Additions, after_form, together
from index.french.chunks import (
    CAPITALS,
    Simple,
    accented,
    bared,
    capital,
    chunk_starts,
    simple,
    terms,
)
from index.french.folding import fold, origins, plain
from index.french.gluing import glued, unglued
from index.french.grouping import in_one_piece, is_glued
from index.french.homographs import Verbs, in_place, inverted, other_readings, verbs
from index.french.legible import CUT, UNSEEN, halves, legible, without_calls
from index.french.lexicon import COMMON, RULES
from index.french.memory import Memory
from index.french.patterns import prepare
from index.french.row_forms import joins, splits
from index.french.spread import opening, spread
from index.french.stemming import irregular, is_verb, stem
from index.french.tokens import WORDED, Token, Variant, term, variant
from index.french.worded import Begun, begun, numbers, within

__all__ = ["COMMON", "RULES", "Reading", "Token", "Variant"]
__all__ += [
    "answered",
    "fold",
    "glued",
    "in_one_piece",
    "irregular",
    "is_verb",
    "joins",
    "legible",
    "plain",
    "prepare",
    "read",
    "splits",
    "stem",
    "tokens",
    "unglued",
    "verb_variants",
]


class Reading(NamedTuple):
    """The terms of a text, each string's joined by one space.

    `exact` and `stem` are aligned, term for term; `variants` holds what the text also answers to,
    without positions, and `variant_stems` the stems of those that have one.
    """

    exact: str
    stem: str
    variants: str
    variant_stems: str


_Row = tuple[str, str, Additions | None] | tuple[()]
"""A chunk's exact terms and stems, joined by one space; nothing for a lone dash."""
_first, _second, _third, _fourth, _fifth = map(itemgetter, range(5))


class _Rows(Memory[_Row]):
    """Chunk → row.

    Looking a chunk up is most of the work of reading, and waits for memory: strings that are
    equal are one object wherever that costs nothing.
    """

    size = 500_000

    def compute(self, chunk: str) -> _Row:
        # « Avion, » has the row of « Avion », and shares with « l’avion » what « avion » has
        bare = bared(chunk)
        if bare != chunk and not _has_more(self[bare]):
            return self[bare]
        text = plain(without_calls(chunk))
        opens = opening(text, ())
        if bare != chunk and not opens:
            return _closed(self[bare], begun(text))
        word_span, number = simple(text), begun(text)
        if word_span:
            word = word_span[0]
            row = self[word] if word != chunk else (chunk, self._stem(chunk), None)
            is_bare = not (opens or _has_more(row)) and word.upper() not in CAPITALS
            if word != chunk and text is chunk and is_bare:
                return row
            ways = _ways(chunk, bare, text, word_span)
            word_verbs = verbs(bare, *word_span)
            if not (ways or opens or word_verbs or number):
                # « Thiers » has no more to it, and « thiers » may be t'hier
                return (*row[:2], None) if row and row[2] else row
            return (*row[:2], Additions(*_forms(ways), opens, word_verbs, number))
        chunk_tokens = within(text, inverted(terms(text)))
        if not chunk_tokens:
            return ()
        variants, variant_stems = _forms(way for token in chunk_tokens for way in _variants(token))
        opens = opening(text, chunk_tokens)
        words = [token for token in chunk_tokens if token.rule != "emoji"]
        return (
            " ".join([token.exact for token in words]),
            " ".join([token.stem for token in words]),
            Additions(variants, variant_stems, opens, None, number)
            if variants or opens or number
            else None,
        )

    def _stem(self, word: str) -> str:
        """The stem: the word itself, or a word met already, where it is equal."""
        stemmed = stem(word)
        if stemmed == word:
            return word
        former = self.get(stemmed)
        return former[0] if former and former[0] == stemmed else stemmed


def _has_more(row: _Row) -> bool:
    """Whether a row has more than terms."""
    return len(row) > 2 and row[2] is not None


def _forms(variants: Iterable[Variant]) -> tuple[str, str]:
    """Forms and stems, each after a space."""
    forms = stems = ""
    for way in variants:
        forms += " " + way.form
        stems += " " + way.stem if way.stem else ""
    return forms, stems


def _ways(chunk: str, bare: str, text: str, word_span: Simple) -> list[Variant]:
    """What a mere word answers to beside itself; `bare`: the chunk as it is `bared`."""
    ways = (accented(chunk, text, word_span), capital(chunk, text, word_span))
    return [*_halves(chunk, word_span), *other_readings(bare, *word_span), *filter(None, ways)]


def _halves(chunk: str, word: Simple) -> list[Variant]:
    """The pieces of a mere word that a line's end cut: they may be words (porte-monnaie)."""
    if CUT not in chunk:
        return []
    before, after = (terms(plain(half)) for half in halves(chunk))
    pieces = [piece.exact for piece in (*before[-1:], *after[:1])]
    return [variant(piece, word[1], word[2], part=True) for piece in pieces]


def _closed(row: _Row, number: Begun | None) -> _Row:
    """The row of a chunk with punctuation around it: nothing goes on after « mars, ».

    `number`: its own, which tells where the punctuation is.
    """
    if row and row[2] and (row[2].opens or number):
        addition = row[2]._replace(opens="", number=number)
        return (*row[:2], addition if addition.variants or addition.verbs or number else None)
    return row


def _variants(token: Token) -> tuple[Variant, ...]:
    """An emoji is a variant of a neighbour: words on both sides of it stay neighbours."""
    if token.rule == "emoji":
        return (Variant(token.exact, token.stem, token.start, token.end, part=True),)
    return token.variants


_rows = _Rows()


def read(text: str) -> Reading:
    """The terms of a text as an index wants them: those of `tokens`, at more than 10 MB/s.

    >>> read("Les red-teams")[:3]
    ('les red teams', 'les red team', 'redteams')
    """
    text = legible(text)
    return _read(in_one_piece(text) if is_glued(text) else text)


def _read(text: str) -> Reading:
    """The terms of a legible text."""
    chunks = text.split()
    chunk_rows = list(map(_rows.__getitem__, chunks))
    rows = list(filter(None, chunk_rows))
    exact, stems = " ".join(map(_first, rows)), " ".join(map(_second, rows))
    thirds = list(map(_third, rows))
    additions = list(filter(None, thirds))
    if not additions:
        return Reading(exact, stems, "", "")
    variants, variant_stems = "".join(map(_first, additions)), "".join(map(_second, additions))
    if any(map(_third, additions)) or any(map(_fourth, additions)) or any(map(_fifth, additions)):
        if len(rows) < len(chunk_rows):
            thirds = [row[2] if row else None for row in chunk_rows]
        forms, verb_ways, may_be_grouped = together(chunks, thirds)
        # few texts have a number in groups: looking for one in all of them takes a twelfth
        if may_be_grouped and (ungrouped := in_one_piece(text)) != text:
            return _read(ungrouped)
        if forms:
            variants += " " + " ".join(forms)
            stemmed = [" " + stem(form) for form in forms if not form.startswith(WORDED)]
            variant_stems += "".join(stemmed)
        if verb_ways:
            verb_forms, verb_stems = _forms(verb_ways)
            variants += verb_forms
            variant_stems += verb_stems
    if "  " in f" {exact} ":  # where an emoji stands
        exact, stems = " ".join(exact.split()), " ".join(stems.split())
    if not exact and variants:
        return Reading(variants[1:], variant_stems[1:], "", "")
    return Reading(exact, stems, variants[1:], variant_stems[1:])


def answered(chunk: str) -> tuple[str, ...]:
    """Every term that a run of characters without white space answers to.

    >>> answered("(red-teams)")
    ('red', 'teams', 'team', 'redteams', 'redteam')
    """
    # whoever asks wants the tokens next, where the terms are those that are looked for
    chunk_tokens = _places[chunk][0]
    ways = [way for token in chunk_tokens for way in token.variants]
    words = [token.exact for token in chunk_tokens] + [token.stem for token in chunk_tokens]
    forms = [way.form for way in ways] + [way.stem for way in ways if way.stem]
    return tuple(dict.fromkeys(words + forms))


class _Places(Memory[tuple[tuple[Token, ...], str, Verbs | None, Begun | None]]):
    """Chunk → its tokens, with offsets in it as it is written, and what goes on from there."""

    # half a kilobyte each, in every worker
    size = 20_000

    def compute(self, chunk: str) -> tuple[tuple[Token, ...], str, Verbs | None, Begun | None]:
        chunk = without_calls(chunk)
        text = plain(chunk)
        word_span = simple(text)
        chunk_tokens = within(text, _tokens_of(text, word_span))
        opens = opening(text, chunk_tokens)
        word_verbs = None
        if word_span:
            bare = bared(chunk)
            word_verbs = verbs(bare, *word_span)
            if ways := _ways(chunk, bare, text, word_span):
                chunk_tokens = [token.with_more(*ways) for token in chunk_tokens]
        if text is not chunk:
            starts = origins(chunk)
            chunk_tokens = [_placed(token, starts, chunk) for token in chunk_tokens]
            if word_verbs:
                word_verbs = Verbs(
                    *(tuple(_placed_way(way, starts, chunk) for way in ways) for ways in word_verbs)
                )
        return tuple(chunk_tokens), opens, word_verbs, begun(text)


def _tokens_of(text: str, word_span: Simple | None) -> list[Token]:
    """The tokens of plain text, `word_span` being what is `simple` in it: most words are."""
    if word_span is None or not word_span[0].isalpha():
        return inverted(terms(text))
    word, start, end = word_span
    return [term(word, start, end, "elision" if text[:start].endswith("'") else "word")]


def _placed(token: Token, starts: Sequence[int], chunk: str) -> Token:
    """The token with offsets of the written chunk; `starts` are the origins of the plain one."""
    start, end, exact, stemmed, variants, rule = token
    if variants:
        variants = tuple([_placed_way(way, starts, chunk) for way in variants])
    return Token(starts[start], _end(end, starts, chunk), exact, stemmed, variants, rule)


def _placed_way(way: Variant, starts: Sequence[int], chunk: str) -> Variant:
    form, stemmed, start, end, part = way
    return Variant(form, stemmed, starts[start], _end(end, starts, chunk), part)


def _end(end: int, starts: Sequence[int], chunk: str) -> int:
    """Where what ends at `end` of the plain chunk ends in the written one: accents with it."""
    least = starts[end - 1] + 1
    stop = max(starts[end], least)
    return least + len(chunk[least:stop].rstrip(UNSEEN))


_places = _Places()


def tokens(text: str) -> list[Token]:
    """The terms of a text with their offsets, in order.

    >>> [(token.exact, token.start, token.end) for token in tokens("L’œuvre")]
    [('oeuvre', 2, 7)]
    """
    placed: list[Token] = []
    attached: dict[int, list[Variant]] = {}
    """What hangs on a token from other chunks: number of the token (-1: before any) → variants."""
    text = in_one_piece(legible(text))
    chunks = text.split()
    if chunks == [text]:
        # most of what is marked stands by itself
        chunk_tokens, opens, word_verbs, number = _places[text]
        if not (
            opens or word_verbs or number or any(token.rule == "emoji" for token in chunk_tokens)
        ):
            return list(chunk_tokens)
    starts = chunk_starts(text)
    free_from = 0
    for i, chunk in enumerate(chunks):
        terms_of_chunk, opens, word_verbs, number = _places[chunk]
        for token in terms_of_chunk:
            token = _moved(token, starts[i])
            if token.rule == "emoji":
                attached.setdefault(len(placed) - 1, []).extend(_variants(token))
            else:
                placed.append(token)
        if word_verbs:
            attached.setdefault(len(placed) - 1, []).extend(
                _moved_way(way, starts[i]) for way in in_place(word_verbs, chunks, i)
            )
        if (opens or number) and i >= free_from:
            forms = spread(opens, chunks, i + 1) if opens else []
            if number and not forms:
                forms = numbers(number, chunks, i + 1)
            for form in forms:
                head, end = placed[-1], placed[-1].end
                if opens != head.exact:
                    # 9h is two words, and one number; « un » is of un million
                    size = sum(token.rule != "emoji" for token in terms_of_chunk)
                    head = placed[-size - form.before]
                if form.last > i:
                    end = starts[form.last] + _end(
                        form.end, origins(chunks[form.last]), chunks[form.last]
                    )
                compound = variant(form.form, head.start, end, form.part)
                attached.setdefault(len(placed) - 1, []).append(compound)
                free_from = after_form(free_from, form, chunks)
    leading = attached.pop(-1, [])
    if not placed:
        return [Token(way.start, way.end, way.form, way.stem, (), "emoji") for way in leading]
    for place, more in attached.items():
        placed[place] = placed[place]._replace(variants=(*placed[place].variants, *more))
    placed[0] = placed[0].with_variants(*leading)
    return placed


def verb_variants(chunks: Sequence[str], at: int) -> tuple[Variant, ...]:
    """Return the verbs that `chunks[at]` answers to for what is beside it, at offsets in it.

    >>> [verb.stem for verb in verb_variants("Elle est partie.".split(), 2)]
    ['partir']
    """
    word_verbs = _places[chunks[at]][2]
    return in_place(word_verbs, chunks, at) if word_verbs else ()


def _moved(token: Token, by: int) -> Token:
    variants = token.variants
    if variants:
        variants = tuple(_moved_way(way, by) for way in variants)
    return Token(token.start + by, token.end + by, token.exact, token.stem, variants, token.rule)


def _moved_way(way: Variant, by: int) -> Variant:
    form, stemmed, start, end, part = way
    return Variant(form, stemmed, start + by, end + by, part)
