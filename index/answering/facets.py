"""How are the answers spread over rubrics, authors, commenters, states, years, months and days?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from index import french
from index.engines import FacetValue, Span, SpanCount
from index.results import Bucket

# facet name → field counted
FACETS = {
    "category": "category_shown",
    "author": "author_shown",
    "commenter": "commenter_shown",
    "state": "state",
    "month": "month",
}
NARROWED = ("category", "author", "commenter")
"""Facets whose values filters name."""


class Period(NamedTuple):
    """A piece of time and the name of its bucket: a day, "2024-12-05"."""

    value: str
    span: Span


def days(periods: Sequence[Period], counted: Sequence[SpanCount]) -> dict[str, tuple[Bucket, ...]]:
    """The facet "day", of periods that were counted; none when no period was.

    >>> days([Period("2024-12-05", Span(0, 86400))], [SpanCount(3, comments=2)])["day"][0].sections
    1
    """
    # none either when the work of counting was too much
    if not periods or not counted:
        return {}
    return {
        "day": tuple(
            _month(FacetValue(period.value, 0, *count))
            for period, count in zip(periods, counted, strict=True)
        )
    }


def shown_always(
    facets: dict[str, tuple[Bucket, ...]], chosen: Mapping[str, Iterable[str]]
) -> dict[str, tuple[Bucket, ...]]:
    """Return the facets, with the chosen values that no passage has.

    >>> shown_always({"category": (Bucket("IA", 1, 2),)}, {"category": ["ia", "Droit"]})["category"]
    (Bucket(value='IA', articles=1, passages=2, sections=0, comments=0), \
Bucket(value='Droit', articles=0, passages=0, sections=0, comments=0))
    """
    complete = dict(facets)
    for name, values in chosen.items():
        present = {french.fold(bucket.value) for bucket in facets[name]}
        lacking = {french.fold(value): value for value in values}
        complete[name] += tuple(
            Bucket(value) for key, value in lacking.items() if key not in present
        )
    return complete


def buckets(
    names: Iterable[str], counted: Mapping[str, Sequence[FacetValue]]
) -> dict[str, tuple[Bucket, ...]]:
    """The values of each facet, given what an engine counted of its field.

    Of passages known by their year alone, engines count the year among the months: months come with
    the facet "year", which counts these too.

    >>> counted = {"month": [FacetValue("2024", 0, 2), FacetValue("2024-12", 0, 5, comments=3)]}
    >>> [(name, *map(str, facet)) for name, facet in buckets(["month"], counted).items()]
    [('month', "Bucket(value='2024-12', articles=0, passages=5, sections=2, comments=3)"), \
('year', "Bucket(value='2024', articles=0, passages=7, sections=4, comments=3)")]
    """
    facets: dict[str, tuple[Bucket, ...]] = {}
    for name in names:
        values = counted.get(FACETS[name], ())
        if name == "month":
            facets["month"] = tuple([_month(value) for value in values if len(value.value) > _YEAR])
            facets["year"] = _years(values)
        else:
            facets[name] = tuple([_value(value) for value in values])
    return facets


_YEAR = len("2024")


def _years(periods: Sequence[FacetValue]) -> tuple[Bucket, ...]:
    records, comments = Counter[str](), Counter[str]()
    for period in periods:
        year = period.value[:_YEAR]
        records[year] += period.records
        comments[year] += period.comments
    return tuple(_month(FacetValue(year, 0, records[year], comments[year])) for year in records)


def _value(facet_value: FacetValue) -> Bucket:
    return Bucket(facet_value.value, articles=facet_value.groups, passages=facet_value.records)


def _month(facet_value: FacetValue) -> Bucket:
    sections = facet_value.records - facet_value.comments
    return Bucket(
        facet_value.value,
        passages=facet_value.records,
        sections=sections,
        comments=facet_value.comments,
    )
