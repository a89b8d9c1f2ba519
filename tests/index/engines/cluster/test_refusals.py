"""Does a refusal name the setting that it comes from, and who can change it?

Reasons are OpenSearch 3.9.0's own.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from index import engines
from index.engines import IndexUnavailable
from index.engines.opensearch import Cluster
from index.engines.opensearch.address import parse
from index.engines.opensearch.refusals import answered
from index.record import Record, article_of
from index.writing.writing import write
from tests.index.engines.cluster.small_index import article, passages_found
from tests.opensearch_front import Answer, Asked, Forward, Front
from tests.opensearch_node import Node, forget

LIMITS = [
    (
        503,
        "too_many_buckets_exception",
        "Trying to create too many buckets. Must be less than or equal to: [2] but was [3]. This "
        "limit can be set by changing the [search.max_buckets] cluster level setting.",
        "search.max_buckets",
    ),
    (
        400,
        "exception",
        "[prefix] queries cannot be executed when 'search.allow_expensive_queries' is set to "
        "false. For optimised prefix queries on text fields please enable [index_prefixes].",
        "search.allow_expensive_queries",
    ),
    (
        429,
        "rejected_execution_exception",
        "Trying to create too many Point In Time contexts. Must be less than or equal to: [0]. "
        "This limit can be set by changing the [search.max_open_pit_context] setting.",
        "search.max_open_pit_context",
    ),
    (
        429,
        "circuit_breaking_exception",
        "[script] Too many dynamic script compilations within, max: [1/10m]; please use indexed, "
        "or scripts with parameters instead; this limit can be changed by the "
        "[script.max_compilations_rate] setting",
        "script.max_compilations_rate",
    ),
    (
        400,
        "validation_exception",
        "Validation Failed: 1: this action would add [1] total LOCAL_ONLY shards, but this cluster "
        "currently has [22]/[1] maximum LOCAL_ONLY shards open;",
        "cluster.max_shards_per_node",
    ),
    (
        400,
        "illegal_argument_exception",
        "Limit of total fields [5] has been exceeded",
        "index.mapping.total_fields.limit",
    ),
]


@pytest.mark.parametrize(("status", "kind", "reason", "setting"), LIMITS)
def test_a_limit_is_named(status: int, kind: str, reason: str, setting: str) -> None:
    refused = answered(parse("opensearch://a/presse"), status, {"type": kind, "reason": reason})
    assert f"le réglage {setting} du cluster l’empêche. Demandez à qui tient" in str(refused)
    assert (refused.status, refused.kind) == (status, kind)


@pytest.mark.parametrize(
    "reason",
    [
        "rejected execution of org.opensearch.search.query on search[a][index.b]/x.index.c",
        "[parent] Data too large, data for [<http_request>] would be [9/9b]",
        "all shards failed",
    ],
)
def test_no_setting_is_named_where_there_is_none(reason: str) -> None:
    refused = answered(parse("opensearch://a/presse"), 429, {"type": "x", "reason": reason})
    assert "le réglage" not in str(refused)


def test_a_request_that_the_cluster_interrupts_is_told() -> None:
    """As OpenSearch 3.9.0 does after search.cancel_after_time_interval, or under pressure."""
    cause = {"type": "task_cancelled_exception", "reason": "request has been terminated"}
    error = {"type": "search_phase_execution_exception", "reason": "", "root_cause": [cause]}
    refused = answered(parse("opensearch://a/presse"), 500, error)
    assert "search.cancel_after_time_interval est trop court" in str(refused)
    assert "manque" not in str(refused)


def test_a_template_of_the_cluster_decides_nothing_for_us(node: Node) -> None:
    """As of somebody who wants every index to go through a pipeline of theirs."""
    location = node.fresh(shards=3)
    name = parse(location).name
    template = {
        "settings": {
            "index.append_only.enabled": True,
            "index.routing_partition_size": 2,
            "index.translog.durability": "async",
            "index.default_pipeline": "nowhere",
            "index.final_pipeline": "nowhere",
            "index.search.default_pipeline": "nowhere",
            "index.max_terms_count": 2,
            "index.max_docvalue_fields_search": 1,
            "index.mapping.total_fields.limit": 5,
        },
        "mappings": {
            "_source": {"enabled": False},
            "_routing": {"required": True},
            "properties": {"text": {"type": "keyword"}},
        },
    }
    body = {"index_patterns": [f"{name}*"], "priority": 100, "template": template}
    node.ask("PUT", f"/_index_template/{name}", body)
    try:
        engine = engines.open(location, create=True)
        write(engine, [article("a", "la fibre optique", "le cuivre")], seen=1)
        write(engine, [article("a", "la fibre optique", "le fer")], seen=2)
        assert passages_found(engine, "fibre OU fer") == 2
        settings = node.ask("GET", f"/{name}-*/_settings?expand_wildcards=all")
        translogs = [index["settings"]["index"]["translog"] for index in settings.values()]
        assert translogs == [{"durability": "request"}] * 3
        engine.close()
    finally:
        node.ask("DELETE", f"/_index_template/{name}")
        forget(location)


@pytest.mark.parametrize(
    ("template", "sentence"),
    [
        ({"template": {"settings": {"index.sort.field": "@timestamp"}}}, "modèle du cluster"),
        ({"template": {"settings": {"index.number_of_routing_shards": 5}}}, "modèle du cluster"),
        ({"data_stream": {}}, "modèle du cluster"),
        (
            {"template": {"settings": {"index.routing.allocation.require.box": "hot"}}},
            "n’est sur aucun nœud debout.*_cluster/allocation/explain",
        ),
    ],
)
def test_a_template_that_allows_no_index_is_told(
    node: Node, template: dict[str, Any], sentence: str
) -> None:
    """Whoever keeps the cluster changes it, and the same command goes on."""
    location = node.fresh(shards=3, timeout=5, patience=1)
    name = parse(location).name
    body = {"index_patterns": [f"{name}*"], "priority": 100} | template
    node.ask("PUT", f"/_index_template/{name}", body)
    try:
        for _ in range(2):
            with pytest.raises(IndexUnavailable, match=sentence):
                engines.open(location, create=True)
        node.ask("DELETE", f"/_index_template/{name}")
        for index in node.ask("GET", f"/{name}-*/_settings?expand_wildcards=all"):
            node.ask("PUT", f"/{index}/_settings", {"index.routing.allocation.require.box": None})
        engine = engines.open(location.replace("timeout=5", "timeout=30"), create=True)
        write(engine, [article("a", "la fibre optique")], seen=1)
        assert passages_found(engine, "fibre") == 1
        engine.close()
    finally:
        forget(location)


def test_a_field_that_a_role_masks_is_told(cluster: Cluster, front: Front) -> None:
    """As OpenSearch's security plugin does it (`masked_fields`): a digest in the text's place."""

    def masked(asked: Asked, forward: Forward) -> Answer:
        answer = forward()
        if "/_msearch" not in asked.path:
            return answer
        content = json.loads(answer.body)
        for response in content["responses"]:
            for hit in response["hits"]["hits"]:
                if "stored" in hit.get("_source", {}):
                    hit["_source"]["stored"] = "5d41402abc4b2a76b9719d911017c592"
        return Answer(200, json.dumps(content).encode())

    front.rule = masked
    with pytest.raises(IndexUnavailable, match=r"masked_fields.*qui tient le cluster un rôle"):
        passages_found(cluster, "fibre")


@pytest.mark.parametrize(
    ("stored", "sentence"),
    [
        (b"5d41402abc", "masked_fields"),
        (b"[]", "masked_fields"),
        (b"{}", "masked_fields"),
        (b'{"about": null}', "masked_fields"),
        (b'{"id": "a", "kind": "lead", "about": {"id": "a", "new": 1}}', "mettez Glose à jour"),
    ],
)
def test_what_is_no_record_is_told(stored: bytes, sentence: str) -> None:
    with pytest.raises(IndexUnavailable, match=sentence):
        Record.load(stored)


@pytest.mark.parametrize("stored", [b"5d41", b"[]", b"{}", b'{"about": null}'])
def test_what_is_of_no_article_is_told(stored: bytes) -> None:
    with pytest.raises(IndexUnavailable, match="masked_fields"):
        article_of(stored)
