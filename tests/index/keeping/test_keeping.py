"""An index in a directory: its stamp, its one writer, and how a new one takes its place."""

from __future__ import annotations

import json
import multiprocessing
import os
import pickle
import signal
import threading
from multiprocessing.synchronize import Event
from pathlib import Path

import orjson
import pytest
from whoosh.query import Term

from index import engines, french
from index.engines import Engine, IndexUnavailable, disk, places, stamp
from index.engines.directory import lock
from index.keeping.backups import backup, restore
from index.keeping.rewriting import delete, everything, rewrite
from index.keeping.verifying import verify
from index.writing.writing import write
from tests.index.small_articles import article, stored


def path_of(location: str) -> Path:
    path = engines.place(location)[1]
    assert path is not None
    return path


def data(location: str) -> list[str]:
    return sorted(path.name for path in path_of(location).iterdir() if path.is_dir())


def restamp(path: Path, **changes: object) -> None:
    content = disk.read_json(path / stamp.NAME)
    disk.write_json(path / stamp.NAME, {**content, **changes})


# The stamp


def test_a_directory_says_whose_it_is(engine: Engine, location: str) -> None:
    value = orjson.loads((path_of(location) / "glose.json").read_bytes())
    assert value["format"] == stamp.FORMAT
    assert value["french"] == stamp.FRENCH
    assert value["data"] == "data-1"


def test_a_directory_with_something_else_is_never_touched(tmp_path: Path) -> None:
    (tmp_path / "thesis.odt").write_text("mine")
    for create in (False, True):
        with pytest.raises(IndexUnavailable, match="n’est pas un index de Glose"):
            engines.open(str(tmp_path), create=create)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.odt"]


def test_a_file_is_not_an_index(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    for create in (False, True):
        with pytest.raises(IndexUnavailable, match="n’est pas un index de Glose"):
            engines.open(str(tmp_path / "file"), create=create)


def test_another_french_is_refused_with_the_command_that_mends_it(
    engine: Engine, location: str
) -> None:
    restamp(path_of(location), french=stamp.FRENCH - 1)
    with pytest.raises(IndexUnavailable, match=f"glose rebuild --index {location}"):
        engines.open(location)
    old = engines.open(location, former=True)
    before = stored(old)
    with pytest.raises(IndexUnavailable, match="glose rebuild"):
        write(old, [article("c")], seen=20)
    rewrite(engines.open(location, former=True))
    assert stored(engines.open(location)) == before
    results = engines.open(location).reader().search(Term("stem", french.stem("requin")), 9)
    assert results.total == 2


def test_other_columns_are_refused_and_mended_alike(engine: Engine, location: str) -> None:
    restamp(path_of(location), fields=[["text", "text", False]])
    with pytest.raises(IndexUnavailable, match=r"d’autres colonnes ; .* glose rebuild"):
        engines.open(location)
    rewrite(engines.open(location, former=True))
    assert engines.open(location).reader().size() == 5


def test_another_format_cannot_be_rebuilt(engine: Engine, location: str) -> None:
    restamp(path_of(location), format=stamp.FORMAT + 1)
    for former in (False, True):
        with pytest.raises(IndexUnavailable, match="mettez Glose à jour"):
            engines.open(location, former=former)


def test_another_engine_s_index_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.index"
    engines.open(f"whoosh:{path}", create=True)
    with pytest.raises(IndexUnavailable, match="donnez --index whoosh:"):
        engines.open(str(path), create=True)


def test_a_changed_stamp_is_seen(engine: Engine, location: str) -> None:
    place = path_of(location) / stamp.NAME
    place.write_bytes(place.read_bytes().replace(b"data-1", b"data-7"))
    with pytest.raises(IndexUnavailable, match=r"endommagé \(glose.json\)"):
        engines.open(location)


def test_an_index_that_lost_its_stamp_is_never_made_anew(
    engine: Engine, location: str, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.tar"
    backup(engine, copy)
    before = stored(engine)
    rewrite(engine)
    for turn in (1, 2):
        (path_of(location) / stamp.NAME).unlink()
        for create in (False, True):
            with pytest.raises(IndexUnavailable, match=r"endommagé \(glose.json\).*glose restore"):
                engines.open(location, create=create)
        assert list(path_of(location).glob("data-*/*"))
        with pytest.raises(IndexUnavailable, match="--force"):
            restore(copy, location)
        assert restore(copy, location, force=True) == 5
        assert stored(engines.open(location)) == before, turn


def test_the_default_engine_reads_no_pickle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    location = str(tmp_path / "x.index")
    write(engines.open(location, create=True), [article("a", "un requin")], seen=10)

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a pickle is read")

    for name in ("load", "loads", "Unpickler", "_Unpickler"):
        monkeypatch.setattr(pickle, name, refuse)
    opened_engine = engines.open(location)
    write(opened_engine, [article("a", "deux requins"), article("b")], seen=20)
    delete(opened_engine, ["b"])
    rewrite(opened_engine)
    backup(opened_engine, tmp_path / "copy.tar")
    restore(tmp_path / "copy.tar", location, force=True)
    assert verify(location).problems == []
    assert engines.open(location).reader().search(Term("stem", french.stem("requin")), 9).total == 1


def test_a_making_that_died_is_taken_up(location: str) -> None:
    path = path_of(location)
    (path / "data-1").mkdir(parents=True)
    (path / "data-1" / "half").write_text("")
    (path / lock.NAME).write_text("{}")
    (path / "glose.json.new").write_text("{")
    assert engines.open(location, create=True).reader().size() == 0
    with pytest.raises(IndexUnavailable, match="glose index"):
        engines.open(str(path) + "-none")


# One writer


def holding(location: str, holding_lock: Event, free: Event) -> None:
    with engines.open(location).writer():
        holding_lock.set()
        free.wait(600)


def test_a_second_writer_is_told_who_holds_the_index(engine: Engine, location: str) -> None:
    context = multiprocessing.get_context("spawn")
    holding_lock, free = context.Event(), context.Event()
    process = context.Process(target=holding, args=(location, holding_lock, free))
    process.start()
    assert holding_lock.wait(600)
    try:
        for work in (
            lambda: write(engine, [article("c")], seen=20),
            lambda: rewrite(engine),
            lambda: delete(engine, ["a"]),
        ):
            with pytest.raises(IndexUnavailable, match=f"processus {process.pid} sur "):
                work()
        # readers ask nobody
        assert engines.open(location).reader().size() == 5
    finally:
        free.set()
        process.join()
    assert write(engine, [article("c")], seen=20).added == 1
    assert (path_of(location) / lock.NAME).read_bytes() == b""


def test_a_dead_writer_s_lock_is_free(engine: Engine, location: str) -> None:
    context = multiprocessing.get_context("spawn")
    holding_lock, free = context.Event(), context.Event()
    process = context.Process(target=holding, args=(location, holding_lock, free))
    process.start()
    assert holding_lock.wait(600)
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    assert (path_of(location) / lock.NAME).read_bytes() != b""
    assert write(engines.open(location), [article("c")], seen=20).added == 1
    assert (path_of(location) / lock.NAME).read_bytes() == b""


def test_the_lock_does_not_say_what_was_asked(
    engine: Engine, location: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["/usr/bin/glose", "forget", "--commenter", "Zoé"])
    with engine.writer():
        value = json.loads((path_of(location) / lock.NAME).read_text())
    assert value["command"] == "glose forget"
    assert value["pid"] == os.getpid()


MOUNTS = """\
/dev/vda / ext4 rw 0 0
server:/pages /srv/p\\040ages nfs4 rw 0 0
overlay /srv/p\\040ages/local overlay rw 0 0
me@host: /home/me/far fuse.sshfs rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "warned"),
    [
        ("/srv/p ages/glose.index", True),
        ("/srv/p ages/local/glose.index", False),
        ("/srv/p ages2/glose.index", False),
        ("/home/me/far", True),
        ("/home/me/glose.index", False),
    ],
)
def test_an_index_on_a_network_file_system_is_warned_of(path: str, warned: bool) -> None:
    warning = disk.network_warning(Path(path), MOUNTS)
    assert (warning is not None) == warned
    assert warning is None or "disque local" in warning


# A new index in the place of the old


def test_a_rewritten_index_is_the_same_and_readers_follow(engine: Engine, location: str) -> None:
    serving = engines.open(location)
    old = serving.reader()
    before = stored(serving)
    report = rewrite(engine)
    assert (report.records_before, report.records) == (5, 5)
    assert data(location) == ["data-2"]
    # who was reading keeps reading, at least what is in hand
    assert old.search(Term("stem", french.stem("requin")), 9).total == 2
    assert stored(serving) == before
    assert serving.reader().generation > old.generation
    assert write(serving, [article("b", "trois", "quatre")], seen=20).added == 1
    assert engines.open(location).reader().size() == 6


def test_what_was_seen_first_stays_so(engine: Engine, location: str) -> None:
    rewrite(engine)
    assert {record.seen for record in everything(engines.open(location).reader())} == {10}


def test_a_rewriting_that_fails_changes_nothing(engine: Engine, location: str) -> None:
    def refuse(reader: object) -> None:
        raise IndexUnavailable("non")

    before, generation = stored(engine), engine.reader().generation
    with pytest.raises(IndexUnavailable, match="non"):
        rewrite(engine, check=refuse)
    assert data(location) == ["data-1"]
    assert stored(engine) == before
    assert engine.reader().generation == generation
    assert write(engine, [article("c")], seen=20).added == 1


def test_a_shadow_that_a_crash_left_is_swept_by_the_next_writer(
    engine: Engine, location: str
) -> None:
    shadow = path_of(location) / "data-9"
    shadow.mkdir()
    (shadow / "meta.json").write_text("{")
    assert engines.open(location).reader().size() == 5
    assert shadow.exists()
    write(engine, [article("c")], seen=20)
    assert data(location) == ["data-1"]


def test_readers_never_miss_while_the_index_is_rewritten(engine: Engine, location: str) -> None:
    rewritten = threading.Event()
    faults: list[object] = []

    def read_index() -> None:
        serving = engines.open(location)
        while not rewritten.is_set():
            try:
                if (size := len(stored(serving))) != 5:
                    faults.append(size)
            except IndexUnavailable as error:
                faults.append(error)

    readers = [threading.Thread(target=read_index) for _ in range(3)]
    for thread in readers:
        thread.start()
    for _ in range(5):
        rewrite(engine)
    rewritten.set()
    for thread in readers:
        thread.join()
    assert faults == []


def test_an_index_is_as_large_as_its_files(engine: Engine, location: str) -> None:
    paths = (path for path in path_of(location).rglob("*") if path.is_file())
    assert places.size(engine) == sum(path.stat().st_size for path in paths)


def test_an_index_in_memory_is_not_kept() -> None:
    with pytest.raises(IndexUnavailable, match="n’est pas sur un disque"):
        rewrite(engines.open(":memory:"))
    assert places.size(engines.open(":memory:")) is None
