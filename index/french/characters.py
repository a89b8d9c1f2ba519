"""Which byte stands for each character of a text, so that patterns go through it fast?

A pattern of bytes that begins with one letter goes from one to the next as fast as memory is read;
a set of letters in a text is tried at each. Offsets are the same in the bytes and in the text.
"""

from __future__ import annotations

import re
from codecs import charmap_build, charmap_encode
from string import ascii_letters, ascii_lowercase, ascii_uppercase, digits
from typing import NamedTuple

from index.french.folding import plain
from index.french.memory import TEXTS, Memory

LETTERS = ascii_letters + "àâäáãåçéèêëìîïíñòôöóõùûüúýÿÀÂÄÁÃÅÇÉÈÊËÌÎÏÍÑÒÔÖÓÕÙÛÜÚÝŸ"
# What a word may be written with, of which no sign stands for a word.
QUIET, KNOWN_SIGNS = ",;:!?…\"«»“”'’)[]—–", "‘.({}<>-_/*·|@#"
_BLANKS = "".join(filter(str.isspace, map(chr, range(128, 0x3001))))
_CHARACTERS = "".join(
    dict.fromkeys([*map(chr, range(128)), *LETTERS, *"œŒæÆ", *QUIET, *KNOWN_SIGNS, *_BLANKS])
)
# What has no byte becomes a question mark.
_BYTES = charmap_build(_CHARACTERS.ljust(256, "\ufffe"))
LIGATURES = {"oe": "\x01", "ae": "\x02"}
"""What stands for each among bare letters."""
_BESIDE_LIGATURE = re.compile(rb"o*(\x01)[\x01e]*|a*(\x02)[\x02e]*")
_KINDS = (
    (ascii_lowercase, "a"),
    (ascii_uppercase, "A"),
    ("ŒÆ", "O"),
    (f"{LETTERS}œæ", "e"),
    (".(*", "."),
    # what has no byte is one
    ("?", "?"),
    (QUIET, ","),
    (KNOWN_SIGNS + digits, "#"),
)


def _bare_sign(character: str) -> str:
    letters = plain(character).lower()
    if character in LETTERS:
        return letters
    return "'" if character == "’" else LIGATURES.get(letters, character)


def _kind(character: str) -> str:
    if character.isspace():
        return " "
    return next((kind for characters, kind in _KINDS if character in characters), "?")


_BARE, _KIND = (
    "".join(map(sign, _CHARACTERS)).encode("ascii", "replace").ljust(256, b"?")
    for sign in (_bare_sign, _kind)
)


class Characters(NamedTuple):
    """The characters of a text, a byte each.

    bare: letters without case and accents; « Œuvre » is \\x01uvre, and æ \\x02.
    kinds: `a` a letter, `A` a capital, `e` and `O` a letter and a ligature in capitals with more
    than ASCII, a space any blank, `,` a quiet sign, `.` a point, star or bracket, `#` a digit or
    another known sign, `?` anything else.
    """

    bare: bytes
    kinds: bytes


def characters(text: str) -> Characters:
    """Return the characters of a text.

    >>> characters("L’Œuvre, à 5 €")
    Characters(bare=b"l'\\x01uvre, a 5 ?", kinds=b'A,Oaaaa, e # ?')
    """
    encoded = charmap_encode(text.replace("?", "!"), "replace", _BYTES)[0]
    bare = encoded.translate(_BARE)
    if b"\x01" in bare or b"\x02" in bare:
        # œeeuvre, ooœuvre: a letter of a ligature that is written again beside it
        bare = _BESIDE_LIGATURE.sub(lambda run: (run[1] or run[2]) * len(run[0]), bare)
    return Characters(bare, encoded.translate(_KIND))


class _Shown(Memory[Characters]):
    """Text → its characters: what is shown is shown again."""

    size = TEXTS
    longest = 10_000

    def compute(self, text: str) -> Characters:
        return characters(text)


shown_characters = _Shown()
