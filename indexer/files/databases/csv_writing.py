"""How does a program that wrote a CSV set a quote in a cell, and a cell without a value?

Spreadsheets double the quotes; MySQL, and phpMyAdmin where it is asked, put a backslash before
them, and before backslashes. Databases write NULL as `NULL` or `\\N`, their viewers (DBeaver,
HeidiSQL, DataGrip) between brackets, and pandas a missing number as `<NA>`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

NULLS = frozenset(("NULL", "\\N", "[NULL]", "(NULL)", "(null)", "<NULL>", "<null>", "<NA>"))
_SLASHED = re.compile(r"(?<!\\)(?:\\\\)*\\\"(?![;,\t|]|[\r\n]|$)")
_DOUBLED = re.compile(r"[^;,\t|\r\n\"]\"\"(?!\")")
_NULL = re.compile(r"(^|[;,\t|])\\N(?=[;,\t|\r\n]|$)")


def has_backslashes(sample: str) -> bool:
    r"""Return whether quotes in the cells of a table that begins so have a backslash before them.

    >>> has_backslashes('"Le \\"bac\\" part";1'), has_backslashes('"Le ""bac"" part";"C:\\"')
    (True, False)
    """
    slashed = len(_SLASHED.findall(sample))
    return bool(slashed) and slashed > len(_DOUBLED.findall(sample))


def escape_of(sample: str) -> str | None:
    """What the reader of the standard library takes as `escapechar` for a table."""
    return "\\" if has_backslashes(sample) else None


def with_nulls(lines: Iterable[str]) -> Iterator[str]:
    """The lines of a table with backslashes, `\\N` written NULL, lest it become an N."""
    return (_NULL.sub(r"\1NULL", line) if "\\N" in line else line for line in lines)
