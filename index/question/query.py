"""What does a reader's question ask of the index?

The only door of the question language: any string is a question. It becomes a tree that
every engine compiles, the pieces it was understood as, and what the reader should know.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from whoosh.query import NullQuery, Query

from index import french
from index.question import syntax
from index.question.combining import trees
from index.question.filters import KINDS
from index.question.grammar import LIMITS, Order
from index.question.marks import Mark
from index.question.notices import notice
from index.question.removal import Removal
from index.question.understanding import Absent, LiteralWords, Understanding
from index.question.vocabulary.expanding import EMPTY, Vocabulary
from index.results import Notice, Piece

__all__ = ["EMPTY", "Absent", "LiteralWords", "Question", "Vocabulary", "bounded", "parse"]

_FILTERS = {*KINDS.values()} - {"order"}
_NO_SYNONYMS: Mapping[str, tuple[str, ...]] = MappingProxyType({})


def bounded(text: str) -> str:
    """Return the part to keep of a question from outside: the part read, and one letter past it.

    That letter tells the reader of the cut; answers repeat the question, so the rest is not kept.

    >>> bounded("a\\0b"), len(bounded("a" * 100_000)) < 10_000
    ('a b', True)
    """
    return text.replace("\0", " ")[: LIMITS.characters + 1]


class Question(NamedTuple):
    """A question understood. Two parses of one string with one vocabulary are equal.

    tree: what a passage must meet. partial: the same with any of the plain words instead of
    all of them, None when there is only one. holding: for each piece, the tree of the passages
    that hold it (None when it holds none: an order, a word set aside). order: what `tri:` says.
    words: the exact words that must be there, for "did you mean".
    """

    text: str
    tree: Query
    partial: Query | None
    pieces: tuple[Piece, ...]
    notices: tuple[Notice, ...]
    order: Order | None
    words: tuple[str, ...]
    holding: tuple[Query | None, ...] = ()
    plain: int = 0
    """How many plain words can be missing from a partial match."""
    sentence: Query | None = None
    """As `partial`, when nothing holds everything: its quotes are plain words, and a compound is
    any of its words."""
    quoted: bool = False
    """Whether `sentence` does without quotes that were required."""
    absent: tuple[Absent, ...] = ()
    """The names that the index lacks, with those near them."""
    literal_words: tuple[LiteralWords, ...] = ()
    """The words that may be misspelt, in their order."""
    unfiltered: str = ""
    """The text without its filters."""


def parse(
    question_text: str,
    vocabulary: Vocabulary = EMPTY,
    *,
    now: datetime,
    zone: str = "Europe/Paris",
    synonyms: Mapping[str, tuple[str, ...]] = _NO_SYNONYMS,
) -> Question:
    """Understand a question; never raises, whatever the string.

    `now` is aware: what "hier" means. `synonyms`: folded word, or words joined by one space,
    to what they may also be written as. Spans of notices and pieces are code points of
    `question_text`.

    >>> from datetime import UTC
    >>> question = parse("=gratuit", now=datetime(2024, 3, 15, tzinfo=UTC))
    >>> [(piece.kind, piece.text, piece.matches) for piece in question.pieces]
    [('exact', '=gratuit', ('gratuit',))]
    """
    notices: list[Notice] = []
    text = question_text[: _length(question_text)]
    if len(text) < len(question_text):
        notices.append(notice("too_long", len(text), len(question_text), limit=LIMITS.characters))
    tree, marks, syntax_notices = syntax.parse(french.in_one_piece(text))
    notices += syntax_notices
    understood = Understanding(text, marks, vocabulary, now, zone, synonyms)
    meaning = understood.question(tree)
    notices += understood.notices

    full, partial, sentence = trees(meaning, browsing=understood.order is not None)
    # what was not understood was told, where it stands
    if full == NullQuery and question_text.strip() and not (understood.pieces or notices):
        notices.append(notice("nothing_understood", 0, len(question_text)))
    return Question(
        question_text,
        full,
        partial,
        tuple(piece for piece, _ in understood.pieces),
        tuple(sorted(notices, key=lambda note: (note.start, note.end))),
        understood.order,
        tuple(dict.fromkeys(understood.words)),
        tuple(holding for _, holding in understood.pieces),
        sum(part.loose for part in meaning.texts),
        sentence,
        sentence is not None and any(part.plainly for part in meaning.texts),
        tuple(understood.absent),
        tuple(sorted(understood.literal_words, key=lambda literal: literal.start)),
        _unfiltered(text, marks, understood.pieces),
    )


def _unfiltered(
    text: str, marks: Sequence[Mark], pieces: Sequence[tuple[Piece, Query | None]]
) -> str:
    spans = [(piece.start, piece.end) for piece, _ in pieces if piece.kind in _FILTERS]
    return Removal(text, marks).without(*spans) if spans else text


def _length(question_text: str) -> int:
    """How much is read: all of it, or up to the last white space before the limit."""
    if len(question_text) <= LIMITS.characters:
        return len(question_text)
    for end in range(LIMITS.characters, LIMITS.characters // 2, -1):
        if question_text[end].isspace():
            return end
    return LIMITS.characters
