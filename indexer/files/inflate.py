"""Which bytes are in a file, once decompressed as its first bytes ask?"""

from __future__ import annotations

import gzip
import io
import lzma
import zlib
from importlib import import_module
from pathlib import Path
from typing import IO, cast

_GZIP, _XZ, _ZSTD = b"\x1f\x8b", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd"

DAMAGED = (EOFError, gzip.BadGzipFile, zlib.error, lzma.LZMAError)
"""What reading a damaged or truncated compressed file raises."""


class CannotInflate(ValueError):
    """A compressed file that cannot be read here; the sentence says why."""


def open_bytes(path: Path) -> IO[bytes]:
    """A file's bytes, decompressed if it is gzip, xz or Zstandard.

    Raises CannotInflate, OSError; then DAMAGED while reading.
    """
    with path.open("rb") as file:
        magic = file.read(6)
    if magic.startswith(_GZIP):
        return cast(IO[bytes], gzip.open(path, "rb"))
    if magic.startswith(_XZ):
        return lzma.open(path, "rb")
    if magic.startswith(_ZSTD):
        try:
            return cast(IO[bytes], io.BufferedReader(_Zstandard(path)))
        except ImportError:
            raise CannotInflate(
                "compressé par Zstandard, qu'il faut installer : pip install 'glose[zstd]'"
            ) from None
    return path.open("rb")


class _Zstandard(io.RawIOBase):
    """A Zstandard file's bytes; its library's own error is told as a damaged file's."""

    def __init__(self, path: Path) -> None:
        library = import_module("zstandard")
        self._error: type[Exception] = library.ZstdError
        self._stream = library.ZstdDecompressor().stream_reader(
            path.open("rb"), read_across_frames=True, closefd=True
        )

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        try:
            return int(self._stream.readinto(buffer))
        except self._error as error:
            raise EOFError(str(error)) from error

    def close(self) -> None:
        if hasattr(self, "_stream"):
            self._stream.close()
        super().close()


def opened_stream(stream: IO[bytes]) -> IO[bytes]:
    """The bytes of a stream, decompressed if it is gzip; closing them closes it.

    >>> import io
    >>> opened_stream(io.BytesIO(gzip.compress(b"Sora"))).read()
    b'Sora'
    """
    buffered = io.BufferedReader(cast(io.RawIOBase, stream))
    if buffered.peek(2).startswith(_GZIP):
        return cast(IO[bytes], gzip.GzipFile(fileobj=buffered))
    return cast(IO[bytes], buffered)


def first_bytes(path: Path, size: int) -> bytes:
    """A file's first bytes, decompressed, or those before the place where it is damaged.

    Raises CannotInflate, OSError, and DAMAGED when there are none.
    """
    parts: list[bytes] = []
    with open_bytes(path) as opened:
        reading = cast(io.BufferedReader, opened)
        try:
            while size > 0 and (part := reading.read1(min(size, 8192))):
                parts.append(part)
                size -= len(part)
        except DAMAGED:
            if not parts:
                raise
    return b"".join(parts)


def create_bytes(path: Path) -> IO[bytes]:
    """A new file, compressed as the end of its name asks: .gz, .xz or nothing.

    The first name counts: `articles.jsonl.gz` while it is written elsewhere under another.
    """
    if path.suffix == ".gz":
        # no time inside: the same articles give the same bytes
        return cast(IO[bytes], gzip.GzipFile(path, "wb", mtime=0))
    if path.suffix == ".xz":
        return lzma.open(path, "wb")
    return path.open("wb")
