"""What else could be asked, and what would it find?

Offered beside the answers, each with its count, and never done in the reader's place:
another spelling, the question without its rarest word, approximate words, other places.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from whoosh import query as nodes

from index import french
from index.engines import Reader
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
    reader: Reader, question: Question, count: Count, most: int = 3
) -> tuple[Suggestion, ...]:
    """The question with each word that the index lacks put as the index has it.

    Only words that no passage holds are put in question, so a rare word is left in peace.
    """
    found: list[Suggestion] = []
    asked = question.asked
    for piece in _unknown(reader, question):
        for word, _ in suggest(asked[piece.start : piece.end].strip("="), reader, most):
            said = as_written(reader, word)
            other = asked[: piece.start] + said + asked[piece.end :]
            passages = count(other)
            if passages:
                found.append(Suggestion(said, other, passages))
    found.sort(key=lambda one: -one.passages)
    return tuple(found[:most])


def _unknown(reader: Reader, question: Question) -> Iterator[Piece]:
    for piece in question.pieces:
        if piece.kind in _WORDS:
            tokens = french.tokens(question.asked[piece.start : piece.end])
            if len(tokens) == 1 and not _known(reader, tokens[0].exact):
                yield piece


def _known(reader: Reader, word: str) -> bool:
    return any(reader.freq(column, word) for column in _COLUMNS)


def as_written(reader: Reader, word: str) -> str:
    """A folded word with its accents, as the index's texts most often write it."""
    found = reader.search(nodes.Term("text", word), _SAMPLE)
    field = "text"
    if not found.hits:
        found, field = reader.search(nodes.Term("title", word), _SAMPLE), "title"
    spellings: Counter[str] = Counter()
    for stored in reader.load([hit.ref for hit in found.hits]):
        record = Record.load(stored)
        text = record.text if field == "text" else record.about.title
        for token in french.tokens(text):
            if token.exact == word:
                spelling = text[token.start : token.end]
                # at the head of a sentence a capital says nothing
                spellings[spelling if spelling.isupper() else spelling.lower()] += 1
    return spellings.most_common(1)[0][0] if spellings else word


def ladder(
    reader: Reader, question: Question, count: Count, everywhere: Callable[[str], int] | None
) -> tuple[Suggestion, ...]:
    """When nothing was found: what would find something, in the order of the steps.

    Without the rarest piece; with approximate words; without the filters beside the question
    (`everywhere` counts so, None when there are none). A step that finds nothing is left out.
    """
    asked = question.asked
    found: list[Suggestion] = []
    for piece in _rarest_first(reader, question):
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


def _rarest_first(reader: Reader, question: Question) -> list[Piece]:
    """The pieces that narrow, those that fewest passages hold first."""
    held = [
        (reader.search(holding, 0).total, place, piece)
        for place, (piece, holding) in enumerate(
            zip(question.pieces, question.holding, strict=True)
        )
        if holding is not None and piece.kind != "excluded" and piece.without.strip()
    ]
    return [piece for _, _, piece in sorted(held, key=lambda one: one[:2])]


def _approximate(question: Question) -> str:
    """The question with a tilde after its plain words of four letters or more, two at most."""
    asked, marked = question.asked, 0
    for piece in reversed(question.pieces):
        word = asked[piece.start : piece.end]
        if piece.kind == "word" and len(word) >= 4 and word.isalpha() and marked < 2:
            asked = asked[: piece.end] + "~" + asked[piece.end :]
            marked += 1
    return asked
