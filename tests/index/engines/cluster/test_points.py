"""Does a process leave a point in time open, of the three hundred that a node keeps for all?"""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from index import engines
from index.engines import IndexUnavailable
from index.engines.opensearch import Cluster
from tests.index.engines.cluster.small_index import passages_found
from tests.opensearch_front import Answer, Asked, Forward, Front

OPENING = "/_search/point_in_time"


def left_open(front: Front) -> int:
    """How many were opened, and not closed, since the front was last asked to forget."""
    opened = sum(OPENING in asked.path and asked.method == "POST" for asked in front.asked)
    closed = [
        id
        for asked in front.asked
        if OPENING in asked.path and asked.method == "DELETE"
        for id in json.loads(asked.body)["pit_id"]
    ]
    assert len(closed) == len({*closed})
    return opened - len(closed)


@pytest.mark.parametrize(
    "words",
    [
        ("search", "fibre"),
        ("verify",),
        ("export",),
        ("delete", "a#comment-1"),
        ("rebuild",),
        ("forget", "--commenter", "Zoé"),
    ],
    ids=" ".join,
)
def test_a_command_leaves_none(cluster: Cluster, front: Front, words: tuple[str, ...]) -> None:
    cluster.release()
    front.asked.clear()
    command = [sys.executable, "-m", "glose", *words, "--index", cluster.location]
    subprocess.run(command, check=True, capture_output=True)
    assert any(OPENING in asked.path for asked in front.asked)
    assert left_open(front) == 0


def test_a_process_leaves_those_that_others_read(cluster: Cluster, front: Front) -> None:
    """Who turns the pages of a state finds it by a note, whatever became of who opened it."""
    cluster.release()
    front.asked.clear()
    program = (
        "import sys; from index import engines; engine = engines.open(sys.argv[1]); "
        "engine.share(engine.reader(), 'one')"
    )
    subprocess.run([sys.executable, "-c", program, cluster.location], check=True)
    assert left_open(front) == 2
    reader = cluster.shared(cluster.state().generation, "one")
    assert reader is not None
    assert reader.size() == 2


def test_one_whose_name_came_too_late_lasts_no_longer_than_two_requests(
    cluster: Cluster, front: Front
) -> None:
    """A server opens two for each question until they answer: ten minutes of that are 300."""
    cluster.release()
    front.asked.clear()
    assert passages_found(cluster, "fibre") == 1
    opened = [asked.path for asked in front.asked if OPENING in asked.path]
    assert len(opened) == 2
    # the address gives a request 20 s
    assert all("keep_alive=41s" in path for path in opened)
    searches = b"".join(asked.body for asked in front.asked if "_msearch" in asked.path)
    assert searches.count(b'"pit"') == searches.count(b'"keep_alive":"10m"') > 0


@pytest.mark.parametrize("failing", ["/_msearch", "/_stats", "-1/_search/point_in_time"])
def test_a_state_that_cannot_be_read_leaves_none(
    cluster: Cluster, front: Front, failing: str
) -> None:
    """However often it is tried, as a server does for each question."""
    cluster.release()
    front.asked.clear()

    def rule(request: Asked, forward: Forward) -> Answer:
        if failing in request.path:
            return Answer(500, b'{"error": {"type": "cut"}}')
        return forward()

    front.rule = rule
    engine = engines.open(cluster.location)
    for _ in range(3):
        with pytest.raises(IndexUnavailable):
            passages_found(engine, "fibre")
    front.asked = [
        asked for asked in front.asked if failing not in asked.path or asked.method != "POST"
    ]
    assert left_open(front) == 0
    engine.close()
