"""Which words of a text answer a question?

They come from the tree's own positive leaves met again in the text's own tokens, so what is
marked is what matched: `avocat` in `l’avocat`, a phrase as one mark, nothing for an exclusion
or a filter. Offsets count code points of the text given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from whoosh import query

from index import french
from index.answering.occurrences import Leaf, Match, Whole, near
from index.answering.targets import Targets, folds
from index.answering.verbs_beside import places
from index.french import grouping
from index.french.characters import shown_characters
from index.french.chunks import chunk_starts
from index.french.memory import TEXTS, Memory
from index.results import Span

_OWN = ("text", "heading", "quoted")
_STEMS: Mapping[str, tuple[str, ...]] = {
    "stem": _OWN,
    "heading_stem": ("heading",),
    "title_stem": ("title",),
}
_VARIANTS: Mapping[str, tuple[str, ...]] = {"variants": _OWN, "title_variants": ("title",)}
_EXACT = (*_OWN, "title")


class _Terms(Memory[tuple[str, ...]]):
    """Chunk → every term it answers to."""

    # a quarter of a kilobyte each, in every worker
    size = 50_000

    def compute(self, chunk: str) -> tuple[str, ...]:
        return french.answered(chunk)


class _Legible(Memory[str]):
    """Text → the text that is read: a passage is shown for many questions, and on many pages."""

    size = TEXTS
    longest = 10_000

    def compute(self, text: str) -> str:
        legible_text = french.legible(text)
        # its characters are wanted for what is looked for in it
        may_group = grouping.may_group(shown_characters[legible_text].kinds)
        return french.in_one_piece(legible_text) if may_group else legible_text


_terms, _legible = _Terms(), _Legible()


def _wordless(chunk: str) -> bool:
    """Whether the words around a chunk are neighbours: « — », « ! », an emoji."""
    return all(token.rule == "emoji" for token in french.tokens(chunk))


class Matcher(NamedTuple):
    """A tree made ready for many texts: what it looks for in each field that is shown."""

    text: Targets
    heading: Targets
    title: Targets
    quoted: Targets
    whole: Mapping[str, Whole] = MappingProxyType({})
    """Field → whether what is met there is all that the tree asks."""


def matcher(tree: query.Query) -> Matcher:
    """What a tree looks for, to be used again over the passages of a page.

    >>> matcher(query.And([query.Term("stem", "chat"), query.Not(query.Term("text", "chien"))]))[0]
    Targets(exact=set(), stems={'chat'}, variants=set(), phrases=[], near=[])
    """
    targets = Matcher(Targets(), Targets(), Targets(), Targets(), wholes(tree))
    _gather(tree, targets)
    return targets


def wholes(tree: query.Query) -> Mapping[str, Whole]:
    """Field → whether what is met there is all that a tree asks of it."""
    return {field: Whole(tree, field) for field in ("text", "heading", "title", "quoted")}


def marks(text: str, tree: query.Query | Matcher, field: str) -> tuple[Span, ...]:
    """Where a text matches, in order and without overlap. field: text, heading, title or quoted.

    >>> marks("L’avocat de l'accusé", query.Term("stem", "avocat"), "text")
    ((2, 8),)
    """
    return tuple([(match.start, match.end) for match in matches(text, ready(tree), field)])


def matches(text: str, matcher: Matcher, field: str) -> Sequence[Match]:
    """The same, with what each place met."""
    targets: Targets = getattr(matcher, field)
    return _merged(_matches(text, targets)) if text else ()


def ready(tree: query.Query | Matcher) -> Matcher:
    """A tree made ready, unless it is."""
    return tree if isinstance(tree, Matcher) else matcher(tree)


def _gather(tree: query.Query, targets: Matcher, *, ranks: bool = False) -> None:
    """Add a tree's positive leaves. `ranks`: they only rank, and do not decide what matches."""
    match tree:
        case query.Term(fieldname=name, text=term):
            for field in _STEMS.get(name, ()):
                # a title's word may be optional; an own word that is, is asked elsewhere
                if not ranks or field == "title":
                    getattr(targets, field).stems.add(term)
            for field in _VARIANTS.get(name, ()):
                if not ranks or field == "title":
                    getattr(targets, field).variants.add(term)
            if name in _EXACT and not ranks:
                getattr(targets, name).exact.add(term)
        case query.Phrase(fieldname=name, words=words) if not ranks and name in _EXACT:
            getattr(targets, name).phrases.append(tuple(words))
        case query.SpanNear2(qs=[a, b], slop=slop) if not ranks and a.fieldname in _EXACT:
            getattr(targets, a.fieldname).near.append((a.text, b.text, slop, tree.ordered))
        case query.AndMaybe(a=required, b=optional):
            _gather(required, targets, ranks=ranks)
            _gather(optional, targets, ranks=True)
        case query.And(subqueries=subs) | query.Or(subqueries=subs):
            for sub in subs:
                _gather(sub, targets, ranks=ranks)
        case query.ConstantScoreQuery(child=child):
            # what scores nothing may be all that makes a partial match: a word of a compound
            _gather(child, targets, ranks=ranks)
        case _:
            # Not, filters, Every, NullQuery
            pass


def _matches(text: str, targets: Targets) -> Iterator[Match]:
    if not targets.terms:
        return
    text = _legible[text]
    spotted = targets.alone and targets.spotter
    verbs = targets.verbs(text)
    if targets.beyond_chunks(text) or (verbs and not spotted):
        yield from _read(text, targets)
    elif targets.near:
        # apart as they may be, by words between them
        if any(_answering(text, targets)):
            yield from _read(text, targets)
    else:
        yield from _verbs(text, verbs, targets) if verbs else ()
        pieces = spotted.words(text) if spotted else _promising(text, targets)
        read = _read_chunk if spotted else _read
        for at, piece in pieces:
            yield from _matches_of(piece, at, targets, read)


def _verbs(text: str, verbs: Sequence[str], targets: Targets) -> Iterator[Match]:
    """Yield what matches in the chunks that have one of some verbs, beside what is around them."""
    folded = folds[text][1]
    folded_starts, starts, chunks = chunk_starts(folded), chunk_starts(text), text.split()
    if len(folded_starts) != len(starts):
        # folding takes away a chunk of invisible signs
        yield from _read(text, targets)
        return
    for place in places(folded, folded_starts, verbs):
        yield from _matches_of(chunks[place], starts[place], targets, _read)
        for verb in french.verb_variants(chunks, place):
            yield from _variant_matches(verb, starts[place], targets)


def _matches_of(
    piece: str, at: int, targets: Targets, read: Callable[[str, Targets], Iterable[Match]]
) -> Iterator[Match]:
    """Yield what matches in a piece that begins at `at`; it is read once for all texts."""
    matches = targets.matches_by_piece.get(piece)
    if matches is None:
        matches = targets.matches_by_piece[piece] = tuple(read(piece, targets))
    for start, end, phrase, form, leaves in matches:
        yield Match(at + start, at + end, phrase, form, leaves)


def _read_chunk(chunk: str, targets: Targets) -> Iterable[Match]:
    """What matches in a chunk that may answer, which reads the same in any text."""
    return _read(chunk, targets) if _answers(chunk, targets) else ()


def _answers(chunk: str, targets: Targets) -> bool:
    """Whether a chunk has a term that is looked for."""
    terms = _terms.get(chunk)
    if terms is None:
        # the spotter spares a reading, not a chunk read before
        if targets.spotter and not targets.spotter.possible(chunk):
            return False
        terms = _terms[chunk]
    return not targets.terms.isdisjoint(terms)


def _read(piece: str, targets: Targets) -> Iterable[Match]:
    return _matched(french.tokens(piece), targets)


def _promising(text: str, targets: Targets) -> Iterator[tuple[int, str]]:
    """The pieces of a text, each with its offset, where something sought may be.

    What stands between white space reads the same in any text, so chunks that were met once
    are known; the few that hold a sought term are read again, in their places. A phrase may
    go over several chunks, and over those without a word.
    """
    start = end = -1
    for at, chunk in _answering(text, targets):
        if start < 0:
            start = at
        elif not (targets.phrases and all(map(_wordless, text[end:at].split()))):
            yield start, text[start:end]
            start = at
        end = at + len(chunk)
    if start >= 0:
        yield start, text[start:end]


def _answering(text: str, targets: Targets) -> Iterator[tuple[int, str]]:
    """The chunks of a text that hold a sought term, in order, each with its offset."""
    absent, spotter = targets.terms.isdisjoint, targets.spotter
    if spotter is not None:
        for at, chunk in spotter.words(text):
            if _answers(chunk, targets):
                yield at, chunk
        return
    chunks = text.split()
    absences = list(map(absent, map(_terms.__getitem__, chunks)))
    place, end = -1, 0
    for _ in range(absences.count(False)):
        place = absences.index(False, place + 1)
        at = _place(text, chunks[place], end)
        yield at, chunks[place]
        end = at + len(chunks[place])


def _place(text: str, chunk: str, at: int) -> int:
    """Where the next chunk that is this one begins, from `at` on."""
    while True:
        at = text.index(chunk, at)
        end = at + len(chunk)
        if not text[max(0, at - 1) : at].strip() and not text[end : end + 1].strip():
            return at
        at += 1


def _matched(tokens: Sequence[french.Token], targets: Targets) -> Iterator[Match]:
    """What is sought among the tokens of a piece, by its offsets."""
    exact, stems, variants = targets.exact, targets.stems, targets.variants
    for token in tokens:
        if token.stem in stems or token.exact in exact or token.exact in variants:
            leaves = frozenset(_leaves(token.stem, token.exact, token.exact))
            yield Match(token.start, token.end, False, token.stem, leaves)
        for variant in token.variants:
            yield from _variant_matches(variant, 0, targets)
    if not (targets.phrases or targets.near):
        return
    places: dict[str, list[int]] = {}
    for place, token in enumerate(tokens):
        places.setdefault(token.exact, []).append(place)
    openings = targets.openings
    present = (
        words
        for first in places
        for words in openings.get(first, ())
        if all(word in places for word in words)
    )
    for words in present:
        for place in _runs(words, places):
            last = tokens[place + len(words) - 1]
            leaves = frozenset({("phrase", *words)})
            yield Match(tokens[place].start, last.end, True, " ".join(words), leaves)
    for word, other, slop, ordered in targets.near:
        for pair in _pairs(places.get(word, ()), places.get(other, ()), slop, ordered):
            for token in (tokens[place] for place in pair):
                leaves = frozenset({(*near(word, other, slop, ordered), token.exact)})
                yield Match(token.start, token.end, True, token.exact, leaves)


def _variant_matches(variant: french.Variant, at: int, targets: Targets) -> Iterator[Match]:
    if variant.form in targets.variants or variant.stem in targets.stems:
        leaves = frozenset(_leaves(variant.stem, variant.form))
        yield Match(at + variant.start, at + variant.end, False, variant.stem, leaves)


def _leaves(stem: str, form: str, exact: str | None = None) -> Iterator[Leaf]:
    """What a word or a variant may be met as."""
    yield "stem", stem
    yield "variant", form
    if exact is not None:
        yield "exact", exact


def _runs(words: Sequence[str], places: Mapping[str, Sequence[int]]) -> list[int]:
    """The places where these words begin to follow one another."""
    starts = set(places.get(words[0], ())) if words else set()
    for gap, word in enumerate(words):
        starts.intersection_update([place - gap for place in places.get(word, ())])
    return sorted(starts)


def _pairs(
    places: Sequence[int], other_places: Sequence[int], slop: int, ordered: bool
) -> Iterator[tuple[int, int]]:
    """Places of two words at most `slop` apart, and not the same place."""
    begin, behind = 0, 0 if ordered else slop
    for place in places:
        while begin < len(other_places) and other_places[begin] < place - behind:
            begin += 1
        for other_place in other_places[begin:]:
            if other_place > place + slop:
                break
            if other_place != place:
                yield place, other_place


def _merged(matches: Iterator[Match]) -> list[Match]:
    """In order, overlapping places made one."""
    merged: list[Match] = []
    for match in sorted(matches):
        if merged and match.start < merged[-1].end:
            before = merged[-1]
            merged[-1] = Match(
                before.start,
                max(before.end, match.end),
                before.phrase or match.phrase,
                match.form if match.phrase and not before.phrase else before.form,
                before.leaves | match.leaves,
            )
        else:
            merged.append(match)
    return merged
