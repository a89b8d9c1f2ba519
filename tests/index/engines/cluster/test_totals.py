"""Is nothing counted or read of a cluster that is known, or that no page shows?"""

from __future__ import annotations

import json
from typing import Any

import pytest
from whoosh.query import Or, Term

from index import engines, french
from index.answering import searching
from index.engines import Engine, PageRequest, ranking
from index.engines.opensearch import Cluster
from index.engines.opensearch.reader import ClusterReader
from index.writing.writing import write
from tests.index.engines.cluster.small_index import NOW, article
from tests.opensearch_front import Front

# more partial matches than may stand among full ones
MANY = ranking.AMONG + 60
FULL = 20


def filled(engine: Engine) -> None:
    write(
        engine,
        [article("b", *["le lin"] * 3, "le lin, la laine"), article("c", "le chanvre")],
        seen=2,
    )


def counting(front: Front) -> list[Any]:
    """The queries that were asked only to be counted, but for what ranks."""
    bodies = [
        json.loads(line)
        for trip in front.asked
        if "/_msearch" in trip.path
        for line in trip.body.splitlines()[1::2]
    ]
    return [body["query"] for body in bodies if body.get("size") == 0 and "aggs" not in body]


def test_a_single_word_is_counted_with_the_words_alone(cluster: Cluster, front: Front) -> None:
    filled(cluster)
    memory = engines.open(":memory:")
    write(memory, [article("a", "la fibre", "le cuivre")], seen=1)
    filled(memory)
    expected = searching.search(memory.reader(), "lin laine", now=NOW).understood
    front.asked.clear()
    results = searching.search(cluster.reader(), "lin laine", now=NOW)
    assert results.understood == expected
    assert [piece.passages for piece in results.understood] == [4, 1]
    assert not [query for query in counting(front) if "term" in query]


def test_where_records_were_removed_each_word_is_counted(cluster: Cluster, front: Front) -> None:
    """Words are counted too often then, until the index is made compact."""
    filled(cluster)
    write(cluster, [article("b", "le lin, la laine")], seen=3)
    front.asked.clear()
    results = searching.search(cluster.reader(), "lin laine", now=NOW)
    assert [piece.passages for piece in results.understood] == [1, 1]
    assert len([query for query in counting(front) if "term" in query]) == 2


@pytest.fixture
def many(cluster: Cluster) -> ClusterReader:
    # half of the full matches stand first, the others last
    texts = [f"lin laine {'mot ' * (n % 2 * 900)}" for n in range(FULL)]
    texts += [f"{'lin ' if n % 3 else 'laine '}" * (1 + n % 4) for n in range(MANY)]
    write(cluster, [article(f"m{n % 9}", *texts[n::9]) for n in range(9)], seen=2)
    reader = cluster.reader()
    assert isinstance(reader, ClusterReader)
    return reader


@pytest.mark.parametrize("estimate", [None, 0, 1, FULL - 1, FULL, FULL + 1, ranking.MANY - 1])
def test_an_estimate_changes_no_page(many: ClusterReader, estimate: int | None) -> None:
    """Not even of how many partial matches stand among full ones, the last of which is far down."""
    lin, laine = (Term("stem", french.stem(word)) for word in ("lin", "laine"))
    request = PageRequest(
        lin & laine, grouped=False, size=10, number=3, looser=Or([lin, laine]), mixed=True
    )
    page, expected = many.page(request._replace(estimate=estimate)), many.page(request)
    assert [(group.hits, group.matches) for group in page.groups] == [
        (group.hits, group.matches) for group in expected.groups
    ]
    assert (page.matches, page.listed, page.has_next) == (
        expected.matches,
        expected.listed,
        expected.has_next,
    )
    assert (page.matches, page.listed) == (FULL + MANY, FULL + ranking.AMONG)
