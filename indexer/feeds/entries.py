"""What does an entry of a feed tell of itself: its address, its people, what it answers?

Entries are plain dictionaries, with the names that feedparser gives.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

from indexer.article import Section, addresses
from indexer.canonical import lenient_json
from indexer.feeds.texts import line_of
from indexer.reporting import shorten
from indexer.threads import display_name, entry_names
from indexer.times import instant

Entry = Mapping[str, Any]
_ADDRESS = re.compile(r"\s*[^\s@()]+@[^\s@()]+\s*(?:\((.+)\)\s*)?")
"""As RSS wants an author: `redaction@a.example (Zoé)`."""


def absolute(home: str, address: str) -> str:
    """An address, one of a feed that leaves out its own site being told whole.

    >>> absolute("https://a.example/blog/", "/sora")
    'https://a.example/sora'
    """
    try:
        return urljoin(home, address) if address and not urlsplit(address).scheme else address
    except ValueError:
        return address


def link(entry: Entry) -> str:
    """Its address, that of its own site and not of the one that serves the feed."""
    return lenient_json.text(entry.get("feedburner_origlink") or entry.get("link")).strip()


def in_reply_to(entry: Entry, member: str) -> str:
    """Return what it replies to: `ref` is a name, `href` an address; "" for nothing."""
    reply = entry.get("thr_in-reply-to")
    return lenient_json.text(reply.get(member)).strip() if isinstance(reply, Mapping) else ""


def is_comment(entry: Entry) -> bool:
    """Return whether it answers something, or has the address of a comment."""
    return "thr_in-reply-to" in entry or bool(entry_names.place(link(entry)).comment)


def above(entry: Entry) -> str:
    """Return the name of a comment's article: the comment's guid without its own part."""
    guid = lenient_json.text(entry.get("id")).partition("#")[0]
    return guid if addresses.site(guid) else in_reply_to(entry, "ref").partition("#")[0]


def post(entry: Entry) -> str:
    """Return the number of the post a comment of Blogger is under."""
    match = entry_names.blogger(in_reply_to(entry, "ref"))
    return match[1] if match else ""


def page_of(entry: Entry) -> str:
    """What two comments on one page have in common."""
    if entry_names.blogger(lenient_json.text(entry.get("id"))):
        return in_reply_to(entry, "ref")
    place = entry_names.place(link(entry))
    if place.comment and not place.anchor:
        return place.page.rpartition("/")[0]
    page = addresses.page(about_page(entry, place))
    return above(entry) if page is None else page.whole


def about_page(entry: Entry, place: entry_names.Place) -> str:
    """The address of the page a comment is about: its own has none but its article's."""
    if place.comment:
        return place.page
    return entry_names.place(in_reply_to(entry, "href")).page or place.page


def others(guid: str, url: str | None) -> tuple[str, ...]:
    """The other address that a guid may be."""
    return (guid,) if addresses.site(guid) and not (url and addresses.same(guid, url)) else ()


def begins(description: str | None, sections: tuple[Section, ...]) -> str:
    """What to call an entry without a title: how it begins."""
    text = description or (sections[0].headline or sections[0].text if sections else "")
    return shorten(text.partition("\n")[0], 80)


def people(entry: Entry) -> tuple[str, ...]:
    """Return its authors, never their addresses.

    >>> people({"author": "z@a.example (Zoé)"}), people({"authors": [{"name": "Ada"}]})
    (('Zoé',), ('Ada',))
    """
    match = _ADDRESS.fullmatch(lenient_json.text(entry.get("author"))[:500])
    if match is not None:
        # feedparser takes part of a domain it does not know for the name
        name = display_name(match[1] or "")
        return () if name is None else (name,)
    declared_names = [
        author.get("name") for author in entry.get("authors") or () if isinstance(author, Mapping)
    ]
    names = [display_name(lenient_json.text(text)) for text in declared_names]
    return tuple(dict.fromkeys(filter(None, names)))


def person(entry: Entry) -> str | None:
    """Its first author."""
    return next(iter(people(entry)), None)


def terms(entry: Entry) -> tuple[str, ...]:
    """Return its categories, each once; feeds do not distinguish them from tags."""
    labels = [
        line_of({"value": lenient_json.text(tag.get("label") or tag.get("term"))})
        for tag in entry.get("tags") or ()
        if isinstance(tag, Mapping) and "#kind" not in lenient_json.text(tag.get("scheme"))
    ]
    return tuple(dict.fromkeys(filter(None, labels)))


def declared(entry: Entry) -> int | None:
    """Return how many comments the feed declares for the article."""
    replies = (reply for reply in entry.get("links") or () if reply.get("rel") == "replies")
    totals = [entry.get("slash_comments"), entry.get("thr_total")]
    totals += [reply.get("thr:count") or reply.get("count") for reply in replies]
    counts = (lenient_json.text(total).strip() for total in totals)
    return next((int(count) for count in counts if count.isdecimal() and len(count) < 9), None)


def later(modified: str | None, published: str | None) -> bool:
    """Return whether it was modified after it was published."""
    if modified is None or published is None:
        return modified is not None
    return instant(modified) > instant(published)
