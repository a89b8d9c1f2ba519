"""What is taken out of an index is gone, and the commands say what they did."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from whoosh.query import Term

from index import engines, french
from index.doors import keeping_commands
from index.engines import Engine, IndexUnavailable, Reader, disk, stamp
from index.keeping.rewriting import delete, everything
from index.record import Record
from index.writing.writing import write
from tests.index.small_articles import article, stored

# Deletion


def test_a_deleted_article_is_gone(engine: Engine) -> None:
    assert delete(engine, ["a", "nowhere"]) == {"a": 3, "nowhere": 0}
    assert sorted(stored(engine)) == ["b#comment-1", "b#lead"]
    assert engine.reader().search(Term("stem", french.stem("requin")), 9).total == 0


def test_a_deleted_comment_leaves_its_answers(engine: Engine) -> None:
    assert delete(engine, ["a#comment-1"]) == {"a#comment-1": 1}
    records = {
        record.id: record for record in everything(engine.reader()) if record.about.id == "a"
    }
    assert sorted(records) == ["a#comment-2", "a#lead"]
    assert records["a#comment-2"].parent == "a#comment-1"
    assert {trace.about.comments for trace in records.values()} == {1}


def test_two_comments_of_an_article_go_at_once(engine: Engine) -> None:
    assert delete(engine, ["a#comment-1", "a#comment-2"]) == {"a#comment-1": 1, "a#comment-2": 1}
    assert {
        record.about.comments for record in everything(engine.reader()) if record.about.id == "a"
    } == {0}


def test_a_section_is_not_deleted_alone(engine: Engine) -> None:
    assert delete(engine, ["a#lead"]) == {"a#lead": 0}
    assert engine.reader().size() == 5


# At the command line


def run(*words: str) -> Result:
    class ArticleList(list[list[Record]]):
        def covers(self, lead: Record) -> bool:
            return True

        def skipped(self) -> list[str]:
            return []

    def sources(paths: Iterable[Path], reader: Reader) -> ArticleList:
        return ArticleList([article("a", "un requin", "deux requins"), article("b", "trois")])

    commands = {command.name: command for command in keeping_commands.commands(sources)}  # type: ignore[arg-type]
    command = commands[words[0]]
    return CliRunner().invoke(command, list(words[1:]), standalone_mode=True)


def test_the_commands(engine: Engine, location: str, tmp_path: Path) -> None:
    assert "sain" in run("verify", "--index", location, "--against", str(tmp_path)).stdout
    result = run("compact", "--index", location, "--json")
    assert json.loads(result.stdout)["records"] == 5
    deletion = run("delete", "b", "c", "--index", location)
    assert deletion.exit_code == 1
    assert deletion.stdout.splitlines() == ["b : 2 passages retirés", "c : introuvable"]
    off = run("verify", "--index", location, "--against", str(tmp_path))
    assert off.exit_code == 1
    assert "b#comment-1 : la source le donne" in off.stdout
    copy = str(tmp_path / "copy.tar.gz")
    assert run("backup", copy, "--index", location).exit_code == 0
    second_backup = run("backup", copy, "--index", location)
    assert (second_backup.exit_code, "existe déjà" in second_backup.output) == (2, True)
    assert run("backup", copy, "--index", location, "--force").exit_code == 0
    assert run("delete", "a", "--index", location).exit_code == 0
    refusal = run("restore", copy, "--index", location)
    assert isinstance(refusal.exception, IndexUnavailable)
    assert run("restore", copy, "--index", location, "--force").exit_code == 0
    assert engines.open(location).reader().size() == 3
    report = run("forget", "--commenter", "zoe", "--index", location, "--dry-run")
    assert json.loads(report.stdout)["replaced"]["comments"] == 2
    assert engines.open(location).reader().size() == 3


def _refuse(number: int, where: str) -> Callable[..., Any]:
    """What the system says of a file in `where`, without saying which."""

    def refuse(self: Path, *arguments: Any, **options: Any) -> Any:
        if where in str(self):
            raise OSError(number, os.strerror(number))
        return original(self, *arguments, **options)

    original = Path.open
    return refuse


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (errno.ENOSPC, "ne peut pas être écrit, le disque est plein"),
        (errno.EACCES, "n’est pas accessible"),
        (errno.EROFS, "est sur un disque en lecture seule"),
    ],
)
def test_a_place_that_takes_no_copy_is_named_and_not_the_copy(
    engine: Engine, location: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    number: int, says: str,
) -> None:  # fmt: skip
    copy = tmp_path / "copy.tar"
    assert run("backup", str(copy), "--index", location).exit_code == 0
    place = tmp_path / "elsewhere" / "presse.index"
    monkeypatch.setattr(Path, "open", _refuse(number, "elsewhere"))
    result = run("restore", str(copy), "--index", str(place))
    assert isinstance(result.exception, IndexUnavailable)
    assert str(result.exception).startswith(f"L’index « {place} » {says}")
    assert not list(place.parent.iterdir())


def test_no_index_is_restored_under_a_file(engine: Engine, location: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.tar"
    assert run("backup", str(copy), "--index", location).exit_code == 0
    result = run("restore", str(copy), "--index", str(copy / "presse.index"))
    assert "n’est pas un index de Glose" in str(result.exception)


@pytest.mark.parametrize(
    "words", ["verify", "compact", "rebuild", "backup {folder} --keep 1", "backup {folder}/x.tar"]
)
def test_a_quiet_night_writes_nothing(
    engine: Engine, location: str, tmp_path: Path, words: str
) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    command = [*words.format(folder=folder).split(), "--index", location, "--quiet"]
    for _ in range(2):
        result = run(*command, *(["--force"] if "x.tar" in words else []))
        assert (result.exit_code, result.output) == (0, "")
    assert list(folder.iterdir()) or "backup" not in words


def test_quiet_hides_no_problem(engine: Engine, location: str, tmp_path: Path) -> None:
    assert run("delete", "b", "--index", location).exit_code == 0
    result = run("verify", "--index", location, "--against", str(tmp_path), "--quiet")
    assert result.exit_code == 1
    assert "b#comment-1 : la source le donne" in result.stdout
    assert "problèmes" in result.stdout


def test_no_copy_is_put_in_the_index_itself(engine: Engine, location: str) -> None:
    """It would go with the folder, when another copy takes its place."""
    path = engines.place(location)[1]
    assert path is not None
    for target in (path, path / "copie.tar.gz"):
        refusal = run("backup", str(target), "--index", location)
        assert (refusal.exit_code, "donnez un autre endroit" in refusal.output) == (2, True)
    assert not list(path.rglob("*.tar.gz"))


@pytest.mark.parametrize(("name", "near_names"), [("Zoée", "« zoe »"), ("Personne", "")])
def test_names_near_one_that_nobody_has_are_told(
    engine: Engine, location: str, name: str, near_names: str
) -> None:
    result = run("forget", "--commenter", name, "--index", location, "--dry-run")
    assert json.loads(result.stdout)["replaced"]["comments"] == 0
    assert ("Aucun commentaire" in result.stderr, near_names in result.stderr) == (
        bool(near_names),
        True,
    )


def test_an_index_of_another_french_is_rebuilt_in_place(engine: Engine, location: str) -> None:
    path = engines.place(location)[1]
    assert path is not None
    content = disk.read_json(path / stamp.NAME)
    disk.write_json(path / stamp.NAME, {**content, "french": -1})
    for name in ("compact", "verify"):
        assert isinstance(run(name, "--index", location).exception, IndexUnavailable)
    assert run("rebuild", "--index", location).exit_code == 0
    assert run("compact", "--index", location).exit_code == 0
    assert "sain" in run("verify", "--index", location).stdout


def test_a_receipt_is_written_where_it_is_asked(
    engine: Engine, location: str, tmp_path: Path
) -> None:
    receipt = tmp_path / "reçu.json"
    result = run("forget", "--commenter", "ZOÉ", "--index", location, "--receipt", str(receipt))
    assert (result.exit_code, result.stdout) == (0, "")
    value = json.loads(receipt.read_text())
    assert value["clean"] is True
    assert value["replaced"]["comments"] == 3
    assert value["files_read"] > 0
    assert "zoé" not in receipt.read_text().casefold()
    assert "Rien n’en reste dans l’index" in result.stderr
    lost_receipt = run(
        "forget", "--commenter", "Bob", "--index", location, "--receipt", str(tmp_path)
    )
    assert lost_receipt.exit_code == 2


def test_a_receipt_never_replaces_another(engine: Engine, location: str, tmp_path: Path) -> None:
    receipt = tmp_path / "reçu.json"
    receipt.write_text("preuve")
    result = run("forget", "--commenter", "Zoé", "--index", location, "--receipt", str(receipt))
    assert (result.exit_code, receipt.read_text()) == (2, "preuve")
    assert "existe déjà : un reçu n’en remplace aucun" in result.stderr
    dry = run("forget", "--commenter", "Zoé", "--index", location, "--dry-run")
    assert json.loads(dry.stdout)["replaced"]["comments"] == 3


def test_nobody_is_forgotten_when_the_receipt_has_no_place(
    engine: Engine, location: str, tmp_path: Path
) -> None:
    receipt = str(tmp_path / "absent" / "reçu.json")
    result = run("forget", "--commenter", "Zoé", "--index", location, "--receipt", receipt)
    assert isinstance(result.exception, IndexUnavailable)
    assert "absent » : introuvable. Contrôlez l’emplacement" in str(result.exception)
    dry = run("forget", "--commenter", "Zoé", "--index", location, "--dry-run")
    assert json.loads(dry.stdout)["replaced"]["comments"] == 3


def test_dated_copies_in_a_folder_and_how_many_are_kept(
    engine: Engine, location: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    (folder / "notes.txt").write_text("à garder")
    (folder / "glose-avant.tar.gz").write_text("à garder aussi")
    for day in range(1, 6):

        class Clock(datetime):
            @classmethod
            def now(cls, tz: object = None) -> datetime:
                return datetime(2026, 11, day, 3, 30, tzinfo=UTC)  # noqa: B023

        monkeypatch.setattr("index.doors.keeping_commands.datetime", Clock)
        result = run("backup", str(folder), "--index", location, "--keep", "3")
        assert result.exit_code == 0, result.output
    assert sorted(path.name for path in folder.iterdir()) == [
        "glose-2026-11-03T033000Z.tar.gz",
        "glose-2026-11-04T033000Z.tar.gz",
        "glose-2026-11-05T033000Z.tar.gz",
        "glose-avant.tar.gz",
        "notes.txt",
    ]
    assert run("backup", str(tmp_path / "a.tar"), "--index", location, "--keep", "3").exit_code == 2


def test_a_copy_restored_elsewhere_does_not_bring_back_the_forgotten(
    engine: Engine, location: str, tmp_path: Path
) -> None:
    copy = str(tmp_path / "copy.tar.gz")
    assert run("backup", copy, "--index", location).exit_code == 0
    assert run("forget", "--commenter", "zoe", "--index", location).exit_code == 0
    kind = "whoosh:" if location.startswith("whoosh:") else ""
    index = location.removeprefix("whoosh:")
    for number, tombstones in enumerate((index, f"{index}/forgotten.json")):
        other_location = f"{kind}{tmp_path / f'elsewhere-{number}'}"
        result = run("restore", copy, "--index", other_location, "--forgotten", tombstones)
        assert result.exit_code == 0, result.output
        authors = {record.author for record in everything(engines.open(other_location).reader())}
        assert "Zoé" not in authors
        # nor when its source is read again
        write(engines.open(other_location), [article("a", "un requin", "deux requins")], seen=30)
        assert "Zoé" not in {r.author for r in everything(engines.open(other_location).reader())}
    wrong_file = tmp_path / "wrong.json"
    wrong_file.write_text("{}")
    other_location = f"{kind}{tmp_path / 'never'}"
    assert (
        run("restore", copy, "--index", other_location, "--forgotten", str(wrong_file)).exit_code
        == 2
    )
    assert not (tmp_path / "never").exists()


def test_a_backup_tells_programs_where_it_is(engine: Engine, location: str, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    old = folder / "glose-2024-01-01T000000Z.tar.gz"
    old.touch()
    result = run("backup", str(folder), "--index", location, "--keep", "1", "--json")
    report = json.loads(result.stdout)
    [copy] = folder.iterdir()
    assert report == {"path": str(copy), "bytes": copy.stat().st_size, "removed": [str(old)]}
