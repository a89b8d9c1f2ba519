"""What is read of a file whose text may not be public?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from indexer.article.publication import Publication
from indexer.files import ReadingOptions
from indexer.merging.joining import join
from indexer.pipeline.sources import formats, read
from indexer.reporting.report import Outcome

SECRET = "mirabelle"
"""What stands in the text of what is or is not public."""

PostMaker = Callable[[str], str]
Fate = Callable[[list[Outcome]], str]


def outcomes_of(path: Path, *published: str, threads_first: bool = False) -> list[Outcome]:
    among = formats(ReadingOptions(publication=Publication(published)))
    outcomes = read([path], among=among, threads_first=threads_first)
    return list(join(outcomes) if threads_first else outcomes)
