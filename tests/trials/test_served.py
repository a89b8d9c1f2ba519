"""What becomes of a running service when its index is moved, damaged or replaced under it?

An answer is right or is a 503; the service is there afterwards, and answers when the index does.
"""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest

ROOT = Path(__file__).parents[2]


def glose(*words: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "glose", *words], check=True, capture_output=True, cwd=ROOT
    )


def make_index(place: Path, word: str, articles: int = 12) -> Path:
    """An index whose every article has one comment, which says this word."""
    pages = place.with_suffix(".jsonl")
    with pages.open("w", encoding="utf-8") as file:
        for n in range(articles):
            comment = {"id": f"c{n}", "author": "Zoé", "text": f"{word} et {n}"}
            article = {"id": f"s:{n}", "headline": f"Numéro {n}", "comments": [comment]}
            file.write(json.dumps(article) + "\n")
    glose("index", str(pages), "--index", str(place))
    return place


@contextmanager
def served_index(place: Path, journal: Path) -> Iterator[Callable[[str], tuple[int, int]]]:
    """How to ask a running service for a word: the status, and how many passages hold it."""
    with journal.open("w") as journal_file:
        process = subprocess.Popen(
            [sys.executable, "-m", "glose", "serve", "--index", str(place), "--port", "0"],
            stdout=subprocess.PIPE, stderr=journal_file, text=True, cwd=ROOT,
        )  # fmt: skip
    assert process.stdout is not None
    try:
        match = re.search(r"http://\S+", process.stdout.readline())
        assert match is not None
        address, requests = match[0], 0

        def ask(word: str) -> tuple[int, int]:
            nonlocal requests
            requests += 1
            # never twice the same address: what was answered is kept
            path = f"search.json?q={word}&size={1 + requests % 100}&in=comments&author=&page=1"
            try:
                with urllib.request.urlopen(address + path, timeout=600) as answer:
                    return answer.status, json.loads(answer.read())["totals"]["passages"]
            except urllib.error.HTTPError as error:
                with error:
                    return error.code, -1

        yield ask
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(600) == 0
        process.stdout.close()


def test_files_that_go_or_are_cut_while_it_serves(place: Path, long: bool, chance: Random) -> None:
    index = make_index(place / "a.index", "zibeline")
    files = [file for file in index.rglob("*") if file.is_file() and file.suffix != ".lock"]
    kinds = [(file, kind) for file in files for kind in ("gone", "short", "empty")]
    statuses: Counter[int] = Counter()
    with served_index(index, place / "journal") as ask:
        assert ask("zibeline") == (200, 12)
        for file, kind in kinds if long else chance.sample(kinds, 6):
            content = file.read_bytes()
            aside = place / "aside"
            shutil.move(file, aside)
            if kind != "gone":
                file.write_bytes(content[: len(content) // 2] if kind == "short" else b"")
            status, passages = ask("zibeline")
            statuses[status] += 1
            # what is open already may go on being read
            assert (status, passages) in ((200, 12), (503, -1)), (file.name, kind)
            shutil.move(aside, file)
            assert ask("zibeline") == (200, 12), (file.name, kind)
    print(f"\n{sum(statuses.values())} files gone, cut or emptied while served: {dict(statuses)}")


def test_an_index_that_is_replaced_while_it_serves(place: Path, long: bool) -> None:
    """By a link that leads elsewhere, by an upgrade, by a copy put back."""
    first, second = (
        make_index(place / "a.index", "zibeline"),
        make_index(place / "b.index", "hermine"),
    )
    link, other_index = place / "now", place / "then"
    link.symlink_to(first)
    copies = place / "copy.tar.gz"
    glose("backup", str(copies), "--index", str(first))
    with served_index(link, place / "journal") as ask:
        for turn in range(20 if long else 1):
            assert ask("zibeline") == (200, 12)
            other_index.symlink_to(second)
            other_index.rename(link)
            assert ask("hermine") == (200, 12), turn
            assert ask("zibeline") == (200, 0), turn
            other_index.symlink_to(first)
            other_index.rename(link)
            assert ask("zibeline") == (200, 12), turn
            glose("rebuild", "--index", str(first))
            assert ask("zibeline") == (200, 12), turn
            glose("restore", str(copies), "--force", "--index", str(first))
            assert ask("zibeline") == (200, 12), turn
    assert (place / "journal").read_text() == ""


@pytest.mark.parametrize("linked", ["directory", "files"])
def test_an_index_behind_links(place: Path, linked: str) -> None:
    index_path = make_index(place / "real.index", "zibeline")
    index = place / "linked.index"
    if linked == "directory":
        index.symlink_to(index_path)
    else:
        shutil.copytree(index_path, index)
        for file in [file for file in index.rglob("*") if file.is_file()]:
            file.unlink()
            file.symlink_to(index_path / file.relative_to(index))
    with served_index(index, place / "journal") as ask:
        assert ask("zibeline") == (200, 12)
        if linked == "directory":
            # the same index, written to by its other name
            make_index(index, "hermine")
            assert ask("hermine") == (200, 12)
