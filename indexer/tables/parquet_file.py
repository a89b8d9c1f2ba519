"""Which rows are in a Parquet file?

Batch by batch, and of the columns that are known only. Its library is an extra; without it,
what to install is said. A time of Parquet may have no zone: `--timezone` tells it, else that of
Paris is taken, and it is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from importlib import import_module
from typing import Any

from indexer.files import CapturedFile, ReadingOptions
from indexer.reporting import Outcome, Rank, Skipped, shorten
from indexer.tables import table
from indexer.tables.columns import CannotTell, Columns, columns, dated
from indexer.tables.table import Row
from indexer.times import Times, month_first

_MAGIC = b"PAR1"
_BATCH = 256
_LARGEST = 2 << 30
"""Bytes of a group of rows, out of its compression: pages of it are held whole."""
_LONGEST = 16_000_000


class ParquetFormat:
    """The reader of Parquet files."""

    name = "parquet"
    rank = Rank.EXPORT

    def __init__(self, options: ReadingOptions = ReadingOptions()) -> None:
        self._options = options

    def fits(self, head: bytes) -> bool:
        """Return whether this begins as Parquet does.

        >>> ParquetFormat().fits(b"PAR1\\x15\\x04")
        True
        """
        return head.startswith(_MAGIC)

    def read(self, file: CapturedFile) -> Iterator[Outcome]:
        """Return the articles and comments of a file, or why there are none."""
        try:
            parquet = import_module("pyarrow.parquet")
            amiss = import_module("pyarrow").ArrowException
        except ImportError:
            reason = "Parquet, dont la bibliothèque est à installer : pip install 'glose[parquet]'"
            yield Skipped(file.name, reason)
            return
        with file.path.open("rb") as opened:
            if opened.read(4) != _MAGIC:
                yield Skipped(file.name, "ce n'est pas un fichier Parquet (décompressez-le)")
                return
        try:
            yield from self._read(parquet, file)
        except MemoryError:
            # Arrow has one of its own
            raise MemoryError from None
        except (amiss, OSError, ValueError, TypeError, LookupError, OverflowError) as error:
            message = shorten(" ".join(str(error).split()), 120)
            yield Skipped(file.name, f"Parquet endommagé ou illisible ({message})")

    def _read(self, parquet: Any, file: CapturedFile) -> Iterator[Outcome]:
        with parquet.ParquetFile(file.path, pre_buffer=False, buffer_size=1 << 20) as opened:
            names = list(opened.schema_arrow.names)
            try:
                layout = columns(names, self._options.columns)
            except CannotTell as error:
                yield Skipped(file.name, str(error))
                return
            groups = (opened.metadata.row_group(n) for n in range(opened.num_row_groups))
            if any(group.total_byte_size > _LARGEST for group in groups):
                message = f"un groupe de lignes de plus de {_LARGEST >> 30} Gio"
                yield Skipped(file.name, f"{message} : il serait tenu en mémoire")
                return
            layout = dated(layout, _first_rows(opened, names, layout.states))
            days = [at for member, at in layout.places.items() if "date" in member]
            first = _first_rows(opened, names, days)
            order = self._options.month_first
            times = Times(
                self._options.zone,
                month_first=month_first(cell for row in first for cell in row)
                if order is None
                else order,
            )
            rows = _rows(file.name, opened, names, layout)
            yield from table.outcomes(file.name, rows, layout, times, self._options.publication)


def _first_rows(opened: Any, names: list[str], places: Iterable[int]) -> list[list[str]]:
    """Return the first rows with the cells of some columns, the others blank."""
    selected = [names[at] for at in places]
    first = (
        next(opened.iter_batches(batch_size=_BATCH, columns=selected), None) if selected else None
    )
    rows = [] if first is None else first.to_pylist()
    return [[_cell(row.get(name)) for name in names] for row in rows]


def _rows(name: str, opened: Any, names: list[str], layout: Columns) -> Iterator[Row | Skipped]:
    """Return the rows, numbered from 1."""
    members = {names[at]: member for member, at in layout.places.items()}
    selected = [*members, *(names[at] for at in layout.states if names[at] not in members)]
    number = 0
    for batch in opened.iter_batches(batch_size=_BATCH, columns=selected):
        for row in batch.to_pylist():
            number += 1
            texts = {
                members[column]: _cell(value) for column, value in row.items() if column in members
            }
            states = [(layout.states[at], _cell(row[names[at]])) for at in layout.states]
            non_empty = {
                member: text for member, text in texts.items() if text and not text.isspace()
            }
            if any(len(text) > _LONGEST for text in non_empty.values()):
                message = f"une cellule de plus de {_LONGEST // 1_000_000} millions de signes"
                yield Skipped(name, message, number)
            else:
                yield Row(number, non_empty, states)


def _cell(value: Any) -> str:
    """A value as a cell of text; "" for what is none.

    >>> _cell(datetime(2024, 12, 2, 9, 8)), _cell(["ia", "droit"]), _cell(None), _cell({})
    ('2024-12-02T09:08:00', 'ia ; droit', '', '')
    """
    if isinstance(value, list):
        return " ; ".join(filter(None, map(_cell, value[:1000])))
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return "" if value != value else f"{value:.0f}" if value.is_integer() else str(value)
    return str(value) if isinstance(value, str | int) else ""
