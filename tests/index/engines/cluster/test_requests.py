"""How many requests does a cluster get for one question, a page of answers being up to three?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from index import engines
from index.answering import FACETS, searching
from index.engines.opensearch import Cluster
from index.engines.opensearch.learnt import LearntWords
from index.engines.opensearch.reader import ClusterReader
from index.writing.writing import write
from tests.index.engines.test_trips import MISSED, NOW, PLAIN, article
from tests.opensearch_node import Node, forget

HOSTILE = (
    '"baze dones"', '"baze dones" serveru', "a*", "*", "(((", '"', "-", "OU", "rock-n-roll",
    "rubrique:inconue baze", "pseudo:zoee serveru", "baze OU dones OU serveru", "baze SAUF dones",
    "(baze dones) OU (serveru ordi*)", "est:réponse baze", "date:2024 baze dones", "x" * 3000,
    "<script>alert(1)</script>", "1+1", "日本語", "*er*", "motdepasse", " ".join(PLAIN),
    " ".join(f"mot{n}" for n in range(60)),
)  # fmt: skip


@pytest.fixture(scope="module")
def reader(node: Node) -> Iterator[ClusterReader]:
    location = node.fresh()
    cluster = engines.open(location, create=True)
    assert isinstance(cluster, Cluster)
    write(cluster, (article(number) for number in range(30)), seen=1)
    reader = cluster.reader()
    assert isinstance(reader, ClusterReader)
    # asked once of a state
    reader.kinds()
    yield reader
    forget(location)


@pytest.mark.parametrize(
    ("table", "limit"),
    [(PLAIN, 5), (MISSED, 5), (HOSTILE, 6)],
    ids=["plain", "misspelt", "hostile"],
)
def test_requests_of_a_question(reader: ClusterReader, table: Sequence[str], limit: int) -> None:
    """Looks at words, one or two; a page, two, or three where hits answer comments; suggestions."""
    client = reader.snapshot.client
    requests = {}
    for question in table:
        # as if nobody had asked for these words before
        reader.snapshot.learnt = LearntWords()
        before = client.trips
        searching.search(reader, question, now=NOW, facets=tuple(FACETS))
        requests[question] = client.trips - before
    assert {question: count for question, count in requests.items() if count > limit} == {}


def test_partial_matches_take_no_request_of_their_own(reader: ClusterReader) -> None:
    """Where a word is in no record it is known beforehand that none holds them all."""
    client = reader.snapshot.client
    searching.search(reader, "serveur xyzqk", now=NOW)
    before = client.trips
    results = searching.search(reader, "serveur xyzqk", now=NOW)
    assert results.totals.passages == 0
    assert results.totals.partial > 0
    # the page, the comments that its hits answer, and what may be offered
    assert client.trips - before <= 3
