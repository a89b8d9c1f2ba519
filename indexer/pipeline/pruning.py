"""Which articles does a source no longer give?

Those that came from it, by their provenance, and that a run over all of it has not met. A
source that suddenly gives much less is more often cut short than cleaned up: past a fifth of
what it held, nothing is removed without being told so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from index.engines import Reader
from indexer.canonical import leads
from indexer.files import parsed
from indexer.reporting import plural, provenance

MOST = 0.2
"""The share of a source that may go at once."""
IDS_SHOWN = 20
"""How many ids are told of what goes."""


@dataclass(slots=True)
class MissingArticles:
    """The articles of a source in the index, counted, and the ids of those it no longer gives."""

    source: str
    article_count: int = 0
    ids: list[str] = field(default_factory=list)

    @property
    def too_many(self) -> bool:
        """Whether more goes at once than is likely; one article always may.

        >>> MissingArticles("a", 100, ["x"] * 21).too_many, MissingArticles("a", 2, ["x"]).too_many
        (True, False)
        """
        return len(self.ids) > max(1, MOST * self.article_count)


@dataclass(slots=True)
class PruneReport:
    """The result of `--prune`, done or not: `why` says in French why nothing was removed."""

    sources: list[MissingArticles] = field(default_factory=list)
    refused: list[MissingArticles] = field(default_factory=list)
    records: int = 0
    why: str | None = None

    @property
    def ids(self) -> list[str]:
        """Return the ids of the articles to remove."""
        return [article_id for source in self.sources for article_id in source.ids]

    @property
    def done(self) -> bool:
        """Whether every article to remove was removed."""
        return self.why is None and not self.refused

    def lines(self, *, dry: bool) -> Iterator[str]:
        """The account in French."""
        if self.why is not None:
            yield f"--prune : rien n’est retiré, car {self.why}."
            return
        for missing in self.refused:
            yield (
                f"--prune : « {missing.source} » ne donne plus "
                f"{plural(len(missing.ids), 'article')} sur {missing.article_count} : "
                "c’est beaucoup, et rien n’en est retiré. "
                "Si c’est bien ce qui est voulu : --prune-all."
            )
        ids = self.ids
        verb = "seraient retirés" if dry else "retirés"
        if len(ids) < 2:
            verb = "serait retiré" if dry else "retiré"
        listed = f" : {', '.join(ids[:IDS_SHOWN])}{', …' * (len(ids) > IDS_SHOWN)}" if ids else ""
        yield (
            f"--prune : {plural(len(ids), 'article')} que les sources ne donnent plus {verb} "
            f"({plural(self.records, 'passage')}){listed}."
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "articles": len(self.ids),
            "records": self.records,
            "ids": self.ids[:IDS_SHOWN],
            "why": self.why,
            "sources": [
                {
                    "source": missing.source,
                    "held": missing.article_count,
                    "missing": len(missing.ids),
                    "refused": missing in self.refused,
                }
                for missing in (*self.sources, *self.refused)
            ],
        }


def prune(
    reader: Reader,
    provenances: Collection[str],
    incoming_ids: Collection[str],
    *,
    sound: bool,
    every: bool,
) -> PruneReport:
    """Return the articles to remove after a run that read these provenances and these articles.

    sound: nothing was left aside in the run. every: whatever its share of its source.
    """
    if not sound:
        return PruneReport(why="quelque chose a été laissé de côté : une source n’est pas complète")
    sources = {
        name: MissingArticles(name)
        for name in sorted(provenances)
        if provenance.reports_removals(name)
    }
    sources.pop("", None)
    if not sources:
        return PruneReport(why="ce qui a été lu (un flux, un site) ne dit pas ce qui n’existe plus")
    for lead in leads(reader):
        members = parsed(lead)
        source = sources.get(str(members.get("extra", {}).get(provenance.WHOLE)))
        if source is None:
            continue
        source.article_count += 1
        if (name := members["about"]["id"]) not in incoming_ids:
            source.ids.append(name)
    incomplete = [missing for missing in sources.values() if missing.ids]
    refused = [missing for missing in incomplete if missing.too_many and not every]
    return PruneReport([missing for missing in sources.values() if missing not in refused], refused)
