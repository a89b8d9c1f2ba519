"""Were these characters damaged on their way, and which were they?

A site that changed databases shows `sociÃ©tÃ©` (UTF-8 read as Windows-1252), or
`soci&eacute;t&eacute;` (escaped twice). A text is mended only when all of it proves the damage:
one accent in its place says that it was written so.
"""

from __future__ import annotations

import re
from html import unescape

_MARKS = re.compile("[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192"
                    "\u02c6\u02dc\u2013-\u203a\u20ac\u2122]|\u00c3 ")  # fmt: skip
"""A byte that begins a character of UTF-8 and one that follows, both as Windows-1252 shows them."""
_BLANKED = re.compile("\u00c3  ?")
_SIGNS = "ÃÂÅâð"
"""One of them is in all French that was damaged: looked for first, in no time."""
_WINDOWS = {
    character: byte
    for byte in range(0x80, 0x100)
    for character in (bytes([byte]).decode("cp1252", "ignore") or chr(byte),)
} | {chr(byte): byte for byte in range(0x80)}
_TIMES = 3
"""How often a text may have been damaged one time over another."""
_PLAUSIBLE = re.compile(
    "[\t\n -~\u0080-\u017f\u0192\u02bc\u02c6\u02dc\u0300-\u036f\u2009\u2010-\u2044\u20ac\u2122"
    "\u202f\ufb00-\ufb06\U0001f000-\U0001faff\u2190-\u21ff\u2600-\u27bf\ufe0f\u200d\ufeff]*"
)
"""What a French text is made of, emoji included, and what it is when damaged twice."""
_ENTITY = re.compile(r"&(?:#\d{2,6}|#x[0-9a-fA-F]{2,6}|[a-zA-Z]{2,8}\d?);")
_GLUED = re.compile(r"[A-Za-z]&(?:#\d{2,6}|[a-zA-Z]{4,8});|&(?:#\d{2,6}|[a-zA-Z]{4,8});[A-Za-z]")
_FEW = frozenset(("&amp;", "&lt;", "&gt;", "&quot;"))


def mended(text: str) -> str:
    """Return the text as it was written; unchanged when nothing proves that it was damaged.

    >>> mended("La sociÃ©tÃ© anonyme"), mended("Soci&eacute;t&eacute; d&rsquo;ici")
    ('La société anonyme', 'Société d’ici')
    >>> mended("Ã€ lâ€™Ã©cole, Ã  la mer")
    'À l’école, à la mer'
    >>> mended("« Ã© » pour « é »"), mended("Écrivez &eacute; pour é")
    ('« Ã© » pour « é »', 'Écrivez &eacute; pour é')
    """
    for _ in range(_TIMES):
        if not text.isascii():
            if not (any(sign in text for sign in _SIGNS) and _MARKS.search(text)):
                return text
            better = _from_windows(text)
        elif "&" in text:
            better = _from_entities(text)
        else:
            return text
        if better == text:
            return text
        text = better
    return text


def _from_windows(text: str) -> str:
    # the second half of « à » is a no-break space, that blanks were made of
    whole = _BLANKED.sub("\u00c3\u00a0 ", text)
    try:
        read = bytes(map(_WINDOWS.__getitem__, whole)).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return text
    return read if _PLAUSIBLE.fullmatch(read) else text


def _from_entities(text: str) -> str:
    if not _GLUED.search(text):
        return text
    if all(entity in _FEW for entity in _ENTITY.findall(text)):
        return text
    return unescape(text)
