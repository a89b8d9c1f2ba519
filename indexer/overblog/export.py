"""Which articles does an export of Over-Blog hold?

Posts and pages of state 2, which is « published », with their comments of state 2 and the
replies inside these. Comments have no names of their own: theirs are made of their dates, authors
and texts, so that replies have a parent.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from typing import IO
from urllib.parse import quote
from zoneinfo import ZoneInfo

from lxml import etree

from indexer.article import (
    EMPTY,
    PLANNED,
    Article,
    Comment,
    CommentNames,
    addresses,
    article_id,
)
from indexer.files import CapturedFile, FileFormat, ReadingOptions, root
from indexer.files import members as members_of
from indexer.markup import beginning, line, sections, words
from indexer.overblog.pieces import Piece, pieces
from indexer.reporting import LeftAside, Outcome, Rank, Remark, Skipped, WithheldArticle
from indexer.threads import Answer, comments, display_name, identifier, thread_depths
from indexer.times import Times, due, instant, planned

_PUBLISHED = ("2",)
"""The state of what public converters of these exports take as published; 1 is a draft."""


class OverblogFormat(FileFormat):
    """The reader of Over-Blog's XML. options: without `zone`, the blog's own, else Paris."""

    name = "overblog"
    rank = Rank.EXPORT

    def fits(self, head: bytes) -> bool:
        """Return whether the file is XML, with posts or pages as Over-Blog describes them.

        >>> OverblogFormat().fits(b"<root><blog/><posts><post><origin>OB</origin><slug>a</slug>")
        True
        >>> OverblogFormat().fits(b"<root><posts><post><id>1</id></post></posts></root>")
        False
        """
        if not any(mark in head for mark in (b"<posts", b"<pages")):
            return False
        if b"<slug" not in head and b"<main_host" not in head:
            return False
        first = root(head)
        return first is not None and first.name == "root"

    def outcomes(self, file: CapturedFile, opened: IO[bytes]) -> Iterator[Outcome]:
        """Its articles; a post that is not well formed is mended, or left aside with its line."""
        export = _Export(self._options)
        empty = True
        for piece in pieces(opened):
            empty = empty and piece.name == "blog"
            if piece.node is None and piece.amiss:
                yield Skipped(file.name, piece.amiss, piece.line)
                continue
            if piece.amiss:
                yield Remark("xml", piece.amiss, file.name, piece.line)
            if piece.name == "blog":
                export.learn(piece)
            elif piece.node is not None:
                yield export.article(piece.node)
        if empty:
            yield Skipped(file.name, "cette exportation d'Over-Blog n'a ni article ni page")
        yield from export.account(file.name)


class _Export:
    def __init__(self, options: ReadingOptions) -> None:
        self._left_aside = LeftAside()
        self._publication = options.publication
        self._zone = options.zone
        self._times = Times(options.zone)
        self._blog: str | None = None
        self._host = options.site.rstrip("/")

    def learn(self, piece: Piece) -> None:
        """Keep what the file says of its blog."""
        if piece.node is None:
            return
        members = members_of(piece.node)
        self._blog = line(members.get("name", "")) or None
        host = members.get("main_host", "").strip().rstrip("/")
        host = host if "//" in host or not host else f"http://{host}"
        if addresses.site(host) and "." in host:
            self._host = host
        if self._zone is None:
            self._times = Times(_zone(members.get("timezone", "")))

    def account(self, name: str) -> Iterator[Outcome]:
        """What was left aside, or read with a doubt."""
        self._left_aside.add("zone", self._times.unsure)
        self._left_aside.add("date", self._times.amiss)
        yield from self._left_aside.remarks(name)

    def article(self, node: etree._Element) -> Article | WithheldArticle:
        """The article of a post or of a page; only its names, when readers may not see it."""
        members = members_of(node)
        slug = members.get("slug", "").strip().strip("/")
        path = f"/{quote(slug, safe='/%')}" if slug else ""
        comments_node = node.find("comments")
        state = members.get("status")
        published = self._time(members, "published_at") or self._time(members, "created_at")
        hidden = not self._publication.allows_of(state, _PUBLISHED)
        if not hidden and planned(published, datetime.now(UTC)):
            state, hidden = PLANNED, not self._publication.allows_of(PLANNED, ())
        if hidden:
            self._left_aside.add("unpublished_articles", value=state or EMPTY)
            if comments_node is not None:
                self._left_aside.add(
                    "under_unpublished", sum(1 for _ in comments_node.iter("comment"))
                )
            names = (self._name(slug), self._host + path if path else "")
            planned_at = due(published, datetime.now(UTC))
            return WithheldArticle(tuple(filter(None, names)), due=planned_at)
        body = sections(members.get("content", ""))
        headline = line(members.get("title", "")) or beginning(body) or "Sans titre"
        modified = self._time(members, "modified_at")
        if modified and published and instant(modified) <= instant(published):
            modified = None
        identity = self._name(slug) or article_id(headline, published)
        author = display_name(members.get("author", ""))
        return Article(
            id=identity,
            headline=headline,
            url=self._host + path if self._host and path else None,
            # a path alone leads nowhere from here, but tells which article it is
            same_as=(path,) if path and not self._host else (),
            keywords=_tags(node),
            author=(author,) if author else (),
            date_published=published,
            date_modified=modified,
            publisher=self._blog,
            sections=body,
            comments=() if comments_node is None else self._comments(identity, comments_node),
        )

    def _name(self, slug: str) -> str:
        """The id of a post: its address; "" without one."""
        site = addresses.site(self._host) if self._host else ""
        if not slug:
            return ""
        return identifier(":".join(filter(None, ("overblog", site, slug))))

    def _time(self, members: dict[str, str], name: str) -> str | None:
        return self._times.time(members.get(name, ""))

    def _comments(self, article: str, comments_node: etree._Element) -> tuple[Comment, ...]:
        """The comments of a post, each followed by its replies."""
        names = CommentNames(article)
        answers = []
        waiting = [(comment, "") for comment in reversed(comments_node.findall("comment"))]
        while waiting:
            node, parent = waiting.pop()
            members = members_of(node)
            published = self._time(members, "published_at")
            author = display_name(members.get("author_name", ""))
            body = words(members.get("content", ""), breaks=True)
            name = names.next(published or "", author, body.text).rpartition("#comment-")[2]
            replies = node.find("replies")
            if replies is not None:
                waiting += [(reply, name) for reply in reversed(replies.findall("comment"))]
            state = members.get("status")
            if self._publication.allows_of(state, _PUBLISHED):
                answers.append(Answer(name, parent, author, published, body))
            else:
                self._left_aside.add("unpublished", value=state or EMPTY)
        thread = comments(article, answers)
        self._left_aside.add("orphan", thread_depths(thread).orphans)
        return thread


def _zone(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name.strip()) if name.strip() else None
    except (ValueError, OSError, LookupError):
        return None


def _tags(node: etree._Element) -> tuple[str, ...]:
    """The tags: a text between commas, or an element each."""
    tags_node = node.find("tags")
    if tags_node is None:
        return ()
    names = ",".join(tags_node.itertext())
    return tuple(dict.fromkeys(filter(None, map(line, names.split(",")))))
