"""Which bytes are in a file, once decompressed as its first bytes ask, and in UTF-8 if it is a text
in UTF-16?
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import IO, cast

from indexer.files import wide_text

_GZIP, _XZ, _ZSTD, _BZIP2 = b"\x1f\x8b", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd", b"BZh"

_CHUNK = 1 << 16
_SAMPLE = 4096
"""Bytes that tell whether a text is in UTF-16."""
_XZ_MEMORY = 100 << 20
"""Bytes of memory to read an xz: `xz -9` asks for 65 MiB, a header may claim 4 GiB."""
_BEGINNING = 4 << 20

DAMAGED = (EOFError, gzip.BadGzipFile, zlib.error, lzma.LZMAError)
"""What reading a damaged or truncated compressed file raises."""


class CannotInflate(ValueError):
    """A compressed file that cannot be read here; the sentence says why."""


UNREADABLE = (CannotInflate, *DAMAGED)
"""What reading a compressed file raises, whether it can be read here or not."""


def unreadable(error: Exception) -> str:
    """Return why a compressed file is not read, from one of these errors, as reports say it."""
    return (
        str(error) if isinstance(error, CannotInflate) else "fichier compressé endommagé ou tronqué"
    )


def open_bytes(path: Path) -> IO[bytes]:
    """A file's bytes, decompressed (gzip, xz, bzip2, Zstandard); of UTF-16, in UTF-8.

    Raises CannotInflate, OSError; then DAMAGED while reading.
    """
    try:
        encoding = wide_text.encoding_of(_beginning(path, _SAMPLE))
    except DAMAGED:
        # who reads it is told
        encoding = None
    opened = _decompressed(path.open("rb"))
    return wide_text.in_utf8(opened, encoding) if encoding else opened


def _decompressed(file: IO[bytes]) -> IO[bytes]:
    """The bytes of an open file, decompressed; closing them closes it."""
    magic = file.read(6)
    file.seek(0)
    if magic.startswith(_GZIP):
        return cast(IO[bytes], _Gzip(fileobj=file, mode="rb"))
    if magic.startswith(_XZ):
        return cast(IO[bytes], io.BufferedReader(_Streams(file, _xz)))
    if magic.startswith(_BZIP2) and magic[4:] == b"1A":
        return cast(IO[bytes], io.BufferedReader(_Streams(file, _bzip2)))
    if magic.startswith(_ZSTD):
        try:
            return cast(IO[bytes], io.BufferedReader(_Zstandard(file)))
        except ImportError:
            file.close()
            raise CannotInflate(
                "compressé par Zstandard, qu'il faut installer : pip install 'glose[zstd]'"
            ) from None
    return file


class _Gzip(gzip.GzipFile):
    """A gzip file that closes what it reads."""

    def close(self) -> None:
        raw_file = cast("IO[bytes] | None", self.fileobj)
        super().close()
        if raw_file is not None:
            raw_file.close()


_Decompressor = lzma.LZMADecompressor | bz2.BZ2Decompressor


def _xz() -> _Decompressor:
    """A header claims how much memory reading takes: it is not believed."""
    return lzma.LZMADecompressor(lzma.FORMAT_XZ, _XZ_MEMORY)


def _bzip2() -> _Decompressor:
    return bz2.BZ2Decompressor()


class _Streams(io.RawIOBase):
    """The bytes of an xz file, or of one of bzip2: streams, one after another."""

    def __init__(self, file: IO[bytes], begin: Callable[[], _Decompressor]) -> None:
        self._file = file
        self._begin = begin
        self._decompressor: _Decompressor | None = None
        self._unused = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        data = b""
        while not data:
            if self._decompressor is None:
                # another stream may follow, after zeros
                coming = self._unused.lstrip(b"\0")
                while not coming:
                    if not (chunk := self._file.read(_CHUNK)):
                        return 0
                    coming = chunk.lstrip(b"\0")
                self._decompressor = self._begin()
            elif not self._decompressor.needs_input:
                coming = b""
            elif not (coming := self._file.read(_CHUNK)):
                raise EOFError("a compressed file that is cut")
            try:
                data = self._decompressor.decompress(coming, len(view))
            except OSError as error:
                # bzip2's own error
                raise EOFError(str(error)) from error
            if self._decompressor.eof:
                self._unused, self._decompressor = self._decompressor.unused_data, None
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._file.close()
        super().close()


class _Zstandard(io.RawIOBase):
    """A Zstandard file's bytes; its library's own error is told as a damaged file's."""

    def __init__(self, file: IO[bytes]) -> None:
        library = import_module("zstandard")
        self._error: type[Exception] = library.ZstdError
        # a window of 128 MiB at most, whatever a frame claims
        self._stream = library.ZstdDecompressor(max_window_size=1 << 27).stream_reader(
            file, read_across_frames=True, closefd=True
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

    Of a text in UTF-16, those in UTF-8 of its first bytes. Raises CannotInflate, OSError, and
    DAMAGED when there are none.
    """
    beginning = _beginning(path, size)
    encoding = wide_text.encoding_of(beginning[:_SAMPLE])
    if encoding is None:
        return beginning
    return wide_text.in_utf8(io.BytesIO(beginning[: size // 2 * 2]), encoding).read()


def _beginning(path: Path, size: int) -> bytes:
    parts: list[bytes] = []
    # not by a file that gives nothing however long it is: empty members of gzip by the million
    with _decompressed(cast(IO[bytes], _Beginning(path.open("rb")))) as opened:
        reading = cast(io.BufferedReader, opened)
        try:
            while size > 0 and (part := reading.read1(min(size, 8192))):
                parts.append(part)
                size -= len(part)
        except DAMAGED:
            if not parts:
                raise
    return b"".join(parts)


class _Beginning(io.BufferedReader):
    """A file that ends after some megabytes, more than any beginning takes."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__(cast(io.RawIOBase, file))

    def read(self, size: int | None = -1, /) -> bytes:
        remaining = max(0, _BEGINNING - self.tell())
        return super().read(remaining if size is None or size < 0 else min(size, remaining))


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
