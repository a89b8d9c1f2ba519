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
    public_comments = [
        comment for article in articles for comment in article.comments if comment.published
    ]
    words = [article.headline + str(article.sections) for article in articles]
    if any(
        SECRET in text
        for text in [*words, *(comment.text for comment in public_comments if not comment.deleted)]
    ):
        return "public"
    kinds = {outcome.kind for outcome in outcomes if isinstance(outcome, Remark)}
    if any(comment.deleted for comment in public_comments):
        return "place"
    if "protected" in kinds and articles:
        return "title"
    # nothing goes without a word
    counters = {"unpublished", "unpublished_articles", "pings", "spam", "other_kinds", "elsewhere"}
    return "aside" if kinds & counters else "lost"


@pytest.fixture(name="fate")
def fate_of_what_was_read() -> Callable[[list[Outcome]], str]:
    """What becomes of the word "mirabelle": public, aside, title, place, or lost."""
    return fate


@pytest.fixture
def rows_given(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The tables of the rows that were given since, one by row: what was read when is counted."""
    tables: list[str] = []
    rows_of_table = RowTables.rows

    def count_rows(self: RowTables, table: str, *arguments: Any, **options: Any) -> Iterator[Row]:
        for row in rows_of_table(self, table, *arguments, **options):
            tables.append(table)
            yield row

    monkeypatch.setattr(RowTables, "rows", count_rows)
    return tables
