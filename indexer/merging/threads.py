"""Which comments has an article that two sources give, and what does each of them say?

The same comment has the same name in every source that its site's program gave: `comment-123`.
A name computed here says the same words of the same author at the same time.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from indexer.article import Article, Comment, plain
from indexer.merging.sections import woven
from indexer.merging.wordpress import FORMS, says_the_same
from indexer.reporting import PARTS, WHOLE, provenance, rank
from indexer.times import instant, period

_COMPUTED = re.compile(r"#comment-[0-9a-f]{12}$")
_DATES = ("date_published", "date_precision", "date_earliest", "date_latest")
_VOTES = ("upvote_count", "downvote_count")
_AROUND = ("author_role", "date_modified", "date_shown", "url", "anchor", *_VOTES)
"""What one source tells of a comment and another has no place for."""
_NOTHING = (None, "", ())
_OF_GLOSE = (WHOLE, PARTS)


class Side(NamedTuple):
    """An article, and whether it is given whole."""

    article: Article
    whole: bool


class _Said(NamedTuple):
    """A comment, and the format that said it."""

    comment: Comment
    form: str

    @property
    def rank(self) -> int:
        return rank(self.form)


def merged_threads(
    held: Side, given: Side, newer: bool, owner: Article, same_wordpress: bool = False
) -> tuple[Comment, ...]:
    """The comments that the index is to hold; `newer`: what is given is the later capture.

    same_wordpress: both are read from one WordPress, and know as much of its thread.

    A comment that only the index has stays, unless what is given is whole and knows of its
    kind: it comes from as good a source, or from a feed, which cannot take it back, and is
    older than something given.

    >>> one, two = Comment("a#comment-1", text="Un"), Comment("a#comment-2", text="Deux")
    >>> held, given = Article("a", "A", comments=(one,)), Article("a", "A", comments=(two,))
    >>> [c.text for c in merged_threads(Side(held, True), Side(given, False), True, held)]
    ['Un', 'Deux']
    >>> [c.text for c in merged_threads(Side(held, True), Side(given, True), True, held)]
    ['Deux']
    """
    form_here, form_there = (provenance.form_of(one.article) for one in (held, given))
    form_here, form_there = form_here or form_there, form_there or form_here
    mine = _said(held.article, form_here)
    theirs = _said(_named_alike(given.article, held.article), form_there)
    peers = FORMS if same_wordpress else frozenset()
    gone = _gone(mine, theirs, given, peers | {form_there}, newer)
    refused = set() if newer or not held.whole else _refused(mine, theirs, peers | {form_here})
    together = {name: value for name, value in mine.items() if name not in gone}
    for name, one in theirs.items():
        if name in mine:
            together[name] = _either(mine[name], one, newer, (held.whole, given.whole), peers)
        elif name not in refused:
            together[name] = one
    first, second = list(mine), list(theirs)
    held_last = (rank(form_there), newer) > (rank(form_here), False)
    if held_last:
        first, second = second, first

    def when(name: str) -> float:
        """The date of a comment that answers no other: threads are not cut."""
        one = together.get(name)
        alone = one is not None and one.comment.parent_id not in together
        return _moment(one.comment) if one is not None and alone else 0.0

    order = woven(first, second, when, before=held_last)
    form = provenance.form_of(owner)
    return tuple(_signed(together[name], form) for name in order if name in together)


def _said(article: Article, form: str) -> dict[str, _Said]:
    return {
        comment.id: _Said(comment, provenance.form_of_comment(comment) or form)
        for comment in article.comments
    }


def _named_alike(given: Article, held: Article) -> Article:
    """The same, comments whose names were computed taking those they have in the index.

    Such a name depends on the article's: of an article known under another, it is not the same.
    A page captured again under another engine may number its comments, or no longer do.
    """
    mine = {comment.id for comment in held.comments}
    new = [one for one in given.comments if one.id not in mine]
    if not new or not mine:
        return given
    theirs = {comment.id for comment in given.comments}
    free = [one for one in held.comments if one.id not in theirs]
    known = {key: one.id for key, one in _keyed(free)}
    names = {
        one.id: known[key]
        for key, one in _keyed(new)
        if key in known and (_COMPUTED.search(one.id) or _COMPUTED.search(known[key]))
    }
    if not names:
        return given
    comments = tuple(
        replace(
            one,
            id=names.get(one.id, one.id),
            parent_id=names.get(one.parent_id, one.parent_id) if one.parent_id else None,
        )
        for one in given.comments
    )
    return replace(given, comments=comments)


def _keyed(comments: Iterable[Comment]) -> Iterator[tuple[tuple[str, ...], Comment]]:
    """Comments alike in everything are told apart by their order among themselves."""
    seen: Counter[tuple[str, ...]] = Counter()
    for comment in comments:
        when = comment.date_published or comment.date_shown or comment.date_modified or ""
        key = (when, plain(comment.author or ""), plain(comment.text))
        seen[key] += 1
        yield (*key, str(seen[key])), comment


def _gone(
    mine: Mapping[str, _Said],
    theirs: Mapping[str, _Said],
    given: Side,
    forms: frozenset[str],
    newer: bool,
) -> set[str]:
    """Those of the index that are no more, by what is given; `forms` know as much as it does."""
    alone = [name for name in mine if name not in theirs]
    if not alone or not (given.whole or provenance.complete_thread(given.article)):
        return set()
    programs = provenance.programs(theirs)
    latest = max((_moment(their.comment) for their in theirs.values()), default=0.0)
    gone = set()
    for name in alone:
        program = provenance.program_of(name)
        if program not in programs if program else not given.whole:
            # who gives the article says nothing of the threads that are kept elsewhere
            continue
        one = mine[name]
        overtaken = one.form == "feed" and 0 < _moment(one.comment) < latest
        better = max(map(rank, forms)) > one.rank
        if (one.form in forms and newer) or (overtaken and better):
            gone.add(name)
    return gone


def _refused(
    mine: Mapping[str, _Said], theirs: Mapping[str, _Said], forms: frozenset[str]
) -> set[str]:
    """Those of an earlier capture that a later one, whole, no longer has."""
    return {name for name, value in theirs.items() if name not in mine and value.form in forms}


def _moment(comment: Comment) -> float:
    told = comment.date_published or comment.date_modified
    return instant(told).timestamp() if told else 0.0


def _either(
    held: _Said, given: _Said, newer: bool, whole: tuple[bool, bool], peers: frozenset[str]
) -> _Said:
    """One comment, as two sources say it: the better, or later one, and what it leaves out."""
    peer = held.form != given.form and {held.form, given.form} <= peers
    given_first = (given.rank, newer) > (held.rank, False)
    if peer and not says_the_same(held.comment, given.comment):
        given_first = newer
    first, second = (given, held) if given_first else (held, given)
    if (
        not peer
        and held.rank != given.rank
        and second.comment.deleted
        and not first.comment.deleted
    ):
        # a moderator's word is not undone by an export made before
        first, second = second, first
    said = _dated(first.comment, second.comment)
    if (peer or held.form == given.form) and whole[given_first]:
        said = _kept(said, second.comment)
    else:
        said = _filled(said, second, first.form)
    if _alike(said, held.comment):
        said = held.comment
    return first._replace(comment=said)


def _dated(comment: Comment, other: Comment) -> Comment:
    """A comment, with the time of its publication if only the other tells it."""
    if comment.date_published is None and other.date_published is not None:
        told = {name: getattr(other, name) for name in _DATES}
        return replace(comment, edited=comment.edited or other.edited, **told)
    if comment.date_published is None and comment.date_earliest is None:
        told = {name: getattr(other, name) for name in _DATES}
        return replace(comment, **told)
    return comment


def _filled(comment: Comment, other: _Said, form: str) -> Comment:
    """A comment of a format, with what only the other tells; a deleted one is given no words."""
    own = ["parent_id"]
    if not comment.deleted:
        own += ["author", "headline"]
        if not comment.text and not comment.citation and not other.comment.deleted:
            own += ["text", "citation"]
    said = _with(comment, other.comment, (*_AROUND, *own))
    added = [name for name in own if getattr(said, name) != getattr(comment, name)]
    more = {name: value for name, value in other.comment.extra.items() if name not in _OF_GLOSE}
    added += [name for name in more if name not in comment.extra]
    parts = {**_parts(other.comment), **_parts(comment)}
    if form != other.form:
        parts.update({name: other.form for name in added if name not in parts})
    extra = {**more, **comment.extra}
    return _with_parts(replace(said, extra=extra), parts, form)


def _kept(comment: Comment, other: Comment) -> Comment:
    """A comment, with what the other has from elsewhere: the rest is not told any more."""
    parts = _parts(other)
    said = _with(comment, other, (*_AROUND, *(name for name in parts if hasattr(comment, name))))
    more = {name: value for name, value in other.extra.items() if name in parts}
    still = {
        name: form
        for name, form in parts.items()
        if name not in comment.extra and getattr(comment, name, None) in _NOTHING
    }
    return _with_parts(replace(said, extra={**more, **comment.extra}), still, "")


def _with(comment: Comment, other: Comment, names: Iterable[str]) -> Comment:
    told = {name: getattr(other, name) for name in names if getattr(comment, name) in _NOTHING}
    return replace(comment, edited=comment.edited or other.edited, **told)


def _parts(comment: Comment) -> dict[str, str]:
    told = comment.extra.get(PARTS)
    return dict(told) if isinstance(told, dict) else {}


def _with_parts(comment: Comment, parts: dict[str, str], form: str) -> Comment:
    """A comment that tells which of its members come from another format than its own."""
    extra = {name: value for name, value in comment.extra.items() if name != PARTS}
    if told := {name: one for name, one in sorted(parts.items()) if one != form}:
        extra[PARTS] = told
    return replace(comment, extra=extra)


def _alike(said: Comment, held: Comment) -> bool:
    """Whether a comment is what the index holds, but for votes and for what time has blurred."""
    if said == held:
        return True
    same_votes = replace(said, **{name: getattr(held, name) for name in _VOTES})
    extra = {name: value for name, value in said.extra.items() if name != WHOLE}
    if WHOLE in held.extra:
        extra[WHOLE] = held.extra[WHOLE]
    same_votes = replace(same_votes, extra=extra)
    if same_votes == held:
        return True
    dates = {name: getattr(held, name) for name in (*_DATES, "date_shown")}
    return replace(same_votes, **dates) == held and _overlap(said, held)


def _overlap(one: Comment, other: Comment) -> bool:
    """Whether two times, neither of them exact, may be the same: "il y a 3 mois", a day apart."""
    spans = []
    for comment in (one, other):
        if comment.date_published is not None:
            told = period(comment.date_published, comment.date_precision)
            if told.start == told.end:
                return False
            spans.append((instant(told.start), instant(told.end)))
        elif comment.date_earliest is not None and comment.date_latest is not None:
            end = period(comment.date_latest).end
            spans.append((instant(comment.date_earliest), instant(end)))
        else:
            return False
    return spans[0][0] <= spans[1][1] and spans[1][0] <= spans[0][1]


def _signed(said: _Said, owner: str) -> Comment:
    """A comment that tells the format that said it, when it is not that of its article."""
    extra = {name: value for name, value in said.comment.extra.items() if name != WHOLE}
    if said.form and owner and said.form != owner:
        extra[WHOLE] = said.form
    return said.comment if extra == said.comment.extra else replace(said.comment, extra=extra)
