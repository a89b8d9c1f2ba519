"""Puts the language's table into the README: run by `make readme`."""

import re
from pathlib import Path

from index.question.grammar import markdown

README = Path(__file__).parent.parent / "README.md"

if __name__ == "__main__":
    text = README.read_text("utf-8")
    begin, end = "<!-- language: begin (make readme) -->", "<!-- language: end -->"
    table = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.S)
    README.write_text(table.sub(lambda _: f"{begin}\n{markdown()}\n{end}", text), "utf-8")
