"""Which articles and comments does an export of WordPress (WXR, an XML file) hold?

One item at a time, whatever the size of the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from lxml import etree

from indexer.article import Article, Publication
from indexer.files import (
    CapturedFile,
    Element,
    Fault,
    FileFormat,
    elements,
    inner_html,
    local,
    members,
    root,
)
from indexer.reporting import Outcome, Rank, WithheldArticle
from indexer.threads import display_name
from indexer.wordpress.posts import LANGUAGE, OF_COMMENTS, Post, Posts


class WxrFormat(FileFormat):
    """The reader of WordPress exports."""

    name = "wxr"
    rank = Rank.EXPORT

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

    def outcomes(self, file: CapturedFile, opened: IO[bytes]) -> Iterator[Outcome]:
        """Its articles; an item that is not well formed is left aside with its line."""
        export = _Export(self._options.publication)
        names = ("item", "author", "title", "link", "language", "base_blog_url", "pubDate")
        for element in elements(opened, names, ("item",), "channel", pieces=("comment",)):
            if isinstance(element, Fault):
                export.forget_comments()
                yield element.outcome(file.name)
            elif element.name == "comment":
                export.hold_comment(element.node)
            elif element.name == "item":
                yield from export.item(element.node)
                export.forget_comments()
            else:
                export.learn(element)
        yield from export.posts.rest()
        yield from export.posts.left_aside.remarks(file.name)


def _member_name(node: etree._Element) -> str:
    name = local(node)
    if name == "encoded":
        return "excerpt" if "excerpt" in str(node.tag) else "content"
    return name


def _members(node: etree._Element) -> dict[str, str]:
    return members(node, _member_name)


class _Export:
    """What a file tells of its site, and the comments of the item that is being read."""

    def __init__(self, publication: Publication) -> None:
        self.posts = Posts(publication)
        # those of the item that is being read, as the file has them
        self._waiting_comments: list[dict[str, str]] = []

    def learn(self, element: Element) -> None:
        """Keep a member of the channel, or the name of an author."""
        if element.name != "author":
            self.posts.blog.setdefault(element.name, inner_html(element.node).strip())
            return
        author = _members(element.node)
        login = author.get("author_login", "").strip()
        public_name = display_name(author.get("author_display_name", "")) or display_name(login)
        if login and public_name:
            self.posts.authors[login] = public_name

    def hold_comment(self, node: etree._Element) -> None:
        """Keep what is read of a comment until its item is read whole."""
        comment = _members(node)
        self._waiting_comments.append(
            {name: comment[name].strip() for name in OF_COMMENTS if name in comment}
        )

    def forget_comments(self) -> None:
        """What was read of the comments of an item that was read, or will not be."""
        self._waiting_comments.clear()

    def item(self, node: etree._Element) -> Iterator[Article | WithheldArticle]:
        """Yield the article of an item; only its names when readers may not see it."""
        yield from self.posts.articles(
            Post(_members(node), _terms(node), _metas(node), self._waiting_comments)
        )


def _terms(node: etree._Element) -> list[tuple[str, str]]:
    """Return the taxonomies and names of an item's categories and keywords."""
    terms = []
    for child in node:
        if local(child) == "category":
            taxonomy = child.get("domain") or ""
            name = child.get("nicename") if taxonomy == LANGUAGE else None
            terms.append((taxonomy, name or inner_html(child)))
    return terms


def _metas(node: etree._Element) -> list[tuple[str, str]]:
    """Return the keys and values of an item's meta."""
    metas = []
    for meta in node:
        if local(meta) == "postmeta":
            texts = {local(child): child.text or "" for child in meta}
            metas.append((texts.get("meta_key", "").strip(), texts.get("meta_value", "")))
    return metas
