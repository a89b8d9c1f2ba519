"""Does a file begin as those of some program do: its members, its columns, its first bytes?"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from typing import NamedTuple

from indexer.files import opening

_BOM = b"\xef\xbb\xbf"


class Refusal(NamedTuple):
    """A kind of files: how it is known from what it begins with, and why it is not read."""

    reason: str
    known: Callable[[bytes], bool]


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

    >>> columns("topic_title", "is_pm")(b'"topic_title",categories,is_pm\\n')
    True
    """
    return lambda head: set(needed) <= _first_row(head)


def begins(pattern: bytes) -> Callable[[bytes], bool]:
    """Return whether it begins with something, blanks and the mark of order aside."""
    compiled = re.compile(pattern)
    return lambda head: compiled.match(head.removeprefix(_BOM).lstrip()) is not None


def rooted(*names: str) -> Callable[[bytes], bool]:
    """Return whether what begins so is XML whose first element has one of these names.

    >>> rooted("opml")(b'<?xml version="1.0"?>\\n<!-- a --><opml version="2.0">')
    True
    """
    before = rb"(?:<\?xml[^>]{0,200}\?>|<!doctype[^>]{0,300}>|<!--.{0,2000}?-->|\s+){0,6}"
    return begins(rb"(?is)" + before + rb"<(?:%s)[\s>]" % "|".join(names).encode())


def lines(*patterns: bytes) -> Callable[[bytes], bool]:
    """Return whether each of these is a whole line of what begins so.

    >>> lines(rb"\\d+ mots", rb"Document \\w+")(b"Sora\\n12 mots\\r\\nDocument A1\\n")
    True
    """
    compiled = [re.compile(rb"(?m)^[ \t]*(?:%s)[ \t]*\r?$" % pattern) for pattern in patterns]
    return lambda head: all(pattern.search(head) for pattern in compiled)


def every(*tests: Callable[[bytes], bool]) -> Callable[[bytes], bool]:
    """Return whether all these are true of it."""
    return lambda head: all(test(head) for test in tests)


def holds(pattern: bytes) -> Callable[[bytes], bool]:
    """Return whether JSON that begins so holds something."""
    compiled = re.compile(pattern)
    return lambda head: opening.is_json(head) and compiled.search(head) is not None


def _first_row(head: bytes) -> frozenset[str]:
    line = head.removeprefix(_BOM).lstrip().partition(b"\n")[0][:4000].decode("utf-8", "replace")
    if line[:1] in ("{", "[", "<") or "," not in line:
        return frozenset()
    try:
        return frozenset(cell.strip().lower() for cell in next(csv.reader([line]), []))
    except csv.Error:
        return frozenset()
