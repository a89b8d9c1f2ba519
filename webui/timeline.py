"""When did articles and readers speak of it? (the bars of the page of results)

A bar a month, or a year where there are too many months; each leads to its own results.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.results import Bucket
from webui.links import Links
from webui.narrowing import Narrowing
from webui.parameters import Asked
from webui.text import Tongue

# Beyond this many months a bar is a year.
_MONTHS = 48


@dataclass(frozen=True, slots=True)
class Bar:
    """A month (or year) of the timeline; heights are shares of the highest, 0 to 100.

    `place` is its rank among all, those where nothing was said included.
    """

    place: int
    label: str
    short: str
    href: str
    sections: int
    comments: int
    sections_height: int
    comments_height: int


def timeline(buckets: Sequence[Bucket], asked: Asked, links: Links, tongue: Tongue) -> list[Bar]:
    """Bars without holes, oldest first; none when there is nothing to compare.

    >>> months = [Bucket("2024-11", comments=4), Bucket("2025-01", sections=1)]
    >>> [bar.short for bar in timeline(months, Asked(q="nda"), Links(), Tongue())]
    ['nov. 2024', 'déc. 2024', 'janv. 2025']
    """
    if len(buckets) < 2:
        return []
    filled = _filled({bucket.value: bucket for bucket in buckets})
    narrowing = Narrowing(asked, links)
    highest = max(max(one.sections, one.comments) for one in filled) or 1
    return [
        Bar(
            place=place,
            label=_named(one.value, tongue, short=False),
            short=_named(one.value, tongue, short=True),
            href=narrowing.address("month", one.value),
            sections=one.sections,
            comments=one.comments,
            sections_height=_height(one.sections, highest),
            comments_height=_height(one.comments, highest),
        )
        for place, one in enumerate(filled)
    ]


def _named(value: str, tongue: Tongue, short: bool) -> str:
    if len(value) == 4:
        return value
    return tongue.month(dt.date.fromisoformat(f"{value}-01"), short)


def _height(count: int, highest: int) -> int:
    # one match among thousands still shows
    return max(4, round(100 * count / highest)) if count else 0


def _filled(buckets: Mapping[str, Bucket]) -> list[Bucket]:
    first, last = min(buckets), max(buckets)
    months = (int(last[:4]) - int(first[:4])) * 12 + int(last[5:7]) - int(first[5:7]) + 1
    if months <= _MONTHS:
        start = int(first[:4]) * 12 + int(first[5:7]) - 1
        names = [f"{n // 12:04}-{n % 12 + 1:02}" for n in range(start, start + months)]
        return [buckets.get(name, Bucket(name)) for name in names]
    years = {f"{n:04}": [0, 0] for n in range(int(first[:4]), int(last[:4]) + 1)}
    for name, bucket in buckets.items():
        years[name[:4]][0] += bucket.sections
        years[name[:4]][1] += bucket.comments
    return [
        Bucket(year, sections=sections, comments=comments)
        for year, (sections, comments) in years.items()
    ]
