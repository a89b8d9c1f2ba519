"""Of several versions of an article in one run, which was put aside, and is to stay so?

Where nothing tells which is the later, the one that is read last wins. The article keeps the
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

    def beside(self, held: Article, given: Article, *, again: bool, claim: bool) -> Article:
        """Return what the index is to hold; `again`: the run has given this article already.

        >>> first, second = Article("a", "Sora"), Article("a", "SORA")
        >>> both = Versions().beside(first, second, again=True, claim=False)
        >>> both.headline, len(both.extra["otherVersions"])
        ('SORA', 1)
        >>> Versions().beside(both, first, again=False, claim=False) == both
        True
        """
        known = _known(held.extra)
        digest = _digest(given)
        if digest in known:
            self._aside.add(held.id)
            return held
        bare = _with(held, ())
        together = merge(bare, given, claim=claim)
        former = self._from.get(held.id)
        if former is None and again and held.id not in self._aside:
            former = _digest(bare)
        self._from[held.id] = digest
        if together == bare:
            return held
        if not again:
            known = []
        elif former is not None and merge(together, bare, claim=claim) != together:
            known = [*known, former][-_MOST:]
        return _with(together, known)

    def alone(self) -> Iterator[str]:
        """The articles of which this run gave nothing but versions that were put aside."""
        yield from sorted(self._aside - self._from.keys())


def forgotten(article: Article) -> Article:
    """An article for which each of its versions is news again."""
    return _with(article, ())


def _known(extra: Mapping[str, Any]) -> list[str]:
    versions = extra.get(OTHER_VERSIONS)
    return (
        [version for version in versions if isinstance(version, str)]
        if isinstance(versions, list)
        else []
    )


def _with(article: Article, known: Sequence[str]) -> Article:
    extra = {name: value for name, value in article.extra.items() if name != OTHER_VERSIONS}
    if known:
        extra[OTHER_VERSIONS] = list(known)
    return article if extra == article.extra else replace(article, extra=extra)


def _digest(article: Article) -> str:
    digest = blake2b(digest_size=8)
    for record in records_of(article):
        digest.update(record.dump(0))
    return digest.hexdigest()
