"""An index, and questions that `glose alert` is asked about it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from click.testing import CliRunner, Result

from index import engines
from index.record import Record
from index.writing import writing
from webui.alerts.command import alert_command

BEFORE, LATER, LAST = 1_733_000_000, 1_733_100_000, 1_733_200_000
QUESTIONS = """
[[question]]
name = "NDA"
q = "nda"

[[question]]
name = "Zoé"
q = "artistes"
in = "comments"
commenter = ["Zoé"]
"""


class Place:
    """An index, a file of questions, and what the command says of them."""

    def __init__(self, folder: Path, records: list[Record]) -> None:
        self.folder = folder
        self.records = list(records)
        self.index = str(folder / "sora.index")
        self.questions = folder / "veille.toml"
        self.state = folder / "veille.state.json"
        self.questions.write_text(QUESTIONS)
        self.write(BEFORE)

    def write(self, seen: int, *texts: str, author: str = "Zoé") -> None:
        for text in texts:
            n = len(self.records) + 100
            self.records.append(
                replace(self.records[-1], id=f"demo:sora#comment-{n}", anchor=f"comment-{n}",
                        position=n, text=text, author=author, quotes=(), parent=None)
            )  # fmt: skip
        engine = engines.open(self.index, create=True)
        writing.write(engine, [self.records], seen=seen)
        engine.close()

    def run(self, *options: str) -> Result:
        return CliRunner().invoke(
            alert_command, [str(self.questions), "--index", self.index, *options]
        )

    def news(self, *options: str) -> dict[str, list[str]]:
        """Question → texts of what is new."""
        result = self.run("--json", *options)
        assert result.exit_code == 0, result.output
        return {
            question["name"]: [passage["snippets"][0]["text"] for passage in question["passages"]]
            for question in json.loads(result.output)["questions"]
        }
