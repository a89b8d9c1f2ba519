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
        name: tuple([(_month if name == "month" else _value)(one) for one in counted[FACETS[name]]])
        for name in names
    }


def _value(one: FacetValue) -> Bucket:
    return Bucket(one.value, articles=one.groups, passages=one.records)


def _month(one: FacetValue) -> Bucket:
    sections = one.records - one.comments
    return Bucket(one.value, passages=one.records, sections=sections, comments=one.comments)
