"""Which articles and comments does a feed (RSS, RDF, Atom) announce?

A feed holds the last few and may cut them: all it gives is partial, and what is absent from
it is not gone. A feed of comments gives, for each page, a partial article with its comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import IO, Any

from indexer.article import PARTIAL, Article, Comment, Publication, addresses
from indexer.canonical import lenient_json
from indexer.feeds import entries as feed_entries
from indexer.feeds.parsing import parsed_feed, why
from indexer.feeds.texts import (
    about,
    answered,
    body,
    entry_html,
    is_beginning,
    line_of,
    own_title,
    signer,
)
from indexer.files import CapturedFile, FileFormat, root
from indexer.reporting import LeftAside, Outcome, Rank, Remark, Skipped
from indexer.threads import Answer, comments, entry_names
from indexer.times import entry_time

LARGEST = 32 << 20
_ROOTS = re.compile(rb"<(?:\w{1,20}:)?(rss|feed|RDF)[\s>]")
_ATOM = re.compile(r"http://www\.w3\.org/2005/Atom|http://purl\.org/atom/")
_RDF = re.compile(r"http://(?:purl\.org|my\.netscape\.com)/(?:rss|rdf)/")


class FeedFormat(FileFormat):
    """The reader of feeds."""

    name = "feed"
    rank = Rank.FEED

    def fits(self, head: bytes) -> bool:
        """Return whether the file is XML whose first tag is that of a feed.

        >>> FeedFormat().fits(b'<feed xmlns="http://www.w3.org/2005/Atom">')
        True
        >>> FeedFormat().fits(b"<html><rss>"), FeedFormat().fits(b'<feed xmlns="http://x.example">')
        (False, False)
        """
        if not _ROOTS.search(head.replace(b"\0", b"")):
            return False
        tag = root(head)
        if tag is None:
            # ill-formed before the end of its first tag
            return _ROOTS.match(head.lstrip(b"\xef\xbb\xbf \t\r\n")) is not None
        bare, spaces = tag.name.rpartition(":")[2], tag.namespaces.values()
        if bare == "feed":
            return not spaces or any(map(_ATOM.match, spaces))
        return bare == "rss" or (bare == "RDF" and any(map(_RDF.match, spaces)))

    def outcomes(self, file: CapturedFile, opened: IO[bytes]) -> Iterator[Outcome]:
        """One partial article for each entry, or for each page commented on."""
        data = opened.read(LARGEST + 1)
        if len(data) > LARGEST:
            yield Skipped(file.name, f"flux de plus de {LARGEST >> 20} Mio")
            return
        parsed = parsed_feed(data)
        if parsed is None or (not parsed.entries and (parsed.bozo or not parsed.version)):
            yield Skipped(file.name, "ce flux n'a aucun élément lisible" + why(parsed))
            return
        if parsed.bozo:
            yield Remark("feed", "flux fautif, lu quand même" + why(parsed), file.name)
        if not parsed.entries:
            yield Remark("empty", "flux sans aucun élément pour l'instant", file.name)
        feed = Feed(dict(parsed.feed), map(dict, parsed.entries), self._options.publication)
        yield from feed.articles()
        yield from feed.left_aside.remarks(file.name)


class Feed:
    """A feed that was parsed, and what was left out of it.

    channel, entries: with the members that feedparser gives them, in plain dictionaries (its own
    give one member for another).
    """

    def __init__(
        self,
        channel: Mapping[str, Any],
        entries: Iterable[Mapping[str, Any]],
        publication: Publication,
    ) -> None:
        self.left_aside = LeftAside()
        self._publication = publication
        self._channel = channel
        home = lenient_json.text(self._channel.get("link"))
        self._entries: list[Mapping[str, Any]] = [
            {**entry, "link": feed_entries.absolute(home, lenient_json.text(entry.get("link")))}
            for entry in entries
            if self._is_public(entry)
        ]
        self._title = line_of(self._channel.get("title_detail"))
        self._language = lenient_json.text(self._channel.get("language")).strip()[:35] or None

    def _is_public(self, entry: Mapping[str, Any]) -> bool:
        """Return whether it is no draft by Atom's publishing protocol (RFC 5023, `app:draft`)."""
        drafts = (value for name, value in entry.items() if name.rpartition("_")[2] == "draft")
        if all(lenient_json.text(draft).strip() in ("", "no") for draft in drafts):
            return True
        if self._publication.allows_of("draft", ()):
            return True
        comment = feed_entries.is_comment(entry)
        self.left_aside.add("unpublished" if comment else "unpublished_articles", value="draft")
        return False

    def articles(self) -> Iterator[Article]:
        """Articles in the feed's order, then what is known by its comments only."""
        pages: dict[str, list[Mapping[str, Any]]] = {}
        for entry in self._entries:
            if feed_entries.is_comment(entry):
                pages.setdefault(feed_entries.page_of(entry), []).append(entry)
        is_one_thread = len(pages) == 1 and all(map(feed_entries.is_comment, self._entries))
        for entry in self._entries:
            if not feed_entries.is_comment(entry):
                article = self._article(entry)
                if article is None:
                    self.left_aside.add("empty_entries")
                    continue
                page = addresses.page(article.url or "")
                whole = page.whole if page is not None else ""
                is_message = feed_entries.is_message(entry)
                answers = pages.pop(feed_entries.page_of(entry) if is_message else whole, [])
                yield self._with(article, answers)
        for entries in pages.values():
            yield self._thread(entries, alone=is_one_thread)

    def _with(self, article: Article, entries: list[Mapping[str, Any]]) -> Article:
        numbers = {lenient_json.text(entry.get("id")).strip(): _number(entry) for entry in entries}
        signed = _are_signed(entries)
        answers = sorted(
            (self._answer(entry, numbers, signed) for entry in entries), key=attrgetter("moment")
        )
        return replace(article, comments=tuple(_pings(comments(article.id, answers))))

    def _article(self, entry: Mapping[str, Any]) -> Article | None:
        place = feed_entries.place_of(entry)
        url = place.page if addresses.site(place.page) else None
        description, sections = body(entry)
        title = feed_entries.title_of(entry)
        if "textpattern" in lenient_json.text(self._channel.get("generator")).lower():
            title = _COUNT.sub("", title)
        headline = title or feed_entries.begins(description, sections)
        if not headline:
            return None
        published = self._time(entry, "published") or self._time(entry, "updated")
        modified = self._time(entry, "updated") if entry.get("published") else None
        guid = lenient_json.text(entry.get("id")).strip()
        return Article(
            id=entry_names.name(guid, url, headline, published),
            headline=headline,
            url=url,
            same_as=feed_entries.others(guid, url),
            description=description,
            article_section=feed_entries.terms(entry),
            author=feed_entries.people(entry),
            date_published=published,
            date_modified=modified if feed_entries.later(modified, published) else None,
            in_language=self._language,
            publisher=self._title or None,
            comment_count=feed_entries.declared(entry),
            sections=sections,
            extra=dict(PARTIAL),
        )

    def _thread(self, entries: list[Mapping[str, Any]], *, alone: bool) -> Article:
        """The article that these comments are about. alone: the feed is about this one only."""
        first = entries[0]
        place = feed_entries.place_of(first)
        above = feed_entries.above(first)
        page = feed_entries.about_page(first, place)
        url = page if addresses.site(page) else above
        if feed_entries.is_message(first):
            # which topic it is in is not told by its address
            url = above = ""
        if blogger := entry_names.blogger(lenient_json.text(first.get("id"))):
            # the address of a comment says when it was shown: ?showComment=…
            url = feed_entries.in_reply_to(first, "href") or url.partition("?")[0]
            above = f"tag:blogger.com,1999:blog-{blogger[0]}.post-{feed_entries.post(first)}"
        elif place.comment and not place.anchor:
            url = entry_names.place(lenient_json.text(self._channel.get("link"))).page or url
        title = about(self._title, None, blogger is not None) if alone else ""
        headline = title or _headline_in(first) or self._headline_at(url, alone=alone)
        page_address = url if addresses.site(url) else None
        declared = lenient_json.text(self._channel.get("opensearch_totalresults")) if alone else ""
        article = Article(
            id=entry_names.name(above, page_address, headline),
            headline=headline,
            url=page_address,
            same_as=feed_entries.others(above, page_address),
            in_language=self._language,
            comment_count=int(declared) if declared.isdecimal() and len(declared) < 9 else None,
            extra=dict(PARTIAL),
        )
        return self._with(article, entries)

    def _headline_at(self, url: str, *, alone: bool) -> str:
        """The title of the article at an address that no text of the feed gives as such."""
        link = lenient_json.text(self._channel.get("link"))
        if alone and self._title and addresses.same(link, url):
            return self._title
        return (addresses.title(url) if url else "") or self._title or "Sans titre"

    def _answer(self, entry: Mapping[str, Any], numbers: Mapping[str, str], signed: bool) -> Answer:
        """The comment of an entry. numbers: of the comments of its thread, by how they are called.

        signed: its author's name begins its words.

        What it answers may be called as the other entry is (RFC 4685), and nothing like an address.
        """
        place = feed_entries.place_of(entry)
        ref, href = (feed_entries.in_reply_to(entry, member) for member in ("ref", "href"))
        # entries may all lack a name, and answer nothing
        parent = entry_names.place(ref).comment or (numbers.get(ref, "") if ref else "")
        parent = parent or entry_names.place(href).comment
        words, above = answered(entry_html(entry))
        author = feed_entries.person(entry)
        if signed:
            author = _signer(entry)
            words = words._replace(text=words.text.removeprefix(f"{author}: "))
        return Answer(
            name=_number(entry),
            parent=parent or above,
            author=author,
            published=self._time(entry, "published") or self._time(entry, "updated"),
            words=words,
            anchor=place.anchor,
            headline=own_title(feed_entries.title_of(entry), author, words.text),
        )

    def _time(self, entry: Mapping[str, Any], name: str) -> str | None:
        text = lenient_json.text(entry.get(name))
        clock = entry_time(text, entry.get(f"{name}_parsed"))
        if clock is None:
            self.left_aside.add("date", bool(text.strip()))
            return None
        self.left_aside.add("zone", not clock.sure)
        return clock.time


def _number(entry: Mapping[str, Any]) -> str:
    """The number of a comment on its page, "" without one."""
    name = lenient_json.text(entry.get("id"))
    if blogger := entry_names.blogger(name):
        return blogger[1]
    link = feed_entries.place_of(entry)
    return link.comment or entry_names.place(name).comment


def _are_signed(entries: Sequence[Mapping[str, Any]]) -> bool:
    """Whether comments without authors all begin by a name: « Zoé: Oui. » (Django)."""
    return len(entries) > 1 and not any(
        feed_entries.person(entry) or not _signer(entry) for entry in entries
    )


def _signer(entry: Mapping[str, Any]) -> str:
    return signer(line_of(entry.get("title_detail")), answered(entry_html(entry))[0].text)


def _pings(thread: Iterable[Comment]) -> Iterator[Comment]:
    """Yield the comments, marking as pingbacks those that WordPress made of a link."""
    for comment in thread:
        ping = comment.text.startswith("[…]") and comment.text.endswith("[…]")
        yield replace(comment, kind="pingback") if ping else comment


_REPLY = re.compile(
    r"\A(?i:(?:r[eé]|answered|commented|(?:answer|comment) (?:edited|selected)) ?: ?)+"
)
_COUNT = re.compile(r" \[\d{1,6}\]$")
"""The comments of an article, behind its title in Textpattern's feeds."""


def _headline_in(comment: Mapping[str, Any]) -> str:
    """The article's title in a comment's, "" for none.

    « Commentaires sur Sora », « Zoé: Sora », « Re: Sora », « Answered: Sora ».
    """
    title = feed_entries.title_of(comment)
    author = feed_entries.person(comment)
    if title != (topic := feed_entries.topic_of(comment)):
        return topic
    if headline := about(title, author):
        return headline
    headline = _REPLY.sub("", title).removeprefix(f"{author}: ")
    text = answered(entry_html(comment))[0].text
    return "" if headline == title or is_beginning(headline, text) else headline
