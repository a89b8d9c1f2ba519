"""Is every comment of a newspaper's largest article kept, within the documented memory?

`make trials` indexes each file of 20,000 comments (COMMENTS: as many as wanted); `make test` three
of them, of 1,000.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from test_growth import MOST_MEMORY, index
from trial_large import MAKERS, write
from whoosh.query import Term

from index import engines
from indexer.pipeline import apart

SHORT = ("unknown.html", "wxr.xml", "isso.json")


@pytest.mark.parametrize("name", MAKERS)
def test_every_comment_is_kept(name: str, place: Path, long: bool) -> None:
    if not long and name not in SHORT:
        pytest.skip("TRIALS=long tries them all")
    count = int(os.environ.get("COMMENTS", "20000" if long else "1000"))
    path = place / name
    write(name, count, path)
    assert long or path.stat().st_size >= apart.LARGE
    result = index(path, place / "x.index")
    print(
        f"\n{name}: {path.stat().st_size >> 20} MB, {result.memory >> 20} MiB, {result.seconds} s"
    )
    assert result.faults() == []
    assert result.memory < MOST_MEMORY
    reader = engines.open(str(place / "x.index")).reader()
    assert reader.total(Term("kind", "comment")) == count
    for number in random.Random(name).sample(range(1, count + 1), 20):
        assert reader.total(Term("text", f"ormeau{number}")) == 1, number


@pytest.mark.parametrize("name", ["page.html", "text.txt", "note.md"])
def test_a_paragraph_larger_than_a_passage_is_said(name: str, place: Path, long: bool) -> None:
    """Megabytes of one paragraph, which no article has: left aside with a sentence."""
    sentence = "Les mots de passe partagés fuient encore. "
    text = sentence * ((30_000_000 if long else 1_200_000) // len(sentence.encode()))
    before, after = {
        "page.html": ("<title>Sora</title><h1>Sora</h1><p>Un.</p><p>", "</p>"),
        "text.txt": ("Sora\nLe 14 janvier 2025 à 09h30\nUn.\n", "\n"),
        "note.md": ("---\ntitle: Sora\ndate: 2024-12-02\n---\nUn.\n\n", "\n"),
    }[name]
    path = place / name
    path.write_text(before + text + after, encoding="utf-8")
    result = index(path, place / "x.index")
    print(f"\n{name}: {result.memory >> 20} MiB, {result.seconds} s: {result.lines[-1]}")
    assert result.faults() == []
    assert any(
        "1 million de signes" in line or "Mio" in line or "article" in line for line in result.lines
    ), result.lines
