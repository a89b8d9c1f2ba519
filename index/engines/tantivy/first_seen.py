"""Which records did the index see last, in tantivy, the newest of those that it saw at once first?

tantivy sorts by one column: those of the last date of first sight, which are only some of many when
a whole run is as old as another, are asked for once more, by their own date.
"""

from __future__ import annotations

from typing import Any

import tantivy
from tantivy import Occur

_NODE = tantivy.Query
_EVER = 2**62


def last_seen(
    searcher: tantivy.Searcher,
    schema: tantivy.Schema,
    query: tantivy.Query,
    count: int,
    *,
    counted: bool,
) -> tuple[int, list[Any]]:
    """How many records match, when that is wanted (else 0), and where the `count` best are."""
    answer = _sorted(searcher, query, count, "seen", counted=counted)
    best = [place for _, place in answer.hits]
    times = searcher.fast_field_values("seen", best)
    if best and len(best) == count:
        newer = [place for place, time in zip(best, times, strict=True) if time != times[-1]]
        ties = _within(schema, query, times[-1])
        older = _sorted(searcher, ties, count - len(newer), "end", counted=False)
        best = newer + [place for _, place in older.hits]
        times = searcher.fast_field_values("seen", best)
    ends = searcher.fast_field_values("end", best)
    # a stable sort: ties stay in the order of indexing
    order = sorted(range(len(best)), key=lambda at: (_latest(times[at]), _latest(ends[at])))
    return (answer.count if counted else 0), [best[at] for at in order]


def _sorted(
    searcher: tantivy.Searcher, query: tantivy.Query, count: int, field: str, *, counted: bool
) -> Any:
    return searcher.search(
        query, count, count=counted, order_by_field=field, order=tantivy.Order.Desc
    )


def _within(schema: tantivy.Schema, query: tantivy.Query, time: float | None) -> tantivy.Query:
    """Those of one date of first sight; None: those that have none."""
    low, high = (-_EVER, _EVER) if time is None else (int(time), int(time))
    dated = _NODE.range_query(schema, "seen", tantivy.FieldType.Integer, low, high)
    occur = Occur.MustNot if time is None else Occur.Must
    dated_query = _NODE.boolean_query([(Occur.Must, query), (occur, dated)])
    return _NODE.const_score_query(dated_query, 0.0)


def _latest(time: float | None) -> float:
    return float("inf") if time is None else -time
