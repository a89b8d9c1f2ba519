"""How many requests does a cluster get for one question, a page of answers being two?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from index import engines
from index.answering import FACETS, searching
from index.engines.opensearch import Cluster
from index.engines.opensearch.learnt import LearntWords
from index.engines.opensearch.reader import ClusterReader
from index.engines.opensearch.snapshot import RANKED, Snapshot
from index.writing.writing import write
from tests.index.engines.test_trips import MISSED, NOW, PLAIN, article
from tests.opensearch_node import Node, forget

HOSTILE = (
    '"baze dones"', '"baze dones" serveru', "a*", "*", "(((", '"', "-", "OU", "rock-n-roll",
    "rubrique:inconue baze", "pseudo:zoee serveru", "baze OU dones OU serveru", "baze SAUF dones",
    "(baze dones) OU (serveru ordi*)", "est:réponse baze", "date:2024 baze dones", "x" * 3000,
    "<script>alert(1)</script>", "1+1", "日本語", "*er*", "motdepasse", " ".join(PLAIN),
    " ".join(f"mot{n}" for n in range(60)), "“baze dones” «serveru»", "motdepassebasededonnees",
    " ".join(f"serveru{c}" for c in "abcdefgh"), " OU ".join(f"serveru{c}" for c in "abcdefgh"),
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


RUN_TOGETHER = ("redteam",)
# Words written together, slips in a row of words, slips of which each is one of several.
SLIPS = (
    *MISSED, "motdepasse", "basededonnees", "motdepasse serveru", '"le servuer"', '"mot de pase"',
    "titre:serveru", "serveru PRES/3 baze", "contart serveur", "serveru fememz ordinatuer",
    "pseudo:zoee pseudo:jaen serveru", "rubrique:droi serveru", "#motdepasse", "parceque serveru",
)  # fmt: skip
ORDINARY = (
    *(asked for asked in PLAIN if asked not in RUN_TOGETHER),
    "base serveur mot", "femme base", "base serveur ordinateurs portables", "serv* base",
    "base~ serveur", "(base OU serveur) SAUF mot", "l’avocat de l’accusé", "-base serveur",
)  # fmt: skip


@pytest.mark.parametrize(
    ("table", "most"),
    [(ORDINARY, 3), (RUN_TOGETHER, 3), (SLIPS, 4), (HOSTILE, 4)],
    ids=["plain", "run together", "misspelt", "hostile"],
)
@pytest.mark.parametrize("more", [{}, {"group": False}, {"size": 3}], ids=["groups", "hits", "few"])
def test_requests_of_a_question(
    reader: ClusterReader, table: Sequence[str], most: int, more: dict[str, Any]
) -> None:
    """A look at words; a page, two: what is best, and what is stored of it. Of what the index
    lacks, a look more at what it may be: what is offered comes with the page."""
    client = reader.snapshot.client
    requests = {}
    for asked in table:
        # as if nobody had asked for these words before
        reader.snapshot.learnt = LearntWords()
        before = client.trips
        searching.search(reader, asked, now=NOW, facets=tuple(FACETS), **more)
        requests[asked] = client.trips - before
    assert {asked: count for asked, count in requests.items() if count > most} == {}


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


@pytest.mark.parametrize("more", [{}, {"group": False}, {"order": "newest"}])
def test_what_ranks_is_asked_without_what_disturbs_it(
    reader: ClusterReader, monkeypatch: pytest.MonkeyPatch, more: dict[str, Any]
) -> None:
    """Beside another script, or hits, it is given wrong scores past the 2,048th record of a segment
    (`test_scores.py`)."""
    asked: list[dict[str, Any]] = []
    ask = Snapshot.ask

    def noted(self: Snapshot, searches: Sequence[tuple[str, dict[str, Any]]]) -> list[Any]:
        asked.extend(body for _, body in searches)
        return ask(self, searches)

    monkeypatch.setattr(Snapshot, "ask", noted)
    for question in ("serveur", "base serveur", "le serveur répond aux ordinateurs"):
        searching.search(reader, question, now=NOW, facets=tuple(FACETS), **more)
    ranking = [body for body in asked if RANKED in body.get("aggs", {})]
    assert len(ranking) >= 3
    for body in ranking:
        assert body["size"] == 0
        assert {*body["aggs"]} <= {RANKED, "kinds", "spans"}
