"""What becomes of a copy that takes longer than whatever stands before the cluster waits?

The cluster goes on, and so do we: nginx gives up after a minute, and a copy takes hours.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index import engines
from index.engines import IndexUnavailable
from index.engines.opensearch import Cluster
from index.keeping import backups, forgetting
from index.writing.writing import write
from tests.index.engines.cluster.small_index import article, passages_found
from tests.opensearch_front import Answer, Asked, Forward, Front, honest
from tests.opensearch_node import Node

GATEWAY = Answer(504, b"<h1>504 Gateway Time-out</h1>", "text/html")


@pytest.fixture
def repository(node: Node) -> Iterator[str]:
    name = f"depot-{time.time_ns()}"
    node.ask("PUT", f"/_snapshot/{name}", {"type": "fs", "settings": {"location": name}})
    yield name
    for copy in node.ask("GET", f"/_snapshot/{name}/_all")["snapshots"]:
        node.ask("DELETE", f"/_snapshot/{name}/{copy['snapshot']}")
    node.ask("DELETE", f"/_snapshot/{name}")


def given_up(method: str, end: str, answer: Callable[[], Answer]) -> Callable[..., Answer]:
    """A rule: what a request of the copies began goes on, and its answer is another."""

    def rule(request: Asked, forward: Forward) -> Answer:
        path = request.path.partition("?")[0]
        if request.method == method and "/_snapshot/" in path and path.endswith(end):
            forward()
            return answer()
        return forward()

    return rule


def cut() -> Answer:
    raise ConnectionError


@pytest.mark.parametrize("answer", [lambda: GATEWAY, cut], ids=["504", "cut"])
def test_a_copy_whose_answer_is_lost_is_waited_for(
    cluster: Cluster, front: Front, repository: str, answer: Callable[[], Answer]
) -> None:
    front.rule = given_up("PUT", "/copie", answer)
    assert backups.backup(cluster, Path(repository) / "copie") > 0
    # and another's is not taken for ours
    front.rule = honest
    with pytest.raises(IndexUnavailable, match=r"déjà une copie de ce nom, entière"):
        backups.backup(cluster, Path(repository) / "copie")


def test_no_copy_is_waited_for_that_did_not_begin(
    cluster: Cluster, front: Front, repository: str
) -> None:
    front.rule = lambda request, forward: (
        GATEWAY if request.method == "PUT" and "/_snapshot/" in request.path else forward()
    )
    with pytest.raises(IndexUnavailable, match="504"):
        backups.backup(cluster, Path(repository) / "copie")
    front.rule = lambda request, forward: (
        GATEWAY if request.path.partition("?")[0].endswith("/_restore") else forward()
    )
    copy = Path(repository) / "autre"
    backups.backup(cluster, copy)
    with pytest.raises(IndexUnavailable, match="504"):
        backups.restore(copy, cluster.location, force=True)
    assert passages_found(engines.open(cluster.location), "fibre") == 1


@pytest.mark.parametrize("answer", [lambda: GATEWAY, cut], ids=["504", "cut"])
def test_what_comes_back_though_its_answer_is_lost_is_waited_for(
    cluster: Cluster, front: Front, repository: str, answer: Callable[[], Answer]
) -> None:
    copy = Path(repository) / "copie"
    forgetting.forget(cluster, "Bob", at="2025-06-01")
    backups.backup(cluster, copy)
    write(cluster, [article("b", "la fibre")], seen=2)
    front.rule = given_up("POST", "/_restore", answer)
    assert backups.restore(copy, cluster.location, force=True) == 2
    assert passages_found(engines.open(cluster.location), "fibre") == 1
