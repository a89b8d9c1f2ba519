"""Which threads and comments does Isso hold, in its SQLite file or in its JSON?

The database is opened to be read only, and as one that nobody changes. Pending comments are
left out; a deleted one that was answered keeps its place. Isso knows pages by their path.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any
from urllib.parse import unquote_plus

from indexer.article import EMPTY, Publication
from indexer.canonical import lenient_json
from indexer.files import (
    CapturedFile,
    DatabaseFormat,
    JsonFileFormat,
    opening,
)
from indexer.markup import marked
from indexer.reporting import LeftAside, Outcome, Rank, Skipped
from indexer.threads import Answer, display_name, thread_article

_PUBLIC, _DELETED = 1, 4
_PENDING = "pending"
"""What Isso 0.14 calls mode 2; 1 is accepted, 4 deleted though answered (isso/db/comments.py)."""
_COLUMNS = ("uri", "title", "id", "parent", "created", "modified", "mode", "text", "author")
_VOTES = ("likes", "dislikes")
_TABLES = {
    "threads": ("id", "uri", "title"),
    "comments": (
        *("tid", "id", "parent", "created", "modified", "mode", "text", "author"),
        *_VOTES,
    ),
}


class IssoFormat(DatabaseFormat):
    """The reader of Isso's database."""

    name = "isso"
    rank = Rank.COMMENTS
    program = "Isso"
    signs = ((b"remote_addr", b"threads"),)
    tables = _TABLES

    def base_outcomes(self, file: CapturedFile, base: sqlite3.Connection) -> Iterator[Outcome]:
        """One partial article for each thread."""
        tables = {
            bytes(name)
            for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type='table'")
        }
        if not {b"threads", b"comments"} <= tables:
            yield Skipped(file.name, "ce n'est pas une base d'Isso")
            return
        present = {lenient_json.text(row[1]) for row in base.execute("PRAGMA table_info(comments)")}
        columns = [*_COLUMNS, *(name for name in _VOTES if name in present)]
        selection = ", ".join(
            f"t.{name}" if name in ("uri", "title") else f"c.{name}" for name in columns
        )
        rows = base.execute(
            f"SELECT t.id, {selection} FROM comments c JOIN threads t ON t.id = c.tid "
            "ORDER BY t.id, c.id"
        )
        left_aside = LeftAside()
        for _, together in groupby(rows, itemgetter(0)):
            comments = [dict(zip(columns, row[1:], strict=True)) for row in together]
            comment_rows = [
                comment
                for comment in comments
                if _is_shown(comment["mode"], self._options.publication, left_aside)
            ]
            if comment_rows:
                uri, title = (
                    lenient_json.text(comment_rows[0]["uri"]),
                    lenient_json.text(comment_rows[0]["title"]),
                )
                yield thread_article(uri, title, map(_answer, comment_rows), "isso")
        yield from left_aside.remarks(file.name)


def _is_shown(mode: object, publication: Publication, left_aside: LeftAside) -> bool:
    """Whether a comment of this mode is shown, or its place is; if not, it is counted."""
    if mode == _DELETED or publication.allows_of(lenient_json.text(mode), [_PUBLIC]):
        return True
    name = _PENDING if mode == 2 else lenient_json.text(mode)
    if publication.allows_of(name, ()):
        return True
    left_aside.add("unpublished", value=name or EMPTY)
    return False


def _answer(comment: dict[str, Any]) -> Answer:
    return Answer(
        name=lenient_json.text(comment.get("id")),
        parent=lenient_json.text(comment.get("parent")),
        author=display_name(lenient_json.text(comment.get("author"))),
        published=lenient_json.time(comment.get("created")),
        modified=lenient_json.time(comment.get("modified")),
        words=marked(lenient_json.text(comment.get("text"))),
        deleted=comment.get("mode") == _DELETED,
        up=lenient_json.count(comment.get("likes")) or None,
        down=lenient_json.count(comment.get("dislikes")) or None,
        anchor=f"isso-{lenient_json.text(comment.get('id'))}",
    )


class IssoJsonFormat(JsonFileFormat):
    """The reader of the JSON that Isso imports."""

    name = "isso-json"
    rank = Rank.COMMENTS

    def fits(self, head: bytes) -> bool:
        """Return whether the file is a list of threads with comments.

        >>> IssoJsonFormat().fits(b'[{"id": "/a/", "comments": [{"created": "", "text": "" }]}]')
        True
        """
        return opening.is_list(head) and opening.names(head, "comments", "created", "text")

    def value_outcomes(self, file: CapturedFile, value: Any) -> Iterator[Outcome]:
        """One partial article for each thread."""
        if type(value) is not list:
            yield Skipped(file.name, "une liste de fils est attendue")
            return
        left_aside = LeftAside()
        for place, thread in enumerate(value):
            if type(thread) is not dict or not lenient_json.text(thread.get("id")):
                yield Skipped(file.name, f"[{place}] : un fil de commentaires est attendu")
                continue
            comments = lenient_json.objects(thread.get("comments"))
            comments = [
                comment
                for comment in comments
                if "mode" not in comment
                or _is_shown(comment["mode"], self._options.publication, left_aside)
            ]
            left_aside.add(
                "zone", sum(lenient_json.unsure(comment.get("created")) for comment in comments)
            )
            if comments:
                title = _title(lenient_json.text(thread.get("title")))
                yield thread_article(
                    lenient_json.text(thread["id"]),
                    title,
                    (_answer(dict(comment)) for comment in comments),
                    "isso",
                )
        yield from left_aside.remarks(file.name)


def _title(title: str) -> str:
    """A title as it was before it was written as in an address, if it was.

    >>> _title("Nat+%26+Miguel"), _title("Un + un"), _title("C++")
    ('Nat & Miguel', 'Un + un', 'C++')
    """
    encoded = " " not in title and ("%" in title or title.strip("+").count("+"))
    return unquote_plus(title) if encoded else title
