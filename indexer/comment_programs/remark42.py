"""Which threads and comments does a backup of Remark42, or an answer of its API, hold?

A backup is JSON Lines: what is known of users and pages, then a comment a line. The API
gives one object: a list of comments, or a tree of them.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from functools import partial
from itertools import chain
from typing import IO, Any

import orjson

from indexer.article import addresses
from indexer.canonical import Object, lenient_json
from indexer.files import CapturedFile, FileFormat, PrefixedFile, Spool, opening
from indexer.markup import words
from indexer.reporting import Outcome, Rank, Skipped
from indexer.threads import Answer, display_name, identifier, thread_article

_BACKUP = re.compile(rb'\s*\{\s*"version"\s*:\s*\d+\s*,\s*"users"\s*:')
_LONGEST_LINE = 10_000_000


class Remark42Format(FileFormat):
    """The reader of what Remark42 gives."""

    name = "remark42"
    rank = Rank.COMMENTS

    def fits(self, head: bytes) -> bool:
        """Return whether the file is JSON with comments placed as Remark42 does.

        >>> Remark42Format().fits(b'{"id":"1","pid":"","text":"a","locator":{"url":"u"}}')
        True
        """
        return opening.names(head, "pid", "locator") or _BACKUP.match(head) is not None

    def outcomes(self, file: CapturedFile, opened: IO[bytes]) -> Iterator[Outcome]:
        """One partial article for each page."""
        with Spool() as shelf:
            for line, comment in _comments(opened, file.name):
                if isinstance(comment, Skipped):
                    yield comment
                    continue
                url = lenient_json.text(
                    lenient_json.inside(comment.get("locator")).get("url")
                ).strip()
                if not url:
                    yield Skipped(
                        file.name, "un commentaire sans adresse de page (locator.url)", line
                    )
                    continue
                page = addresses.page(url)
                shelf.put(url if page is None else page.whole, _fields(comment, url))
            if not shelf.names():
                yield Skipped(file.name, "aucun commentaire de Remark42")
            for place in shelf.names():
                comments = list(shelf.of(place))
                title = next((fields[1] for fields in comments if fields[1]), "")
                answers = (_answer(fields[2]) for fields in comments)
                yield thread_article(comments[0][0], title, answers, "remark42", place)


def _comments(opened: IO[bytes], name: str) -> Iterator[tuple[int | None, Object | Skipped]]:
    """Return the comments with their lines; a line that is not JSON is reported as skipped."""
    first = opened.readline(_LONGEST_LINE + 1).removeprefix(codecs.BOM_UTF8)
    value = _json(first)
    if type(value) is dict and "comments" not in value:
        lines = enumerate(iter(partial(opened.readline, _LONGEST_LINE + 1), b""), start=2)
        for number, line in chain([(1, first)], lines):
            if len(line) > _LONGEST_LINE:
                yield (
                    number,
                    Skipped(name, "une ligne de plus de 10 Mo ; la suite n'est pas lue", number),
                )
                return
            comment = _json(line)
            if type(comment) is not dict:
                if line.strip():
                    yield number, Skipped(name, "ce n'est pas un commentaire en JSON", number)
            elif "locator" in comment:
                yield number, comment
        return
    if type(value) is not dict:
        value = opening.value(io.BufferedReader(PrefixedFile(first, opened)), name)
        if isinstance(value, Skipped):
            yield None, value
            return
    above = lenient_json.objects(lenient_json.inside(value).get("comments"))
    while above:
        for comment in above:
            yield None, lenient_json.inside(comment.get("comment")) or comment
        above = [
            reply for comment in above for reply in lenient_json.objects(comment.get("replies"))
        ]


def _json(line: bytes) -> Any:
    try:
        return opening.parsed(line)
    except orjson.JSONDecodeError:
        return None


def _fields(comment: Object, url: str) -> list[Any]:
    """The address and the title of its page, and the fields of the answer, its words in HTML."""
    up, down = lenient_json.votes(comment.get("score"))
    user, edit = lenient_json.inside(comment.get("user")), lenient_json.inside(comment.get("edit"))
    name = identifier(lenient_json.text(comment.get("id")))
    answer_fields = {
        "name": name,
        "parent": identifier(lenient_json.text(comment.get("pid"))),
        "author": display_name(lenient_json.text(user.get("name"))),
        "published": lenient_json.time(comment.get("time")),
        "modified": lenient_json.time(edit.get("time")),
        "words": lenient_json.text(comment.get("text")),
        "deleted": bool(comment.get("delete")),
        "up": up,
        "down": down,
        "anchor": f"remark42__comment-{name}" if name else None,
    }
    return [url, lenient_json.text(comment.get("title")), answer_fields]


def _answer(fields: dict[str, Any]) -> Answer:
    return Answer(**fields | {"words": words(fields["words"])})
