"""Which values of a JSON file are at these places, one after the other, however large it is?

A place is written as ijson writes it: `item` is an element of the list that the file is,
`rows.item` one of the list under `rows`, `title` a member of the object that the file is, and
"" every value of a file that has one after the other (JSON Lines, or one object alone). Only
these values are built, one at a time: the rest goes through.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, NamedTuple

import ijson

from indexer.files.opening import Readable
from indexer.reporting import Skipped, shorten

_BOM = b"\xef\xbb\xbf"
_CHUNK = 1 << 11
"""Bytes parsed at a time: the library makes the place of each part of them, which is as long as
it is deep, before any is looked at."""
_DOUBLED = 9
"""How often that is doubled, at most, while a text goes on: yajl 2.1 looks at a text again from
its beginning with each piece that does not end it."""
# As many parts as the smallest piece may have.
_PIECE = re.compile(rb"(?:[^\[{,]*+[\[{,]){%d}" % _CHUNK)
_DEEPEST = 100
"""Lists and objects one inside the other; no export of a program goes past a dozen."""
_MOST_EVENTS = 1_000_000
_MOST_CHARACTERS = 50_000_000
"""Parts of one value, and characters of its texts: it is held whole."""


class PlacedValue(NamedTuple):
    """A value, and the place where it was."""

    place: str
    value: Any


class _TooLarge(ValueError):
    """A value that is not kept whole; the sentence says why."""


def placed_values(opened: Readable, name: str, *places: str) -> Iterator[PlacedValue | Skipped]:
    """The values at these places, in the order of the file; a Skipped last, for what is not JSON.

    What comes before a fault is given. name: what the file is called in reports.

    >>> import io
    >>> data = io.BytesIO(b'{"total": 2, "rows": [{"id": "a"}, {"id": "b"}]} ')
    >>> for placed in placed_values(data, "a.json", "total", "rows.item"):
    ...     print(placed.place, placed.value)
    total 2
    rows.item {'id': 'a'}
    rows.item {'id': 'b'}
    >>> list(placed_values(io.BytesIO(b'[1, '), "a.json", "item"))[1].reason
    'JSON tronqué ; la suite n’est pas lue'
    """
    try:
        yield from _values(opened, frozenset(places))
    except ijson.IncompleteJSONError as error:
        message = str(error)
        if "premature EOF" in message or "Incomplete" in message:
            yield Skipped(name, "JSON tronqué ; la suite n’est pas lue")
        else:
            yield Skipped(name, f"JSON mal formé ({_reason(message)}) ; la suite n’est pas lue")
    except (ijson.JSONError, UnicodeDecodeError) as error:
        yield Skipped(name, f"JSON mal formé ({_reason(str(error))}) ; la suite n’est pas lue")
    except _TooLarge as error:
        yield Skipped(name, f"{error} ; la suite n’est pas lue")


def _values(opened: Readable, places: frozenset[str]) -> Iterator[PlacedValue]:
    builder: ijson.ObjectBuilder | None = None
    at, depth, count, size, above = "", 0, 0, 0, 0
    pieces = _Pieces(opened)
    for prefix, event, value in ijson.parse(
        pieces, buf_size=_CHUNK << _DOUBLED, use_float=True, multiple_values=True
    ):
        pieces.quiet = 0
        if event in ("start_map", "start_array"):
            above += 1
            if above > _DEEPEST:
                raise _TooLarge(f"plus de {_DEEPEST} objets les uns dans les autres")
        elif event in ("end_map", "end_array"):
            above -= 1
        if builder is None:
            if prefix not in places or event in ("map_key", "end_map", "end_array"):
                continue
            if event not in ("start_map", "start_array"):
                yield PlacedValue(prefix, value)
                continue
            builder, at, depth, count, size = ijson.ObjectBuilder(), prefix, above - 1, 0, 0
        builder.event(event, value)
        count += 1
        if isinstance(value, str):
            size += len(value)
        if count > _MOST_EVENTS or size > _MOST_CHARACTERS:
            raise _TooLarge(
                f"un objet de plus de {_MOST_EVENTS // 1_000_000} million d’éléments, "
                f"ou de {_MOST_CHARACTERS // 1_000_000} millions de signes"
            )
        if above == depth:
            yield PlacedValue(at, builder.value)
            builder = None


class _Pieces:
    """A file as it is parsed, without the mark of order that ijson would not read.

    `quiet` is how many pieces were read since anything came of one.
    """

    def __init__(self, opened: Readable) -> None:
        self._opened = opened
        self._unread = opened.read(_CHUNK).removeprefix(_BOM)
        self.quiet = 0

    def read(self, size: int) -> bytes:
        if not size:
            return b""
        data = self._unread or self._opened.read(_CHUNK << min(self.quiet, _DOUBLED))
        self.quiet += 1
        piece = _PIECE.match(data)
        end = piece.end() if piece else len(data)
        self._unread = data[end:]
        return data[:end]


def _reason(message: str) -> str:
    """What a library says of a fault, on one line, without the words it quotes."""
    first = message.replace("\\n", "\n").partition("\n")[0].strip(" '\"")
    return shorten(first.partition(": ")[2] or first or "faute", 80)


def first_members(head: bytes) -> list[str]:
    """The names of the first object's members, or of a list's first object's, as far as it goes.

    >>> first_members(b'[{"id": 1, "author": {"name": "a"}, "te')
    ['id', 'author']
    """
    names: list[str] = []
    deepest = None
    depth = 0
    # the rest was not read, or is no JSON: what is known is enough
    with suppress(ijson.JSONError, UnicodeDecodeError):
        for event, value in ijson.basic_parse(io.BytesIO(head.removeprefix(_BOM)), use_float=True):
            if event == "start_map":
                depth += 1
                deepest = depth if deepest is None else deepest
            elif event == "end_map":
                depth -= 1
                if deepest is not None and depth < deepest:
                    break
            elif event == "map_key" and depth == deepest:
                names.append(str(value))
    return names


def only_groups(head: bytes) -> bool:
    """Whether the first object holds nothing but lists and objects, as far as it goes.

    >>> only_groups(b'{"data": [{"title": "Sora"}], "me'), only_groups(b'{"title": "Sora"}')
    (True, False)
    """
    depth = groups = 0
    with suppress(ijson.JSONError, UnicodeDecodeError):
        for event, _ in ijson.basic_parse(io.BytesIO(head.removeprefix(_BOM)), use_float=True):
            if event in ("start_map", "start_array"):
                if not depth and event == "start_array":
                    return False
                groups += depth == 1
                depth += 1
            elif event in ("end_map", "end_array"):
                depth -= 1
                if not depth:
                    break
            elif depth == 1 and event != "map_key":
                return False
    return groups > 0
