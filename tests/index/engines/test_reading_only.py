"""Who may read an index but not write beside it searches it, and follows its writer."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from index import engines
from index.engines import IndexUnavailable
from index.engines.tantivy import mirror
from index.record import About, Record
from index.writing.writing import write

NOBODY = 65534


def article(name: str) -> list[Record]:
    return [Record(id=f"{name}#lead", kind="lead", about=About(name, "Sora"), position=0)]


@pytest.fixture
def place() -> Iterator[Path]:
    # pytest's own directories are its user's alone
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        path.chmod(0o755)
        yield path


@pytest.fixture(params=["{}/x.index", "whoosh:{}/x.index"])
def location(request: pytest.FixtureRequest, place: Path) -> str:
    location_made = str(request.param).format(place)
    write(engines.open(location_made, create=True), [article("a")], seen=1)
    return location_made


def forbid(path: Path, *, to_write: bool) -> None:
    for inner_path in [path, *path.rglob("*")]:
        inner_path.chmod(
            0o555 if to_write and inner_path.is_dir() else 0o444 if to_write else 0o755
        )


READS = """
import os, sys, tempfile
from index import engines
from index.engines import IndexUnavailable
# whoever has no rights may have none to Python's own files either
engines.open(sys.argv[1]).reader()
if os.geteuid() == 0:
    os.setegid(int(sys.argv[2]))
    os.seteuid(int(sys.argv[2]))
engine = engines.open(sys.argv[1])
for line in sys.stdin:
    print(engine.reader().size(), flush=True)
try:
    engine.writer()
except IndexUnavailable as error:
    print(error)
"""


def test_a_reader_without_the_right_to_write_follows_the_writer(location: str, place: Path) -> None:
    forbid(place / "x.index", to_write=True)
    # its own temporary directory, where what it leaves would be seen
    own = place / "tmp"
    own.mkdir()
    own.chmod(0o777)
    sizes: list[str] = []
    with subprocess.Popen(
        [sys.executable, "-c", READS, location, str(NOBODY)], text=True, bufsize=1,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(own)},
    ) as reader:  # fmt: skip
        assert reader.stdin is not None
        assert reader.stdout is not None
        for turn in range(9):
            with suppress(BrokenPipeError):
                reader.stdin.write("\n")
            sizes.append(reader.stdout.readline().strip())
            forbid(place / "x.index", to_write=False)
            # merges take away the files that the reader knew
            write(engines.open(location), [article(f"b{turn}")], seen=2)
            forbid(place / "x.index", to_write=True)
        output, cried = reader.communicate()
    forbid(place / "x.index", to_write=False)
    assert cried == ""
    assert reader.returncode == 0
    assert sizes == [str(size) for size in range(1, 10)]
    assert re.search("donnez au compte .* le droit de le lire et de l’écrire", output)
    assert list(own.iterdir()) == []


def test_the_files_of_former_commits_are_let_go(place: Path) -> None:
    original = place / "there"
    original.mkdir()
    (original / "meta.json").write_text("1")
    (original / "a.store").write_text("a")
    mirrored = mirror.Mirror(original, "there")
    assert sorted(path.name for path in mirrored.path.iterdir()) == ["a.store", "meta.json"]
    (original / "a.store").unlink()
    (original / "b.store").write_text("b")
    (original / "meta.json").write_text("2")
    assert mirrored.behind()
    mirrored.follow()
    assert not mirrored.behind()
    assert sorted(path.name for path in mirrored.path.iterdir()) == ["b.store", "meta.json"]
    mirror_path = mirrored.path
    del mirrored
    assert not mirror_path.exists()


def test_nothing_is_written_through_a_mirror(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    location = str(place / "x.index")
    write(engines.open(location, create=True), [article("a")], seen=1)
    monkeypatch.setattr("index.engines.tantivy.needed", lambda directory: True)
    engine = engines.open(location)
    assert engine.reader().size() == 1
    with pytest.raises(IndexUnavailable, match="le droit de le lire et de l’écrire"):
        engine.writer()


def test_without_a_temporary_directory_it_is_said(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    location = str(place / "x.index")
    write(engines.open(location, create=True), [article("a")], seen=1)
    monkeypatch.setattr("index.engines.tantivy.needed", lambda directory: True)
    monkeypatch.setattr(tempfile, "tempdir", str(place / "nowhere"))
    with pytest.raises(IndexUnavailable, match=r"x\.index ».*TMPDIR"):
        engines.open(location)
