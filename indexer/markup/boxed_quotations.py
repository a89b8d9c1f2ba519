"""Which lines of a comment stand in a box that begins by saying whose words it holds?

Forums of old quote in tables, in `fieldset` and in `div`, under « Citation : » or « Envoyé par
Zoé », and mail under « Zoé a écrit : » with a `>` before each line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from indexer.article import Quote
from indexer.markup.attributions import names_somebody, quoted_by

BOXES = frozenset(("details", "div", "dl", "fieldset", "section", "table"))
_NAMED = re.compile(
    r"(?i)(?:^|[\s_-])(?:bb)?quote(?![-_]?(?:link|button|btn|action|tool|form|repl|menu|count))"
)
_BODY = re.compile(
    r"(?i)(?:^|[\s_-])(?:text|texte|content|contenu|body|corps|message|comment|commentaire)(?:$|[\s_-])"
)
"""What the box of all the commenter's words is named."""
_PLAIN = frozenset(("details", "div", "section"))
_LABEL = re.compile(r"(?i)(?:citation|quote)\W{0,3}")
_MAILED = re.compile(r"^(?:>\s?)+")


class _Box(NamedTuple):
    """Lines from `start` to before `end`; `is_quote` when its class calls it a quotation.

    is_body: it may hold the commenter's own words. is_plain: any text may stand in such an
    element.
    """

    start: int
    end: int
    is_quote: bool = False
    is_body: bool = False
    is_plain: bool = False


class Boxes:
    """The boxes of one comment; `line` is the number of lines read when one begins or ends."""

    def __init__(self) -> None:
        self._open: list[tuple[str, _Box]] = []
        self._opened: Counter[str] = Counter()
        self._closed: list[_Box] = []

    def begin(self, name: str, classes: str, line: int) -> None:
        """Begin a box: an element of this name, with these classes."""
        is_quote = _NAMED.search(classes) is not None
        is_body = not is_quote and _BODY.search(classes) is not None
        self._open.append((name, _Box(line, line, is_quote, is_body, name in _PLAIN)))
        self._opened[name] += 1

    def end(self, name: str, line: int) -> None:
        """End the last open box of this name, if there is one, and drop those open in it."""
        while self._opened[name]:
            inner, box = self._open.pop()
            self._opened[inner] -= 1
            if inner == name:
                if box.start < line and not box.is_body:
                    self._closed.append(box._replace(end=line))
                return

    def parted(self, lines: Sequence[str]) -> tuple[list[str], list[Quote]]:
        """Return the lines without the quotations, and these; all lines where none would be left.

        >>> boxes = Boxes()
        >>> boxes.begin("table", "", 0)
        >>> boxes.end("table", 2)
        >>> boxes.parted(["Envoyé par Zoé", "Un NDA ?", "Oui."])
        (['Oui.'], [Quote(text='Un NDA ?', author='Zoé', ref=None)])
        """
        quotations: list[_Quotation] = []
        boxes = (
            box for box in (*_mailed(lines), *self._closed) if box.end - box.start < len(lines)
        )
        # of those that begin with one line the innermost: another may hold the answer as well
        for box in sorted(boxes, key=lambda box: (box.end, -box.start)):
            quotation = _quotation(lines, box)
            if quotation is None or (quotations and quotations[-1].holds(box.start)):
                continue
            while quotations and quotations[-1].first >= quotation.first:
                quotations.pop()
            quotations.append(quotation)
        answer: list[str] = []
        at = 0
        for quotation in quotations:
            answer += lines[at : quotation.first]
            at = quotation.end
        answer += lines[at:]
        if not answer or not quotations:
            return list(lines), []
        return answer, [quotation.quote(lines) for quotation in quotations]


class _Quotation(NamedTuple):
    """The lines that say whose the words are, from `first`; the words, from `start` to `end`."""

    first: int
    start: int
    end: int
    author: str | None

    def holds(self, line: int) -> bool:
        """Whether a line, by its number, is one of these."""
        return self.first <= line < self.end

    def quote(self, lines: Sequence[str]) -> Quote:
        """The words and their author, without the marks of mail."""
        text = "\n".join(_MAILED.sub("", line) for line in lines[self.start : self.end])
        return Quote(text, self.author)


def _quotation(lines: Sequence[str], box: _Box) -> _Quotation | None:
    """Return what a box quotes; None where nothing says that it does.

    The label and the name may be its first lines, or those just above it.
    """
    first = start = box.start
    author = None
    if is_labelled := _LABEL.fullmatch(lines[start]) is not None:
        start += 1
    if start < box.end and (author := quoted_by(lines[start])) is not None:
        start += 1
    is_named = author is not None and (not box.is_plain or names_somebody(lines[start - 1]))
    if start == box.end or not (is_labelled or box.is_quote or is_named):
        return None
    if author is None and first and (author := quoted_by(lines[first - 1])) is not None:
        first -= 1
    if first and _LABEL.fullmatch(lines[first - 1]):
        first -= 1
    return _Quotation(first, start, box.end, author)


def _mailed(lines: Sequence[str]) -> Iterator[_Box]:
    """Yield the runs of lines that begin with `>` under a line which says whose they are."""
    start: int | None = None
    for at, line in enumerate([*lines, ""]):
        if at and _MAILED.match(line):
            if start is None and quoted_by(lines[at - 1]) is not None:
                start = at - 1
        elif start is not None:
            yield _Box(start, at, is_quote=True)
            start = None
