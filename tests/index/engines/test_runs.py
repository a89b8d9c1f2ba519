"""Phrases of common words are looked up among runs, and find what their words' places find."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import tantivy as engine_of_rust
from hypothesis import given
from hypothesis import strategies as st
from whoosh.query import And, AndMaybe, ConstantScoreQuery, Every, Not, Or, Phrase, Query, Term

from index.engines import Engine, Entry, Reader, tantivy
from index.engines.in_process import runs

Make = Callable[..., Entry]

# an apostrophe was taken away before: « n’est » is two words
WORDS = ["de", "la", "il", "y", "a", "le", "lune", "de_la", "roi"]
text = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
phrase = st.lists(st.sampled_from(WORDS), min_size=2, max_size=6).map(
    lambda words: Phrase("text", words)
)
tree = st.recursive(
    phrase,
    lambda sub: st.one_of(
        st.lists(sub, min_size=1, max_size=3).map(And),
        st.lists(sub, min_size=1, max_size=3).map(Or),
        sub.map(lambda tree: And([Every(), Not(tree)])),
        sub.map(lambda tree: ConstantScoreQuery(tree, 1.0)),
        sub.map(lambda tree: AndMaybe(tree, Term("text", "lune"))),
    ),
    max_leaves=4,
)


def filled(engine: Engine, texts: list[str]) -> Reader:
    with engine.writer() as writer:
        writer.add(
            Entry(f"a#{place}", {"text": words}, {"id": [f"a#{place}"], "group": place}, b"{}")
            for place, words in enumerate(texts)
        )
    return engine.reader()


def ids_of(reader: Reader, query: Query) -> set[Any]:
    return {hit.group for hit in reader.search(query, 100).hits}


@given(st.lists(text, min_size=1, max_size=8), tree)
def test_what_is_found_is_what_the_places_of_words_find(texts: list[str], tree: Query) -> None:
    reader = filled(tantivy.open(None), texts)
    with pytest.MonkeyPatch.context() as few:
        few.setattr(runs, "MANY", 0)
        by_runs = ids_of(reader, tree), reader.total(tree), reader.counts(tree)
    reader = filled(tantivy.open(None), texts)
    reader._with_runs = False
    assert by_runs == (ids_of(reader, tree), reader.total(tree), reader.counts(tree))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        # how many phrases are met by the places of their words
        (["de", "la"], 0),
        (["il", "y", "a"], 0),
        # none of its runs of three is long enough
        (["il", "y", "a", "de"], 1),
        # a word that few passages hold
        (["la", "lune"], 1),
        (["de_la", "lune"], 1),
    ],
)
def test_places_are_gone_through_only_where_no_run_says_it(words: list[str], expected: int) -> None:
    reader = filled(tantivy.open(None), ["il y a de la lune"])
    assert reader.total(Phrase("text", words)) == ("_" not in words[0])
    assert str(reader._compiled(Phrase("text", words))).count("PhraseQuery") == expected


def test_what_few_passages_hold_is_ranked_by_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = filled(tantivy.open(None), ["de la lune", "la lune de la nuit"])
    phrase = Phrase("text", ["de", "la"])
    assert "PhraseQuery" in reader.engine_query(phrase)
    monkeypatch.setattr(runs, "MANY", 2)
    assert "PhraseQuery" not in reader.engine_query(phrase)
    # what merely ranks is not replaced
    ranked = AndMaybe(Term("text", "lune"), phrase)
    assert "PhraseQuery" in reader.engine_query(ranked)


def test_an_index_without_the_column_is_asked_and_written_as_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = engine_of_rust.SchemaBuilder
    with monkeypatch.context() as former:
        # the builder of an earlier version
        former.setattr(tantivy.tantivy, "SchemaBuilder", _without_runs(before))
        tantivy.open(tmp_path, create=True)
    engine = tantivy.open(tmp_path)
    reader = filled(engine, ["de la lune"])
    assert reader.total(Phrase("text", ["de", "la"])) == 1
    assert "PhraseQuery" in str(reader._compiled(Phrase("text", ["de", "la"])))


def _without_runs(builder: Any) -> Any:
    class Former:
        def __init__(self) -> None:
            self._builder = builder()

        def __getattr__(self, name: str) -> Any:
            return getattr(self._builder, name)

        def add_text_field(self, name: str, **options: Any) -> None:
            if name != runs.NAME:
                self._builder.add_text_field(name, **options)

    return Former
