"""Which bytes did a server mean, once the encodings of the transfer are undone?

A crawl keeps answers as they came: in chunks, compressed. Some crawlers undo the chunks
and keep the header, some cut the last one: what can be read is, and it is told.
"""

from __future__ import annotations

import zlib
from importlib import import_module
from typing import NamedTuple

_MOST_CODINGS = 5
"""One is usual; each is undone in turn."""


class Body(NamedTuple):
    """An answer's bytes, `limit` at most, and what is wrong with them, in a few French words."""

    data: bytes
    wrong: str = ""


def decoded_body(raw: bytes, transfer: str, content: str, limit: int) -> Body:
    """Decode raw bytes by the values of Transfer-Encoding and Content-Encoding.

    >>> decoded_body(b"4\\r\\nSora\\r\\n0\\r\\n\\r\\n", "chunked", "", 100)
    Body(data=b'Sora', wrong='')
    >>> decoded_body(b"Sora", "chunked", "", 100)
    Body(data=b'Sora', wrong='annoncé en morceaux, et ne l’est pas')
    """
    data, wrong = raw, ""
    if "chunked" in transfer.lower():
        data, wrong = _joined(raw)
    codings = [coding.strip() for coding in content.lower().split(",") if coding.strip()]
    if len(codings) > _MOST_CODINGS:
        return Body(b"", f"compressé {len(codings)} fois")
    for name in reversed(codings):
        if name in ("identity", "none", "utf-8"):
            continue
        data, problem = _inflated(data, name, limit)
        wrong = wrong or problem
    return Body(data[:limit], wrong)


def _joined(raw: bytes) -> Body:
    parts: list[bytes] = []
    at = 0
    while True:
        end = raw.find(b"\r\n", at, at + 64)
        size = raw[at:end].partition(b";")[0].strip() if end >= 0 else b""
        try:
            length = int(size, 16) if size and size.isalnum() else -1
        except ValueError:
            length = -1
        if length < 0:
            if not parts:
                return Body(raw, "annoncé en morceaux, et ne l’est pas")
            return Body(b"".join(parts) + raw[at:], "un morceau est abîmé")
        if length == 0:
            return Body(b"".join(parts))
        chunk = raw[end + 2 : end + 2 + length]
        parts.append(chunk)
        at = end + 2 + length + 2
        if len(chunk) < length or at > len(raw):
            return Body(b"".join(parts), "le dernier morceau est coupé")


def _inflated(data: bytes, name: str, limit: int) -> Body:
    if name in ("gzip", "x-gzip"):
        return _zlib(data, 16 + zlib.MAX_WBITS, limit)
    if name == "deflate":
        # servers send it with zlib's header, or without
        body = _zlib(data, zlib.MAX_WBITS, limit)
        return body if not body.wrong else _zlib(data, -zlib.MAX_WBITS, limit)
    if name in ("br", "zstd"):
        return _by_module(data, {"br": "brotli", "zstd": "zstandard"}[name], limit)
    return Body(data, f"compressé par {name[:20]}, inconnu")


def _zlib(data: bytes, bits: int, limit: int) -> Body:
    decompressor = zlib.decompressobj(bits)
    try:
        inflated = decompressor.decompress(data, limit)
    except zlib.error:
        # some crawlers undo the compression and keep the header
        looks_plain = data.lstrip()[:1] == b"<"
        return Body(data, "" if looks_plain else "compression abîmée")
    if decompressor.eof or len(inflated) >= limit:
        return Body(inflated)
    return Body(inflated, "compression coupée avant la fin")


def _by_module(data: bytes, module: str, limit: int) -> Body:
    if data.lstrip()[:1] == b"<":
        return Body(data)
    try:
        library = import_module(module)
    except ImportError:
        return Body(b"", f"compressé par {module}, qu'il faut installer : pip install {module}")
    try:
        if module == "zstandard":
            return Body(library.ZstdDecompressor().stream_reader(data).read(limit))
        return Body(_brotli(library, data, limit))
    except Exception:  # each library has its own, and all mean the same
        return Body(b"", "compression abîmée")


def _brotli(library: object, data: bytes, limit: int) -> bytes:
    decompressor = library.Decompressor()  # type: ignore[attr-defined]
    parts: list[bytes] = []
    length = 0
    for at in range(0, len(data), 4096):
        parts.append(decompressor.process(data[at : at + 4096]))
        length += len(parts[-1])
        if length > limit:
            break
    return b"".join(parts)
