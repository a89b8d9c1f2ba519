"""Are objects of JSON read that no line end parts, and is what is wrong among them told?"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from indexer.article import Article
from indexer.canonical import JsonFormat, joined_json
from indexer.files import CapturedFile
from indexer.reporting import Skipped
from indexer.times import Capture

A = json.dumps({"headline": "La digue", "articleBody": "Un « { » et un } dans le texte."})
B = json.dumps({"headline": "Le phare", "articleBody": "Il veille."})
PRETTY = [json.dumps(json.loads(text), indent=2, ensure_ascii=False) for text in (A, B)]
CASES = [
    # file, its headlines, the lines of what is left aside
    (A + B, ["La digue", "Le phare"], []),
    (A + B + "\n" + A + "\n", ["La digue", "Le phare", "La digue"], []),
    (f"{A}  {B}\n", ["La digue", "Le phare"], []),
    (A + "\n" + A + B + "\n", ["La digue", "La digue", "Le phare"], []),
    ("".join(PRETTY), ["La digue", "Le phare"], []),
    ("\n".join(PRETTY) + "\n", ["La digue", "Le phare"], []),
    (A + B + "papaye\n" + A, ["La digue", "Le phare", "La digue"], [1]),
    (A + '{"headline": \n' + B, ["La digue", "Le phare"], [1]),
    (PRETTY[0] + "\n" + PRETTY[1] + "\n{", ["La digue", "Le phare"], [PRETTY[0].count("\n") + 6]),
    # as before: a line with something after its object is left aside whole
    (A + " papaye\n" + B, ["Le phare"], [1]),
    ("{" * 5000 + "\n" + B, ["Le phare"], [1]),
]


@pytest.mark.parametrize(("text", "headlines", "lines"), CASES)
def test_objects_that_follow_one_another(
    text: str, headlines: list[str], lines: list[int], tmp_path: Path
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(text)
    outcomes = list(JsonFormat().read(CapturedFile(path, "a.jsonl", Capture(date(2026, 11, 28)))))
    assert [outcome.headline for outcome in outcomes if isinstance(outcome, Article)] == headlines
    skipped = [outcome for outcome in outcomes if isinstance(outcome, Skipped)]
    assert [outcome.line for outcome in skipped] == lines


def test_the_column_is_that_of_the_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(A + B + "papaye")
    *_, outcome = JsonFormat().read(CapturedFile(path, "a.jsonl", Capture(date(2026, 11, 28))))
    assert isinstance(outcome, Skipped)
    assert outcome.reason == f"ce n'est pas du JSON, dès la colonne {len(A + B) + 1}"


class _ScannedText(str):
    """A text that counts the characters in which a line end is looked for."""

    scanned = 0

    def count(self, *args: Any) -> int:
        _ScannedText.scanned += args[2] - args[1]
        return super().count(*args)

    def rfind(self, *args: Any) -> int:
        _ScannedText.scanned += args[2] - args[1]
        return super().rfind(*args)


def test_a_line_of_many_objects_is_looked_through_once() -> None:
    text = _ScannedText(A * 1_000)
    assert len(list(joined_json._pieces(text))) == 1_000
    assert _ScannedText.scanned <= 2 * len(text)
