"""Puts what the code says into README and SERVICE.md: run by `make readme`.

The language's table and how texts are read; what can be done with each kind of index.
"""

import re
import sys
from collections.abc import Callable
from pathlib import Path

TOP = Path(__file__).parent.parent
# it is run as a script too
sys.path.insert(0, str(TOP))

from index.question import grammar, reading_rules  # noqa: E402
from tests import abilities  # noqa: E402

PARTS: dict[str, tuple[str, Callable[[], str]]] = {
    "language": ("README.md", grammar.markdown),
    "reading": ("README.md", reading_rules.markdown),
    "abilities": ("SERVICE.md", abilities.markdown),
}


def part(name: str) -> re.Pattern[str]:
    """What stands between the marks of a part, as the first group."""
    begin, end = re.escape(f"<!-- {name}: begin (make readme) -->\n"), f"<!-- {name}: end -->"
    return re.compile(f"(?<={begin})(.*?)(?={end})", re.S)


if __name__ == "__main__":
    for name, (file, make_text) in PARTS.items():
        text = part(name).sub(
            lambda _, make_text=make_text: make_text() + "\n", (TOP / file).read_text("utf-8")
        )
        (TOP / file).write_text(text, "utf-8")
