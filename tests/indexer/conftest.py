"""What becomes of what was read, and which rows were?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from indexer.article.model import Article
from indexer.files import Row, RowTables
from indexer.reporting.report import Outcome, Remark, Skipped

SECRET = "mirabelle"


def fate(outcomes: list[Outcome]) -> str:
    assert not [outcome for outcome in outcomes if isinstance(outcome, Skipped)]
    articles = [outcome for outcome in outcomes if isinstance(outcome, Article)]
    shown = [comment for article in articles for comment in article.comments if comment.published]
    words = [article.headline + str(article.sections) for article in articles]
    if any(
        SECRET in text
        for text in [*words, *(comment.text for comment in shown if not comment.deleted)]
    ):
        return "public"
    kinds = {outcome.kind for outcome in outcomes if isinstance(outcome, Remark)}
    if any(comment.deleted for comment in shown):
        return "place"
    if "protected" in kinds and articles:
        return "title"
    # nothing goes without a word
    told = {"unpublished", "unpublished_articles", "pings", "spam", "other_kinds", "elsewhere"}
    return "aside" if kinds & told else "lost"


@pytest.fixture(name="fate")
def fate_of_what_was_read() -> Callable[[list[Outcome]], str]:
    """What becomes of the word "mirabelle": public, aside, title, place, or lost."""
    return fate


@pytest.fixture
def rows_given(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The tables of the rows that were given since, one by row: what was read when is counted."""
    tables: list[str] = []
    plain = RowTables.rows

    def counted(self: RowTables, table: str, *arguments: Any, **more: Any) -> Iterator[Row]:
        for row in plain(self, table, *arguments, **more):
            tables.append(table)
            yield row

    monkeypatch.setattr(RowTables, "rows", counted)
    return tables
