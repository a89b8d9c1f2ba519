"""A small index on a cluster, and what stands before it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index import engines
from index.engines.opensearch import Cluster
from index.writing.writing import write
from tests.index.engines.cluster.small_index import article
from tests.opensearch_front import Front, before
from tests.opensearch_node import Node, forget


@pytest.fixture
def location(node: Node) -> Iterator[str]:
    location = node.fresh(shards=3, timeout=20, patience=3)
    yield location
    forget(location)


@pytest.fixture
def front(node: Node, location: str) -> Iterator[Front]:
    with before(node.host) as front:
        yield front


@pytest.fixture
def cluster(location: str, node: Node, front: Front) -> Iterator[Cluster]:
    """An index of two passages, asked through the front."""
    engine = engines.open(location.replace(node.host, front.host), create=True)
    assert isinstance(engine, Cluster)
    write(engine, [article("a", "la fibre", "le cuivre")], seen=1)
    yield engine
    engine.close()
