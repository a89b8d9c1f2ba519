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

from indexer.article import PIECE, PIECE_OF_PARTIAL, Article, Comment, moved, same
from indexer.merging import wordpress
from indexer.merging.sections import united
from indexer.merging.threads import Side, merged_threads, named_alike
from indexer.reporting import PARTS, WHOLE, provenance, rank
from indexer.times import instant, period

COMPLETENESS = "completeness"
OTHER_IDS = "otherIds"
OTHER_VERSIONS = "otherVersions"
_PAGE_FORMATS = ("html", "page")
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

    newer: the incoming article is the later capture. edited: for two readings of one WordPress,
    which was modified last (`one_wordpress.edited`); None for others.
    """

    newer: bool
    edited: int | None = None


class _Choice(NamedTuple):
    """Of a member: who is believed, who is not, and whether the former's silence counts."""

    first: Article
    second: Article
    silent: bool


def merge(stored: Article, incoming: Article, *, claim: bool = False) -> Article:
    """Return the stored article updated with the incoming one.

    The id stays; another one is kept in `otherIds`. An article that differs by its capture date or
    its votes only stays as stored. With `claim`, the article belongs from now on to the incoming
    source, where both know as much.

    >>> from indexer.reporting import Rank, declare
    >>> declare("feed", Rank.FEED)
    >>> stored = Article("a", "Sora", author=("Zoé",), extra={"provenance": "wxr:a.example"})
    >>> incoming = Article("b", "SORA", description="Un chapô.", extra={"provenance": "feed:a.xml"})
    >>> merged = merge(stored, incoming)
    >>> merged.id, merged.headline, merged.description, merged.extra["otherIds"]
    ('a', 'Sora', 'Un chapô.', ['b'])
    >>> merge(merged, incoming) == merged
    True
    """
    other_ids = _other_ids(stored, incoming)
    same_wordpress = wordpress.one_wordpress(stored, incoming)
    incoming = moved(incoming, stored.id)
    order = _order(stored, incoming, same_wordpress)
    owner = _owner(stored, incoming, claim)
    parts: dict[str, str] = {}
    members = _members(stored, incoming, order, owner, parts)
    sections, source = united(*_choice(stored, incoming, "sections", order))
    if sections:
        _note(parts, "sections", source, owner)
    extra = _extra(stored, incoming, order, owner, parts)
    if is_partial(stored) and is_partial(incoming):
        extra[COMPLETENESS] = "partial"
    if owner.extra.get(WHOLE) is not None:
        extra[WHOLE] = owner.extra[WHOLE]
    if parts:
        extra[PARTS] = dict(sorted(parts.items()))
    if other_ids:
        extra[OTHER_IDS] = other_ids
    comments, is_mixed = _comments(stored, incoming, order, owner, same_wordpress)
    if is_mixed:
        extra[COMPLETENESS] = "partial"
    together_now = replace(
        stored,
        **members,
        same_as=_same_as(stored, incoming, owner, members["url"]),
        sections=sections,
        comments=comments,
        extra=extra,
    )
    return stored if _recaptured(stored, together_now) else together_now


def _comments(
    stored: Article, incoming: Article, order: _Order, owner: Article, same_wordpress: bool
) -> tuple[tuple[Comment, ...], bool]:
    """The comments of both, and whether they are of two programs, of which neither shows all."""
    renamed, changed = named_alike(incoming, stored)
    comments = merged_threads(
        Side(stored, not is_partial(stored) and not changed),
        Side(renamed, not is_partial(incoming) and not changed),
        order.newer,
        owner,
        same_wordpress,
    )
    later = incoming if order.newer else stored
    return comments, changed and len(comments) > len(later.comments)


def is_partial(article: Article) -> bool:
    """Return whether a source says that it gives a part of the article only.

    >>> is_partial(Article("a", "Sora", extra={"completeness": "partial"}))
    True
    """
    return article.extra.get(COMPLETENESS) in ("partial", PIECE, PIECE_OF_PARTIAL)


def _other_ids(stored: Article, incoming: Article) -> list[str]:
    other_ids = [
        *stored.extra.get(OTHER_IDS, ()),
        incoming.id,
        *incoming.extra.get(OTHER_IDS, ()),
    ]
    return [name for name in dict.fromkeys(map(str, other_ids)) if name != stored.id]


def _order(stored: Article, incoming: Article, same_wordpress: bool) -> _Order:
    if not same_wordpress:
        return _Order(_newer(stored, incoming))
    if provenance.form_of(stored) == provenance.form_of(incoming) and PARTS not in stored.extra:
        return _Order(_newer(stored, incoming), wordpress.edited(stored, incoming))
    return _Order(wordpress.captured_later(stored, incoming), wordpress.edited(stored, incoming))


def _newer(stored: Article, incoming: Article) -> bool:
    """Whether the incoming article is the later capture; it is where no date tells.

    The same capture read with another date corrects the first: `--captured`.
    """
    if stored.captured_at is None or incoming.captured_at is None:
        return True
    from_page = provenance.form_of(incoming) in _PAGE_FORMATS and stored.extra.get(
        WHOLE
    ) == incoming.extra.get(WHOLE)
    if from_page and _undated(stored) == _undated(incoming):
        return True
    # a day alone is not earlier than a moment of it
    return instant(period(incoming.captured_at).end or "") >= instant(
        period(stored.captured_at).start or ""
    )


def _undated(article: Article) -> list[tuple[object, ...]]:
    """Return what a page shows, without the times that were computed from it."""
    head = (article.headline, article.description, article.sections, article.comment_count)
    comments = (
        (comment.author, comment.date_shown, comment.text, comment.citation)
        for comment in article.comments
    )
    return [head, *comments]


def _owner(stored: Article, incoming: Article, claim: bool) -> Article:
    """Return the article whose provenance the merged article takes."""
    stored_rank, incoming_rank = map(rank, _forms(stored, incoming, ""))
    if stored_rank == incoming_rank:
        has_provenance = stored.extra.get(WHOLE) is not None
        is_claimed = claim and incoming.extra.get(WHOLE) is not None
        return stored if has_provenance and not is_claimed else incoming
    return stored if stored_rank > incoming_rank else incoming


def _forms(stored: Article, incoming: Article, member: str) -> tuple[str, str]:
    """Return the formats that a member comes from; an unknown one is taken to be the other."""
    stored_form, incoming_form = (
        provenance.form_of(article, member) for article in (stored, incoming)
    )
    return stored_form or incoming_form, incoming_form or stored_form


def _choice(stored: Article, incoming: Article, member: str, order: _Order) -> _Choice:
    stored_form, incoming_form = _forms(stored, incoming, member)
    later = _later(member, order) if {stored_form, incoming_form} <= wordpress.FORMS else None
    incoming_first = (
        (rank(incoming_form), order.newer) > (rank(stored_form), False) if later is None else later
    )
    first, second = (incoming, stored) if incoming_first else (stored, incoming)
    # a WordPress that shows an article without its text has put it behind a password
    silent = stored_form == incoming_form or (
        later is not None and member in _TEXT and not first.sections
    )
    return _Choice(first, second, silent and not is_partial(first))


def _later(member: str, order: _Order) -> bool | None:
    """Whether the incoming reading of one WordPress is the later; None when the better source
    decides.
    """
    if order.edited is not None and member == "captured_at":
        return order.newer
    return order.edited > 0 if order.edited else None


def _source_of(choice: _Choice, first: Any, second: Any) -> Article:
    """Return the article that a member is taken from."""
    is_filled = _absent(first) and not _absent(second) and not choice.silent
    return choice.second if is_filled else choice.first


def _absent(value: Any) -> bool:
    return value is None or value == () or value == ""


def _note(parts: dict[str, str], member: str, source: Article, owner: Article) -> None:
    """Record the format a member comes from, when the article comes from another."""
    form = provenance.form_of(source, member)
    if form and form != provenance.form_of(owner):
        parts[member] = form


def _members(
    stored: Article, incoming: Article, order: _Order, owner: Article, parts: dict[str, str]
) -> dict[str, Any]:
    """Return the plain members of both, and note in `parts` those of another format."""
    members: dict[str, Any] = {}
    for name, together in _MEMBERS.items():
        choice = _choice(stored, incoming, name, order)
        source = _source_of(choice, getattr(choice.first, name), getattr(choice.second, name))
        members.update((member, getattr(source, member)) for member in together)
        if not _absent(getattr(source, name)):
            _note(parts, name, source, owner)
    return members


def _extra(
    stored: Article, incoming: Article, order: _Order, owner: Article, parts: dict[str, str]
) -> dict[str, Any]:
    extra: dict[str, Any] = {}
    for name in dict.fromkeys((*stored.extra, *incoming.extra)):
        if name in _MANAGED:
            continue
        choice = _choice(stored, incoming, name, order)
        source = _source_of(choice, choice.first.extra.get(name), choice.second.extra.get(name))
        if name in source.extra:
            extra[name] = source.extra[name]
            _note(parts, name, source, owner)
    return extra


def _same_as(
    stored: Article, incoming: Article, owner: Article, url: str | None
) -> tuple[str, ...]:
    """Return every other address, each page once."""
    not_owner = incoming if owner is stored else stored
    addresses: list[str] = []
    for address in (*owner.same_as, *not_owner.same_as, owner.url, not_owner.url):
        if address and not any(
            same(address, known_address) for known_address in [url or "", *addresses]
        ):
            addresses.append(address)
    return tuple(addresses)


def _recaptured(stored: Article, now: Article) -> bool:
    """Whether nothing changed but the time of the capture."""
    if now.captured_at == stored.captured_at:
        return False
    return _without_capture(now) == _without_capture(stored)


def _without_capture(article: Article) -> Article:
    extra = dict(article.extra)
    parts = extra.get(PARTS)
    if isinstance(parts, Mapping) and "captured_at" in parts:
        extra[PARTS] = {name: form for name, form in parts.items() if name != "captured_at"}
        if not extra[PARTS]:
            del extra[PARTS]
    return replace(article, captured_at=None, extra=extra)
