"""What else could be asked, and what would it find?

Offered beside the answers, each with its count, and never done in the reader's place:
another spelling, the question without its rarest word, approximate words, other places.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from whoosh import query as nodes

from index import french
from index.answering.looking import Known
from index.question.query import Question
from index.question.spelling import suggest
from index.record import Record
from index.results import Piece, Suggestion

Count = Callable[[str], int]
"""How many passages a question would find, the filters beside it kept."""

_COLUMNS = ("text", "heading", "title", "quoted", "variants", "title_variants")
_SAMPLE = 5
_WORDS = ("word", "exact")


def did_you_mean(
    words: Known, question: Question, count: Count, most: int = 3
) -> tuple[Suggestion, ...]:
    """The question with each word that the index lacks put as the index has it.

    Only words that no passage holds are put in question, so a rare word is left in peace.
    """
    found: list[Suggestion] = []
    asked = question.asked
    for piece in _unknown(words, question):
        for word, _ in suggest(asked[piece.start : piece.end].strip("="), words, most):
            said = as_written(words, word)
            other = asked[: piece.start] + said + asked[piece.end :]
            passages = count(other)
            if passages:
                found.append(Suggestion(said, other, passages))
    found.sort(key=lambda one: -one.passages)
    return tuple(found[:most])


def lacks(words: Known, question: Question) -> bool:
    """Whether the index lacks a word of the question."""
    return any(_unknown(words, question))


def _unknown(words: Known, question: Question) -> Iterator[Piece]:
    for piece in question.pieces:
        if piece.kind in _WORDS:
            tokens = french.tokens(question.asked[piece.start : piece.end])
            if len(tokens) == 1 and not _known(words, tokens[0].exact):
                yield piece


def _known(words: Known, word: str) -> bool:
    return any(words.freq(column, word) for column in _COLUMNS)


def as_written(words: Known, word: str) -> str:
    """A folded word with its accents, as the index's texts most often write it."""
    found, field = words.sample(nodes.Term("text", word), _SAMPLE), "text"
    if not found:
        found, field = words.sample(nodes.Term("title", word), _SAMPLE), "title"
    spellings: Counter[str] = Counter()
    for stored in found:
        record = Record.load(stored)
        text = record.text if field == "text" else record.about.title
        for token in french.tokens(text):
            if token.exact == word:
                spelling = text[token.start : token.end]
                # at the head of a sentence a capital says nothing
                spellings[spelling if spelling.isupper() else spelling.lower()] += 1
    return spellings.most_common(1)[0][0] if spellings else word


def ladder(
    question: Question,
    pieces: Sequence[Piece],
    count: Count,
    everywhere: Callable[[str], int] | None,
) -> tuple[Suggestion, ...]:
    """When nothing was found: what would find something, in the order of the steps.

    pieces: those of the question, with how many passages hold each. The steps: without the
    rarest piece; with approximate words; without the filters beside the question (`everywhere`
    counts so, None when there are none). A step that finds nothing is left out.
    """
    asked = question.asked
    found: list[Suggestion] = []
    for piece in _rarest_first(pieces):
        passages = count(piece.without)
        if passages:
            found.append(Suggestion(f"sans « {piece.text.strip()} »", piece.without, passages))
            break
    fuzzy = _approximate(question)
    if fuzzy != asked and (passages := count(fuzzy)):
        found.append(Suggestion("orthographe approchée", fuzzy, passages))
    if everywhere is not None and (passages := everywhere(asked)):
        found.append(Suggestion("partout, sans les filtres", asked, passages))
    return tuple(found)


def _rarest_first(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces that narrow, those that fewest passages hold first."""
    narrowing = (
        piece
        for piece in pieces
        if piece.passages is not None and piece.kind != "excluded" and piece.without.strip()
    )
    return sorted(narrowing, key=lambda piece: piece.passages or 0)


def _approximate(question: Question) -> str:
    """The question with a tilde after its plain words of four letters or more, two at most."""
    asked, marked = question.asked, 0
    for piece in reversed(question.pieces):
        word = asked[piece.start : piece.end]
        if piece.kind == "word" and len(word) >= 4 and word.isalpha() and marked < 2:
            asked = asked[: piece.end] + "~" + asked[piece.end :]
            marked += 1
    return asked
