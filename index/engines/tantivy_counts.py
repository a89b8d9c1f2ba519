"""How is what matches spread over the values of a field, in tantivy?

An answer to that is read from JSON, value by value, which takes longer than counting: what can be
worked out is not asked for. And tantivy gives 65,000 values at most, saying that it left some out.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import tantivy
from tantivy import Occur

from index.engines import Groups

_NODE = tantivy.Query
# tantivy refuses an aggregation of more values than this, all fields together.
_VALUES = 65_000
# The numbers of articles are spread evenly from 0 up to this (`index.entries.group`), and so many
# of them are asked for at a time that few parts hold more than can be given.
_NUMBERS = 2**62
_ASKED = 40_000


def tallied(
    searcher: tantivy.Searcher, asked: tantivy.Query, fields: Sequence[str]
) -> dict[str, dict[Any, int]]:
    """How many records there are of each value; of a field of too many, the most frequent."""
    if not fields:
        return {}
    each = _VALUES // len(fields)
    counted = searcher.aggregate(
        asked, {name: {"terms": {"field": name, "size": each}} for name in fields}
    )
    return {name: _buckets(counted[name]) for name in fields}


def grouped(
    searcher: tantivy.Searcher, schema: tantivy.Schema, asked: tantivy.Query
) -> Groups:
    """Over how many articles the records are spread, and which have several of them."""
    found = _grouped(searcher, asked)
    if found is not None:
        return found
    parts = 2 + int(searcher.cardinality(asked, "group")) // _ASKED
    edges = [-(2**63), *(part * _NUMBERS // parts for part in range(1, parts)), 2**63]
    return _joined(
        [_between(searcher, schema, asked, low, high) for low, high in pairwise(edges)]
    )


def _between(
    searcher: tantivy.Searcher, schema: tantivy.Schema, asked: tantivy.Query, low: int, high: int
) -> Groups:
    """Of the articles numbered from `low`, up to `high` excluded."""
    numbered = _NODE.range_query(schema, "group", tantivy.FieldType.Integer, low, high - 1)
    part = _NODE.boolean_query([(Occur.Must, asked), (Occur.Must, numbered)])
    found = _grouped(searcher, part)
    if found is not None:
        return found
    middle = (low + high) // 2
    return _joined([
        _between(searcher, schema, asked, low, middle),
        _between(searcher, schema, asked, middle, high),
    ])


def _grouped(searcher: tantivy.Searcher, asked: tantivy.Query) -> Groups | None:
    """None when they are too many to be given."""
    counted = searcher.aggregate(
        asked,
        {
            "records": {"value_count": {"field": "group"}},
            "several": {"terms": {"field": "group", "size": _VALUES, "min_doc_count": 2}},
        },
    )
    if counted["several"]["sum_other_doc_count"]:
        return None
    several = _buckets(counted["several"])
    alone = int(counted["records"]["value"]) - sum(several.values())
    return Groups(alone + len(several), several)


def _joined(parts: Sequence[Groups]) -> Groups:
    several = {group: count for part in parts for group, count in part.several.items()}
    return Groups(sum(part.count for part in parts), several)


def _buckets(counted: dict[str, Any]) -> dict[Any, int]:
    return {bucket["key"]: bucket["doc_count"] for bucket in counted["buckets"]}
