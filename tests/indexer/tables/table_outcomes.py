"""What tables give when they are read, kind by kind."""

from __future__ import annotations

from pathlib import Path

from indexer.files import ReadingOptions
from indexer.pipeline.sources import FORMATS, formats, read
from indexer.reporting.report import Outcome


def outcomes_of(
    tmp_path: Path, text: str | bytes, options: ReadingOptions | None = None, name: str = "t.csv"
) -> list[Outcome]:
    path = tmp_path / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return list(read([path], among=FORMATS if options is None else formats(options)))
