"""Which names and values are written in a statement of SQL, in each of the ways of databases?"""

from __future__ import annotations

import re
from typing import NamedTuple, Self

_STRING = r"'([^'\\]*+(?:(?:\\.|'')[^'\\]*+)*+)'"
_PLAIN = r"'([^']*+(?:''[^']*+)*+)'"
_DOUBLE = r'"([^"\\]*+(?:(?:\\.|"")[^"\\]*+)*+)"'
_PIECE = r"""(?:--[^\n]*\n|/\*|`[^`]*`|"[^"]*"|\$\w{0,60}\$|[^'"`;/$-]++|["`/$-])"""
_ESCAPE = re.compile(r"\\(.)|''|\"\"", re.DOTALL)
_MEANT = {"0": "", "n": "\n", "r": "\r", "t": "\t", "b": "\b", "Z": "\x1a"}
_NEITHER = ("%", "_")
"""Escaped by MySQL in patterns alone: elsewhere the backslash is theirs."""
_UNICODE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|\+([0-9a-fA-F]{6})|(\\))")
_CHARACTERS = {"char(10)": "\n", "char(13)": "\r"}
_NO_COLUMN = re.compile(
    r"(?i)(?:PRIMARY|UNIQUE|KEY|INDEX|FULLTEXT|SPATIAL|CONSTRAINT|FOREIGN|CHECK|EXCLUDE|LIKE"
    r"|PERIOD)\b"
)
_FIRST = re.compile(r'\s*(?:`([^`]+)`|"([^"]+)"|\[([^\]]+)\]|([\w$]+))')
_NAMES = re.compile(r'`([^`]+)`|"([^"]+)"|\[([^\]]+)\]|([\w$]+)')
_PART = re.compile(rf"{_STRING}|`[^`]*`|\"[^\"]*\"|--[^\n]*\n|[(),]|[^'`\"(),-]++|-", re.DOTALL)


Cell = str | int | float | None
"""A value: a number only where it is written as one."""


class Unreadable(ValueError):
    """A row that is written in no known way."""


class Quoting(NamedTuple):
    """How strings are written: `string` is one, `piece` any other part of a statement."""

    string: re.Pattern[str]
    piece: re.Pattern[str]
    value: re.Pattern[str]
    escaped: bool

    @classmethod
    def of(cls, beginning: str) -> Self:
        r"""That of a dump that begins so: PostgreSQL and SQLite have no escapes in strings.

        >>> Quoting.of("PRAGMA foreign_keys=OFF;").escaped, Quoting.of("-- MySQL dump").escaped
        (False, True)
        """
        plain = re.search(
            r"PostgreSQL database dump|standard_conforming_strings|PRAGMA foreign_keys"
            r"|NO_BACKSLASH_ESCAPES|^BEGIN TRANSACTION;|^COPY [\w.\"]+ \(",
            beginning[:20000],
            re.MULTILINE,
        )
        string = _PLAIN if plain else _STRING
        value = (
            rf"\s*(?:(?P<e>[Ee]){_STRING}|(?:_\w+ |[Nn])?{string}|{_DOUBLE}|(?P<null>NULL\b)"
            r"|0x(?P<hex>[0-9A-Fa-f]*)|[Xx]'(?P<blob>[0-9A-Fa-f]*)'|[Bb]'(?P<bits>[01]*)'"
            rf"|(?P<number>[-+]?[\d.]+(?:[eE][-+]?\d+)?)|(?P<word>true|false|DEFAULT|CURRENT_\w+)\b"
            rf"|(?P<call>(?:replace|unistr)\()\s*|(?P<function>\w+\([^()']*\)))\s*"
        )
        return cls(
            re.compile(string, re.DOTALL),
            re.compile(_PIECE, re.DOTALL),
            re.compile(value, re.DOTALL | re.IGNORECASE),
            not plain,
        )


def values(text: str, at: int, quoting: Quoting) -> tuple[list[Cell], int] | None:
    """The values of a row that begins here, and where it ends; None when its end is not there.

    Raises Unreadable.

    >>> values("(1,'l''ami',NULL,0x41) ,", 0, Quoting.of(""))
    ([1, "l'ami", None, 'A'], 22)
    """
    cells: list[Cell] = []
    if at >= len(text):
        return None
    if text[at] != "(":
        raise Unreadable
    at += 1
    while True:
        parsed = _value(text, at, quoting)
        if parsed is None:
            return None
        cell, at = parsed
        if at >= len(text):
            return None
        cells.append(cell)
        if text[at] == ")":
            return cells, at + 1
        if text[at] != ",":
            raise Unreadable
        at += 1


def _value(text: str, at: int, quoting: Quoting) -> tuple[Cell, int] | None:
    match = quoting.value.match(text, at)
    if match is None:
        if len(text) - at < 64 or re.match(r"\s*(?:[ENne]|_\w+ )?['\"]", text[at : at + 64]):
            # a string whose end is further
            return None
        raise Unreadable
    end = match.end()
    if match["call"]:
        return _called(text, end, quoting, match["call"].lower())
    if match["null"] or match["word"] or match["function"]:
        word = (match["word"] or "").lower()
        return (word if word in ("true", "false") else None), end
    if match["number"] is not None:
        return _number(match["number"]), end
    for kind in ("hex", "blob"):
        if (digits := match[kind]) is not None:
            return _decoded(digits), end
    if match["bits"] is not None:
        return str(int(match["bits"] or "0", 2)), end
    # E'…', '…', "…"
    for group in (2, 3, 4):
        if (string := match[group]) is not None:
            escaped = quoting.escaped or group == 2
            return _unquoted(string, escaped), end
    raise Unreadable


def _number(digits: str) -> Cell:
    """A number as SQLite keeps it; one too long for that stays a text.

    >>> _number("12"), _number("-1.5"), _number("1" * 20), _number("1.2.3")
    (12, -1.5, '11111111111111111111', '1.2.3')
    """
    if len(digits) < 19 and digits.lstrip("-+").isdecimal():
        return int(digits)
    try:
        return float(digits) if len(digits) < 18 else digits
    except ValueError:
        return digits


def _called(text: str, at: int, quoting: Quoting, call: str) -> tuple[Cell, int] | None:
    r"""What `sqlite3 .dump` writes of a text with line ends.

    >>> _value("replace('a\\nb','\\n',char(10)),", 0, Quoting.of("PRAGMA foreign_keys"))
    ('a\nb', 29)
    """
    inside = _value(text, at, quoting)
    if inside is None:
        return None
    cell, at = inside
    if call.startswith("unistr"):
        if at >= len(text):
            return None
        cell = _UNICODE.sub(_character, str(cell))
        return cell, _after(text, at + 1)
    rest = re.compile(r",\s*'([^']*)'\s*,\s*(char\(1[03]\))\s*\)\s*").match(text, at)
    if rest is None:
        if len(text) - at < 64:
            return None
        raise Unreadable
    return str(cell).replace(rest[1], _CHARACTERS[rest[2].lower()]), rest.end()


def _after(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _character(match: re.Match[str]) -> str:
    digits = match[1] or match[2]
    return chr(int(digits, 16)) if digits and int(digits, 16) < 0x110000 else "\\"


def _decoded(digits: str) -> str:
    """A text whose bytes are written as digits (`mysqldump --hex-blob`)."""
    return bytes.fromhex(digits[: len(digits) // 2 * 2]).decode("utf-8", "replace")


def _unquoted(string: str, escaped: bool) -> str:
    """The text of a string."""
    if not escaped:
        return string.replace("''", "'")
    if "\\" not in string and "''" not in string and '""' not in string:
        return string
    return _ESCAPE.sub(_unescaped, string)


def _unescaped(match: re.Match[str]) -> str:
    if (letter := match[1]) is None:
        return match[0][0] if match[0] == "''" else match[0]
    return f"\\{letter}" if letter in _NEITHER else _MEANT.get(letter, letter)


def name_of(name: str) -> str:
    """A table's name, without its base or schema, nor its quotes.

    >>> name_of("public.dc_post"), name_of("`wp`.`wp_posts`"), name_of('"wp_posts"')
    ('dc_post', 'wp_posts', 'wp_posts')
    """
    return names_of(name)[-1]


def names_of(listed: str) -> tuple[str, ...]:
    """The names in a list of columns.

    >>> names_of('(`ID`, "post title", c)')
    ('ID', 'post title', 'c')
    """
    return tuple(next(filter(None, match.groups())) for match in _NAMES.finditer(listed))


def columns_created(created: str) -> tuple[str, ...]:
    r"""The columns that are defined between the parentheses of CREATE TABLE.

    >>> columns_created("(`a` enum('x','y)') COMMENT 'z, k', \"b\" int, PRIMARY KEY (`a`,`b`)) ;")
    ('a', 'b')
    """
    columns: list[str] = []
    depth, begins = 0, False
    for match in _PART.finditer(created):
        part = match[0]
        if part == "(":
            depth += 1
            begins = depth == 1
        elif part == ")":
            depth -= 1
            if not depth:
                break
        elif part == ",":
            begins = depth == 1
        elif begins and part.strip() and not part.startswith("--"):
            begins = False
            name = _FIRST.match(part)
            if name and (name[4] is None or not _NO_COLUMN.match(part.strip())):
                columns.append(next(filter(None, name.groups())))
    return tuple(columns)
