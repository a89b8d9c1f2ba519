"""What is a file to read, and what must the reader of a format do?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path
from typing import NamedTuple, Protocol

from indexer.article import Publication
from indexer.reporting import Outcome, Rank
from indexer.times import Capture


@dataclass(frozen=True, slots=True)
class CapturedFile:
    """A file to read, the name it is called by in reports, and when it was captured."""

    path: Path
    name: str
    capture: Capture


class ReadingOptions(NamedTuple):
    """What the command line says of sources, where they do not.

    publication: which states are published. zone: that of times that have none, None for Paris.
    site: its address. month_first: how days in figures are written, None for what the file tells.
    annotations: whether the private notes of wallabag's reader are read. columns: the names of the
    columns of tables, by what they hold.
    """

    publication: Publication = Publication()
    zone: tzinfo | None = None
    site: str = ""
    month_first: bool | None = None
    annotations: bool = False
    columns: Mapping[str, str] | None = None


class Format(Protocol):
    """One format of sources. A reader is one file, and one line in `indexer.pipeline.sources`."""

    @property
    def name(self) -> str:
        """As `--format` calls it."""

    @property
    def rank(self) -> Rank:
        """How much it knows of an article, when another format gives the same one."""

    def fits(self, head: bytes) -> bool:
        """Return whether a file that begins so (64 KiB at most) is of this format."""

    def read(self, file: CapturedFile) -> Iterator[Outcome]:
        """Its articles, with what is left aside and why. OSError: the file cannot be read."""
