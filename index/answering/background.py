"""How many passages does an index hold of each month or day, whatever they say?"""

from __future__ import annotations

from collections.abc import Sequence

from index.answering.facets import FACETS, Period, buckets, days
from index.answering.filters import Filters
from index.answering.retrying import retry_lost_state
from index.engines import PageRequest, Reader
from index.question.clauses import VISIBLE, all_of
from index.results import Bucket


@retry_lost_state
def passages_by_period(
    reader: Reader, filters: Filters = Filters(), periods: Sequence[Period] = ()
) -> dict[str, tuple[Bucket, ...]]:
    """The facets "month", "year" and "day" of every passage that some filters let through.

    One trip to the engine. Raises IndexUnavailable.

    >>> from index import engines
    >>> passages_by_period(engines.open(":memory:").reader())
    {'month': (), 'year': ()}
    """
    page = reader.page(
        PageRequest(
            all_of([VISIBLE, *filters.nodes()]),
            size=1,
            shown=1,
            counted=False,
            parents=False,
            facets=[FACETS["month"]],
            spans=[period.span for period in periods],
        )
    )
    return buckets(["month"], page.facets) | days(periods, page.spans)
