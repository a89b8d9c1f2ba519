"""What is left of a question when one of its pieces is taken out?

The piece goes with the operator that joined it, the signs before it and the brackets that
held nothing else, so that what is left reads as the reader would have typed it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from index.question.marks import Bracket, FieldMark, Infix, Mark, Sign
from index.question.notices import printable


class Removal:
    """Takes pieces out of one question, given its marks in order."""

    def __init__(self, text: str, marks: Sequence[Mark]) -> None:
        self._text = text
        self._marks = marks
        self._starts = [mark.startchar for mark in marks]

    def without(self, *spans: tuple[int, int]) -> str:
        """The question without some pieces: of each, the characters [start, end)."""
        left, last = "", 0
        for start, end in sorted(map(self._around, spans)):
            # what joined two pieces may go with both
            left = _joined(left, self._text[last:start])
            last = max(last, end)
        return printable(" ".join(_joined(left, self._text[last:]).split()))

    def _around(self, span: tuple[int, int]) -> tuple[int, int]:
        """Where the characters of a piece begin and end, with what goes with it."""
        start, end = span
        marks = self._marks
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        is_marked = first < last and marks[last - 1].endchar <= end
        if is_marked:
            first, last = self._widened(first, last)
            start = min(start, marks[first].startchar)
            end = max(end, marks[last - 1].endchar)
        return start, end

    def _widened(self, first: int, last: int) -> tuple[int, int]:
        marks, joined = self._marks, True
        while True:
            before = marks[first - 1] if first else None
            after = marks[last] if last < len(marks) else None
            if isinstance(before, Sign | FieldMark):
                first -= 1
            elif joined and isinstance(before, Infix):
                first, joined = first - 1, False
            elif joined and isinstance(after, Infix):
                last, joined = last + 1, False
            elif _opens(before) and isinstance(after, Bracket) and not after.opens:
                first, last, joined = first - 1, last + 1, True
            else:
                return first, last


def _joined(left: str, right: str) -> str:
    left, right = left.rstrip(), right.lstrip()
    return left + ("" if left.endswith("(") or right.startswith(")") else " ") + right


def _opens(mark: Mark | None) -> bool:
    return isinstance(mark, Bracket) and mark.opens
