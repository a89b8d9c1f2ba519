r"""What was typed in a text that a program escaped and none unescaped?

For a database, a spreadsheet or JSON it was written `l\'eau`, `\"oui\"`, `\r\n`, `_x000D_` and
`soci\u00e9t\u00e9`; or `sociu00e9tu00e9`, where the backslashes alone were taken away. Windows-1252
read as ISO 8859-1 leaves control characters, which nobody types.
"""

from __future__ import annotations

import re

_CONTROLS = {
    byte: sign for byte in range(0x80, 0xA0) if (sign := bytes([byte]).decode("cp1252", "ignore"))
}
_CONTROL = re.compile(f"[{''.join(map(chr, _CONTROLS))}]")
_QUOTE = re.compile(r"""\\+(?=['"])""")
_IN_A_WORD = re.compile(r"[^\W\d_]\\+'\w")
_AROUND = re.compile(r'(?<!\S)[«(]?\\+"[^"]+\\+"')
_TEX = re.compile(
    r"(?<![^\W\d_])(?!(?i:[cdjklmnstyz]|\w{0,9}qu|entr|presqu)\\)[^\W\d_]+\\+'[aeiouy]"
    r"|[^\W\d_]\\+\"[^\W\d_]"
)
"""An accent in TeX (`Montr\\'eal`, `M\\"uller`): French elides no such word before a vowel."""
_LINES = re.compile(r"(?:\\r\\n)+|(?:\\n){2,}")
_SHOWN_LINES = re.compile(
    r"(?<!\\n)(?<!\\n )(?<=[\s«“`(=+])(?:\\r\\n|\\n\\n)(?! ?\\[rn])(?=[\s\"'»”`),.;:+]|$)"
    r"|(?:\\r\\n|\\n\\n)[\"'](?!\w)"
)
"""The same as a word of a sentence, or at the end of a text in code."""
_LETTER = r"u(?:00[c-f][0-9a-f]|015[23])"
_GLUED = re.compile(rf"[A-Za-z]\\?{_LETTER}(?![0-9])|\\?(?<![0-9]){_LETTER}[a-z]", re.IGNORECASE)
"""An accented letter inside a word."""
_CELL_LINES = re.compile(r"(?:\n?_x000[ad]_(?![ \"'`»\u00a0\u202f])\n?)+", re.IGNORECASE)
"""The end of a line in a cell of Excel, and no word of a sentence."""
_UNIT = re.compile(rf"\\u[0-9a-f]{{4}}|{_LETTER}|(?<=[a-z])u2019(?=[a-z])", re.IGNORECASE)
_TOLD = re.compile(r"[{}]|json|unicode|utf-?8", re.IGNORECASE)
"""Of a text about escapes, which shows some."""
_TYPED = re.compile(
    "[\t\n -~\u00a0-\u017f\u02bc\u2000-\u206f\u20ac\u2122\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]*"
)
"""What is typed in French."""


def unescaped(text: str) -> str:
    r"""Return the text unescaped; unchanged when nothing proves that it was escaped.

    >>> unescaped(r"L\'eau, \"dit-il\", monte"), unescaped(r"Un\r\nDeux")
    ('L\'eau, "dit-il", monte', 'Un\nDeux')
    >>> unescaped(r"La soci\u00e9t\u00e9"), unescaped("La sociu00e9tu00e9")
    ('La société', 'La société')
    >>> unescaped(r"echo 'l\'eau'") == r"echo 'l\'eau'"
    True
    """
    if "\\" in text:
        text = text if _SHOWN_LINES.search(text) else _LINES.sub("\n", text)
        text = _without_backslashes(text)
    if "_x000" in text:
        text = _CELL_LINES.sub("\n", text).strip("\n")
    if ("u0" in text or "u2" in text) and _GLUED.search(text):
        text = _from_units(text)
    return text


def from_controls(text: str) -> str:
    """Return the text with the characters that its controls are in Windows-1252.

    >>> from_controls("l\\x92eau"), from_controls("l’eau")
    ('l’eau', 'l’eau')
    """
    has_controls = not text.isascii() and _CONTROL.search(text)
    return text.translate(_CONTROLS) if has_controls else text


def _without_backslashes(text: str) -> str:
    """The text without those before its quotes, when each has one: in code and TeX, some do not."""
    quotes = text.count("'") + text.count('"')
    if not quotes or len(_QUOTE.findall(text)) != quotes or _TEX.search(text):
        return text
    return _QUOTE.sub("", text) if _IN_A_WORD.search(text) or _AROUND.search(text) else text


def _from_units(text: str) -> str:
    """The text with the characters of its code units (`\\u00e9`).

    Unchanged when it has an accented letter already, or would have one that is not French.
    """
    if _TOLD.search(text) or any(sign.isalpha() and not sign.isascii() for sign in text):
        return text
    units = _UNIT.sub(lambda match: chr(int(match[0][-4:], 16)), text)
    try:
        # an emoji is two units
        units = units.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        return text
    return units if _TYPED.fullmatch(units) else text
