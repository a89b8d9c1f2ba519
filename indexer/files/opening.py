"""Which outcomes are in the bytes of a captured file, and what is reported when they cannot be
read?
"""

from __future__ import annotations

import errno
import re
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from typing import IO, Any, Protocol

import orjson

from indexer.files.formats import CapturedFile, ReadingOptions
from indexer.files.inflate import UNREADABLE, open_bytes, unreadable
from indexer.reporting import Outcome, Skipped

LARGEST_JSON = 64_000_000
"""Bytes of a JSON value, which is held whole: three to ten times that in memory."""
_BOM = b"\xef\xbb\xbf"
_MEMBER = re.compile(rb'"([^"\\]{1,60})"\s*:')


def outcomes(
    file: CapturedFile, outcomes_of: Callable[[IO[bytes]], Iterator[Outcome]]
) -> Iterator[Outcome]:
    """What is read in a file, decompressed; what stops the reading becomes a Skipped."""
    try:
        with open_bytes(file.path) as opened:
            yield from outcomes_of(opened)
    except UNREADABLE as error:
        yield Skipped(file.name, unreadable(error))
    except sqlite3.Error as error:
        # what is kept beside while reading has no more room
        raise OSError(errno.ENOSPC, str(error)) from error


class FileFormat(ABC):
    """A format that reads each file as one stream; its classes add `name`, `rank` and `fits`."""

    def __init__(self, options: ReadingOptions = ReadingOptions()) -> None:
        self._options = options

    def read(self, file: CapturedFile) -> Iterator[Outcome]:
        """Its articles, with what is left aside and why. OSError: the file cannot be read."""
        yield from outcomes(file, partial(self.outcomes, file))

    @abstractmethod
    def outcomes(self, file: CapturedFile, opened: IO[bytes]) -> Iterator[Outcome]:
        """What is read in a file, opened and decompressed."""


class JsonFileFormat(FileFormat):
    """A format of which each file is one JSON value."""

    def outcomes(self, file: CapturedFile, opened: IO[bytes]) -> Iterator[Outcome]:
        """What is read in the value of a file; Skipped when it has none."""
        document = value(opened, file.name)
        if isinstance(document, Skipped):
            yield document
        else:
            yield from self.value_outcomes(file, document)

    @abstractmethod
    def value_outcomes(self, file: CapturedFile, value: Any) -> Iterator[Outcome]:
        """What is read in the value of a file."""


class Readable(Protocol):
    """Something that gives bytes, this many at most."""

    def read(self, size: int, /) -> bytes: ...


def value(opened: Readable, name: str) -> Any | Skipped:
    """The JSON value a file holds, or why it holds none."""
    data = opened.read(LARGEST_JSON + 1).removeprefix(_BOM)
    if len(data) > LARGEST_JSON:
        return Skipped(name, f"un JSON de plus de {LARGEST_JSON // 1_000_000} Mo")
    try:
        return parsed(data)
    except orjson.JSONDecodeError as error:
        reason = f"ce n'est pas du JSON, dès la colonne {error.colno}"
        return Skipped(name, reason, error.lineno)


def parsed(data: bytes) -> Any:
    """Return the value of JSON.

    Raises JSONDecodeError; and MemoryError, of which orjson (3.13) makes the same error: it takes
    some twelve times the bytes of a text, which is not false for that.

    >>> parsed(b'{"a": [1, 2]}')
    {'a': [1, 2]}
    """
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError as error:
        if error.msg.startswith("Not enough memory"):
            raise MemoryError from error
        raise


def names(head: bytes, *needed: str) -> bool:
    """Return whether what begins so is JSON with all these members, and no canonical article.

    >>> names(b'{"cooked": "<p>", "id": 1}', "cooked", "id")
    True
    >>> names(b'{"text": "\\\\"cooked\\\\": 1"}', "cooked")
    False
    """
    return has_members(head, *needed) and not has_members(head, "headline")


def has_members(head: bytes, *needed: str) -> bool:
    """Return whether what begins so is JSON with all these members, somewhere."""
    return member_names(head).issuperset(map(str.encode, needed))


# all formats are asked of one beginning
@lru_cache(maxsize=1)
def member_names(head: bytes) -> frozenset[bytes]:
    """Return the names of all members in what begins so; none where it is no JSON."""
    return frozenset(_MEMBER.findall(head) if is_json(head) else ())


def is_json(head: bytes) -> bool:
    """Return whether what begins so may be a JSON object or list.

    >>> is_json(b'\\xef\\xbb\\xbf {"a": 1}'), is_json(b"<p>")
    (True, False)
    """
    return _first_sign(head) in (b"{", b"[")


def is_list(head: bytes) -> bool:
    """Return whether what begins so may be a JSON list."""
    return _first_sign(head) == b"["


def _first_sign(head: bytes) -> bytes:
    return head.removeprefix(_BOM).lstrip()[:1]
