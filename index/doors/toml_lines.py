"""On which line of a TOML file does each value stand, and what is wrong with it, in French?

The standard library says what a file holds, not where. A file is read again statement by
statement: a few lines are one statement as soon as they are TOML by themselves.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

Key = tuple[str | int, ...]
"""Where a value is: names of tables and of keys, and ranks in lists."""


class Unreadable(ValueError):
    """This is not TOML; the message is a French sentence, `line` is where, from 1."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


class Document(NamedTuple):
    """The content of a file and the lines of its statements: first, and one after the last.

    >>> held = read(b'[serve]\\nport = 80\\nlist = [\\n  "a",\\n  "b",\\n]\\n')
    >>> held.content["serve"]["port"], held.line("serve", "port"), held.line("serve", "list", 1)
    (80, 2, 5)
    """

    content: Mapping[str, Any]
    rows: tuple[str, ...]
    places: Mapping[Key, tuple[int, int]]

    def line(self, *key: str | int) -> int:
        """The line of a value, or of what holds it; from 1."""
        for length in range(len(key), 0, -1):
            if key[:length] in self.places:
                start, end = self.places[key[:length]]
                rank = key[length] if length < len(key) else None
                return self._of_item(start, end, rank) if isinstance(rank, int) else start + 1
        return 1

    def _of_item(self, start: int, end: int, rank: int) -> int:
        for stop in range(start + 1, end):
            try:
                items = tomllib.loads("\n".join((*self.rows[start:stop], "]")))
            except tomllib.TOMLDecodeError:
                continue
            if _longest(items) > rank:
                return stop
        return end if end - start > 1 and "]" not in self.rows[end - 1][:1] else start + 1


def _longest(value: Any) -> int:
    while isinstance(value, dict) and value:
        value = next(iter(value.values()))
    return len(value) if isinstance(value, list) else 0


def read(content: bytes) -> Document:
    """A file's bytes, in UTF-8 with or without a byte order mark. Raises Unreadable.

    >>> read(b"port = 80\\nport = 81\\n")
    Traceback (most recent call last):
    index.doors.toml_lines.Unreadable: « port » est donné deux fois, d’abord à la ligne 1
    """
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Unreadable("ce n’est pas de l’UTF-8", line) from error
    rows = tuple(text.split("\n"))
    try:
        content_read = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _explained(str(error), rows) from None
    except RecursionError:
        raise Unreadable("des listes ou des tables trop profondes", 1) from None
    places: dict[Key, tuple[int, int]] = {}
    for key, start, end in _placed(rows):
        places.setdefault(key, (start, end))
    return Document(content_read, rows, places)


def _placed(rows: tuple[str, ...]) -> Iterator[tuple[Key, int, int]]:
    """Yield each key with the rows of its statement, as far as the statements can be read."""
    table: Key = ()
    count: dict[Key, int] = {}
    start = 0
    while start < len(rows):
        end, parsed = _statement(rows, start)
        if parsed is None:
            return
        if rows[start].lstrip().startswith("["):
            table = _header(parsed, count)
            yield table, start, end
        else:
            yield from ((table + key, start, end) for key in _keys(parsed))
        start = end


def _statement(rows: tuple[str, ...], start: int) -> tuple[int, dict[str, Any] | None]:
    for end in range(start + 1, len(rows) + 1):
        # only a row that closes something may end what an earlier one left open
        if end > start + 1 and not re.search("[]}]|\"\"\"|'''", rows[end - 1]):
            continue
        try:
            return end, tomllib.loads("\n".join(rows[start:end]))
        except tomllib.TOMLDecodeError:
            continue
    return len(rows), None


def _header(parsed: dict[str, Any], count: dict[Key, int]) -> Key:
    """Return the key of the table that a header opens; counts the lists of tables in `count`."""
    key: Key = ()
    inside: Any = parsed
    while isinstance(inside, dict) and inside:
        [(name, inside)] = inside.items()
        key += (name,)
        if isinstance(inside, list):
            count[key] = count.get(key, -1) + 1
            return (*key, count[key])
        if key in count:
            key += (count[key],)
    return key


def _keys(parsed: Mapping[str, Any]) -> Iterator[Key]:
    for name, value in parsed.items():
        yield (name,)
        if isinstance(value, dict):
            yield from ((name, *key) for key in _keys(value))


def _explained(message: str, rows: tuple[str, ...]) -> Unreadable:
    """Return the library's error in French, with its line."""
    place = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", message)
    reason = message[: place.start()] if place is not None else message
    if place is None or not place[1]:
        # the end of the file, which is not where it was forgotten
        return Unreadable(_UNFINISHED, _last_start(rows) + 1)
    line = int(place[1])
    for pattern, sentence in _SENTENCES.items():
        if re.match(pattern, reason):
            if sentence is _TWICE:
                return _twice(rows, line)
            return Unreadable(sentence, line)
    return Unreadable(f"ce n’est pas du TOML ({reason})", line)


def _last_start(rows: tuple[str, ...]) -> int:
    """The row of the first statement that is never whole."""
    start = 0
    while start < len(rows):
        end, parsed = _statement(rows, start)
        if parsed is None:
            return start
        start = end
    return len(rows) - 1


def _twice(rows: tuple[str, ...], line: int) -> Unreadable:
    first: dict[Key, int] = {}
    duplicates: list[tuple[Key, int]] = []
    for key, start, end in _placed(rows[:line]):
        if key in first and end >= line:
            duplicates.append((key, start + 1))
        first.setdefault(key, start + 1)
    if duplicates:
        # a.b = 2 after a.b = 1: of a and of a.b, the one that may not come back
        key, line_of_last = max(duplicates, key=lambda place: len(place[0]))
        return Unreadable(_TWICE.format(_dotted(key), first[key]), line_of_last)
    return Unreadable("cette clef ou cette table est donnée deux fois", line)


def _dotted(key: Key) -> str:
    return ".".join(str(part) for part in key if isinstance(part, str))


_UNFINISHED = "ce qui commence ici n’est pas fini : il manque un guillemet, un ] ou une valeur"
_TWICE = "« {} » est donné deux fois, d’abord à la ligne {}"
_SENTENCES = {
    "Cannot (declare|overwrite|mutate|redefine)|Duplicate": _TWICE,
    "Invalid statement|Invalid initial character for a key": (
        "une ligne s’écrit clef = valeur, ou [table] ; une clef autre que a-z, 0-9, - et _ se met "
        "entre guillemets"
    ),
    "Expected '=' after a key": "il manque un = après la clef",
    "Expected newline or end of document": "il y a quelque chose de trop après la valeur",
    r"Expected '\]": "il manque un ] après le nom de la table",
    "Unclosed array": "cette liste n’est pas fermée : il manque un ]",
    "Unclosed inline table": "cette table n’est pas fermée : il manque un }",
    "Unterminated string|Expected ['\"]": "ce texte n’est pas fermé : il manque un guillemet",
    "Unescaped": (
        "une barre oblique inverse se double dans un texte entre guillemets, ou le texte se met "
        "entre apostrophes"
    ),
    "Invalid hex value|Escaped character": "ce caractère échappé n’existe pas",
    "Illegal character|Found invalid character": (
        "un caractère n’est pas permis ici, ou le guillemet qui ferme le texte manque"
    ),
    "Invalid date": "cette date n’existe pas",
    "Invalid value": (
        "cette valeur n’est pas du TOML : un texte se met entre guillemets, oui et non "
        "s’écrivent true et false"
    ),
}
