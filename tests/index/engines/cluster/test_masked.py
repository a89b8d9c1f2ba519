"""What is said of columns that a role masks (`masked_fields`)?

OpenSearch's security plugin gives a digest in the place of each value that is read of a document:
a search meets the true one, and facets count digests.
"""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import Any

import pytest

from index.answering import FACETS, searching
from index.engines import IndexUnavailable
from index.engines.opensearch import Cluster
from index.record import About, Record
from index.writing.writing import write
from tests.index.engines.cluster.small_index import NOW
from tests.opensearch_front import Answer, Asked, Forward, Front, honest


def digest(value: Any) -> Any:
    return blake2b(value.encode(), digest_size=16).hexdigest() if isinstance(value, str) else value


def mask_buckets(answer: Any, *path: str) -> None:
    """Mask the values of an aggregation, or of one inside each of its values."""
    name, *inner = path
    for bucket in answer.get("aggregations", {}).get(name, {"buckets": []})["buckets"]:
        if inner:
            mask_buckets({"aggregations": bucket}, *inner)
        else:
            bucket["key"] = digest(bucket["key"])


def mask_hits(answer: Any, name: str) -> None:
    for hit in answer["hits"]["hits"]:
        fields = hit.get("fields", {})
        if name in fields:
            fields[name] = [*map(digest, fields[name])]


def mask_parents(answer: Any) -> None:
    mask_hits(answer, "parent")
    ranked = answer.get("aggregations", {}).get("ranked", {"value": {"rows": []}})["value"]
    for row in ranked["rows"]:
        row[2] = [[*map(digest, columns)] for columns in row[2]]


MASKS = {
    "kind": lambda answer: mask_buckets(answer, "kinds"),
    "month": lambda answer: mask_buckets(answer, "facet month"),
    "category": lambda answer: mask_buckets(answer, "facet category_shown"),
    "author_shown": lambda answer: mask_buckets(answer, "facet author_shown", "spellings"),
    "commenter, as written too": lambda answer: (
        mask_buckets(answer, "facet commenter_shown", "spellings"),
        mask_buckets(answer, "facet commenter_shown"),
    ),
    "parent": mask_parents,
    "id": lambda answer: mask_hits(answer, "id"),
}


@pytest.fixture
def thread(cluster: Cluster) -> Cluster:
    about = About("t", "Le fil", categories=("Droit", "IA"), authors=("Zoé",), comments=2)
    comment = Record("t#1", "comment", about, 1, text="la soie", author="Jo", start="2024-05-01")
    answer = Record("t#2", "comment", about, 2, text="la laine", author="Al", parent="t#1")
    write(cluster, [[comment, answer]], seen=2)
    return cluster


@pytest.mark.parametrize("column", MASKS)
def test_a_masked_column_is_told(thread: Cluster, front: Front, column: str) -> None:
    def masked(asked: Asked, forward: Forward) -> Answer:
        answer = forward()
        if "/_msearch" not in asked.path:
            return answer
        content = json.loads(answer.body)
        for response in content["responses"]:
            MASKS[column](response)
        return Answer(200, json.dumps(content).encode())

    def ask() -> searching.Results:
        reader = thread.reader()
        return searching.search(reader, "laine OU soie", now=NOW, facets=tuple(FACETS))

    before = ask()
    front.rule = masked
    name = column.partition("_shown")[0].partition(",")[0]
    with pytest.raises(IndexUnavailable, match=f"« {name} ».*masked_fields.*qui tient le cluster"):
        ask()
    front.rule = honest
    assert ask().facets == before.facets
