"""Does what is dropped in a folder come into the index, whole, and nothing stop that?"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from glose import main
from index import engines
from index.engines import IndexUnavailable
from indexer.canonical.exporting import articles
from indexer.doors import watch as watch_command
from indexer.files.watching import Arrivals, belongs, files
from indexer.pipeline import sources

LONG = 60.0
"""Seconds after which a test gives up; nothing here takes as long."""


def page(title: str) -> str:
    return f'{{"headline": "{title}", "articleBody": "Du texte."}}\n'


# --- what has arrived whole


def test_a_file_is_taken_when_it_is_quiet(tmp_path: Path) -> None:
    one = tmp_path / "a.txt"
    one.write_text("Un")
    arrivals = Arrivals(2.0)
    arrivals.seen([one], 0.0)
    one.write_text("Un deux")
    assert arrivals.ready(3.0) == []
    assert arrivals.ready(4.0) == []
    assert arrivals.ready(5.0) == [one]
    arrivals.seen([one], 6.0)
    assert arrivals.ready(20.0) == []
    one.write_text("Un deux trois")
    arrivals.seen([one], 21.0)
    assert arrivals.ready(23.0) == [one]


def test_a_burst_is_taken_together(tmp_path: Path) -> None:
    arrivals = Arrivals(2.0)
    every = [tmp_path / f"{number}.txt" for number in range(5)]
    for number, one in enumerate(every):
        one.write_text("Un")
        arrivals.seen([one], float(number))
        assert arrivals.ready(float(number)) == []
    assert arrivals.ready(5.0) == []
    assert arrivals.ready(6.0) == every


def test_one_that_is_long_to_come_does_not_hold_the_others(tmp_path: Path) -> None:
    arrivals = Arrivals(2.0)
    small, large = tmp_path / "a.txt", tmp_path / "b.txt"
    small.write_text("Un")
    taken = {}
    for now in range(40):
        with large.open("a") as file:
            file.write("encore" if now < 38 else "")
        arrivals.seen([small, large], float(now))
        taken.update(dict.fromkeys(arrivals.ready(float(now)), now))
    assert taken == {small: 20, large: 39}


def test_one_that_goes_away_is_forgotten(tmp_path: Path) -> None:
    one = tmp_path / "a.txt"
    one.write_text("Un")
    arrivals = Arrivals(2.0)
    arrivals.seen([one], 0.0)
    one.unlink()
    assert arrivals.ready(9.0) == []


def test_one_that_could_not_be_written_comes_again(tmp_path: Path) -> None:
    one = tmp_path / "a.txt"
    one.write_text("Un")
    arrivals = Arrivals(2.0)
    arrivals.seen([one], 0.0)
    assert arrivals.ready(2.0) == [one]
    arrivals.again([one], 3.0)
    assert arrivals.ready(4.0) == []
    assert arrivals.ready(5.0) == [one]


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
    assert [str(one.relative_to(tmp_path)) for one in files(tmp_path, tmp_path)] == [
        "a.txt",
        "sous/d.html",
    ]
    assert not belongs(tmp_path.parent / "ailleurs.txt", tmp_path)
    assert belongs(tmp_path / "photo.jpg", tmp_path, True)


# --- as a process


class Watching:
    """`glose watch` on a folder, in another process."""

    def __init__(self, tmp_path: Path, *options: str) -> None:
        self.folder, self.index = tmp_path / "arrivages", tmp_path / "i"
        self.folder.mkdir(exist_ok=True)
        self.told = tmp_path / "dit.txt"
        with self.told.open("w") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "glose", "watch", str(self.folder), "--index",
                 str(self.index), "--settle", "0.4", *options],
                stdout=out, stderr=subprocess.STDOUT,
            )  # fmt: skip

    def until(self, true: Callable[[], Any]) -> None:
        end = time.monotonic() + LONG
        while not true():
            assert self.process.poll() is None, self.told.read_text()
            assert time.monotonic() < end, self.told.read_text()
            time.sleep(0.05)

    def says(self, words: str) -> None:
        self.until(lambda: words in self.told.read_text())

    def finds(self, *titles: str) -> None:
        self.until(lambda: self.titles() == sorted(titles))

    def titles(self) -> list[str]:
        try:
            return sorted(one.headline for one in articles(engines.open(str(self.index)).reader()))
        except IndexUnavailable:
            return []

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(LONG)


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Callable[..., Watching]]:
    made: list[Watching] = []

    def watch(*options: str) -> Watching:
        made.append(Watching(tmp_path, *options))
        return made[-1]

    yield watch
    for one in made:
        one.process.kill()
        one.process.wait()


@pytest.mark.parametrize("options", [[], ["--poll"]])
def test_what_is_there_and_what_comes(watch: Any, tmp_path: Path, options: list[str]) -> None:
    (tmp_path / "arrivages").mkdir()
    (tmp_path / "arrivages" / "la.jsonl").write_text(page("Déjà là"))
    one = watch(*options)
    one.finds("Déjà là")
    (one.folder / "nouveau.jsonl").write_text(page("Nouveau"))
    one.finds("Déjà là", "Nouveau")
    # by renaming, in a folder that is new too
    beside = tmp_path / "beside"
    beside.mkdir()
    (beside / "profond.jsonl").write_text(page("Profond"))
    beside.rename(one.folder / "sous")
    other = tmp_path / "renomme.tmp"
    other.write_text(page("Renommé"))
    other.rename(one.folder / "renomme.jsonl")
    one.finds("Déjà là", "Nouveau", "Profond", "Renommé")
    (one.folder / "nouveau.jsonl").write_text(page("Nouveau") + page("Ajouté"))
    one.finds("Déjà là", "Nouveau", "Profond", "Renommé", "Ajouté")
    # what leaves the folder stays in the index
    (one.folder / "la.jsonl").unlink()
    shutil.rmtree(one.folder / "sous")
    (one.folder / "dernier.jsonl").write_text(page("Dernier"))
    one.finds("Déjà là", "Nouveau", "Profond", "Renommé", "Ajouté", "Dernier")
    assert one.stop() == 0
    assert "Le suivi s’arrête" in one.told.read_text()


def test_a_slow_file_is_read_once_and_whole(watch: Any) -> None:
    one = watch("--settle", "2")
    one.says("est suivi")
    with (one.folder / "lent.jsonl").open("w") as file:
        for number in range(8):
            text = page(f"Lent {number}")
            file.write(text[:20])
            file.flush()
            time.sleep(0.1)
            file.write(text[20:])
            file.flush()
            time.sleep(0.1)
    one.finds(*(f"Lent {number}" for number in range(8)))
    one.stop()
    assert one.told.read_text().count("fichier lu") == 1
    assert "Laissé de côté" not in one.told.read_text()


def test_a_burst_is_one_commit(watch: Any) -> None:
    one = watch("--settle", "2")
    one.says("est suivi")
    for number in range(50):
        (one.folder / f"{number:02}.jsonl").write_text(page(f"Page {number:02}"))
    one.finds(*(f"Page {number:02}" for number in range(50)))
    one.says("50 fichiers lus : 50 articles")


def test_bad_files_stop_nothing(watch: Any) -> None:
    one = watch()
    one.says("est suivi")
    (one.folder / "faux.jsonl").write_text("{\n")
    (one.folder / "vide.jsonl").write_text("")
    (one.folder / "archive.zip").write_bytes(b"PK\x03\x04 rien")
    (one.folder / "octets.html").write_bytes(os.urandom(2000))
    one.says("Laissé de côté")
    (one.folder / "bon.jsonl").write_text(page("Bon"))
    one.finds("Bon")


@pytest.mark.parametrize("options", [[], ["--poll"]])
def test_a_name_that_is_not_utf8_stops_nothing(
    watch: Any, tmp_path: Path, options: list[str]
) -> None:
    folder = tmp_path / "arrivages"
    folder.mkdir()
    (folder / os.fsdecode(b"\xe9tait.jsonl")).write_text(page("Déjà là"))
    one = watch(*options)
    one.finds("Déjà là")
    (folder / os.fsdecode(b"\xe9t\xe9.jsonl")).write_text(page("Arrivé"))
    one.finds("Déjà là", "Arrivé")
    (folder / "bon.jsonl").write_text(page("Bon"))
    one.finds("Déjà là", "Arrivé", "Bon")
    assert one.stop() == 0


def test_an_index_that_is_being_written_is_tried_again(
    watch: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = engines.open(str(tmp_path / "i"), create=True)
    with engine.writer():
        one = watch()
        (one.folder / "a.jsonl").write_text(page("Patient"))
        one.says("Nouvel essai")
    one.finds("Patient")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_in_order(watch: Any, tmp_path: Path, number: int) -> None:
    one = watch()
    (one.folder / "a.jsonl").write_text(page("Avant"))
    one.finds("Avant")
    assert one.stop(number) == 0
    where = ["--index", str(tmp_path / "i")]
    assert CliRunner().invoke(main, ["verify", *where]).exit_code == 0
    again = watch()
    (again.folder / "b.jsonl").write_text(page("Après"))
    again.finds("Après", "Avant")


# --- at the door


@pytest.mark.parametrize("arguments", [["absent"], ["."], [".", "--index", ":memory:"]])
def test_wrong_uses(arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    if arguments == ["."]:
        (tmp_path / "glose.index").write_text("un fichier")
        arguments = ["glose.index"]
    assert CliRunner().invoke(main, ["watch", *arguments]).exit_code == 2


def test_an_error_of_one_file_is_told_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    inner = watch_command.bring

    def bring(paths: list[Path], *others: Any, **named: Any) -> Any:
        if any(path.name == "b.jsonl" for path in paths):
            raise RuntimeError("jamais vu")
        return inner(paths, *others, **named)

    monkeypatch.setattr(watch_command, "bring", bring)
    every = [tmp_path / f"{name}.jsonl" for name in "abc"]
    for one in every:
        one.write_text(page(one.stem))
    taken = watch_command._take(
        Arrivals(1.0), every, tmp_path, str(tmp_path / "i"), None, sources.FORMATS
    )
    assert taken
    said = capsys.readouterr()
    assert "b.jsonl : erreur inattendue (RuntimeError : jamais vu)" in said.err
    titles = [one.headline for one in articles(engines.open(str(tmp_path / "i")).reader())]
    assert sorted(titles) == ["a", "c"]
