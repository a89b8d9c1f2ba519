"""Which threads and comments does an export of Disqus (an XML file) hold?

Threads come first, then posts as they were written, so posts wait on disk. Threads of one
page (http and https, `?utm_source=…`) are one. A deleted post keeps its place and loses its
words, which the export still has; spam is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any, NamedTuple

from lxml import etree

from indexer.article import Article, addresses
from indexer.canonical import lenient_json
from indexer.files import (
    CapturedFile,
    Element,
    Fault,
    FileFormat,
    Spool,
    elements,
    local,
    root,
)
from indexer.markup import words
from indexer.reporting import LeftAside, Outcome, Rank, Skipped, plural
from indexer.threads import Answer, display_name, identifier, thread_article, thread_depths

_NAMES = ("thread", "post")


class DisqusFormat(FileFormat):
    """The reader of Disqus exports."""

    name = "disqus"
    rank = Rank.COMMENTS

    def fits(self, head: bytes) -> bool:
        """Return whether the file is XML whose first tag is `disqus`.

        >>> DisqusFormat().fits(b'<?xml version="1.0"?><disqus xmlns="http://disqus.com">')
        True
        """
        if b"disqus" not in head.replace(b"\0", b""):
            return False
        element = root(head)
        return element is not None and element.name == "disqus"

    def outcomes(self, file: CapturedFile, opened: IO[bytes]) -> Iterator[Outcome]:
        """One partial article for each page that has comments."""
        threads: dict[str, _Thread] = {}
        left_aside = LeftAside()
        with Spool() as posts:
            for element in elements(opened, _NAMES, _NAMES):
                if isinstance(element, Fault):
                    yield element.outcome(file.name)
                elif element.name == "thread":
                    threads[_id(element.node)] = _thread(element.node)
                elif _says(element.node, "isSpam") not in ("", "false"):
                    left_aside.add("spam")
                elif (
                    state := _hidden_state(element.node)
                ) and not self._options.publication.allows_of(state, ()):
                    left_aside.add("unpublished", value=state)
                else:
                    posts.put(*_post(element))
            yield from _articles(file.name, threads, posts, left_aside)
        yield from left_aside.remarks(file.name)


class _Thread(NamedTuple):
    url: str
    title: str
    deleted: bool


def _hidden_state(node: etree._Element) -> str:
    """What keeps a post from readers, in the words of Disqus's API; "" for nothing.

    Exports say `isDeleted` and `isSpam` only; the API (3.0) has these beside them.
    """
    if _says(node, "isApproved") not in ("", "true"):
        return "unapproved"
    return "flagged" if _says(node, "isFlagged") not in ("", "false") else ""


def _id(node: etree._Element | None) -> str:
    """What an element is called by: its attribute `id`, in the space of Disqus."""
    if node is None:
        return ""
    return next((identifier(str(value)) for at, value in node.items() if _bare(at) == "id"), "")


def _bare(name: str) -> str:
    return name.rpartition("}")[2].rpartition(":")[2]


def _child(node: etree._Element, name: str) -> etree._Element | None:
    return next((child for child in node if local(child) == name), None)


def _says(node: etree._Element, *path: str) -> str:
    """The text of a child, or of a child's child; "" without it."""
    at: etree._Element | None = node
    for name in path:
        at = None if at is None else _child(at, name)
    return "" if at is None else (at.text or "").strip()


def _thread(node: etree._Element) -> _Thread:
    title = _says(node, "title")
    return _Thread(_says(node, "link"), title, _says(node, "isDeleted") not in ("", "false"))


def _post(element: Element) -> tuple[str, list[Any]]:
    """The thread of a post, and what is kept of it."""
    node = element.node
    fields = [
        _id(node),
        _id(_child(node, "parent")),
        display_name(_says(node, "author", "name")),
        lenient_json.time(_says(node, "createdAt")),
        _says(node, "message"),
        _says(node, "isDeleted") not in ("", "false"),
        element.line,
    ]
    return _id(_child(node, "thread")), fields


def _articles(
    name: str, threads: dict[str, _Thread], posts: Spool, left_aside: LeftAside
) -> Iterator[Outcome]:
    pages: dict[str, list[str]] = {}
    for number in posts.names():
        thread = threads.get(number)
        if thread is None:
            posts_of_thread = list(posts.of(number))
            sentence = plural(len(posts_of_thread), "commentaire laissé", "commentaires laissés")
            reason = f"le fil {number or 'sans nom'} n'est pas dans le fichier : {sentence} de côté"
            yield Skipped(name, reason, posts_of_thread[0][-1])
        elif thread.deleted:
            left_aside.add("deleted_threads")
        else:
            page = addresses.page(thread.url)
            pages.setdefault(f"#{number}" if page is None else page.whole, []).append(number)
    for together in pages.values():
        article = _article(together, threads, posts)
        left_aside.add("orphan", thread_depths(article.comments).orphans)
        yield article


def _article(together: list[str], threads: dict[str, _Thread], posts: Spool) -> Article:
    """Return the comments of one page, those of its first thread first."""
    first = threads[together[0]]
    answers = [
        Answer(
            name=post_id,
            parent=parent,
            author=author,
            published=published,
            words=words(message),
            deleted=deleted,
            anchor=f"comment-{post_id}" if post_id else None,
        )
        for number in together
        for post_id, parent, author, published, message, deleted, _ in posts.of(number)
    ]
    title = next((threads[number].title for number in together if threads[number].title), "")
    return thread_article(first.url, title, answers, "disqus", together[0])
