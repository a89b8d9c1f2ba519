"""What else could be asked, and what would it find?

Offered beside the answers, each with its count, and never done in the reader's place:
another spelling, the question without its rarest word, approximate words, other places.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice, product
from typing import NamedTuple

from index import french
from index.answering.looking import Known
from index.answering.written_words import Spellings
from index.french.patterns import late
from index.question import expanding, names, spelling
from index.question.query import Question, Spelt
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
    words: Known,
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
        meant = [spellings(word.meant[number]) for word, number in zip(wrong, choice, strict=True)]
        other = _corrected(question.asked, wrong, meant)
        label = " ".join(meant)
        if passages := count(other):
            suggestions.append(Suggestion(label, other, passages))
        elif partial := partly(other):
            suggestions.append(Suggestion(label, other, 0, partial))
    suggestions.sort(key=lambda suggestion: (-suggestion.passages, -suggestion.partial))
    return tuple([*_names(question, count, spellings), *suggestions][:most])


def _names(question: Question, count: Count, spellings: Spellings) -> Iterator[Suggestion]:
    """The question with a name that the index lacks put as one near it; else the name alone."""
    asked = question.asked
    for absent in question.absent:
        for near in absent.near:
            name = spellings.name(absent.column, near)
            alone = names.asked(absent.field, name)
            for other in (asked[: absent.start] + alone + asked[absent.end :], alone):
                if passages := count(other):
                    yield Suggestion(name, other, passages)
                    break


def _choices(sizes: Sequence[int], most: int) -> list[tuple[int, ...]]:
    """Which spelling of each word: the likeliest ones first.

    >>> _choices([2, 2], 3)
    [(0, 0), (0, 1), (1, 0)]
    """
    if not sizes:
        return []
    return sorted(product(*map(range, sizes)), key=lambda choice: (sum(choice), choice))[:most]


def _corrected(asked: str, wrong: Sequence[Misspelt], meant: Sequence[str]) -> str:
    for misspelt, word in reversed(list(zip(wrong, meant, strict=True))):
        asked = asked[: misspelt.start] + word + asked[misspelt.end :]
    return asked


def lacks(words: Known, question: Question) -> bool:
    """Whether the index lacks a word or a name of the question, or may have another for it."""
    return (
        bool(question.absent)
        or not all(expanding.known(words, token.exact) for token in _tokens(question))
        or any(_misspelt(words, question))
    )


def _tokens(question: Question) -> Iterator[french.Token]:
    for spelt in question.spelt:
        yield from french.tokens(question.asked[spelt.start : spelt.end])


def _misspelt(words: Known, question: Question) -> Iterator[Misspelt]:
    """The words of a question that may be misspelt, in their order."""
    for spelt in question.spelt:
        typed = question.asked[spelt.start : spelt.end]
        tokens = french.tokens(typed)
        known = [_known(words, token.exact) for token in tokens]
        for token, is_known in zip(tokens, known, strict=True):
            if token.exact in french.COMMON or typed[token.end : token.end + 1] in _WILD:
                continue
            meant = _meant(words, spelt, token.exact, is_known)
            if meant:
                yield Misspelt(spelt.start + token.start, spelt.start + token.end, meant)
        if spelt.plain and len(tokens) > 1 and all(known):
            apart = " ".join(token.exact for token in tokens)
            yield Misspelt(spelt.start, spelt.end, (apart,))


def _meant(words: Known, spelt: Spelt, word: str, known: bool) -> tuple[str, ...]:
    if known:
        return tuple(other for other, _ in spelling.hidden(word, words))[:_EACH]
    spellings = spelt.instead or tuple(other for other, _ in spelling.suggest(word, words, _EACH))
    return spellings or tuple(" ".join(row) for row in expanding.split(words, word, 1))


def _known(words: Known, word: str) -> bool:
    return any(words.freq(column, word) for column in _COLUMNS)


def ladder(
    question: Question,
    pieces: Sequence[Piece],
    count: Count,
    everywhere: Callable[[str], int] | None,
    *,
    fuzzy: bool = True,
) -> tuple[Suggestion, ...]:
    """When nothing was found: what would find something, in the order of the steps.

    pieces: those of the question, with how many passages hold each. The steps: without one of the
    rarest pieces; without the quotes; with approximate words, unless other spellings are offered
    (not `fuzzy`); what is at an address that was pasted; without the filters beside the question
    (`everywhere` counts so, None when there are none). A step that finds nothing is left out.
    """
    asked = question.asked
    suggestions: list[Suggestion] = []
    for piece in _rarest_first(pieces)[:_TRIED]:
        passages = count(piece.without)
        if passages:
            suggestions.append(
                Suggestion(f"sans « {piece.text.strip()} »", piece.without, passages)
            )
            break
    unquoted = _unquoted(question)
    if unquoted != asked and (passages := count(unquoted)):
        suggestions.append(Suggestion("sans les guillemets", unquoted, passages))
    near = _approximate(question) if fuzzy else asked
    if near != asked and (passages := count(near)):
        suggestions.append(Suggestion("orthographe approchée", near, passages))
    addressed = _ADDRESS.sub(r"lien:\g<0>", asked)
    if addressed != asked and (passages := count(addressed)):
        suggestions.append(Suggestion("la page à cette adresse", addressed, passages))
    if everywhere is not None and (passages := everywhere(asked)):
        suggestions.append(Suggestion("partout, sans les filtres", asked, passages))
    return tuple(suggestions)


_ADDRESS = late(r"(?<!\S)(?:https?://|www\.)[^\s\"«»()]+")


def _unquoted(question: Question) -> str:
    """The question with its rows of words out of their quotes."""
    asked = question.asked
    for piece in reversed(question.pieces):
        if piece.kind == "phrase" and asked[piece.start] in _QUOTES:
            words = asked[piece.start + 1 : piece.end - 1].strip()
            asked = asked[: piece.start] + words + asked[piece.end :]
    return asked


_QUOTES = frozenset("\"«‹“”„‟″'‘’‚‛")


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
