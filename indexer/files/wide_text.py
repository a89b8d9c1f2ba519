"""Which bytes of UTF-8 does a text in UTF-16 have?

What Windows' shell writes of a command's answer (`curl … > posts.json`), or its editors save as
"Unicode", is read as any other text. What an XML says of its encoding is no longer true then.
"""

from __future__ import annotations

import codecs
import io
import re
from typing import IO, cast

_MARKS = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_UTF32 = codecs.BOM_UTF32_LE
_CHUNK = 1 << 16
_NULLS = 0.3
"""Of the bytes of a text in UTF-16, the least part that are null, all at odd or at even places."""
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_DECLARED = re.compile(r"""^(\s*<\?xml\s[^>]{0,200}?)\sencoding\s*=\s*["'][\w-]+["']""")


def encoding_of(beginning: bytes) -> str | None:
    """Return which UTF-16 a text begins in, by its mark or by its null bytes; None if in none.

    >>> encoding_of('{"a"'.encode("utf-16-le")), encoding_of(b"\\xff\\xfe\\0\\0a\\0\\0\\0")
    ('utf-16-le', None)
    """
    if beginning.startswith(_UTF32):
        return None
    marked = _MARKS.get(beginning[:2])
    encoding = marked or _unmarked(beginning)
    if encoding is None:
        return None
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(beginning)
    except UnicodeDecodeError:
        return None
    binary = "\0" in text if marked else _CONTROL.search(text) is not None
    return encoding if text and not binary else None


def _unmarked(beginning: bytes) -> str | None:
    """Return the UTF-16 that some bytes may be: of letters of Europe, one byte is null."""
    odd, even = beginning[1::2].count(0), beginning[0::2].count(0)
    if len(beginning) < 4 or max(odd, even) <= _NULLS * len(beginning):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def in_utf8(opened: IO[bytes], encoding: str) -> IO[bytes]:
    """Return the bytes of UTF-8, with its mark, of a text in UTF-16; closing them closes it.

    What is no text in this encoding (half a character) becomes U+FFFD.

    >>> in_utf8(io.BytesIO("Un été".encode("utf-16-be")), "utf-16-be").read().decode("utf-8-sig")
    'Un été'
    """
    return cast(IO[bytes], io.BufferedReader(_Utf8(opened, encoding)))


class _Utf8(io.RawIOBase):
    """The bytes of UTF-8 of a text, some at a time."""

    def __init__(self, opened: IO[bytes], encoding: str) -> None:
        self._opened = opened
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._pending = codecs.BOM_UTF8
        self._begun = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        while not self._pending:
            chunk = self._opened.read(_CHUNK)
            text = self._decoder.decode(chunk, final=not chunk)
            if text and not self._begun:
                self._begun, text = True, _DECLARED.sub(r"\1", text.removeprefix("\ufeff"))
            self._pending = text.encode()
            if not chunk:
                break
        size = min(len(view), len(self._pending))
        view[:size], self._pending = self._pending[:size], self._pending[size:]
        return size

    def close(self) -> None:
        self._opened.close()
        super().close()
