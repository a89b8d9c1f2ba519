"""Which rows are in a table that a database wrote as CSV, its columns named in the first line?

As phpMyAdmin, Adminer and `sqlite3 -csv` write it: commas, semicolons or tabs, NULL written
`NULL` or `\\N`. Neither a line nor a cell is read past a bound.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from itertools import chain
from typing import IO

from indexer.files.databases.csv_writing import NULLS, escape_of, with_nulls
from indexer.files.databases.row_tables import Row
from indexer.text import WESTERN

_LONGEST = 16_000_000
_SAMPLE = 65536
_NAME = re.compile(r"[a-z_][a-z0-9_]{0,63}")


def csv_columns(head: bytes) -> tuple[str, ...]:
    """The columns of a file that begins so, in small letters; none when it is no such table.

    >>> csv_columns(b'"id_article";"titre"\\n1;"Sora"')
    ('id_article', 'titre')
    >>> csv_columns(b"Titre de la page\\n")
    ()
    """
    line = re.split(rb"[\r\n]", head.removeprefix(b"\xef\xbb\xbf"), maxsplit=1)[0][:8192]
    if b"\0" in line:
        return ()
    text = line.decode("utf-8", "replace")
    try:
        rows = list(csv.reader([text], delimiter=_delimiter(text)))
    except csv.Error:
        return ()
    names = tuple(name.strip().strip("`").lower() for name in rows[0]) if rows else ()
    return names if len(names) > 1 and all(map(_NAME.fullmatch, names)) else ()


def csv_rows(opened: IO[bytes]) -> Iterator[tuple[int, Row | str]]:
    """The line and the cells of each row by its columns; in their place, why a row has none.

    Bytes that are no UTF-8 are read as Windows' own. Raises what reading the file raises.
    """
    text = io.TextIOWrapper(opened, "utf-8-sig", WESTERN, newline="")
    try:
        yield from _rows(text)
    finally:
        # whoever opened the file closes it
        text.detach()


def _rows(text: io.TextIOWrapper) -> Iterator[tuple[int, Row | str]]:
    csv.field_size_limit(_LONGEST)
    first = text.readline(_LONGEST)
    columns = csv_columns(first.encode("utf-8", "replace"))
    lines = _lines(text)
    begun = list(_begun(lines))
    escape = escape_of("".join(begun))
    lines = chain(begun, lines)
    reader = csv.reader(
        with_nulls(lines) if escape else lines, delimiter=_delimiter(first), escapechar=escape
    )
    while True:
        line = reader.line_num + 2
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (csv.Error, ValueError):
            reason = (
                f"une cellule ou une ligne de plus de {_LONGEST // 1_000_000} millions de signes"
            )
            yield line, f"{reason} (un guillemet qui n'est pas fermé ?), la suite n'est pas lue"
            return
        if not any(cells):
            continue
        if len(cells) != len(columns):
            yield line, f"{len(cells)} cellules pour {len(columns)} colonnes"
            continue
        yield (
            line,
            {
                name: "" if cell in NULLS else cell
                for name, cell in zip(columns, cells, strict=True)
            },
        )


def _delimiter(line: str) -> str:
    return max(",;\t|", key=line.count)


def _begun(lines: Iterator[str]) -> Iterator[str]:
    """The first lines, by which the way of the others is known."""
    size = 0
    for line in lines:
        yield line
        size += len(line)
        if size >= _SAMPLE:
            return


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    while line := text.readline(_LONGEST):
        if len(line) >= _LONGEST:
            raise ValueError
        yield line
