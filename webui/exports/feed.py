"""How are the newest answers of a question written as a feed?"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from index.record import Record
from index.results import Passage, Results
from webui.addresses import Links, SearchParams, absolute, outside
from webui.exports.walking import full
from webui.locale import Tongue

# XML 1.0 has no way to write these.
_UNSPEAKABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def atom(
    results: Results, params: SearchParams, links: Links, host: str, tongue: Tongue
) -> Iterator[str]:
    """An Atom feed (RFC 4287) of a page of passages, in their order; ids never change.

    An entry is `published` when it was written and `updated` when the index first saw it. The
    feed says how many there are in all, and where the next are (RFC 5005, paged feeds).
    """
    first = params.but(page=1)
    page_address = absolute(links.search(first), links, host)
    question = params.q.strip()
    title = (
        tongue("results_for", q=tongue.quoted(question)) if question else tongue("results_filtered")
    )
    passages = list(full(iter([results])))
    updated = max((_first_seen(passage.record) for passage in passages), default=None)
    yield (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{tongue.language}">\n'
        f"<title>{_xml(title)}</title><subtitle>{_xml(_portion(results, tongue))}</subtitle>"
        f"<id>{_id(page_address)}</id>"
        f'<link rel="alternate" type="text/html" href={_attribute(page_address)}/>'
    )
    numbers = {"self": results.page}
    if results.page > 1:
        numbers |= {"first": 1, "previous": results.page - 1}
    if results.has_next:
        numbers["next"] = results.page + 1
    for rel, number in numbers.items():
        page = absolute(links.search(params.but(page=number), ".atom"), links, host)
        yield f'<link rel="{rel}" type="application/atom+xml" href={_attribute(page)}/>'
    yield f"<updated>{updated or _xml(results.state.updated or _EPOCH)}</updated>\n"
    for passage in passages:
        yield _entry(passage, params, links, host, tongue)
    yield "</feed>\n"


FEED = 100
"""Passages of a feed: what is new since yesterday, not all that was ever said."""


def _portion(results: Results, tongue: Tongue) -> str:
    """Which passages of how many a page of the feed holds."""
    total = results.totals.passages
    if results.page == 1 and not results.has_next:
        return tongue("feed_all", n=total)
    first = (results.page - 1) * results.size + 1
    last = min(total, results.page * results.size)
    return tongue("feed_part", first=first, last=last, total=total)


_EPOCH = "1970-01-01T00:00:00Z"


def _entry(passage: Passage, params: SearchParams, links: Links, host: str, tongue: Tongue) -> str:
    record = passage.record
    about = record.about
    title = f"{tongue.heading(record)} — {about.title}"
    authors = [record.author] if record.kind == "comment" else list(about.authors)
    summary = " […] ".join(piece.text for piece in passage.snippets) or record.text
    if record.part == "title":
        summary = about.title
    link = absolute(links.passage(record, params.q), links, host)
    source = outside(record.url)
    via = f'<link rel="via" href={_attribute(source)}/>' if source else ""
    first = f"<published>{_xml(record.start)}</published>" if record.start else ""
    return (
        f"<entry><title>{_xml(title)}</title><id>{_id(record.lasting_id)}</id>"
        f'<link rel="alternate" type="text/html" href={_attribute(link)}/>{via}{first}'
        f"<updated>{_first_seen(record)}</updated>"
        + "".join(f"<author><name>{_xml(name or '?')}</name></author>" for name in authors or ["?"])
        + f'<summary type="text">{_xml(summary)}</summary></entry>\n'
    )


def _first_seen(record: Record) -> str:
    """When the index first saw it: what a feed reader sorts by, and takes for new."""
    if not record.seen:
        return _xml(record.end or record.start or record.about.published or _EPOCH)
    return dt.datetime.fromtimestamp(record.seen, dt.UTC).isoformat("T", "seconds")


def _id(name: str) -> str:
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}"


def _xml(text: str) -> str:
    return escape(_UNSPEAKABLE.sub("\N{REPLACEMENT CHARACTER}", text))


def _attribute(text: str) -> str:
    return quoteattr(_UNSPEAKABLE.sub("\N{REPLACEMENT CHARACTER}", text))
