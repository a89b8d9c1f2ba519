"""Does a bad file, a busy index or a full disk ever end a watch, or lose a file?"""

from __future__ import annotations

import math
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from index import engines
from index.writing import WriteReport
from indexer.canonical.exporting import articles
from indexer.doors import watch as watch_command
from indexer.files.watching import Arrivals
from indexer.pipeline import sources
from indexer.reporting import Report
from tests.indexer.doors.watched_folder import page


def _intake(folder: Path) -> watch_command.Intake:
    return watch_command.Intake(folder, str(folder / "i"), None, sources.FORMATS)


def test_bad_files_stop_nothing(watch: Any) -> None:
    watching = watch()
    watching.says("est suivi")
    (watching.folder / "faux.jsonl").write_text("{\n")
    (watching.folder / "vide.jsonl").write_text("")
    (watching.folder / "archive.zip").write_bytes(b"PK\x03\x04 rien")
    (watching.folder / "octets.html").write_bytes(os.urandom(2000))
    watching.says("Laissé de côté")
    (watching.folder / "bon.jsonl").write_text(page("Bon"))
    watching.finds("Bon")


def test_an_index_that_is_being_written_is_tried_again(
    watch: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = engines.open(str(tmp_path / "i"), create=True)
    with engine.writer():
        watching = watch()
        (watching.folder / "a.jsonl").write_text(page("Patient"))
        watching.says("Nouvel essai")
    watching.finds("Patient")


def test_a_command_that_mends_an_index_is_told_alone(capsys: pytest.CaptureFixture[str]) -> None:
    watch_command.Refusal().say("Refaites-le : glose rebuild --index i")
    assert capsys.readouterr().err.splitlines() == [
        "glose : Refaites-le : glose rebuild --index i",
        "Nouvel essai toutes les 10 secondes.",
    ]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte."""
    place = tmp_path / "petit"
    place.mkdir()
    completed = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)], capture_output=True
    )
    if completed.returncode:
        pytest.skip("no disk can be mounted here: it takes root")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk_is_waited_for(watch: Any, small_disk: Path) -> None:
    ballast = small_disk / "ballast"
    subprocess.run(["dd", "if=/dev/zero", f"of={ballast}", "bs=4096"], capture_output=True)
    watching = watch(index=small_disk / "i")
    for number in range(3):
        (watching.folder / f"{number}.jsonl").write_text(page(f"Page {number}"))
    watching.says("le disque est plein")
    ballast.unlink()
    watching.finds("Page 0", "Page 1", "Page 2")
    # told when it began, not at each try
    assert watching.told.read_text().count("le disque est plein") == 1
    assert "Laissé de côté" not in watching.told.read_text()
    assert watching.stop() == 0


def test_a_bad_file_of_many_costs_few_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    runs = []

    def bring(paths: list[Path], *_: Any, **__: Any) -> Any:
        runs.append(len(paths))
        if any(path.name == "777.jsonl" for path in paths):
            raise RuntimeError("jamais vu")
        return watch_command.ImportReport(Report(), WriteReport())

    monkeypatch.setattr(watch_command, "bring", bring)
    paths = [tmp_path / f"{number}.jsonl" for number in range(10_000)]
    assert _intake(tmp_path).take(Arrivals(1.0), paths)
    assert len(runs) < 40
    assert capsys.readouterr().err.count("Laissé de côté") == 1


@pytest.mark.parametrize("number", [28, 122, 24, 5])
def test_an_error_of_the_machine_loses_no_file(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def bring(*_: Any, **__: Any) -> Any:
        raise OSError(number, "no")

    monkeypatch.setattr(watch_command, "bring", bring)
    path = tmp_path / "a.jsonl"
    path.write_text(page("Un"))
    arrivals = Arrivals(1.0)
    arrivals.seen([path], 0.0)
    assert arrivals.ready(2.0) == [path]
    assert not _intake(tmp_path).take(arrivals, [path])
    assert arrivals.ready(math.inf) == [path]


def test_an_error_of_one_file_is_told_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    inner = watch_command.bring

    def bring(paths: list[Path], *arguments: Any, **options: Any) -> Any:
        if any(path.name == "b.jsonl" for path in paths):
            raise RuntimeError("jamais vu")
        return inner(paths, *arguments, **options)

    monkeypatch.setattr(watch_command, "bring", bring)
    paths = [tmp_path / f"{name}.jsonl" for name in "abc"]
    for path in paths:
        path.write_text(page(path.stem))
    assert _intake(tmp_path).take(Arrivals(1.0), paths)
    captured = capsys.readouterr()
    assert "b.jsonl : erreur inattendue (RuntimeError : jamais vu)" in captured.err
    titles = [article.headline for article in articles(engines.open(str(tmp_path / "i")).reader())]
    assert sorted(titles) == ["a", "c"]
