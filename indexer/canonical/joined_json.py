"""Which objects of JSON follow one another in a text, with or without a line end between them?

`cat a.json b.json` and `jq` make such texts. Where an object ends is asked of a parser that may
stop there; what it holds is then parsed as strictly as any other.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain, islice
from typing import NamedTuple

_DECODER = json.JSONDecoder()
_SPACE = " \t\r\n"


class Piece(NamedTuple):
    """The bytes of an object, and where it begins: its line and its column, from 0."""

    data: bytes
    line: int
    column: int


def joined_objects(data: bytes) -> Iterator[Piece] | None:
    """Return the objects of a text that has several, then what is left and is none; else None.

    >>> [piece.data for piece in joined_objects(b'{"a": 1}{"b": 2} x') or ()]
    [b'{"a": 1}', b'{"b": 2}', b'x']
    >>> joined_objects(b'{"a": 1} x'), joined_objects(b'{"a": 1')
    (None, None)
    """
    try:
        pieces = _pieces(data.decode())
    except UnicodeDecodeError:
        return None
    first_two = list(islice(pieces, 2))
    if len(first_two) < 2 or not first_two[1].data.startswith(b"{"):
        return None
    return chain(first_two, pieces)


def _pieces(text: str) -> Iterator[Piece]:
    line, newline, end = 0, -1, 0
    while (at := _after_space(text, end)) < len(text):
        # only what follows the piece before: a line may hold a million of them
        line += text.count("\n", end, at)
        newline = max(newline, text.rfind("\n", end, at))
        try:
            end = _DECODER.raw_decode(text, at)[1] if text[at] == "{" else len(text)
        except (ValueError, RecursionError):
            end = len(text)
        yield Piece(text[at:end].rstrip(_SPACE).encode(), line, at - newline - 1)
        line += text.count("\n", at, end)
        newline = max(newline, text.rfind("\n", at, end))


def _after_space(text: str, at: int) -> int:
    while at < len(text) and text[at] in _SPACE:
        at += 1
    return at
