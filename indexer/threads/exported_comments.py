"""What do a comment, and a thread, become when they come from a program of comments?

Such an export knows the page by its address and title only: the article it gives has no
section, and says that it is partial. `joining` puts its comments under the article itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from indexer.article import (
    PARTIAL,
    Article,
    Comment,
    CommentNames,
    Precision,
    Quote,
    addresses,
    article_id,
    full_comment_id,
)
from indexer.markup import Words, line
from indexer.times import instant

_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[a-zA-Z]{2,}")
_IP = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}|(?=.*:.*:)[0-9a-fA-F:.]{3,45}")
_LONGEST_NAME = 200
_AMISS = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
NO_WORDS = Words("")


class Answer(NamedTuple):
    """A comment as its program names it. `name` and `parent` are its own names; "" is none.

    Times are in the form of `Comment`'s.
    """

    name: str
    parent: str = ""
    author: str | None = None
    published: str | None = None
    words: Words = NO_WORDS
    modified: str | None = None
    deleted: bool = False
    up: int | None = None
    down: int | None = None
    anchor: str | None = None
    headline: str | None = None
    role: str | None = None
    shown: str | None = None
    earliest: str | None = None
    latest: str | None = None
    precision: Precision | None = None
    url: str | None = None
    edited: bool = False

    @property
    def moment(self) -> float:
        """When it was published, in seconds since 1970; 0 without a date."""
        return instant(self.published).timestamp() if self.published else 0.0


def display_name(html: str) -> str | None:
    """A name as it is shown; None for an e-mail or IP address given as one.

    >>> display_name(" Zo&eacute; "), display_name("zoe@a.example"), display_name("192.0.2.1")
    ('Zoé', None, None)
    """
    name = line(html[: _LONGEST_NAME * 8])[:_LONGEST_NAME]
    return None if not name or _EMAIL.fullmatch(name) or _IP.fullmatch(name) else name


def identifier(text: str) -> str:
    """A text as a name: no white space, 512 characters at most.

    >>> identifier("wp:a.example:12\\n")
    'wp:a.example:12'
    """
    return _AMISS.sub("", text)[:512]


def comments(
    article: str,
    answers: Iterable[Answer],
    program: str = "",
    native: Callable[[str], str] = lambda ref: ref[8:] if ref.startswith("comment-") else "",
) -> tuple[Comment, ...]:
    """The comments of an article, in the order given, each under a name of its own.

    program: what begins their names, so that two programs' comments can be under one article.
    native: from what a quotation refers to, the name of a comment, present or not; "" is none.

    >>> comments("a", [Answer("7", author="Zoé", words=Words("Oui"))], "isso")[0].id
    'a#comment-isso-7'
    """
    names = CommentNames(article)
    names_seen: set[str] = set()
    thread = []

    def full(name: str) -> str:
        return full_comment_id(article, f"{program}-{name}" if program else name)

    for answer in answers:
        words = NO_WORDS if answer.deleted else answer.words
        name = full(answer.name[:200]) if answer.name else ""
        if not name or name in names_seen:
            name = names.next(
                answer.published or answer.shown or "", answer.author, answer.words.text
            )
        names_seen.add(name)
        quotes = tuple(
            Quote(quote.text, quote.author, full(ref) if ref else None)
            for quote in words.quotes
            for ref in (native(quote.ref or ""),)
        )
        parent = answer.parent[:200]
        parent_id = full(parent) if parent not in ("", "0") else None
        thread.append(_comment(answer, name, parent_id, words, quotes))
    return tuple(thread)


def _comment(
    answer: Answer, name: str, parent_id: str | None, words: Words, quotes: tuple[Quote, ...]
) -> Comment:
    """The comment of an answer. words: none when it was deleted."""
    return Comment(
        id=name,
        parent_id=parent_id,
        author=None if answer.deleted else answer.author,
        date_published=answer.published,
        date_modified=answer.modified,
        edited=answer.edited
        or (answer.modified is not None and answer.modified != answer.published),
        author_role=None if answer.deleted else answer.role,
        date_precision=answer.precision,
        date_shown=answer.shown,
        date_earliest=answer.earliest,
        date_latest=answer.latest,
        url=answer.url,
        headline=None if answer.deleted else answer.headline,
        text=words.text,
        citation=quotes,
        anchor=answer.anchor,
        status="deleted" if answer.deleted else None,
        upvote_count=answer.up,
        downvote_count=answer.down,
        extra=words.extra,
    )


def thread_article(
    url: str, title: str, answers: Iterable[Answer], program: str, name: str = ""
) -> Article:
    """The partial article of a thread, known by its address, else by the name of the thread.

    >>> found = thread_article("https://a.example/sora/", "", [Answer("7")], "isso")
    >>> found.headline, found.url, len(found.comments), found.extra
    ('sora', 'https://a.example/sora/', 1, {'completeness': 'partial'})
    """
    page = addresses.page(url)
    headline = line(title)[:500] or (addresses.title(url) if url.strip() else "") or "Sans titre"
    if page is not None:
        identity = article_id(headline, None, page.whole)
    else:
        identity = identifier(f"{program}:{name or url}") or article_id(headline)
    return Article(
        id=identity,
        headline=headline,
        url=url.strip() if page is not None and page.host else None,
        # a path alone leads nowhere from here, but tells which article it is
        same_as=(page.path,) if page is not None and not page.host else (),
        comments=comments(identity, answers, program),
        extra=dict(PARTIAL),
    )
