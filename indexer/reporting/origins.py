"""From which source of a run does each article come, and which sources were read whole?"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from indexer.article import Article
from indexer.reporting import provenance
from indexer.reporting.report import Outcome, Report, WithheldArticle

AnyOutcome = TypeVar("AnyOutcome", bound=Outcome)


MOST_WITHHELD = 100_000
"""Ids that are kept of what readers may not see: a file may hold millions of drafts."""
_NO_IDS = ("http://", "https://", "slug:")


class Origins:
    """Gives articles their provenance, and keeps the account of each file.

    `paths` are the files and folders given, `name` what whoever indexes calls them all.
    `provenances` are those of all the articles read, `withheld` the ids of those that a source
    holds and readers may not see, `withheld_beyond` how many more there are.

    >>> origins = Origins([Path("pages")], Report(), name="nuit")
    >>> origins.read(Article("a", "Sora"), "html", Path("pages/a.html")).extra
    {'provenance': 'html:nuit'}
    """

    def __init__(self, paths: Sequence[Path], report: Report, *, name: str | None = None) -> None:
        self.provenances: set[str] = set()
        self.withheld: set[str] = set()
        self.withheld_beyond = 0
        self._paths = paths
        self._report = report
        self._name = name
        self._source = lru_cache(maxsize=1024)(self._source_of)

    def read(self, outcome: AnyOutcome, form: str, path: Path | str) -> AnyOutcome | Article:
        """Count what was read from a file or a site, and stamp articles with their provenance."""
        name = path if isinstance(path, str) else str(path).encode("utf-8", "replace").decode()
        self._report.of(name, form).take(outcome)
        if isinstance(outcome, WithheldArticle) and not outcome.protected:
            self._withhold(outcome)
        if not isinstance(outcome, Article):
            return outcome
        source = self._name or (path if isinstance(path, str) else self._source(path))
        stamped = provenance.stamped(outcome, form, source, named=self._name is not None)
        self.provenances.add(provenance.of(stamped))
        return stamped

    def _withhold(self, withheld: WithheldArticle) -> None:
        if len(self.withheld) >= MOST_WITHHELD:
            self.withheld_beyond += 1
            return
        self.withheld.update(name for name in withheld.names if not name.startswith(_NO_IDS))

    def _source_of(self, path: Path) -> str:
        above = (root for root in self._paths if path == root or path.is_relative_to(root))
        return provenance.name_of(next(above, path))
