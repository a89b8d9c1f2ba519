"""Which articles and comments does an export of Blogger hold?

An Atom file of everything a blog has: posts, pages, comments, settings and templates, told
apart by their kind. It is complete, so its articles are. Entries wait on disk: comments come
after the posts. Drafts are left aside; a comment that was removed keeps its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import IO, Any

from lxml import etree

from indexer.article import EMPTY, PARTIAL, Article, Publication, addresses
from indexer.feeds.texts import own_title
from indexer.files import (
    CapturedFile,
    Element,
    Fault,
    FileFormat,
    ReadingOptions,
    Spool,
    elements,
    local,
    root,
)
from indexer.markup import line, sections, words
from indexer.reporting import LeftAside, Outcome, Rank, Remark, WithheldArticle, shorten
from indexer.threads import Answer, comments, display_name, entry_names, identifier, thread_depths
from indexer.times import entry_time

_KIND = "http://schemas.google.com/blogger/2008/kind#"
_TAKEOUT = "http://schemas.google.com/blogger/2018"
_PARENT = re.compile(r"/comments/default/(\d{1,30})")
_LIVE = ("live",)
"""What Takeout calls what readers see, beside DRAFT, SCHEDULED, SOFT_TRASHED, EMPTY, GHOSTED…"""


class BloggerFormat(FileFormat):
    """The reader of Blogger's exports, the old one and that of Takeout, which tells no `site`."""

    name = "blogger"
    rank = Rank.EXPORT

    def __init__(self, options: ReadingOptions = ReadingOptions()) -> None:
        super().__init__(options)
        self._site = _Site(options.site.rstrip("/"))

    def fits(self, head: bytes) -> bool:
        """Return whether the file is Atom in which Blogger says the kind of each entry.

        >>> kind = b'<category term="http://schemas.google.com/blogger/2008/kind#template"/>'
        >>> BloggerFormat().fits(b'<feed xmlns="http://www.w3.org/2005/Atom"><entry>' + kind)
        True
        """
        bare = head.replace(b"\0", b"")
        if _KIND.encode() not in bare and _TAKEOUT.encode() not in bare:
            return False
        tag = root(head)
        if tag is None or tag.name.rpartition(":")[2] != "feed":
            return False
        # known before it is read, which another process may do
        self._site.of([bare.decode("latin-1")])
        return True

    def outcomes(self, file: CapturedFile, opened: IO[bytes]) -> Iterator[Outcome]:
        """Its articles, each with its comments."""
        left_aside = LeftAside()
        blog: dict[str, str] = {}
        with Spool() as answers, Spool() as posts:
            for element in elements(opened, ("entry", "title", "link"), ("entry",)):
                if isinstance(element, Fault):
                    yield element.outcome(file.name)
                elif element.name == "title":
                    blog.setdefault("title", line(element.node.text or ""))
                elif element.name == "link":
                    if element.node.get("rel") == "alternate":
                        blog.setdefault("home", str(element.node.get("href") or "").strip())
                else:
                    _sort(element, posts, answers, self._options.publication, left_aside)
            home = self._site.of(posts.names())
            if home:
                blog["home"] = home
            elif home is None and "home" not in blog:
                # two blogs have posts of the same paths: one would take the other's place
                message = (
                    "l'adresse donnée par --site est celle d'un autre blog du même relevé : "
                    "celui-ci est lu sans la sienne ; indexez-les l'un après l'autre"
                )
                yield Remark("no_address", message, file.name)
            yield from _articles(posts, answers, blog, left_aside)
        yield from left_aside.remarks(file.name)


class _Site:
    """The address that is told of a blog, and the number of that blog, once it is known.

    The first blog that is met has the address. Large files are read in another process, which is
    given what was known when they were recognised.

    >>> site = _Site("https://dune.example")
    >>> site.of(["tag:blogger.com,1999:blog-4.post-1"]), site.of(["blog-5.post-1"])
    ('https://dune.example', None)
    """

    def __init__(self, address: str) -> None:
        self._address = address
        self._number: str | None = None

    def of(self, names: Iterable[str]) -> str | None:
        """Return the address of the blog that has these posts; None for a second blog."""
        number = next((match[1] for name in names if (match := _BLOG.search(name))), "")
        if self._number is None:
            self._number = number
        return self._address if number == self._number or not self._address else None


_BLOG = re.compile(r"\bblog-(\d+)")


def _sort(
    element: Element, posts: Spool, answers: Spool, publication: Publication, left_aside: LeftAside
) -> None:
    """Store an entry with the posts or the answers, or count it as left aside."""
    entry = _Entry(element.node)
    kind, state = entry.kind, entry.state
    public = publication.allows_of(state, _LIVE)
    if kind in ("post", "page"):
        if not public:
            left_aside.add("unpublished_articles", value=state or EMPTY)
        posts.put(entry.id, entry.article() if public else [entry.address])
    elif kind == "comment":
        if public:
            answers.put(entry.post, entry.answer())
        else:
            left_aside.add("unpublished", value=state or EMPTY)
    else:
        left_aside.add("other_kinds", value=kind or "sans sorte")


class _Entry:
    """An entry of the file."""

    def __init__(self, node: etree._Element) -> None:
        self._children: dict[str, list[etree._Element]] = {}
        for child in node:
            self._children.setdefault(local(child), []).append(child)
        self.id = self._text("id")

    def _all(self, name: str) -> list[etree._Element]:
        return self._children.get(name, [])

    def _text(self, name: str) -> str:
        nodes = self._all(name)
        return "".join(str(text) for text in nodes[0].itertext()).strip() if nodes else ""

    @property
    def kind(self) -> str:
        """What Blogger says it is: "post", "page", "comment", "settings"…; "" if it does not."""
        for category in self._all("category"):
            if (term := str(category.get("term") or "")).startswith(_KIND):
                return term.removeprefix(_KIND)
        return self._text("type").lower()

    @property
    def state(self) -> str | None:
        """Return its state: LIVE, DRAFT…; None when it has none."""
        drafts = (child for control in self._all("control") for child in control)
        if any(local(draft) == "draft" and (draft.text or "").strip() != "no" for draft in drafts):
            return "draft"
        if self._text("trashed"):
            return "trashed"
        return self._text("status") if self._all("status") else None

    @property
    def post(self) -> str:
        """Return the name of the post a comment is under."""
        references = [str(node.get("ref") or "") for node in self._all("in-reply-to")]
        return next(filter(None, (*references, self._text("parent"))), "").strip()

    def _link(self, rel: str) -> str:
        links = (link for link in self._all("link") if link.get("rel") == rel)
        return next((str(link.get("href") or "").strip() for link in links), "")

    def _author(self) -> str | None:
        for author in self._all("author"):
            for child in author:
                if local(child) == "name" and (name := display_name(child.text or "")):
                    return name
        return None

    def _time(self, name: str) -> str | None:
        clock = entry_time(self._text(name))
        return None if clock is None else clock.time

    @property
    def address(self) -> str:
        """Where a post is, on its blog or anywhere."""
        return self._link("alternate") or self._text("filename")

    def article(self) -> list[Any]:
        """Return a post as plain data."""
        labels = [
            line(str(category.get("term") or ""))
            for category in self._all("category")
            if not str(category.get("term") or "").startswith(_KIND)
        ]
        names = ("published", "updated")
        dates = [self._time(name) for name in names]
        return [
            line(self._text("title")),
            self.address,
            labels,
            self._author(),
            dates,
            self._html(),
        ]

    def answer(self) -> list[Any]:
        """Return a comment as plain data."""
        removed = any(
            property_.get("name") == "blogger.contentRemoved" and property_.get("value") == "true"
            for property_ in self._all("extendedProperty")
        )
        replied = _PARENT.search(self._link("related"))
        above = (replied and replied[1]) or _number(self._text("inReplyTo"))
        address = self._link("alternate")
        page = next((str(node.get("href") or "") for node in self._all("in-reply-to")), "")
        page = page or address.partition("?")[0]
        texts = [line(self._text("title")), self._html()]
        number = _number(self.id)
        return [
            number,
            above,
            self._author(),
            self._time("published"),
            removed,
            address,
            page,
            *texts,
        ]

    def _html(self) -> str:
        return self._text("content") or self._text("summary")


def _number(tag: str) -> str:
    match = entry_names.blogger(tag)
    return match[1] if match else identifier(tag)[:200]


def _articles(
    posts: Spool, answers: Spool, blog: dict[str, str], left_aside: LeftAside
) -> Iterator[Article | WithheldArticle]:
    for tag in posts.names():
        post = list(posts.of(tag))[-1]
        if len(post) == 1:
            left_aside.add("under_unpublished", sum(1 for _ in answers.of(tag)))
            yield WithheldArticle((entry_names.name(tag, None, ""), _whole(post[0], blog)))
            continue
        title, address, labels, author, (published, modified), html = post
        address = _whole(address, blog)
        parts = sections(html)
        headline = title or (shorten(parts[0].text.partition("\n")[0], 80) if parts else "")
        headline = headline or addresses.title(address) or "Sans titre"
        url = address if addresses.site(address) else None
        left_aside.add("no_address", url is None)
        name = entry_names.name(tag, url, headline, published)
        thread = comments(name, map(_answer, answers.of(tag)))
        left_aside.add("orphan", thread_depths(thread).orphans)
        yield Article(
            id=name,
            headline=headline,
            url=url,
            # a path alone leads nowhere from here, but tells which article it is
            same_as=(address,) if url is None and address.startswith("/") else (),
            keywords=tuple(dict.fromkeys(filter(None, labels))),
            author=(author,) if author else (),
            date_published=published,
            date_modified=modified if modified != published else None,
            publisher=blog.get("title") or None,
            sections=parts,
            comments=thread,
        )
    post_names = set(posts.names())
    for tag in answers.names():
        if tag not in post_names:
            left_aside.add("alone")
            yield _alone(tag, list(answers.of(tag)))


def _whole(address: str, blog: dict[str, str]) -> str:
    """Return an address, completed with its blog's when it is only a path."""
    if address.startswith("/") and addresses.site(blog.get("home", "")):
        return blog["home"].rstrip("/") + address
    return address


def _alone(tag: str, rows: list[list[Any]]) -> Article:
    """The comments of a post that is not in the file."""
    page = next((row[6] for row in rows if addresses.site(row[6])), "")
    headline = (addresses.title(page) if page else "") or "Sans titre"
    name = entry_names.name(tag, page or None, headline)
    return Article(
        id=name,
        headline=headline,
        url=page or None,
        comments=comments(name, map(_answer, rows)),
        extra=dict(PARTIAL),
    )


def _answer(row: list[Any]) -> Answer:
    number, above, author, published, removed, address, _, title, html = row
    own_words = words(html)
    return Answer(
        name=number,
        parent=above if above != number else "",
        author=author,
        published=published,
        words=own_words,
        deleted=removed,
        anchor=entry_names.place(address).anchor or (f"c{number}" if number.isdecimal() else None),
        headline=own_title(title, author, own_words.text),
    )
