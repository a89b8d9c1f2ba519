"""Articles for a small index, and how many of its passages answer a question."""

from __future__ import annotations

from datetime import UTC, datetime

from index.answering import searching
from index.engines import Engine
from index.record import About, Record

NOW = datetime(2025, 6, 1, tzinfo=UTC)


def article(name: str, *comments: str) -> list[Record]:
    about = About(name, f"Article {name}", comments=len(comments))
    return [
        Record(f"{name}#comment-{n}", "comment", about, n, text=text)
        for n, text in enumerate(comments, 1)
    ]


def passages_found(engine: Engine, question: str) -> int:
    return searching.search(engine.reader(), question, now=NOW).totals.passages
