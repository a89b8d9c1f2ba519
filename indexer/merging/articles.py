"""What does an article become beside the one the index holds for the same page?

Member by member the better source is believed: exports, then REST, then HTML, then feeds, then
texts; of equal ones the newer capture. What only one of them knows is kept. Only an article
that is whole takes anything away, and only what its own kind of source had given. The export and
the interface of one WordPress are one kind of source (`one_wordpress`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, NamedTuple

from indexer.article import PIECE, PIECE_OF_PARTIAL, Article, moved, same
from indexer.merging import wordpress
from indexer.merging.sections import united
from indexer.merging.threads import Side, merged_threads, named_alike
from indexer.reporting import PARTS, WHOLE, provenance, rank
from indexer.times import instant, period

COMPLETENESS = "completeness"
OTHER_IDS = "otherIds"
OTHER_VERSIONS = "otherVersions"
_SHOWN = ("html", "page")
"""Formats whose dates are read from what a page shows, by the date of its capture."""
_MANAGED = (COMPLETENESS, WHOLE, PARTS, OTHER_IDS, OTHER_VERSIONS)

_APART = ("id", "same_as", "sections", "comments", "extra")
_TOGETHER = {"date_published": ("date_published", "date_precision"), "date_precision": ()}
"""Members that one source tells, or the other, and never each a half."""
_MEMBERS: dict[str, tuple[str, ...]] = {
    field.name: _TOGETHER.get(field.name, (field.name,))
    for field in fields(Article)
    if field.name not in _APART and _TOGETHER.get(field.name, True)
}


_TEXT = ("sections", "description")


class _Order(NamedTuple):
    """Of two articles: which is the later, when their sources know as much.

    newer: what is given is the later capture. edited: for two readings of one WordPress, which
    was modified last (`one_wordpress.edited`); None for others.
    """

    newer: bool
    edited: int | None = None


class _Choice(NamedTuple):
    """Of a member: who is believed, who is not, and whether the former's silence counts."""

    first: Article
    second: Article
    silent: bool


def merge(held: Article, given: Article, *, claim: bool = False) -> Article:
    """What the index is to hold, from what it holds and from what a source gives of it.

    The id stays; another one is kept in `otherIds`. What differs by the date of capture or by
    votes only is what was held. With `claim`, the article belongs from now on to the source
    that gives it, where both know as much.

    >>> from indexer.reporting import Rank, declare
    >>> declare("feed", Rank.FEED)
    >>> held = Article("a", "Sora", author=("Zoé",), extra={"provenance": "wxr:a.example"})
    >>> given = Article("b", "SORA", description="Un chapô.", extra={"provenance": "feed:a.xml"})
    >>> both = merge(held, given)
    >>> both.id, both.headline, both.description, both.extra["otherIds"]
    ('a', 'Sora', 'Un chapô.', ['b'])
    >>> merge(both, given) == both
    True
    """
    other_ids = _other_ids(held, given)
    same_wordpress = wordpress.one_wordpress(held, given)
    given = moved(given, held.id)
    order = _order(held, given, same_wordpress)
    owner = _owner(held, given, claim)
    parts: dict[str, str] = {}
    members: dict[str, Any] = {}
    for name, together in _MEMBERS.items():
        choice = _choice(held, given, name, order)
        source = _source_of(choice, getattr(choice.first, name), getattr(choice.second, name))
        members.update((member, getattr(source, member)) for member in together)
        if not _absent(getattr(source, name)):
            _note(parts, name, source, owner)
    choice = _choice(held, given, "sections", order)
    sections, source = united(*choice)
    if sections:
        _note(parts, "sections", source, owner)
    extra = _extra(held, given, order, owner, parts)
    if is_partial(held) and is_partial(given):
        extra[COMPLETENESS] = "partial"
    if owner.extra.get(WHOLE) is not None:
        extra[WHOLE] = owner.extra[WHOLE]
    if parts:
        extra[PARTS] = dict(sorted(parts.items()))
    if other_ids:
        extra[OTHER_IDS] = other_ids
    renamed, changed = named_alike(given, held)
    comments = merged_threads(
        Side(held, not is_partial(held) and not changed),
        Side(renamed, not is_partial(given) and not changed),
        order.newer,
        owner,
        same_wordpress,
    )
    if changed and len(comments) > len((given if order.newer else held).comments):
        extra[COMPLETENESS] = "partial"
    together_now = replace(
        held,
        **members,
        same_as=_same_as(held, given, owner, members["url"]),
        sections=sections,
        comments=comments,
        extra=extra,
    )
    return held if _recaptured(held, together_now) else together_now


def is_partial(article: Article) -> bool:
    """Whether a source says that it gives a part of the article only.

    >>> is_partial(Article("a", "Sora", extra={"completeness": "partial"}))
    True
    """
    return article.extra.get(COMPLETENESS) in ("partial", PIECE, PIECE_OF_PARTIAL)


def _other_ids(held: Article, given: Article) -> list[str]:
    named = [
        *held.extra.get(OTHER_IDS, ()),
        given.id,
        *given.extra.get(OTHER_IDS, ()),
    ]
    return [name for name in dict.fromkeys(map(str, named)) if name != held.id]


def _order(held: Article, given: Article, same_wordpress: bool) -> _Order:
    if not same_wordpress:
        return _Order(_newer(held, given))
    if provenance.form_of(held) == provenance.form_of(given) and PARTS not in held.extra:
        return _Order(_newer(held, given), wordpress.edited(held, given))
    return _Order(wordpress.captured_later(held, given), wordpress.edited(held, given))


def _newer(held: Article, given: Article) -> bool:
    """Whether what is given is the later capture; what is read last, when nobody tells.

    The same capture read with another date corrects the first: `--captured`.
    """
    if held.captured_at is None or given.captured_at is None:
        return True
    shown = provenance.form_of(given) in _SHOWN and held.extra.get(WHOLE) == given.extra.get(WHOLE)
    if shown and _undated(held) == _undated(given):
        return True
    # a day alone is not earlier than a moment of it
    return instant(period(given.captured_at).end or "") >= instant(
        period(held.captured_at).start or ""
    )


def _undated(article: Article) -> list[tuple[object, ...]]:
    """Return what a page shows, without the times that were computed from it."""
    head = (article.headline, article.description, article.sections, article.comment_count)
    comments = (
        (comment.author, comment.date_shown, comment.text, comment.citation)
        for comment in article.comments
    )
    return [head, *comments]


def _owner(held: Article, given: Article, claim: bool) -> Article:
    """Return the article whose provenance the merged article takes."""
    mine, theirs = map(rank, _forms(held, given, ""))
    if mine == theirs:
        has_provenance = held.extra.get(WHOLE) is not None
        return (
            held if has_provenance and not (claim and given.extra.get(WHOLE) is not None) else given
        )
    return held if mine > theirs else given


def _forms(held: Article, given: Article, member: str) -> tuple[str, str]:
    """Return the formats that a member comes from; an unknown one is taken to be the other."""
    mine, theirs = (provenance.form_of(article, member) for article in (held, given))
    return mine or theirs, theirs or mine


def _choice(held: Article, given: Article, member: str, order: _Order) -> _Choice:
    mine, theirs = _forms(held, given, member)
    later = _later(member, order) if {mine, theirs} <= wordpress.FORMS else None
    given_first = (rank(theirs), order.newer) > (rank(mine), False) if later is None else later
    first, second = (given, held) if given_first else (held, given)
    # a WordPress that shows an article without its text has put it behind a password
    silent = mine == theirs or (later is not None and member in _TEXT and not first.sections)
    return _Choice(first, second, silent and not is_partial(first))


def _later(member: str, order: _Order) -> bool | None:
    """Whether what is given of one WordPress is the later; None when the better source tells."""
    if order.edited is not None and member == "captured_at":
        return order.newer
    return order.edited > 0 if order.edited else None


def _source_of(choice: _Choice, first: Any, second: Any) -> Article:
    """Return the article that a member is taken from."""
    return (
        choice.second
        if _absent(first) and not _absent(second) and not choice.silent
        else (choice.first)
    )


def _absent(value: Any) -> bool:
    return value is None or value == () or value == ""


def _note(parts: dict[str, str], member: str, source: Article, owner: Article) -> None:
    """Tell where a member comes from, when that is not where the article does."""
    form = provenance.form_of(source, member)
    if form and form != provenance.form_of(owner):
        parts[member] = form


def _extra(
    held: Article, given: Article, order: _Order, owner: Article, parts: dict[str, str]
) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for name in dict.fromkeys((*held.extra, *given.extra)):
        if name in _MANAGED:
            continue
        choice = _choice(held, given, name, order)
        source = _source_of(choice, choice.first.extra.get(name), choice.second.extra.get(name))
        if name in source.extra:
            kept[name] = source.extra[name]
            _note(parts, name, source, owner)
    return kept


def _same_as(held: Article, given: Article, owner: Article, url: str | None) -> tuple[str, ...]:
    """Return every other address, each page once."""
    other = given if owner is held else held
    kept: list[str] = []
    for address in (*owner.same_as, *other.same_as, owner.url, other.url):
        if address and not any(same(address, had) for had in [url or "", *kept]):
            kept.append(address)
    return tuple(kept)


def _recaptured(held: Article, now: Article) -> bool:
    """Whether nothing changed but the time of the capture."""
    if now.captured_at == held.captured_at:
        return False
    return _without_capture(now) == _without_capture(held)


def _without_capture(article: Article) -> Article:
    extra = dict(article.extra)
    parts = extra.get(PARTS)
    if isinstance(parts, Mapping) and "captured_at" in parts:
        extra[PARTS] = {name: form for name, form in parts.items() if name != "captured_at"}
        if not extra[PARTS]:
            del extra[PARTS]
    return replace(article, captured_at=None, extra=extra)
