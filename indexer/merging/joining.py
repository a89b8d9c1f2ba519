"""Under which article do comments go that come apart from it?

Under the one whose address, or one of its other addresses, leads to the same page as
theirs: read in the same run, else already in the index. Comments stored as files know only the end
of that address (`slug`). Threads come first and stay in memory, being the smaller side; articles go
through one at a time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from indexer.article import Article, Page, addresses, moved_comment
from indexer.merging.withholding import Withholding, is_thread
from indexer.reporting import Outcome, Remark, WithheldArticle, plural

StoredArticle = Callable[[Page], "Article | None"]
"""The article an index holds for a page, whole, with its comments."""

_PROGRAM = re.compile(r"#comment-([a-z][a-z0-9]*)-")


def join(
    outcomes: Iterable[Outcome],
    stored_article: StoredArticle = lambda page: None,
    stored_threads: Iterable[Article] = (),
    moved_ids: set[str] | None = None,
) -> Iterator[Outcome]:
    """Return the same outcomes, with each thread's comments under its article.

    The article of a thread is looked up in the index when it is not in this run; without one the
    thread stays as it is, with a remark. `stored_threads` are those of earlier runs that had none:
    the id of each that finds its article now is added to `moved_ids`. The thread of an article left
    aside stays aside.

    >>> from indexer.article.model import Comment, Section
    >>> partial = {"completeness": "partial"}
    >>> thread = Article("t", "s", "http://a.example/s", comments=(Comment("t#comment-isso-1"),),
    ...                  extra=partial)
    >>> article = Article("a", "Sora", "https://www.a.example/s/", sections=(Section(),))
    >>> [joined] = join([thread, article])
    >>> joined.id, joined.comments[0].id
    ('a', 'a#comment-isso-1')
    """
    threads, former, withholding = _Threads(), _Threads(), Withholding()
    for thread in stored_threads:
        former.add(thread)
    ids_by_slug: dict[str, str] = {}
    for outcome in outcomes:
        if isinstance(outcome, WithheldArticle):
            withholding.take(outcome)
        elif not isinstance(outcome, Article):
            yield outcome
        elif is_thread(outcome):
            threads.add(outcome)
        else:
            own_threads, other_threads = threads.of(outcome)
            for slug in slugs_of(outcome):
                ids_by_slug.setdefault(slug, outcome.id)
            withholding.publish(outcome)
            own_threads = [thread for thread in own_threads if not withholding.leaves(thread)]
            former_threads, _ = former.of(outcome)
            if moved_ids is not None:
                moved_ids.update(thread.id for thread in former_threads)
            if other_threads:
                message = "un fil de commentaires connu par son seul chemin convient aussi ici"
                yield Remark("ambiguous_thread", message, outcome.id)
            # what a program gives now replaces what it gave
            yield under(under(outcome, former_threads), own_threads)
    unjoined = (thread for thread in threads.unjoined() if not withholding.leaves(thread))
    yield from _unjoined(unjoined, withholding, stored_article, ids_by_slug)
    yield from withholding.left_aside.remarks("")


def _unjoined(
    threads: Iterable[Article],
    withholding: Withholding,
    stored_article: StoredArticle,
    ids_by_slug: Mapping[str, str],
) -> Iterator[Outcome]:
    """Yield the threads whose article is not in this run, under that of the index if it has one."""
    unmatched = 0
    for thread in threads:
        if withholding.gave(thread):
            # a table's, which came after its article: both are one where they are written
            yield _renamed(thread, ids_by_slug)
            continue
        pages = pages_of(thread) or [Page("", slug) for slug in slugs_of(thread)]
        article = next(filter(None, map(stored_article, pages)), None)
        if article is None:
            unmatched += 1
            yield thread
        else:
            yield under(article, [thread])
    if unmatched:
        sentence = plural(
            unmatched, "fil de commentaires n'a pas", "fils de commentaires n'ont pas"
        )
        yield Remark("alone", f"{sentence} d'article, et reste sous son titre seul")


def _renamed(thread: Article, ids_by_slug: Mapping[str, str]) -> Article:
    """Return a thread under its article's id, where it has but the end of the article's address."""
    slugs = () if pages_of(thread) else slugs_of(thread)
    article_id = next((ids_by_slug[slug] for slug in slugs if slug in ids_by_slug), thread.id)
    moved = (moved_comment(comment, thread.id, article_id) for comment in thread.comments)
    return replace(thread, id=article_id, comments=tuple(moved))


class _Threads:
    """Threads by page, and those that have found their article."""

    def __init__(self) -> None:
        self._threads: list[Article] = []
        self._places: dict[Page | str, list[int]] = {}
        self._joined: set[int] = set()

    def add(self, thread: Article) -> None:
        pages = pages_of(thread)
        # an address is surer than the end of one
        for key in pages or slugs_of(thread):
            self._places.setdefault(key, []).append(len(self._threads))
        self._threads.append(thread)

    def of(self, article: Article) -> tuple[list[Article], bool]:
        """Return the threads of an article, and whether others match it that are joined already."""
        pages = pages_of(article)
        keys: list[Page | str] = [*pages, *(Page("", page.path) for page in pages if page.host)]
        keys += slugs_of(article)
        places = dict.fromkeys(place for page in keys for place in self._places.get(page, ()))
        free = [place for place in places if place not in self._joined]
        self._joined.update(free)
        return [self._threads[place] for place in free], len(free) < len(places)

    def unjoined(self) -> Iterator[Article]:
        for place, thread in enumerate(self._threads):
            if place not in self._joined:
                yield thread


def pages_of(article: Article) -> list[Page]:
    """Return the pages of an article's addresses, each once."""
    pages = (addresses.page(url) for url in (article.url, *article.same_as) if url)
    return list(dict.fromkeys(filter(None, pages)))


def slugs_of(article: Article) -> list[str]:
    """Return the slug of an article's file and those of its addresses, each once.

    >>> slugs_of(Article("a", "A", "https://a.example/2024/la-brume/", extra={"slug": "brume"}))
    ['brume', 'la-brume']
    """
    slug = article.extra.get("slug")
    ends = (addresses.slug(url) for url in (article.url, *article.same_as) if url)
    return list(dict.fromkeys(filter(None, (slug if isinstance(slug, str) else "", *ends))))


def under(article: Article, threads: Iterable[Article]) -> Article:
    """Return an article with the comments of threads after its own.

    Comments it already had from the same programs are replaced: deleted ones go away.
    """
    moved = {
        comment.id: comment
        for thread in threads
        for comment in (
            moved_comment(original, thread.id, article.id) for original in thread.comments
        )
    }
    if not moved:
        return article
    programs = {match[1] for name in moved if (match := _PROGRAM.search(name, len(article.id)))}
    article_comments = [
        comment
        for comment in article.comments
        if comment.id not in moved
        and not ((match := _PROGRAM.search(comment.id, len(article.id))) and match[1] in programs)
    ]
    return replace(article, comments=(*article_comments, *moved.values()))
