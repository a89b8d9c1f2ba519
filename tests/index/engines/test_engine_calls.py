"""How often is tantivy asked, for what a reader knows already? Calls are counted, not seconds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from whoosh.query import AndMaybe, Or, Term

from index.engines import Entry, PageRequest, tantivy
from index.question.vocabulary.likeness import slips

Make = Callable[..., Entry]


class Counted:
    """A searcher of tantivy, and how often each of its methods was called."""

    def __init__(self, searcher: Any) -> None:
        self._searcher = searcher
        self.calls: Counter[str] = Counter()

    def __getattr__(self, name: str) -> Any:
        attribute = getattr(self._searcher, name)

        def call(*arguments: Any, **options: Any) -> Any:
            self.calls[name] += 1
            return attribute(*arguments, **options)

        return call if callable(attribute) else attribute


@pytest.fixture
def reader(entry: Make) -> Any:
    engine = tantivy.open(None)
    with engine.writer() as writer:
        writer.add([entry("1", "sora veo"), entry("2", "sora"), entry("3", "soja")])
    reader: Any = engine.reader()
    reader._searcher = Counted(reader._searcher)
    return reader


def test_a_word_is_looked_up_once(reader: Any) -> None:
    for _ in range(3):
        assert reader.freq("text", "sora") == 2
        assert reader.near("text", "sora", 1, ("so",)) == [("sora", 2), ("soja", 1)]
    assert reader._searcher.calls == {"doc_freq": 1, "terms_with_prefix": 1}


def test_the_words_at_one_slip_are_looked_up_once(reader: Any) -> None:
    """And they leave the frequencies of other words in their memory."""
    reader.freq("text", "veo")
    for _ in range(3):
        assert reader.slips("text", "sora") == [("soja", 1)]
    reader.freq("text", "veo")
    assert reader._searcher.calls == {"doc_freq": 1 + len(slips("sora"))}


def test_how_many_hold_a_word_is_not_searched(reader: Any) -> None:
    assert reader.total(Term("text", "sora")) == 2
    assert reader._searcher.calls == {"doc_freq": 1}
    assert reader.total(Or([Term("text", "sora"), Term("text", "soja")])) == 3
    assert reader._searcher.calls["search"] == 1


def test_of_words_what_lacks_the_commonest_is_searched(
    reader: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The dictionary says how many records hold it: they are not gone through."""
    searched = []
    search = reader._searcher.search

    def counted(*arguments: Any, **options: Any) -> Any:
        answer = search(*arguments, **options)
        searched.append(answer.count)
        return answer

    monkeypatch.setattr(reader._searcher, "search", counted, raising=False)
    words = [Term("text", word) for word in ("veo", "sora", "soja", "sora")]
    ranked = AndMaybe(Or(words), Term("stem", "veo"))
    assert (reader.total(ranked), searched) == (3, [1])


def test_partial_matches_are_counted_as_they_are_ranked(reader: Any) -> None:
    either_word = Or([Term("text", "sora"), Term("text", "soja")])
    page = reader.page(PageRequest(Term("text", "absent"), looser=either_word, parents=False))
    assert (page.matches, len(page.groups[0].hits)) == (3, 3)
    assert reader._searcher.calls["search"] == 1


def test_a_word_of_records_taken_away_is_searched(entry: Make) -> None:
    engine = tantivy.open(None)
    with engine.writer() as writer:
        writer.add([entry("1", "sora veo"), entry("2", "sora")])
    with engine.writer() as writer:
        writer.remove(["1"])
    reader: Any = engine.reader()
    reader._searcher = Counted(reader._searcher)
    assert reader.total(Term("text", "sora")) == 1
    assert reader._searcher.calls["search"] == 1


@pytest.mark.parametrize("passages", [6, 60, 400])
def test_the_groups_of_a_page_are_completed_together(entry: Make, passages: int) -> None:
    """However long their articles are: the tree of a question is asked again as little as can be.

    The first fetch has the groups of the page, not all that is shown of each.
    """
    engine = tantivy.open(None)
    with engine.writer() as writer:
        writer.add(
            entry(
                f"{place}-{article}",
                "veo",
                article=f"a{article}",
                group=article,
                stored=b'{"id": "%d-%d", "about": {"id": "a%d"}}' % (place, article, article),
            )
            for place in range(passages)
            for article in range(12)
        )
    reader: Any = engine.reader()
    searcher = Counted(reader._searcher)
    reader._searcher = searcher
    page = reader.page(PageRequest(Term("text", "veo"), size=10, shown=5))
    assert [group.matches for group in page.groups] == [passages] * 10
    assert searcher.calls["search"] == 2
