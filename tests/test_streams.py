"""Whatever the standard streams are: no traceback, an honest exit code, JSON in UTF-8."""

import json
import os
import pty
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from glose import main
from index import engines
from index.answering.searching import search
from index.doors.printing import print_results
from index.engines.faults import IndexUnavailable
from index.writing.writing import write
from indexer.article.model import Article, Comment
from indexer.canonical.conversion import records_of

DEMO = Path(__file__).parent.parent / "indexer" / "demo" / "articles.jsonl"


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("streams") / "index")
    assert CliRunner().invoke(main, ["index", str(DEMO), "--index", path]).exit_code == 0
    return path


def shell(line: str, *, encoding: str = "utf-8") -> subprocess.CompletedProcess[bytes]:
    """A line of shell in which $GLOSE is the command."""
    glose = f"{sys.executable} {Path(__file__).parent.parent / 'glose.py'}"
    process = subprocess.run(
        ["/bin/sh", "-c", line.replace("$GLOSE", glose)],
        env={**os.environ, "PYTHONIOENCODING": encoding},
        capture_output=True,
        timeout=600,
        check=False,
    )
    assert b"Traceback" not in process.stderr + process.stdout, process.stderr.decode()
    return process


@pytest.mark.parametrize("stream", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_closed_stream_changes_nothing_else(stream: str, where: str, tmp_path: Path) -> None:
    for command in (
        f"search panne --index {where}",
        f"verify --index {where}",
        f"export --index {where}",
        f"index {DEMO} --index {tmp_path / 'index'}",
        "terms",
    ):
        assert shell(f"$GLOSE {command} {stream} </dev/null").returncode == 0, command


def test_a_dash_is_the_standard_output_and_no_file(where: str, tmp_path: Path) -> None:
    export = shell(f"$GLOSE export --index {where}").stdout
    assert export
    assert shell(f"cd {tmp_path}; $GLOSE export --index {where} --output -").stdout == export
    assert shell(f"cd {tmp_path}; $GLOSE backup --index {where} -").returncode == 2
    piped = shell(f"cd {tmp_path}; $GLOSE backup --index {where} /dev/stdout | tar t").stdout
    assert b"glose.json" in piped
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_an_output_that_is_full_is_a_sentence(where: str) -> None:
    for command in (f"search panne --index {where}", f"export --index {where}", "--help"):
        result = shell(f"$GLOSE {command} >/dev/full")
        assert result.returncode == 1
        assert "le disque est plein" in result.stderr.decode()
        assert len(result.stderr.splitlines()) == 1


def test_an_encoding_that_lacks_characters_loses_these_only(where: str) -> None:
    result = shell(f"$GLOSE search panne --index {where}", encoding="latin-1")
    assert result.returncode == 0
    assert "passage" in result.stdout.decode("latin-1")
    result = shell(f"$GLOSE search 'réseau' --json --index {where}", encoding="latin-1")
    assert json.loads(result.stdout.decode("utf-8"))["totals"]["passages"] > 0


def test_bytes_that_are_not_utf8_are_read_all_the_same(where: str) -> None:
    assert shell(r"$GLOSE terms $(printf '\351t\351')").returncode == 0
    assert shell(r"printf '\351t\351' | $GLOSE terms --json").returncode == 0
    result = shell(rf"$GLOSE search --json panne $(printf '\351') --index {where}")
    assert json.loads(result.stdout)["query"]["text"] == "panne \ufffd"
    result = shell(rf"$GLOSE delete $(printf '\351') --index {where}")
    assert (result.returncode, "introuvable" in result.stdout.decode()) == (1, True)


def test_a_name_that_no_engine_can_open_is_not_called_a_damaged_index(tmp_path: Path) -> None:
    for location in (f"{tmp_path}/\udce9", f"whoosh:{tmp_path}/\udce9"):
        with pytest.raises(IndexUnavailable, match="UTF-8"):
            engines.open(location, create=True)
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    with pytest.raises(IndexUnavailable, match="lien"):
        engines.open(str(tmp_path / "link"), create=True)
    assert not (tmp_path / "nowhere").exists()


def test_an_empty_source_is_not_the_present_folder(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["index", "", "--index", str(tmp_path / "index")])
    assert result.exit_code == 2
    assert not (tmp_path / "index").exists()


def test_what_a_reader_wrote_does_not_command_a_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    engine = engines.open(":memory:")
    comment = Comment("a#comment-1", author="Zoé\x1b[2J", text="Un \x1b]0;titre\x07panne \x9b31m.")
    write(engine, [records_of(Article("a", "Pan\x1bneaux", comments=(comment,)))], seen=1)
    for color in (True, False):
        results = search(engine.reader(), "panne", now=datetime(2026, 1, 2, tzinfo=UTC))
        print_results(results, color=color)
        output = capsys.readouterr().out.replace("\x1b[33m\x1b[1m", "").replace("\x1b[0m", "")
        assert "Zoé\ufffd[2J" in output
        assert not {"\x1b", "\x07", "\x9b"} & set(output)


@pytest.mark.parametrize(("no_color", "expected"), [("", b"\x1b[33m"), ("1", b"[panne")])
def test_colors_are_for_a_terminal_that_wants_them(
    no_color: str, expected: bytes, where: str
) -> None:
    controller, terminal = pty.openpty()
    try:
        subprocess.run(
            [sys.executable, "glose.py", "search", "panne", "--limit", "1", "--index", where],
            cwd=Path(__file__).parent.parent,
            env={**os.environ, "NO_COLOR": no_color},
            stdout=terminal,
            timeout=600,
            check=True,
        )
        output = os.read(controller, 60_000)
    finally:
        os.close(controller)
        os.close(terminal)
    assert expected in output
    assert (b"\x1b" in output) is (no_color == "")
