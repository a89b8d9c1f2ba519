"""Does what is dropped in a folder come into the index, whole and in order?"""

from __future__ import annotations

import json
import os
import shutil
import signal
import time
from datetime import UTC, datetime, timedelta
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
    watching = watch(*options)
    watching.finds("Déjà là")
    (watching.folder / "nouveau.jsonl").write_text(page("Nouveau"))
    watching.finds("Déjà là", "Nouveau")
    # by renaming, in a folder that is new too
    outside = tmp_path / "beside"
    outside.mkdir()
    (outside / "profond.jsonl").write_text(page("Profond"))
    outside.rename(watching.folder / "sous")
    renamed = tmp_path / "renomme.tmp"
    renamed.write_text(page("Renommé"))
    renamed.rename(watching.folder / "renomme.jsonl")
    watching.finds("Déjà là", "Nouveau", "Profond", "Renommé")
    (watching.folder / "nouveau.jsonl").write_text(page("Nouveau") + page("Ajouté"))
    watching.finds("Déjà là", "Nouveau", "Profond", "Renommé", "Ajouté")
    # what leaves the folder stays in the index
    (watching.folder / "la.jsonl").unlink()
    shutil.rmtree(watching.folder / "sous")
    (watching.folder / "dernier.jsonl").write_text(page("Dernier"))
    watching.finds("Déjà là", "Nouveau", "Profond", "Renommé", "Ajouté", "Dernier")
    assert watching.stop() == 0
    assert "Le suivi s’arrête" in watching.told.read_text()


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
    watching = watch("--settle", "2")
    watching.says("est suivi")
    for turn in range(20):
        before = len(watching.told.read_text())
        titles = {f"Lent {turn}.{number}" for number in range(8)}
        pause = dripped(watching.folder / f"{turn}.jsonl", "".join(map(page, sorted(titles))))
        watching.until(lambda titles=titles: titles <= {*watching.titles()})
        # a machine so busy that it stood still as long as that has shown nothing
        if pause < 1.5:
            break
    watching.stop()
    assert watching.told.read_text()[before:].count("fichier lu") == 1
    assert "Laissé de côté" not in watching.told.read_text()[before:]


def test_a_burst_is_one_commit(watch: Any) -> None:
    watching = watch("--settle", "2")
    watching.says("est suivi")
    for number in range(50):
        (watching.folder / f"{number:02}.jsonl").write_text(page(f"Page {number:02}"))
    watching.finds(*(f"Page {number:02}" for number in range(50)))
    watching.says("50 fichiers lus : 50 articles")


@pytest.mark.parametrize("options", [[], ["--poll"]])
def test_a_name_that_is_not_utf8_stops_nothing(
    watch: Any, tmp_path: Path, options: list[str]
) -> None:
    folder = tmp_path / "arrivages"
    folder.mkdir()
    (folder / os.fsdecode(b"\xe9tait.jsonl")).write_text(page("Déjà là"))
    watching = watch(*options)
    watching.finds("Déjà là")
    (folder / os.fsdecode(b"\xe9t\xe9.jsonl")).write_text(page("Arrivé"))
    watching.finds("Déjà là", "Arrivé")
    (folder / "bon.jsonl").write_text(page("Bon"))
    watching.finds("Déjà là", "Arrivé", "Bon")
    assert watching.stop() == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_in_order(watch: Any, tmp_path: Path, number: int) -> None:
    watching = watch()
    (watching.folder / "a.jsonl").write_text(page("Avant"))
    watching.finds("Avant")
    assert watching.stop(number) == 0
    where = ["--index", str(tmp_path / "i")]
    assert CliRunner().invoke(main, ["verify", *where]).exit_code == 0
    second_watching = watch()
    (second_watching.folder / "b.jsonl").write_text(page("Après"))
    second_watching.finds("Après", "Avant")


@pytest.mark.parametrize("options", [[], ["--poll"]])
def test_a_folder_that_goes_is_waited_for(watch: Any, options: list[str]) -> None:
    watching = watch(*options)
    (watching.folder / "a.jsonl").write_text(page("Avant"))
    watching.finds("Avant")
    shutil.rmtree(watching.folder)
    watching.says("n’est plus là : il est attendu")
    # and one that takes its place at once is not the one that was watched
    for title in ("Revenu", "Remplacé"):
        other_folder = watching.folder.with_name(f"autre-{title}")
        other_folder.mkdir()
        (other_folder / f"{title}.jsonl").write_text(page(title))
        if watching.folder.exists():
            watching.folder.rename(watching.folder.with_name("ancien"))
        other_folder.rename(watching.folder)
        watching.until(lambda title=title: title in watching.titles())
    (watching.folder / "b.jsonl").write_text(page("Ensuite"))
    watching.finds("Avant", "Ensuite", "Remplacé", "Revenu")
    # twice when it is looked for between the two renames
    assert watching.told.read_text().count("n’est plus là") in (1, 2)
    assert watching.stop() == 0


@pytest.mark.parametrize("arguments", [["absent"], ["."], [".", "--index", ":memory:"]])
def test_wrong_uses(arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    if arguments == ["."]:
        (tmp_path / "glose.index").write_text("un fichier")
        arguments = ["glose.index"]
    assert CliRunner().invoke(main, ["watch", *arguments]).exit_code == 2


def test_what_is_dated_after_the_watch_began_is_published(watch: Any) -> None:
    """A service that has run for a week took its beginning for now, and all since for planned."""
    watching = watch()
    watching.says("est suivi")
    time.sleep(0.1)
    now = datetime.now(UTC).isoformat()
    article = {"headline": "Du jour", "articleBody": "Du texte.", "datePublished": now}
    (watching.folder / "jour.jsonl").write_text(json.dumps(article) + "\n")
    watching.finds("Du jour")


def test_a_planned_article_comes_when_its_time_does(watch: Any) -> None:
    watching = watch()
    watching.says("est suivi")
    due = datetime.now(UTC) + timedelta(seconds=6)
    for name, text in {
        "a.jsonl": json.dumps({"headline": "Sous embargo", "datePublished": due.isoformat()}),
        "b.csv": f"titre,date,texte\nPlanifié,{due.isoformat()},Du texte.\n",
        "c.md": f"---\ntitle: Promis\ndate: {due.isoformat()}\n---\nDu texte.\n",
    }.items():
        (watching.folder / name).write_text(text)
    # no file changes; read late, on a busy machine, they come at once
    watching.finds("Sous embargo", "Planifié", "Promis")
