"""How are the demo's page texts made from its JSON Lines?

    python -m indexer.demo.make

The articles are written in `articles.jsonl`; `pages/` holds what a person would copy from
their pages, in the shape of the page reader. A test says when the two differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from indexer.canonical import article
from indexer.pages import render

FOLDER = Path(__file__).parent


def pages() -> Iterator[tuple[Path, str]]:
    """Each page's file and text."""
    for line in (FOLDER / "articles.jsonl").read_bytes().splitlines():
        demo_article = article(line)
        yield FOLDER / "pages" / (demo_article.id.rpartition(":")[2] + ".txt"), render(demo_article)


if __name__ == "__main__":
    for path, text in pages():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
