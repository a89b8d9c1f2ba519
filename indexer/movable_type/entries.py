"""Which entries, and which parts of each, are in a text of Movable Type?

`KEY: value` lines, then parts: `BODY:`, `COMMENT:`… on a line of their own and what follows.
Five hyphens end a part, eight an entry. Nobody's own line of hyphens is escaped: one that is
followed by no part, or by no entry, is a line like another.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, NamedTuple

from indexer.text import WESTERN

KEYS = frozenset(
    (
        *("AUTHOR", "TITLE", "BASENAME", "STATUS", "ALLOW COMMENTS", "CONVERT BREAKS"),
        *("ALLOW PINGS", "PRIMARY CATEGORY", "CATEGORY", "DATE", "TAGS", "NO ENTRY"),
        *("UNIQUE URL", "PERMALINK", "ID", "AUTHOR EMAIL", "IMAGE"),
    )
)
"""What an entry says of itself, in Movable Type 3 to 8, TypePad and hosts that imitate them."""
PARTS = frozenset(("BODY", "EXTENDED BODY", "EXCERPT", "KEYWORDS", "COMMENT", "PING"))
_LONGEST_LINE = 1_000_000
_LARGEST = 32_000_000
"""Characters of an entry with its comments."""
_FIELD = re.compile(r"([A-Z][A-Z0-9 _-]{0,40}):[ \t]*(.*)")
_PART = re.compile(r"([A-Z][A-Z0-9 _]{1,40}):")
_END_OF_PART, _END_OF_ENTRY = "-----", "--------"


class Part(NamedTuple):
    """A part of an entry: its name ("COMMENT") and its lines."""

    name: str
    lines: list[str]

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip("\n")


@dataclass(slots=True)
class Entry:
    """An entry, from its first line in the file. `too_long`: not all of it was kept."""

    line: int
    fields: list[tuple[str, str]] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    size: int = 0

    @property
    def too_long(self) -> bool:
        return self.size > _LARGEST

    def value(self, *keys: str) -> str:
        """What the first of these keys says, "" for nothing."""
        return next((value for key in keys for name, value in self.fields if name == key), "")

    def state(self) -> str | None:
        """The state it says, None for none."""
        return next((value for name, value in self.fields if name == "STATUS"), None)

    def every(self, key: str) -> list[str]:
        """What a key says, each time it is there."""
        return [value for name, value in self.fields if name == key and value]

    def part(self, name: str) -> str:
        """The text of the parts of a name."""
        return "\n\n".join(filter(None, (part.text for part in self.parts if part.name == name)))

    def add(self, line: str) -> None:
        """Take a line: of the last part, or what the entry says of itself."""
        self.size += len(line) + 1
        if self.too_long:
            return
        if self.parts:
            self.parts[-1].lines.append(line)
        elif match := _FIELD.fullmatch(line):
            self.fields.append((match[1], match[2].strip()))


def lines_of(opened: IO[bytes]) -> Iterator[str]:
    """The lines of a file, whatever ends them; bytes that are no UTF-8 are read as Western."""
    text = io.TextIOWrapper(opened, "utf-8-sig", WESTERN)
    try:
        while line := text.readline(_LONGEST_LINE):
            yield line.removesuffix("\n")
    finally:
        # whoever opened the file closes it
        text.detach()


def entries(lines: Iterator[str]) -> Iterator[Entry]:
    """The entries, one after the other.

    >>> text = "TITLE: Un|-----|BODY:|a|-----|b|-----|--------|TITLE: Deux|-----|BODY:|c"
    >>> parsed = entries(iter(text.split("|")))
    >>> [(entry.line, entry.value("TITLE"), entry.part("BODY")) for entry in parsed]
    [(1, 'Un', 'a\\n-----\\nb'), (9, 'Deux', 'c')]
    """
    entry: Entry | None = None
    waiting_marks: list[str] = []
    for number, line in enumerate(lines, 1):
        mark = line.rstrip()
        if mark in (_END_OF_PART, _END_OF_ENTRY) or (waiting_marks and not mark):
            waiting_marks.append(mark)
            continue
        match = _FIELD.fullmatch(line)
        begins = match is not None and match[1] in KEYS
        if entry is None or (_END_OF_ENTRY in waiting_marks and begins):
            if entry is not None:
                yield entry
            if not mark:
                continue
            entry = Entry(number)
            entry.add(line)
        elif waiting_marks and (part := _PART.fullmatch(mark)):
            entry.parts.append(Part(part[1], []))
        else:
            for waiting_mark in waiting_marks:
                entry.add(waiting_mark)
            entry.add(line)
        waiting_marks.clear()
    if entry is not None:
        yield entry
