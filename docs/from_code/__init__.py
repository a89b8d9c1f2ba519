"""Which pages of the reference are made from the code's own tables?

Each is made anew at each build, into `docs/reference/`, and none is committed: what is not there
cannot be stale. The tables are those that the program works with: click's commands, the grammar,
the notices, the declared parameters, the schemas, the formats in the order they are tried.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from from_code.command_line import commands_page
from from_code.endpoint import http_page
from from_code.formats import formats_page
from from_code.questions import notices_page, questions_page

REFERENCE = Path(__file__).parents[1] / "reference"

PAGES: dict[str, Callable[[], str]] = {
    "commandes": commands_page,
    "questions": questions_page,
    "remarques": notices_page,
    "http": http_page,
    "formats": formats_page,
}


def write(folder: Path = REFERENCE) -> None:
    """Write each page that is not as it should be."""
    for name, page in PAGES.items():
        path, text = folder / f"{name}.md", page() + "\n"
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    write()
    return {"parallel_read_safe": True}
