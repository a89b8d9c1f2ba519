"""What goes wrong while a cluster is asked?

A reader gets a whole answer, or one sentence that says what to do.
"""

from __future__ import annotations

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from whoosh.query import Every

from index import engines
from index.answering import searching
from index.engines import IndexUnavailable, opensearch
from index.engines.opensearch import Cluster, notes
from index.engines.opensearch.address import parse
from index.engines.opensearch.client import Client
from index.engines.opensearch.points import close
from index.engines.opensearch.reader import ClusterReader
from index.engines.opensearch.state import State
from index.keeping import rewriting
from index.writing.writing import write
from tests.index.engines.cluster.small_index import NOW, article, passages_found
from tests.opensearch_front import Answer, Asked, Forward, Front
from tests.opensearch_node import Node, forget


def test_an_answer_of_a_part_of_the_index_is_no_answer(cluster: Cluster, front: Front) -> None:
    """OpenSearch gives it with status 200 and fewer hits."""
    cluster.reader().size()

    def part(request: Asked, forward: Forward) -> Answer:
        answer = forward()
        if "/_msearch" not in request.path:
            return answer
        content = json.loads(answer.body)
        for response in content["responses"]:
            response["_shards"] |= {"failed": 1, "successful": response["_shards"]["total"] - 1}
        return Answer(200, json.dumps(content).encode())

    front.rule = part
    with pytest.raises(IndexUnavailable, match="une partie du cluster manque"):
        passages_found(cluster, "fibre")


def test_a_search_that_was_cut_by_its_time_is_no_answer(cluster: Cluster, front: Front) -> None:
    def cut_by_time(request: Asked, forward: Forward) -> Answer:
        answer = forward()
        return Answer(answer.status, answer.body.replace(b'"timed_out":false', b'"timed_out":true'))

    front.rule = cut_by_time
    with pytest.raises(IndexUnavailable):
        passages_found(cluster, "fibre")


def test_a_cluster_that_does_not_answer_in_time(cluster: Cluster, front: Front) -> None:
    location = cluster.location.replace("timeout=20", "timeout=0.2")

    def slow(request: Asked, forward: Forward) -> Answer:
        if "/_msearch" in request.path:
            time.sleep(1)
        return forward()

    second_engine = engines.open(location)
    front.rule = slow
    with pytest.raises(IndexUnavailable, match=r"n’a pas répondu en 0\.2 s"):
        passages_found(second_engine, "fibre")
    second_engine.close()


def test_who_waited_for_a_refusal_is_refused_with_it(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One after another, each would wait for a manager as long as the first did."""
    cluster = engines.open(cluster.location)  # type: ignore[assignment]
    arrivals, refusals = threading.Semaphore(0), 0
    monotonic = time.monotonic

    def arrive() -> float:
        arrivals.release()
        return monotonic()

    def refuse() -> State:
        nonlocal refusals
        refusals += 1
        for _ in range(8):
            assert arrivals.acquire(timeout=60)
        raise IndexUnavailable("pas de chef")

    def ask(_: int) -> str:
        with pytest.raises(IndexUnavailable) as refused:
            cluster.reader()
        return str(refused.value)

    monkeypatch.setattr(cluster, "state", refuse)
    with ThreadPoolExecutor(7) as threads, monkeypatch.context() as patch:
        patch.setattr(opensearch.time, "monotonic", arrive)
        # of whoever is first there are two: when it comes, and how old what it knows is
        assert [*threads.map(ask, range(7))] == ["pas de chef"] * 7
    assert refusals == 1
    monkeypatch.undo()
    assert passages_found(cluster, "fibre") == 1
    cluster.close()


def test_a_point_in_time_that_ended_is_opened_anew(cluster: Cluster, front: Front) -> None:
    reader = cluster.reader()
    assert isinstance(reader, ClusterReader)
    assert passages_found(cluster, "fibre") == 1
    close(cluster.client, reader.snapshot.points)
    front.asked.clear()
    assert searching.search(reader, "fibre", now=NOW).totals.passages == 1
    assert sum("point_in_time" in request.path for request in front.asked) == 2
    # of another commit by now, it may not answer as if it were the same
    write(cluster, [article("b", "la fibre")], seen=2)
    close(cluster.client, reader.snapshot.points)
    with pytest.raises(engines.IndexUnavailable, match="recommencez"):
        reader.search(Every(), 1)
    assert reader.search(Every(), 1).total == 3


def test_an_index_part_of_which_is_nowhere(cluster: Cluster, node: Node) -> None:
    """Its copy, no shard of which may be put on a node, takes its place.

    A primary that a node has on its disk is put there at once even where `allocation.enable` is
    `none` (OpenSearch 3.9.0: `AllocationDecider.canForceAllocatePrimary`), so an index that is
    closed and opened again is red for some tenths of a second only; one that never was on a node
    stays red until it may be there.
    """
    name = node.fresh().rpartition("/")[2].partition("?")[0]
    present = cluster.state()
    nowhere = "index.routing.allocation.enable"
    copies = {present.index: f"{name}-1", present.words: f"{name}-1-words"}
    for source, copy in copies.items():
        node.ask("PUT", f"/{source}/_settings", {"index.blocks.write": True})
        settings = {"index.blocks.write": None, "index.number_of_replicas": 0}
        if source == present.index:
            settings[nowhere] = "none"
        text = f"/{source}/_clone/{copy}?wait_for_active_shards=0"
        node.ask("PUT", text, {"settings": settings})
    node.ask("GET", f"/_cluster/health/{name}-1-words?wait_for_status=green&timeout=60s")
    # a copy has no mapping before its shards do, and nobody would know what it is
    mapping = node.ask("GET", f"/{present.index}/_mapping")[present.index]["mappings"]
    node.ask("PUT", f"/{name}-1/_mapping", mapping)
    alias = {"index": f"{name}-1", "alias": name}
    node.ask("POST", "/_aliases", {"actions": [{"add": alias}]})
    assert node.ask("GET", f"/_cluster/health/{name}-1")["status"] == "red"
    location = cluster.location.replace(cluster.client.address.name, name)
    notes.index(Client(parse(location)), create=True)
    try:
        with pytest.raises(IndexUnavailable, match="une partie du cluster manque"):
            passages_found(engines.open(location), "fibre")
        # a refresh would wait for the part, and its silence be told
        with pytest.raises(IndexUnavailable, match="une partie du cluster manque"):
            rewriting.rewrite(engines.open(location))
        node.ask("PUT", f"/{name}-1/_settings", {nowhere: None})
        node.ask("GET", f"/_cluster/health/{name}-1?wait_for_status=green&timeout=60s")
        assert passages_found(engines.open(location), "fibre") == 1
    finally:
        forget(location)
