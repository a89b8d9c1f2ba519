"""How much is an index asked, only to be spared what excludes nothing?"""

from __future__ import annotations

from typing import Any

import pytest
from whoosh import query as nodes

from index.answering.looking import LocalWords
from index.engines import SearchResult
from index.question.pruning import pruned


class Common:
    """An index of a million records that nearly all hold every word, and none two together."""

    slips = None

    def __init__(self) -> None:
        self.lookups: list[nodes.Query] = []

    def freq(self, field: str, term: str) -> int:
        return 900_000

    def size(self) -> int:
        return 1_000_000

    def search(self, tree: nodes.Query, count: int) -> SearchResult:
        self.lookups.append(tree)
        return SearchResult(0, [])


LE, LA = nodes.Term("text", "le"), nodes.Term("text", "la")
NEAR = nodes.SpanNear2([LE, LA], slop=9, ordered=False)


@pytest.mark.parametrize(
    ("excluded", "count", "requests"),
    [
        # two lists of words are 1.85 million postings, of the 40 that a question may read for this
        ([LE, LA], 1, 1),
        ([LE, LA], 60, 21),
        # words near one another, 57 million
        ([NEAR, LE], 1, 0),
        ([nodes.Or([NEAR, LA]), LE], 9, 0),
    ],
)
def test_what_excludes_nothing_is_looked_for_as_long_as_that_spares_work(
    excluded: list[nodes.Query], count: int, requests: int
) -> None:
    reader: Any = Common()
    words = LocalWords(reader)
    tree = nodes.And([LE, nodes.Not(nodes.And(excluded))])
    trees = [pruned(tree, words) for _ in range(count)]
    assert len(reader.lookups) == requests
    # what is not known to exclude nothing stays
    assert trees == [LE] * requests + [tree] * (count - requests)


def test_how_many_records_hold_a_word_is_asked_once_for_a_question() -> None:
    lookups: list[tuple[str, str]] = []

    class Counting(Common):
        def freq(self, field: str, term: str) -> int:
            lookups.append((field, term))
            return super().freq(field, term)

    reader: Any = Counting()
    words = LocalWords(reader)
    assert [words.freq("text", term) for term in ("le", "la", "le")] == [900_000] * 3
    assert lookups == [("text", "le"), ("text", "la")]
    # the next question may be over another state
    assert LocalWords(reader).freq("text", "le") == 900_000
    assert len(lookups) == 3
