"""What is Whoosh's own: its known faults, its files, and what is done about both."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from whoosh.query import And, Not, Or, Phrase, Term

from index.engines import Engine, Entry, IndexUnavailable, whoosh

Make = Callable[..., Entry]
Find = Callable[..., list[str]]


def words_of(number: int) -> list[str]:
    """Words whose frequencies differ much, drawn anew for each record."""
    chance = random.Random(number)
    return [f"m{int(40 * chance.random() ** 3)}" for _ in range(chance.randrange(1, 25))]


@pytest.fixture(scope="module")
def many() -> Engine:
    """600 records in more than six segments."""
    engine = whoosh.open(None)
    with engine.writer() as writer:
        for first in range(0, 600, 60):
            for number in range(first, first + 60):
                text = " ".join(words_of(number))
                word = str(number)
                writer.add([Entry(word, {"text": text}, {"id": [word]}, word.encode())])
            writer.commit()
    return engine


def test_exclusions_over_many_segments(many: Engine, find_ids: Find) -> None:
    """Whoosh's own scored AND NOT loses records here, in the top ten and in the total."""
    reader = many.reader()
    for pair in range(150):
        included, excluded = random.Random(pair).sample([f"m{n}" for n in range(40)], 2)
        expected = {
            n for n in range(600) if included in words_of(n) and excluded not in words_of(n)
        }
        tree = And([Term("text", included), Not(Term("text", excluded))])
        top, full = reader.search(tree, 10), reader.search(tree, 600)
        assert top.total == full.total == len(expected)
        assert {int(stored) for stored in reader.load([hit.ref for hit in full.hits])} == expected
        assert top.hits == full.hits[:10]


def test_exclusion_and_inclusion_are_the_whole(many: Engine) -> None:
    reader = many.reader()
    for number in range(40):
        tree = Or([Phrase("text", [f"m{number}", "m0"]), Term("text", f"m{number}")])
        assert reader.search(tree, 1).total + reader.search(Not(tree), 1).total == 600


def test_ties_keep_the_order_of_indexing_after_merges(entry: Make, find_ids: Find) -> None:
    """A merge puts the records of older segments behind those of the segment being written."""
    engine = whoosh.open(None)
    ids = [str(number) for number in range(40)]
    for record_id in ids:
        with engine.writer() as writer:
            writer.add([entry(record_id, "sora", comments=1)])
    assert find_ids(engine.reader(), Term("text", "sora"), order="most_commented") == ids
    assert find_ids(engine.reader(), Term("text", "sora")) == ids


@pytest.fixture
def disk_engine(tmp_path: Path) -> Engine:
    return whoosh.open(tmp_path / "index", create=True)


def test_everything_is_on_the_disk_before_it_counts(
    tmp_path: Path, entry: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a power cut can take away is only what no table of contents names yet."""
    operations: list[tuple[str, str]] = []
    fsync, rename = os.fsync, os.rename

    def synced(number: int) -> None:
        operations.append(("sync", Path(os.readlink(f"/proc/self/fd/{number}")).name))
        fsync(number)

    def renamed(old: str, new: str) -> None:
        operations.append(("rename", Path(old).name))
        rename(old, new)

    disk_engine = whoosh.open(tmp_path / "index", create=True)
    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "rename", renamed)
    with disk_engine.writer() as writer:
        writer.add([entry("1", "sora")])
    [toc] = [name for verb, name in operations if verb == "rename"]
    segments = {path.name for path in (tmp_path / "index").glob("*.seg")}
    published = operations.index(("rename", toc))
    assert segments
    assert {("sync", name) for name in {toc, *segments}} <= set(operations[:published])
    assert operations[published + 1] == ("sync", "index")


def test_a_writer_that_fails_leaves_no_trace(
    disk_engine: Engine, entry: Make, find_ids: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    with disk_engine.writer() as writer:
        writer.add([entry("1", "sora")])

    def full(number: int) -> None:
        raise OSError(28, "No space left on device")

    def write() -> None:
        with disk_engine.writer() as writer:
            writer.add([entry("2", "sora")])
            writer.remove(["1"])

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(IndexUnavailable, match="le disque est plein"):
            write()
    assert find_ids(disk_engine.reader(), Term("text", "sora")) == ["1"]
    write()
    assert find_ids(disk_engine.reader(), Term("text", "sora")) == ["2"]


def test_what_is_not_an_index_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IndexUnavailable, match="glose index"):
        whoosh.open(tmp_path / "nothing")
    with pytest.raises(IndexUnavailable, match=r"n’est pas un index|endommagé"):
        whoosh.open(tmp_path)
    (tmp_path / "file").write_text("bonjour")
    for create in (False, True):
        with pytest.raises(IndexUnavailable, match=r"n’est pas un index|endommagé"):
            whoosh.open(tmp_path / "file", create=create)


@pytest.mark.parametrize("damage", [b"", b"bonjour", b"\0" * 5000], ids=["empty", "text", "zeros"])
def test_a_damaged_table_of_contents(
    tmp_path: Path, disk_engine: Engine, entry: Make, damage: bytes
) -> None:
    with disk_engine.writer() as writer:
        writer.add([entry("1", "sora")])
    [toc] = (tmp_path / "index").glob("*.toc")
    toc.write_bytes(damage)
    with pytest.raises(IndexUnavailable, match="endommagé"):
        whoosh.open(tmp_path / "index")


def test_a_segment_that_is_missing(tmp_path: Path, disk_engine: Engine, entry: Make) -> None:
    with disk_engine.writer() as writer:
        writer.add([entry("1", "sora")])
    for path in (tmp_path / "index").glob("*.seg"):
        path.unlink()
    with pytest.raises(IndexUnavailable, match="incomplet"):
        whoosh.open(tmp_path / "index").reader()


def test_a_directory_one_may_not_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(IndexUnavailable, match="droit"):
        whoosh.open(tmp_path / "index", create=True)


def test_a_commit_made_while_the_index_is_opened_is_followed(
    tmp_path: Path, entry: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    writing = whoosh.open(tmp_path, create=True)
    open_file = whoosh._Durable.open_file
    committed: list[str] = []

    def read_late(self: object, name: str, **options: object) -> object:
        if name.endswith(".toc") and not committed:
            committed.append(name)
            with writing.writer() as writer:
                writer.add([entry("1", "sora")])
        return open_file(self, name, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(whoosh._Durable, "open_file", read_late)
    engine = whoosh.open(tmp_path)
    assert committed
    assert engine.reader().search(Term("text", "sora"), 9).total == 1


def test_a_table_that_is_never_there_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whoosh.open(tmp_path, create=True)

    def fail(*_: object, **__: object) -> object:
        raise FileNotFoundError(2, "No such file")

    monkeypatch.setattr(whoosh._Durable, "open_file", fail)
    with pytest.raises(IndexUnavailable):
        whoosh.open(tmp_path)
