"""Which files of a folder have arrived whole, one by one and ten thousand at once?"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from indexer.files import watching
from indexer.files.watching import Arrivals, belongs, files


def test_a_file_is_taken_when_it_is_quiet(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Un")
    arrivals = Arrivals(2.0)
    arrivals.seen([path], 0.0)
    path.write_text("Un deux")
    assert arrivals.ready(3.0) == []
    assert arrivals.ready(4.0) == []
    assert arrivals.ready(5.0) == [path]
    arrivals.seen([path], 6.0)
    assert arrivals.ready(20.0) == []
    path.write_text("Un deux trois")
    arrivals.seen([path], 21.0)
    assert arrivals.ready(23.0) == [path]


def test_a_burst_is_taken_together(tmp_path: Path) -> None:
    arrivals = Arrivals(2.0)
    paths = [tmp_path / f"{number}.txt" for number in range(5)]
    for number, path in enumerate(paths):
        path.write_text("Un")
        arrivals.seen([path], float(number))
        assert arrivals.ready(float(number)) == []
    assert arrivals.ready(5.0) == []
    assert arrivals.ready(6.0) == paths


def test_one_that_is_long_to_come_does_not_hold_the_others(tmp_path: Path) -> None:
    arrivals = Arrivals(2.0)
    small, large = tmp_path / "a.txt", tmp_path / "b.txt"
    small.write_text("Un")
    taken_paths = {}
    for now in range(40):
        with large.open("a") as file:
            file.write("encore" if now < 38 else "")
        arrivals.seen([small, large], float(now))
        taken_paths.update(dict.fromkeys(arrivals.ready(float(now)), now))
    assert taken_paths == {small: 20, large: 39}


def test_one_that_goes_away_is_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Un")
    arrivals = Arrivals(2.0)
    arrivals.seen([path], 0.0)
    path.unlink()
    assert arrivals.ready(9.0) == []


def test_one_that_could_not_be_written_comes_again(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Un")
    arrivals = Arrivals(2.0)
    arrivals.seen([path], 0.0)
    assert arrivals.ready(2.0) == [path]
    arrivals.again([path], 3.0)
    assert arrivals.ready(4.0) == []
    assert arrivals.ready(5.0) == [path]


def test_which_files_are_looked_at(tmp_path: Path) -> None:
    for name in (
        "a.txt",
        "photo.jpg",
        ".cache/b.txt",
        ".c.txt",
        "sous/d.html",
        "sous/d_fichiers/cadre.html",
        "i/glose.json",
        "i/data-1/meta.json",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    assert [str(file.relative_to(tmp_path)) for file in files(tmp_path, tmp_path)] == [
        "a.txt",
        "sous/d.html",
    ]
    assert not belongs(tmp_path.parent / "ailleurs.txt", tmp_path)
    assert belongs(tmp_path / "photo.jpg", tmp_path, True)


def test_thousands_of_files_are_one_batch(tmp_path: Path) -> None:
    folder = tmp_path / "arrivages"
    folder.mkdir()
    now = [0.0]
    stopped = []
    batches: list[list[Path]] = []

    def clock() -> float:
        # a look, a quarter of a second
        now[0] += 0.1
        return now[0]

    for number in range(2_000):
        subfolder = folder / f"{number % 100:02}"
        subfolder.mkdir(exist_ok=True)
        (subfolder / f"{number}.jsonl").write_text("{}")
    listed: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        inner = os.listdir
        patch.setattr(watching.os, "listdir", lambda path: listed.append(path) or inner(path))
        for _, ready_paths in watching.arrivals(
            folder, quiet=1.0, poll=False, every=False, stop=lambda: bool(stopped), clock=clock
        ):
            batches.append(ready_paths)
            stopped.append(True)
    assert [len(ready_paths) for ready_paths in batches] == [2_000]
    # what a folder holds is asked once a look, not once a file
    assert len(listed) < 1000


def test_what_a_burst_hid_is_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's queue holds some 16,000 events: of more, those that are lost are never told."""
    paths = [tmp_path / f"{number}.jsonl" for number in range(600)]
    for path in paths:
        path.write_text("{}")
    hidden_file = tmp_path / "perdu.jsonl"

    def changes(*_: Any) -> Iterator[Any]:
        yield []
        hidden_file.write_text("{}")
        yield [(1, str(path)) for path in paths]
        for _ in range(30):
            yield []

    monkeypatch.setattr(watching, "_moved", changes)
    now = iter(range(2_000))
    taken_paths: list[Path] = []
    for _, ready_paths in watching.arrivals(
        tmp_path, quiet=0.5, poll=False, every=False, stop=lambda: hidden_file in taken_paths,  # noqa: B023
        clock=lambda: float(next(now)),
    ):  # fmt: skip
        taken_paths += ready_paths
    assert sorted(taken_paths) == sorted([*paths, hidden_file])


def test_a_file_is_taken_again_when_its_time_has_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the clock of the day: the other one stands still while the machine sleeps."""
    day = [1_000.0]
    monkeypatch.setattr(watching.time, "time", lambda: day[0])
    page = tmp_path / "a.jsonl"
    page.write_text("Un")
    arrivals = Arrivals(2.0)
    arrivals.seen([page], 0.0)
    assert arrivals.ready(2.5) == [page]
    arrivals.later(page, 1_500.0)
    assert arrivals.ready(50.0) == []
    # asleep through the night
    day[0] = 40_000.0
    assert arrivals.ready(51.0) == []
    assert arrivals.ready(53.5) == [page]
    # once, and not at all if it is gone by then
    arrivals.later(page, 50_000.0)
    page.unlink()
    day[0] = 60_000.0
    assert arrivals.ready(60.0) == arrivals.ready(70.0) == []
