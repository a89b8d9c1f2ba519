"""Words that nearly every record holds are asked of few records, and the best stay the best."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.query import And, AndMaybe, Or, Phrase, Query, Term

from index.engines import Entry, tantivy
from index.engines.tantivy import max_score

COMMON = ["le", "de", "la", "une"]
RARE = ["lune", "roi", "nuit", "mer", "ciel"]
words = st.sampled_from([*COMMON * 3, *RARE])
texts = st.lists(st.lists(words, min_size=1, max_size=9).map(" ".join), min_size=5, max_size=40)
boosts = st.sampled_from([0.01, 0.15, 0.4, 1.0])
term = st.builds(lambda word, boost: Term("text", word, boost=boost), words, boosts)
clause = st.one_of(
    term, st.lists(words, min_size=2, max_size=3).map(lambda row: Phrase("text", row))
)
any_tree = st.builds(
    lambda own, optional: AndMaybe(Or(own), Or(optional)),
    st.lists(st.builds(Term, st.just("text"), st.sampled_from(RARE)), min_size=1, max_size=3),
    st.lists(clause, min_size=1, max_size=12),
)


def filled(records: Sequence[str]) -> Any:
    engine = tantivy.open(None)
    with engine.writer() as writer:
        writer.add(
            Entry(
                f"a#{place}",
                {"text": text},
                {"id": [f"a#{place}"], "group": place},
                b'{"id":"a#%d"}' % place,
            )
            for place, text in enumerate(records)
        )
    return engine.reader()


def best(reader: Any, tree: Query, count: int) -> list[tuple[int, float]]:
    return [(hit.group, round(hit.score, 5)) for hit in reader.ask(tree, count).hits]


@given(texts, any_tree, st.integers(1, 8), st.integers(0, 5))
def test_the_best_are_those_of_the_whole_tree(
    records: list[str], tree: Query, count: int, extra_count: int
) -> None:
    reader = filled(records)
    with pytest.MonkeyPatch.context() as few:
        few.setattr(max_score, "_WORTH", 0)
        few.setattr(max_score, "_BESIDE", extra_count)
        narrowed = best(reader, tree, count)
        total = reader.ask(tree, count).total
    assert narrowed == best(reader, tree, count)
    assert total == reader.total(tree)


def test_a_common_word_is_looked_up_in_the_few_records_that_it_can_lift(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    records = ["le la de lune roi", *["le la de lune"] * 3, *["le la de nuit"] * 60]
    reader = filled(records)
    rows = [Term("text", word, boost=0.01) for word in ("le", "la", "de")]
    tree = AndMaybe(Or([Term("text", "lune"), Term("text", "roi")]), Or(rows))
    asked_of: list[Query] = []
    ask = reader.ask
    monkeypatch.setattr(
        reader,
        "ask",
        lambda tree, *arguments, **options: (
            asked_of.append(tree) or ask(tree, *arguments, **options)
        ),
    )
    # a small index is read faster than it is asked twice
    assert reader.ask(tree, 1).hits[0].group == 0
    assert asked_of == [tree]
    asked_of.clear()
    monkeypatch.setattr(max_score, "_WORTH", len(records))
    assert reader.ask(tree, 1).hits[0].group == 0
    _, tree_without, few = asked_of
    assert tree_without == tree.a
    assert few == AndMaybe(And([Or([Term("id", "a#0")]), tree.a]), tree.b)


def test_what_is_not_worth_it_is_asked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(max_score, "_WORTH", 0)
    reader = filled(["le lune"] * 300)
    own, optional = Or([Term("text", "lune")]), Or([Term("text", "le")])
    # of another shape, its sum would be another
    assert max_score.best(reader, And([own, optional]), 1, counted=True) is None
    assert max_score.best(reader, AndMaybe(And([own]), optional), 1, counted=True) is None
    # no word is common
    roi = AndMaybe(own, Or([Term("text", "roi")]))
    assert max_score.best(reader, roi, 1, counted=True) is None
    # as many again would have to be asked for by name
    assert max_score.best(reader, AndMaybe(own, optional), 1, counted=True) is None


def test_optional_clauses_are_looked_up_one_by_one_in_a_few_records_that_are_named() -> None:
    reader = filled(["lune"])
    own = Or([Term("text", "lune"), Term("text", "roi")])
    optional = Or([Term("text", f"w{number}") for number in range(20)])
    # each hangs from a clause of its own, whose other half is required
    options = reader.engine_query(AndMaybe(And([Or([Term("id", "a#0")]), own]), optional))
    assert options.count("minimum_number_should_match: 0") >= 20
    assert (
        reader.engine_query(AndMaybe(And([own]), optional)).count("minimum_number_should_match: 0")
        < 3
    )
