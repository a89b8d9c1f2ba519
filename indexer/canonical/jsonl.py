"""Which articles does a file of canonical JSON hold, line by line, and how is one written?

JSON Lines (one article a line), a JSON array, or one article alone; plain, or compressed
by gzip, xz or Zstandard. A bad line is left aside with its number and the path of the
member at fault, and the reading goes on. A line that nothing could hold is left aside too.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import IO, Any

import orjson

from indexer.article import PLANNED, Article
from indexer.canonical.joined_json import joined_objects
from indexer.canonical.objects import article_json, read_article, state_of
from indexer.canonical.strict_json import Invalid
from indexer.files import (
    DAMAGED,
    LARGEST_JSON,
    CannotInflate,
    CapturedFile,
    PrefixedFile,
    ReadingOptions,
    open_bytes,
    opening,
    placed_values,
    unreadable,
)
from indexer.reporting import LeftAside, Outcome, Rank, Skipped, WithheldArticle
from indexer.times import due

LONGEST = 64 << 20
"""Bytes of a line: an article, with all its comments."""
_WHOLE = 4 << 20
"""Bytes of a list that is parsed whole: its objects may take thirty times as many."""
_BOM = b"\xef\xbb\xbf"


def article(line: bytes) -> Article:
    """The article of one line. Raises Invalid when it is not one.

    >>> article(b'{"headline": "Sora"}').headline
    'Sora'
    """
    parsed = _parse(line)
    if isinstance(parsed, Skipped):
        raise Invalid(parsed.reason)
    return read_article(parsed)[0]


def dump(article: Article) -> bytes:
    """One line of canonical JSON, with its newline.

    >>> dump(Article("a", "Sora"))
    b'{"id":"a","headline":"Sora","sections":[],"comments":[]}\\n'
    """
    return orjson.dumps(article_json(article), option=orjson.OPT_APPEND_NEWLINE)


class JsonFormat:
    """The reader of canonical JSON."""

    name = "jsonl"
    rank = Rank.EXPORT

    def __init__(self, options: ReadingOptions = ReadingOptions()) -> None:
        self._publication = options.publication

    def fits(self, head: bytes) -> bool:
        """Return whether this begins as an object or as a list of them.

        >>> JsonFormat().fits(b' {"headline"'), JsonFormat().fits("[Édito] Titre".encode())
        (True, False)
        """
        start = head.removeprefix(_BOM).lstrip()
        inside = start[1:].lstrip()[:1]
        return (start[:1] == b"{" and inside in b'"}') or (start[:1] == b"[" and inside in b"{]")

    def read(self, file: CapturedFile) -> Iterator[Outcome]:
        """Yield the file's articles; a line that is none is left aside with its number."""
        line: int | None = 0
        left_aside = LeftAside()
        try:
            with open_bytes(file.path) as opened:
                for line, within, parsed in _values(opened):
                    yield from self._outcomes(parsed, file.name, line, within, left_aside)
        except CannotInflate as error:
            yield Skipped(file.name, str(error))
        except DAMAGED as error:
            yield Skipped(file.name, unreadable(error), (line or 0) + 1)
        yield from left_aside.remarks(file.name)

    def _outcomes(
        self, parsed: Any, name: str, line: int | None, within: str, left_aside: LeftAside
    ) -> Iterator[Outcome]:
        if isinstance(parsed, Skipped):
            reason = f"{within} : {parsed.reason}" if within else parsed.reason
            yield Skipped(name, reason, line)
            return
        try:
            article, remarks = read_article(parsed, self._publication)
        except Invalid as error:
            yield Skipped(name, str(error.within(within)), line)
            return
        state = state_of(parsed, self._publication)
        planned_at = due(article.date_published, datetime.now(UTC))
        if state is None and planned_at is not None:
            state = None if self._publication.allows_of(PLANNED, ()) else PLANNED
        if state is not None:
            left_aside.add("unpublished_articles", value=state)
            left_aside.add("under_unpublished", len(article.comments))
            names = tuple(filter(None, (article.id, article.url, *article.same_as)))
            yield WithheldArticle(names, due=planned_at)
            return
        for comment in article.comments:
            if not comment.published:
                ping = comment.kind in ("pingback", "trackback")
                value = comment.kind if comment.status in (None, "approved") else comment.status
                left_aside.add(
                    "pings" if ping else "unpublished", value="" if ping else value or ""
                )
        for remark in remarks:
            yield replace(remark, source=name, line=line)
        yield article


def _values(opened: IO[bytes]) -> Iterator[tuple[int | None, str, Any]]:
    """Values with their lines, or their places in a list; a Skipped says what is wrong."""
    first, line_number = b"", 0
    while not first.strip() and (line := opened.readline(LONGEST + 1)):
        first, line_number = line, line_number + 1
        if line_number == 1:
            first = first.removeprefix(_BOM)
    if not first.strip():
        yield max(line_number, 1), "", Skipped("", "le fichier est vide")
        return
    if first.lstrip().startswith(b"["):
        yield from _document(first, opened, line_number)
        return
    if len(first) > LONGEST or first.rstrip().endswith(b"}"):
        yield from _line_values(first, opened, line_number)
        yield from _lines(opened, line_number)
        return
    second = opened.readline(LONGEST + 1)
    if second.lstrip().startswith(b"{") and not isinstance(_value(second, opened), Skipped):
        # only the first line is damaged
        yield from _line_values(first, opened, line_number)
        yield line_number + 1, "", _parse(second)
        yield from _lines(opened, line_number + 1)
        return
    yield from _document(first + second, opened, line_number)


def _lines(opened: IO[bytes], line_number: int) -> Iterator[tuple[int, str, Any]]:
    while line := opened.readline(LONGEST + 1):
        line_number += 1
        if not line.isspace():
            yield from _line_values(line, opened, line_number)


def _line_values(line: bytes, opened: IO[bytes], number: int) -> Iterator[tuple[int, str, Any]]:
    """The value of a line, or those of objects that no line end parts."""
    value = _value(line, opened)
    pieces = joined_objects(line) if isinstance(value, Skipped) and len(line) <= LONGEST else None
    if pieces is None:
        yield number, "", value
        return
    for piece in pieces:
        yield number, "", _parse(piece.data, piece.column)


def _value(line: bytes, opened: IO[bytes]) -> Any:
    """Parse a line; skip one that is too long."""
    if len(line) <= LONGEST:
        return _parse(line)
    at_end = line.endswith(b"\n")
    while not at_end and (part := opened.readline(1 << 20)):
        at_end = part.endswith(b"\n")
    return Skipped("", f"ligne de plus de {LONGEST >> 20} Mio")


def _parse(line: bytes, column: int = 0) -> Any:
    try:
        return opening.parsed(line)
    except orjson.JSONDecodeError as error:
        return Skipped("", f"ce n'est pas du JSON, dès la colonne {column + error.colno}")


def _document(first: bytes, opened: IO[bytes], line: int) -> Iterator[tuple[int | None, str, Any]]:
    """A file that is one value over several lines, unless only its first line is damaged."""
    if first.lstrip().startswith(b"["):
        begun = first + opened.read(max(0, _WHOLE - len(first)) + 1)
        if len(begun) > _WHOLE:
            yield from _elements(begun, opened)
            return
        opened = io.BytesIO(begun[len(first) :])
    remaining = opened.read(max(0, LARGEST_JSON - len(first) + 1))
    if len(first) + len(remaining) > LARGEST_JSON:
        reason = f"un JSON de plus de {LARGEST_JSON // 1_000_000} Mo d'un seul tenant"
        yield line, "", Skipped("", f"{reason} ; un article par ligne se lit sans limite")
        return
    try:
        value = opening.parsed(first + remaining)
    except orjson.JSONDecodeError as error:
        second = remaining.lstrip().partition(b"\n")[0]
        if second.startswith(b"{") and not isinstance(_parse(second), Skipped):
            yield from _line_values(first, opened, line)
            yield from _lines(io.BytesIO(remaining), line)
            return
        if (pieces := joined_objects(first + remaining)) is not None:
            for piece in pieces:
                yield line + piece.line, "", _parse(piece.data, piece.column)
            return
        reason = f"ce n'est pas du JSON, dès la colonne {error.colno}"
        yield line + error.lineno - 1, "", Skipped("", reason)
        return
    if not isinstance(value, list):
        yield line, "", value
        return
    for place, item in enumerate(value):
        yield None, f"[{place}]", item


def _elements(begun: bytes, opened: IO[bytes]) -> Iterator[tuple[None, str, Any]]:
    """The values of a long list, parsed one at a time."""
    for place, placed in enumerate(placed_values(PrefixedFile(begun, opened), "", "item")):
        value = placed if isinstance(placed, Skipped) else placed.value
        yield None, f"[{place}]", value
