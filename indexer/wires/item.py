"""What does an item of a news agency become, whichever of its formats it was sent in?

Its words for states are the IPTC's (pubStatus: `usable`, `withheld`, `canceled`; NITF says
`embargoed` too). What is not usable, or is under embargo, is left aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from indexer.article import PLANNED, Article, Publication, addresses, article_id
from indexer.markup import line, sections
from indexer.reporting import LeftAside, Outcome, WithheldArticle
from indexer.threads import byline_names, identifier
from indexer.times import due, instant, machine_time, planned

_USABLE = ("usable",)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z|[+-]\d\d:?\d\d)?)?")


@dataclass(frozen=True, slots=True)
class Item:
    """What an item says, as its format writes it. `body` is HTML; "" is nothing said."""

    name: str = ""
    headline: str = ""
    subtitle: str = ""
    lead: str = ""
    body: str = ""
    byline: str = ""
    created: str = ""
    changed: str = ""
    embargo: str = ""
    state: str = ""
    kind: str = ""
    language: str = ""
    publisher: str = ""
    rubrics: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()


def news_time(text: str) -> str | None:
    """A time of the IPTC, whose dates have no dashes.

    >>> news_time("20240302T080000+0100"), news_time("20240302"), news_time("2024-03-02T08:00:00Z")
    ('2024-03-02T08:00:00+01:00', '2024-03-02', '2024-03-02T08:00:00Z')
    """
    text = text.strip()
    if match := _COMPACT.fullmatch(text):
        year, month, day, hour, minute, second, zone = match.groups()
        clock = f"T{hour}:{minute}:{second or '00'}{zone or ''}" if hour else ""
        text = f"{year}-{month}-{day}{clock}"
    return machine_time(text)


def outcomes_of(item: Item, publication: Publication, left_aside: LeftAside) -> Iterator[Outcome]:
    """The article of an item; or how it is called, when it is not to be seen."""
    body = sections(item.body)
    if not item.headline or not (body or item.lead):
        left_aside.add("other_kinds", value=item.kind or "sans texte")
        return
    created, changed = news_time(item.created), news_time(item.changed)
    published = created or changed
    url = item.name if addresses.site(item.name) else None
    name = identifier(f"news:{item.name}") if item.name else ""
    name = name or article_id(item.headline, published)
    state = item.state.rpartition(":")[2].lower() or "usable"
    embargo = news_time(item.embargo)
    if item.embargo and (embargo is None or planned(embargo, datetime.now(UTC))):
        # one that is not understood is not over
        state = PLANNED
    if not publication.allows_of(state, _USABLE):
        left_aside.add("unpublished_articles", value=state)
        planned_at = due(embargo, datetime.now(UTC))
        yield WithheldArticle(tuple(filter(None, (name, url))), due=planned_at)
        return
    edited = bool(published and changed) and instant(changed or "") > instant(published or "")
    yield Article(
        id=name,
        headline=line(item.headline)[:500],
        url=url,
        alternative_headline=line(item.subtitle) or None,
        description=line(item.lead) or None,
        article_section=item.rubrics,
        keywords=item.keywords,
        author=byline_names(line(item.byline)),
        date_published=published,
        date_modified=changed if edited else None,
        in_language=item.language[:35] or None,
        publisher=line(item.publisher) or None,
        sections=body,
    )
