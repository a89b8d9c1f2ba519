"""Does an index of a former version say what mends it, and does that mend it?

`former/` holds small indexes that the code of 22, 23 and 28 November 2026 made of
`former/articles.jsonl`: the day, the commit, and what was asked of it then.
"""

from __future__ import annotations

import json
import re
import shlex
import tarfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from glose import main
from index.engines import disk, stamp

FORMER = Path(__file__).parent / "former"
KEPT = sorted(path.name.removesuffix(".tar.xz") for path in FORMER.glob("*.tar.xz"))
ARTICLES = str(FORMER / "articles.jsonl")


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


def brought_back(name: str, into: Path) -> str:
    """Unpack a kept index; return its location."""
    with tarfile.open(FORMER / f"{name}.tar.xz") as tar:
        tar.extractall(into, filter="data")
    # a name with a blank, that a shell parts when it is not quoted
    where = into / "index de la nuit"
    (into / "index").rename(where)
    return f"whoosh:{where}" if name.endswith("-whoosh") else str(where)


QUESTIONS = (
    "avocat",
    "journal paraître",
    '"red team"',
    "pseudo:Nolwenn abonnée",
    "date:2024-06..2024-06 phare",
    "carte",
    "c++",
    "150000",
)


@pytest.fixture(scope="module")
def fresh_export(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The same articles, indexed now."""
    where = str(tmp_path_factory.mktemp("fresh") / "index")
    assert run("index", ARTICLES, "--index", where).exit_code == 0
    for question in QUESTIONS:
        assert passages_of(question, where), question
    return where


def passages_of(question: str, location: str) -> list[str]:
    results = json.loads(run("search", question, "--json", "--index", location).output)["results"]
    return sorted(passage["id"] for result in results for passage in result["passages"])


def test_each_day_has_its_indexes() -> None:
    days = {name[:10] for name in KEPT}
    assert days == {"2026-11-22", "2026-11-23", "2026-11-28"}
    for path in FORMER.glob("*.tar.xz"):
        assert path.stat().st_size < 50_000, path.name


@pytest.mark.parametrize("name", KEPT)
def test_no_machine_is_named_inside(name: str) -> None:
    with tarfile.open(FORMER / f"{name}.tar.xz") as tar:
        for member in tar:
            assert (member.uname, member.gname, member.uid) == ("", "", 0)
            content = tar.extractfile(member)
            assert content is not None
            assert not re.search(rb"/(home|root|tmp|work|Users)/", content.read()), member.name


@pytest.mark.parametrize("name", KEPT)
def test_what_is_said_mends_it(name: str, fresh_export: str, tmp_path: Path) -> None:
    location = brought_back(name, tmp_path)
    present = stamp.read(
        tmp_path / "index de la nuit",
        "whoosh" if name.endswith("-whoosh") else "tantivy",
        location,
        former=True,
    ).present
    absent_index = tmp_path / "nothing"
    absent_index.mkdir()
    result = run("search", "phare", "--index", location)
    assert result.exit_code == (0 if present else 1)
    if not present:
        # whoever reads, and whoever writes, is told the same
        for command in (
            ["index", ARTICLES],
            ["index", ARTICLES, "--dry-run"],
            ["index", ARTICLES, "--dry-run", "--prune"],
            ["index", ARTICLES, "--join"],
            ["index", str(absent_index)],
            ["status"],
            ["verify"],
            ["forget", "--commenter", "X"],
        ):
            refusal = run(*command, "--index", location)
            assert (refusal.exit_code, refusal.output) == (1, result.output), command
        command_said = re.search(r"glose (rebuild --index .+)$", result.output.strip())
        assert command_said, result.output
        assert run(*shlex.split(command_said[1])).exit_code == 0
    forgotten = name.endswith("-forgotten")
    status = json.loads(run("status", "--json", "--index", location).output)
    assert (status["articles"], status["comments"]) == (2, 4 if forgotten else 5)
    assert run("verify", "--index", location).exit_code == 0
    for question in QUESTIONS:
        expected = passages_of(question, fresh_export)
        if forgotten:
            expected = [passage for passage in expected if not passage.endswith("comment-4")]
        assert passages_of(question, location) == expected, question
    # the sources, read again the next night, find it as they left it
    rebuild = run("index", ARTICLES, "--json", "--index", location)
    assert rebuild.exit_code == 0
    counts = json.loads(rebuild.output)
    assert (counts["added"], counts["removed"]) == (0, 0)
    after = run("verify", "--against", ARTICLES, "--index", location)
    assert after.exit_code == (1 if forgotten else 0), after.output


@pytest.mark.parametrize("name", KEPT)
def test_a_former_index_is_copied_before_it_is_mended(name: str, tmp_path: Path) -> None:
    location = brought_back(name, tmp_path)
    copy = tmp_path / "copie.tar.gz"
    assert run("backup", str(copy), "--index", location).exit_code == 0
    other_location = location.replace("index de la nuit", "ailleurs")
    restored = run("restore", str(copy), "--index", other_location)
    assert restored.exit_code == 0
    match = re.search(r"glose (rebuild --index .+)$", restored.output.strip())
    if match:
        assert run(*shlex.split(match[1])).exit_code == 0
    assert run("status", "--index", other_location).exit_code == 0


@pytest.mark.parametrize(
    "change",
    [
        {"french": 999},
        {"format": 999},
        {"fields": [["text", "text", False], ["mood", "key", True]]},
        {"later": 1},
    ],
)
def test_an_index_of_the_future_asks_for_a_newer_glose(
    change: dict[str, object], tmp_path: Path
) -> None:
    location = tmp_path / "index"
    assert run("index", ARTICLES, "--index", str(location)).exit_code == 0
    content = disk.read_json(location / stamp.NAME)
    disk.write_json(location / stamp.NAME, content | change)
    for command in (["search", "phare"], ["index", ARTICLES], ["verify"], ["rebuild"], ["compact"]):
        result = run(*command, "--index", str(location))
        assert result.exit_code == 1
        assert "mettez Glose à jour" in result.output
        assert "rebuild" not in result.output
    assert disk.read_json(location / stamp.NAME) == content | change


def test_a_stamp_that_lacks_a_member_is_damaged(tmp_path: Path) -> None:
    location = tmp_path / "index"
    assert run("index", ARTICLES, "--index", str(location)).exit_code == 0
    content = disk.read_json(location / stamp.NAME)
    del content["french"]
    disk.write_json(location / stamp.NAME, content)
    result = run("search", "phare", "--index", str(location))
    assert result.exit_code == 1
    assert "endommagé" in result.output
