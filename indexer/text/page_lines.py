"""How do a page's bytes become lines that can be recognised, their text kept as published?"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

_ENDS = re.compile(r"\r\n|\n|\r")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"))
_ALIKE = str.maketrans(
    {"’": "'", "ʼ": "'", "′": "'", "‘": "'", "‑": "-", "‐": "-", "–": "-", "—": "-", "−": "-"}
)
_SPACES = re.compile(r"\s+")
_JSON = re.compile(r"\ufeff?\s*(?:\[\s*[\[{]|\{\s*\")")
_NO_WORD = re.compile(r"[\W_]+")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_STRAY = 1000
"""Characters of text for one control character that slipped into it."""


class NotText(ValueError):
    """These bytes are not the text of a page; the sentence says what they look like."""


@dataclass(frozen=True)
class Line:
    """A line that is not blank. `number` counts from 1 in the file; `text` is as published."""

    number: int
    text: str

    @cached_property
    def key(self) -> str:
        """The same words whatever the apostrophes, hyphens, spaces and composition.

        >>> Line(1, "Aujourd’hui\\u00a0à 01h03").key
        "Aujourd'hui à 01h03"
        """
        return key(self.text)

    @cached_property
    def words(self) -> str:
        """The folded words alone, for a line that another repeats in another typography.

        >>> Line(1, "L’ancre\\u00a0: «\\u202fun accident\\u202f» ?").words
        'l ancre un accident'
        """
        return _NO_WORD.sub(" ", self.folded).strip() or self.key

    @cached_property
    def folded(self) -> str:
        """The key without accents nor capitals: for words known in advance.

        >>> Line(1, "Déjà abonné ?").folded
        'deja abonne ?'
        """
        return fold(self.key)


def key(text: str) -> str:
    """A line's words, for comparing two lines of a page."""
    text = unicodedata.normalize("NFC", text.translate(_INVISIBLE)).translate(_ALIKE)
    return _SPACES.sub(" ", text).strip()


def fold(text: str) -> str:
    """Without accents nor capitals; as many characters as in a `key`, place for place.

    >>> fold("Modifié le 1er Août")
    'modifie le 1er aout'
    """
    return text.translate(_FOLDS)


def letters(text: str) -> str:
    """Return the letters and figures of a text, in small ones: what is left when spacing differs.

    >>> letters("C’est le 2 mars !")
    'cestle2mars'
    """
    return "".join(filter(str.isalnum, text.casefold()))


class _Folds(dict[int, str]):
    """Each character's fold, made the first time it is met: one character for one."""

    def __missing__(self, code: int) -> str:
        self[code] = unicodedata.normalize("NFD", chr(code))[0].lower()[:1]
        return self[code]


_FOLDS = _Folds()


def decode_plain(data: bytes) -> tuple[str, str, bool]:
    """A page's text, the encoding it was read in, and whether some bytes were not of it.

    UTF-8, UTF-16 with its mark, else Windows' Western European, which French text files
    from before are in: as a whole, or for a few bytes of a text of UTF-8. NotText for
    anything else.

    >>> decode_plain("\\ufeffété".encode())
    ('été', 'utf-8', False)
    >>> decode_plain("été, Noël".encode() + ", cité".encode("cp1252") + ", né".encode()[:-1])
    ('été, Noël, cité, n\ufffd', 'utf-8', True)
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    else:
        encoding = "utf-8"
        data = data.removeprefix(codecs.BOM_UTF8)
    mixed = False
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        mixed = encoding == "utf-8" and _mostly_sound(data)
        encoding = "utf-8" if mixed else "cp1252"
        try:
            text = data.decode(encoding, _FEW_WESTERN if mixed else "strict")
        except UnicodeDecodeError:
            raise NotText("ce n'est pas du texte (fichier binaire ?)") from error
    controls = len(_CONTROL.findall(text))
    if "\0" in text or controls > len(text) // _STRAY + 1:
        raise NotText("ce n'est pas du texte (fichier binaire ?)")
    if controls:
        text = _CONTROL.sub("", text)
    if _JSON.match(text):
        raise NotText("c'est du JSON, dans une forme qui n'est pas connue")
    if looks_like_markup(text):
        raise NotText("c'est du HTML ou du XML, et pas le texte d'une page")
    return text, encoding, mixed


def _mostly_sound(data: bytes) -> bool:
    """Whether most of what is not ASCII is UTF-8: of another encoding, next to nothing would be."""
    wide = sum(not char.isascii() for char in data.decode("utf-8", "ignore"))
    damaged = data.decode("utf-8", "replace").count("\ufffd")
    return wide > damaged


def _western(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are not UTF-8, read as Western, save a last character that was cut."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    if error.end == len(error.object) and error.reason == "unexpected end of data":
        return "\ufffd", error.end
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


_FEW_WESTERN = "glose_page"
codecs.register_error(_FEW_WESTERN, _western)


def looks_like_markup(text: str) -> bool:
    """Return whether a text is HTML or XML rather than words.

    >>> looks_like_markup(" <!DOCTYPE html>"), looks_like_markup("<3 : trois raisons")
    (True, False)
    """
    return re.match(r"\ufeff?\s*<(?:[!?]|[a-zA-Z][\w:-]*[\s/>])", text) is not None


def lines(text: str, most: int | None = None) -> list[Line]:
    """The lines that are not blank, the `most` first, without the white space around them.

    >>> lines("Titre\\r\\n\\r\\n Corps. ")
    [Line(number=1, text='Titre'), Line(number=3, text='Corps.')]
    """
    numbered = enumerate(_ENDS.split(text), start=1)
    stripped_lines = (
        Line(number, stripped) for number, raw in numbered if (stripped := _strip(raw))
    )
    return list(islice(stripped_lines, most))


def _strip(raw: str) -> str:
    stripped = raw.strip()
    return stripped if stripped.translate(_INVISIBLE).strip() else ""
