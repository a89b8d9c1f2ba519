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
    """Return whether it answers something, or has the address of a comment.

    The first message of a topic, whose title answers none, is an article.
    """
    if is_message(entry):
        return title_of(entry) != topic_of(entry)
    return "thr_in-reply-to" in entry or bool(place_of(entry).comment)


_OWN_NUMBER = re.compile(r".*[?&](?:p|pid|post|msg)=(\d{1,20})(?:&.*)?#[a-z]{0,4}\1")
_ANSWERS = re.compile(
    r"(?i)\A(?:(?:re|rép) ?: ?|(?:.{1,80}? )??(?:répondre à|reply to|en réponse à|in response to)"
    r" ?: ?)+(?=\S)"
)
_ENDS_IN_NUMBER = re.compile(r".*\D(\d{1,20})")


def is_message(entry: Entry) -> bool:
    """Return whether its address tells a message of a forum, and not which topic it is in.

    >>> is_message({"link": "https://a.example/viewtopic.php?p=16#p16"})
    True
    """
    return _OWN_NUMBER.fullmatch(link(entry)) is not None


def title_of(entry: Entry) -> str:
    """Return its title, without the forum's name that phpBB puts before: « Fleuve • Sora »."""
    title = line_of(entry.get("title_detail"))
    forum, _, topic = title.partition(" • ")
    return topic if topic and forum in terms(entry) else title


def topic_of(entry: Entry) -> str:
    """Return the title that it answers, or its own: « Re: Sora », « Répondre à : Sora »."""
    return _ANSWERS.sub("", title_of(entry), count=1)


def place_of(entry: Entry) -> entry_names.Place:
    """Return where its address leads; `#post-12` is a comment's where its title answers one."""
    place = entry_names.place(link(entry))
    if place.comment or title_of(entry) == topic_of(entry):
        return place
    fragment = link(entry).partition("#")[2]
    number = _ENDS_IN_NUMBER.fullmatch(fragment)
    return entry_names.Place(place.page, number[1], fragment) if number else place


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
    if is_message(entry):
        # topics of two forums may have one title
        return "\n".join((*terms(entry), topic_of(entry)))
    place = place_of(entry)
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


_STATE = re.compile(r" \[(?:visiteur|visitor|membre|member)\]\s*$", re.IGNORECASE)
"""What b2evolution writes behind a name."""


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
    names = [display_name(_STATE.sub("", lenient_json.text(text))) for text in declared_names]
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
