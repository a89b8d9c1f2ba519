"""What is new on a WordPress since the last visit, and how is all of it read the first time?

Whole articles in portions: a hundred posts, then their threads, which are asked for apart.
Who asks for the next portion says that the one before is kept: the state moves on then, and
an interrupted visit begins again there.

A visit that follows asks for the posts changed or published since, and for the comments with
higher numbers. A comment has no date of change; one that is approved late or removed shows
in the counts only, which are compared by hundreds of posts, then by halves. What is edited
without a trace is seen by a full visit. Nothing is taken away for not having been listed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from indexer import rest_articles
from indexer.answers import PARTIAL, display_name
from indexer.article import Article
from indexer.fetching import Fetching, Unanswered
from indexer.markup import line
from indexer.report import Outcome, Remark, Skipped, plural
from indexer.rest_api import PER_PAGE, Api, Closed, Page, discover
from indexer.rest_state import CLOSED, KINDS, State, a_day_before
from indexer.thread import thread

_WHAT = {
    "posts": "les articles",
    "pages": "les pages",
    "comments": "les commentaires",
    "users": "les auteurs",
    "categories": "les rubriques",
    "tags": "les mots-clés",
}
_LEFT = {
    "protected": (
        "article protégé, gardé par son titre",
        "articles protégés, gardés par leur titre",
    ),
    "orphan": ("réponse à un commentaire absent", "réponses à un commentaire absent"),
    "elsewhere": (
        "commentaire sous autre chose qu'un article ou une page, laissé de côté",
        "commentaires sous autre chose qu'un article ou une page, laissés de côté",
    ),
    "closed_thread": ("fil de commentaires fermé", "fils de commentaires fermés"),
}

_NAMES = ("users", "categories", "tags")

Post = dict[str, Any]


class _Moved(Exception):
    """The interface is no longer where it was."""


def visit(
    fetching: Fetching,
    address: str,
    state: State | None,
    *,
    now: datetime,
    keep: Callable[[State], None],
    full: bool = False,
) -> Iterator[list[Outcome]]:
    """The articles of the WordPress at an address, and what is said of the visit, by portions.

    state: what the last visit kept, None for a first one; `keep` is given the state when what
    came before is in the index. full: read everything again, or go on with that.
    """
    told: list[Outcome] = []
    try:
        known, state = state is not None, state or State(discover(fetching, address))
        try:
            yield from _Visit(fetching, address, state, now, keep, told, known).portions(full)
        except _Moved:
            site = discover(fetching, address)
            # another home gives its articles other names
            state = replace(state, site=site) if site.home == state.site.home else State(site)
            yield from _Visit(fetching, address, state, now, keep, told).portions(full)
    except Unanswered as error:
        told.append(Skipped(address, str(error)))
    yield told


class _Visit:
    def __init__(
        self,
        fetching: Fetching,
        address: str,
        state: State,
        now: datetime,
        keep: Callable[[State], None],
        told: list[Outcome],
        known: bool = False,
    ) -> None:
        self._known = known
        self._api = Api(fetching, state.site, state.validators)
        self._address = address
        self._state = state
        # a date beyond today is somebody's mistake: nothing is new after it for years
        self._latest = (now + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%S")
        self._keep = keep
        self._told = told
        self._left: Counter[str] = Counter()
        self._names: dict[tuple[str, int], str] = {}
        self._shut: set[str] = set()

    def portions(self, full: bool) -> Iterator[list[Outcome]]:
        state = self._state
        unfinished = state.begun and state.walk is not None
        try:
            if not unfinished and (full or not state.begun):
                self._begin()
                yield from self._whole()
                return
            if unfinished:
                yield from self._whole()
            # and what changed since that reading began
            yield from self._update()
        finally:
            for kind, count in (+self._left).items():
                self._told.append(Remark(kind, plural(count, *_LEFT[kind]), self._address))

    def _whole(self) -> Iterator[list[Outcome]]:
        state = self._state
        where, at = state.walk or (KINDS[0], 1)
        for kind in KINDS[KINDS.index(where) :]:
            # the last page that was read, again: what was removed meanwhile moved the rest up
            first = at if kind == where else 1
            for page in self._pages(kind, first, orderby="id", order="asc"):
                fresh = [post for post in page.items if post["id"] not in state.counts[kind]]
                yield from self._portion(kind, fresh)
                state.walk = (kind, page.number)
                self._keep(state)
        state.walk = None
        self._keep(state)

    def _begin(self) -> None:
        """Where the lists end now: what comes later is for the next visit."""
        state = self._state
        fresh = State(state.site)
        for kind in KINDS:
            mark = fresh.marks[kind]
            for name, order in (("modified", "modified"), ("published", "date")):
                page = self._glance(kind, orderby=order, order="desc", _fields=f"id,{order}")
                for post in page.items:
                    setattr(mark, name, min(_text(post, order), self._latest))
        page = self._glance("comments", orderby="id", order="desc", _fields="id")
        state.marks, state.counts, state.validators = fresh.marks, fresh.counts, {}
        state.newest = max((one["id"] for one in page.items), default=0)
        state.total = page.total
        state.walk, state.begun = (KINDS[0], 1), True

    def _update(self) -> Iterator[list[Outcome]]:
        state = self._state
        # first, so that the threads read below hold at least these comments
        newest, total, commented, counted = self._commented()
        done: set[int] = set()
        marks = {}
        for kind in KINDS:
            mark = state.marks[kind]
            latest, published = mark.modified, mark.published
            for page in self._changed(kind, "modified", mark.since):
                fresh = [
                    post
                    for post in page.items
                    if mark.recent.get(post["id"]) != _text(post, "modified")
                ]
                latest = max([latest, *(_text(post, "modified") for post in page.items)])
                yield from self._portion(kind, fresh, counted)
                done.update(post["id"] for post in fresh)
                self._keep(state)
            # one that was planned comes out without having been modified
            for page in self._changed(kind, "date", a_day_before(mark.published)):
                fresh = [post for post in page.items if post["id"] not in state.counts[kind]]
                published = max([published, *(_text(post, "date") for post in page.items)])
                yield from self._portion(kind, fresh, counted)
                done.update(post["id"] for post in fresh)
                self._keep(state)
            marks[kind] = (min(latest, self._latest), min(published, self._latest))
        yield from self._again(kind_of(state, commented, done), counted, commented)
        for kind, (latest, published) in marks.items():
            mark = state.marks[kind]
            mark.modified, mark.published = latest, published
            since = mark.since
            mark.recent = {one: when for one, when in mark.recent.items() if when >= since}
        state.newest, state.total = newest, total
        state.validators = self._api.validators
        self._keep(state)

    def _changed(self, kind: str, order: str, since: str) -> Iterator[Page]:
        """The pages of a list, latest first, down to what is older than `since`."""
        asked = {"modified_after" if order == "modified" else "after": since} if since else {}
        pages = self._pages(kind, 1, again=True, orderby=order, order="desc", **asked)
        for page in pages:
            # before 5.7 WordPress does not know modified_after
            items = [post for post in page.items if _text(post, order) >= since]
            yield page._replace(items=items)
            if len(items) < len(page.items):
                return

    def _commented(self) -> tuple[int, int | None, Counter[int], dict[int, int]]:
        """The newest comment, the total, what has new comments, and the counts that differ."""
        state = self._state
        newest, total = state.newest, state.total
        fresh: Counter[int] = Counter()
        first = True
        for page in self._pages(
            "comments", 1, again=True, orderby="id", order="desc", _fields="id,post"
        ):
            if first:
                first, total = False, page.total
            late = [one for one in page.items if one["id"] > state.newest]
            fresh.update(one["post"] for one in late if type(one.get("post")) is int)
            newest = max([newest, *(one["id"] for one in late)])
            if len(late) < len(page.items):
                break
        counted: dict[int, int] = {}
        expected = None if state.total is None else state.total + fresh.total()
        if total is not None and expected is not None and total != expected:
            known = [
                one
                for kind in KINDS
                for one, count in state.counts[kind].items()
                if count != CLOSED and one not in fresh
            ]
            for start in range(0, len(known), PER_PAGE):
                counted |= self._differing(known[start : start + PER_PAGE])
        fresh.update(dict.fromkeys(counted, 0))
        return newest, total, fresh, counted

    def _differing(self, numbers: Sequence[int]) -> dict[int, int]:
        """Among some articles, those with more or fewer comments than were read, and how many."""
        state = self._state
        try:
            page = self._api.glance(
                "comments", _WHAT["comments"], post=_listed(numbers), _fields="id"
            )
        except Closed:
            # one of them is behind a password now
            total: int | None = CLOSED
        else:
            total = page.total
        held = sum(state.counts[state.kind(one) or KINDS[0]].get(one, 0) for one in numbers)
        if total is None or total == held:
            return {}
        if len(numbers) == 1:
            return {numbers[0]: total}
        half = len(numbers) // 2
        return self._differing(numbers[:half]) | self._differing(numbers[half:])

    def _again(
        self, wanted: dict[str | None, list[int]], counted: dict[int, int], new: Counter[int]
    ) -> Iterator[list[Outcome]]:
        """Known articles whose threads changed, and unknown ones that have comments."""
        for kind in (*KINDS, None):
            left = iter(wanted.get(kind, ()))
            while numbers := list(islice(left, PER_PAGE)):
                missing = set(numbers)
                for where in KINDS if kind is None else (kind,):
                    if not missing:
                        break
                    for page in self._pages(where, 1, include=_listed(sorted(missing))):
                        found = [post for post in page.items if post["id"] in missing]
                        yield from self._portion(where, found, counted)
                        missing -= {post["id"] for post in found}
                        self._keep(self._state)
                if kind is None:
                    self._left["elsewhere"] += sum(new[one] for one in missing)
                elif kind not in self._shut:
                    self._gone(kind, missing)

    def _gone(self, kind: str, numbers: set[int]) -> None:
        for one in sorted(numbers):
            del self._state.counts[kind][one]
            name = rest_articles.article_name(self._state.site, one)
            told = "n'est plus sur le site ; il reste dans l'index (glose delete)"
            self._told.append(Remark("gone", told, name))

    def _portion(
        self, kind: str, posts: list[Post], counted: Mapping[int, int] | None = None
    ) -> Iterator[list[Outcome]]:
        """The articles of some posts; when they are kept, they are known."""
        if not posts:
            return
        threads = self._threads([post["id"] for post in posts if not rest_articles.protected(post)])
        self._learn(posts)
        yield [self._article(kind, post, threads) for post in posts]
        mark = self._state.marks[kind]
        for post in posts:
            one = post["id"]
            count = len(threads[one]) if one in threads else CLOSED
            self._state.counts[kind][one] = (counted or {}).get(one, count)
            if (when := _text(post, "modified")) >= mark.since:
                mark.recent[one] = when

    def _article(self, kind: str, post: Post, threads: Mapping[int, list[Post]]) -> Article:
        known = threads.get(post["id"])
        article = rest_articles.article(self._state.site, kind, post, known or (), self._names)
        self._left["orphan"] += thread(article.comments).orphans
        if rest_articles.protected(post):
            self._left["protected"] += 1
        elif known is None:
            self._left["closed_thread"] += "comments" not in self._shut
            return replace(article, extra={**article.extra, **PARTIAL})
        return article

    def _threads(self, numbers: Sequence[int]) -> dict[int, list[Post]]:
        """The comments of some articles, by their numbers; one whose thread is closed is absent."""
        if not numbers or "comments" in self._shut:
            return {}
        found: dict[int, list[Post]] = {number: [] for number in numbers}
        try:
            for page in self._api.pages(
                "comments",
                _WHAT["comments"],
                post=_listed(numbers),
                orderby="id",
                order="asc",
                _fields=rest_articles.COMMENT_FIELDS,
            ):
                for comment in page.items:
                    if comment.get("post") in found:
                        found[comment["post"]].append(comment)
        except Closed:
            # one closed thread closes the list of all
            half = len(numbers) // 2
            return self._threads(numbers[:half]) | self._threads(numbers[half:]) if half else {}
        for comments in found.values():
            comments.sort(key=lambda comment: comment["id"])
        return found

    def _learn(self, posts: Sequence[Post]) -> None:
        """The names of the authors, categories and tags of some posts."""
        for kind in _NAMES:
            told = (one for post in posts for one in rest_articles.numbers(post, kind))
            unknown = [one for one in dict.fromkeys(told) if (kind, one) not in self._names]
            for start in range(0, len(unknown), PER_PAGE):
                numbers = unknown[start : start + PER_PAGE]
                # a number without a name is not asked for again
                self._names |= {(kind, one): "" for one in numbers}
                for page in self._pages(kind, 1, include=_listed(numbers), _fields="id,name"):
                    for item in page.items:
                        name = _text(item, "name")
                        shown = display_name(name) if kind == "users" else line(name)
                        self._names[kind, item["id"]] = shown or ""

    def _glance(self, route: str, **asked: object) -> Page:
        try:
            return self._api.glance(route, _WHAT[route], **asked)
        except Closed as error:
            self._close(route, error)
            return Page([], 1, None)

    def _pages(
        self, route: str, first: int = 1, *, again: bool = False, **asked: object
    ) -> Iterator[Page]:
        """The pages of a list; none when it is closed, which is said once."""
        if route in self._shut:
            return
        if route in KINDS:
            asked = {**asked, "_fields": rest_articles.ARTICLE_FIELDS}
        try:
            yield from self._api.pages(route, _WHAT[route], first, again=again, **asked)
        except Closed as error:
            self._close(route, error)
        except Unanswered as error:
            if route not in _NAMES:
                raise
            self._close(route, error)

    def _close(self, route: str, error: Unanswered) -> None:
        if route in self._shut:
            return
        if self._known and route not in _NAMES and isinstance(error, Closed) and error.gone:
            raise _Moved
        self._shut.add(route)
        if route in _NAMES:
            # the articles are there all the same
            self._told.append(Remark(f"no_{route}", str(error), self._address))
        else:
            self._told.append(Skipped(self._address, str(error)))


def kind_of(state: State, numbers: Counter[int], done: set[int]) -> dict[str | None, list[int]]:
    """Numbers by the list in which they are known, those that are done left out.

    >>> from indexer.rest_api import Site
    >>> state = State(Site("", ""), counts={"posts": {7: 2}, "pages": {}})
    >>> kind_of(state, Counter([7, 8, 9]), {9})
    {'posts': [7], None: [8]}
    """
    found: dict[str | None, list[int]] = {}
    for one in sorted(numbers):
        if one not in done:
            found.setdefault(state.kind(one), []).append(one)
    return found


def _listed(numbers: Sequence[int]) -> str:
    return ",".join(map(str, numbers))


def _text(item: Mapping[str, Any], name: str) -> str:
    value = item.get(name)
    return value if isinstance(value, str) else ""
