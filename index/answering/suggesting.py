"""Which other questions could be asked, and how many passages answer each?

Offered beside the answers, each with its count, and never done in the reader's place:
another spelling, the question without its rarest word, approximate words, other places.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, product
from typing import NamedTuple

from index import french
from index.answering.dated_questions import dated_questions
from index.answering.looking import KnownWords
from index.answering.written_words import Spellings
from index.french import number_words
from index.french.patterns import late
from index.question.query import LiteralWords, Question
from index.question.vocabulary import expanding, names, spelling
from index.results import Piece, Suggestion

Count = Callable[[str], int]
"""How many passages a question would find, the filters beside it kept."""

_WILD = ("*", "?")
_COLUMNS = ("text", "heading", "title", "quoted", "variants", "title_variants")
# Words of a question put in question, and other spellings of each.
_MISSPELT = 3
# Pieces of a question that it is tried without: each is a question to understand.
_TRIED = 4
_EACH = 3


class Misspelt(NamedTuple):
    """Characters [start, end) of a question, and what may have been meant, the likeliest first."""

    start: int
    end: int
    meant: tuple[str, ...]


def did_you_mean(
    words: KnownWords,
    question: Question,
    count: Count,
    partly: Count,
    spellings: Spellings,
    most: int = 3,
) -> tuple[Suggestion, ...]:
    """The question with its misspelt words put as the index has them.

    All of them at once, then with other spellings of one. Words that no passage holds are put in
    question, and rare ones that a common one is a slip away from; the others are left in peace.
    A corrected question that nothing answers in full is offered when something does in part
    (`partly` counts so).
    """
    wrong = [*islice(_misspelt(words, question), _MISSPELT)]
    suggestions: list[Suggestion] = []
    for choice in _choices([len(word.meant) for word in wrong], most):
        replacements = [
            spellings(word.meant[number]) for word, number in zip(wrong, choice, strict=True)
        ]
        corrected = _corrected(question.text, wrong, replacements)
        label = " ".join(replacements)
        if passages := count(corrected):
            suggestions.append(Suggestion(label, corrected, passages))
        elif partial := partly(corrected):
            suggestions.append(Suggestion(label, corrected, 0, partial))
    suggestions.sort(key=lambda suggestion: (-suggestion.passages, -suggestion.partial))
    return tuple([*_names(question, count, spellings), *suggestions][:most])


def _names(question: Question, count: Count, spellings: Spellings) -> Iterator[Suggestion]:
    """The question with a name that the index lacks put as one near it; else the name alone."""
    text = question.text
    for absent in question.absent:
        for close_name in absent.near:
            name = spellings.name(absent.column, close_name)
            name_question = names.question_of(absent.field, name)
            for renamed in (
                text[: absent.start] + name_question + text[absent.end :],
                name_question,
            ):
                if passages := count(renamed):
                    yield Suggestion(name, renamed, passages)
                    break


def _choices(sizes: Sequence[int], most: int) -> list[tuple[int, ...]]:
    """Which spelling of each word: the likeliest ones first.

    >>> _choices([2, 2], 3)
    [(0, 0), (0, 1), (1, 0)]
    """
    if not sizes:
        return []
    return sorted(product(*map(range, sizes)), key=lambda choice: (sum(choice), choice))[:most]


def _corrected(text: str, wrong: Sequence[Misspelt], replacements: Sequence[str]) -> str:
    for misspelt, word in reversed(list(zip(wrong, replacements, strict=True))):
        text = text[: misspelt.start] + word + text[misspelt.end :]
    return text


def lacks(words: KnownWords, question: Question) -> bool:
    """Whether the index lacks a word or a name of the question, or may have another for it."""
    return (
        bool(question.absent)
        or not all(expanding.known(words, token.exact) for token in _tokens(question))
        or any(_misspelt(words, question))
    )


def _tokens(question: Question) -> Iterator[french.Token]:
    for literal in question.literal_words:
        yield from french.tokens(question.text[literal.start : literal.end])


def _misspelt(words: KnownWords, question: Question) -> Iterator[Misspelt]:
    """The words of a question that may be misspelt, in their order."""
    for literal in question.literal_words:
        words_text = question.text[literal.start : literal.end]
        tokens = french.tokens(words_text)
        all_known = [_is_known(words, token.exact) for token in tokens]
        for token, is_known in zip(tokens, all_known, strict=True):
            if token.exact in french.COMMON or words_text[token.end : token.end + 1] in _WILD:
                continue
            # a word of pare-feu may be rare by itself
            is_part = is_known and len(tokens) > 1
            corrections = () if is_part else _meant(words, literal, token.exact, is_known)
            if corrections:
                yield Misspelt(literal.start + token.start, literal.start + token.end, corrections)
        if literal.plain and len(tokens) > 1 and all(all_known) and _are_words(tokens):
            spaced = " ".join(token.exact for token in tokens)
            yield Misspelt(literal.start, literal.end, (spaced,))


def _are_words(tokens: Sequence[french.Token]) -> bool:
    """Whether a compound is of words: neither 2/3, L123-4 nor vingt-deux may be typed apart."""
    forms = [token.exact for token in tokens]
    return all(map(str.isalpha, forms)) and number_words.value_of(forms) is None


def _meant(words: KnownWords, literal: LiteralWords, word: str, is_known: bool) -> tuple[str, ...]:
    if is_known:
        return tuple(other for other, _ in spelling.hidden(word, words))[:_EACH]
    spellings = literal.instead or tuple(other for other, _ in spelling.suggest(word, words, _EACH))
    return spellings or tuple(" ".join(row) for row in expanding.split(words, word, 1))


def _is_known(words: KnownWords, word: str) -> bool:
    return any(words.freq(column, word) for column in _COLUMNS)


def ladder(
    question: Question,
    pieces: Sequence[Piece],
    count: Count,
    everywhere: Callable[[str], int] | None,
    *,
    now: dt.datetime,
    fuzzy: bool = True,
) -> tuple[Suggestion, ...]:
    """Return the questions that would find something when this one does not, in the order of the
    steps.

    pieces: those of the question, with how many passages hold each. now: aware, what « hier »
    means. The steps: the words that may be a date asked as one; without one of the rarest pieces;
    without the quotes; with approximate words, unless other spellings are offered (not `fuzzy`);
    what is at an address that was pasted, or leads there; without the filters beside the question
    (`everywhere` counts so, None when there are none), else without those in it too. A step that
    finds nothing is left out.
    """
    text = question.text
    suggestions: list[Suggestion] = []
    for date, dated in dated_questions(text, now):
        if passages := count(dated):
            suggestions.append(Suggestion(f"à cette date : {date}", dated, passages))
    for piece in _rarest_first(pieces)[:_TRIED]:
        passages = count(piece.without)
        if passages:
            suggestions.append(
                Suggestion(f"sans « {piece.text.strip()} »", piece.without, passages)
            )
            break
    unquoted = _unquoted(question)
    if unquoted != text and (passages := count(unquoted)):
        suggestions.append(Suggestion("sans les guillemets", unquoted, passages))
    approximate = _approximate(question) if fuzzy else text
    if approximate != text and (passages := count(approximate)):
        suggestions.append(Suggestion("orthographe approchée", approximate, passages))
    addressed = _ADDRESS.sub(r"lien:\g<0>", text)
    if addressed != text and (passages := count(addressed)):
        suggestions.append(Suggestion("ce qui est à cette adresse, ou y mène", addressed, passages))
    for words in dict.fromkeys((text, question.unfiltered)):
        is_asked = everywhere is None and words in {
            text,
            *(offer.question for offer in suggestions),
        }
        if words and not is_asked and (passages := (everywhere or count)(words)):
            label = "partout, sans les filtres"
            suggestions.append(Suggestion(label, words, passages, everywhere=True))
            break
    return tuple(suggestions)


# a host alone, as `t.example`, ends in letters; a sign after an address is the sentence's
_ADDRESS = late(
    r"(?<![^\s(])(?:https?://|www\.|(?=(?:[\w-]+\.)+[^\W\d_]{2,}(?!\.?\w)))"
    r"[^\s\"«»()]*[^\s\"«»().,;:!?…]"
)


def _unquoted(question: Question) -> str:
    """The question with its rows of words out of their quotes."""
    text = question.text
    for piece in reversed(question.pieces):
        if piece.kind == "phrase" and text[piece.start] in _QUOTES:
            words = text[piece.start : piece.end].strip(_QUOTES).strip()
            text = text[: piece.start] + words + text[piece.end :]
    return text


_QUOTES = "\"«»‹›“”„‟″'‘’‚‛<>"


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
    text, marked = question.text, 0
    for piece in reversed(question.pieces):
        word = text[piece.start : piece.end]
        if piece.kind == "word" and len(word) >= 4 and word.isalpha() and marked < 2:
            text = text[: piece.end] + "~" + text[piece.end :]
            marked += 1
    return text
