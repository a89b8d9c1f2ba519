"""How do a page's bytes become lines that can be recognised, their text kept as published?"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

_ENDS = re.compile(r"\r\n|\n|\r")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"))
_ALIKE = str.maketrans(
    {"’": "'", "ʼ": "'", "′": "'", "‘": "'", "‑": "-", "‐": "-", "–": "-", "—": "-", "−": "-"}
)
_SPACES = re.compile(r"\s+")
_JSON = re.compile(r"\ufeff?\s*(?:\[\s*[\[{]|\{\s*\")")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


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


class _Folds(dict[int, str]):
    """Each character's fold, made the first time it is met: one character for one."""

    def __missing__(self, code: int) -> str:
        self[code] = unicodedata.normalize("NFD", chr(code))[0].lower()[:1]
        return self[code]


_FOLDS = _Folds()


def decode(data: bytes) -> tuple[str, str]:
    """A page's text and the encoding it was read in; NotText for anything else.

    UTF-8, UTF-16 with its mark, else Windows' Western European, which French text files
    from before are in.

    >>> decode("\\ufeffété".encode())
    ('été', 'utf-8')
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    else:
        encoding = "utf-8"
        data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        encoding = "cp1252"
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            raise NotText("ce n'est pas du texte (fichier binaire ?)") from error
    if _CONTROL.search(text):
        raise NotText("ce n'est pas du texte (fichier binaire ?)")
    if _JSON.match(text):
        raise NotText("c'est du JSON, dans une forme qui n'est pas connue")
    if looks_like_markup(text):
        raise NotText(
            "c'est du HTML ou du XML, et pas le texte d'une page"
        )
    return text, encoding


def looks_like_markup(text: str) -> bool:
    """Whether a text is HTML or XML rather than words.

    >>> looks_like_markup(" <!DOCTYPE html>"), looks_like_markup("<3 : trois raisons")
    (True, False)
    """
    return re.match(r"\ufeff?\s*<(?:[!?]|[a-zA-Z][\w:-]*[\s/>])", text) is not None


def lines(text: str) -> list[Line]:
    """The lines that are not blank, without the white space around them.

    >>> lines("Titre\\r\\n\\r\\n Corps. ")
    [Line(number=1, text='Titre'), Line(number=3, text='Corps.')]
    """
    numbered = enumerate(_ENDS.split(text), start=1)
    return [Line(number, stripped) for number, raw in numbered if (stripped := _strip(raw))]


def _strip(raw: str) -> str:
    stripped = raw.strip()
    return stripped if stripped.translate(_INVISIBLE).strip() else ""
