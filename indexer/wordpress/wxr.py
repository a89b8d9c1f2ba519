"""Which articles and comments does an export of WordPress (WXR, an XML file) hold?

One item at a time, whatever the size of the file. Published posts and pages are kept, and
their approved comments; held and rejected ones, pingbacks and trackbacks, drafts, menus and
images are left out and counted. A post behind a password gives its title only. A topic of bbPress
is an article, and its replies are its comments.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import IO

from lxml import etree

from indexer.article import (
    EMPTY,
    PARTIAL,
    PIECE,
    PROTECTED,
    Article,
    Comment,
    Publication,
    Section,
    addresses,
    article_id,
)
from indexer.files import CapturedFile, Element, Fault, elements, local, outcomes, root
from indexer.markup import line, wordpress_text, words
from indexer.reporting import LeftAside, Outcome, Rank, Remark, Skipped, WithheldArticle, shorten
from indexer.threads import Answer, comments, display_name, identifier, thread_depths
from indexer.times import clock
from indexer.wordpress.builders import builder_html, is_built_elsewhere
from indexer.wordpress.footnotes import with_notes
from indexer.wordpress.forums import Forums, anonymous_name, answered
from indexer.wordpress.publishing import article_is_public, comment_is_public


class WxrFormat:
    """The reader of WordPress exports."""

    name = "wxr"
    rank = Rank.EXPORT

    def __init__(self, publication: Publication = Publication()) -> None:
        self._publication = publication

    def fits(self, head: bytes) -> bool:
        """Return whether the file is XML that speaks WordPress's own vocabulary.

        >>> WxrFormat().fits(b'<rss xmlns:wp="http://wordpress.org/export/1.2/">')
        True
        >>> WxrFormat().fits(b'<rss version="2.0"><channel>')
        False
        """
        if b"wordpress.org/export" not in head.replace(b"\0", b""):
            return False
        element = root(head)
        spaces = () if element is None else element.namespaces.values()
        return any("wordpress.org/export" in space for space in spaces)

    def read(self, file: CapturedFile) -> Iterator[Outcome]:
        """Its articles; an item that is not well formed is left aside with its line."""
        yield from outcomes(file, partial(_read, file.name, self._publication))


def _read(name: str, publication: Publication, opened: IO[bytes]) -> Iterator[Outcome]:
    export = _Export(publication)
    names = ("item", "author", "title", "link", "language", "base_blog_url", "pubDate")
    for element in elements(opened, names, ("item",), "channel", pieces=("comment",)):
        if isinstance(element, Fault):
            export.forget_comments()
            if element.mended:
                yield Remark("xml", element.reason, name, element.line)
            else:
                yield Skipped(name, element.reason, element.line)
        elif element.name == "comment":
            export.hold_comment(element.node)
        elif element.name == "item":
            yield from export.item(element.node)
            export.forget_comments()
        else:
            export.learn(element)
    yield from export.left_aside.remarks(name)


_OF_COMMENTS = (
    "comment_id", "comment_parent", "comment_author", "comment_date", "comment_date_gmt",
    "comment_content", "comment_type", "comment_approved",
)  # fmt: skip
"""What is read of a comment; the rest is its reader's address, and the machine's."""


def _members(node: etree._Element) -> dict[str, str]:
    """Return the texts of an element's children, the first of each name."""
    members: dict[str, str] = {}
    for child in node:
        name = local(child)
        if name == "encoded":
            name = "excerpt" if "excerpt" in str(child.tag) else "content"
        if name not in members:
            members[name] = _text(child)
    return members


def _text(node: etree._Element) -> str:
    text = node.text or ""
    if len(node):
        # HTML that nobody protected is HTML all the same
        text += "".join(etree.tostring(child, encoding="unicode") for child in node)
    return text


class _Export:
    """What a file tells of its site, and what was left out of it."""

    def __init__(self, publication: Publication) -> None:
        self.left_aside = LeftAside()
        self._publication = publication
        self._channel: dict[str, str] = {}
        self._authors: dict[str, str] = {}
        # those of the item that is being read, as the file has them
        self._waiting_comments: list[dict[str, str]] = []
        self._forums = Forums()

    def learn(self, element: Element) -> None:
        """Keep a member of the channel, or the name of an author."""
        if element.name != "author":
            self._channel.setdefault(element.name, _text(element.node).strip())
            return
        members = _members(element.node)
        login = members.get("author_login", "").strip()
        public_name = display_name(members.get("author_display_name", "")) or display_name(login)
        if login and public_name:
            self._authors[login] = public_name

    def hold_comment(self, node: etree._Element) -> None:
        """Keep what is read of a comment until its item is read whole."""
        members = _members(node)
        self._waiting_comments.append(
            {name: members[name].strip() for name in _OF_COMMENTS if name in members}
        )

    def forget_comments(self) -> None:
        """What was read of the comments of an item that was read, or will not be."""
        self._waiting_comments.clear()

    def item(self, node: etree._Element) -> Iterator[Article | WithheldArticle]:
        """Return the article of an item; only its names when readers may not see it."""
        members = _members(node)
        kind = members.get("post_type", "").strip() or "post"
        status = members["status"].strip() if "status" in members else None
        if kind == "reply" and (topic := self._forums.topic_of(members)) is not None:
            yield from self._reply(topic, members, node)
            return
        if kind == "forum":
            self._forums.learn(members)
        is_topic = kind == "topic" and self._forums.holds(members)
        if is_topic:
            kind, status = "post", "publish"
        if not article_is_public(kind, status, self._publication, self.left_aside):
            url = members.get("link", "").strip() or None
            number = members.get("post_id", "")
            names = [
                self._name(number, "", None, url),
                url,
                *self._other_addresses(members, kind, url),
            ]
            self.left_aside.add("under_unpublished", len(self._waiting_comments))
            yield WithheldArticle(tuple(filter(None, names)))
            return
        protected = self._is_protected(members)
        self.left_aside.add("protected", protected)
        sections = () if protected else self._sections(members, node)
        headline = line(members.get("title", "")) or _untitled(sections, members)
        published = self._clock(members, "post_date", members.get("pubDate"))
        modified = self._clock(members, "post_modified")
        url = members.get("link", "").strip() or None
        name = self._name(members.get("post_id", ""), headline, published, url)
        if protected:
            self.left_aside.add("under_unpublished", len(self._waiting_comments))
            names = [name, url, *self._other_addresses(members, kind, url)]
            yield WithheldArticle(tuple(filter(None, names)), protected=True)
        yield Article(
            id=name,
            headline=headline,
            url=url,
            same_as=self._other_addresses(members, kind, url),
            description=None if protected else line(members.get("excerpt", "")) or None,
            article_section=_terms(node, "category"),
            keywords=_terms(node, "post_tag", "tag"),
            author=self._author(members, node),
            date_published=published,
            date_modified=modified if modified != published else None,
            in_language=self._channel.get("language") or None,
            publisher=line(self._channel.get("title", "")) or None,
            captured_at=self._export_time(),
            sections=sections,
            comments=() if protected else self._comments(name),
            # plugins export comments without the texts: those that are known stay
            extra=_completeness(is_topic, bool(sections or protected)),
        )
        if is_topic and not protected:
            self._forums.add(members, name)

    def _reply(
        self, topic: str, members: dict[str, str], node: etree._Element
    ) -> Iterator[Article]:
        """Return the topic with a reply to it, as one of its pieces."""
        status = members.get("status", "").strip()
        if not self._publication.allows_of(status, ("publish",)):
            self.left_aside.add("unpublished", value=status or EMPTY)
            return
        number = identifier(members.get("post_id", ""))
        answer = Answer(
            name=number,
            parent=answered(node),
            author=next(iter(self._author(members, node)), None),
            published=self._clock(members, "post_date", members.get("pubDate")),
            words=words(members.get("content", ""), breaks=True),
            anchor=f"post-{number}" if number else None,
        )
        # its topic, another piece, knows the title
        yield Article(
            id=topic,
            headline="Sujet",
            comments=comments(topic, [answer]),
            extra={"completeness": PIECE},
        )

    def _sections(self, members: dict[str, str], node: etree._Element) -> tuple[Section, ...]:
        """The text of a post, else the one that its page builder keeps."""
        content = members.get("content", "")
        sections = wordpress_text.body(with_notes(content, node))
        if not any(section.text for section in sections) and is_built_elsewhere(node):
            sections = wordpress_text.shown(with_notes(builder_html(node), node))
            self.left_aside.add("built_elsewhere", not any(section.text for section in sections))
        return sections

    def _is_protected(self, members: dict[str, str]) -> bool:
        password = members.get("post_password", "").strip()
        return bool(password) and not self._publication.allows_of(PROTECTED, ())

    def _export_time(self) -> str | None:
        """When the export was made: an earlier one does not undo a later one."""
        moment = clock(None, None, self._channel.get("pubDate"))
        return None if moment is None else moment.time

    def _name(self, number: str, headline: str, published: str | None, url: str | None) -> str:
        site = addresses.site(
            self._channel.get("base_blog_url") or self._channel.get("link") or url or ""
        )
        number = identifier(number)
        if not number or not site:
            return article_id(headline, published, url)
        return identifier(f"wp:{site}:{number}")

    def _other_addresses(
        self, members: dict[str, str], kind: str, url: str | None
    ) -> tuple[str, ...]:
        """Return the other addresses of the article: its guid, and the one by number."""
        home = (self._channel.get("base_blog_url") or self._channel.get("link") or "").rstrip("/")
        number = members.get("post_id", "").strip()
        candidates = [members.get("guid", "").strip()]
        if addresses.site(home) and number.isdecimal():
            candidates.append(f"{home}/?{'page_id' if kind == 'page' else 'p'}={number}")
        other_addresses: list[str] = []
        for address in candidates:
            if addresses.site(address) and not any(
                addresses.same(address, former) for former in [url or "", *other_addresses]
            ):
                other_addresses.append(address)
        return tuple(other_addresses)

    def _author(self, members: dict[str, str], node: etree._Element) -> tuple[str, ...]:
        login = members.get("creator", "").strip()
        name = self._authors.get(login) or display_name(login or anonymous_name(node))
        return () if name is None else (name,)

    def _clock(self, members: dict[str, str], name: str, feed: str | None = None) -> str | None:
        """Return the time of `name`, by the site's two clocks, else the feed's."""
        moment = clock(members.get(f"{name}_gmt"), members.get(name), feed)
        if moment is None:
            return None
        self.left_aside.add("zone", not moment.sure)
        return moment.time

    def _comments(self, article: str) -> tuple[Comment, ...]:
        answers = []
        for members in self._waiting_comments:
            kind, approved = members.get("comment_type", ""), members.get("comment_approved")
            if comment_is_public(kind, approved, self._publication, self.left_aside):
                answers.append(self._answer(members))
        thread = comments(article, answers)
        self.left_aside.add("orphan", thread_depths(thread).orphans)
        return thread

    def _answer(self, members: dict[str, str]) -> Answer:
        number = identifier(members.get("comment_id", ""))
        return Answer(
            name=number,
            parent=identifier(members.get("comment_parent", "")),
            author=display_name(members.get("comment_author", "")),
            published=self._clock(members, "comment_date"),
            words=words(members.get("comment_content", ""), breaks=True),
            anchor=f"comment-{number}" if number else None,
        )


def _completeness(is_topic: bool, is_complete: bool) -> dict[str, str]:
    """Return what an article says of its replies, that follow, and of a text that is missing."""
    if is_topic:
        return {"completeness": PIECE}
    # plugins export comments without the texts: those that are known stay
    return {} if is_complete else dict(PARTIAL)


def _terms(node: etree._Element, *domains: str) -> tuple[str, ...]:
    """Return the names of an item's categories of these domains, each once."""
    names = (
        line(_text(child))
        for child in node
        if local(child) == "category" and child.get("domain") in domains
    )
    return tuple(dict.fromkeys(filter(None, names)))


def _untitled(sections: tuple[Section, ...], members: dict[str, str]) -> str:
    """Return a title for an article without one: its beginning, else its slug."""
    if sections:
        first = sections[0].headline or sections[0].text.partition("\n")[0]
        return shorten(first, 80)
    return addresses.title("/" + members.get("post_name", "").strip()).strip("/") or "Sans titre"
