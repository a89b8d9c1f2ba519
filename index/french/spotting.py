"""Which words of a text are worth reading, when only a few terms are looked for?

Reading a text takes a look into a memory for each of its words. A few terms are in a few of them:
those that begin as words of these terms do, and those that are no mere words, whose reading nobody
can foresee. Every place is given that may hold a term, and some that do not.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from string import ascii_letters, digits

from index.french.characters import KNOWN_SIGNS, LIGATURES, QUIET, shown_characters
from index.french.folding import plain
from index.french.memory import TEXTS, Memory
from index.french.patterns import late
from index.french.stemming import beginnings


def _late(*patterns: bytes) -> tuple[re.Pattern[bytes], ...]:
    return tuple(map(late, patterns))


_PLAIN_SIGNS = frozenset(ascii_letters.lower() + digits + QUIET + KNOWN_SIGNS + "%€$+=")
_ENCODED = late(r"%[\da-f]{2}")
# A hyphen, a digit, a sign, an emoji, a letter of another alphabet: its word may be read as
# anything. A point, a star and a bracket too, but not before a space. Each pattern of kinds of
# characters begins with one of them, which is looked for as fast as memory is read.
_ODD_SIGN = _late(rb"#", rb"\?", rb"\.(?=[aAeO#?])")
# A mere term stands in one piece in its word, where it is looked for, unless a sign that is known
# has a letter after it.
_PARTING = _late(rb"#(?=[#.?,]{0,20}+[^ ])", rb"\?", rb"\.(?=[#.?,]{0,20}+[^ ])")
# BalanceTonPorc and lecteurices are mere words with more to them, and a word may be parted within
# a capital ligature.
_HUMPS = _late(rb"A(?<=aA)", rb"O(?<=[aAeO?]O)")
_HUMP = late(r"[A-ZŒÆ](?:(?<=[a-z][A-Z])|(?<=[^\W\d_][ŒÆ]))")
# So is XIXe, which answers to no other mere term than itself.
_ROMAN = late(
    r"[IVXivx](?<![^\W_].)(?:[IVXivx]++(?=\s?[eèEÈ](?:me)?s?(?![^\W_]))|(?=[eè]re?s?(?![^\W_])))"
)
_INCLUSIVE = "eurice"
_APOSTROPHE = "'*+"
_PIECE = late("[ao]e|.")
_RUN = late(r"(.)\1+")
# More letters find hardly fewer words. Looking for more beginnings than these takes as long as
# looking every word up that was read before.
_LENGTHS = (4, 3, 2)
_MOST = 8


class Spotter:
    """Looks for the words of a text that may answer to one of some terms.

    >>> list(Spotter.of({"cheval", "lune"}).words("Des chevaux, ou 2 chats, sous la Lune."))
    [(4, 'chevaux,'), (33, 'Lune.')]
    """

    def __init__(self, begun: Collection[str], mere: Collection[str] = ()) -> None:
        """begun: the letters that words begin with, maybe cut.

        mere: the beginnings whole, when all terms are mere ones.
        """
        self._letters = [frozenset(beginning) for beginning in mere]
        self._mere = [_squeezed(beginning) for beginning in mere]
        self._pattern = re.compile(_pattern(begun).encode("ascii"))

    @staticmethod
    def of(terms: Iterable[str]) -> Spotter | None:
        """None when words may begin in so many ways, or so short, that all are to be read."""
        openings: set[str] = set()
        mere = True
        for form in map(plain, terms):
            # a term that is no mere word is of a word that is none
            if form.isascii() and form.isalpha():
                openings |= {form, *beginnings(form)}
            else:
                mere = False
        if any(len(beginning) < _LENGTHS[-1] for beginning in openings):
            return None
        all_letters = frozenset(openings) if mere else frozenset()
        cut = (frozenset(beginning[:length] for beginning in openings) for length in _LENGTHS)
        return next((_spotter(begun, all_letters) for begun in cut if len(begun) <= _MOST), None)

    def words(self, text: str) -> Iterator[tuple[int, str]]:
        """What stands between white space and may answer, in order, each with its offset."""
        bare, kinds = shown_characters[text]
        places = [match.start() for match in self._pattern.finditer(bare)]
        odd = (_odd_to_mere if self._mere else _odd)[text]
        if odd:
            places = sorted(places + odd)
        end = 0
        for place in places:
            if place < end:
                continue
            start = kinds.rfind(b" ", end, place) + 1 or end
            end = kinds.find(b" ", place)
            if end < 0:
                end = len(text)
            yield start, text[start:end]

    def possible(self, word: str) -> bool:
        """Return whether a word of a text may answer: many that `words` gives are spared a reading.

        A mere word has the beginning of a mere term in one piece; others have its letters, in
        whatever order (lecteur·rice), but for what signs stand for (n°), and for what an address
        hides (%C3%A9).

        >>> spotter = Spotter.of({"cheval"})
        >>> [spotter.possible(word) for word in ("chev·al·aux", "54%", "n°", "sous-marin")]
        [True, False, True, False]
        >>> [spotter.possible(word) for word in ("l’échevinage,", "(chevvaux)")]
        [False, True]
        """
        if not self._mere:
            return True
        plain_word = plain(word)
        word = plain_word.casefold()
        # a loop: hundreds of words of a page are asked about
        for beginning in self._mere:
            if beginning in word:
                return True
        letters = frozenset(word)
        if "%" in letters and _ENCODED.search(word):
            return True
        if not _PLAIN_SIGNS.issuperset(letters):
            return True
        if not any(map(letters.issuperset, self._letters)):
            return False
        mere = word.strip(QUIET).replace("'", "")
        # militantEs answers to militants
        is_mere = mere.isalpha() and _INCLUSIVE not in mere and not _HUMP.search(plain_word)
        if not is_mere:
            return True
        mere = _squeezed(mere)
        return any(beginning in mere for beginning in self._mere)


class _OddToMere(Memory[list[int]]):
    """Text → where its words are no mere ones, for mere terms: the same whatever they are.

    What is shown is shown again: on other pages, for other words, within a facet.
    """

    size = TEXTS
    longest = 10_000
    patterns = _PARTING + _HUMPS

    def compute(self, text: str) -> list[int]:
        kinds = shown_characters[text].kinds
        places = [match.start() for sign in self.patterns for match in sign.finditer(kinds)]
        if _INCLUSIVE in text:
            places += [match.start() for match in re.finditer(_INCLUSIVE, text)]
        return places


class _Odd(_OddToMere):
    """The same, for any terms."""

    patterns = _ODD_SIGN + _HUMPS

    def compute(self, text: str) -> list[int]:
        return super().compute(text) + [match.start() for match in _ROMAN.finditer(text)]


_odd_to_mere, _odd = _OddToMere(), _Odd()


# the fields of a passage are searched alike
_spotter = lru_cache(maxsize=256)(Spotter)


def _pattern(begun: Iterable[str]) -> str:
    """What is written where a word begins so: apostrophes may stand between two letters.

    The first letter of all ways first, then the rest of each: a search goes from one such letter
    to the next, where several ways by themselves are tried at every place of a text.
    """
    ways = [way for beginning in sorted(begun) for way in _ways(beginning)]
    letters = "".join(sorted({letter for first, _ in ways for letter in first}))
    if len(ways) < 2:
        return f"{_set(letters)}{ways[0][1]}" if ways else "(?!)"
    rests = "|".join(f"(?<={_set(first)}){rest}" for first, rest in ways)
    return f"[{letters}](?:{rests})"


def _squeezed(word: str) -> str:
    """A word whose letters stand once where they are repeated: mdrrr is mdr."""
    return _RUN.sub(r"\1", word)


def _set(letters: str) -> str:
    """Letters as a pattern of one of them; a set takes longer to compile than a letter."""
    return letters if len(letters) == 1 else f"[{letters}]"


def _ways(begun: str) -> Iterator[tuple[str, str]]:
    """The first letters that a beginning may be written with, and a pattern of what goes on."""
    # mdrrr answers to mdr: a letter may be written several times
    *before, last = _PIECE.findall(_squeezed(begun))
    # the last letter may be the first of a ligature
    more = LIGATURES.get(last + "e", "")
    first, *parts = [*map(_spelled, before), _spelled(last, more)]
    rest = "".join(_APOSTROPHE + part for part in parts)
    piece = before[0] if before else last
    if piece in LIGATURES:
        letter, ligature = piece[0], LIGATURES[piece]
        yield letter, f"{letter}*+{_APOSTROPHE}{piece[1]}++{rest}"
        yield ligature, f"{ligature}*{rest}"
    else:
        letters = first.removesuffix("++").strip("[]")
        yield letters, f"{_set(letters)}*+{rest}"


def _spelled(piece: str, more: str = "") -> str:
    letters = _APOSTROPHE.join(f"{_set(letter + more)}++" for letter in piece)
    # not possessive: of two in a row, the second may be the next piece
    return f"(?:{letters}|{LIGATURES[piece]}+)" if piece in LIGATURES else letters
