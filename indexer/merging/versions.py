"""Of several versions of an article in one run, which was put aside and stays aside?

Where no date tells which is the later, the one read last wins. The article keeps the
digests of those it won over (`otherVersions`), and a run that gives them all again changes
nothing. What was never read beside another is news, and wins.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b
from typing import Any

from indexer.article import Article
from indexer.canonical import records_of
from indexer.merging.articles import OTHER_VERSIONS, merge

_MOST = 200
"""How many versions of one article are remembered."""


class Versions:
    """What a run has given of the articles that come in several versions."""

    def __init__(self) -> None:
        self._from: dict[str, str] = {}
        self._aside: set[str] = set()

    def beside(self, stored: Article, incoming: Article, *, again: bool, claim: bool) -> Article:
        """Return the article to store; `again`: the run has given this article already.

        >>> first, second = Article("a", "Sora"), Article("a", "SORA")
        >>> merged = Versions().beside(first, second, again=True, claim=False)
        >>> merged.headline, len(merged.extra["otherVersions"])
        ('SORA', 1)
        >>> Versions().beside(merged, first, again=False, claim=False) == merged
        True
        """
        digests = _known_digests(stored.extra)
        digest = _digest(incoming)
        if digest in digests:
            self._aside.add(stored.id)
            return stored
        bare = _with(stored, ())
        together = merge(bare, incoming, claim=claim)
        former = self._from.get(stored.id)
        if former is None and again and stored.id not in self._aside:
            former = _digest(bare)
        self._from[stored.id] = digest
        if together == bare:
            return stored
        if not again:
            digests = []
        elif former is not None and merge(together, bare, claim=claim) != together:
            digests = [*digests, former][-_MOST:]
        return _with(together, digests)

    def alone(self) -> Iterator[str]:
        """The articles of which this run gave nothing but versions that were put aside."""
        yield from sorted(self._aside - self._from.keys())


def forgotten(article: Article) -> Article:
    """An article for which each of its versions is news again."""
    return _with(article, ())


def _known_digests(extra: Mapping[str, Any]) -> list[str]:
    versions = extra.get(OTHER_VERSIONS)
    return (
        [version for version in versions if isinstance(version, str)]
        if isinstance(versions, list)
        else []
    )


def _with(article: Article, digests: Sequence[str]) -> Article:
    extra = {name: value for name, value in article.extra.items() if name != OTHER_VERSIONS}
    if digests:
        extra[OTHER_VERSIONS] = list(digests)
    return article if extra == article.extra else replace(article, extra=extra)


def _digest(article: Article) -> str:
    digest = blake2b(digest_size=8)
    for record in records_of(article):
        digest.update(record.dump(0))
    return digest.hexdigest()
