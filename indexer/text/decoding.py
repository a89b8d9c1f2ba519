"""Which text is in some bytes, and in which encoding?

A declared encoding is believed only when the bytes agree.
"""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""")
_WESTERN = frozenset({"iso8859-1", "ascii", "latin-1", "cp1252", "utf-8", "iso8859-15"})


def decode(data: bytes, charset: str | None = None) -> tuple[str, str, bool]:
    """A page's text, the encoding it was read in, and whether some bytes were not of it.

    UTF-8 when the bytes are, whatever is declared; else what is declared; and in a page that
    says UTF-8 with bytes of Windows-1252 in it, each run of bytes as what it is.

    >>> decode("<meta charset=utf-8>été ".encode() + "été".encode("cp1252"))[0][-7:]
    'été été'
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data.decode(name, "replace").removeprefix("\ufeff"), name, False
    if b"\x00" in data[:1024] and (wide := _wide(data)):
        return data.decode(wide, "replace"), wide, False
    try:
        return data.decode("utf-8"), "utf-8", False
    except UnicodeDecodeError:
        pass
    declared = _known_encoding(charset) or _known_in(data)
    if declared is not None and declared not in _WESTERN and not declared.startswith("utf"):
        text = data.decode(declared, "replace")
        return text, declared, "\ufffd" in text
    if declared in ("iso8859-1", "cp1252", "ascii", "latin-1", "iso8859-15") and not _utf8_in(data):
        western = "iso8859-15" if declared == "iso8859-15" else "cp1252"
        return data.decode(western, "glose_western"), western, False
    return data.decode("utf-8", "glose_western"), "utf-8", True


def _wide(data: bytes) -> str | None:
    odd, even = data[1:1024:2].count(0), data[0:1024:2].count(0)
    if max(odd, even) < 300:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _known_encoding(charset: str | None) -> str | None:
    if not charset:
        return None
    try:
        info = codecs.lookup(charset.strip().strip("\"'"))
    except (LookupError, ValueError):
        return None
    # `base64` and its like are codecs, and no encodings of text
    return info.name if getattr(info, "_is_text_encoding", True) else None


def _known_in(data: bytes) -> str | None:
    match = _DECLARED.search(data[:4096])
    return _known_encoding(match[1].decode("ascii")) if match else None


_MANY = re.compile(rb"[\xc3\xc2\xe2][\x80-\xbf]")


def _utf8_in(data: bytes) -> bool:
    """Whether bytes that are not all UTF-8 are so for the most part."""
    wide = len(_MANY.findall(data))
    return wide > 20 and wide * 4 > sum(byte > 127 for byte in data)


def _western(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are none of the encoding, read one by one as Windows' Western European."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252", "replace"), error.end


WESTERN = "glose_western"
"""How to read bytes that are none of an encoding: `bytes.decode("utf-8", WESTERN)`."""
codecs.register_error(WESTERN, _western)
