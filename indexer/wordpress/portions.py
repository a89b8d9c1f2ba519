"""Which articles do some posts of a WordPress make, with the threads and names asked for apart?

What the site does not let everybody read is said once, and not asked for again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from indexer.article import PARTIAL, Article, Publication
from indexer.markup import line
from indexer.reporting import LeftAside, Outcome, Remark, Skipped
from indexer.threads import display_name, thread_depths
from indexer.times import written
from indexer.web import Unanswered
from indexer.wordpress import articles
from indexer.wordpress.api import PER_PAGE, AccessDenied, Api, Page
from indexer.wordpress.articles import text_of
from indexer.wordpress.publishing import article_is_public, comment_is_public
from indexer.wordpress.state import CLOSED, KINDS, State

LIST_NAMES = {
    "posts": "les articles",
    "pages": "les pages",
    "comments": "les commentaires",
    "users": "les auteurs",
    "categories": "les rubriques",
    "tags": "les mots-clés",
}
_NAMES = ("users", "categories", "tags")

Post = dict[str, Any]


class InterfaceMoved(Exception):
    """The interface is no longer where it was."""


class Visit(NamedTuple):
    """One visit of the site at an address. `now`: when it begins. `outcomes`: takes its remarks.

    publication: which states are published.
    """

    address: str
    now: datetime
    publication: Publication
    outcomes: list[Outcome]


class Portions:
    """The reading of one visit, in its state.

    `left_aside` counts what was left out, `shut` are the lists that are closed. has_state: the site
    was visited before; where there is nothing any more, InterfaceMoved is raised.
    """

    def __init__(self, api: Api, state: State, visit: Visit, *, has_state: bool) -> None:
        self.left_aside = LeftAside()
        self.shut: set[str] = set()
        self._api = api
        self._state = state
        self._address = visit.address
        self._outcomes = visit.outcomes
        self._publication = visit.publication
        self._has_state = has_state
        self._captured = written(visit.now.astimezone())
        self._names: dict[tuple[str, int], str] = {}
        self._heard: bool | None = None

    def remarks(self) -> Iterator[Remark]:
        """What was left out, in words."""
        yield from self.left_aside.remarks(self._address)

    def portion(
        self, kind: str, posts: list[Post], counted: Mapping[int, int] | None = None
    ) -> Iterator[list[Outcome]]:
        """Return the articles of some posts; once the next is asked for, the state knows them.

        counted: the comments that the site announces for some of them.
        """
        if not posts:
            return
        threads = self._threads([post["id"] for post in posts if not articles.protected(post)])
        self._learn(posts)
        post_articles = (self._article(kind, post, threads) for post in posts)
        yield [article for article in post_articles if article is not None]
        mark = self._state.marks[kind]
        for post in posts:
            number = post["id"]
            count = len(threads[number]) if number in threads else CLOSED
            self._state.counts[kind][number] = (counted or {}).get(number, count)
            if (modified := text_of(post, "modified")) >= mark.since:
                mark.recent[number] = modified

    def _article(self, kind: str, post: Post, threads: Mapping[int, list[Post]]) -> Article | None:
        """Return the article of a post; None for one that is not public."""
        if not article_is_public("post", post.get("status"), self._publication, self.left_aside):
            return None
        comments = threads.get(post["id"])
        public = [comment for comment in comments or () if self._is_public(comment)]
        article = articles.article(self._state.site, kind, post, public, self._names)
        article = replace(article, captured_at=self._captured)
        self.left_aside.add("orphan", thread_depths(article.comments).orphans)
        if articles.protected(post):
            self.left_aside.add("protected")
        elif comments is None:
            self.left_aside.add("closed_thread", "comments" not in self.shut)
            return replace(article, extra={**article.extra, **PARTIAL})
        return article

    def _is_public(self, comment: Post) -> bool:
        kind, status = text_of(comment, "type"), comment.get("status")
        return comment_is_public(kind, status, self._publication, self.left_aside)

    def _threads(self, numbers: Sequence[int]) -> dict[int, list[Post]]:
        """Return the comments of some articles, by number, without those whose thread is closed."""
        if not numbers or "comments" in self.shut:
            return {}
        threads: dict[int, list[Post]] = {number: [] for number in numbers}
        try:
            for page in self._api.pages(
                "comments",
                LIST_NAMES["comments"],
                post=listed(numbers),
                orderby="id",
                order="asc",
                _fields=articles.COMMENT_FIELDS,
            ):
                for comment in page.items:
                    if comment.get("post") in threads:
                        threads[comment["post"]].append(comment)
        except AccessDenied:
            # one closed thread closes the list of all
            half = len(numbers) // 2
            return self._threads(numbers[:half]) | self._threads(numbers[half:]) if half else {}
        if not any(threads.values()) and self._silent():
            return {}
        for comments in threads.values():
            comments.sort(key=lambda comment: comment["id"])
        return threads

    def _silent(self) -> bool:
        """Whether the site gives no comment at all: taken for a closed list.

        Some extensions answer so instead of refusing, and what an index holds of these threads
        is not to be taken for removed.
        """
        if self._heard is None:
            self._heard = bool(self.glance("comments").items)
            if not self._heard and "comments" not in self.shut:
                self.shut.add("comments")
                message = "le site ne donne aucun commentaire ; ceux que l’index tient sont gardés"
                self._outcomes.append(Remark("no_comments", message, self._address))
        return not self._heard

    def _learn(self, posts: Sequence[Post]) -> None:
        """Look up the names of the authors, categories and tags of some posts."""
        for kind in _NAMES:
            ids = (number for post in posts for number in articles.numbers(post, kind))
            unknown = [number for number in dict.fromkeys(ids) if (kind, number) not in self._names]
            for start in range(0, len(unknown), PER_PAGE):
                numbers = unknown[start : start + PER_PAGE]
                # a number without a name is not asked for again
                self._names |= {(kind, number): "" for number in numbers}
                for page in self.pages(kind, 1, include=listed(numbers), _fields="id,name"):
                    for item in page.items:
                        name = text_of(item, "name")
                        public_name = display_name(name) if kind == "users" else line(name)
                        self._names[kind, item["id"]] = public_name or ""

    def glance(self, route: str, **params: object) -> Page:
        """A list's first item and total; an empty one when it is closed. Raises Unanswered."""
        try:
            return self._api.glance(route, LIST_NAMES[route], **params)
        except AccessDenied as error:
            self._close(route, error)
            return Page([], 1, None)

    def pages(
        self, route: str, first: int = 1, *, again: bool = False, **params: object
    ) -> Iterator[Page]:
        """The pages of a list; none when it is closed, which is said once. Raises Unanswered."""
        if route in self.shut:
            return
        if route in KINDS:
            params = {**params, "_fields": articles.ARTICLE_FIELDS}
        try:
            yield from self._api.pages(route, LIST_NAMES[route], first, again=again, **params)
        except AccessDenied as error:
            self._close(route, error)
        except Unanswered as error:
            if route not in _NAMES:
                raise
            self._close(route, error)

    def _close(self, route: str, error: Unanswered) -> None:
        if route in self.shut:
            return
        if (
            self._has_state
            and route not in _NAMES
            and isinstance(error, AccessDenied)
            and error.missing
        ):
            raise InterfaceMoved
        self.shut.add(route)
        if route in _NAMES:
            # the articles are there all the same
            self._outcomes.append(Remark(f"no_{route}", str(error), self._address))
        else:
            self._outcomes.append(Skipped(self._address, str(error)))


def listed(numbers: Sequence[int]) -> str:
    """Numbers as a list of an address is asked for.

    >>> listed([7, 8])
    '7,8'
    """
    return ",".join(map(str, numbers))
