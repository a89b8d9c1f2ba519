"""Were these characters damaged on their way, and which were they?

A site that changed databases shows `sociÃ©tÃ©` (UTF-8 read as Windows-1252), `soci√©t√©` (as the
Mac's encoding), `soci├®t├®` (as Windows' console), or `soci&eacute;t&eacute;` (escaped twice). A
text is mended only when all of it proves the damage: one accent in its place says that it was
written so.
"""

from __future__ import annotations

import re
from html import unescape

from indexer.text.escapes import from_controls, unescaped

_NEXT = (
    "[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a"
    "\u20ac\u2122]"
)
_MARKS = re.compile(f"[\u00c2-\u00f4]{_NEXT}|\u00c3 ")
"""A byte that begins a character of UTF-8 and one that follows, both as Windows-1252 shows them."""
_LETTERS = re.compile(
    f"[\u00c2-\u00df]{_NEXT}|[\u00e0-\u00ef]{_NEXT}{{2}}|[\u00f0-\u00f4]{_NEXT}{{3}}"
)
"""The bytes of one character of UTF-8, as Windows-1252 shows them."""
_BLANKED = re.compile("\u00c3  ?")
_SIGNS = "ÃÂÅâð"
"""One of them is in all French that was damaged: looked for first, in no time."""
_OTHER_SIGNS = "√¬≈‚├┬┼Ô"
"""The same where UTF-8 was read as the encoding of the Mac, or of Windows' console."""


def _table(encoding: str) -> dict[str, int]:
    """The byte of each character, the controls that other programs show for it included."""
    return {chr(byte): byte for byte in range(0xA0)} | {
        bytes([byte]).decode(encoding, "ignore") or chr(byte): byte for byte in range(0x80, 0x100)
    }


_WINDOWS = _table("cp1252")
_LATIN_9 = _table("iso8859-15")
_IN_LATIN_9 = frozenset("šŠŽžŒœŸ€")
"""Where Latin-9 is neither Latin-1 nor Windows-1252: è read so is « Ãš »."""
_OTHER_TABLES = (_table("mac_roman"), _table("cp850"))
_CAPITAL_INSIDE = re.compile("[a-zß-öø-ÿ][A-ZÀ-ÖØ-Þ]")
_TIMES = 3
"""How often a text may have been damaged one time over another."""
_PLAUSIBLE = re.compile(
    "[\t\n -~\u0080-\u017f\u0192\u02bc\u02c6\u02dc\u0300-\u036f\u2009\u2010-\u2044\u20ac\u2122"
    "\u202f\ufb00-\ufb06\U0001f000-\U0001faff\u2190-\u21ff\u2600-\u27bf\ufe0f\u200d\ufeff]*"
)
"""What a French text is made of, emoji included, and what it is when damaged twice."""
_ENTITY = re.compile(r"&(?:#\d{2,6}|#x[0-9a-fA-F]{2,6}|[a-zA-Z]{2,8}\d?);")
_GLUED = re.compile(r"[A-Za-z]&(?:#\d{2,6}|[a-zA-Z]{4,8});|&(?:#\d{2,6}|[a-zA-Z]{4,8});[A-Za-z]")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])&(?:#0?39|#8217|#x27|#x2019|rsquo|apos);(?=[^\W\d_])")
"""Between two letters: a text about entities has them apart."""
_FEW = frozenset(("&amp;", "&lt;", "&gt;", "&quot;"))


def mended(text: str) -> str:
    """Return the text as it was written; unchanged when nothing proves that it was damaged.

    >>> mended("La sociÃ©tÃ© anonyme"), mended("Soci&eacute;t&eacute; d&rsquo;ici")
    ('La société anonyme', 'Société d’ici')
    >>> mended("Ã€ lâ€™Ã©cole, Ã  la mer")
    'À l’école, à la mer'
    >>> mended("L’&eacute;t&eacute;"), mended("La sociÃ©tÃ© d’ici")
    ('L’été', 'La société d’ici')
    >>> mended("L&#8217;été d&rsquo;ici"), mended("« é » et &rsquo;")
    ('L’été d’ici', '« é » et &rsquo;')
    >>> mended("« Ã© » pour « é »"), mended("Écrivez &eacute; pour é")
    ('« Ã© » pour « é »', 'Écrivez &eacute; pour é')
    """
    better = _decoded_again(text)
    typed = from_controls(better)
    if typed is not better and not _MARKS.search(better):
        better = typed
    return unescaped(better)


def _decoded_again(text: str) -> str:
    """The text as written, when all of it was read in another encoding, or escaped for HTML."""
    for _ in range(_TIMES):
        if not text.isascii():
            if any(sign in text for sign in _SIGNS) and _MARKS.search(text):
                better = _from_windows(text)
            elif any(sign in text for sign in _OTHER_SIGNS):
                better = next(
                    filter(None, (_read_as(text, table) for table in _OTHER_TABLES)), text
                )
            elif "&" not in text:
                return text
            elif not _has_letters(text):
                # what a theme sets since, ’ or «, is no letter that was written so
                better = _from_entities(text)
            else:
                better = _APOSTROPHE.sub(lambda match: unescape(match[0]), text)
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
    text_with_spaces = _BLANKED.sub("\u00c3\u00a0 ", text)
    readings = [_read_as(text_with_spaces, _WINDOWS)]
    if not _IN_LATIN_9.isdisjoint(text_with_spaces):
        readings.append(_read_as(text_with_spaces, _LATIN_9))
    decoded = [reading for reading in readings if reading]
    if not decoded:
        return _beside_marks(text_with_spaces) or text
    return min(decoded, key=lambda reading: len(_CAPITAL_INSIDE.findall(reading)))


def _read_as(text: str, table: dict[str, int]) -> str:
    """What UTF-8 that was read by this table says, all of it; "" when it is none."""
    try:
        decoded = bytes(map(table.__getitem__, text)).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return ""
    return decoded if _PLAUSIBLE.fullmatch(decoded) else ""


def _beside_marks(text: str) -> str:
    """A text whose signs are whole and whose letters are not, as a theme shows it; else "".

    Each letter is damaged and beside another letter: « Ã© » alone is what somebody tells of.

    >>> _beside_marks("La sociÃ©tÃ© d’ici"), _beside_marks("On lit « Ã© »")
    ('La société d’ici', '')
    """
    if _has_letters(_LETTERS.sub("", text)):
        return ""
    for match in _LETTERS.finditer(text):
        start, end = match.span()
        around = text[max(0, start - 1) : start] + text[end : end + 1]
        beside = any(sign.isascii() and sign.isalpha() for sign in around)
        if not beside and match[0] != "\u00c3\u00a0" and _decoded(match).isalpha():
            return ""
    decoded = _LETTERS.sub(_decoded, text)
    return decoded if _PLAUSIBLE.fullmatch(decoded) else ""


def _decoded(match: re.Match[str]) -> str:
    try:
        return bytes(map(_WINDOWS.__getitem__, match[0])).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return match[0]


def _has_letters(text: str) -> bool:
    """Whether a text has letters that are none of ASCII."""
    return any(sign.isalpha() and not sign.isascii() for sign in text)


def _from_entities(text: str) -> str:
    if not _GLUED.search(text):
        return text
    if all(entity in _FEW for entity in _ENTITY.findall(text)):
        return text
    return unescape(text)
