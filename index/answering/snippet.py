"""Which pieces of a text show best where it answers a question?

A snippet is a slice of the text, whose marks and occurrences count from its beginning.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from whoosh import query

from index.answering import matching
from index.answering.matching import Matcher
from index.answering.occurrences import Match, Whole, occurrences
from index.answering.sentences import Layout
from index.french.memory import TEXTS, Memory
from index.results import Occurrence, Snippet, Span

SHORTEST, LONGEST = 160, 280
"""A snippet's length in code points, unless the text or a match is itself shorter or longer."""


class _Layouts(Memory[Layout]):
    """Text → where it can be cut: the same for all that is looked for in it."""

    size = TEXTS
    longest = 10_000

    def compute(self, text: str) -> Layout:
        return Layout(text, SHORTEST, LONGEST)


_layouts = _Layouts()


class _Marked(NamedTuple):
    """A text with its matches, in order, and its occurrences; `answers` tells whole ones."""

    text: str
    matches: Sequence[Match]
    occurrences: Sequence[Occurrence]
    answers: Whole

    def piece(self, start: int, end: int) -> Snippet:
        """The text from `start` to before `end`, with the matches that are all in it."""
        text = self.text[start:end]
        matches = [
            Match(match_start - start, match_end - start, phrase, form, leaves)
            for match_start, match_end, phrase, form, leaves in self.matches
            if start <= match_start and match_end <= end
        ]
        if len(matches) == len(self.matches):
            # most texts have all of them in one piece
            piece_occurrences = tuple(
                [Occurrence(at - start, to - start, full) for at, to, full in self.occurrences]
            )
        else:
            # an occurrence of several words may be cut by an edge
            piece_occurrences = occurrences(text, matches, self.answers)
        return Snippet(
            text,
            tuple([(match.start, match.end) for match in matches]),
            bool(self.text[:start].strip()),
            bool(self.text[end:].strip()),
            piece_occurrences,
        )


def _marked(text: str, tree: query.Query | Matcher, field: str) -> _Marked:
    ready = matching.ready(tree)
    matches = matching.matches(text, ready, field)
    answers = ready.whole[field]
    return _Marked(text, matches, occurrences(text, matches, answers) if matches else (), answers)


def whole(text: str, tree: query.Query | Matcher, field: str) -> Snippet:
    """A whole text as one piece, with where it matches and what stands together there.

    >>> tree = query.And([query.Term("stem", "mot"), query.Term("stem", "passe")])
    >>> whole("Mes mots de passe", tree, "text").occurrences
    (Occurrence(start=4, end=17, whole=True),)
    """
    if not text:
        return Snippet("")
    return _marked(text, tree, field).piece(0, len(text))


def snippets(
    text: str, tree: query.Query | Matcher, field: str = "text", most: int = 3
) -> tuple[Snippet, ...]:
    """The `most` pieces that show a text's matches best, best first, none overlapping another.

    A phrase first, then the most different words close together. A short text is one piece;
    where nothing matches, the beginning of the text is the only piece, without marks; an empty
    text has none. `starts_inside` and `ends_inside` tell that the text goes on on that side.

    >>> [piece] = snippets("Les red teams testent.", query.Phrase("text", ["red", "teams"]))
    >>> piece.text, piece.marks, piece.starts_inside
    ('Les red teams testent.', ((4, 13),), False)
    """
    if not text.strip() or most < 1:
        return ()
    marked = _marked(text, tree, field)
    matches = marked.matches
    if len(text) <= LONGEST:
        return (marked.piece(0, len(text)),)
    layout = _layouts[text]
    if not matches:
        start, end = layout.around(0, 0, 0, len(text))
        return (marked.piece(start, end),)
    wholes = {end: start for start, end, answers in marked.occurrences if answers}
    pieces: list[Snippet] = []
    cores: list[Span] = []
    remaining: Sequence[Match] = matches
    while remaining and len(pieces) < most:
        first, last = _densest(remaining, wholes)
        core = remaining[first].start, max(match.end for match in remaining[first : last + 1])
        low = max((end for _, end in cores if end <= core[0]), default=0)
        high = min((start for start, _ in cores if start >= core[1]), default=len(text))
        start, end = layout.around(*core, low, high)
        cores.append((start, end))
        pieces.append(marked.piece(start, end))
        # a match cut in two by an edge is not shown whole anywhere, and is not offered again
        remaining = [match for match in remaining if match.end <= start or match.start >= end]
    return tuple(pieces)


def _densest(matches: Sequence[Match], wholes: Mapping[int, int]) -> Span:
    """First and last of the matches that are best shown together.

    They fit in a snippet with some words around; a phrase outweighs anything, then a whole
    occurrence (`wholes`: end → start), then different words count more than the same one again.
    The earliest wins a tie.
    """
    room = LONGEST - 40
    best, chosen = (-1, -1, -1, -1), (0, 0)
    kinds: Counter[str] = Counter()
    phrases = first = 0
    last_whole = -1
    for last, match in enumerate(matches):
        kinds[match.form] += 1
        phrases += match.phrase
        while first < last and match.end - matches[first].start > room:
            first_match = matches[first]
            kinds[first_match.form] -= 1
            if not kinds[first_match.form]:
                del kinds[first_match.form]
            phrases -= first_match.phrase
            first += 1
        last_whole = wholes.get(match.end, last_whole)
        weight = (phrases and 1, int(last_whole >= matches[first].start), len(kinds), last - first)
        if weight > best:
            best, chosen = weight, (first, last)
    return chosen
