"""How do figures grow with the number of passages, drawn?

Three small pictures side by side, both scales logarithmic: indexing, size on the disk, and the
questions of a class. Plain SVG, its colours told apart in grey too by the names at their ends.
"""

from __future__ import annotations

import statistics
from math import log10
from typing import Any
from xml.sax.saxutils import escape

_WIDTH, _HEIGHT, _MARGIN, _NAMES = 250, 210, 44, 58
_COLOURS = {"glose": "#b3261e", "lucene": "#1f5f99", "tantivy": "#7a5b00", "fts5": "#5b5b5b"}
_SHOWN = ("common word", "three words", "phrase of common words", "prefix", "facets")


def growth(figures: dict[str, dict[str, Any]]) -> str:
    """The picture of all figures.

    >>> side = {"glose": {"cpu_s": 1, "disk_MB": 2, "answers": {}}}
    >>> growth({"20000": side, "1000": side}).splitlines()[1]
    '<title>Croissance de 1 000 à 20 000 passages</title>'
    """
    panels = [
        ("indexation, s de processeur", _series(figures, lambda side: side.get("cpu_s"))),
        ("taille, Mo", _series(figures, lambda side: side.get("disk_MB"))),
    ]
    for kind in _SHOWN:
        title = f"{_FRENCH[kind]}, ms"
        panels.append((title, _series(figures, lambda side, kind=kind: _median(side, kind))))
    filled_panels = [(title, series) for title, series in panels if any(series.values())]
    least, most = (f"{edge(map(int, figures)):_}".replace("_", " ") for edge in (min, max))
    columns = 3
    rows = -(-len(filled_panels) // columns)
    width, height = columns * (_WIDTH + _NAMES + _MARGIN), rows * (_HEIGHT + 2 * _MARGIN)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"'
        ' font-family="sans-serif" font-size="11">',
        f"<title>Croissance de {least} à {most} passages</title>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
    ]
    for place, (title, series) in enumerate(filled_panels):
        x = place % columns * (_WIDTH + _NAMES + _MARGIN) + _MARGIN
        y = place // columns * (_HEIGHT + 2 * _MARGIN) + _MARGIN
        parts.append(f'<g transform="translate({x} {y})">{_panel(title, series)}</g>')
    return "\n".join([*parts, "</svg>\n"])


_FRENCH = {
    "common word": "mot courant",
    "three words": "trois mots",
    "phrase of common words": "suite de mots courants",
    "prefix": "début de mot",
    "facets": "facettes",
}

Series = dict[str, list[tuple[int, float]]]


def _series(figures: dict[str, dict[str, Any]], figure: Any) -> Series:
    series: Series = {}
    for passages, sides in sorted(figures.items(), key=lambda item: int(item[0])):
        for side, values in sides.items():
            value = figure(values)
            if value:
                series.setdefault(side, []).append((int(passages), float(value)))
    return series


def _median(side: dict[str, Any], kind: str) -> float | None:
    times = side.get("answers", {}).get(kind)
    return statistics.median(times["first"]) if times else None


def _panel(title: str, series: Series) -> str:
    points = [point for line in series.values() for point in line]
    left, right = (log10(edge(x for x, _ in points)) for edge in (min, max))
    low, high = (log10(edge(y for _, y in points)) for edge in (min, max))
    low, high = int(low // 1), int(-(-high // 1)) or 1

    def place(x: float, y: float) -> tuple[float, float]:
        x_share = (log10(x) - left) / ((right - left) or 1) * _WIDTH
        return round(x_share, 1), round(
            _HEIGHT - (log10(y) - low) / ((high - low) or 1) * _HEIGHT, 1
        )

    parts = [f'<text x="0" y="-14" font-weight="bold">{escape(title)}</text>']
    for power in range(low, high + 1):
        _, y = place(10**left, 10**power)
        parts.append(
            f'<path d="M0 {y}H{_WIDTH}" stroke="#ddd"/>'
            f'<text x="-6" y="{y + 4}" text-anchor="end">{10**power:g}</text>'
        )
    for x in sorted({x for x, _ in points}):
        x_position, _ = place(x, 10**low)
        parts.append(
            f'<text x="{x_position}" y="{_HEIGHT + 16}" text-anchor="middle">{_short(x)}</text>'
        )
    ends: list[float] = []
    for side, line in sorted(series.items(), key=lambda item: item[1][-1][1]):
        places = [place(*point) for point in line]
        path = "L".join(f"{x} {y}" for x, y in places)
        colour = _COLOURS[side]
        # names that would cover one another go up
        y = min([places[-1][1] + 4, *(end - 12 for end in ends)])
        ends.append(y)
        parts.append(
            f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
            f'<text x="{places[-1][0] + 5}" y="{y}" fill="{colour}">{side}</text>'
        )
        parts += [f'<circle cx="{x}" cy="{y}" r="2.5" fill="{colour}"/>' for x, y in places]
    return "".join(parts)


def _short(passages: int) -> str:
    return f"{passages // 1000} k" if passages < 1_000_000 else f"{passages // 1_000_000} M"
