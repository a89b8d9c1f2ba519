"""What is in the outcomes of a run?"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from indexer.article.model import Article
from indexer.files import ReadingOptions
from indexer.pipeline.sources import FORMATS, formats, read
from indexer.reporting import Outcome, Remark, Skipped


def outcomes_of(
    folder: Path, content: str | bytes, name: str = "fichier", options: ReadingOptions | None = None
) -> list[Outcome]:
    """What a file of this content and this name, written in a folder, is read as."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read([path], among=FORMATS if options is None else formats(options)))


def articles(outcomes: Iterable[Outcome]) -> list[Article]:
    return [outcome for outcome in outcomes if isinstance(outcome, Article)]


def remarks(outcomes: Iterable[Outcome]) -> dict[str, str]:
    """What each kind of remark says."""
    return {outcome.kind: outcome.message for outcome in outcomes if isinstance(outcome, Remark)}


def remark_kinds(outcomes: Iterable[Outcome]) -> list[str]:
    return [outcome.kind for outcome in outcomes if isinstance(outcome, Remark)]


def skipped(outcomes: Iterable[Outcome]) -> list[tuple[int | None, str]]:
    """The lines that were left aside, and why."""
    return [(outcome.line, outcome.reason) for outcome in outcomes if isinstance(outcome, Skipped)]


def reasons_of(outcomes: Iterable[Outcome]) -> str:
    """The sentences of what is no article, a line each."""
    return "\n".join(
        outcome.sentence() for outcome in outcomes if isinstance(outcome, Skipped | Remark)
    )
