"""What stands next in the text of a dump, of which only a piece is in memory?"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from typing import IO

from indexer.files.databases.sql_values import Cell, Quoting
from indexer.text import WESTERN

LONGEST = 16_000_000
"""Characters of a row, of a definition, of a line of COPY."""
_CHUNK = 1 << 16
_BLANK = re.compile(r"(?:\s++|--[^\n]*+(?:\n|\Z)|#[^\n]*+(?:\n|\Z)|;)++")
_COMMENT = "/*"
_NOTHING = " " * 64

Parser = Callable[[str, int, Quoting], "tuple[list[Cell], int] | None"]


class TooLong(ValueError):
    """A value past the bound."""


class SqlText:
    """The text, and a place in it. `line`: that of the place, from 1."""

    def __init__(self, opened: IO[bytes]) -> None:
        # whoever opened the file closes it
        self._stream = io.TextIOWrapper(
            io.BufferedReader(_Borrowed(opened), _CHUNK), "utf-8-sig", WESTERN, newline=""
        )
        self._text = ""
        self._at = 0
        self._line = 1
        self._counted = 0
        self._whole = False

    @property
    def line(self) -> int:
        """The number of the line of the place."""
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line

    @property
    def ended(self) -> bool:
        """Whether nothing is left."""
        return self._at >= len(self._text) and not self._fill()

    def ending(self) -> str:
        """The last characters that were read, some two hundred."""
        return self._text[-200:]

    def beginning(self) -> str:
        """The first characters, some 64 thousand."""
        if not self._text:
            self._fill()
        return self._text

    def match(self, pattern: re.Pattern[str], most: int) -> re.Match[str] | None:
        """What a pattern finds at the place, which moves past it. most: how long it may be."""
        while True:
            match = pattern.match(self._text, self._at)
            left = len(self._text) - self._at
            sure = match is not None and match.end() < len(self._text)
            if sure or (match is None and left >= most) or not self._fill():
                if match is not None:
                    self._at = match.end()
                return match

    def skip_blanks(self) -> bool:
        """Move past blanks and comments; return whether anything is left."""
        while not self.ended:
            self.match(_BLANK, _CHUNK)
            if self._ahead(2) != _COMMENT:
                return not self.ended
            if not self.skip_past("*/"):
                return False
        return False

    def skip_past(self, end: str) -> bool:
        """Move past a text; return whether it is there."""
        while (place := self._text.find(end, self._at)) < 0:
            # its first letters may be the last that were read
            self._at = max(self._at, len(self._text) - len(end) + 1)
            if not self._fill():
                self._at = len(self._text)
                return False
        self._at = place + len(end)
        return True

    def skip_line(self) -> None:
        """Move to the next line."""
        self.skip_past("\n")

    def skip_statement(self, quoting: Quoting) -> bool:
        """Move past the next semicolon that is in no string; return whether it is there."""
        while not self.ended:
            if self._text[self._at] == ";":
                self._at += 1
                return True
            self._skip_piece(quoting)
        return False

    def until_end(self, quoting: Quoting) -> str | None:
        """The text to the end of a statement, None when it has none. Raises TooLong."""
        pieces: list[str] = []
        length = 0
        while not self.ended:
            if self._text[self._at] == ";":
                self._at += 1
                return "".join(pieces)
            pieces.append(self._skip_piece(quoting))
            length += len(pieces[-1])
            if length > LONGEST:
                raise TooLong
        return None

    def _skip_piece(self, quoting: Quoting) -> str:
        """Move past a string, a comment, a word. Raises TooLong."""
        if self._text[self._at] == "'":
            if (string := self.match(quoting.string, LONGEST)) is not None:
                return string[0]
            if not self._whole:
                raise TooLong
            self._at = len(self._text)
            return ""
        match = self.match(quoting.piece, _CHUNK)
        piece = match[0] if match else ""
        if piece == _COMMENT:
            self.skip_past("*/")
        elif piece.startswith("$") and piece.endswith("$") and len(piece) > 1:
            # a program between dollars, of PostgreSQL
            self.skip_past(piece)
        else:
            return piece
        return " "

    def row(self, parser: Parser, quoting: Quoting) -> list[Cell] | None:
        """The values that a parser finds at the place; None when their end is missing.

        Raises TooLong, and what the parser raises.
        """
        while (parsed := parser(self._text, self._at, quoting)) is None:
            if len(self._text) - self._at > LONGEST:
                raise TooLong
            if not self._fill():
                # near the end, what is no value may look like the beginning of one
                if self._at < len(self._text):
                    parser(self._text + _NOTHING, self._at, quoting)
                return None
        cells, self._at = parsed
        return cells

    def lines(self) -> Iterator[tuple[int, str]]:
        """The lines that follow, with their numbers, without their ends. Raises TooLong."""
        while not self.ended:
            while (end := self._text.find("\n", self._at)) < 0:
                if len(self._text) - self._at > LONGEST:
                    raise TooLong
                if not self._fill():
                    end = len(self._text)
                    break
            number = self.line
            line = self._text[self._at : end].rstrip("\r")
            self._at = min(end + 1, len(self._text))
            yield number, line

    def _ahead(self, count: int) -> str:
        while len(self._text) - self._at < count and self._fill():
            pass
        return self._text[self._at : self._at + count]

    def _fill(self) -> bool:
        """Read more, and forget what is behind; the more is waiting, the more is read."""
        if self._whole:
            return False
        following = self._stream.read(max(_CHUNK, len(self._text) - self._at))
        if not following:
            self._whole = True
            return False
        behind = self.line and self._at
        self._text = self._text[behind:] + following
        self._at = self._counted = 0
        return True


class _Borrowed(io.RawIOBase):
    """The bytes of a file that is left open."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        data = self._file.read(len(view))
        view[: len(data)] = data
        return len(data)
