"""How many requests does a cluster get for each kind of page that the service gives?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from index import engines
from index.engines.opensearch import Cluster
from index.engines.opensearch.learnt import LearntWords
from index.engines.opensearch.reader import ClusterReader
from index.record import About, Record
from index.writing.writing import write
from tests.index.engines import test_trips
from tests.opensearch_node import Node, forget
from webui import create_app

COMMENTS = 1_150
"""Of one thread: what an export asks for in two portions."""


def thread() -> list[Record]:
    about = About("long", "Un fil", published="2024-03-01T00:00:00+01:00", comments=COMMENTS)
    return [
        Record(f"long#comment-{n}", "comment", about, n, text="la zibeline", author="Zoé")
        for n in range(1, COMMENTS + 1)
    ]


@pytest.fixture(scope="module")
def cluster(node: Node) -> Iterator[Cluster]:
    location = node.fresh(follow=600)
    engine = engines.open(location, create=True)
    assert isinstance(engine, Cluster)
    write(engine, [*map(test_trips.article, range(30)), thread()], seen=1)
    yield engine
    engine.close()
    forget(location)


@pytest.fixture(scope="module")
def client(cluster: Cluster) -> FlaskClient:
    client = create_app(cluster).test_client()
    # what is asked once of a state
    assert client.get("/search?q=serveur").status_code == 200
    return client


PAGES = {
    "/": 1,
    "/search?q=base+serveur": 3,
    "/search?q=serveru": 4,
    "/search?q=redteam": 3,
    "/search?q=base+serveur&group=none": 3,
    "/search.json?q=base+serveur": 3,
    "/search.json?q=serveru": 4,
    "/search.json?q=base&group=none": 3,
    "/search.atom?q=serveur": 3,
    # one for the words, then one for each thousand passages
    "/search.csv?q=serveur": 2,
    "/search.csv?q=zibeline": 3,
    "/search.xlsx?q=zibeline": 3,
    "/timeline?q=serveur": 3,
    "/timeline.json?q=serveur": 3,
    "/values?q=serveur&facet=commenter": 3,
    "/values.json?q=serveur&facet=commenter": 3,
    "/article/a1": 2,
    "/article/a1?q=serveur": 4,
    "/article/long?q=zibeline": 4,
    "/complete.json?q=serv": 4,
    "/complete.json?q=base+serv": 4,
    "/suggest.json?q=serv": 2,
    "/status": 2,
}


@pytest.mark.parametrize(("address", "most"), PAGES.items(), ids=PAGES)
def test_requests_of_a_page(cluster: Cluster, client: FlaskClient, address: str, most: int) -> None:
    reader = cluster.reader()
    assert isinstance(reader, ClusterReader)
    # as if nobody had asked for these words before
    reader.snapshot.learnt = LearntWords()
    before = cluster.client.trips
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.data
    assert cluster.client.trips - before == most
