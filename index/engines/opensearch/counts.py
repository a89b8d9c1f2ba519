"""Over how many articles, and over which values, are the answers spread?

An article is on one shard, so each shard counts its own and the sum is exact; OpenSearch's own
count of distinct values is off by one at some thousands. The commonest values of a facet are
those of all shards only if no shard left one out that could matter: the answer says so, or it is
asked again for more.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, get_args

from index import french
from index.engines.opensearch.client import Client
from index.engines.opensearch.documents import masked
from index.engines.requests import FacetValue, Span, SpanCount
from index.question.grammar import NAMED
from index.record import Kind

Aggregation = dict[str, Any]

STATES = sorted(
    choice.value for named in NAMED if named.column == "state" for choice in named.choices
)

_SHOWN_SUFFIX = "_shown"
# Values that each shard gives of a facet: as it comes, then when that settled nothing.
FIRST, LAST = 64, 20_000
_SPELLINGS = 8
_MONTHS = 20_000

_GROUPS_SEEN = {
    "init_script": "state.seen = new HashSet();",
    # of an article without a number, each record would be its own: none of ours is without
    "map_script": "if (doc['group'].size() > 0) { ((Set) state.seen).add(doc['group'].get(0)); }",
}
GROUPS: Aggregation = {
    "scripted_metric": _GROUPS_SEEN
    | {
        "combine_script": "return state.seen.size();",
        "reduce_script": "long total = 0; for (shard in states) { if (shard != null) "
        "{ total += shard; } } return total;",
    }
}


_KINDS = {*get_args(Kind)}
# of a passage known by its year alone, the year
_MONTH = re.compile(r"[0-9]{4}(-[0-9]{2})?")
KINDS: Aggregation = {"terms": {"field": "kind", "size": 100}}
_COMMENTS: Aggregation = {"filter": {"term": {"kind": "comment"}}}


def by_group(groups: Sequence[int]) -> Aggregation:
    """Return how many records of each of some groups match; exact, since they are named."""
    return {"terms": {"field": "group", "size": max(1, len(groups)), "include": [*groups]}}


def buckets(counted: Mapping[str, Any]) -> dict[Any, int]:
    """The values of an aggregation, and how many records each has."""
    return {bucket["key"]: bucket["doc_count"] for bucket in counted["buckets"]}


def kinds(answer: Mapping[str, Any]) -> dict[str, int]:
    """How many records of each kind an answer counts. Raises IndexUnavailable when it is hidden."""
    counted: dict[str, int] = buckets(answer["aggregations"]["kinds"])
    if counted.keys() - _KINDS or sum(counted.values()) != answer["hits"]["total"]["value"]:
        raise masked("kind")
    return counted


def facet(name: str, most: int, values: int) -> Aggregation:
    """Return the aggregation of a facet; each shard gives so many values."""
    if name == "month":
        terms = {"field": name, "size": _MONTHS, "order": {"_key": "asc"}}
        return {"terms": terms, "aggs": {"comments": _COMMENTS}}
    terms = {
        "field": name.removesuffix(_SHOWN_SUFFIX),
        "size": most,
        "shard_size": max(values, most),
        "order": [{"_count": "desc"}, {"_key": "asc"}],
        "show_term_doc_count_error": True,
        # articles are counted, and spellings, for the values that are given only
        "collect_mode": "breadth_first",
    }
    if name == "state":
        # what the index says of a passage beside its words, where a question can ask for it
        terms["include"] = STATES
    return {"terms": terms, "aggs": _inside(name)}


def some_values(name: str, values: Sequence[str]) -> Aggregation:
    """Return the aggregation of some values of a facet, however few records have them."""
    terms = {"field": name.removesuffix(_SHOWN_SUFFIX), "size": len(values), "include": [*values]}
    return {"terms": terms, "aggs": _inside(name)}


def every_value(name: str, containing: str) -> Aggregation:
    """Return the aggregation that lists a facet's values, the commonest first."""
    terms: Aggregation = {
        "field": name.removesuffix(_SHOWN_SUFFIX),
        "size": LAST,
        "shard_size": LAST,
        "order": [{"_count": "desc"}, {"_key": "asc"}],
    }
    if containing:
        terms["include"] = f".*{_literal(containing)}.*"
    return {"terms": terms}


def _literal(text: str) -> str:
    """A text as a regular expression of Lucene's, where letters and digits stand for themselves."""
    return "".join(sign if sign.isalnum() else f"\\{sign}" for sign in text)


def spans(spans_counted: Sequence[Span]) -> Aggregation:
    """Return the aggregation that counts the records lying in each span."""
    filters = [
        {
            "bool": {
                "filter": [
                    {"range": {name: {"gte": span.start, "lt": span.end}}}
                    for name in ("start", "end")
                ]
            }
        }
        for span in spans_counted
    ]
    return {"filters": {"filters": filters}, "aggs": {"comments": _COMMENTS}}


def within(counted: Mapping[str, Any]) -> list[SpanCount]:
    """How many records lie in each span; they are given as they were asked."""
    return [
        SpanCount(bucket["doc_count"], bucket["comments"]["doc_count"])
        for bucket in counted["buckets"]
    ]


def _inside(name: str) -> Aggregation:
    inner: Aggregation = {"groups": GROUPS}
    if name.endswith(_SHOWN_SUFFIX):
        inner["spellings"] = {"terms": {"field": name, "size": _SPELLINGS, "shard_size": 500}}
    return inner


def settled(name: str, counted: Mapping[str, Any], most: int) -> bool:
    """Return whether the values given are the commonest, and their counts exact."""
    unseen = counted["doc_count_error_upper_bound"]
    if name == "month" or not unseen:
        return True
    bucket_list = counted["buckets"]
    return (
        len(bucket_list) == most
        and not any(bucket["doc_count_error_upper_bound"] for bucket in bucket_list)
        and bucket_list[-1]["doc_count"] > unseen
    )


def facet_values(
    name: str, counted: Mapping[str, Any], named: Mapping[str, Any] | None = None
) -> list[FacetValue]:
    """The values of a facet, as they are shown; those that are named come after the commonest.

    Raises IndexUnavailable when a role masks them.
    """
    if name == "month":
        if not all(_MONTH.fullmatch(bucket["key"]) for bucket in counted["buckets"]):
            raise masked(name)
        return [
            FacetValue(bucket["key"], 0, bucket["doc_count"], bucket["comments"]["doc_count"])
            for bucket in counted["buckets"]
        ]
    keys = {bucket["key"] for bucket in counted["buckets"]}
    other_buckets = (
        [bucket for bucket in named["buckets"] if bucket["key"] not in keys] if named else []
    )
    other_buckets.sort(key=lambda bucket: (-bucket["doc_count"], bucket["key"]))
    return [
        FacetValue(_spelled(name, bucket), int(bucket["groups"]["value"]), bucket["doc_count"])
        for bucket in [*counted["buckets"], *other_buckets]
    ]


def _spelled(name: str, bucket: Mapping[str, Any]) -> str:
    """A folded value as most write it."""
    key: str = bucket["key"]
    if not name.endswith(_SHOWN_SUFFIX):
        return key
    spellings = bucket["spellings"]
    # a record that has several values gives the others too
    own = sorted(
        (-records, spelling)
        for spelling, records in buckets(spellings).items()
        if french.fold(spelling) == key
    )
    if own:
        [(_, spelling), *_] = own
        return str(spelling)
    if not spellings["sum_other_doc_count"]:
        # all that its records have is there, and nothing that reads so
        raise masked(name.removesuffix(_SHOWN_SUFFIX))
    return key


def unsettled(client: Client, name: str) -> Exception:
    """The error for when too many values are as common as one another."""
    return client.of(
        400, {"type": "too_many_values", "reason": f"{name}: more than {LAST} values a shard"}
    )
