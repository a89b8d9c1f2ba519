"""Are the sizes that a compressed file claims believed, or what it has?"""

from __future__ import annotations

import gzip
import io
import lzma
import zlib
from pathlib import Path
from typing import IO

import pytest

from indexer.files import decoded_body, inflate

zstandard = pytest.importorskip("zstandard")
TEXT = b"Sora " * 100_000


def write_file(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def read_whole(path: Path) -> bytes:
    with inflate.open_bytes(path) as file:
        return file.read()


@pytest.mark.parametrize(
    "data",
    [
        TEXT,
        gzip.compress(TEXT),
        gzip.compress(TEXT[:999]) + gzip.compress(TEXT[999:]),
        gzip.compress(TEXT) + bytes(100),
        lzma.compress(TEXT),
        lzma.compress(TEXT, preset=9),
        lzma.compress(TEXT[:999]) + bytes(8) + lzma.compress(TEXT[999:]),
        lzma.compress(TEXT) + bytes(200_000),
        zstandard.compress(TEXT),
        zstandard.compress(TEXT[:999]) + zstandard.compress(TEXT[999:]),
    ],
    ids=range(10),
)  # fmt: skip
def test_what_is_compressed_is_read_whole(data: bytes, tmp_path: Path) -> None:
    path = write_file(tmp_path / "a", data)
    assert read_whole(path) == TEXT
    assert inflate.first_bytes(path, 1234) == TEXT[:1234]


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
@pytest.mark.parametrize("length", [7, 40, -3])
def test_what_is_cut_is_damaged(pack: object, length: int, tmp_path: Path) -> None:
    path = write_file(tmp_path / "a", pack(TEXT)[:length])  # type: ignore[operator]
    with pytest.raises(inflate.DAMAGED):
        read_whole(path)


def test_an_xz_that_claims_a_gigabyte_of_memory_is_refused(tmp_path: Path) -> None:
    """Its header says how large a dictionary to make: `xz -9` says 64 MiB, liblzma takes 4 GiB."""
    filters = [{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 30, "mode": lzma.MODE_FAST}]
    filters[0] |= {"mf": lzma.MF_HC3, "nice_len": 3, "depth": 1, "dict_size": 1 << 20}
    data = bytearray(lzma.compress(b"Sora", filters=filters))
    # the size is one byte of the header, whose sum follows: 16 is 1 MiB, 36 is 1 GiB
    size = 12 + (data[12] + 1) * 4
    place = data.index(b"\x21\x01", 12, size) + 2
    assert data[place] == 16
    data[place] = 36
    data[size - 4 : size] = zlib.crc32(data[12 : size - 4]).to_bytes(4, "little")
    path = write_file(tmp_path / "a.xz", bytes(data))
    with pytest.raises(lzma.LZMAError, match="Memory usage limit"):
        read_whole(path)


def test_a_window_of_zstandard_is_bounded(tmp_path: Path) -> None:
    # a frame without its size, whose window is 2 GiB
    data = b"\x28\xb5\x2f\xfd\x00" + bytes([(31 - 10) << 3]) + b"\x01\x00\x00"
    with pytest.raises(EOFError, match="memory"):
        read_whole(write_file(tmp_path / "a.zst", data))


def test_a_beginning_is_not_looked_for_in_a_million_empty_members(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_file(tmp_path / "a.gz", gzip.compress(b"") * 1_000_000)
    read_bytes = 0

    class Counted(io.BufferedReader):
        def read(self, size: int | None = -1, /) -> bytes:
            nonlocal read_bytes
            data = super().read(size)
            read_bytes += len(data)
            return data

    open_path = Path.open

    def counting(self: Path, mode: str = "r") -> IO[bytes]:
        return Counted(open_path(self, mode, buffering=0))  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "open", counting)
    with pytest.raises(inflate.DAMAGED):
        inflate.first_bytes(path, 65536)
    assert read_bytes < 5_000_000


BOMB = 64_000_000


@pytest.mark.parametrize(
    ("content", "data"),
    [
        ("gzip", gzip.compress(bytes(BOMB))),
        ("deflate", zlib.compress(bytes(BOMB))),
        ("zstd", zstandard.compress(bytes(BOMB))),
        ("gzip, gzip", gzip.compress(gzip.compress(bytes(BOMB)))),
    ],
)
def test_a_body_is_as_long_as_asked(content: str, data: bytes) -> None:
    import tracemalloc

    tracemalloc.start()
    body = decoded_body(data, "", content, 1_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(body.data) == 1_000_000
    assert peak < 8_000_000


@pytest.mark.parametrize("size", ["7fffffffffffffff", "ffffffffffffffffffff", "-5", "1" * 70])
def test_a_chunk_is_what_is_there(size: str) -> None:
    body = decoded_body(size.encode() + b"\r\nSora", "chunked", "", 100)
    assert body.wrong
    assert b"Sora" in body.data
    assert len(body.data) < 100


def test_encodings_are_not_numberless() -> None:
    assert decoded_body(b"Sora", "", ", ".join(["gzip"] * 1000), 100) == (
        b"", "compressé 1000 fois",
    )  # fmt: skip
