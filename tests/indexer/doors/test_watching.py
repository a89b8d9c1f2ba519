"""Does what is dropped in a folder come into the index, whole and in order?"""

from __future__ import annotations

import os
import shutil
import signal
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from glose import main
from tests.indexer.doors.watched_folder import page


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


def dripped(path: Path, text: str) -> float:
    """Write a file little by little; how long the longest pause was, in seconds."""
    longest, last = 0.0, time.monotonic()
    with path.open("w") as file:
        for at in range(0, len(text), 40):
            file.write(text[at : at + 40])
            file.flush()
            time.sleep(0.1)
            now = time.monotonic()
            longest, last = max(longest, now - last), now
    return longest


def test_a_slow_file_is_read_once_and_whole(watch: Any) -> None:
    one = watch("--settle", "2")
    one.says("est suivi")
    for turn in range(20):
        before = len(one.told.read_text())
        titles = {f"Lent {turn}.{number}" for number in range(8)}
        pause = dripped(one.folder / f"{turn}.jsonl", "".join(map(page, sorted(titles))))
        one.until(lambda titles=titles: titles <= {*one.titles()})
        # a machine so busy that it stood still as long as that has shown nothing
        if pause < 1.5:
            break
    one.stop()
    assert one.told.read_text()[before:].count("fichier lu") == 1
    assert "Laissé de côté" not in one.told.read_text()[before:]


def test_a_burst_is_one_commit(watch: Any) -> None:
    one = watch("--settle", "2")
    one.says("est suivi")
    for number in range(50):
        (one.folder / f"{number:02}.jsonl").write_text(page(f"Page {number:02}"))
    one.finds(*(f"Page {number:02}" for number in range(50)))
    one.says("50 fichiers lus : 50 articles")


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
    # twice when it is looked for between the two renames
    assert one.told.read_text().count("n’est plus là") in (1, 2)
    assert one.stop() == 0


@pytest.mark.parametrize("arguments", [["absent"], ["."], [".", "--index", ":memory:"]])
def test_wrong_uses(arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    if arguments == ["."]:
        (tmp_path / "glose.index").write_text("un fichier")
        arguments = ["glose.index"]
    assert CliRunner().invoke(main, ["watch", *arguments]).exit_code == 2
