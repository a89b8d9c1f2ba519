"""Which values does a facet have, all of them, in a cluster?

In two trips: the values with their records, which are short, then what is shown of those of one
page, whose articles and spellings are dear to count.
"""

from __future__ import annotations

from index.engines.opensearch import counts
from index.engines.opensearch.snapshot import Snapshot
from index.engines.opensearch.vocabulary import total
from index.engines.requests import FacetValue, ListAnswer, ListRequest


def listed(snapshot: Snapshot, request: ListRequest) -> ListAnswer:
    """A part of the list of a facet's values. Raises IndexUnavailable."""
    counted = total(request.tree)
    body = counted | {"aggs": {"every": counts.every_value(request.field, request.containing)}}
    [answer] = snapshot.records(body)
    every = answer["aggregations"]["every"]
    keys = [bucket["key"] for bucket in every["buckets"]]
    keys_shown = keys[request.start : request.start + request.size]
    aggregations = {
        name: counts.some_values(request.field, keys_counted)
        for name, keys_counted in (("shown", keys_shown), ("named", request.named))
        if keys_counted
    }
    values: dict[str, list[FacetValue]] = {"shown": [], "named": []}
    if aggregations:
        [answer] = snapshot.records(counted | {"aggs": aggregations})
        for name in aggregations:
            sorted_buckets = sorted(
                answer["aggregations"][name]["buckets"],
                key=lambda bucket: (-bucket["doc_count"], bucket["key"]),
            )
            values[name] = counts.facet_values(request.field, {"buckets": sorted_buckets})
    return ListAnswer(
        values["shown"], values["named"], len(keys), exact=not every["sum_other_doc_count"]
    )
