"""Which objects of JSON follow one another in a text, with or without a line end between them?

`cat a.json b.json` and `jq` make such texts. Where an object ends is asked of a parser that may
stop there; what it holds is then parsed as strictly as any other.
"""

from __future__ import annotations

import json
from typing import NamedTuple

_DECODER = json.JSONDecoder()
_SPACE = " \t\r\n"


class Piece(NamedTuple):
    """The bytes of an object, and where it begins: its line and its column, from 0."""

    data: bytes
    line: int
    column: int


def joined_objects(data: bytes) -> list[Piece]:
    """Return the objects of a text that has several, then what is left and is none; else nothing.

    >>> [piece.data for piece in joined_objects(b'{"a": 1}{"b": 2} x')]
    [b'{"a": 1}', b'{"b": 2}', b'x']
    >>> joined_objects(b'{"a": 1} x'), joined_objects(b'{"a": 1')
    ([], [])
    """
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return []
    pieces: list[Piece] = []
    line, newline = 0, -1
    at = _after_space(text, 0)
    while at < len(text):
        line += text.count("\n", newline + 1, at)
        newline = max(newline, text.rfind("\n", newline + 1, at))
        try:
            end = _DECODER.raw_decode(text, at)[1] if text[at] == "{" else len(text)
        except (ValueError, RecursionError):
            end = len(text)
        pieces.append(Piece(text[at:end].rstrip(_SPACE).encode(), line, at - newline - 1))
        at = _after_space(text, end)
    return pieces if len(pieces) > 1 and pieces[1].data.startswith(b"{") else []


def _after_space(text: str, at: int) -> int:
    while at < len(text) and text[at] in _SPACE:
        at += 1
    return at
