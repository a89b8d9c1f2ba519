"""How are the answers spread over rubrics, authors, commenters, states and months?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from index.engines import FacetValue
from index.results import Bucket

# facet name → field counted
FACETS = {
    "category": "category_shown",
    "author": "author_shown",
    "commenter": "commenter_shown",
    "state": "state",
    "month": "month",
}


def buckets(
    names: Iterable[str], counted: Mapping[str, Sequence[FacetValue]]
) -> dict[str, tuple[Bucket, ...]]:
    """The values of each facet, given what an engine counted of its field.

    >>> buckets(["month"], {"month": [FacetValue("2024-12", 0, 5, comments=3)]})["month"]
    (Bucket(value='2024-12', articles=0, passages=5, sections=2, comments=3),)
    """
    return {
        name: tuple(
            [
                (_month if name == "month" else _value)(facet_value)
                for facet_value in counted.get(FACETS[name], ())
            ]
        )
        for name in names
    }


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
