"""Do the pages of the documentation say what works? Their examples are followed to the letter."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click
import pytest

from glose import main
from index import engines
from index.answering import searching
from index.record import About, Record
from index.writing import write
from tests.docs.examples import DOCS, Command, alike, commands, contains, examples, pages, rows

ROOT = DOCS.parent
PAGES = [path.relative_to(DOCS).as_posix() for path in pages()]
PRINTED = "http://127.0.0.1:8000"
BIN = Path(sys.executable).parent


class Shell:
    """Where the commands of one page are run: a folder with Glose's own texts, as in a clone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("indexer", "tests", "docs"):
            (folder / name).symlink_to(ROOT / name)
        self.environment = {
            "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(folder),
            "LANG": "C.UTF-8",
            "TZ": "Europe/Paris",
        }
        self.kept = ""
        self.address = PRINTED
        self.server: subprocess.Popen[bytes] | None = None

    def run(self, command: Command) -> str:
        """Return what a command prints, errors included."""
        text = command.text.replace(PRINTED, self.address)
        if re.match(r"(export|cd) ", text):
            self.kept += text + "\n"
        process = subprocess.run(
            ["bash", "-c", f"{self.kept}{text}"], cwd=self.folder, env=self.environment, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300,
        )  # fmt: skip
        assert process.returncode == 0, f"code {process.returncode}\n{process.stdout}"
        return process.stdout.replace(self.address, PRINTED)

    def serve(self, command: Command) -> None:
        """Start a server where nobody listens; the page believes it at its own address."""
        self.stop()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        self.server = subprocess.Popen(
            ["bash", "-c", f"{self.kept}exec {command.text} --port {port}"], cwd=self.folder,
            env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        for _ in range(600):
            assert self.server.poll() is None, "the server stopped"
            with suppress(OSError), urllib.request.urlopen(f"{self.address}/healthz"):
                return
            time.sleep(0.1)
        pytest.fail("the server does not answer")

    def get(self, address: str) -> object:
        """Return the JSON that an address of the page answers."""
        with urllib.request.urlopen(address.replace(PRINTED, self.address)) as answer:
            return json.load(answer)

    def stop(self) -> None:
        if self.server is not None:
            self.server.terminate()
            self.server.wait(300)
            self.server = None


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    shell = Shell(tmp_path)
    yield shell
    shell.stop()


@pytest.mark.parametrize("name", PAGES)
def test_what_a_page_shows_is_what_happens(name: str, shell: Shell) -> None:
    for example in examples((DOCS / name).read_text("utf-8")):
        where = f"docs/{name}, line {example.line}"
        if example.unrun:
            continue
        if example.caption:
            (shell.folder / example.caption).write_text(example.text, "utf-8")
        elif example.language == "console":
            for command in commands(example):
                if command.text.startswith("glose serve"):
                    shell.serve(command)
                    continue
                if command.text.startswith("curl ") and shutil.which("curl") is None:
                    pytest.skip(f"{where}: curl is not installed")
                printed = shell.run(command)
                expected = command.prints
                assert expected is None or alike(expected, printed), (
                    f"docs/{name}, line {command.line}: {command.text}\n{printed}"
                )
        elif example.answers:
            output = shell.get(example.answers)
            assert contains(json.loads(example.text), output), f"{where}\n{output}"


@pytest.mark.parametrize("name", PAGES)
def test_no_example_is_passed_over_in_silence(name: str) -> None:
    for example in examples((DOCS / name).read_text("utf-8")):
        where = f"docs/{name}, line {example.line}"
        run = example.language == "console" or example.caption or example.answers
        directive = example.language.startswith("{") or example.language == "text"
        assert run or directive or example.unrun, f"{where}: {example.language} is not run"
        assert not (example.unrun and len(example.unrun) < 10), where
        # an indented line goes on with the one above
        text = re.sub(r"\\\n(> )?\s*", "", example.text)
        for words in re.findall(r"(?:^\$ |/bin/|[|;&] *)glose ([a-z].*?)(?= [|;&>]|$)", text, re.M):
            assert _is_command(shlex.split(words)), f"{where}: glose {words}"


def _is_command(words: list[str]) -> bool:
    """Whether Glose has this command with these options."""
    command = main.get_command(click.Context(main), words[0])
    options = {word.partition("=")[0] for word in words[1:] if word.startswith("--")}
    return command is not None and options <= {
        *(name for option in command.params for name in option.opts),
        "--help",
    }


def test_what_glose_is_said_to_have_exists() -> None:
    """Commands in the text of pages too, and targets of make."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for path in pages():
        text = path.read_text("utf-8")
        for words in re.findall(r"`glose ([a-z]+)[^`]*`", text):
            assert main.get_command(click.Context(main), words) is not None, f"{path}: {words}"
        for target in re.findall(r"(?:`|^\$ )make ([a-z-]+)", text, re.M):
            assert re.search(rf"^{target}:", makefile, re.M), f"{path}: make {target}"


ASKING = [name for name in PAGES if list(rows((DOCS / name).read_text("utf-8")))]


@pytest.mark.parametrize("name", ASKING)
def test_a_question_finds_the_text_beside_it(name: str) -> None:
    row_sets = list(rows((DOCS / name).read_text("utf-8")))
    engine = engines.open(":memory:")
    for number, (_, text, _) in enumerate(row_sets):
        about = About(f"a{number}", "Titre")
        write(engine, [[Record(f"a{number}#lead", "lead", about, 0, text=text)]], seen=1)
    now = datetime(2026, 11, 28, 12, tzinfo=ZoneInfo("Europe/Paris"))
    for number, (question, text, matches) in enumerate(row_sets):
        results = searching.search(engine.reader(), question, now=now, size=100)
        ids = {group.about.id for group in results.groups if not group.partial}
        assert (f"a{number}" in ids) == (matches == "oui"), f"docs/{name}: {question} | {text}"
