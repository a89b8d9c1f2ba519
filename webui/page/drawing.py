"""Where does each bar, line and word of a timeline stand in its picture?

Plain numbers, in units of the picture's own; the template only writes them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from webui.facets import Bar, Timeline
from webui.locale import Tongue

# Of a letter of the scale: its width, about, and its height.
_LETTER, _LINE = 6.5, 11
_LEFT_PADDING, _TOP = 6, 16
# Where a scale may end, in powers of ten.
_ROUND = (1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10)


@dataclass(frozen=True, slots=True)
class Piece:
    """A rectangle of a bar, of one series (from 0)."""

    series: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a scale, and where it stands."""

    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Column:
    """A bar with its pieces, and its number written above when there is room."""

    bar: Bar
    x: float
    width: float
    pieces: tuple[Piece, ...]
    figure: Word | None = None


@dataclass(frozen=True)
class Drawing:
    """The picture of a timeline, `width` by `height`; with `share`, heights are shares of all.

    >>> from webui.facets import Timeline
    >>> bars = tuple(Bar(f"202{n}", f"202{n}", f"202{n}", "/", (n, 0)) for n in range(3))
    >>> drawing = Drawing(Timeline("year", bars, ("a", "b")), Tongue(), 272, 150)
    >>> [word.text for word in drawing.scale]
    ['0', '1', '2']
    >>> [column.figure.text for column in drawing.columns if column.figure]
    ['1', '2']
    """

    timeline: Timeline
    tongue: Tongue
    width: int
    height: int
    share: bool = False

    def title(self, bar: Bar) -> str:
        """What a bar stands for, for who points at it."""
        first, second = self._counted(bar, 0), self._counted(bar, 1)
        if self.timeline.compared:
            return self.tongue("timeline_bar_compared", month=bar.label, first=first, second=second)
        if self.share:
            return f"{bar.label} – {first}, {second}"
        sections, comments = bar.counts
        return self.tongue("timeline_bar", month=bar.label, sections=sections, comments=comments)

    def _counted(self, bar: Bar, series: int) -> str:
        value = bar.share(series) if self.share else float(bar.counts[series])
        return f"{self._figure(value)} {self.timeline.series[series]}"

    @property
    def columns(self) -> list[Column]:
        return list(self._columns())

    @property
    def scale(self) -> list[Word]:
        """The figures beside the horizontal lines."""
        return [Word(self._figure(value), self.left - 4, self._y(value)) for value in self._ticks]

    @property
    def words(self) -> list[Word]:
        """What is under the bars: as many of their names as have room."""
        bars = self.timeline.bars
        longest = max(len(bar.short) for bar in bars) * _LETTER + 12
        step = max(1, math.ceil(longest / self._slot))
        placed = ((bar, self.left + (place + 0.5) * self._slot) for place, bar in enumerate(bars))
        return [
            Word(bar.short, self._inside(x, longest), self.height - 3)
            for place, (bar, x) in enumerate(placed)
            if place % step == 0 and (place + step // 2 < len(bars) or not place)
        ]

    def _inside(self, middle: float, wide: float) -> float:
        """Where the middle of a word stands, that would else pass an end of the picture."""
        return round(min(max(middle, wide / 2), self.width - wide / 2), 1)

    @cached_property
    def left(self) -> float:
        """Where the bars begin: the figures of the scale stand before."""
        figures = [self._figure(value) for value in self._ticks]
        # a per cent sign is as wide as two digits
        letters = max(len(figure) + figure.count("%") for figure in figures)
        return letters * _LETTER + _LEFT_PADDING

    @property
    def floor(self) -> float:
        return self.height - _LINE - 6

    def _columns(self) -> Iterator[Column]:
        slot = self._slot
        thick = max(1.0, slot * 0.8)
        for place, bar in enumerate(self.timeline.bars):
            x = self.left + place * slot
            pieces = tuple(self._pieces(bar, x + (slot - thick) / 2, thick))
            top = min((piece.y for piece in pieces), default=self.floor)
            figure = None
            if bar in self._numbered:
                text = self._figure(self._value(bar))
                middle = self._inside(x + slot / 2, len(text) * _LETTER)
                figure = Word(text, middle, round(top - 3, 1))
            yield Column(bar, round(x, 2), round(slot, 2), pieces, figure)

    @cached_property
    def _numbered(self) -> list[Bar]:
        """The bars that have their number above: all of them if there is room, else the highest."""
        if self.timeline.compared:
            return []
        spoken = self.timeline.spoken
        widest = max(len(self._figure(self._value(bar))) for bar in spoken)
        return (
            list(spoken) if widest * _LETTER + 4 <= self._slot else [max(spoken, key=self._value)]
        )

    def _pieces(self, bar: Bar, x: float, thick: float) -> Iterator[Piece]:
        """Side by side when two questions are compared, else one upon the other."""
        below = 0.0
        thickness = thick / len(bar.counts) if self.timeline.compared else thick
        for series, count in enumerate(bar.counts):
            if not count:
                continue
            value = bar.share(series) if self.share else float(count)
            bottom = self._y(below)
            # one passage among thousands still shows
            height = max(1.5, bottom - self._y(below + value))
            bar_left = x + series * thickness if self.timeline.compared else x
            yield Piece(
                series,
                round(bar_left, 2),
                round(bottom - height, 2),
                round(thickness, 2),
                round(height, 2),
            )
            if not self.timeline.compared:
                below += value

    @cached_property
    def _slot(self) -> float:
        return (self.width - self.left) / len(self.timeline.bars)

    def _value(self, bar: Bar) -> float:
        values = [bar.share(n) if self.share else float(bar.counts[n]) for n in range(2)]
        return max(values) if self.timeline.compared else sum(values)

    def _y(self, value: float) -> float:
        return round(self.floor - (self.floor - _TOP) * value / self._ticks[-1], 2)

    @cached_property
    def _ticks(self) -> tuple[float, ...]:
        """Nothing, a half and the whole of a round number that no bar passes."""
        most = max(map(self._value, self.timeline.bars)) or 1.0
        power = 10.0 ** math.floor(math.log10(most))
        tops = (power * step for step in _ROUND if power * step >= most - 1e-12)
        # there is no half of one passage
        top = next(top for top in tops if self.share or top == 1 or (top / 2).is_integer())
        return (0.0, top) if not self.share and top == 1 else (0.0, top / 2, top)

    def _figure(self, value: float) -> str:
        return self.tongue.percent(value) if self.share else self.tongue.number(round(value))
