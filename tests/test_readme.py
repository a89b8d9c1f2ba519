"""The documents do not lie: the language's table, the commands, the examples."""

import importlib.util
import re
import shlex
from pathlib import Path
from types import ModuleType

import click
import pytest
from click.testing import CliRunner

from glose import main

TOP = Path(__file__).parent.parent
CONTEXT = click.Context(main)


def _readme() -> ModuleType:
    """The script that writes the README's parts."""
    spec = importlib.util.spec_from_file_location("readme", TOP / "tests" / "readme.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


readme = _readme()
README = (TOP / "README.md").read_text("utf-8")
DEMO = TOP / "indexer" / "demo"


@pytest.mark.parametrize("name", readme.PARTS)
def test_what_is_said_of_the_code_is_the_code_s_own(name: str) -> None:
    file, make_text = readme.PARTS[name]
    inside = readme.part(name).search((TOP / file).read_text("utf-8"))
    assert inside is not None
    assert inside[1] == make_text() + "\n", "run `make readme`"


def test_every_command_is_named() -> None:
    for name in main.list_commands(CONTEXT):
        assert f"`glose {name}" in README, name


def test_every_command_has_help() -> None:
    for name in main.list_commands(CONTEXT):
        command = main.get_command(CONTEXT, name)
        assert command is not None
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
    result = CliRunner().invoke(main, shlex.split(line)[1:])
    assert result.exit_code == 0, result.output


def test_the_two_first_commands_exist() -> None:
    makefile = (TOP / "Makefile").read_text("utf-8")
    targets = re.findall(r"^make (\w+)$", README, re.M)
    assert targets
    for target in targets:
        assert re.search(rf"^{target}:", makefile, re.M), target
