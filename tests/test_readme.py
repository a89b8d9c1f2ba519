"""The documents do not lie: the language's table, the commands, the examples."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from glose import main
from index.question import grammar

TOP = Path(__file__).parent.parent
README = (TOP / "README.md").read_text("utf-8")
DEMO = TOP / "indexer" / "demo"


def test_the_language_is_the_parser_s_own_table() -> None:
    between = r"<!-- language: begin [^>]*-->\n(.*?)\n<!-- language: end -->"
    inside = re.search(between, README, re.S)
    assert inside is not None
    assert inside[1] == grammar.markdown(), "run `make readme`"


def test_every_command_is_named() -> None:
    for name in main.commands:
        assert f"`glose {name}" in README, name


def test_every_command_has_help() -> None:
    for name, command in main.commands.items():
        assert command.help, name
        assert CliRunner().invoke(main, [name, "--help"]).exit_code == 0, name


@pytest.mark.parametrize(
    "line", [line for line in README.splitlines() if line.startswith("glose ")]
)
def test_the_examples_run(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pages").symlink_to(DEMO / "pages")
    if " serve" in line:
        return  # tried by the tests of the page, with a server that is stopped
    if " index " not in line:
        assert CliRunner().invoke(main, ["index", "pages/"]).exit_code == 0
    done = CliRunner().invoke(main, shlex.split(line)[1:])
    assert done.exit_code == 0, done.output


def test_the_two_first_commands_exist() -> None:
    makefile = (TOP / "Makefile").read_text("utf-8")
    for target in re.findall(r"^make (\w+)$", README, re.M):
        assert re.search(rf"^{target}:", makefile, re.M), target
