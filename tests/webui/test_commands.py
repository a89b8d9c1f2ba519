"""Does `serve` say what it serves, and why when it cannot?"""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from index import engines
from webui import commands

SERVE = "from webui.commands import serve_command; serve_command()"


def test_it_serves_a_long_question_and_stops_when_told(
    index: Path, serving: Callable[..., Any]
) -> None:
    with serving("--index", str(index)) as (address, process):
        assert re.fullmatch(r"http://127\.0\.0\.1:[1-9][0-9]*/", address)
        with urllib.request.urlopen(address + "search?q=nda", timeout=300) as answer:
            assert "<mark>NDA</mark>" in answer.read().decode()
            assert "Werkzeug" not in answer.headers.get("Server", "")
        long = "%C3%A9" * 10_000
        with urllib.request.urlopen(address + "search.json?q=" + long, timeout=300) as answer:
            assert answer.status == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(300) == 0


def run(*options: str) -> tuple[int, str]:
    process = subprocess.run(
        [sys.executable, "-c", SERVE, *options], capture_output=True, text=True, timeout=300,
        cwd=Path(__file__).parents[2], check=False,
    )  # fmt: skip
    return process.returncode, process.stdout + process.stderr


def test_a_taken_port_is_one_sentence(index: Path) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = str(listener.getsockname()[1])
        code, output = run("--index", str(index), "--port", port)
    assert code == 1
    assert output.startswith(f"glose : Le port {port} est déjà pris")
    assert "Traceback" not in output


def test_a_host_that_is_not_here_is_one_sentence(index: Path) -> None:
    code, output = run("--index", str(index), "--port", "0", "--host", "192.0.2.1")
    assert code == 1
    assert "192.0.2.1" in output
    assert "Traceback" not in output


def test_no_index_is_told_before_anything_starts(tmp_path: Path) -> None:
    for place in (tmp_path / "nothing", tmp_path):
        result = CliRunner().invoke(commands.serve_command, ["--index", str(place)])
        assert isinstance(result.exception, engines.IndexUnavailable)
        assert "http://" not in result.output


def test_waitress_serves_where_gunicorn_is_not(index: Path, serving: Callable[..., Any]) -> None:
    code = "import sys; sys.modules['gunicorn'] = None\n" + SERVE
    with serving("--index", str(index), code=code) as (address, process):
        with urllib.request.urlopen(address + "search?q=nda", timeout=300) as answer:
            assert answer.headers["Server"] == "glose"
            assert "<mark>NDA</mark>" in answer.read().decode()
        long = "%C3%A9" * 10_000
        with urllib.request.urlopen(address + "search.json?q=" + long, timeout=300) as answer:
            assert answer.status == 200
        process.send_signal(signal.SIGINT)
        assert process.wait(300) == 0


def test_the_synonyms_of_the_command_line_are_those_of_the_service(
    index: Path, serving: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synonyms_path = tmp_path / "synonymes.txt"
    synonyms_path.write_text("muselière, NDA\n", "utf-8")
    path = "search.json?q=museli%C3%A8re"

    def total_at(address: str) -> int:
        with urllib.request.urlopen(address + path, timeout=300) as answer:
            answered = json.load(answer)
        return int(answered["totals"]["passages"])

    with serving("--index", str(index)) as (address, _):
        total_before = total_at(address)
    monkeypatch.setenv("GLOSE_SYNONYMS", str(synonyms_path))
    with serving("--index", str(index)) as (address, _):
        total_after = total_at(address)
        page = urllib.request.urlopen(f"{address}article/demo:sora?q=museli%C3%A8re", timeout=300)
        with page:
            assert b">NDA</mark>" in page.read()
        with urllib.request.urlopen(f"{address}search.csv?q=museli%C3%A8re", timeout=300) as table:
            assert table.read().count(b"comment-1") == 4
    assert (total_before, total_after) == (0, 2)
