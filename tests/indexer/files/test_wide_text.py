"""Is an export saved in UTF-16 (PowerShell's `>`, an editor's "Unicode") read as in UTF-8?"""

from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from indexer.article import Article
from indexer.files import open_bytes
from indexer.pipeline import sources
from indexer.reporting import Outcome
from indexer.times import Capture
from tests.indexer.samples import EXPORTS

CAPTURE = Capture(date(2026, 11, 28))
TEXTS = [
    *("commento.json", "discourse.json", "disqus.xml", "dotclear.txt", "feed.rss", "isso.json"),
    *("hypothesis.json", "movable-type.txt", "overblog.xml", "remark42.jsonl", "spip.xml"),
    *("wallabag.csv", "wallabag.json", "wordpress.xml"),
]
ENCODINGS = {
    "marked": lambda text: text.encode("utf-16"),
    "big-endian": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "no mark": lambda text: text.encode("utf-16-le"),
    "compressed": lambda text: gzip.compress(text.encode("utf-16")),
}


def outcomes(path: Path) -> list[Outcome]:
    """What is read of a file, but for the name of the file."""
    return [
        outcome if isinstance(outcome, Article) else replace(outcome, source="")  # type: ignore[call-arg]
        for outcome in sources.read([path], CAPTURE)
    ]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("name", TEXTS)
def test_an_export_in_utf_16_is_read_as_in_utf_8(name: str, encoding: str, tmp_path: Path) -> None:
    text = (EXPORTS / name).read_text()
    path = tmp_path / name
    path.write_text(text)
    expected = outcomes(path)
    assert any(isinstance(outcome, Article) for outcome in expected)
    path.write_bytes(ENCODINGS[encoding](text))
    assert outcomes(path) == expected


@pytest.mark.parametrize(
    "data",
    [
        "Sora".encode("utf-32"),
        b"\xff\xfe\x00\x00\x00\x00",
        b"\xff\xfe\x00\xd8\x00\xd8",
        b"\xff\xfb\x90\x44\x00\x00",
        b"S\0ra",
        b"\x00\x01" * 500,
        bytes(range(256)) * 8,
        b"",
    ],
)
def test_what_is_no_utf_16_is_left_as_it_is(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(data)
    with open_bytes(path) as opened:
        assert opened.read() == data


def test_half_a_character_at_the_end_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes("\ufeffété".encode("utf-16-le") + b"x")
    with open_bytes(path) as opened:
        assert opened.read().decode("utf-8-sig") == "été\ufffd"


@pytest.mark.parametrize("text", ["Édito;Date\n", "œuvre;auteur\n", "“Non”, dit-il.\n"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_text_without_a_mark_begins_by_any_letter(
    text: str, encoding: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode(encoding))
    with open_bytes(path) as opened:
        assert opened.read().decode("utf-8-sig") == text
