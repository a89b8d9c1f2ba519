"""The contracts of the rooms hold: arrows one way, faces, and the page that draws them."""

import ast
import importlib.util
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

TOP = Path(__file__).parent.parent
HALLS = ("index", "indexer", "webui")
OPEN = frozenset(
    ("index/doors", "index/engines", "index/french", "index/question", "indexer/doors")
)
"""Rooms whose files are known by name: doors, and what every part of the index speaks."""


def _architecture() -> ModuleType:
    """The script that writes the page's table."""
    path = TOP / "tests" / "architecture.py"
    spec = importlib.util.spec_from_file_location("architecture", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


architecture = _architecture()


def behind_a_face(source: str, room: str, top: Path = TOP) -> Iterator[str]:
    """The modules of other rooms that a source imports without passing by their face."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.count(".") >= 2:
            hall, name = node.module.split(".")[:2]
            module = f"{hall}/{name}"
            # a folder of a room is of that room
            own = f"{room}/".startswith(f"{module}/")
            if hall in HALLS and (top / module).is_dir() and module not in OPEN and not own:
                yield node.module


@pytest.mark.parametrize("hall", HALLS)
def test_other_rooms_are_entered_by_their_face(hall: str) -> None:
    faults = {
        file.relative_to(TOP).as_posix(): modules
        for file in (TOP / hall).rglob("*.py")
        if (
            modules := list(
                behind_a_face(file.read_text("utf-8"), file.parent.relative_to(TOP).as_posix())
            )
        )
    }
    assert faults == {}


def test_an_entry_beside_the_face_would_be_seen() -> None:
    source = "from indexer.files.inflate import open_bytes\nfrom indexer.files import Spool\n"
    assert list(behind_a_face(source, "indexer/html")) == ["indexer.files.inflate"]
    deeper = "from indexer.files.databases.sql_dump import statements\n"
    assert list(behind_a_face(deeper, "indexer/html")) == ["indexer.files.databases.sql_dump"]
    assert list(behind_a_face(source, "indexer/files")) == []
    assert list(behind_a_face(source, "indexer/files/own")) == []


def test_the_page_draws_the_rooms_as_they_are() -> None:
    """Files and lines grow from day to day; rooms, questions and arrows are compared."""
    drawing = architecture.MARKS.search(architecture.PAGE.read_text("utf-8"))
    assert drawing is not None

    def without_sizes(table: str) -> str:
        return re.sub(r"\| \d+ \| \d+ \|", "|", table)

    assert without_sizes(drawing[1]) == without_sizes(architecture.table()), "run `make readme`"


@pytest.mark.parametrize("hall", HALLS)
def test_every_room_asks_a_question(hall: str) -> None:
    for room in architecture.folders(hall):
        docstring = ast.get_docstring(ast.parse((room / "__init__.py").read_text("utf-8"))) or ""
        assert docstring.split("\n\n")[0].endswith("?"), room


def test_no_arrow_comes_back() -> None:
    process = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=TOP,
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == 0, process.stdout + process.stderr
    assert "0 broken" in process.stdout


def test_the_contract_would_see_a_broken_wall(tmp_path: Path) -> None:
    """A check that cannot fail is none: one arrow put back must be found."""
    for room in ("index", "indexer", "webui"):
        (tmp_path / room).mkdir()
        (tmp_path / room / "__init__.py").write_text("import webui\n" if room == "index" else "")
    (tmp_path / ".importlinter").write_text(
        "[importlinter]\nroot_packages =\n  indexer\n  index\n  webui\n"
        "[importlinter:contract:1]\nname = rooms\ntype = layers\nlayers =\n"
        "  indexer | webui\n  index\n"
    )
    process = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode != 0
    assert "1 broken" in process.stdout
