"""What a visit of a WordPress put into an index, for tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from click.testing import Result

from index import engines
from index.record import Record
from indexer.canonical.conversion import article_of

LATER = datetime(2023, 6, 1, 12, 0)
Run = Callable[..., Result]


def stored_article(tmp_path: Path, site: Any, number: int) -> Any:
    """The article of the index, or None."""
    name = f"wp:{site.home.removeprefix('http://')}:{number}"
    stored = engines.open(str(tmp_path / "i")).reader().passages(name)
    records = [Record.load(record) for record in stored]
    return article_of(records) if records else None


def texts(tmp_path: Path, site: Any, number: int) -> list[str]:
    return [comment.text for comment in stored_article(tmp_path, site, number).comments]
