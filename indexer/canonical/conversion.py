"""Which records does an article make, and which article did these records come from?

`of` gives the lead, the sections and the published comments, in the order of the page;
`article_of` is its inverse, for exporting an index. What a record has no place for goes to
`Record.extra` under its canonical name, so that nothing is lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

from index.record import About, Record
from indexer.article import Article, Comment, Embed, Precision, Section, minutes
from indexer.canonical.strict_json import MOST
from indexer.threads import thread_depths, thread_order
from indexer.times import instant, period

_ARTICLE_EXTRA = {
    "dateModified": "date_modified",
    "timeRequired": "time_required",
    "inLanguage": "in_language",
    "publisher": "publisher",
    "commentCount": "comment_count",
    "capturedAt": "captured_at",
}
_COMMENT_EXTRA = {
    "dateModified": "date_modified",
    "dateEarliest": "date_earliest",
    "dateLatest": "date_latest",
    "authorRole": "author_role",
    "anchor": "anchor",
    "status": "status",
    "kind": "kind",
    "upvoteCount": "upvote_count",
    "downvoteCount": "downvote_count",
}
_DERIVED = frozenset({"dateModified", "timeRequired"})


def records_of(article: Article) -> list[Record]:
    """All the records of an article: `<id>#lead`, `<id>#section-N`, then its comments.

    The section above the first headline is number 0. Comments that readers may not see
    (held, rejected, pingbacks) make no record; a deleted one keeps its place, neither its words nor
    its author. A reply stands under what it answers, wherever its source put it.

    >>> from indexer.article.model import Section
    >>> article = Article("a", "Sora", description="Un chapô.", sections=(Section(None, "Texte."),))
    >>> [(record.id, record.text) for record in records_of(article)]
    [('a#lead', 'Un chapô.'), ('a#section-0', 'Texte.')]
    """
    comments = thread_order([comment for comment in article.comments if comment.published])
    about = _about(article, len(comments))
    records = [_lead(article, about)]
    records += _sections(article, about, records[0])
    if comments:
        depths, opened, _ = thread_depths(comments)
        at = len(records)
        published = records[0].start
        for place, comment in enumerate(comments):
            record = _comment(comment, about, at + place, depths[place], article, published)
            if comment.id in opened:
                extra = {**record.extra, "parent_id": comment.parent_id}
                record = replace(record, parent=None, extra=extra)
            records.append(record)
    return records


def _about(article: Article, comments: int) -> About:
    _, _, precision = _span(article, {})
    return About(
        id=article.id,
        title=article.headline,
        url=article.url,
        strapline=article.alternative_headline,
        standfirst=article.description,
        categories=article.article_section,
        keywords=article.keywords,
        authors=article.author,
        published=period(article.date_published).start if article.date_published else None,
        precision=precision if precision in ("month", "year") else "",
        modified=period(article.date_modified).start if article.date_modified else None,
        reading_minutes=(minutes(article.time_required) or None) if article.time_required else None,
        comments=comments,
    )


def _lead(article: Article, about: About) -> Record:
    extra = dict(article.extra)
    for name, attribute in _ARTICLE_EXTRA.items():
        value = getattr(article, attribute)
        if value is None or (name in _DERIVED and value == _derived_value(name, about)):
            continue
        if _writable(value):
            extra[name] = value
    if article.same_as:
        extra["sameAs"] = list(article.same_as)
    start, end, precision = _span(article, extra)
    return Record(
        id=f"{article.id}#lead",
        kind="lead",
        about=about,
        position=0,
        heading=article.headline,
        text="\n".join(filter(None, (article.alternative_headline, article.description))),
        anchor="lead",
        url=article.url,
        start=start,
        end=end,
        precision=precision or "unknown",
        modified=about.modified,
        extra=extra,
    )


def _writable(value: str | int) -> bool:
    # thirty figures in a row on a page are no count, and no JSON could say them
    return not isinstance(value, int) or value <= MOST


def _derived_value(name: str, about: About) -> str | None:
    """Return the value of a canonical member that the lead's other members give already."""
    if name == "dateModified":
        return about.modified
    return None if about.reading_minutes is None else f"PT{about.reading_minutes}M"


def _span(
    dated: Article | Comment, extra: dict[str, Any]
) -> tuple[str | None, str | None, Precision | None]:
    """When it was published; `extra` receives what these three do not tell back."""
    if dated.date_published is None:
        if dated.date_precision is not None:
            extra["datePrecision"] = dated.date_precision
        return None, None, None
    span = period(dated.date_published, dated.date_precision)
    if span.start != dated.date_published:
        extra["datePublished"] = dated.date_published
    if dated.date_precision is not None:
        extra["datePrecision"] = dated.date_precision
    return span


def _sections(article: Article, about: About, lead: Record) -> list[Record]:
    if not article.sections:
        return []
    first = 0 if article.sections[0].headline is None else 1
    records = []
    for place, section in enumerate(article.sections):
        extra = dict(section.extra)
        if section.level is not None:
            extra["level"] = section.level
        if section.anchor is not None:
            extra["anchor"] = section.anchor
        if section.embeds:
            extra["embeds"] = [embed.as_json() for embed in section.embeds]
        anchor = f"section-{place + first}"
        records.append(
            Record(
                id=f"{article.id}#{anchor}",
                kind="section",
                about=about,
                position=place + 1,
                heading=section.headline or "",
                text=section.text,
                anchor=anchor,
                url=_beside(article.url, section.anchor),
                start=lead.start,
                end=lead.end,
                precision=lead.precision,
                extra=extra,
            )
        )
    return records


def _beside(url: str | None, anchor: str | None) -> str | None:
    return f"{url.partition('#')[0]}#{anchor}" if url and anchor else url


def _comment(
    comment: Comment, about: About, position: int, depth: int, article: Article, since: str | None
) -> Record:
    extra = dict(comment.extra)
    modified = period(comment.date_modified).start if comment.date_modified else None
    for name, attribute in _COMMENT_EXTRA.items():
        value = getattr(comment, attribute)
        if value is None or (name == "dateModified" and value == modified):
            continue
        if _writable(value):
            extra[name] = value
    if comment.url is not None:
        extra["url"] = comment.url
    deleted = comment.deleted
    start, end, precision = _span(comment, extra)
    if start is None:
        start, end = _bounds(comment, modified, since, article.captured_at)
        precision = comment.date_precision if comment.date_earliest else None
    elif comment.date_earliest or comment.date_latest:
        extra["datePublished"] = comment.date_published
    return Record(
        id=comment.id,
        kind="comment",
        about=about,
        position=position,
        heading="" if deleted else comment.headline or "",
        text="" if deleted else comment.text,
        quotes=() if deleted else comment.citation,
        anchor=comment.page_anchor,
        url=comment.url or _beside(about.url, comment.anchor),
        # who took back what they wrote is named no more than their words are given
        author=None if deleted else comment.author,
        start=start,
        end=end,
        precision=precision or "unknown",
        shown=comment.date_shown,
        modified=modified,
        edited=comment.edited,
        parent=comment.parent_id,
        depth=depth,
        extra=extra,
    )


def _bounds(
    comment: Comment, modified: str | None, since: str | None, captured: str | None
) -> tuple[str | None, str | None]:
    """The interval of a comment whose time is not known: after the article, before its edit."""
    start = period(comment.date_earliest).start if comment.date_earliest else since
    end = period(comment.date_latest).end if comment.date_latest else modified
    if end is None and captured is not None:
        end = period(captured).end
    if start is None or end is None:
        return None, None
    return (start, end) if instant(start) <= instant(end) else (end, end)


def article_of(records: Sequence[Record]) -> Article:
    """The article these records were made of: all those of one article, in any order.

    >>> article = Article("a", "Sora", url="https://a.example/", time_required="PT4M")
    >>> article_of(records_of(article)) == article
    True
    """
    ordered = sorted(records, key=lambda record: record.position)
    about = ordered[0].about
    lead = next((record for record in ordered if record.kind == "lead"), None)
    extra = dict(lead.extra) if lead else {}
    members: dict[str, Any] = {
        attribute: extra.pop(name, None) for name, attribute in _ARTICLE_EXTRA.items()
    }
    if members["time_required"] is None and about.reading_minutes is not None:
        members["time_required"] = f"PT{about.reading_minutes}M"
    members["date_modified"] = members["date_modified"] or about.modified
    published = extra.pop("datePublished", None) or about.published
    return Article(
        id=about.id,
        headline=about.title,
        url=about.url,
        same_as=tuple(extra.pop("sameAs", ())),
        alternative_headline=about.strapline,
        description=about.standfirst,
        article_section=about.categories,
        keywords=about.keywords,
        author=about.authors,
        date_published=published,
        date_precision=extra.pop("datePrecision", None),
        sections=tuple(_section_of(record) for record in ordered if record.kind == "section"),
        comments=tuple(_comment_of(record) for record in ordered if record.kind == "comment"),
        extra=extra,
        **members,
    )


def _section_of(record: Record) -> Section:
    extra = dict(record.extra)
    return Section(
        headline=record.heading or None,
        text=record.text,
        level=extra.pop("level", None),
        anchor=extra.pop("anchor", None),
        embeds=tuple(Embed(**embed) for embed in extra.pop("embeds", ())),
        extra=extra,
    )


def _comment_of(record: Record) -> Comment:
    extra = dict(record.extra)
    members: dict[str, Any] = {
        attribute: extra.pop(name, None) for name, attribute in _COMMENT_EXTRA.items()
    }
    bounded = members["date_earliest"] or members["date_latest"]
    published = extra.pop("datePublished", None)
    if published is None and not bounded and record.precision != "unknown":
        published = record.start
    members["date_modified"] = members["date_modified"] or record.modified
    return Comment(
        id=record.id,
        parent_id=cast("str | None", extra.pop("parent_id", record.parent)),
        author=record.author,
        date_published=published,
        date_precision=extra.pop("datePrecision", None),
        date_shown=record.shown,
        edited=record.edited,
        headline=record.heading or None,
        text=record.text,
        citation=record.quotes,
        url=extra.pop("url", None),
        extra=extra,
        **members,
    )
