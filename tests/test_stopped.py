"""What does a command leave and say that is told to stop, by Ctrl-C or by SIGTERM?"""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

import glose

# The command is told at the moment when it begins to write what is named first.
TOLD = """
import os, signal, sys
import glose
place, number, *arguments = sys.argv[1:]
told = []
def hear(event, details):
    if event == "open" and not told and isinstance(details[0], str):
        if place in details[0] and isinstance(details[1], str) and set(details[1]) & set("wxa"):
            told.append(event)
            os.kill(os.getpid(), int(number))
sys.addaudithook(hear)
signal.signal(signal.SIGINT, signal.default_int_handler)
glose.main(arguments)
"""
SENTENCE = "glose : interrompu ; ce qui était déjà enregistré est intact.\n"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("stopped") / "i"
    source = Path(glose.__file__).parent / "indexer" / "demo" / "articles.jsonl"
    command = [sys.executable, "-m", "glose", "index", str(source), "--index", str(place)]
    subprocess.run(command, check=True, capture_output=True)
    return place


def told(number: signal.Signals, place: Path, *arguments: str) -> tuple[int, str]:
    """The exit code and the errors of a command, told to stop when it writes at a place."""
    command = [sys.executable, "-c", TOLD, str(place), str(int(number)), *arguments]
    run = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    return run.returncode, run.stderr


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 1), (signal.SIGTERM, -signal.SIGTERM)]
)
@pytest.mark.parametrize("arguments", [["backup", "copie.tar.gz"], ["export", "-o", "a.jsonl"]])
def test_nothing_half_made_is_left(
    index: Path, tmp_path: Path, number: signal.Signals, code: int, arguments: list[str]
) -> None:
    *command, file = arguments
    target = ["--index", str(index), *command[1:], str(tmp_path / file)]
    assert told(number, tmp_path, command[0], *target) == (code, SENTENCE)
    assert list(tmp_path.iterdir()) == []
    # the lock is free, and nothing tells of an interruption
    verify = [sys.executable, "-m", "glose", "verify", "--quick", "--index", str(index)]
    run = subprocess.run(verify, capture_output=True, text=True, check=True)
    assert "interrompue" not in run.stdout + run.stderr


def test_a_command_that_ends_by_itself_has_its_own_code(index: Path, tmp_path: Path) -> None:
    assert told(signal.SIGTERM, tmp_path, "status", "--index", str(index)) == (0, "")
    assert told(signal.SIGTERM, tmp_path, "status", "--index", str(tmp_path / "no"))[0] == 1


def test_what_stops_by_itself_still_does() -> None:
    """A server or a program that hears SIGTERM in its own way keeps it."""
    code = (
        "import signal; heard = lambda *_: None; signal.signal(signal.SIGTERM, heard);"
        "import glose; glose.main(['man'], standalone_mode=False);"
        "assert signal.getsignal(signal.SIGTERM) is heard"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
