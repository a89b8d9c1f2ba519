"""Which words of a text are worth reading, when only a few terms are looked for?

Reading a text takes a look into a memory for each of its words. A few terms are in a few of them:
those that begin as words of these terms do, and those that are no mere words, whose reading nobody
can foresee. Every place is given that may hold a term, and some that do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from string import ascii_letters

from index.french.folding import plain
from index.french.patterns import late
from index.french.stemming import beginnings

_LETTERS = ascii_letters + "àâäáãåçéèêëìîïíñòôöóõùûüúýÿÀÂÄÁÃÅÇÉÈÊËÌÎÏÍÑÒÔÖÓÕÙÛÜÚÝŸ"
_LIGATURES = {"oe": "œŒ", "ae": "æÆ"}
_SPELLED = {
    letter: "".join(written for written in _LETTERS if plain(written).lower() == letter)
    for letter in ascii_letters.lower()
}
# A hyphen, a digit, a sign, an emoji, a letter of another alphabet: its word may be read as
# anything. A point, a star and a bracket too, but not before a space. BalanceTonPorc,
# lecteurices and XIXe are mere words with more to them.
_ODD = late(
    rf"[^{_LETTERS}œŒæÆ\s,;:!?…\"«»“”'’)\[\]—–](?:(?<![.(*])|(?=\w))|[A-Z](?<=[a-z][A-Z])"
    r"|[IVXivx](?<![^\W_].)(?:[IVXivx]++(?=[eèEÈ](?:me)?s?(?![^\W_]))|(?=[eè]re?s?(?![^\W_])))"
)
_INCLUSIVE = "eurice"
_APOSTROPHE = "['’]*+"
_PIECE = late("[ao]e|.")
_RUN = late(r"(.)\1+")
_SPACE = late(r"\s")
# More letters find hardly fewer words, and a pattern takes as long to make as a page to search.
_LENGTHS = (4, 3, 2)
_MOST = 6


class Spotter:
    """Looks for the words of a text that may answer to one of some terms.

    >>> list(Spotter.of({"cheval", "lune"}).words("Des chevaux, ou 2 chats, sous la Lune."))
    [(4, 'chevaux,'), (16, '2'), (33, 'Lune.')]
    """

    def __init__(self, begun: Iterable[str]) -> None:
        self._wanted = re.compile("|".join(map(_pattern, sorted(begun))) or "(?!)")

    @staticmethod
    def of(terms: Iterable[str]) -> Spotter | None:
        """None when words may begin in so many ways, or so short, that all are to be read."""
        whole: set[str] = set()
        for form in map(plain, terms):
            # a term that is no mere word is of a word that is none
            if form.isascii() and form.isalpha():
                whole |= {form, *beginnings(form)}
        if any(len(beginning) < _LENGTHS[-1] for beginning in whole):
            return None
        cut = (frozenset(beginning[:length] for beginning in whole) for length in _LENGTHS)
        return next((_spotter(begun) for begun in cut if len(begun) <= _MOST), None)

    def words(self, text: str) -> Iterator[tuple[int, str]]:
        """What stands between white space and may answer, in order, each with its offset."""
        places = [match.start() for match in self._wanted.finditer(text)]
        odd = _odd(text)
        if odd:
            places = sorted(places + odd)
        end = 0
        for place in places:
            if place < end:
                continue
            start = place
            while start > end and not text[start - 1].isspace():
                start -= 1
            space = _SPACE.search(text, place)
            end = space.start() if space else len(text)
            yield start, text[start:end]


def _odd(text: str) -> list[int]:
    places = [match.start() for match in _ODD.finditer(text)]
    if _INCLUSIVE in text:
        places += [match.start() for match in re.finditer(_INCLUSIVE, text)]
    return places


# the fields of a passage are searched alike
_spotter = lru_cache(maxsize=256)(Spotter)


def _pattern(begun: str) -> str:
    """What is written where a word begins so: apostrophes may stand between two letters."""
    # mdrrr answers to mdr: a letter may be written several times
    *before, last = _PIECE.findall(_RUN.sub(r"\1", begun))
    # the last letter may be the first of a ligature
    parts = [*map(_spelled, before), _spelled(last, _LIGATURES.get(last + "e", ""))]
    return _APOSTROPHE.join(parts)


def _spelled(piece: str, more: str = "") -> str:
    letters = _APOSTROPHE.join(f"[{_SPELLED[letter]}{more}]++" for letter in piece)
    return f"(?:{letters}|[{_LIGATURES[piece]}]++)" if piece in _LIGATURES else letters
