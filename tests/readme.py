"""Puts the language's table, and how texts are read, into the README: run by `make readme`."""

import re
from pathlib import Path

from index.question import grammar, reading_rules

README = Path(__file__).parent.parent / "README.md"

PARTS = {"language": grammar.markdown, "reading": reading_rules.markdown}


def part(name: str) -> re.Pattern[str]:
    """What stands between the marks of a part, as the first group."""
    begin, end = re.escape(f"<!-- {name}: begin (make readme) -->\n"), f"<!-- {name}: end -->"
    return re.compile(f"(?<={begin})(.*?)(?={end})", re.S)


if __name__ == "__main__":
    text = README.read_text("utf-8")
    for name, made in PARTS.items():
        text = part(name).sub(lambda _, made=made: made() + "\n", text)
    README.write_text(text, "utf-8")
