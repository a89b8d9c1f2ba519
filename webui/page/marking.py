"""How does a text with marks become pieces a template can escape?

A template writes each piece through its own escaping, inside `<mark>` or not: a text that
holds markup, `<mark>` included, comes out as text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

from index.answering import Thread
from index.record import Record
from index.results import Occurrence, Passage, Span
from webui.locale import unbroken


class Bit(NamedTuple):
    """A piece of text, marked or not."""

    text: str
    marked: bool


def pieces(text: str, marks: Iterable[Span] = ()) -> Iterator[Bit]:
    """The text cut at its marks; joined again, the pieces are the text.

    Marks are code points, in order and apart.

    >>> [tuple(bit) for bit in pieces("le NDA, ici", [(3, 6)])]
    [('le ', False), ('NDA', True), (', ici', False)]
    """
    at = 0
    for start, end in marks:
        if start > at:
            yield Bit(text[at:start], False)
        yield Bit(text[start:end], True)
        at = end
    if at < len(text):
        yield Bit(text[at:], False)


class Hit(NamedTuple):
    """An occurrence, [start, end) of its line; `number` is its own on its page, from 1.

    0: it has none, or it began on a line before.
    """

    start: int
    end: int
    whole: bool
    number: int = 0


class Place(NamedTuple):
    """A piece of a line: what stands outside of the occurrences, or one of them (`hit`)."""

    bits: list[Bit]
    hit: Hit | None = None


class Line(NamedTuple):
    """A line of a passage, with its marks and occurrences counted from its own start."""

    text: str
    marks: Sequence[Span] = ()
    hits: Sequence[Hit] = ()

    @property
    def places(self) -> Iterator[Place]:
        """The line cut at its occurrences, each piece cut at its marks.

        >>> line = Line("un mot de passe", [(3, 6), (10, 15)], [Hit(3, 15, True, 1)])
        >>> ["".join(bit.text for bit in place.bits) for place in line.places]
        ['un ', 'mot de passe']
        """
        at = 0
        for hit in self.hits:
            if hit.start > at:
                yield Place(self._bits(at, hit.start))
            yield Place(self._bits(hit.start, hit.end), hit)
            at = hit.end
        if at < len(self.text):
            yield Place(self._bits(at, len(self.text)))

    def _bits(self, start: int, end: int) -> list[Bit]:
        return list(pieces(self.text[start:end], _within(self.marks, start, end)))


def line(text: str, marks: Sequence[Span], occurrences: Iterable[Occurrence]) -> Line:
    """A text whose occurrences are shown, and not numbered."""
    return Line(text, marks, [Hit(*occurrence) for occurrence in occurrences])


def _within(spans: Iterable[Span], start: int, end: int) -> list[Span]:
    """What of the spans is in [start, end), counted from there."""
    return [
        (max(span[0], start) - start, min(span[1], end) - start)
        for span in spans
        if span[0] < end and span[1] > start
    ]


def lines(text: str, marks: Sequence[Span], hits: Sequence[Hit] = ()) -> list[Line]:
    """The lines of a text that hold something; a mark across two lines is cut in two.

    >>> [(line.text, line.marks) for line in lines("un NDA\\n\\noui", [(3, 6)])]
    [('un NDA', [(3, 6)]), ('oui', [])]
    """
    lines, at = [], 0
    for line_text in text.split("\n"):
        end = at + len(line_text)
        if line_text.strip():
            line_hits = [
                Hit(
                    max(hit.start, at) - at,
                    min(hit.end, end) - at,
                    hit.whole,
                    hit.number if hit.start >= at else 0,
                )
                for hit in hits
                if hit.start < end and hit.end > at
            ]
            lines.append(Line(line_text, _within(marks, at, end), line_hits))
        at = end + 1
    return lines


class PassageView(NamedTuple):
    """A passage of the article page.

    `replies` is how many of the comments that follow it on the page hang from it, `closes` how
    many of those lists end after it.
    """

    passage: Passage
    heading: Line
    quotes: list[Line]
    """Each quote of `record.quotes`, whole."""
    paragraphs: list[Line]
    replies: int = 0
    closes: int = 0

    @property
    def record(self) -> Record:
        return self.passage.record


class Page(NamedTuple):
    """A thread with every occurrence numbered: those that answer whole first, then stray words.

    Each in the order of the page, the title's first. `anchors`: record id → anchor, for links
    within the page.
    """

    title: Line
    lead: PassageView | None
    sections: list[PassageView]
    comments: list[PassageView]
    whole: int
    total: int
    anchors: dict[str, str]

    @property
    def last(self) -> int:
        """The last of those that one goes through first."""
        return self.whole or self.total


def numbered(thread: Thread) -> Page:
    """Count the occurrences of an article, from 1."""
    counts = {True: 0, False: thread.whole_occurrences}

    def hits(occurrences: Iterable[Occurrence]) -> list[Hit]:
        numbered_hits = []
        for occurrence in occurrences:
            counts[occurrence.whole] += 1
            numbered_hits.append(Hit(*occurrence, counts[occurrence.whole]))
        return numbered_hits

    title = Line(unbroken(thread.about.title), thread.title_marks, hits(thread.title_occurrences))
    by_kind: dict[str, list[PassageView]] = {"lead": [], "section": [], "comment": []}
    for passage in thread.passages:
        record, [snippet] = passage.record, passage.snippets
        # the lead's heading is the article's title, counted already
        heading_occurrences = () if record.kind == "lead" else passage.heading_occurrences
        heading = Line(unbroken(record.heading), passage.heading_marks, hits(heading_occurrences))
        quotes = [
            Line(quote.text, marks, hits(together))
            for quote, marks, together in zip(
                record.quotes, passage.quote_marks, passage.quote_occurrences, strict=True
            )
        ]
        own_lines = lines(snippet.text, snippet.marks, hits(snippet.occurrences))
        by_kind[record.kind].append(PassageView(passage, heading, quotes, own_lines))
    flat = thread.show == "found" or thread.best_of is not None or thread.order != "thread"
    return Page(
        title,
        by_kind["lead"][0] if by_kind["lead"] else None,
        by_kind["section"],
        by_kind["comment"] if flat else _nested(by_kind["comment"]),
        thread.whole_occurrences,
        thread.occurrences,
        {
            passage.record.id: passage.record.anchor
            for passage in thread.passages
            if passage.record.anchor
        },
    )


# Browsers flatten what is nested hundreds deep, and nobody tells apart so many indents.
DEEPEST = 10


def _nested(comments: list[PassageView]) -> list[PassageView]:
    """The comments with the lists of replies that open and close after each."""
    depths = [min(depth, DEEPEST) for depth in _depths(comments)]
    replies, closes = [0] * len(comments), [0] * len(comments)
    above: list[int] = []
    for place, depth in enumerate(depths):
        closed = 0
        while above and depths[above[-1]] >= depth:
            above.pop()
            closed += 1
        if closed:
            # the one before has no reply, and opened no list: its own is not among those closed
            closes[place - 1] = closed - 1
        for parent in above:
            replies[parent] += 1
        above.append(place)
    if above:
        closes[-1] = len(above) - 1
    return [
        comment._replace(replies=count, closes=closing_count)
        for comment, count, closing_count in zip(comments, replies, closes, strict=True)
    ]


def _depths(comments: Iterable[PassageView]) -> Iterator[int]:
    """How many of those above each comment it answers, one through the other.

    None, when what it answers is on another part, or is not the one above nor any that it answers:
    a reply is shown under no other comment than its own.
    """
    depths: dict[str, int] = {}
    above: list[str] = []
    for comment in comments:
        depth = depths.get(comment.record.parent or "", -1) + 1
        if depth and above[depth - 1 : depth] != [comment.record.parent]:
            depth = 0
        del above[depth:]
        above.append(comment.record.id)
        depths[comment.record.id] = depth
        yield depth


NAME = "\N{OBJECT REPLACEMENT CHARACTER}"


def named(sentence: str, *names: str) -> Markup:
    """A sentence made with `NAME` where names go, with these in it, each in its own direction.

    A name written from right to left leaves what is around it in its place.

    >>> named(f"Commentaire de {NAME} :", "<Zoé>")
    Markup('Commentaire de <bdi>&lt;Zoé&gt;</bdi> :')
    """
    before, _, after = sentence.partition(NAME)
    apart = Markup(", ").join(Markup("<bdi>{}</bdi>").format(name) for name in names)
    return escape(before) + apart + escape(after)


def lead_kind(passage: Passage, title_marks: Sequence[Span]) -> str:
    """What of the head of an article answered, as a key of the catalogue: its title is no text."""
    has_marks = any(piece.marks for piece in passage.snippets)
    title = bool(passage.heading_marks or title_marks)
    if title:
        return "title_and_lead" if has_marks else "title"
    return passage.record.part
