"""How often is tantivy asked, for what a reader knows already? Calls are counted, not seconds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from whoosh.query import And, AndMaybe, ConstantScoreQuery, Not, Or, Phrase, Query, Term
from whoosh.query.spans import SpanNear2

from index.engines import Entry, Order, PageRequest, tantivy
from index.engines.tantivy import best_hits, reading, trees
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


def pages(entry: Make, order: Order = "relevance") -> tuple[Any, PageRequest]:
    """A reader whose searches are counted, and a question that partial matches answer too."""
    engine = tantivy.open(None)
    with engine.writer() as writer:
        writer.add(
            entry(
                str(place),
                "sora veo" if place % 2 else "sora",
                article=f"a{place}",
                group=place,
                stored=b'{"id": "%d", "about": {"id": "a%d"}}' % (place, place),
            )
            for place in range(40)
        )
    reader: Any = engine.reader()
    reader._searcher = Counted(reader._searcher)
    sora, veo = Term("text", "sora"), Term("text", "veo")
    looser = Or([sora, veo])
    return reader, PageRequest(And([sora, veo]), order=order, looser=looser, mixed=True)


@pytest.mark.parametrize("order", ["relevance", "newest", "most_commented", "first_seen"])
def test_a_page_that_was_asked_before_is_not_searched(entry: Make, order: Order) -> None:
    """By the next reader of the same state, or once its filter is taken away."""
    reader, request = pages(entry, order)
    page = reader.page(request)
    filtered = request._replace(tree=And([request.tree, Not(Term("article", "a1"))]))
    assert reader.page(filtered) != page
    reader._searcher.calls.clear()
    assert reader.page(request) == page
    assert reader._searcher.calls["search"] == reader._searcher.calls["aggregate"] == 0


def test_the_next_page_asks_for_no_match_again_where_partial_ones_stand_among_full(
    entry: Make,
) -> None:
    reader, request = pages(entry)
    first = reader.page(request)
    reader._searcher.calls.clear()
    second = reader.page(request._replace(number=2))
    assert reader._searcher.calls["search"] == 0
    anew, _ = pages(entry)
    assert second == anew.page(request._replace(number=2))
    assert [first.groups[0].hits[0].partial, len(second.groups)] == [False, 10]


def test_another_state_is_asked_anew(entry: Make) -> None:
    engine = tantivy.open(None)
    with engine.writer() as writer:
        writer.add([entry("1", "sora")])
    before: Any = engine.reader()
    [hit] = before.best(Term("text", "sora"), 5)
    with engine.writer() as writer:
        writer.add([entry("2", "sora")])
    assert before.best(Term("text", "sora"), 5) == [hit]
    after: Any = engine.reader()
    assert len(after.best(Term("text", "sora"), 5)) == 2


SORA, VEO = Term("text", "sora"), Term("text", "veo")


def near(slop: int) -> Query:
    return SpanNear2([SORA, VEO], slop=slop, ordered=False)


@pytest.mark.parametrize(
    ("tree", "other"),
    [
        (SORA, Term("text", "sora", boost=0.45)),
        (SORA, Term("title", "sora")),
        (Term("text", "sora veo"), Phrase("text", ["sora", "veo"])),
        (Phrase("text", ["sora", "veo"]), Phrase("text", ["veo", "sora"])),
        (Or([SORA, VEO]), And([SORA, VEO])),
        (Or([SORA, Term("text", "veo", boost=0.5)]), Or([Term("text", "sora", boost=0.5), VEO])),
        (AndMaybe(SORA, VEO), SORA),
        (AndMaybe(SORA, VEO), AndMaybe(SORA, Term("text", "veo", boost=0.2))),
        (ConstantScoreQuery(SORA, 0.0), ConstantScoreQuery(SORA, 1.0)),
        (near(2), near(3)),
    ],
)  # fmt: skip
def test_trees_that_score_otherwise_are_told_apart(reader: Any, tree: Query, other: Query) -> None:
    reader.best(tree, 3)
    reader._searcher.calls.clear()
    reader.best(other, 3)
    assert reader._searcher.calls["search"] == 1
    for count, order, start in ((2, "relevance", 0), (3, "newest", 0), (3, "relevance", 1)):
        reader.best(tree, count, order, start)
    assert reader._searcher.calls["search"] == 4
    reader.search(tree, 3)
    assert reader._searcher.calls["search"] == 5


def test_the_best_are_remembered_in_so_many_bytes(
    reader: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what is asked for once, of more than pages show, is not."""
    monkeypatch.setattr(best_hits, "_BYTES", 2_000)
    reader._best = best_hits.BestHits()
    trees = [Or([SORA, Term("text", f"w{number}")]) for number in range(9)]
    for tree in trees:
        reader.best(tree, 40)
    assert reader._searcher.calls["search"] == 9
    # two hits of 24 bytes, and 308 around them: five of these trees, the last
    for tree in trees[-5:]:
        reader.best(tree, 40)
    assert reader._searcher.calls["search"] == 9
    reader.best(trees[3], 40)
    assert reader._searcher.calls["search"] == 10
    for _ in range(2):
        reader.best(SORA, 1_000)
    assert reader._searcher.calls["search"] == 12


def test_a_total_is_compiled_once(reader: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """`verify` asks for one of each passage, of fifty words."""
    compiled = []
    compile_tree = trees.compiled

    def counted(tree: Query, *arguments: Any, **options: Any) -> Any:
        compiled.append(tree)
        return compile_tree(tree, *arguments, **options)

    monkeypatch.setattr(reading, "compiled", counted)
    both = And([SORA, VEO])
    assert (reader.total(both), compiled) == (1, [both])
