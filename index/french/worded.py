"""Which numbers are written in words, and what are they in figures?

A whole number has one value: trente-et-un is 31, and neither 30 nor 1; dix mille is 10000. Its
figures, and what they make with the words after them (30 jours, 18h30), are variants of a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from index.french import number_words
from index.french.compounds import ARTICLE
from index.french.folding import plain
from index.french.legible import without_calls
from index.french.lexicon import COMMON, MEASURES, MONTHS
from index.french.memory import Memory
from index.french.patterns import late
from index.french.spread import Spread, continues, spread
from index.french.tokens import WORDED, Token, variant

_MOST_WORDS = 14
"""Of a number: neuf cent quatre-vingt-dix-neuf mille neuf cent quatre-vingt-dix-neuf."""
_MOST_AFTER = 9
"""Chunks after a number that may make one thing with it."""
_SPELT = late(rf"\W*+(?:{ARTICLE})*+([a-z]++(?:-[a-z]++)*+)(\W*+)", re.IGNORECASE)
_NOON = {"midi": "12", "minuit": "0"}
_BEGINNINGS = (("neuf",), ("mil",))
"""Words that are numbers beside others."""
_NO_NOON = frozenset({"apres", "l'apres", "d'apres"})
_AFTER_ONE = {"million": ("un",), "milliard": ("un",), "heure": ("une",)} | dict.fromkeys(
    ("metre", "euro", "franc"), ("un",)
)
"""What « un » or « une » before makes a number of."""
_OF = frozenset({"de", "des", "du"})
_MANY = frozenset(
    {"les", "ces", "nos", "vos", "mes", "tes", "ses", "leurs", "aux"}
    | {"sont", "etaient", "seront", "sommes", "etions", "etes", "etiez"}
)
"""Before « neuf », these say how many."""
_AFTER_UNITS = frozenset({"de", "le", "par"})
_BEFORE_NUMBERS = frozenset({"et", "ou", "au", "a", "à", "sur", "moins"})
"""Words that a number in words goes on with if more follows them."""
_LINKS = frozenset({"a", "ou", "et", "sur", "pour"})
_NO_NOUNS = frozenset(
    {"apres", "mais", "alors", "jamais", "toujours", "pourtant", "puis", "depuis", "sous", "vers"}
)
"""Words in s after « neuf » that it does not count, and that are not common enough to be known."""
_SHORTEST_PLURAL = 3
_MILLIONS = late(r"\d{2,}00000")
_HALF = late(r"(demie?)(\W*)")


class Begun(NamedTuple):
    """The words of a number that a chunk is made of; `closed`: nothing goes on after them."""

    words: tuple[str, ...]
    closed: bool = False
    end: int = 0
    """Where they end in the plain chunk."""
    form: str = ""
    """Of a number that is one beside any words: its form where nothing goes on after it."""


class _Spelt(Memory[Begun]):
    """Chunk → the words of a number that it is made of; none of another."""

    def compute(self, chunk: str) -> Begun:
        match = _SPELT.fullmatch(plain(without_calls(chunk)))
        return _words_of(match) if match else Begun(())


def _words_of(match: re.Match[str]) -> Begun:
    """The words of a number that a plain chunk is made of; none of another."""
    words = tuple(match[1].lower().split("-"))
    if not all(map(number_words.may_say, words)):
        return Begun(())
    # quatre-\nvingts goes on, and so does « (trente-deux) jours »
    return Begun(words, match[2] not in ("", "-", ")"), match.end(1))


_spelt = _Spelt()


class _Follows(Memory[bool]):
    """Chunk → whether it may go on with a number in words before it."""

    def compute(self, chunk: str) -> bool:
        return continues(chunk) or chunk == "virgule" or bool(_spelt[chunk].words)


_follows = _Follows()


def _goes_on(chunks: Sequence[str], at: int) -> bool:
    """Whether a number in words before `chunks[at]` may be more than itself."""
    chunk = chunks[at]
    if not _follows[chunk] or chunk in _AFTER_UNITS:
        return False
    if chunk not in _BEFORE_NUMBERS:
        return True
    # deux et demi, cent et un, deux ou trois mai; most that follow « deux et » is another word
    return at + 1 < len(chunks) and _follows[chunks[at + 1]]


def begun(text: str) -> Begun | None:
    """The words of a number in a plain chunk that is one; None for another.

    >>> begun("trente-et-un,"), begun("un"), begun("deux-roues")
    (Begun(words=('trente', 'et', 'un'), closed=True, end=12, form='=31'), None, None)
    """
    match = _SPELT.fullmatch(text)
    if match is None:
        return None
    word = match[1].lower()
    if word in _NOON or word in _AFTER_ONE:
        return Begun((word,), bool(match[2]), match.end(1))
    words = _words_of(match)
    if words.words and (words.words in _BEGINNINGS or figures(words.words) is not None):
        alone = figures(words.words) if words.words not in _BEGINNINGS else None
        return words._replace(form=WORDED + alone if alone else "")
    return None


@lru_cache(maxsize=20_000)
def figures(words: tuple[str, ...]) -> str | None:
    """The figures of a number in folded words, all of them; None when they are none.

    >>> figures(("dix", "mille")), figures(("vingt", "troisieme")), figures(("dix", "un"))
    ('10000', '23e', None)
    """
    value = number_words.value_of(words)
    if value is not None:
        return None if words == ("mil",) else str(value)
    rank = number_words.rank_of(words)
    return None if rank is None else f"{rank}e"


class _Whole(NamedTuple):
    """A whole number in figures, the chunk that it ends in, and where in it."""

    figures: str
    last: int
    end: int
    closed: bool


def numbers(first: Begun, chunks: Sequence[str], at: int) -> list[Spread]:
    """The forms of the number in words that the chunk before `chunks[at]` begins.

    >>> [form[:3] for form in numbers(begun("trente"), "trente et un jours".split(), 1)]
    [('=31', 2, 2), ('=31j', 3, 5)]
    >>> [form.form for form in numbers(begun("dix-huit"), "dix-huit heures trente".split(), 1)]
    ['=18', '=18h30', '=18h']
    """
    # most numbers have nothing after them, or heures, ans and mois
    if first.form and not (at > 1 and chunks[at - 2] == "pour"):
        if first.closed or at >= len(chunks) or not _goes_on(chunks, at):
            return [Spread(first.form, at - 1, first.end)]
        after = at + 1
        while after < len(chunks) and _follows[chunks[after]]:
            after += 1
        relative = _beside(first, tuple(chunks[at:after]))
        return [Spread(form, at + last, end, part) for form, last, end, part, _ in relative]
    word, *more = first.words
    lone = word in _AFTER_ONE and not more
    # most are no « un million »
    if lone and not (at > 1 and chunks[at - 2].lower().endswith(_AFTER_ONE[word])):
        return []
    if lone:
        forms = _after_one(first, chunks, at)
    elif word in _NOON:
        forms = _of_noon(first, chunks, at)
    else:
        forms = _of_words(first, chunks, at)
    return [form._replace(form=WORDED + form.form, before=int(lone)) for form in forms]


@lru_cache(maxsize=50_000)
def _beside(first: Begun, chunks: tuple[str, ...]) -> Sequence[Spread]:
    """The forms of a number with the chunks after it that may go on, `last` from the first."""
    forms = _of_words(first, ("", *chunks), 1)
    return [form._replace(form=WORDED + form.form, last=form.last - 1) for form in forms]


def _of_words(first: Begun, chunks: Sequence[str], at: int) -> Iterator[Spread]:
    whole = _whole(first, chunks, at)
    if whole and not _is_share(whole, chunks, at):
        yield from _forms(whole, chunks)


def _of_noon(first: Begun, chunks: Sequence[str], at: int) -> Iterator[Spread]:
    """Midi trente; neither « cet après midi » nor « le canal du Midi »."""
    within = at > 1 and not chunks[at - 2].endswith((".", "!", "?", "…", "«"))
    if within and (chunks[at - 1][0].isupper() or _plain(chunks[at - 2]) in _NO_NOON):
        return
    window = _Window([("h", at - 1, 0, first.end)], at)
    yield from _going_on(_NOON[first.words[0]], window, chunks, first.closed)


def _after_one(first: Begun, chunks: Sequence[str], at: int) -> Iterator[Spread]:
    """Un million deux cent mille; une heure et quart."""
    word = first.words[0]
    if at < 2 or _plain(chunks[at - 2]).rpartition("'")[2] not in _AFTER_ONE[word]:
        return
    if word not in number_words.MULTIPLES:
        # une heure et quart, un mètre quatre-vingts
        window = _Window([(word, at - 1, 0, first.end)], at)
        yield from _going_on("1", window, chunks, first.closed)
        return
    whole = _whole(first._replace(words=("un", word)), chunks, at)
    if whole:
        yield from _forms(whole, chunks)


def _plain(chunk: str) -> str:
    return plain(without_calls(chunk)).lower()


def _whole(first: Begun, chunks: Sequence[str], at: int) -> _Whole | None:
    """The longest number that the chunk before `chunks[at]` begins, whole chunks of it."""
    words, ends = first.words, [(first, at - 1)]
    place = at
    while not ends[-1][0].closed and place < len(chunks):
        more = _spelt[chunks[place]]
        if not more.words or len(words) + len(more.words) > _MOST_WORDS:
            break
        words += more.words
        ends.append((more, place))
        place += 1
    size = len(words)
    while ends:
        last, place = ends.pop()
        # of « cent et un million », no part is a number by itself
        parted = size < len(words) and words[size] in number_words.MULTIPLES
        value = None if parted else figures(words[:size])
        if value is None and words[:size] == ("neuf",) and _is_nine(last, chunks, place):
            value = "9"
        if value is not None:
            return _Whole(value, place, last.end, last.closed)
        size -= len(last.words)
    return None


def _is_nine(word: Begun, chunks: Sequence[str], place: int) -> bool:
    """Whether « neuf » is a number: neuf vélos, ils sont neuf; and no adjective, un vélo neuf."""
    if place and _plain(chunks[place - 1]).strip("«(") in _MANY:
        return True
    if word.closed or place + 1 >= len(chunks):
        return False
    after = _plain(chunks[place + 1]).strip('.,;:!?…»)"')
    if after in _LINKS:
        return place + 2 < len(chunks) and bool(_spelt[chunks[place + 2]].words)
    if after in MONTHS or after in MEASURES:
        return True
    is_plural = after.endswith(("s", "x")) and len(after) >= _SHORTEST_PLURAL and after.isalpha()
    return is_plural and after not in COMMON and after not in _NO_NOUNS


def _is_share(whole: _Whole, chunks: Sequence[str], at: int) -> bool:
    """Whether it is the « cent » of « quelques pour cent de la population »."""
    if whole.last >= at or at < 2 or whole.figures not in ("100", "1000"):
        return False
    if _plain(chunks[at - 2]) != "pour":
        return False
    return whole.closed or at >= len(chunks) or _plain(chunks[at]).partition("'")[0] in _OF


class _Window:
    """Chunks after a number, the numbers in words among them in figures, and where each ends."""

    def __init__(self, places: list[tuple[str, int, int, int]], at: int) -> None:
        self.places = places
        """Each text, its chunk, the characters that it lacks at its beginning, and its end or 0."""
        self.at = at

    def fill(self, figures: str, chunks: Sequence[str]) -> None:
        place = self.at
        counts_millions = _MILLIONS.fullmatch(figures) is not None
        while place < len(chunks) and len(self.places) < _MOST_AFTER:
            chunk = chunks[place]
            words = _spelt[chunk]
            # pour cent
            counts = words.words and not (place and _plain(chunks[place - 1]) == "pour")
            whole = _whole(words, chunks, place + 1) if counts else None
            if whole:
                if not self.places:
                    return
                ending = _plain(chunks[whole.last])[whole.end :]
                self.places.append((whole.figures + ending, whole.last, 0, whole.end))
                place = whole.last + 1
                continue
            if not continues(chunk) or (not self.places and chunk[0].isdecimal()):
                return
            place += 1
            if counts_millions and not self.places:
                if chunk == "de":
                    continue
                if _plain(chunk).startswith("d'"):
                    self.places.append((chunk[2:], place - 1, 2, 0))
                    continue
            self.places.append((chunk, place - 1, 0, 0))


def _going_on(
    figures: str, window: _Window, chunks: Sequence[str], closed: bool
) -> Iterator[Spread]:
    """The forms of a number with what comes after it."""
    if not closed:
        window.fill(figures, chunks)
    for form in spread(figures, [text for text, *_ in window.places], 0):
        if form.last >= 0:
            _, last, lack, end = window.places[form.last]
            yield form._replace(last=last, end=end or form.end + lack)


def _forms(whole: _Whole, chunks: Sequence[str]) -> Iterator[Spread]:
    """The forms of a whole number: its figures, with its decimals, and with what it counts."""
    if not whole.closed:
        whole = _with_part(whole, chunks)
    yield Spread(whole.figures, whole.last, whole.end)
    after = whole.last + 1
    if not whole.closed and after < len(chunks) and continues(chunks[after]):
        yield from _going_on(whole.figures, _Window([], after), chunks, closed=False)


def _with_part(whole: _Whole, chunks: Sequence[str]) -> _Whole:
    """Trois virgule cinq, deux et demi; the number itself where nothing is added to it."""
    following = chunks[whole.last + 1 : whole.last + 3]
    if len(following) < 2 or not whole.figures.isdecimal():
        return whole
    link, part = following
    last = whole.last + 2
    if link == "virgule" and (words := _spelt[part]).words:
        decimals = _whole(words, chunks, last + 1)
        if decimals and decimals.figures.isdecimal():
            return decimals._replace(figures=f"{whole.figures}.{decimals.figures}")
    if link == "et" and (half := _HALF.fullmatch(_plain(part))):
        figures = number_words.and_a_half(whole.figures)
        return _Whole(figures, last, half.end(1), bool(half[2]))
    return whole


def within(text: str, tokens: list[Token]) -> list[Token]:
    """The tokens of a plain chunk; the numbers in words that are pieces of it have their figures.

    >>> from index.french.chunks import terms
    >>> [token.variants[-1][:2] for token in within("deux-roues", terms("deux-roues"))[:1]]
    [('=2', '')]
    """
    if len(tokens) < 2 or begun(text):
        return tokens
    place, placed = 0, list(tokens)
    while place < len(tokens):
        value, after = _piece(text, tokens, place)
        if value:
            token = tokens[place]
            form = variant(WORDED + value, token.start, tokens[after - 1].end, part=True)
            placed[place] = token._replace(variants=(*token.variants, form))
        place = after
    return placed


def _piece(text: str, tokens: Sequence[Token], place: int) -> tuple[str | None, int]:
    """The figures of the longest number at a token, and the number of the token after it."""
    after = place + 1
    while (
        after < len(tokens)
        and number_words.may_say(tokens[after - 1].exact)
        and text[tokens[after - 1].end : tokens[after].start] == "-"
    ):
        after += 1
    while after > place:
        value = figures(tuple(token.exact for token in tokens[place:after]))
        if value:
            return value, after
        after -= 1
    return None, place + 1
