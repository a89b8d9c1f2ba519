"""Which lines of a page are two that were glued when its text was extracted?

A page's text comes from blocks set side by side: what follows a date, or the number of
comments, may be on the same line, without even a space.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indexer.pages.blocks import glued_header, is_count, is_invitation
from indexer.pages.contents import DASHES
from indexer.pages.head import DATE_WITHIN, dated, reading_seconds
from indexer.text import Line
from indexer.times import with_edit

_DATE_AND_READING = re.compile(r"(.+?\d{1,2} ?[hH:] ?\d{2})[\s·•|,()–-]*(\d.*|[<mM~].*)")
_COUNT = re.compile(r"((?:\S+ ){0,2}\w+ ?\(\s?\d[\d\s.,'’]*\)) ?(\S.*)", re.DOTALL)
_LONGEST = 300


def parted(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a page; a glued line becomes two with the same number.

    >>> glued = [Line(1, "Titre"), Line(2, "Le 2 mai 2024 à 09h084 min"),
    ...          Line(3, "Commentaires (2)Abonnez-vous")]
    >>> [line.text for line in parted(glued)]
    ['Titre', 'Le 2 mai 2024 à 09h08', '4 min', 'Commentaires (2)', 'Abonnez-vous']
    """
    title = lines[0].text if lines else ""
    cut_lines = []
    for at, line in enumerate(lines):
        before = line.text.removesuffix(title) if 0 < at < len(lines) - 1 else ""
        if 0 < len(before) < len(line.text) and lines[at + 1].key in DASHES:
            # the last paragraph and the title of the table of contents
            cut_lines += [Line(line.number, before.rstrip()), Line(line.number, title)]
        else:
            cut_lines += _parts(line, 0 < at < DATE_WITHIN)
    return [line for line in cut_lines if line.text]


def _parts(line: Line, in_head: bool) -> Iterator[Line]:
    two = None
    if len(line.text) <= _LONGEST:
        two = (_of_head(line) if in_head else None) or _of_thread(line)
    for text in two or (line.text,):
        yield Line(line.number, text)


def _of_head(line: Line) -> tuple[str, str] | None:
    reading = _DATE_AND_READING.fullmatch(line.text)
    if reading and reading_seconds(Line(0, reading[2]).folded) is not None:
        two = reading[1], reading[2]
    else:
        first, edit = with_edit(line.text)
        if edit is None:
            return None
        two = first, edit
    return two if dated(Line(0, two[0])) else None


def _of_thread(line: Line) -> tuple[str, str] | None:
    count = _COUNT.fullmatch(line.text)
    if count is None or not is_count(count[1]):
        return None
    after_count = count[2]
    return (
        (count[1], after_count) if is_invitation(after_count) or glued_header(after_count) else None
    )
