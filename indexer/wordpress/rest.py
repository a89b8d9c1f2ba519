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
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice

from indexer.article import Publication
from indexer.reporting import Outcome, Remark, Skipped
from indexer.web import Fetching, Unanswered
from indexer.wordpress import articles
from indexer.wordpress.api import PER_PAGE, AccessDenied, Api, Page, discover
from indexer.wordpress.articles import text_of
from indexer.wordpress.portions import LIST_NAMES, InterfaceMoved, Portions, Visit, listed
from indexer.wordpress.state import CLOSED, KINDS, State, a_day_before


def visit(
    fetching: Fetching,
    address: str,
    state: State | None,
    *,
    now: datetime,
    keep: Callable[[State], None],
    full: bool = False,
    publication: Publication = Publication(),
) -> Iterator[list[Outcome]]:
    """Return the articles of the WordPress at an address, by portions, then the visit's remarks.

    state: what the last visit kept, None for a first one; `keep` is given the state when what
    came before is in the index. full: read everything again, or go on with that. publication:
    which states are published, of those that a site may give without being asked.
    """
    outcomes: list[Outcome] = []
    site_visit = Visit(address, now, publication, outcomes)
    try:
        has_state, state = state is not None, state or State(discover(fetching, address))
        try:
            yield from _Walk(fetching, state, site_visit, keep, has_state=has_state).portions(full)
        except InterfaceMoved:
            site = discover(fetching, address)
            # another home gives its articles other names
            state = replace(state, site=site) if site.home == state.site.home else State(site)
            yield from _Walk(fetching, state, site_visit, keep, has_state=False).portions(full)
    except Unanswered as error:
        outcomes.append(Skipped(address, str(error)))
    yield outcomes


class _Walk:
    """The walk of a visit through the lists of a site, and what it keeps of them."""

    def __init__(
        self,
        fetching: Fetching,
        state: State,
        visit: Visit,
        keep: Callable[[State], None],
        *,
        has_state: bool,
    ) -> None:
        self._api = Api(fetching, state.site, state.validators)
        self._state = state
        # a date beyond today is somebody's mistake: nothing is new after it for years
        self._latest = (visit.now + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%S")
        self._keep = keep
        self._outcomes = visit.outcomes
        self._portions = Portions(self._api, state, visit, has_state=has_state)

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
            self._outcomes += self._portions.remarks()

    def _whole(self) -> Iterator[list[Outcome]]:
        state = self._state
        kind_reached, at = state.walk or (KINDS[0], 1)
        for kind in KINDS[KINDS.index(kind_reached) :]:
            # the last page that was read, again: what was removed meanwhile moved the rest up
            first = at if kind == kind_reached else 1
            for page in self._portions.pages(kind, first, orderby="id", order="asc"):
                fresh = [post for post in page.items if post["id"] not in state.counts[kind]]
                yield from self._portions.portion(kind, fresh)
                state.walk = (kind, page.number)
                self._keep(state)
        state.walk = None
        self._keep(state)

    def _begin(self) -> None:
        """Note where the lists end now: what comes later is for the next visit."""
        state = self._state
        fresh = State(state.site)
        for kind in KINDS:
            mark = fresh.marks[kind]
            for name, order in (("modified", "modified"), ("published", "date")):
                page = self._portions.glance(
                    kind, orderby=order, order="desc", _fields=f"id,{order}"
                )
                for post in page.items:
                    setattr(mark, name, min(text_of(post, order), self._latest))
        page = self._portions.glance("comments", orderby="id", order="desc", _fields="id")
        state.marks, state.counts, state.validators = fresh.marks, fresh.counts, {}
        state.newest = max((comment["id"] for comment in page.items), default=0)
        state.total = page.total
        state.walk, state.begun = (KINDS[0], 1), True

    def _update(self) -> Iterator[list[Outcome]]:
        state = self._state
        # first, so that the threads read below hold at least these comments
        newest, total, commented, counted = self._commented()
        ids_read: set[int] = set()
        marks = {}
        for kind in KINDS:
            mark = state.marks[kind]
            latest, published = mark.modified, mark.published
            for page in self._changed(kind, "modified", mark.since):
                fresh = [
                    post
                    for post in page.items
                    if mark.recent.get(post["id"]) != text_of(post, "modified")
                ]
                latest = max([latest, *(text_of(post, "modified") for post in page.items)])
                yield from self._portions.portion(kind, fresh, counted)
                ids_read.update(post["id"] for post in fresh)
                self._keep(state)
            # one that was planned comes out without having been modified
            for page in self._changed(kind, "date", a_day_before(mark.published)):
                fresh = [post for post in page.items if post["id"] not in state.counts[kind]]
                published = max([published, *(text_of(post, "date") for post in page.items)])
                yield from self._portions.portion(kind, fresh, counted)
                ids_read.update(post["id"] for post in fresh)
                self._keep(state)
            marks[kind] = (min(latest, self._latest), min(published, self._latest))
        yield from self._again(kind_of(state, commented, ids_read), counted, commented)
        for kind, (latest, published) in marks.items():
            mark = state.marks[kind]
            mark.modified, mark.published = latest, published
            since = mark.since
            mark.recent = {
                number: modified for number, modified in mark.recent.items() if modified >= since
            }
        state.newest, state.total = newest, total
        state.validators = self._api.validators
        self._keep(state)

    def _changed(self, kind: str, order: str, since: str) -> Iterator[Page]:
        """The pages of a list, latest first, down to what is older than `since`."""
        params = {"modified_after" if order == "modified" else "after": since} if since else {}
        pages = self._portions.pages(kind, 1, again=True, orderby=order, order="desc", **params)
        for page in pages:
            # before 5.7 WordPress does not know modified_after
            items = [post for post in page.items if text_of(post, order) >= since]
            yield page._replace(items=items)
            if len(items) < len(page.items):
                return

    def _commented(self) -> tuple[int, int | None, Counter[int], dict[int, int]]:
        """Return the newest comment, the total, what has new comments, and differing counts."""
        state = self._state
        newest, total = state.newest, state.total
        fresh: Counter[int] = Counter()
        first = True
        for page in self._portions.pages(
            "comments", 1, again=True, orderby="id", order="desc", _fields="id,post"
        ):
            if first:
                first, total = False, page.total
            late = [comment for comment in page.items if comment["id"] > state.newest]
            fresh.update(comment["post"] for comment in late if type(comment.get("post")) is int)
            newest = max([newest, *(comment["id"] for comment in late)])
            if len(late) < len(page.items):
                break
        counted: dict[int, int] = {}
        expected = None if state.total is None else state.total + fresh.total()
        if total is not None and expected is not None and total != expected:
            ids = [
                number
                for kind in KINDS
                for number, count in state.counts[kind].items()
                if count != CLOSED and number not in fresh
            ]
            for start in range(0, len(ids), PER_PAGE):
                counted |= self._differing(ids[start : start + PER_PAGE])
        fresh.update(dict.fromkeys(counted, 0))
        return newest, total, fresh, counted

    def _differing(self, numbers: Sequence[int]) -> dict[int, int]:
        """Return the articles whose comment count differs from what was read, with that count."""
        state = self._state
        try:
            page = self._api.glance(
                "comments", LIST_NAMES["comments"], post=listed(numbers), _fields="id"
            )
        except AccessDenied:
            # one of them is behind a password now
            total: int | None = CLOSED
        else:
            total = page.total
        stored_total = sum(
            state.counts[state.kind(number) or KINDS[0]].get(number, 0) for number in numbers
        )
        if total is None or total == stored_total:
            return {}
        if len(numbers) == 1:
            return {numbers[0]: total}
        half = len(numbers) // 2
        return self._differing(numbers[:half]) | self._differing(numbers[half:])

    def _again(
        self, ids_by_kind: dict[str | None, list[int]], counted: dict[int, int], new: Counter[int]
    ) -> Iterator[list[Outcome]]:
        """Return the known articles whose threads changed, and unknown ones with comments."""
        for kind in (*KINDS, None):
            ids = iter(ids_by_kind.get(kind, ()))
            while numbers := list(islice(ids, PER_PAGE)):
                missing = set(numbers)
                for listed_kind in KINDS if kind is None else (kind,):
                    if not missing:
                        break
                    for page in self._portions.pages(
                        listed_kind, 1, include=listed(sorted(missing))
                    ):
                        posts = [post for post in page.items if post["id"] in missing]
                        yield from self._portions.portion(listed_kind, posts, counted)
                        missing -= {post["id"] for post in posts}
                        self._keep(self._state)
                if kind is None:
                    self._portions.left_aside.add(
                        "elsewhere", sum(new[number] for number in missing)
                    )
                elif kind not in self._portions.shut:
                    self._withdraw(kind, missing)

    def _withdraw(self, kind: str, numbers: set[int]) -> None:
        for number in sorted(numbers):
            del self._state.counts[kind][number]
            name = articles.article_name(self._state.site, number)
            message = "n'est plus sur le site ; il reste dans l'index (glose delete)"
            self._outcomes.append(Remark("gone", message, name))


def kind_of(state: State, numbers: Counter[int], ids_read: set[int]) -> dict[str | None, list[int]]:
    """Return the numbers by the list that knows them, without those already done.

    >>> from indexer.wordpress.site import Site
    >>> state = State(Site("", ""), counts={"posts": {7: 2}, "pages": {}})
    >>> kind_of(state, Counter([7, 8, 9]), {9})
    {'posts': [7], None: [8]}
    """
    by_kind: dict[str | None, list[int]] = {}
    for number in sorted(numbers):
        if number not in ids_read:
            by_kind.setdefault(state.kind(number), []).append(number)
    return by_kind
