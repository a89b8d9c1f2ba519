"""How long is a cluster asked again that is busy, or has no manager, and what is said at last?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from glose import main
from index.engines import IndexUnavailable
from index.engines.opensearch import Cluster, bulk
from index.writing.writing import write
from tests.index.engines.cluster.small_index import article, passages_found
from tests.opensearch_front import Answer, Asked, Forward, Front, honest

BUSY = json.dumps({"error": {"type": "rejected_execution_exception"}, "status": 429}).encode()


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "_FIRST_WAIT", 0.01)


def refusing(times: int, status: int, path: str, body: bytes = BUSY) -> object:
    """A rule: the first requests for a path are refused."""
    remaining = [times]

    def rule(request: Asked, forward: Forward) -> Answer:
        if path in request.path and remaining[0]:
            remaining[0] -= 1
            return Answer(status, body)
        return forward()

    return rule


@pytest.mark.parametrize("status", [429, 503])
def test_what_a_busy_cluster_refuses_is_sent_again(
    cluster: Cluster, front: Front, status: int
) -> None:
    front.rule = refusing(3, status, "/_bulk")  # type: ignore[assignment]
    write(cluster, [article("b", "la mer")], seen=2)
    front.rule = lambda request, forward: forward()
    assert passages_found(cluster, "mer") == 1


def test_whatever_a_commit_asks_once_it_has_begun_is_asked_again(
    cluster: Cluster, front: Front
) -> None:
    """Given up after it has begun, it would leave words to be counted by the next."""
    front.rule = refusing(1, 500, "-1/_bulk", b"{}")  # type: ignore[assignment]
    with pytest.raises(IndexUnavailable):
        write(cluster, [article("b", "la mer")], seen=2)
    refused: set[str] = set()

    def rule(request: Asked, forward: Forward) -> Answer:
        path = request.path.partition("?")[0]
        begun = refused or b'"_meta"' in request.body
        if not begun or path in refused or "/_update" in path or request.method == "DELETE":
            return forward()
        refused.add(path)
        return Answer(429, BUSY)

    front.rule = rule
    write(cluster, [article("c", "la lune et la fibre")], seen=3)
    front.rule = honest
    ends = {path.rpartition("-1")[2] for path in refused}
    assert ends == {
        "/_mapping", "-words/_search", "-words/_bulk", "/_bulk", "-words/_refresh", "/_refresh",
        "-words/_search/point_in_time", "/_search/point_in_time", "/_msearch",
        "-words/_stats/docs", "-words/_mapping",
    }  # fmt: skip
    assert passages_found(cluster, "lune") == 1


def test_one_operation_that_is_refused_is_sent_again_alone(cluster: Cluster, front: Front) -> None:
    turns: list[int] = []

    def rule(request: Asked, forward: Forward) -> Answer:
        if "-words" in request.path or "/_bulk" not in request.path:
            return forward()
        # the second line of each pair is the document
        turns.append(request.body.count(b"\n") // 2)
        answer = forward()
        if len(turns) > 1:
            return answer
        content = json.loads(answer.body)
        content["items"][0]["index"] |= {
            "status": 429,
            "error": {"type": "circuit_breaking_exception"},
        }
        return Answer(200, json.dumps(content).encode())

    front.rule = rule
    write(cluster, [article("b", "la mer", "la lune", "le vent")], seen=2)
    assert turns == [3, 1]
    assert passages_found(cluster, "mer OU lune OU vent") == 3


def test_a_cluster_that_stays_busy_is_given_up_and_nothing_is_published(
    cluster: Cluster, front: Front
) -> None:
    before_it = cluster.reader().generation
    front.rule = refusing(10_000, 429, "/_bulk")  # type: ignore[assignment]
    with pytest.raises(IndexUnavailable, match="trop occupé"):
        write(cluster, [article("b", "la mer")], seen=2)
    front.rule = lambda request, forward: forward()
    assert cluster.reader().generation == before_it
    # and running again brings what was missing
    write(cluster, [article("b", "la mer")], seen=3)
    assert passages_found(cluster, "mer") == 1


def test_a_part_that_is_on_no_node_is_not_said_to_be_busy(cluster: Cluster, front: Front) -> None:
    error = {"type": "unavailable_shards_exception", "reason": "[x][0] primary shard is not active"}

    def rule(request: Asked, forward: Forward) -> Answer:
        if "/_bulk" not in request.path:
            return forward()
        items = [{"index": {"status": 503, "error": error}}] * (request.body.count(b"\n") // 2)
        return Answer(200, json.dumps({"items": items}).encode())

    front.rule = rule
    with pytest.raises(IndexUnavailable, match=r"aucun nœud debout.*_cluster/allocation/explain"):
        write(cluster, [article("b", "la mer")], seen=2)


def test_a_cluster_without_a_manager_is_waited_for(cluster: Cluster, front: Front) -> None:
    remaining = [2]
    block = "blocked by: [SERVICE_UNAVAILABLE/2/no cluster-manager];"
    error = {"type": "cluster_block_exception", "reason": block}

    def electing(request: Asked, forward: Forward) -> Answer:
        if "/_bulk" in request.path and remaining[0]:
            remaining[0] -= 1
            return Answer(503, json.dumps({"error": error, "status": 503}).encode())
        return forward()

    front.rule = electing
    write(cluster, [article("b", "la mer")], seen=2)
    assert remaining == [0]
    assert passages_found(cluster, "mer") == 1


@pytest.mark.parametrize(
    "words",
    ["search fibre", "status", "delete a", "rebuild", "forget --commenter Zoé", "backup depot/x",
     "restore depot/x --force", "index {}", "export", "verify"],
)  # fmt: skip
def test_a_cluster_without_a_manager_is_told_before_patience_ends(
    cluster: Cluster, front: Front, words: str, tmp_path: Path
) -> None:
    """It would wait for one as long as we wait for its answer, and its silence would be told."""
    source = tmp_path / "articles.jsonl"
    source.write_text('{"id": "x:1", "headline": "La mer"}', "utf-8")

    def leaderless(request: Asked, forward: Forward) -> Answer:
        if "cluster_manager_timeout=16000ms" in request.path:
            error = {"type": "cluster_manager_not_discovered_exception", "reason": None}
            return Answer(503, json.dumps({"error": error, "status": 503}).encode())
        return forward()

    front.rule = leaderless
    result = CliRunner().invoke(main, [*words.format(source).split(), "--index", cluster.location])
    assert result.exit_code == 1
    assert "n’a pas de chef" in result.output
