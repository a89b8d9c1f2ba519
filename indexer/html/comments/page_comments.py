"""Which comments does a page hold, and by which witness are they found?

Adapters know their engines; the finder (`thread_finder`) reads threads that no adapter knows; the
scripts of JSON-LD may hold what the page does not show. What is announced and not read is said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from indexer.html.comments.adapter_reading import read_with
from indexer.html.comments.adapters import Adapter
from indexer.html.comments.thread import Account, FoundComment, PageThread
from indexer.html.finder.announced import Announcement
from indexer.html.finder.found_thread import page_thread
from indexer.html.finder.repeated_days import write_repeated_days
from indexer.html.finder.thread_answers import names_of
from indexer.html.finder.thread_finder import find_thread, tops_of
from indexer.html.metadata import json_ld
from indexer.html.metadata.head import Head
from indexer.markup import html_text


def find_comments(
    root: Any,
    adapters: Sequence[Adapter],
    announced: Sequence[Announcement] = (),
    authors: tuple[str, ...] = (),
) -> tuple[PageThread, list[Account]]:
    """Return the comments of the best adapter, and the accounts of all adapters tried.

    The finder's comments are returned instead when no adapter finds any, or when the adapter finds
    fewer than the page announces and the finder finds as many. announced: the counts in the page.
    authors: the article's.

    >>> import lxml.html
    >>> from indexer.html.comments.adapters import known_adapters
    >>> page = lxml.html.document_fromstring('<ol class="comment-list"><li id="comment-7">'
    ...     '<b class="fn">Jo</b><div class="comment-content">Bravo</div></li></ol>')
    >>> thread, tried = find_comments(page, known_adapters())
    >>> thread.account.adapter, thread.comments[0].native, thread.comments[0].text
    ('wordpress', '7', 'Bravo')
    """
    write_repeated_days(root)
    thread, accounts, vague = _by_adapters(root, adapters)
    counts = {announcement.count for announcement in announced if announcement.count}
    if thread.comments and (not counts or len(thread.comments) in counts):
        return _completed(thread, root, announced, authors, vague=vague), accounts
    finder_thread = find_thread(root, announced, authors)
    thread = _numbered(thread)
    if finder_thread is None:
        return thread, accounts
    has_unread_items = len(finder_thread.items.items) > len(thread.comments)
    if not has_unread_items or (thread.comments and not finder_thread.numbered):
        return thread, accounts
    by_form = page_thread(finder_thread, announced, tops_of(root))
    return by_form, [*accounts, by_form.account]


def _completed(
    thread: PageThread,
    root: Any,
    announced: Sequence[Announcement],
    authors: tuple[str, ...],
    *,
    vague: bool,
) -> PageThread:
    """Return a thread with the names that its form alone tells, and the parents.

    vague: the adapter has no rule that tells who answers whom.
    """
    thread = _numbered(thread)
    unsigned = sum(comment.author is None for comment in thread.comments) * 2
    flat = vague and all(comment.parent is None for comment in thread.comments)
    if unsigned <= len(thread.comments) and not flat:
        return thread
    by_form = find_thread(root, announced, authors)
    if by_form is None or len(by_form.items.items) != len(thread.comments):
        return thread
    other_comments = page_thread(by_form, announced, tops_of(root)).comments
    completed = (
        replace(comment, author=comment.author or other.author, parent=other.parent)
        if flat
        else replace(comment, author=comment.author or other.author)
        for comment, other in zip(thread.comments, other_comments, strict=True)
    )
    return replace(thread, comments=tuple(completed))


def _numbered(thread: PageThread) -> PageThread:
    """Return a thread with the numbers that its elements tell, where no rule found any."""
    if len(thread.items) != len(thread.comments) or any(c.native for c in thread.comments):
        return thread
    comments = tuple(
        replace(comment, native=native, anchor=anchor)
        for comment, (native, anchor) in zip(thread.comments, names_of(thread.items), strict=True)
    )
    return replace(thread, comments=comments)


def _by_adapters(root: Any, adapters: Sequence[Adapter]) -> tuple[PageThread, list[Account], bool]:
    """The fullest thread, the accounts of all, and whether no rule tells who answers whom."""
    accounts = []
    vague = False
    best: tuple[tuple[int, bool, int], PageThread] | None = None
    for adapter in sorted(adapters, key=lambda adapter: adapter.fallback):
        if best is not None and adapter.fallback and best[1].comments:
            break
        if not any(selector.of(root) for selector in adapter.matches):
            continue
        thread = read_with(adapter, root)
        accounts.append(thread.account)
        counts = thread.account.counts
        members = sum(counts.get(member, 0) for member in ("id", "author", "date", "title", "role"))
        # half of a comment's parts, each taken for a comment, are not more than the comments
        signed = min(counts.get("author", 0), counts.get("date", 0))
        # a forum may mark its messages in microdata as well: the first of them is the article
        score = (len(thread.comments) + 2 * signed, adapter.topic, members)
        if best is None or score > best[0]:
            best, vague = (score, thread), not _tells_answers(adapter)
    return best[1] if best is not None else PageThread((), Account("")), accounts, vague


def _tells_answers(adapter: Adapter) -> bool:
    """Return whether an adapter knows how its engine marks answers, beside putting them inside."""
    return not adapter.fallback and bool({"parent", "depth"} & set(adapter.rules))


def or_in_scripts(thread: PageThread, head: Head) -> PageThread:
    """The comments of JSON-LD, when it has more of them than the page shows."""
    if head.node is None:
        return thread
    nodes = list(json_ld.comments(head.node))
    account = Account("JSON-LD", declared=head.comment_count, declared_by="JSON-LD")
    comments = [_from_script(node, parent) for node, parent in nodes]
    if sum(bool(comment.text) for comment in comments) <= len(thread.comments):
        return thread
    for comment in comments:
        account.note("body", "text", comment.text)
        if comment.author:
            account.note("author", "author", comment.author)
        if comment.machine:
            account.note("date", "dateCreated", comment.machine[0])
    account.items = len(comments)
    return PageThread(tuple(comments), account, thread.around, thread.items)


_DATES = ("dateCreated", "datePublished", "commentTime")
"""The last is of `UserComments`, which schema.org had before `Comment`, with `creator`."""


def _from_script(node: dict[str, Any], parent: int | None) -> FoundComment:
    text = node.get("text") or node.get("commentText") or node.get("description") or ""
    text = text if isinstance(text, str) else ""
    words = html_text.words(text, breaks="<" not in text)
    url = json_ld.text(node.get("url")) or json_ld.text(node.get("@id")) or ""
    name = json_ld.text(node.get("identifier")) or url.partition("#")[2]
    native = re.search(r"(\d+)$", name)
    dates = (json_ld.text(node.get(member)) for member in _DATES)
    answered = (json_ld.text(node.get("parentItem") or node.get("replyToUrl")) or "").partition(
        "#"
    )[2]
    above = re.search(r"(\d+)$", answered)
    return FoundComment(
        native=native[1] if native else None,
        author=json_ld.text(node.get("author") or node.get("creator")),
        machine=tuple(filter(None, dates)),
        edited=json_ld.text(node.get("dateModified")) or "",
        title=json_ld.text(node.get("headline")),
        text=words.text,
        quotes=words.quotes,
        links=words.links,
        parent=parent,
        parent_native=above[1] if above else None,
        url=url if url.startswith(("http://", "https://")) else None,
        votes_for=_votes(node.get("upvoteCount")),
        votes_against=_votes(node.get("downvoteCount")),
    )


def _votes(value: Any) -> int | None:
    return value if isinstance(value, int) and value >= 0 else None
