"""Puts the table of the rooms into ARCHITECTURE.md, read from the code: run by `make readme`."""

import ast
import re
import tomllib
from pathlib import Path
from typing import NamedTuple

TOP = Path(__file__).parent.parent
PAGE = TOP / "ARCHITECTURE.md"
HALLS = ("indexer", "index", "webui")
MARKS = re.compile(
    r"(?<=<!-- rooms: begin \(make readme\) -->\n)(.*?)(?=<!-- rooms: end -->)", re.S
)


class Room(NamedTuple):
    """A row of the table: `imports` are the other rooms that its code imports."""

    name: str
    question: str
    files: int
    lines: int
    imports: tuple[str, ...]


def rooms() -> list[Room]:
    """Every room, each hall's from the top floor down, as the contracts have them."""
    return [_room(folder) for hall in HALLS for folder in (TOP / hall, *_floors(hall))]


def folders(hall: str) -> set[Path]:
    """The rooms of a hall that are on the disk."""
    return {face.parent for face in (TOP / hall).glob("*/__init__.py")} - {TOP / "indexer/demo"}


def _floors(hall: str) -> list[Path]:
    contracts = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    layers = next(c["layers"] for c in contracts["contracts"] if c.get("containers") == [hall])
    names = [name for layer in layers for name in re.split(r"[ :|]+", layer)]
    rooms = [TOP / hall / name for name in names if (TOP / hall / name).is_dir()]
    # a contract that is not exhaustive leaves some rooms out
    return [*rooms, *sorted(folders(hall) - set(rooms))]


def table() -> str:
    """The table in Markdown."""
    head = "| room | its question | files | lines | imports |\n|---|---|---|---|---|\n"
    return head + "".join(
        f"| `{room.name}/` | {room.question} | {room.files} | {room.lines} | {_short(room)} |\n"
        for room in rooms()
    )


def _short(room: Room) -> str:
    """What a room imports, its own hall's rooms by their last name."""
    hall = room.name.partition("/")[0] + "/"
    return ", ".join(name.removeprefix(hall) for name in room.imports) or "-"


def _room(folder: Path) -> Room:
    # a room's folders are of the room; a hall's are rooms
    files = sorted(folder.glob("*.py") if folder.parent == TOP else folder.rglob("*.py"))
    texts = [file.read_text("utf-8") for file in files]
    docstring = ast.get_docstring(ast.parse((folder / "__init__.py").read_text("utf-8"))) or ""
    imported: set[str] = set()
    for text in texts:
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ImportFrom) and node.module:
                imported |= {_room_of(f"{node.module}.{alias.name}") for alias in node.names}
    name = folder.relative_to(TOP).as_posix()
    lines = sum(text.count("\n") for text in texts)
    imported_rooms = tuple(sorted(imported - {"", name}))
    question = " ".join(docstring.split("\n\n")[0].split())
    return Room(name, question, len(files), lines, imported_rooms)


def _room_of(module: str) -> str:
    """The room of a module's dotted name; "" when it is not ours."""
    parts = module.split(".")
    if parts[0] not in HALLS:
        return ""
    if len(parts) > 1 and (TOP / parts[0] / parts[1]).is_dir():
        return "/".join(parts[:2])
    return parts[0]


if __name__ == "__main__":
    PAGE.write_text(MARKS.sub(lambda _: table(), PAGE.read_text("utf-8")), "utf-8")
