"""What is in the outcomes of a run?"""

from __future__ import annotations

from collections.abc import Iterable

from indexer.article.model import Article
from indexer.reporting import Outcome, Remark, Skipped


def articles(outcomes: Iterable[Outcome]) -> list[Article]:
    return [outcome for outcome in outcomes if isinstance(outcome, Article)]


def remarks(outcomes: Iterable[Outcome]) -> dict[str, str]:
    """What each kind of remark says."""
    return {outcome.kind: outcome.message for outcome in outcomes if isinstance(outcome, Remark)}


def skipped(outcomes: Iterable[Outcome]) -> list[tuple[int | None, str]]:
    """The lines that were left aside, and why."""
    return [(outcome.line, outcome.reason) for outcome in outcomes if isinstance(outcome, Skipped)]


def reasons_of(outcomes: Iterable[Outcome]) -> str:
    """The sentences of what is no article, a line each."""
    return "\n".join(
        outcome.sentence() for outcome in outcomes if isinstance(outcome, Skipped | Remark)
    )
