"""What is left of a text without case, accents, ligatures and typographic signs?

Two steps, since the reading of a text needs the first alone: `plain` keeps the case (capitals
split #BalanceTonPorc) and `fold` takes it away. `origins` leads back to the original text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import cast

from index.french.patterns import late, late_table

_APOSTROPHES = "'’ʼ‘´`′＇‛ʹˈꞌ"
_HYPHENS = "-‐‑‒−﹣－"
_MIDDOTS = "·•‧⋅∙･・⸱ᐧ"
_SLASHES = "/⁄∕"
_STARS = "*∗＊⁎"
_DEGREES = "°ºᵒ˚"  # nº and nᵒ are typed for n°
_LETTERS = {"Þ": "TH", "ŋ": "n", "Ŋ": "N", "×": "x"}
"""Without a decomposition in Unicode, and read otherwise than by Unidecode; 4×4 is 4x4."""
_SMALL_CAPITAL = "LATIN LETTER SMALL CAPITAL "
_LAST_LATIN = "\u017f"

_INVISIBLE = late(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u20e3\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    "\U0001f3fb-\U0001f3ff\U000e0000-\U000e0fff\ud800-\udfff]"
)
"""Soft hyphens, joiners, directions, variation selectors, skin tones, lone surrogates."""


class _Plain(dict[int, str]):
    """Code point → what is read for it, worked out the first time it is met."""

    def __missing__(self, code: int) -> str:
        self[code] = plain = _plain_letter(chr(code))
        return plain


def _plain_letter(letter: str) -> str:
    if _INVISIBLE.match(letter):
        return ""
    for signs in (_APOSTROPHES, _HYPHENS, _MIDDOTS, _SLASHES, _STARS, _DEGREES):
        if letter in signs:
            return signs[0]
    if letter in _LETTERS:
        return _LETTERS[letter]
    name = unicodedata.name(letter, "")
    if name.startswith(_SMALL_CAPITAL) and len(name) == len(_SMALL_CAPITAL) + 1:
        return name[-1].lower()  # ᴘᴀʀɪs
    european = "\x7f" < letter <= _LAST_LATIN or letter == "ẞ"
    if european and letter.isalpha() and not unicodedata.decomposition(letter):
        return latin(letter)  # œ, æ, ß, ø, ł
    # ﬁ, ², ᵉ, Ａ are read as the letters and digits they stand for; ™ and … are not.
    letters = _bare(unicodedata.normalize("NFKD", letter))
    if not (letter.isalnum() and letters.isalnum()):
        letters = _bare(unicodedata.normalize("NFD", letter))
    # Ǣ has an Æ under its accent
    return letters if letters == letter else letters.translate(_PLAIN)


def _bare(decomposed: str) -> str:
    return "".join(c for c in decomposed if not unicodedata.combining(c))


_PLAIN = _Plain()


def plain(text: str) -> str:
    """The text without accents, ligatures, invisible characters and odd signs; case is kept.

    >>> plain("L’Œuvre coopé\u00adrative")
    "L'OEuvre cooperative"
    """
    return text if text.isascii() and "`" not in text else text.translate(_PLAIN)


OTHER_LETTERS = "\u0370-\u03ff\u0400-\u052f"
"""Greek and Cyrillic, plain."""


def latin(word: str) -> str:
    """A word in Latin letters, as Unidecode has it; signs that are no letters left out.

    >>> latin("киев"), latin("αθηνα"), latin("кремль"), latin("œ")
    ('kiev', 'athena', 'kreml', 'oe')
    """
    return "".join(filter(str.isalpha, _unidecode()(word)))


@late_table
def _unidecode() -> Callable[[str], str]:
    """The function of that name, with its tables of Latin letters: few texts want another."""
    from unidecode import unidecode

    unidecode("ªœ")
    return cast(Callable[[str], str], unidecode)


def greek(letter: str) -> str:
    """The name of a Greek letter, folded.

    >>> greek("α"), greek("Ω"), greek("λ")
    ('alpha', 'omega', 'lambda')
    """
    name = unicodedata.name(letter).split()[-1].lower()
    return {"lamda": "lambda"}.get(name, name)


def origins(text: str) -> list[int]:
    """For each character of `plain(text)`, and its end, the offset it comes from.

    >>> origins("cœur")
    [0, 1, 1, 2, 3, 4]
    """
    starts = [i for i, letter in enumerate(text) for _ in _PLAIN[ord(letter)]]
    starts.append(len(text))
    return starts


def fold(text: str) -> str:
    """`plain`, in lower case, with single spaces.

    >>> fold("Droit d’AUTEUR")
    "droit d'auteur"
    """
    return " ".join(plain(text).casefold().split())
