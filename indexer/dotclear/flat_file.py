"""Which rows are in a flat file of Dotclear?

`///DOTCLEAR|version|single`, then for each table `[post post_id,post_title…]` and a row a line:
values in double quotes, between commas, with `\\\\`, `\\n`, `\\r` and `\\"` for what they name.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import IO, NamedTuple

from indexer.text import WESTERN

MAGIC = b"///DOTCLEAR|"
_LONGEST = 16_000_000
_TABLE = re.compile(r"\[([A-Za-z0-9_]{1,64}) ([A-Za-z0-9_, ]{1,8000})\]")
_VALUE = re.compile(r'"([^"\\]*(?:\\.[^"\\]*)*)"(,|$)', re.S)
_ESCAPE = re.compile(r'\\([nr"\\])')
_MEANT = {"n": "\n", "r": "\r", '"': '"', "\\": "\\"}


class Header(NamedTuple):
    """A table that begins, and its columns."""

    table: str
    columns: list[str]


class Values(NamedTuple):
    """A row of the last table, and its line."""

    line: int
    cells: list[str]


class UnreadLine(NamedTuple):
    """A line that is not read, and why."""

    line: int
    reason: str


def flat_lines(opened: IO[bytes]) -> Iterator[Header | Values | UnreadLine]:
    """What the lines of a flat file say, one after the other.

    >>> from io import BytesIO
    >>> list(flat_lines(BytesIO(b'[meta meta_id,post_id]\\n"a\\\\"b","1"\\n')))[1]
    Values(line=2, cells=['a"b', '1'])
    """
    number = 0
    width = 0
    while data := opened.readline(_LONGEST):
        number += 1
        if len(data) >= _LONGEST:
            yield UnreadLine(number, "une ligne de plus de 16 Mo, la suite n'est pas lue")
            return
        line = data.removeprefix(codecs.BOM_UTF8).decode("utf-8", WESTERN).rstrip("\r\n")
        if not line.strip() or line.startswith("///"):
            continue
        if match := _TABLE.fullmatch(line.strip()):
            header = Header(match[1].lower(), [n.strip().lower() for n in match[2].split(",")])
            width = len(header.columns)
            yield header
            continue
        cells = _cells(line)
        if cells is None:
            yield UnreadLine(number, "ce n'est ni une table ni une ligne entre guillemets")
        elif not width:
            yield UnreadLine(number, "une ligne avant toute table")
        elif len(cells) != width:
            yield UnreadLine(number, f"{len(cells)} valeurs pour {width} colonnes")
        else:
            yield Values(number, cells)


def _cells(line: str) -> list[str] | None:
    """The values of a row; None when it is no row."""
    cells, at = [], 0
    while match := _VALUE.match(line, at):
        cells.append(_ESCAPE.sub(lambda escape: _MEANT[escape[1]], match[1]))
        at = match.end()
        if not match[2]:
            return cells if at == len(line) else None
    return None
