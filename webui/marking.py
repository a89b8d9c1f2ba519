"""How does a text with marks become pieces a template can escape?

A template writes each piece through its own escaping, inside `<mark>` or not: a text that
holds markup, `<mark>` included, comes out as text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from index.answering import Thread
from index.record import Record
from index.results import Passage, Span


class Bit(NamedTuple):
    """A piece of text; `number` is the occurrence's on its page, from 1 (0: not counted)."""

    text: str
    marked: bool
    number: int = 0


def pieces(text: str, marks: Iterable[Span] = (), first: int = 0) -> Iterator[Bit]:
    """The text cut at its marks; joined again, the pieces are the text.

    Marks are code points, in order and apart. `first` numbers the marks from there.

    >>> [tuple(bit) for bit in pieces("le NDA, ici", [(3, 6)], first=7)]
    [('le ', False, 0), ('NDA', True, 7), (', ici', False, 0)]
    """
    at = 0
    for rank, (start, end) in enumerate(marks):
        if start > at:
            yield Bit(text[at:start], False)
        yield Bit(text[start:end], True, first + rank if first else 0)
        at = end
    if at < len(text):
        yield Bit(text[at:], False)


class Paragraph(NamedTuple):
    """A line of a passage, with its marks counted from its own start."""

    text: str
    marks: tuple[Span, ...]
    first: int


def paragraphs(text: str, marks: Iterable[Span], first: int) -> list[Paragraph]:
    """The lines of a text that hold something; a mark across two lines is cut in two.

    >>> paragraphs("un NDA\\n\\noui", [(3, 6)], 1)
    [Paragraph(text='un NDA', marks=((3, 6),), first=1), Paragraph(text='oui', marks=(), first=2)]
    """
    found, at, number = [], 0, first
    spans = list(marks)
    for line in text.split("\n"):
        end = at + len(line)
        own = tuple(
            (max(one[0], at) - at, min(one[1], end) - at)
            for one in spans
            if one[0] < end and one[1] > at
        )
        if line.strip():
            found.append(Paragraph(line, own, number))
            number += len(own)
        at = end + 1
    return found


class Shown(NamedTuple):
    """A passage of the article page; its occurrences are `first` to `last` (none: last < first)."""

    passage: Passage
    quotes: list[Paragraph]
    """Each quote of `record.quotes`, whole."""
    paragraphs: list[Paragraph]
    first: int
    last: int

    @property
    def record(self) -> Record:
        return self.passage.record


class Page(NamedTuple):
    """A thread with every occurrence numbered in the order of the page, the title's first.

    `anchors`: record id → anchor, for links within the page.
    """

    lead: Shown | None
    sections: list[Shown]
    comments: list[Shown]
    total: int
    anchors: dict[str, str]


def numbered(thread: Thread) -> Page:
    """Count the marks of an article, from 1, in page order."""
    count = len(thread.title_marks)
    shown: dict[str, list[Shown]] = {"lead": [], "section": [], "comment": []}
    for passage in thread.passages:
        first = count + 1
        # the lead's heading is the article's title, counted already
        heading = () if passage.record.kind == "lead" else passage.heading_marks
        count += len(heading)
        quotes = []
        for quote, marks in zip(passage.record.quotes, passage.quote_marks, strict=True):
            quotes.append(Paragraph(quote.text, marks, count + 1))
            count += len(marks)
        lines = paragraphs(passage.snippets[0].text, passage.snippets[0].marks, count + 1)
        count += sum(len(line.marks) for line in lines)
        shown[passage.record.kind].append(Shown(passage, quotes, lines, first, count))
    lead = shown["lead"][0] if shown["lead"] else None
    anchors = {one.record.id: one.record.anchor for one in thread.passages if one.record.anchor}
    return Page(lead, shown["section"], shown["comment"], count, anchors)
