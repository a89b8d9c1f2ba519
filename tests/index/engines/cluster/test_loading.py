"""In how few trips are articles written to a cluster that holds some, and are they the same?"""

from __future__ import annotations

import pytest

from index import engines
from index.engines import Engine
from index.engines.opensearch import Cluster
from index.keeping import rewriting
from index.writing import writing
from index.writing.writing import WriteReport, write
from tests.index.engines.cluster.small_index import article


def test_articles_are_looked_for_together(cluster: Cluster) -> None:
    before = cluster.client.trips
    report = write(cluster, [article(f"new-{n}", "la mer") for n in range(150)], seen=2)
    assert report.added == 150
    assert cluster.client.trips - before < 30


def stored(engine: Engine) -> list[tuple[str, str, int]]:
    records = rewriting.everything(engine.reader())
    return sorted((record.id, record.text, record.seen) for record in records)


def write_twice(engine: Engine) -> tuple[list[WriteReport], list[tuple[str, str, int]]]:
    first = [
        article("short", "la mer"),
        article("long", *(f"vague {n}" for n in range(5))),
        article("same", "le vent"),
    ]
    second_articles = [
        article("short", "la mer, corrigée", "le port"),
        article("long", *(f"vague {n}" for n in range(4)), "marée"),
        [],
        article("new", "le phare"),
        article("same", "le vent"),
        article("new", "le phare, de nouveau"),
        article("last", "la digue"),
    ]
    reports = [
        write(engine, articles, seen=seen)
        for seen, articles in enumerate((first, second_articles), 2)
    ]
    return reports, stored(engine)


def test_what_is_looked_for_ahead_is_written_as_one_by_one(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    # of the long one, what is there does not come with the others; the last is of another look
    monkeypatch.setattr(writing, "_AHEAD_HELD", 3)
    monkeypatch.setattr(writing, "_AHEAD", 10)
    local = engines.open(":memory:")
    write(local, [article("a", "la fibre", "le cuivre")], seen=1)
    assert write_twice(cluster) == write_twice(local)
