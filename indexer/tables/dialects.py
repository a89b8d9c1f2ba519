"""How does a CSV separate and quote its cells, and which of its rows names the columns?"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from indexer.files import escape_of
from indexer.tables.columns import recognised

if TYPE_CHECKING:
    from _csv import Reader

DELIMITERS = (";", "\t", ",", "|")
_DECLARED = re.compile(r"(?i)(\"?)sep=(.)\1[;,\t|]*")
"""What Excel writes for itself, between quotes where a program quotes every cell."""
_MOST_ROWS = 2000
_FEWEST_NAMES = 2
"""Known names in a row that names the columns."""
_HIGHEST = 20
"""Rows among which the names of the columns are looked for, under a table's own title."""


class Dialect(NamedTuple):
    """How cells are separated, the names of the columns, and how many lines are before them.

    `rows` are the first rows under the names, `above` the texts over them. `spaced`: a space that
    follows a separator is of no cell.
    """

    delimiter: str
    names: tuple[str, ...]
    before: int = 0
    rows: tuple[tuple[str, ...], ...] = ()
    escape: str | None = None
    quote: str = '"'
    spaced: bool = False
    above: tuple[str, ...] = ()

    def reader(self, lines: Iterable[str]) -> Reader:
        """Return what gives the rows of these lines, one after the other."""
        return csv.reader(
            lines,
            delimiter=self.delimiter,
            escapechar=self.escape,
            quotechar=self.quote,
            skipinitialspace=self.spaced,
        )


def dialect_of(sample: str) -> Dialect:
    """Return the dialect that makes the most known columns, then the most regular rows.

    >>> dialect_of("titre, texte\\n\\"Sora\\", \\"Un, deux.\\"\\n").rows
    (('Sora', 'Un, deux.'),)
    >>> dialect_of("Nos articles;;\\n;;\\nTitre;Texte;Date\\n").above
    ('Nos articles',)
    """
    line, _, remaining = sample.partition("\n")
    before = 0
    delimiters: tuple[str, ...] = DELIMITERS
    if match := _DECLARED.fullmatch(line.rstrip("\r")):
        delimiters = (match[2],)
        sample, before = remaining, 1
    escape = escape_of(sample)
    best = Dialect(",", ())
    best_score = (-1, False, -1.0, -1)
    for delimiter in delimiters:
        dialect = _read_by(_shape(sample, delimiter, escape), sample, before)
        names, rows = dialect.names, dialect.rows
        regular = sum(len(row) == len(names) for row in rows) / (len(rows) or 1)
        score = (recognised(names), len(names) > 1, regular, len(names))
        if names and score > best_score:
            best_score, best = score, dialect
    return best


def _shape(sample: str, delimiter: str, escape: str | None) -> Dialect:
    """The quotes and the spaces of a table whose cells are separated so."""
    line = sample.lstrip().partition("\n")[0]
    quote = "'" if line.startswith("'") and f"'{delimiter}'" in line.replace(" ", "") else '"'
    spaced = delimiter != "\t" and f"{delimiter} {quote}" in sample
    return Dialect(delimiter, (), escape=escape, quote=quote, spaced=spaced)


def _read_by(shape: Dialect, sample: str, before: int) -> Dialect:
    """The same with its rows, and the names of its columns; without names where there is no row."""
    rows: list[tuple[str, ...]] = []
    lines_before = [0]
    reader = shape.reader(io.StringIO(sample, newline=""))
    # what was read before a fault is enough to choose by
    with suppress(csv.Error):
        for row in islice(reader, _MOST_ROWS):
            rows.append(tuple(row))
            lines_before.append(reader.line_num)
    at = _place_of_names(rows)
    if at is None:
        return shape
    above = tuple(filter(None, (" ".join(" ".join(row).split()) for row in rows[:at])))
    return shape._replace(
        names=rows[at],
        before=before + (lines_before[at] if above else 0),
        rows=tuple(rows[at + 1 :]),
        above=above,
    )


def _place_of_names(rows: Sequence[Sequence[str]]) -> int | None:
    """Which row names the columns: the first that is not blank, or one under a table's title.

    A title fills few cells, and none of it is the name of a column.
    """
    filled = [(at, sum(map(bool, map(str.strip, row)))) for at, row in enumerate(rows[:_HIGHEST])]
    filled = [(at, count) for at, count in filled if count]
    widest = 0
    for at, count in filled:
        names = recognised(rows[at])
        if names >= _FEWEST_NAMES and 2 * widest < count:
            return at
        if names or 2 * widest >= count > 1:
            break
        widest = max(widest, count)
    return filled[0][0] if filled else next((at for at, row in enumerate(rows) if any(row)), None)
