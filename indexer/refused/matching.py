"""Is a file, an archive or a base of a kind that is known and not read, and why is it not?

The kinds are data, in `refusals.toml`: what a file begins with (its members, its columns, its first
bytes), which files are in an archive, which tables in a base.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Callable, Iterable, Set
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from indexer.files import opening
from indexer.refused.mails import is_mail, is_usenet
from indexer.text import WESTERN

HEAD = 65536
"""Bytes of a file by which it is known."""
_BOM = b"\xef\xbb\xbf"
_DELIMITERS = (",", ";", "\t", "|")
_DELIMITER_LINE = re.compile(r"\A\"?sep=.\"?\r?\n", re.IGNORECASE)
"""What Excel may say first."""
_LONGEST_LINE = 4000
_DATED = re.compile(r"\d{4}-\d\d|\d{1,2}/\d{1,2}/\d\d|\d{1,2}[h:]\d\d|\d{1,2}(?:er)? [^\W\d_]{3}")


class Refusal(NamedTuple):
    """A kind of files: how it is known from what it begins with, and why it is not read."""

    reason: str
    known: Callable[[bytes], bool]


class Names(NamedTuple):
    """A kind of archives or of bases, known by names that it holds, and what is said of it."""

    names: frozenset[str]
    reason: str


def file_reason(head: bytes) -> str | None:
    """Return why a file that begins so is not read; None when it may be.

    >>> file_reason(b'{"db": [{"meta": {"exported_on": 1}}]}').partition(" : ")[0]
    'export de Ghost'
    """
    return next((refusal.reason for refusal in _files() if refusal.known(head)), None)


def archive_reason(files: Set[str]) -> str | None:
    """Return why an archive of files of these names, in small letters, is not read, or None."""
    return next((kind.reason for kind in _named("archives", "files") if kind.names <= files), None)


def base_reason(tables: Iterable[str]) -> str:
    """Return the program that has these tables, with what to do; "" for none that is known."""
    names = tuple(name.lower() for name in tables)
    for kind in _named("bases", "tables"):
        if all(any(name.endswith(end) for name in names) for end in kind.names):
            return kind.reason
    return ""


@cache
def _rows() -> dict[str, list[dict[str, Any]]]:
    """The rows of each list of `refusals.toml`, their values as lists, the phrases in full."""
    document = tomllib.loads(Path(__file__).with_name("refusals.toml").read_text(encoding="utf-8"))
    phrases: dict[str, str] = document["phrases"]
    phrases = {name: phrase.format(**phrases) for name, phrase in phrases.items()}
    return {
        kind: [
            {test: [value] if isinstance(value, str) else value for test, value in row.items()}
            | {"reason": row["reason"].format(**phrases)}
            for row in rows
        ]
        for kind, rows in document["refusals"].items()
    }


@cache
def _files() -> tuple[Refusal, ...]:
    return tuple(
        Refusal(
            row["reason"],
            every(*(_TESTS[test](*value) for test, value in row.items() if test != "reason")),
        )
        for row in _rows()["files"]
    )


@cache
def _named(kind: str, member: str) -> tuple[Names, ...]:
    return tuple(Names(frozenset(row[member]), row["reason"]) for row in _rows()[kind])


def members(*needed: str) -> Callable[[bytes], bool]:
    """Return whether what begins so is JSON with all these members somewhere.

    >>> members("db", "exported_on")(b'{"db": [{"meta": {"exported_on": 1}}]}')
    True
    """
    names = frozenset(map(str.encode, needed))
    return lambda head: names <= opening.member_names(head)


_OWN = frozenset((b"headline", b"sections", b"articleBody"))


def foreign(*needed: str) -> Callable[[bytes], bool]:
    """Whether it is JSON with all these members, whose names are common, and no article of Glose's.

    >>> foreign("text", "points")(b'{"headline": "A", "comments": [{"text": "", "points": 1}]}')
    False
    """
    has_members = members(*needed)
    return lambda head: has_members(head) and _OWN.isdisjoint(opening.member_names(head))


def columns(*needed: str) -> Callable[[bytes], bool]:
    """Return whether the first line of what begins so is one of CSV with all these columns.

    needed: the names of each, in small letters, with `|` between them.

    >>> columns("topic_title|titre", "is_pm")(b'"topic_title",categories,is_pm\\n')
    True
    """
    names_of_columns = [frozenset(names.split("|")) for names in needed]
    return lambda head: not any(map(_first_row(head).isdisjoint, names_of_columns))


def lacks(pattern: str) -> Callable[[bytes], bool]:
    """Return whether the first line of what begins so has no column whose whole name is so.

    >>> test = lacks("title|.*article.*")
    >>> test(b"from,to,text\\n"), test(b"article_id,from,to,text\\n")
    (True, False)
    """
    compiled = re.compile(pattern)
    return lambda head: not any(map(compiled.fullmatch, _first_row(head)))


def undated(pattern: str) -> Callable[[bytes], bool]:
    """Return whether the second line has neither a day nor an hour in columns of these names.

    >>> test = undated("from|de")
    >>> test(b"De;Texte\\n02/03/2024;A\\n"), test(b"De;Texte\\n+33 6 01 02 03 04;A\\n")
    (False, True)
    """
    compiled = re.compile(pattern)

    def has_no_date(head: bytes) -> bool:
        names, cells = _first_rows(head)
        pairs = zip(names, cells, strict=False)
        return not any(compiled.fullmatch(name) and _DATED.match(cell) for name, cell in pairs)

    return has_no_date


def begins(pattern: str) -> Callable[[bytes], bool]:
    """Return whether it begins with something, blanks and the mark of order aside."""
    compiled = re.compile(pattern.encode())
    return lambda head: compiled.match(head.removeprefix(_BOM).lstrip()) is not None


def rooted(*names: str) -> Callable[[bytes], bool]:
    """Return whether what begins so is XML whose first element has one of these names.

    >>> rooted("opml")(b'<?xml version="1.0"?>\\n<!-- a --><opml version="2.0">')
    True
    """
    before = r"(?:<\?[^>]{0,200}\?>|<!doctype[^>]{0,300}>|<!--.{0,2000}?-->|\s+){0,6}"
    return begins(rf"(?is){before}<(?:{'|'.join(names)})[\s>]")


def lines(*patterns: str) -> Callable[[bytes], bool]:
    """Return whether each of these is a whole line of what begins so.

    >>> lines(r"\\d+ mots", r"Document \\w+")(b"Sora\\n12 mots\\r\\nDocument A1\\n")
    True
    """
    compiled = [
        re.compile(rb"(?m)^[ \t]*(?:%s)[ \t]*\r?$" % pattern.encode()) for pattern in patterns
    ]
    return lambda head: all(pattern.search(head) for pattern in compiled)


def every(*tests: Callable[[bytes], bool]) -> Callable[[bytes], bool]:
    """Return whether all these are true of it."""
    return lambda head: all(test(head) for test in tests)


def holds(pattern: str) -> Callable[[bytes], bool]:
    """Return whether JSON that begins so holds something."""
    compiled = re.compile(pattern.encode())
    return lambda head: opening.is_json(head) and compiled.search(head) is not None


def _first_row(head: bytes) -> frozenset[str]:
    return frozenset(_first_rows(head)[0])


def _first_rows(head: bytes) -> tuple[list[str], list[str]]:
    """Return the cells of the first two lines of a CSV, in small letters; none of other files."""
    start = head[: 2 * _LONGEST_LINE].removeprefix(_BOM).lstrip().decode("utf-8", WESTERN)
    start = _DELIMITER_LINE.sub("", start)
    if start[:1] in ("{", "[", "<"):
        return [], []
    lines = [line[:_LONGEST_LINE] for line in start.split("\n", 2)[:2]]
    delimiter = max(_DELIMITERS, key=lines[0].count)
    try:
        rows = [
            [cell.strip().lower() for cell in next(csv.reader([line], delimiter=delimiter), [])]
            for line in lines
        ]
    except csv.Error:
        return [], []
    return rows[0], rows[1] if len(rows) > 1 else []


def _contains(text: str) -> Callable[[bytes], bool]:
    return lambda head: text.encode() in head


def _is_medium_draft(head: bytes) -> bool:
    """A story that its author exported from Medium without having published it: it has no date."""
    body = b'data-field="body"' in head and b'class="h-entry"' in head
    return body and len(head) < HEAD and b"dt-published" not in head


def _is_no_outbox(head: bytes) -> bool:
    """Whether nothing says that it is an account's list of all that it sent."""
    return b"orderedItems" not in head and b"OrderedCollection" not in head


_KINDS = {
    "mail": is_mail,
    "medium_draft": _is_medium_draft,
    "no_outbox": _is_no_outbox,
    "usenet": is_usenet,
}
_TESTS: dict[str, Callable[..., Callable[[bytes], bool]]] = {
    "begins": begins,
    "columns": columns,
    "contains": _contains,
    "foreign": foreign,
    "holds": holds,
    "lacks": lacks,
    "is": _KINDS.__getitem__,
    "lines": lines,
    "members": members,
    "rooted": rooted,
    "undated": undated,
}
