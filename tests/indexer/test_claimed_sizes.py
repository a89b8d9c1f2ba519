"""Which sizes can a file claim to each reader, and what holds whatever it claims?

One line a reader: a new one without a line fails. What bounds a reader on the other side is its
process (`indexer.pipeline.apart`), for what is large or may become so.
"""

from __future__ import annotations

import gzip
import io
import json
import sqlite3
import struct
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from indexer.files import database, open_bytes, placed_values
from indexer.pipeline.apart import is_large
from indexer.pipeline.sources import FORMATS, open_file, read
from indexer.reporting.report import Skipped

CLAIMS: dict[str, tuple[str, str]] = {
    # reader: what a file claims or repeats, what holds
    "warc": (
        "length of a record, of a line, of a chunk; times it was compressed",
        "Meter, lines of 1 MiB, pages of 32 MiB, chunks that are there, five codings",
    ),
    "archive": (
        "size of a member, of a header; number of members; archives inside",
        "Caps; what is past the end is refused; no archive inside an archive",
    ),
    "refused": ("nothing: it reads no further than the beginning", "64 KiB"),
    "disqus": ("length of a text, depth", "libxml2: 10 MB, 256 levels; no DOCTYPE"),
    "isso": ("pages, cells, overflow, a view", "SQLite: 10 MB a cell, steps by bytes"),
    "isso-json": ("depth, members", "64 MB, orjson's 1024 levels"),
    "commento": ("depth, members", "64 MB, orjson's 1024 levels"),
    "remark42": ("length of a line", "lines of 10 MB"),
    "discourse": ("depth, members", "64 MB, orjson's 1024 levels"),
    "hypothesis": ("depth, length of a row", "json_stream: 100 levels, a million parts"),
    "ytdlp": ("depth, length of a comment", "json_stream: 100 levels, a million parts"),
    "staticman": ("depth of YAML, aliases", "32 MiB, 100 levels"),
    "wordpress-json": ("depth, length of a post", "json_stream: 100 levels, a million parts"),
    "wallabag": ("depth, length of an entry", "json_stream: 100 levels, a million parts"),
    "wallabag-xml": ("length of a text, depth, entities", "libxml2: 10 MB, 256 levels; no DOCTYPE"),
    "wallabag-csv": ("length of a cell, a quote that is not closed", "16 million characters"),
    "wxr": ("length of a text, depth, entities", "libxml2: 10 MB, 256 levels; no DOCTYPE"),
    "wordpress-base": ("length of a row, of a definition; a base", "16 million characters; SQLite"),
    "dotclear": ("length of a line", "16 million characters"),
    "dotclear-sqlite": ("pages, cells, overflow, a view", "SQLite: 10 MB a cell, steps by bytes"),
    "dotclear-csv": ("length of a cell, a quote that is not closed", "16 million characters"),
    "movable-type": ("length of a line, of an entry", "a million bytes, 32 million"),
    "overblog": ("length of a text, depth, entities", "libxml2: 10 MB, 256 levels; no DOCTYPE"),
    "spip": ("pages, cells, overflow, a view", "SQLite: 10 MB a cell, steps by bytes"),
    "spip-xml": ("length of a text, depth, entities", "libxml2: 10 MB, 256 levels; no DOCTYPE"),
    "spip-csv": ("length of a cell, a quote that is not closed", "16 million characters"),
    "blogger": ("length of a text, depth, entities", "libxml2: 10 MB, 256 levels; no DOCTYPE"),
    "feed": ("length of a file, depth, entities", "32 MiB"),
    "json-feed": ("depth, members", "64 MB, orjson's 1024 levels"),
    "manifest": ("nothing: it only says what to read", "64 KiB"),
    "unknown": ("nothing: it reads no further than the beginning", "64 KiB"),
    "newsml": ("length of a text, depth, entities", "32 MiB, 256 levels; no DTD inside"),
    "program-base": ("length of a row, of a definition; a base", "16 million characters; SQLite"),
    "ninjs": ("depth, members", "64 MB, orjson's 1024 levels"),
    "jsonl": ("length of a line, depth", "64 MiB, json_stream past 4 MiB"),
    "europresse": ("length of a page", "elements of 32 MiB"),
    "factiva": ("length of a page", "32 MiB"),
    "medium": ("length of a page", "32 MiB"),
    "html": (
        "elements, depth, attributes, a page zipped inside",
        "32 MiB, 400,000 elements, 2000 levels, 400 attributes",
    ),
    "mhtml": ("length of a part, parts inside parts", "64 MiB; the page as html"),
    "markdown": ("depth of a header, keys of TOML", "32 MiB, headers of 64 KiB"),
    "parquet": ("sizes of its footer, of its pages, of a dictionary", "a process of its own"),
    "csv": ("length of a cell, a quote that is not closed", "16 million characters"),
    "page": ("length of a page", "32 MiB"),
}


def test_every_reader_has_its_line() -> None:
    assert {form.name for form in FORMATS} == CLAIMS.keys()


def reasons_of(path: Path) -> list[str]:
    return [outcome.sentence() for outcome in read([path]) if isinstance(outcome, Skipped)]


@pytest.mark.parametrize("member", ["a.txt", "a.jsonl.gz", "a.html"])
def test_a_zip_that_claims_more_than_it_has(member: str, tmp_path: Path) -> None:
    """Its directory says how much comes out of each member, and where it is."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(member, b"Sora " * 100)
    data = bytearray(buffer.getvalue())
    directory = data.index(b"PK\x01\x02")
    struct.pack_into("<I", data, directory + 24, 0xFFFFFFF0)
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    [sentence] = reasons_of(path)
    assert "dit peser plus de 1024 Mio" in sentence


def test_a_gzip_that_lies_about_its_length_is_damaged(tmp_path: Path) -> None:
    data = bytearray(gzip.compress(b'{"id": "a", "headline": "Sora"}\n' * 3))
    data[-4:] = (2**32 - 1).to_bytes(4, "little")
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(data)
    with pytest.raises(gzip.BadGzipFile), open_bytes(path) as file:
        file.read()
    assert any("endommagé" in sentence for sentence in reasons_of(path))


@pytest.mark.parametrize("pages", [1, 2**31, 2**32 - 1])
@pytest.mark.parametrize("at", [28, 32, 52], ids=["pages", "free", "vacuum"])
def test_a_base_that_claims_pages_that_are_not_there(at: int, pages: int, tmp_path: Path) -> None:
    path = tmp_path / "comments.db"
    with closing(sqlite3.connect(path)) as base:
        base.execute("CREATE TABLE threads (id INTEGER PRIMARY KEY, uri, title)")
        base.execute(
            "CREATE TABLE comments (tid, id INTEGER PRIMARY KEY, parent, created, modified, mode,"
            " remote_addr, text, author)"
        )
        base.execute("INSERT INTO threads VALUES (1, '/x', 'X')")
        base.execute("INSERT INTO comments VALUES (1, 1, NULL, 1e9, NULL, 1, '', ?, 'Yann')",
                     ("mot " * 5000,))  # fmt: skip
        base.commit()
    data = bytearray(path.read_bytes())
    struct.pack_into(">I", data, at, pages)
    path.write_bytes(data)
    assert _most_memory(lambda: [*read([path])]) < 20_000_000


def _most_memory(work: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("opening", [b"[", b'{"a":'])
def test_the_place_of_what_is_deep_is_not_made(opening: bytes) -> None:
    """ijson makes the place of each part of what it is given, all at once."""
    data = b'[{"id": 1, "b": ' + opening * 20_000

    def look() -> None:
        [last] = placed_values(io.BytesIO(data), "a.json", "item.id.none", "item.b")
        assert isinstance(last, Skipped)

    assert _most_memory(look) < 30_000_000


class Read(io.BytesIO):
    """A file that knows how often it was read."""

    times = 0

    def read(self, size: int | None = -1) -> bytes:
        self.times += 1
        return super().read(size)


@pytest.mark.parametrize("text", ["x" * (4 << 20), 'une phrase, "une autre" ; ' * 160_000])
def test_a_long_text_is_looked_at_a_few_times(text: str) -> None:
    """yajl looks at the whole of it again with each piece: 60 s for 8 MB in pieces of 2 KB."""
    stream = Read(json.dumps([{"id": text}, {"id": "b"}]).encode())
    values = [placed.value for placed in placed_values(stream, "a.json", "item.id")]
    assert values == [text, "b"]
    assert stream.times < 30


def test_a_query_of_a_base_ends(tmp_path: Path) -> None:
    """What is called a table may be a view, and a view a question without an end."""
    path = tmp_path / "a.db"
    with sqlite3.connect(path) as base:
        base.execute(
            "CREATE VIEW spip_articles AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL"
            " SELECT x + 1 FROM n) SELECT x FROM n WHERE x < 0"
        )
    base.close()
    with (
        database(path) as opened_base,
        pytest.raises(sqlite3.OperationalError, match="interrupted"),
    ):
        opened_base.execute("SELECT * FROM spip_articles").fetchone()


def test_a_parquet_is_read_by_a_process_of_its_own(tmp_path: Path) -> None:
    """A dictionary of one long text, and rows that name it: a kilobyte may be gigabytes."""
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "a.parquet"
    table = pyarrow.table({"titre": ["a"] * 300, "texte": ["mot " * 100_000] * 300})
    parquet.write_table(table, path, compression="zstd")
    assert path.stat().st_size < 100_000
    file = open_file(path)
    assert isinstance(file, tuple)
    assert is_large(*file)


def test_a_page_that_extracts_itself_is_not_larger_than_a_page(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("index.html", bytes(40 << 20))
    path = tmp_path / "a.html"
    path.write_bytes(b"<!DOCTYPE html> <html data-sfz><!--" + buffer.getvalue())
    [sentence] = reasons_of(path)
    assert "page de plus de 32 Mio" in sentence
    assert len(zlib.compress(bytes(40 << 20))) < 100_000
