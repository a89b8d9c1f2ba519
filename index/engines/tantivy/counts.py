"""How is what matches spread over the values of a field, in tantivy?

An answer to that is read from JSON, value by value, which takes longer than counting: what can be
worked out is not asked for. And tantivy gives 65,000 values at most, saying that it left some out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any

import tantivy
from tantivy import Occur

from index.engines.in_process.facet_counts import MANY, Counts
from index.engines.requests import Span, SpanCount

_NODE = tantivy.Query
_records = itemgetter("doc_count")
# tantivy refuses an aggregation of more than 65,000 values, all fields together; kinds are few.
_VALUES = MANY
# The numbers of articles are spread evenly below this (`index.writing.engine_entries.group`).
_NUMBERS = 2**62
_ALL = 2**32 - 1


def tallied(
    searcher: tantivy.Searcher, query: tantivy.Query, fields: Sequence[str]
) -> dict[str, dict[Any, int]]:
    """How many records there are of each value; of a field of too many, the most frequent."""
    if not fields:
        return {}
    size = _VALUES // len(fields)
    aggregation = searcher.aggregate(
        query, {name: {"terms": {"field": name, "size": size}} for name in fields}
    )
    return {name: _buckets(aggregation[name]) for name in fields}


def counts(searcher: tantivy.Searcher, schema: tantivy.Schema, query: tantivy.Query) -> Counts:
    """Over how many articles the records are spread, and how many of each kind there are.

    Articles of several records are told apart by their numbers, as many at a time as tantivy
    gives: a question that 120,000 articles answer is asked twice.
    """
    answer = searcher.aggregate(query, {"kinds": {"terms": {"field": "kind"}}, **_several()})
    kinds = _buckets(answer["kinds"])
    articles, several = _articles(answer, sum(kinds.values())), answer["several"]
    while several["sum_other_doc_count"]:
        last = several["buckets"][-1]["key"]
        after = _NODE.range_query(
            schema, "group", tantivy.FieldType.Integer, last, _NUMBERS, include_lower=False
        )
        part = _NODE.boolean_query([(Occur.Must, query), (Occur.Must, after)])
        several = searcher.aggregate(part, _several())["several"]
        articles += len(several["buckets"])
    return Counts(articles, kinds)


def spread(
    searcher: tantivy.Searcher,
    schema: tantivy.Schema,
    query: tantivy.Query,
    counted: Mapping[tuple[str, str], int],
) -> dict[tuple[str, str], int]:
    """Over how many articles the records of each value of a field are spread."""
    articles: dict[tuple[str, str], int] = {}
    for batch in _together(counted):
        if len(batch) == 1:
            valued = _NODE.term_query(schema, *batch[0], "basic")
            with_value = _NODE.boolean_query([(Occur.Must, query), (Occur.Must, valued)])
            articles[batch[0]] = counts(searcher, schema, with_value).groups
        else:
            articles |= _spread(searcher, query, batch)
    return articles


def within(
    searcher: tantivy.Searcher, query: tantivy.Query, spans: Sequence[Span]
) -> list[SpanCount]:
    """Return how many records lie in each span, and how many comments among them."""
    if not spans:
        return []
    ranges = [
        {"key": str(place), "from": span.start, "to": span.end} for place, span in enumerate(spans)
    ]
    aggregation = searcher.aggregate(
        query,
        {
            "spans": {
                "range": {"field": "start", "ranges": ranges},
                "aggs": {
                    "ends": {
                        "range": {"field": "end", "ranges": ranges},
                        "aggs": {"kinds": {"terms": {"field": "kind"}}},
                    }
                },
            }
        },
    )
    buckets = [
        _place(_place(aggregation["spans"], place)["ends"], place) for place in range(len(spans))
    ]
    return [
        SpanCount(bucket["doc_count"], _buckets(bucket["kinds"]).get("comment", 0))
        for bucket in buckets
    ]


def _place(counted: Mapping[str, Any], place: int) -> Mapping[str, Any]:
    """The bucket of a range; what is outside of them all is given too, under other names."""
    buckets: list[dict[str, Any]] = counted["buckets"]
    return next(bucket for bucket in buckets if bucket["key"] == str(place))


def _together(records_by_value: Mapping[tuple[str, str], int]) -> Iterator[list[tuple[str, str]]]:
    """The values, as many at once as can be given whatever their articles."""
    batch: list[tuple[str, str]] = []
    room = _VALUES
    for value, records in records_by_value.items():
        # an article that has several has two at least
        needed = 1 + records // 2
        if batch and needed > room:
            yield batch
            batch, room = [], _VALUES
        batch.append(value)
        room -= needed
    if batch:
        yield batch


def _spread(
    searcher: tantivy.Searcher, query: tantivy.Query, batch: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], int]:
    values: dict[str, list[str]] = {}
    for name, value in batch:
        values.setdefault(name, []).append(value)
    aggregation = searcher.aggregate(
        query,
        {
            name: {
                "terms": {"field": name, "size": len(of_it), "include": of_it},
                "aggs": _several(),
            }
            for name, of_it in values.items()
        },
    )
    return dict.fromkeys(batch, 0) | {
        (name, bucket["key"]): _articles(bucket, bucket["doc_count"])
        for name, answer in aggregation.items()
        for bucket in answer["buckets"]
    }


def _several() -> dict[str, Any]:
    """What `_articles` reads: an article of one record only is a subtraction.

    In the order of their numbers, so that those left out come after the last one given; none is
    left out by a part of the index before all the parts are put together.
    """
    return {
        "several": {
            "terms": {
                "field": "group",
                "size": _VALUES,
                "shard_size": _ALL,
                "min_doc_count": 2,
                "order": {"_key": "asc"},
            }
        }
    }


def _articles(answer: Mapping[str, Any], records: int) -> int:
    """Over how many articles so many records are, given those that have several.

    Of those that are left out, none is counted.
    """
    several = answer["several"]
    articles_of_several = sum(map(_records, several["buckets"]))
    uncounted = several["sum_other_doc_count"]
    return int(records - articles_of_several - uncounted + len(several["buckets"]))


def _buckets(aggregation: Mapping[str, Any]) -> dict[Any, int]:
    return {bucket["key"]: bucket["doc_count"] for bucket in aggregation["buckets"]}
