"""What if all that is around an index moves while it works: copies, links, clocks, sources?"""

from __future__ import annotations

import io
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path

import pytest
import trial_works
from click.testing import CliRunner, Result
from trial_rounds import ENVIRONMENT, command, do, run, start, state, stored
from trial_works import KINDS, WORKS

from glose import main
from index import engines
from index.engines import IndexUnavailable, stamp
from index.keeping.verifying import verify
from indexer.article.model import Article
from indexer.pipeline.sources import read
from indexer.reporting.report import Outcome, Remark, Skipped

HERE = Path(__file__).parent.parent
EXPORTS = sorted(path for path in (HERE / "indexer" / "exports").rglob("*.*") if path.is_file())


def _copied(destination: Path, source: Path, chance: random.Random) -> None:
    """As `cp -a` copies: file after file, in an order of its own, what goes meanwhile left out."""
    source.mkdir()
    for folder, _, names in os.walk(destination):
        into = source / Path(folder).relative_to(destination)
        into.mkdir(exist_ok=True)
        for name in chance.sample(names, len(names)):
            try:
                shutil.copy2(Path(folder, name), into / name)
            except FileNotFoundError:
                continue
            time.sleep(chance.random() * 0.01)


@pytest.mark.parametrize("rewriting", [False, True], ids=["writing", "rewriting"])
def test_a_copy_made_while_it_is_written_is_whole_or_says_it_is_not(
    location: str, place: Path, chance: random.Random, long: bool, rewriting: bool
) -> None:
    do(location, 0)
    kind, _, _ = location.rpartition(":")
    path = engines.place(location)[1]
    assert path is not None
    copies = 100 if long else 4
    sound_copies = refused_copies = 0
    writer = start(command(location, 1, 1_000_000, rewriting=rewriting))
    try:
        for turn in range(copies):
            copied = place / f"copy{turn}"
            _copied(path, copied, chance)
            copy = f"{kind}:{copied}" if kind else str(copied)
            try:
                sound = not verify(copy).problems
                texts = stored(copy) if sound else {}
            except IndexUnavailable:
                sound = False
            if sound:
                # the round is told by the passages themselves
                last = max(int(text.split(" tour ")[1].split(",")[0]) for text in texts.values())
                assert texts == state(last), "a copy says that it is whole, and is a mix"
            sound_copies += sound
            refused_copies += not sound
            shutil.rmtree(copied)
    finally:
        writer.kill()
        writer.communicate()
    assert sound_copies + refused_copies == copies
    print(
        f"\n{copies} copies: {sound_copies} whole, {refused_copies} that say they are not, 0 wrong"
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", [name for name in WORKS if name not in ("making", "bringing")])
def test_through_a_symbolic_link(place: Path, name: str, kind: str) -> None:
    """The index is where the link leads, and stays there: the link is still one afterwards."""
    target, linked = place / "real", place / "linked"
    target.mkdir()
    linked.mkdir()
    WORKS[name].before(kind, linked)
    (linked / "x.index").rename(target / "x.index")
    (linked / "x.index").symlink_to(target / "x.index")
    result = run(trial_works.command(name, kind, linked))
    assert result.returncode == 0, result.stderr
    WORKS[name].check(kind, linked, result.stdout)
    assert (linked / "x.index").is_symlink()
    assert (target / "x.index" / stamp.NAME).is_file()


def test_links_among_the_sources(tmp_path: Path) -> None:
    """One that leads nowhere, round in a circle, to a folder above, to what never ends."""
    (tmp_path / "outside").mkdir()
    page = HERE / "indexer" / "exports" / "feed.rss"
    (tmp_path / "outside" / "a.rss").write_bytes(page.read_bytes())
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.rss").symlink_to(tmp_path / "outside" / "a.rss")
    (folder / "gone.rss").symlink_to(tmp_path / "nowhere.rss")
    (folder / "round.rss").symlink_to(folder / "round.rss")
    (folder / "above").symlink_to(tmp_path)
    (folder / "endless.rss").symlink_to("/dev/zero")
    outcomes = [*read([folder])]
    assert sum(isinstance(outcome, Article) for outcome in outcomes) == 3
    sentences = [outcome.sentence() for outcome in outcomes if isinstance(outcome, Skipped)]
    assert [sentence.split("/")[-1] for sentence in sentences] == [
        "endless.rss : ce n’est pas un fichier",
        "gone.rss : introuvable",
        "round.rss : les liens tournent en rond",
    ]


def test_what_is_new_is_told_though_the_clock_went_back_a_day(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Dates of first sight are what `glose alert` and the feeds go by."""
    pages, index, questions = place / "pages", place / "x.index", place / "watch.toml"
    pages.mkdir()
    questions.write_text('[[question]]\nname = "r"\nq = "requin"\n', "utf-8")
    alert = ["alert", str(questions), "--index", str(index), "--json"]

    def glose_at(now: int, *words: str) -> str:
        with monkeypatch.context() as clock:
            clock.setattr(time, "time", lambda: float(now))
            result = _glose(*words)
        assert result.exit_code == 0, result.output
        return result.stdout

    now = 1_733_000_000
    for number, moment in enumerate((now, now - 86_400, now - 86_400, now)):
        page = {"id": f"a{number}", "headline": f"Requin {number}"}
        (pages / f"{number}.jsonl").write_text(json.dumps(page), "utf-8")
        glose_at(moment, "index", str(pages), "--index", str(index))
        report = json.loads(glose_at(moment, *alert))
        [question] = report["questions"]
        assert question["new"] == (1 if number else 0), f"run {number}"


class Changing:
    """Files that something else changes while they are read."""

    def __init__(self, path: Path, chance: random.Random) -> None:
        self.path = path
        self._chance = chance

    def change(self) -> str:
        how = self._chance.choice(["cut", "grow", "replace", "remove", "scramble"])
        data = self.path.read_bytes() if self.path.exists() else b""
        if how == "cut":
            os.truncate(self.path, len(data) // 2)
        elif how == "grow":
            with self.path.open("ab") as file:
                file.write(data)
        elif how == "replace":
            replacement = self.path.with_name("fresh")
            replacement.write_bytes(data[::-1])
            replacement.replace(self.path)
        elif how == "remove":
            self.path.unlink()
        else:
            with self.path.open("r+b") as file:
                file.write(bytes(self._chance.randbytes(len(data))))
        return how


@pytest.mark.parametrize("path", EXPORTS, ids=lambda path: path.name)
def test_a_file_that_changes_while_it_is_read(
    path: Path, place: Path, chance: random.Random, long: bool
) -> None:
    """It is told, and nothing worse happens: no error, no article without words."""
    for turn in range(30 if long else 3):
        path_in_place = place / f"{turn}" / path.relative_to(HERE / "indexer" / "exports")
        path_in_place.parent.mkdir(parents=True)
        shutil.copy(path, path_in_place)
        outcomes = _read_and_changed(path_in_place, chance)
        assert all(isinstance(outcome, Article | Skipped | Remark) for outcome in outcomes)


def _read_and_changed(path: Path, chance: random.Random) -> Iterator[Outcome]:
    changing = Changing(path, chance)
    read_first = chance.randrange(3)
    outcomes = read([path])
    yield from islice(outcomes, read_first)
    changing.change()
    yield from outcomes


def test_what_changed_meanwhile_is_to_be_read_again(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": "a", "headline": "Un"}\n{"id": "b", "headline": "Deux"}\n')
    outcomes = read([path])
    next(outcomes)
    with path.open("a") as file:
        file.write('{"id": "c", "headline": "Trois"}\n')
    sentences = [outcome.sentence() for outcome in outcomes if isinstance(outcome, Skipped)]
    assert sentences == [f"{path} : a changé pendant la lecture : à relire"]


@cache
def _former() -> dict[int, str]:
    """The last commit of each French before this one; none outside a checkout."""
    if shutil.which("git") is None:
        return {}
    path = "index/engines/stamp.py"
    log = subprocess.run(
        ["git", "log", "--format=%H", "--", path],
        cwd=HERE.parent, capture_output=True, text=True, check=False,
    )  # fmt: skip
    commits: dict[int, str] = {}
    for commit in log.stdout.split():
        result = subprocess.run(
            ["git", "show", f"{commit}:{path}"],
            cwd=HERE.parent, capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        if match := re.search(r"^FRENCH = (\d+)", result, re.MULTILINE):
            commits.setdefault(int(match[1]), commit)
    return {french: commit for french, commit in commits.items() if french != stamp.FRENCH}


# where one command ends and the next begins, in what the former code prints
_END = "\x1e"
_COMMANDS = f"""
import sys
import glose
for words in " ".join(sys.argv[1:]).split(" {_END} "):
    try:
        glose.main(words.split())
    except SystemExit as ended:
        if ended.code:
            raise
    print("{_END}", end="", flush=True)
"""


def _glose_then(room: Path, *commands: str) -> list[str]:
    """What each command of then prints, in one process: another code of the same names.

    It was never compiled, which takes longer than what it does.
    """
    process = subprocess.run(
        [sys.executable, "-c", _COMMANDS, f" {_END} ".join(commands)],
        cwd=room, env={**ENVIRONMENT, "PYTHONPATH": str(room)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert process.returncode == 0, process.stderr
    return process.stdout.split(_END)[:-1]


def _glose(*words: str) -> Result:
    return CliRunner().invoke(main, words)


# each engine in turn; `make trials` has each French in both
FORMER = [
    (french, kind)
    for french in range(1, stamp.FRENCH)
    for turn, kind in enumerate(KINDS)
    if os.environ.get("TRIALS") == "long" or turn == french % 2
]


@pytest.mark.parametrize(("french", "kind"), FORMER)
def test_an_index_of_each_former_french(place: Path, french: int, kind: str) -> None:
    """Made by the very code of then; it is refused with what to do, which does it."""
    commit = _former().get(french)
    if commit is None:
        pytest.skip(f"no history here that holds the French {french}")
    room, index = place / "room", f"{'' if kind == 'tantivy' else 'whoosh:'}{place / 'x.index'}"
    room.mkdir()
    archive = subprocess.run(
        ["git", "archive", commit, "glose.py", "index", "indexer", "webui"],
        cwd=HERE.parent, capture_output=True, check=True,
    )  # fmt: skip
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as tar:
        tar.extractall(room, filter="data")
    demo = (HERE.parent / "indexer" / "demo" / "articles.jsonl").read_text("utf-8")
    # with Whoosh, `verify` takes seconds for the whole demo
    articles = str(place / "articles.jsonl")
    Path(articles).write_text("".join(demo.splitlines(keepends=True)[:2]), "utf-8")
    _, former_export = _glose_then(
        room, f"index {articles} --index {index}", f"export --index {index}"
    )
    for words in (["search", "requin"], ["status"], ["index", articles], ["verify"]):
        refusal = _glose(*words, "--index", index)
        assert refusal.exit_code == 1, (words, refusal.stdout)
        assert "glose rebuild" in refusal.stderr, (words, refusal.stderr)
        assert f"français {french}" in refusal.stderr, (words, refusal.stderr)
    rebuilt = _glose("rebuild", "--index", index)
    assert rebuilt.exit_code == 0, rebuilt.stderr
    assert _glose("verify", "--index", index).exit_code == 0
    assert _articles(_glose("export", "--index", index).stdout) == _articles(former_export)
    # and it goes on
    rebuild = _glose("index", articles, "--index", index)
    assert rebuild.exit_code == 0, rebuild.stderr


def _articles(exported: str) -> list[tuple[str, list[str], list[str]]]:
    """Ids and texts: what has a place of its own may change from one version to another."""
    articles = sorted(map(json.loads, exported.splitlines()), key=lambda article: article["id"])
    return [
        (
            article["id"],
            [section["text"] for section in article["sections"]],
            [comment["text"] for comment in article["comments"]],
        )
        for article in articles
    ]
