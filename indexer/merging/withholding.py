"""Which threads are those of articles that this run left aside, and must stay aside with them?

A draft and its comments may come in two files, in either order: threads known without their
article wait on disk, until everything was read.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from tempfile import SpooledTemporaryFile

from indexer.article import PARTIAL, Article, addresses, article_id
from indexer.reporting import LeftAside, Outcome, WithheldArticle

_BYTES_IN_MEMORY = 8 << 20
"""Bytes of waiting threads in memory; more go to disk."""


class Withholding:
    """The names of the articles that a run gave, and of those it left aside.

    An article that another source of the run publishes is public.

    >>> withholding = Withholding()
    >>> withholding.take(WithheldArticle(("table:5", "https://a.example/s")))
    >>> withholding.leaves(Article("x", "Sora", "http://www.a.example/s/"))
    True
    >>> withholding.publish(Article("table:5", "Sora"))
    >>> withholding.leaves(Article("table:5", "Sora"))
    False
    """

    def __init__(self) -> None:
        self.left_aside = LeftAside()
        self._withheld: set[int] = set()
        self._protected: set[int] = set()
        self._published: set[int] = set()

    def take(self, withheld: WithheldArticle) -> None:
        """Note an article that was left aside, or whose title alone is public."""
        keys = self._protected if withheld.protected else self._withheld
        keys.update(_keys(withheld.names))

    def publish(self, article: Article) -> None:
        """Note an article that was given."""
        self._published.update(_keys([*_names(article), article_id(article.headline)]))

    def gave(self, thread: Article) -> bool:
        """Return whether the article of a thread was given, under its id or one of its addresses.

        >>> withholding = Withholding()
        >>> withholding.publish(Article("a", "Sora", "https://a.example/s"))
        >>> withholding.gave(Article("table:x", "Sora", "http://www.a.example/s/"))
        True
        """
        return not self._published.isdisjoint(_keys(_names(thread), paths=False))

    def leaves(self, thread: Article) -> bool:
        """Whether the article of a thread was left aside, so far; its comments are counted."""
        keys = set(_keys(_names(thread), paths=False))
        hidden = not keys.isdisjoint(self._withheld) and keys.isdisjoint(self._published)
        if not hidden and keys.isdisjoint(self._protected):
            return False
        self.left_aside.add("under_unpublished", len(thread.comments))
        return True


def is_thread(article: Article) -> bool:
    """Return whether an article is known by its comments only.

    >>> is_thread(Article("a", "Sora", extra={"completeness": "partial"}))
    True
    """
    partial = article.extra.get("completeness") == PARTIAL["completeness"]
    return partial and not (article.sections or article.description)


def _names(article: Article) -> list[str]:
    """Its ids and its addresses, or the end of one by which comments kept as files know it."""
    slug = article.extra.get("slug")
    by_slug = [f"slug:{slug}"] if isinstance(slug, str) else []
    return [article.id, *filter(None, [article.url]), *article.same_as, *by_slug]


def _keys(names: Iterable[str], *, paths: bool = True) -> Iterator[int]:
    """Return the key of each name: an id as it is, an address as the page it leads to.

    That of a whole site names no article. paths: with the page's path, by which programs of
    comments may know it.
    """
    for name in names:
        page = addresses.page(name)
        if page is None:
            yield hash(name)
        elif page.path.strip("/"):
            yield hash(page.whole)
            if paths:
                yield hash(page.path)


def without_withheld(outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """The same outcomes, but for the threads of articles left aside; the other threads come last.

    >>> thread = Article("table:5", "Article 5", extra={"completeness": "partial"})
    >>> [remark.kind for remark in without_withheld([thread, WithheldArticle(("table:5",))])]
    []
    """
    withholding = Withholding()
    waiting = 0
    with SpooledTemporaryFile(_BYTES_IN_MEMORY) as shelf:
        for outcome in outcomes:
            if isinstance(outcome, WithheldArticle):
                withholding.take(outcome)
            elif not isinstance(outcome, Article):
                yield outcome
            elif is_thread(outcome):
                # our own objects, in a file that nobody else can open
                pickle.dump(outcome, shelf, pickle.HIGHEST_PROTOCOL)
                waiting += 1
            else:
                withholding.publish(outcome)
                yield outcome
        shelf.seek(0)
        for _ in range(waiting):
            thread: Article = pickle.load(shelf)
            if not withholding.leaves(thread):
                yield thread
    yield from withholding.left_aside.remarks("")
