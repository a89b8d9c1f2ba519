"""How is a pattern kept, or a table, that most commands never use?"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any, AnyStr, TypeVar, cast

Table = TypeVar("Table")


class Pattern:
    """Stands for a pattern: its methods are its own."""

    pattern: str | bytes
    flags: int


class _Late(Pattern):
    """Becomes one when the first method is asked for."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern, self.flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self.flags)
        vars(self).update({method: getattr(compiled, method) for method in _METHODS})
        # a class with a __getattr__ is asked slowly; last, since other threads may ask meanwhile
        self.__class__ = Pattern  # type: ignore[assignment]
        return getattr(compiled, name)


_patterns: list[Pattern] = []
_tables: list[Callable[[], object]] = []
_METHODS = ("finditer", "findall", "fullmatch", "match", "search", "split", "sub", "subn")


def late(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """A pattern that is compiled when it is first used: a start has some 160 of them.

    Raises re.error when it is first used, too.

    >>> late(r"\\d+").findall("de 2 à 10")
    ['2', '10']
    """
    _patterns.append(_Late(pattern, flags))
    return cast("re.Pattern[AnyStr]", _patterns[-1])


def late_table(make: Callable[[], Table]) -> Callable[[], Table]:
    """A table, or a function of a library, that is made when it is first asked for, and once.

    >>> table = late_table(lambda: print("made") or {"a": 1})
    >>> table()["a"], table()["a"]
    made
    (1, 1)
    """
    table = cache(make)
    _tables.append(table)
    return table


def prepare() -> None:
    """Compile the patterns, and make the tables, of all modules imported so far.

    For processes that serve, before anybody waits for an answer; a command makes the few that it
    uses.
    """
    for table in _tables:
        table()
    while _patterns:
        # asking for a method compiles a pattern that is not yet
        _patterns.pop().search  # type: ignore[attr-defined]  # noqa: B018
