"""How many requests does a cluster get for one question, a page of answers being two?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest

from index import engines
from index.answering import FACETS, searching
from index.engines.opensearch import Cluster
from index.engines.opensearch.learnt import LearntWords
from index.engines.opensearch.reader import ClusterReader
from index.engines.opensearch.snapshot import RANKED, Snapshot
from index.engines.requests import Look, LookAnswer, Term
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


@pytest.fixture(scope="module")
def changed(node: Node) -> Iterator[ClusterReader]:
    """The same articles, each of which had other words before."""
    location = node.fresh()
    cluster = engines.open(location, create=True)
    assert isinstance(cluster, Cluster)
    for before, seen in (("un xylophone, une vitrine de xylophoniste et des serveurz", 1), ("", 2)):
        changes = (
            [*records[:-1], replace(records[-1], text=f"{records[-1].text} {before}".strip())]
            for records in map(article, range(30))
        )
        write(cluster, changes, seen=seen)
    assert cluster.state().doubtful >= 30
    reader = cluster.reader()
    assert isinstance(reader, ClusterReader)
    reader.kinds()
    yield reader
    forget(location)


GONE = (
    "xylophone", "xylophone serveur", "xylo*", '"xylophone"', "vitrine OU serveur", "serveurz",
    "vitrines base serveur", "xylophone~", "base SAUF vitrine", "=vitrine base",
)  # fmt: skip


def most_of_changed(asked: str) -> int:
    """A word more that may be meant by `serv*` is gone: the page is another, and asked for again.
    Of what is offered beside a page, words not met before are looked for at once."""
    return 4 if "serv*" in asked else 3 if asked in (*ORDINARY, *RUN_TOGETHER) else 5


def test_words_that_may_be_gone_take_no_request_of_their_own(changed: ClusterReader) -> None:
    """They are looked for among the records with the request that follows, whatever it is."""
    requests = {}
    for asked in (*ORDINARY, *RUN_TOGETHER, *SLIPS):
        changed.snapshot.learnt = LearntWords()
        before = changed.snapshot.client.trips
        searching.search(changed, asked, now=NOW, facets=tuple(FACETS))
        requests[asked] = changed.snapshot.client.trips - before
    beyond = {asked: count for asked, count in requests.items() if count > most_of_changed(asked)}
    assert beyond == {}
    # of misspelt words as many as in an index where nothing changed, but for a few
    assert sum(requests[asked] > 4 for asked in SLIPS) <= 4


@pytest.mark.parametrize("asked", [*GONE, *SLIPS, *ORDINARY])
def test_words_that_are_gone_are_found_nowhere(
    reader: ClusterReader, changed: ClusterReader, asked: str
) -> None:
    """What is said is what an index says that never had them, the first time and again.

    Scores alone may differ: Lucene counts what was deleted until it merges.
    """

    def answer(reader: ClusterReader) -> dict[str, Any]:
        results = searching.search(reader, asked, now=NOW, facets=tuple(FACETS))._asdict()
        scored = ("groups", "listed", "took_ms", "state")
        return {name: value for name, value in results.items() if name not in scored}

    changed.snapshot.learnt = LearntWords()
    expected = answer(reader)
    assert [answer(changed), answer(changed)] == [expected, expected]


def test_slips_are_asked_of_no_word_that_is_held(
    reader: ClusterReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of three words they are some 1,650, beside the one or two hundred that are wanted."""
    counts = []
    look = ClusterReader.look

    def counted(self: ClusterReader, lookups: Look) -> LookAnswer:
        counts.append(len(lookups.terms))
        return look(self, lookups)

    monkeypatch.setattr(ClusterReader, "look", counted)
    reader.snapshot.learnt = LearntWords()
    searching.search(reader, "base serveur ordinateurs", now=NOW)
    assert len(counts) == 1
    assert 20 < counts[0] < 300


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


# Questions of held words, none of which stands for others that are to be looked for first.
OF_COMMON_WORDS = (
    "femme", "base", "serveur", "base serveur", "mot passe", "base serveur mot", "femme base",
    '"mot de passe"', "serveur OU base", "base SAUF serveur", "(base OU serveur) SAUF mot",
    "base PRES/3 données", "le serveur répond aux ordinateurs portables de la base",
)  # fmt: skip


@pytest.mark.parametrize("more", [{}, {"group": False}, {"page": 2}], ids=["groups", "hits", "2"])
@pytest.mark.parametrize("asked", [*ORDINARY, *SLIPS, *RUN_TOGETHER, *GONE])
def test_a_process_that_serves_asks_for_a_page_without_asking_for_words_first(
    reader: ClusterReader, asked: str, more: dict[str, Any]
) -> None:
    """It knows the commonest words, and what they make of a question is what all words make."""
    learnt = LearntWords()
    reader.snapshot.learnt = learnt
    expected = searching.search(reader, asked, now=NOW, facets=tuple(FACETS), **more)
    learnt = reader.snapshot.learnt = LearntWords()
    for _ in range(10):
        learnt.answer_page()
    assert learnt.wants_commonest
    # all the words of this small index are among the commonest, and none that it lacks
    reader.look(Look(terms=[Term("state", "visible")]))
    assert not learnt.wants_commonest
    before = reader.snapshot.client.trips
    answer = searching.search(reader, asked, now=NOW, facets=tuple(FACETS), **more)
    requests = reader.snapshot.client.trips - before
    assert answer._replace(took_ms=0) == expected._replace(took_ms=0)
    assert requests <= (2 if asked in OF_COMMON_WORDS else 4), requests
