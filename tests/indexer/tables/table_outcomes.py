"""What tables give when they are read, kind by kind."""

from __future__ import annotations

from pathlib import Path

from indexer.article.model import Article
from indexer.pipeline.sources import FORMATS, formats, read
from indexer.reporting.report import Outcome, Remark, Skipped
from indexer.tables.table import Tables


def outcomes_of(
    tmp_path: Path, text: str | bytes, tables: Tables | None = None, name: str = "t.csv"
) -> list[Outcome]:
    path = tmp_path / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return list(read([path], among=FORMATS if tables is None else formats(tables=tables)))


def articles(outcomes: list[Outcome]) -> list[Article]:
    return [outcome for outcome in outcomes if isinstance(outcome, Article)]


def remarks(outcomes: list[Outcome]) -> dict[str, str]:
    return {outcome.kind: outcome.message for outcome in outcomes if isinstance(outcome, Remark)}


def skipped(outcomes: list[Outcome]) -> list[tuple[int | None, str]]:
    return [(outcome.line, outcome.reason) for outcome in outcomes if isinstance(outcome, Skipped)]
