"""Does what is dropped in a folder come into the index, whole, and nothing stop that?"""

from __future__ import annotations

import math
import os
import shutil
import signal
import socket
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
from index.writing import Written
from indexer.canonical.exporting import articles
from indexer.doors import watch as watch_command
from indexer.doors.service_manager import ServiceManager
from indexer.files.watching import Arrivals
from indexer.pipeline import sources
from indexer.reporting import Report

LONG = 60.0
"""Seconds after which a test gives up; nothing here takes as long."""


def page(title: str) -> str:
    return f'{{"headline": "{title}", "articleBody": "Du texte."}}\n'


# --- as a process


class Watching:
    """`glose watch` on a folder, in another process."""

    def __init__(
        self, tmp_path: Path, *options: str, index: Path | None = None, **environment: str
    ) -> None:
        self.folder, self.index = tmp_path / "arrivages", index or tmp_path / "i"
        self.folder.mkdir(exist_ok=True)
        self.told = tmp_path / "dit.txt"
        with self.told.open("w") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "glose", "watch", str(self.folder), "--index",
                 str(self.index), "--settle", "0.4", *options],
                stdout=out, stderr=subprocess.STDOUT, env={**os.environ, **environment},
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

    def watch(*options: str, **more: Any) -> Watching:
        made.append(Watching(tmp_path, *options, **more))
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


@pytest.mark.parametrize("options", [[], ["--poll"]])
def test_a_folder_that_goes_is_waited_for(watch: Any, options: list[str]) -> None:
    one = watch(*options)
    (one.folder / "a.jsonl").write_text(page("Avant"))
    one.finds("Avant")
    shutil.rmtree(one.folder)
    one.says("n’est plus là : il est attendu")
    # and one that takes its place at once is not the one that was watched
    for title in ("Revenu", "Remplacé"):
        other = one.folder.with_name(f"autre-{title}")
        other.mkdir()
        (other / f"{title}.jsonl").write_text(page(title))
        if one.folder.exists():
            one.folder.rename(one.folder.with_name("ancien"))
        other.rename(one.folder)
        one.until(lambda title=title: title in one.titles())
    (one.folder / "b.jsonl").write_text(page("Ensuite"))
    one.finds("Avant", "Ensuite", "Remplacé", "Revenu")
    assert one.told.read_text().count("n’est plus là") == 1
    assert one.stop() == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte."""
    place = tmp_path / "petit"
    place.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)], capture_output=True
    )
    if made.returncode:
        pytest.skip("no disk can be mounted here: it takes root")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk_is_waited_for(watch: Any, small_disk: Path) -> None:
    ballast = small_disk / "ballast"
    subprocess.run(["dd", "if=/dev/zero", f"of={ballast}", "bs=4096"], capture_output=True)
    one = watch(index=small_disk / "i")
    for number in range(3):
        (one.folder / f"{number}.jsonl").write_text(page(f"Page {number}"))
    one.says("le disque est plein")
    ballast.unlink()
    one.finds("Page 0", "Page 1", "Page 2")
    # told when it began, not at each try
    assert one.told.read_text().count("le disque est plein") == 1
    assert "Laissé de côté" not in one.told.read_text()
    assert one.stop() == 0


# --- errors of one file, and of the machine


def test_a_bad_file_of_many_costs_few_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    runs = []

    def bring(paths: list[Path], *_: Any, **__: Any) -> Any:
        runs.append(len(paths))
        if any(path.name == "777.jsonl" for path in paths):
            raise RuntimeError("jamais vu")
        return watch_command.Brought(Report(), Written())

    monkeypatch.setattr(watch_command, "bring", bring)
    every = [tmp_path / f"{number}.jsonl" for number in range(10_000)]
    assert watch_command._take(Arrivals(1.0), every, tmp_path, "i", None, sources.FORMATS)
    assert len(runs) < 40
    assert capsys.readouterr().err.count("Laissé de côté") == 1


@pytest.mark.parametrize("number", [28, 122, 24, 5])
def test_an_error_of_the_machine_loses_no_file(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def bring(*_: Any, **__: Any) -> Any:
        raise OSError(number, "no")

    monkeypatch.setattr(watch_command, "bring", bring)
    one = tmp_path / "a.jsonl"
    one.write_text(page("Un"))
    arrivals = Arrivals(1.0)
    arrivals.seen([one], 0.0)
    assert arrivals.ready(2.0) == [one]
    assert not watch_command._take(arrivals, [one], tmp_path, "i", None, sources.FORMATS)
    assert arrivals.ready(math.inf) == [one]


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


# --- under a manager of services


@pytest.mark.parametrize("abstract", [False, True])
def test_the_manager_is_told(watch: Any, tmp_path: Path, abstract: bool) -> None:
    name = f"@glose-{os.getpid()}" if abstract else str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard:
        heard.bind("\0" + name[1:] if abstract else name)
        heard.settimeout(LONG)
        one = watch(NOTIFY_SOCKET=name, WATCHDOG_USEC="600000")
        first = heard.recv(4096).decode().splitlines()
        assert first[0] == "READY=1"
        assert first[1].startswith("STATUS=Attend ce qui arrive dans « ")
        assert heard.recv(4096) == b"WATCHDOG=1"
        (one.folder / "a.jsonl").write_text(page("Un"))
        told = []
        while not any("Lit 1 fichier" in line for line in told):
            told.append(heard.recv(4096).decode())
        shutil.rmtree(one.folder)
        while "attendu" not in told[-1]:
            told.append(heard.recv(4096).decode())
        # it lives while it waits
        while told[-1] != "WATCHDOG=1":
            told.append(heard.recv(4096).decode())
        one.process.terminate()
        while told[-1] != "STOPPING=1":
            told.append(heard.recv(4096).decode())
        assert one.process.wait(LONG) == 0


def test_no_manager_is_told_nothing(tmp_path: Path) -> None:
    assert not ServiceManager({}).told("READY=1")
    for address in ("relatif", "vsock:2:1234", str(tmp_path / "absent")):
        assert not ServiceManager({"NOTIFY_SOCKET": address}).told("READY=1")
    for wrong in ({"WATCHDOG_USEC": "x"}, {"WATCHDOG_USEC": "9", "WATCHDOG_PID": "1"}):
        ServiceManager(wrong).alive()


def test_the_watchdog_is_told_twice_as_often_as_it_wants(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard:
        heard.bind(str(tmp_path / "n"))
        now = [0.0]
        manager = ServiceManager(
            {"NOTIFY_SOCKET": str(tmp_path / "n"), "WATCHDOG_USEC": "10000000"}, lambda: now[0]
        )
        for second in range(21):
            now[0] = float(second)
            manager.alive()
        heard.setblocking(False)
        count = 0
        try:
            while heard.recv(100):
                count += 1
        except BlockingIOError:
            pass
        assert count == 5


# --- at the door


@pytest.mark.parametrize("arguments", [["absent"], ["."], [".", "--index", ":memory:"]])
def test_wrong_uses(arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    if arguments == ["."]:
        (tmp_path / "glose.index").write_text("un fichier")
        arguments = ["glose.index"]
    assert CliRunner().invoke(main, ["watch", *arguments]).exit_code == 2
