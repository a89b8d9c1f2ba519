"""Are the pages of an answer those of one state of a cluster, whichever process gives each?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from index import engines
from index.engines import Engine
from index.engines.opensearch import Cluster
from index.engines.opensearch.points import close
from index.engines.opensearch.reader import ClusterReader
from index.keeping import rewriting
from index.writing import writing
from tests.opensearch_node import Node, forget
from tests.webui.serving.test_turning import (
    STAY,
    article,
    change,
    filled,
    pages,
    turned_by_two_processes,
)
from webui import create_app
from webui.serving import States, state_name

FIRST = "/search.json?q=zibeline&size=5&sort=newest"


@pytest.fixture
def location(node: Node) -> Iterator[str]:
    location = node.fresh(shards=3)
    filled(location)
    yield location
    forget(location)


@pytest.fixture
def open_cluster() -> Iterator[Callable[[str], Cluster]]:
    """An engine of its own each time, as each process has."""
    clusters: list[Cluster] = []

    def open(location: str) -> Cluster:
        engine = engines.open(location)
        assert isinstance(engine, Cluster)
        clusters.append(engine)
        return engine

    yield open
    for engine in clusters:
        engine.close()


def client(engine: Engine) -> FlaskClient:
    return create_app(engine).test_client()


def ids(*answers: dict[str, Any]) -> list[str]:
    return [result["id"] for page in answers for result in page["results"]]


def test_a_process_turns_the_pages_of_what_another_gave(
    location: str, open_cluster: Callable[[str], Cluster]
) -> None:
    first_client, second_client = client(open_cluster(location)), client(open_cluster(location))
    first = first_client.get(FIRST).get_json()
    change(open_cluster(location), 0)
    # it has seen the new state, and given pages of it
    assert ids(second_client.get(FIRST).get_json())[0] == "demo:enters-0"
    next_pages = [*pages(second_client, first["page"]["next"])]
    assert {page["page"]["restart"] for page in next_pages} == {None}
    result_ids = ids(first, *next_pages)
    assert len(result_ids) == len({*result_ids})
    # what has left since leaves its place empty, and nothing that came since is there
    assert {*result_ids} == STAY | {f"demo:leaves-{n}" for n in range(1, 30)}


def test_a_process_that_has_not_seen_a_commit_turns_its_pages(
    location: str, open_cluster: Callable[[str], Cluster]
) -> None:
    late_client = client(open_cluster(location.replace("follow=0", "follow=3600")))
    assert "demo:enters-0" not in ids(late_client.get(FIRST).get_json())
    engine = open_cluster(location)
    change(engine, 0)
    writing.write(engine, [article("enters-1", 2)], seen=1_733_000_000)
    first = client(open_cluster(location)).get(FIRST).get_json()
    next_pages = [*pages(late_client, first["page"]["next"])]
    assert {page["page"]["restart"] for page in next_pages} == {None}
    assert [id for id in ids(first, *next_pages) if "enters" in id] == [
        "demo:enters-0",
        "demo:enters-1",
    ]


def test_what_the_cluster_has_let_go_of_is_begun_again(
    location: str, open_cluster: Callable[[str], Cluster]
) -> None:
    engine, other_client = open_cluster(location), client(open_cluster(location))
    first = client(engine).get(FIRST).get_json()
    reader = engine.reader()
    assert isinstance(reader, ClusterReader)
    points = reader.snapshot.points
    change(open_cluster(location), 0)
    close(engine.client, points)
    second = other_client.get(first["page"]["next"]).get_json()
    assert ids(other_client.get(second["page"]["restart"]).get_json())[0] == "demo:enters-0"


def test_what_was_rewritten_does_not_come_back(
    location: str, open_cluster: Callable[[str], Cluster]
) -> None:
    engine, other_client = open_cluster(location), client(open_cluster(location))
    first = client(engine).get(FIRST).get_json()
    rewriting.rewrite(open_cluster(location))
    assert other_client.get(first["page"]["next"]).get_json()["page"]["restart"] is not None


def test_no_state_is_kept_for_ever_by_passing_it_on(
    location: str, open_cluster: Callable[[str], Cluster], monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = open_cluster(location)
    first = States(engine).keep(engine.reader())
    change(engine, 0)
    present = engine.reader()
    assert States(open_cluster(location)).find(first, present) is not None
    assert present.updated is not None
    half_an_hour_later = present.updated + 1801
    monkeypatch.setattr("webui.serving.states.time.time", lambda: half_an_hour_later)
    assert States(open_cluster(location)).find(first, present) is None


def test_a_state_is_shared_once(location: str, open_cluster: Callable[[str], Cluster]) -> None:
    engine = open_cluster(location)
    app = create_app(engine).test_client()
    app.get(FIRST)
    before = engine.client.trips
    app.get(f"{FIRST}&page=2")
    trip_count = engine.client.trips - before
    before = engine.client.trips
    app.get(f"{FIRST}&page=3")
    assert engine.client.trips - before == trip_count


def test_what_is_opened_during_a_commit_is_nobody_elses_state(
    location: str, open_cluster: Callable[[str], Cluster]
) -> None:
    """A part of the commit may be seen, more of it by the process that looks later."""
    writing_there = open_cluster(location)
    late_engine = open_cluster(location.replace("follow=0", "follow=3600"))
    settled = state_name(writing_there.reader())
    assert state_name(open_cluster(location).reader()) == settled
    names = []
    with writing_there.writer() as under_way:
        publish = writing_there.client.put

        def put_late(path: str, body: Any = None, **params: Any) -> Any:
            names.append(state_name(open_cluster(location).reader()))
            return publish(path, body, **params)

        under_way.remove(["demo:stays-1"])
        writing_there.client.put = put_late  # type: ignore[method-assign]
    # as the commit says that it begins, then that it is whole, when all is there to see
    began, whole_name = names
    assert began == settled
    assert whole_name != settled
    # it took the state for the one before, and opened the one after
    assert state_name(late_engine.reader()) not in {
        settled,
        state_name(open_cluster(location).reader()),
    }


def test_all_processes_of_a_server_turn_the_same_pages(
    location: str, serving: Callable[..., Any]
) -> None:
    result_ids = turned_by_two_processes(location, serving)
    assert len(result_ids) == len(set(result_ids))
    assert set(result_ids) >= STAY
