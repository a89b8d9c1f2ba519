"""When was it spoken of? (counts by period, oldest first, each leading to its results)

By day when two months are asked at most, by year where there are too many months, or where most
passages are known by their year alone; by decade or century where there are too many years. One
question has two counts, of articles and of comments; two questions have one each.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from index.answering import Period
from index.engines import Span
from index.results import Bucket
from webui.addresses import Choice, Day, Links, Narrowing, SearchParams
from webui.locale import Tongue

Unit = Literal["day", "month", "year", "decade", "century"]
# Beyond this many months a bar is a year, and beyond as many years a decade; more in large.
BARS, BARS_IN_LARGE = 48, 120
# Beyond this many decades a bar is a century.
_DECADES = 120
_YEARS: dict[Unit, int] = {"year": 1, "decade": 10, "century": 100}
_DAYS = 62


@dataclass(frozen=True, slots=True)
class Bar:
    """A period: how many passages of each series, of `all` passages when known.

    value: 2024-12-05, 2024-12, 2024; 1990-1999 of several years.
    """

    value: str
    label: str
    short: str
    href: str
    counts: tuple[int, ...]
    all: int | None = None

    @property
    def total(self) -> int:
        return sum(self.counts)

    def share(self, series: int) -> float:
        """What the passages of a series are of all, from 0 to 1."""
        return self.counts[series] / self.all if self.all else 0.0


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars without holes, oldest first; none when there is nothing to compare.

    `series` names the counts of each bar. `longer_periods` leads to wider ones, when one was asked.
    `years_alone`: beside months, the years of passages of which no month is known.
    """

    unit: Unit
    bars: tuple[Bar, ...]
    series: tuple[str, ...]
    longer_periods: tuple[Choice, ...] = ()
    compared: bool = False
    years_alone: tuple[Bar, ...] = ()
    undated: tuple[int, ...] = ()
    """Of each question, the passages without a date, which no bar counts."""
    imprecise: tuple[int, ...] = ()
    """By day: of each question, the passages of which no day is known, which no bar counts."""

    @property
    def spoken(self) -> tuple[Bar, ...]:
        """The bars in which something was found."""
        return tuple(bar for bar in self.bars if bar.total)

    @property
    def highest(self) -> Bar:
        """The bar with most, the first of them."""
        if self.compared:
            return max(self.bars, key=lambda bar: max(bar.counts))
        return max(self.bars, key=lambda bar: bar.total)


def periods(params: SearchParams) -> list[Period]:
    """The days of the period that is asked, when they are few enough to be counted one by one.

    >>> month = Day.read("2024-02")
    >>> [period.value for period in periods(SearchParams(since=month, until=month))][-2:]
    ['2024-02-28', '2024-02-29']
    """
    start, end = params.bounds
    if start is None or end is None or not dt.timedelta(1) < end - start <= dt.timedelta(_DAYS):
        return []
    first = start.astimezone(params.zone).date()
    dates = [first + dt.timedelta(place) for place in range(_DAYS + 2)]
    bounds = [dt.datetime.combine(date, dt.time(), params.zone) for date in dates]
    return [
        Period(date.isoformat(), Span(int(begin.timestamp()), int(after.timestamp())))
        for date, begin, after in zip(dates, bounds, bounds[1:], strict=False)
        if begin < end
    ]


def timeline_of(
    facets: Mapping[str, Sequence[Bucket]],
    params: SearchParams,
    links: Links,
    tongue: Tongue,
    *,
    most: int = BARS,
    other: Mapping[str, Sequence[Bucket]] | None = None,
    every: Mapping[str, Sequence[Bucket]] | None = None,
    passages: Sequence[int] = (),
) -> Timeline:
    """The timeline of an answer, given its facets by month and day.

    other: the facets of another question, to compare. every: those of all the passages of the
    index. most: months beyond which a bar is a year, and years beyond which it is more. passages:
    how many there are of each question, those without a date included.

    >>> facets = {"month": [Bucket("2024-11", comments=4), Bucket("2025-01", sections=1)]}
    >>> [bar.short for bar in timeline_of(facets, SearchParams(q="nda"), Links(), Tongue()).bars]
    ['nov. 2024', 'déc. 2024', 'janv. 2025']
    """
    sets = [facets] if other is None else [facets, other]
    unit, values, years_alone = _periods(sets, params, most)
    counts = [_by_value(facet_set, unit) for facet_set in sets]
    every_count = _by_value(every or {}, unit)
    narrowing = Narrowing(params, links)

    def bar(
        value: str, buckets: Sequence[Bucket], all_passages: int | None, unit: Unit = unit
    ) -> Bar:
        long, short = _named(value, tongue, short=False), _named(value, tongue, short=True)
        address = narrowing.address(unit, value)
        return Bar(value, long, short, address, _counts(buckets), all_passages)

    bars = [
        bar(
            value,
            [by_value.get(value, Bucket(value)) for by_value in counts],
            _passages(every_count.get(value)) if every is not None else None,
        )
        for value in values
    ]
    series = (
        (tongue("timeline_articles"), tongue("timeline_comments"))
        if other is None
        else (params.q, params.compare)
    )
    few = len(bars) < 2 or not any(bar.total for bar in bars)
    return Timeline(
        unit,
        () if few else tuple(bars),
        series,
        _longer_periods(params, links, tongue),
        other is not None,
        tuple([bar(year, buckets, None, "year") for year, buckets in years_alone.items()]),
        # what two dates let through has one
        _uncounted(passages, sets, "year") if unit != "day" else tuple(0 for _ in passages),
        _uncounted(passages, sets, "day") if unit == "day" else (),
    )


def _uncounted(
    passages: Sequence[int], sets: Sequence[Mapping[str, Sequence[Bucket]]], name: str
) -> tuple[int, ...]:
    """Of each question, the passages that are in no bucket of a facet by period."""
    return tuple(
        [
            # bars may count passages that hold a part of what is asked, when none holds all
            max(0, all_passages - sum(map(_passages, facet_set[name])))
            for all_passages, facet_set in zip(passages, sets, strict=False)
            if name in facet_set
        ]
    )


_Facets = Mapping[str, Sequence[Bucket]]


def _by_value(facets: _Facets, unit: Unit) -> dict[str, Bucket]:
    years = _YEARS.get(unit, 1)
    if years == 1:
        return {bucket.value: bucket for bucket in facets.get(unit, ())}
    sections, comments = Counter[str](), Counter[str]()
    for bucket in facets.get("year", ()):
        value = _of_years(int(bucket.value), years)
        sections[value] += bucket.sections
        comments[value] += bucket.comments
    return {
        value: Bucket(value, sections=sections[value], comments=comments[value])
        for value in sections
    }


def _of_years(year: int, years: int) -> str:
    """The value of the bar that counts a year, of so many years.

    >>> _of_years(1994, 1), _of_years(1994, 10), _of_years(7, 100)
    ('1994', '1990-1999', '0001-0099')
    """
    first = year // years * years
    return f"{year:04}" if years == 1 else f"{max(1, first):04}-{first + years - 1:04}"


def _periods(
    sets: Sequence[_Facets], params: SearchParams, most: int
) -> tuple[Unit, list[str], dict[str, list[Bucket]]]:
    """The unit and the values of the bars, and the years that no bar by month counts."""
    if all(facet_set.get("day") for facet_set in sets):
        return "day", [bucket.value for bucket in sets[0]["day"]], {}
    years_alone = _years_alone(sets)
    by_year = sum(_passages(bucket) for buckets in years_alone.values() for bucket in buckets)
    by_month = sum(_passages(bucket) for facet_set in sets for bucket in facet_set.get("month", ()))
    years = _nonempty(sets, "year")
    months = [] if by_year > by_month else _nonempty(sets, "month")
    unit, values = _filled(months, years, params, most)
    if years_alone and months and len(values) < 2:
        # one month is nothing to compare, where its year may be beside others
        unit_of_years, year_values = _filled([], years, params, most)
        if len(year_values) > 1:
            unit, values = unit_of_years, year_values
    return unit, values, years_alone if unit == "month" else {}


def _nonempty(sets: Sequence[_Facets], unit: Unit) -> list[str]:
    """The periods in which some passage was found."""
    return [
        bucket.value
        for facet_set in sets
        for bucket in facet_set.get(unit, ())
        if _passages(bucket)
    ]


def _years_alone(sets: Sequence[_Facets]) -> dict[str, list[Bucket]]:
    """Year → of each question, the passages of which the year alone is known; where some are."""
    of_sets = []
    for facet_set in sets:
        sections, comments = Counter[str](), Counter[str]()
        for sign, name in ((1, "year"), (-1, "month")):
            for bucket in facet_set.get(name, ()):
                sections[bucket.value[:4]] += sign * bucket.sections
                comments[bucket.value[:4]] += sign * bucket.comments
        of_sets.append((sections, comments))
    years = sorted({year for counters in of_sets for counter in counters for year in +counter})
    return {
        year: [
            Bucket(year, sections=sections[year], comments=comments[year])
            for sections, comments in of_sets
        ]
        for year in years
    }


def _passages(bucket: Bucket | None) -> int:
    return bucket.sections + bucket.comments if bucket else 0


def _counts(buckets: Sequence[Bucket]) -> tuple[int, ...]:
    """Of one question, those of articles and of comments; of two, those of each."""
    if len(buckets) == 1:
        return buckets[0].sections, buckets[0].comments
    return tuple(_passages(bucket) for bucket in buckets)


def _filled(
    months: Sequence[str], years: Sequence[str], params: SearchParams, most: int
) -> tuple[Unit, list[str]]:
    """The months from the first to the last, or the years; those of the period that is asked.

    months, years: of which something was found; no month where a bar is to be a year. most: months
    beyond which a bar is a year, years beyond which it is more.
    """
    if not months and not years:
        return "month", []
    start, end = params.bounds
    question_months = []
    if start is not None and end is not None:
        last = (end.astimezone(params.zone) - dt.timedelta(microseconds=1)).date()
        first = start.astimezone(params.zone).date()
        question_months = [f"{day.year:04}-{day.month:02}" for day in (first, last)]
    if months:
        first_month, last_month = _ends([*months, *question_months])
        if last_month - first_month < most:
            in_order = range(first_month, last_month + 1)
            return "month", [f"{month // 12:04}-{month % 12 + 1:02}" for month in in_order]
    first_year, last_year = (month // 12 for month in _ends([*months, *years, *question_months]))
    unit: Unit = "year"
    if last_year - first_year >= most:
        unit = "decade" if last_year // 10 - first_year // 10 < _DECADES else "century"
    width = _YEARS[unit]
    begins = range(first_year // width * width, last_year + 1, width)
    return unit, [_of_years(year, width) for year in begins]


def _ends(values: Sequence[str]) -> tuple[int, int]:
    """The first and the last month of some months and years."""
    return _month(min(values)), _month(max(values))


def _month(value: str) -> int:
    """Months since the year 0, of a month or of the first of a year."""
    return int(value[:4]) * 12 + int(value[5:7] or 1) - 1


def _named(value: str, tongue: Tongue, short: bool) -> str:
    if len(value) == 4:
        return value
    if len(value) == 9:
        return value.replace("-", "–")
    if len(value) == 7:
        return tongue.month(dt.date.fromisoformat(f"{value}-01"), short)
    date = dt.date.fromisoformat(value)
    return str(date.day) if short else tongue.day(date)


def _longer_periods(params: SearchParams, links: Links, tongue: Tongue) -> tuple[Choice, ...]:
    """From a day to its month, from a month to its year, and to all the dates."""
    if not params.since and not params.until:
        return ()
    longer = []
    since, until = params.since, params.until
    if since and until and since.text == until.text and (period := _around(since)):
        day = Day.read(period)
        label = _named(period, tongue, short=False)
        longer.append(Choice(label, links.search(params.but(since=day, until=day))))
    address = links.search(params.but(since=None, until=None))
    return (*longer, Choice(tongue("timeline_every_date"), address))


def _around(day: Day) -> str:
    """The month around a day, the year around a month, however they were written; else empty.

    >>> [_around(Day.read(text)) for text in ("23/09/2003", "2003-09", "avril 2024", "2003")]
    ['2003-09', '2003', '2024', '']
    """
    days = (day.after - day.first).days
    iso_day = day.first.date().isoformat()
    if days == 1:
        return iso_day[:7]
    whole_month = day.first.day == day.after.day == 1 and 28 <= days <= 31
    return iso_day[:4] if whole_month else ""


def timeline_json(timeline: Timeline, params: SearchParams) -> dict[str, Any]:
    """The bars of a timeline, those without passages included."""
    names = ("passages", "compared") if timeline.compared else ("sections", "comments")
    return {
        "unit": timeline.unit,
        "questions": [params.q, *([params.compare] if timeline.compared else [])],
        "periods": [_bar(bar, names) for bar in timeline.bars],
        "years": [_bar(bar, names) for bar in timeline.years_alone],
        "undated": list(timeline.undated),
        "imprecise": list(timeline.imprecise),
    }


def _bar(bar: Bar, names: Sequence[str]) -> dict[str, Any]:
    counts = dict(zip(names, bar.counts, strict=True))
    return {"value": bar.value, **counts, "all": bar.all, "url": bar.href}
