"""Are words asked of a cluster once for each of its states?"""

from __future__ import annotations

import pytest

from index.answering import searching
from index.engines import Look, Prefix, Term
from index.engines.faults import StateLost
from index.engines.opensearch import Cluster
from index.engines.opensearch.learnt import LearntWords
from index.engines.opensearch.points import close
from index.engines.opensearch.reader import ClusterReader
from index.engines.requests import LookAnswer
from index.writing.writing import write
from tests.index.engines.cluster.small_index import NOW, article
from tests.opensearch_front import Front


def test_whoever_turns_a_page_asks_for_no_word_again(cluster: Cluster, front: Front) -> None:
    write(cluster, [article(f"b{n}", "la fibre") for n in range(12)], seen=2)
    reader = cluster.reader()
    assert isinstance(reader, ClusterReader)
    words = reader.snapshot.points.words.encode()

    def requests_of_page(number: int) -> list[bool]:
        """Of each trip of a page, whether it asks for words."""
        front.asked.clear()
        page = searching.search(reader, "fibre", now=NOW, page=number)
        assert page.totals.passages == 13
        return [words in trip.body for trip in front.asked]

    assert any(requests_of_page(1))
    assert requests_of_page(2) == [False, False]


def test_what_was_learnt_of_a_state_is_not_told_of_another(cluster: Cluster) -> None:
    look = Look(terms=[Term("text", "fibre")], prefixes=[Prefix("text", "fib", 5)])
    reader = cluster.reader()
    assert isinstance(reader, ClusterReader)
    for _ in range(2):
        assert reader.look(look) == LookAnswer([1], [[("fibre", 1)]])
    write(cluster, [article("b", "la fibre")], seen=2)
    assert cluster.reader().look(look) == LookAnswer([2], [[("fibre", 2)]])
    close(cluster.client, reader.snapshot.points)
    with pytest.raises(StateLost):
        reader.size()
    assert reader.look(look) == LookAnswer([2], [[("fibre", 2)]])


def test_long_lists_of_words_are_asked_again() -> None:
    learnt, look = LearntWords(), Look(prefixes=[Prefix("text", "a")])
    many = [(f"a{n}", 1) for n in range(500)]
    assert learnt.learn(learnt.recall(look), LookAnswer(prefixes=[many])).prefixes == [many]
    assert learnt.recall(look).lacking.prefixes == look.prefixes
