"""Are articles counted once where a node of several cores walks an index in pieces?

OpenSearch 3 does by itself, from the second core on (« concurrent segment search »); each piece
then makes a part of a script's count, and an article may be in several.
"""

from __future__ import annotations

from typing import Any

import pytest

from index.answering import FACETS, searching, values
from index.engines.opensearch import Cluster
from index.record import About, Record
from index.writing.writing import write
from tests.index.engines.cluster.small_index import NOW
from tests.opensearch_node import Node

PIECES = {
    "index.search.concurrent_segment_search.mode": "all",
    "index.search.concurrent.max_slice_count": 3,
}


ARTICLES, COMMENTS = 20, 3


def article(number: int, comments: int) -> list[Record]:
    about = About(f"s{number}", f"Article {number}", categories=("Droit",), comments=COMMENTS)
    return [
        Record(
            f"s{number}#comment-{place}", "comment", about, place, text="le serveur", author="Zoé"
        )
        for place in range(1, comments + 1)
    ]


@pytest.fixture
def pieces(cluster: Cluster, node: Node) -> Cluster:
    """An index in several segments, each of which holds a part of the same articles."""
    for comments in range(1, COMMENTS + 1):
        write(cluster, [article(number, comments) for number in range(ARTICLES)], seen=1)
    index = cluster.state().index
    segments = node.ask("GET", f"/{index}/_segments")["indices"][index]["shards"]
    assert any(shard[0]["num_search_segments"] > 2 for shard in segments.values())
    node.ask("PUT", f"/{index}/_settings", PIECES)
    return cluster


@pytest.mark.parametrize("asked", [{}, {"order": "newest"}, {"group": False}, {"page": 2}])
def test_articles_are_counted_once(pieces: Cluster, asked: dict[str, Any]) -> None:
    reader = pieces.reader()
    results = searching.search(reader, "serveur", now=NOW, facets=tuple(FACETS), size=7, **asked)
    assert results.totals.articles == ARTICLES
    assert results.totals.passages == ARTICLES * COMMENTS
    for facet in ("category", "commenter"):
        assert [bucket.articles for bucket in results.facets[facet]] == [ARTICLES]
    assert {group.passages_found for group in results.groups} == {COMMENTS}
    shown = 1 if asked == {"group": False} else 3
    assert {len(group.passages) for group in results.groups} == {shown}


def test_articles_of_a_value_are_counted_once(pieces: Cluster) -> None:
    listed = values(pieces.reader(), "serveur", "commenter", now=NOW)
    assert [value.articles for value in listed.values] == [ARTICLES]
