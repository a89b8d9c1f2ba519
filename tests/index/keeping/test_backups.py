"""A copy of an index comes back whole, or not at all."""

from __future__ import annotations

import io
import os
import tarfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index import engines
from index.engines import Engine, IndexUnavailable, disk
from index.engines.directory import sums
from index.keeping.backups import backup, restore
from index.keeping.forgetting import forget
from index.keeping.rewriting import everything
from index.keeping.verifying import verify
from index.record import Record
from index.writing import forgotten
from index.writing.writing import write
from tests.index.small_articles import article


@pytest.fixture(params=["{}/tantivy.index", "whoosh:{}/whoosh.index"])
def location(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(request.param).format(tmp_path)


@pytest.fixture
def engine(location: str) -> Engine:
    opened_engine = engines.open(location, create=True)
    write(opened_engine, [article("a", "un", "deux")], seen=10)
    return opened_engine


def stored(location: str) -> dict[str, Record]:
    return {record.id: record for record in everything(engines.open(location).reader())}


@pytest.fixture(params=["copy.tar", "copy.tar.gz"])
def copy(request: pytest.FixtureRequest, engine: Engine, tmp_path: Path) -> Path:
    copy_path = tmp_path / str(request.param)
    assert backup(engine, copy_path) == copy_path.stat().st_size
    return copy_path


def test_a_copy_comes_back_elsewhere(copy: Path, location: str, tmp_path: Path) -> None:
    other_location = location.replace(".index", ".other")
    assert restore(copy, other_location) == 3
    assert stored(other_location) == stored(location)
    assert verify(other_location).problems == []
    assert write(engines.open(other_location), [article("b")], seen=20).added == 1


def test_a_pipe_takes_the_copy_and_stays_a_pipe(
    engine: Engine, location: str, tmp_path: Path
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor() as pool:
        copied_bytes = pool.submit(pipe.read_bytes)
        backup(engine, pipe)
    assert pipe.is_fifo()
    (tmp_path / "taken.tar").write_bytes(copied_bytes.result())
    other_location = location.replace(".index", ".other")
    assert restore(tmp_path / "taken.tar", other_location) == 3
    assert stored(other_location) == stored(location)


def test_a_link_goes_on_leading_to_the_copy(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    link, target = tmp_path / "copy.tar", tmp_path / "elsewhere" / "real.tar"
    link.symlink_to(target)
    assert backup(engine, link) == target.stat().st_size
    assert link.is_symlink()
    assert backup(engine, link) == target.stat().st_size
    assert os.listdir(tmp_path / "elsewhere") == ["real.tar"]


def test_an_index_in_place_is_replaced_only_when_told(
    copy: Path, engine: Engine, location: str
) -> None:
    before = stored(location)
    write(engine, [article("a"), article("b")], seen=20)
    with pytest.raises(IndexUnavailable, match="--force"):
        restore(copy, location)
    assert "b#lead" in stored(location)
    serving = engines.open(location)
    generation = serving.reader().generation
    assert restore(copy, location, force=True) == 3
    assert stored(location) == before
    # who serves follows
    assert serving.reader().size() == 3
    assert serving.reader().generation > generation


def test_a_damaged_index_is_replaced(copy: Path, location: str) -> None:
    path = engines.place(location)[1]
    assert path is not None
    before = stored(location)
    for file in (path / "data-1").iterdir():
        file.unlink()
        file.touch()
    with pytest.raises(IndexUnavailable):
        engines.open(location)
    assert restore(copy, location, force=True) == 3
    assert stored(location) == before


def test_whom_the_index_forgot_does_not_come_back_from_a_copy(
    copy: Path, engine: Engine, location: str
) -> None:
    forget(engine, "Zoé", at="")
    assert restore(copy, location, force=True) == 1
    assert sorted(stored(location)) == ["a#lead"]
    path = engines.place(location)[1]
    assert path is not None
    assert forgotten.load(path).knows("zoe")


def test_a_directory_that_is_not_an_index_is_never_replaced(copy: Path, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "thesis.odt").write_text("mine")
    for force in (False, True):
        with pytest.raises(IndexUnavailable):
            restore(copy, str(folder), force=force)
    assert [path.name for path in folder.iterdir()] == ["thesis.odt"]


@pytest.mark.parametrize(
    "name",
    [
        "../out",
        "/tmp/out",
        "data-1/../../out",
        "other",
        "data-1/a/b",
        "data-1",
    ],
)
def test_only_the_names_of_an_index_are_taken_out(name: str, tmp_path: Path) -> None:
    hostile = tmp_path / "hostile.tar"
    with tarfile.open(hostile, "w") as tar:
        tar.addfile(tarfile.TarInfo(name), io.BytesIO())
    with pytest.raises(IndexUnavailable, match="n’est pas une sauvegarde"):
        restore(hostile, str(tmp_path / "x.index"))
    assert [path.name for path in tmp_path.iterdir()] == ["hostile.tar"]


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE])
def test_only_plain_files_are_taken_out(kind: bytes, tmp_path: Path) -> None:
    hostile = tmp_path / "hostile.tar"
    with tarfile.open(hostile, "w") as tar:
        member = tarfile.TarInfo("data-1/meta.json")
        member.type, member.linkname = kind, "/etc/passwd"
        tar.addfile(member)
    with pytest.raises(IndexUnavailable, match="n’est pas une sauvegarde"):
        restore(hostile, str(tmp_path / "x.index"))


def test_a_copy_that_changed_is_refused(copy: Path, tmp_path: Path) -> None:
    content = copy.read_bytes()
    for at in range(0, len(content), max(1, len(content) // 60)):
        copy.write_bytes(content[:at] + bytes([content[at] ^ 0x10]) + content[at + 1 :])
        place = str(tmp_path / f"{at}.index")
        try:
            restore(copy, place)
        except IndexUnavailable:
            continue
        # a byte of a name's padding, of a date: what matters came back
        assert verify(place).problems == [], at


def test_a_copy_cut_short_is_refused(copy: Path, tmp_path: Path) -> None:
    content = copy.read_bytes()
    for part in (0, 100, len(content) // 2):
        copy.write_bytes(content[:part])
        with pytest.raises(IndexUnavailable):
            restore(copy, str(tmp_path / "x.index"))
    assert not (tmp_path / "x.index").exists()


def test_an_index_in_memory_cannot_be_restored(copy: Path) -> None:
    with pytest.raises(IndexUnavailable, match="n’est pas un dossier"):
        restore(copy, ":memory:")


def test_a_damaged_index_is_not_copied_over_a_good_copy(
    copy: Path, engine: Engine, location: str
) -> None:
    sound_copy = copy.read_bytes()
    path = engines.place(location)[1]
    assert path is not None
    data = max((path / "data-1").iterdir(), key=lambda path: path.stat().st_size)
    content = data.read_bytes()
    data.unlink()
    data.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(IndexUnavailable, match="endommagé"):
        backup(engine, copy)
    assert copy.read_bytes() == sound_copy
    assert not list(copy.parent.glob(f".{copy.name}*"))


def test_an_index_whose_writer_died_before_it_listed_its_files_is_copied(
    engine: Engine, location: str, tmp_path: Path
) -> None:
    path = engines.place(location)[1]
    assert path is not None
    before = (path / "data-1" / sums.NAME).read_bytes()
    write(engine, [article("b", "trois")], seen=20)
    (path / "data-1" / sums.NAME).write_bytes(before)
    (path / "writer.lock").write_text('{"pid": 1}')
    copy = tmp_path / "copy.tar"
    backup(engine, copy)
    other_location = location.replace(".index", ".other")
    assert restore(copy, other_location) == 5
    assert verify(other_location).problems == []


def test_what_dead_makers_left_is_swept_and_what_a_living_one_makes_is_not(tmp_path: Path) -> None:
    target = tmp_path / "copy.tar"
    dead = tmp_path / ".copy.tar.abc.new"
    dead.mkdir()
    (dead / "copy.tar").write_bytes(b"their comments")
    foreign_draft = tmp_path / ".other.tar.abc.new"
    foreign_draft.mkdir()
    with disk.draft(target) as first_draft, disk.draft(target) as second_draft:
        assert not dead.exists()
        assert first_draft.is_dir()
        assert second_draft.is_dir()
    assert [path.name for path in tmp_path.iterdir()] == [foreign_draft.name]
