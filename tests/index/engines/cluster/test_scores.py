"""Does what ranks groups see the scores that hits have, however a shard walks what matches?

A shard goes through thousands of records in pieces, and may say for each piece who gives scores
(`LeafCollector.setScorer`); a script listens the first time only (OpenSearch 3.9). Words that are
rare, far from one another and either of them wanted are such a case.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from index import engines
from index.answering import FACETS, searching
from index.answering.searching import Results
from index.engines import Engine
from index.engines.opensearch import Cluster
from index.record import About, Record
from index.writing.writing import write
from tests.index.engines.cluster.small_index import NOW
from tests.opensearch_node import Node, forget

# More than two windows of 4,096 records, in which Lucene's `BooleanScorer` looks at once, and than
# the 2,048 after which OpenSearch first asks whether a search was cancelled, on each of
# three shards too.
ARTICLES, COMMENTS = 270, 50
# One record in so many has the word; primes, so that they are seldom together.
RARE = {"zèbre": 1499, "hippopotame": 2003, "girafe": 701, "gazelle": 3001}
COMMON = {"savane": 7, "fleuve": 3}

QUESTIONS = (
    "zèbre OU hippopotame",
    "zèbre OU hippopotame OU girafe OU gazelle",
    "zèbre OU savane",
    "(zèbre OU gazelle) SAUF fleuve",
    '"le zèbre" OU hippopotame',
    '"la savane" OU "le fleuve" OU gazelle',
    "savane OU fleuve",
    "savane fleuve",
    "zèbr* OU hippo*",
    "fleuve",
    "girafe",
)


def passage(number: int) -> Record:
    article, place = divmod(number, COMMENTS)
    about = About(f"a{article}", f"Article {article}", categories=("Droit",), comments=COMMENTS)
    words = [
        f"{'la' if word == 'savane' else 'le'} {word}"
        for word, distance in {**RARE, **COMMON}.items()
        if number % distance == distance // 2
    ]
    # of many lengths, so that scores differ
    text = " ".join([*words, *["mot"] * (1 + number % 11)])
    return Record(f"a{article}#comment-{place}", "comment", about, place, text=text, author="Zoé")


@pytest.fixture(scope="module", params=[1, 3], ids=["one shard", "three shards"])
def large(node: Node, request: pytest.FixtureRequest) -> Iterator[Cluster]:
    location = node.fresh(shards=request.param)
    cluster = engines.open(location, create=True)
    assert isinstance(cluster, Cluster)
    write(cluster, articles(), seen=1)
    index = cluster.state().index
    node.ask("POST", f"/{index}/_forcemerge?max_num_segments=1")
    node.ask("POST", f"/{index}/_refresh")
    yield cluster
    forget(location)


@pytest.fixture(scope="module")
def memory() -> Engine:
    engine = engines.open(":memory:")
    write(engine, articles(), seen=1)
    return engine


def articles() -> Iterator[list[Record]]:
    for article in range(ARTICLES):
        yield [passage(article * COMMENTS + place) for place in range(COMMENTS)]


def page(engine: Engine, question: str, **asked: Any) -> Results:
    return searching.search(engine.reader(), question, now=NOW, size=20, **asked)


def groups(results: Results) -> list[tuple[str, int, list[tuple[str, float]]]]:
    return [
        (
            group.about.id,
            group.passages_found,
            [(shown.record.id, round(shown.score, 3)) for shown in group.passages],
        )
        for group in results.groups
    ]


@pytest.mark.parametrize("question", QUESTIONS)
def test_groups_stand_where_their_hits_do(large: Cluster, memory: Engine, question: str) -> None:
    results = page(large, question)
    expected = page(memory, question)
    assert results.totals == expected.totals
    assert [group[:2] for group in groups(results)] == [group[:2] for group in groups(expected)]
    hits = page(large, question, group=False)
    scores = {
        shown.record.id: round(shown.score, 3) for group in hits.groups for shown in group.passages
    }
    best = groups(results)[0][2][0]
    assert best == next(iter(scores.items()))
    for _, _, shown in groups(results):
        for id, score in shown:
            assert scores.get(id, score) == score


@pytest.mark.parametrize("question", QUESTIONS)
def test_facets_change_no_score(large: Cluster, question: str) -> None:
    assert groups(page(large, question, facets=tuple(FACETS))) == groups(page(large, question))
