"""Which comments has an article that two sources give, and what is in each?

The same comment has the same name in every source that its site's program gave: `comment-123`.
A name computed here says the same words of the same author at the same time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC
from typing import NamedTuple

from indexer.article import Article, Comment, plain
from indexer.merging.corrections import corrections, overlap
from indexer.merging.programs import changed_program, is_computed, of_pages
from indexer.merging.sections import woven
from indexer.merging.wordpress import FORMS, says_the_same
from indexer.reporting import PARTS, WHOLE, provenance, rank
from indexer.times import has_offset, instant

_DATES = ("date_published", "date_precision", "date_earliest", "date_latest")
_VOTES = ("upvote_count", "downvote_count")
_AROUND = ("author_role", "date_modified", "date_shown", "url", "anchor", *_VOTES)
"""Members of a comment that some sources have no place for."""
_NOTHING = (None, "", ())
_OF_GLOSE = (WHOLE, PARTS)


class Side(NamedTuple):
    """An article, and whether it is given whole."""

    article: Article
    is_whole: bool


class _SourcedComment(NamedTuple):
    """A comment, and the format it comes from."""

    comment: Comment
    form: str

    @property
    def rank(self) -> int:
        return rank(self.form)


def merged_threads(
    stored: Side, incoming: Side, newer: bool, owner: Article, same_wordpress: bool = False
) -> tuple[Comment, ...]:
    """Return the comments that the index is to hold; `newer`: the incoming capture is the later.

    same_wordpress: both are read from one WordPress, and know as much of its thread.

    A comment that only the index has stays, unless the incoming article is whole and knows of
    its kind: it comes from as good a source, or from a feed, which cannot take it back, and is
    older than an incoming comment.

    >>> first, second = Comment("a#comment-1", text="Un"), Comment("a#comment-2", text="Deux")
    >>> stored = Article("a", "A", comments=(first,))
    >>> incoming = Article("a", "A", comments=(second,))
    >>> [c.text for c in merged_threads(Side(stored, True), Side(incoming, False), True, stored)]
    ['Un', 'Deux']
    >>> [c.text for c in merged_threads(Side(stored, True), Side(incoming, True), True, stored)]
    ['Deux']
    """
    stored_form, incoming_form = (provenance.form_of(side.article) for side in (stored, incoming))
    stored_form, incoming_form = stored_form or incoming_form, incoming_form or stored_form
    stored_comments = _sourced_comments(stored.article, stored_form)
    incoming_comments = _sourced_comments(incoming.article, incoming_form)
    peers = FORMS if same_wordpress else frozenset()
    removed = _removed(stored_comments, incoming_comments, incoming, peers | {incoming_form}, newer)
    refused = (
        set()
        if newer or not stored.is_whole
        else _refused(stored_comments, incoming_comments, peers | {stored_form})
    )
    together = {name: value for name, value in stored_comments.items() if name not in removed}
    for name, sourced in incoming_comments.items():
        if name in stored_comments:
            together[name] = _either(
                stored_comments[name], sourced, newer, (stored.is_whole, incoming.is_whole), peers
            )
        elif name not in refused:
            together[name] = sourced
    names = list(stored_comments), list(incoming_comments)
    stored_last = (rank(incoming_form), newer) > (rank(stored_form), False)
    form = provenance.form_of(owner)
    return tuple(
        _signed(together[name], form) for name in _ordered(names, together, stored_last=stored_last)
    )


def _ordered(
    names: tuple[list[str], list[str]],
    together: Mapping[str, _SourcedComment],
    *,
    stored_last: bool,
) -> Iterator[str]:
    """Yield the names of the comments of two sides, stored and incoming, in the order of both."""
    first, second = reversed(names) if stored_last else names

    def when(name: str) -> float:
        """The date of a comment that answers no other: threads are not cut."""
        sourced = together.get(name)
        starts_thread = sourced is not None and sourced.comment.parent_id not in together
        return _moment(sourced.comment) if sourced is not None and starts_thread else 0.0

    order = woven(first, second, when, before=stored_last)
    return (name for name in order if name in together)


def _sourced_comments(article: Article, form: str) -> dict[str, _SourcedComment]:
    return {
        comment.id: _SourcedComment(comment, provenance.form_of_comment(comment) or form)
        for comment in article.comments
    }


def named_alike(incoming: Article, stored: Article) -> tuple[Article, bool]:
    """Return the incoming article, its comments under their ids in the index.

    And whether the page's program of comments is another one (`programs.changed_program`).

    A computed name depends on the article's: of an article known under another, it is not the
    same. A page captured again under another engine may number its comments anew, or no longer. One
    that comes without a name, and whose text was corrected, is known by its author, its time and
    its likeness.
    """
    changed = changed_program(stored, incoming)
    stored_ids = {comment.id for comment in stored.comments}
    new = [comment for comment in incoming.comments if comment.id not in stored_ids]
    if not new or not stored_ids:
        return incoming, changed
    incoming_ids = {comment.id for comment in incoming.comments}
    free = [comment for comment in stored.comments if comment.id not in incoming_ids]
    stored_by_key = dict(_keyed(free))
    names = {}
    for key, comment in _keyed(new):
        same_comment = stored_by_key.get(key)
        if same_comment is None:
            continue
        # the same words alone are no proof: « Merci ! »
        paged = all(key[:2]) and of_pages(stored, same_comment, incoming)
        if is_computed(comment) or is_computed(same_comment) or paged:
            names[comment.id] = same_comment.id
            # both computed: the article had another name
            changed |= paged and not (is_computed(comment) and is_computed(same_comment))
    shared_ids = set(names.values())
    names |= corrections(
        [comment for comment in new if comment.id not in names and is_computed(comment)],
        [comment for comment in free if comment.id not in shared_ids and is_computed(comment)],
    )
    if not names:
        return incoming, changed
    comments = tuple(
        replace(
            comment,
            id=names.get(comment.id, comment.id),
            parent_id=names.get(comment.parent_id, comment.parent_id)
            if comment.parent_id
            else None,
        )
        for comment in incoming.comments
    )
    return replace(incoming, comments=comments), changed


def _keyed(comments: Iterable[Comment]) -> Iterator[tuple[tuple[str, ...], Comment]]:
    """Comments alike in everything are told apart by their order among themselves."""
    counts: Counter[tuple[str, ...]] = Counter()
    for comment in comments:
        key = (_when(comment), plain(comment.author or ""), plain(comment.text))
        counts[key] += 1
        yield (*key, str(counts[key])), comment


def _when(comment: Comment) -> str:
    """When it was written, alike whatever the zone that a program tells it in."""
    if comment.date_published and has_offset(comment.date_published):
        return instant(comment.date_published).astimezone(UTC).isoformat()
    return comment.date_published or comment.date_shown or comment.date_modified or ""


def _removed(
    stored_comments: Mapping[str, _SourcedComment],
    incoming_comments: Mapping[str, _SourcedComment],
    incoming: Side,
    forms: frozenset[str],
    newer: bool,
) -> set[str]:
    """Return the stored comments that `incoming` no longer has; `forms` know as much as it."""
    absent = [name for name in stored_comments if name not in incoming_comments]
    if not absent or not (incoming.is_whole or provenance.complete_thread(incoming.article)):
        return set()
    programs = provenance.programs(incoming_comments)
    latest = max((_moment(comment.comment) for comment in incoming_comments.values()), default=0.0)
    removed = set()
    for name in absent:
        program = provenance.program_of(name)
        if program not in programs if program else not incoming.is_whole:
            # who gives the article says nothing of the threads that are kept elsewhere
            continue
        sourced = stored_comments[name]
        overtaken = sourced.form == "feed" and 0 < _moment(sourced.comment) < latest
        better = max(map(rank, forms)) > sourced.rank
        if (sourced.form in forms and newer) or (overtaken and better):
            removed.add(name)
    return removed


def _refused(
    stored_comments: Mapping[str, _SourcedComment],
    incoming_comments: Mapping[str, _SourcedComment],
    forms: frozenset[str],
) -> set[str]:
    """Return the comments of an earlier capture that a later one, whole, no longer has."""
    return {
        name
        for name, value in incoming_comments.items()
        if name not in stored_comments and value.form in forms
    }


def _moment(comment: Comment) -> float:
    date = comment.date_published or comment.date_modified
    return instant(date).timestamp() if date else 0.0


def _either(
    stored: _SourcedComment,
    incoming: _SourcedComment,
    newer: bool,
    are_whole: tuple[bool, bool],
    peers: frozenset[str],
) -> _SourcedComment:
    """Return one comment from two sources: the better or later one, completed by the other."""
    peer = stored.form != incoming.form and {stored.form, incoming.form} <= peers
    incoming_first = (incoming.rank, newer) > (stored.rank, False)
    if peer and not says_the_same(stored.comment, incoming.comment):
        incoming_first = newer
    first, second = (incoming, stored) if incoming_first else (stored, incoming)
    if (
        not peer
        and stored.rank != incoming.rank
        and second.comment.deleted
        and not first.comment.deleted
    ):
        # a moderator's word is not undone by an export made before
        first, second = second, first
    merged = _dated(first.comment, second.comment)
    if (peer or stored.form == incoming.form) and are_whole[incoming_first]:
        merged = _with_foreign_members(merged, second.comment)
    else:
        merged = _filled(merged, second, first.form)
    if _alike(merged, stored.comment):
        merged = stored.comment
    return first._replace(comment=merged)


def _dated(comment: Comment, other: Comment) -> Comment:
    """Return a comment, with the other's publication time if it has none."""
    if comment.date_published is None and other.date_published is not None:
        dates = {name: getattr(other, name) for name in _DATES}
        return replace(comment, edited=comment.edited or other.edited, **dates)
    if comment.date_published is None and comment.date_earliest is None:
        dates = {name: getattr(other, name) for name in _DATES}
        return replace(comment, **dates)
    return comment


def _filled(comment: Comment, other: _SourcedComment, form: str) -> Comment:
    """Return a comment completed by what only the other has; a deleted one gets no words."""
    fields = ["parent_id"]
    if not comment.deleted:
        fields += ["author", "headline"]
        if not comment.text and not comment.citation and not other.comment.deleted:
            fields += ["text", "citation"]
    merged = _with(comment, other.comment, (*_AROUND, *fields))
    added = [name for name in fields if getattr(merged, name) != getattr(comment, name)]
    other_extra = {
        name: value for name, value in other.comment.extra.items() if name not in _OF_GLOSE
    }
    added += [name for name in other_extra if name not in comment.extra]
    parts = {**_parts(other.comment), **_parts(comment)}
    if form != other.form:
        parts.update({name: other.form for name in added if name not in parts})
    extra = {**other_extra, **comment.extra}
    return _with_parts(replace(merged, extra=extra), parts, form)


def _with_foreign_members(comment: Comment, other: Comment) -> Comment:
    """Return a comment, with only those members of the other that come from another format."""
    parts = _parts(other)
    merged = _with(comment, other, (*_AROUND, *(name for name in parts if hasattr(comment, name))))
    part_members = {name: value for name, value in other.extra.items() if name in parts}
    remaining = {
        name: form
        for name, form in parts.items()
        if name not in comment.extra and getattr(comment, name, None) in _NOTHING
    }
    return _with_parts(replace(merged, extra={**part_members, **comment.extra}), remaining, "")


def _with(comment: Comment, other: Comment, names: Iterable[str]) -> Comment:
    values = {name: getattr(other, name) for name in names if getattr(comment, name) in _NOTHING}
    return replace(comment, edited=comment.edited or other.edited, **values)


def _parts(comment: Comment) -> dict[str, str]:
    parts = comment.extra.get(PARTS)
    return dict(parts) if isinstance(parts, dict) else {}


def _with_parts(comment: Comment, parts: dict[str, str], form: str) -> Comment:
    """Return a comment that records which of its members come from another format."""
    extra = {name: value for name, value in comment.extra.items() if name != PARTS}
    if foreign_parts := {
        name: part_form for name, part_form in sorted(parts.items()) if part_form != form
    }:
        extra[PARTS] = foreign_parts
    return replace(comment, extra=extra)


def _alike(comment: Comment, stored: Comment) -> bool:
    """Whether a comment is what the index holds, but for votes and for what time has blurred."""
    if comment == stored:
        return True
    same_votes = replace(comment, **{name: getattr(stored, name) for name in _VOTES})
    extra = {name: value for name, value in comment.extra.items() if name != WHOLE}
    if WHOLE in stored.extra:
        extra[WHOLE] = stored.extra[WHOLE]
    same_votes = replace(same_votes, extra=extra)
    if same_votes == stored:
        return True
    dates = {name: getattr(stored, name) for name in (*_DATES, "date_shown")}
    return replace(same_votes, **dates) == stored and overlap(comment, stored)


def _signed(sourced: _SourcedComment, owner: str) -> Comment:
    """Return a comment that records its format, when its article has another."""
    extra = {name: value for name, value in sourced.comment.extra.items() if name != WHOLE}
    if sourced.form and owner and sourced.form != owner:
        extra[WHOLE] = sourced.form
    return (
        sourced.comment if extra == sourced.comment.extra else replace(sourced.comment, extra=extra)
    )
