"""Engines against one another, and against an evaluator that reads like the definition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whoosh.query import (
    And,
    AndMaybe,
    ConstantScoreQuery,
    Every,
    Not,
    NullQuery,
    NumericRange,
    Or,
    Phrase,
    Query,
    SpanNear2,
    Term,
)

from index import engines, french
from index.engines import Engine, Entry, Look, Order, PageRequest, Reader, Shared
from index.engines.in_process.facet_counts import Counts
from index.question.pruning import pruned
from tests.opensearch_node import Node, forget

Find = Callable[..., list[str]]

WORDS = ["de", "la", "chat", "noir", "été", "l'eau", "c++", "artistes", "openai", "sora", "5g"]
CATEGORIES = ["ia", "logiciel libre", "l’été"]
FOLDED = [*map(french.fold, CATEGORIES)]
COUNTED = ["kind", "category_shown", "group", "comments"]


def valued(entry: Entry, name: str) -> Any:
    return entry.values.get(name, entry.shared.values.get(name, ()))


def matches(entry: Entry, tree: Query) -> bool:
    """Whether an entry is an answer to a tree, by definition."""

    def places(name: str, word: str) -> list[int]:
        return [at for at, term in enumerate(terms(name)) if term == word]

    def terms(name: str) -> list[str]:
        shared_and_own = entry.shared.terms.get(name, ""), entry.terms.get(name, "")
        return " ".join(shared_and_own).split()

    match tree:
        case Term(fieldname=name, text=text):
            values = valued(entry, name)
            return text in terms(name) or (not isinstance(values, int) and text in values)
        case Phrase(fieldname=name, words=words):
            count = len(words)
            held_terms = terms(name)
            return any(held_terms[at : at + count] == list(words) for at in range(len(held_terms)))
        case SpanNear2(qs=[a, b], slop=slop, ordered=ordered):
            return any(
                0 < (right - place if ordered else abs(place - right)) <= slop
                for place in places(a.fieldname, a.text)
                for right in places(b.fieldname, b.text)
            )
        case NumericRange(fieldname=name, start=start, end=end):
            value = valued(entry, name)
            return (
                isinstance(value, int)
                and (start is None or start <= value)
                and (end is None or value <= end)
            )
        case And(subqueries=subs):
            return all(matches(entry, sub) for sub in subs)
        case Or(subqueries=subs):
            return any(matches(entry, sub) for sub in subs)
        case AndMaybe(a=required):
            return matches(entry, required)
        case ConstantScoreQuery(child=child):
            return matches(entry, child)
        case Not(query=unwanted):
            return not matches(entry, unwanted)
        case Every():
            return True
        case _ if tree == NullQuery:
            return False
    raise TypeError(tree)


word = st.sampled_from(WORDS)
text_field = st.sampled_from(["text", "title"])
term = st.builds(Term, st.sampled_from(["text", "title", "stem", "variants"]), word)


@st.composite
def ranges(draw: st.DrawFn) -> Query:
    start, end = draw(
        st.sampled_from([(0, None), (None, 3), (2, 4), (4, 2), (-(2**40), 0), (2**61, 2**62)])
    )
    return NumericRange(draw(st.sampled_from(["comments", "start", "group"])), start, end)


@st.composite
def nears(draw: st.DrawFn) -> Query:
    name = draw(text_field)
    pair = [Term(name, draw(word)), Term(name, draw(word))]
    return SpanNear2(pair, slop=draw(st.integers(1, 4)), ordered=draw(st.booleans()))


leaves = st.one_of(
    term,
    term,
    st.builds(Phrase, text_field, st.lists(word, min_size=1, max_size=3)),
    nears(),
    ranges(),
    st.builds(Term, st.just("kind"), st.sampled_from(["lead", "comment", "other"])),
    st.builds(Term, st.just("category"), st.sampled_from([*FOLDED, "logiciel"])),
    st.just(Every()),
    st.just(NullQuery),
)


def branches(trees: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    several = st.lists(trees, min_size=1, max_size=3)
    return st.one_of(
        st.builds(And, several),
        st.builds(Or, several),
        st.builds(Not, trees),
        st.builds(AndMaybe, trees, trees),
        st.builds(ConstantScoreQuery, trees, st.sampled_from([0.0, 2.0])),
        st.builds(lambda left, right: And([left, Not(right)]), trees, trees),
    )


trees = st.recursive(leaves, branches, max_leaves=8)


@st.composite
def corpora(draw: st.DrawFn) -> list[list[Entry]]:
    """Some commits' entries, numbered in order."""
    batches: list[list[Entry]] = []
    number = 0
    shared: Shared | None = None
    text = st.lists(word, max_size=7).map(" ".join)
    for size in draw(st.lists(st.integers(1, 4), min_size=1, max_size=6)):
        batch = []
        for _ in range(size):
            own = draw(text)
            numbers = {"group": 2**61 + draw(st.integers(0, 3))}
            for name in ("comments", "start", "end"):
                if draw(st.booleans()):
                    numbers[name] = draw(st.integers(-3, 5))
            categories = draw(st.lists(st.sampled_from(CATEGORIES), unique=True, max_size=2))
            kind = draw(st.sampled_from(["lead", "comment"]))
            if shared is None or draw(st.booleans()):
                terms = {"title": draw(text), "variants": draw(text)}
                folded = [*map(french.fold, categories)]
                values = {"category": folded, "category_shown": categories}
                shared = Shared(terms, {"article": ["a"], **values})
            batch.append(
                Entry(
                    f"r{number}",
                    {"text": own, "stem": own, "variants": draw(text)},
                    {"id": [f"r{number}"], "kind": [kind], **numbers},
                    f"r{number}".encode(),
                    shared,
                )
            )
            number += 1
        batches.append(batch)
    return batches


def filled(location: str, batches: Sequence[list[Entry]], removed_ids: Sequence[str]) -> Engine:
    engine = engines.open(location)
    with engine.writer() as writer:
        for batch in batches:
            writer.add(batch)
            writer.commit()
        writer.remove(removed_ids)
    return engine


def both_readers(batches: Sequence[list[Entry]], removed_ids: Sequence[str]) -> Iterator[Reader]:
    for location in (":memory:", "whoosh::memory:"):
        yield filled(location, batches, removed_ids).reader()


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(batches=corpora(), queries=st.lists(trees, min_size=4, max_size=12), data=st.data())
def test_every_engine_finds_what_the_definition_finds(
    find_ids: Find, batches: list[list[Entry]], queries: list[Query], data: st.DataObject
) -> None:
    entries = [entry for batch in batches for entry in batch]
    removed_ids = data.draw(st.lists(st.sampled_from([entry.id for entry in entries]), max_size=3))
    live = [entry for entry in entries if entry.id not in removed_ids]
    for reader in both_readers(batches, removed_ids):
        assert reader.size() == len(live)
        for tree in queries:
            expected = [entry for entry in live if matches(entry, tree)]
            for order in get_args(Order):
                ids = find_ids(reader, tree, order=order)
                assert sorted(ids) == sorted(entry.id for entry in expected)
                # a short list is the beginning of the long one: nothing is pruned wrongly
                assert find_ids(reader, tree, 2, order) == ids[:2]
                assert reader.search(tree, 2, order).total == len(expected)
                hits = reader.search(tree, len(entries), order).hits
                # what is not counted is ranked alike
                assert reader.best(tree, 2, order, 1) == hits[1:3]
                assert reader.best(tree, len(entries), order) == hits
            [total] = reader.look(Look(totals=[tree])).totals
            assert total == len(expected)
            whole, left = (
                {hit.ref: hit.score for hit in reader.search(equal_tree, len(entries)).hits}
                for equal_tree in (tree, pruned(tree, reader))
            )
            assert left == pytest.approx(whole, rel=1e-4)
            spread = Counter(values(expected, "group"))
            kinds = dict(Counter(values(expected, "kind")))
            assert reader.counts(tree) == Counts(len(spread), kinds)
            pairs = [
                (("kind", str(kind)), number)
                for entry in expected
                for kind in values([entry], "kind")
                for number in values([entry], "group")
            ]
            assert reader.spread(tree, Counter(kind for kind, _ in pairs)) == dict(
                Counter(kind for kind, _ in set(pairs))
            )
            assert reader.tally(tree, COUNTED) == {
                name: dict(Counter(values(expected, name))) for name in COUNTED
            }


def values(entries: Sequence[Entry], name: str) -> Iterator[object]:
    for entry in entries:
        value = valued(entry, name)
        yield from [value] if isinstance(value, int) else value


@settings(max_examples=25, deadline=None)
@given(batches=corpora())
def test_every_engine_holds_the_same_words(batches: list[list[Entry]]) -> None:
    entries = [entry for batch in batches for entry in batch]
    counts = Counter(term for entry in entries for term in set(entry.terms["text"].split()))
    expected = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    for reader in both_readers(batches, []):
        assert reader.words("text", "") == expected
        assert reader.words("text", "", 2) == expected[:2]
        for prefix in ("a", "ar", "é", "l'", "zz"):
            assert reader.words("text", prefix) == [
                pair for pair in expected if pair[0].startswith(prefix)
            ]
        assert all(reader.freq("text", word) == counts[word] for word in WORDS)


@settings(max_examples=40, deadline=None)
@given(batches=corpora(), data=st.data())
@pytest.mark.parametrize(
    ("order", "name", "sign"),
    [("newest", "end", -1), ("oldest", "start", 1), ("most_commented", "comments", -1)],
)
def test_every_engine_sorts_alike(
    batches: list[list[Entry]], data: st.DataObject, order: Order, name: str, sign: int
) -> None:
    entries = [entry for batch in batches for entry in batch]
    dated = {
        entry.id: number for entry in entries if isinstance(number := valued(entry, name), int)
    }
    for reader in both_readers(batches, []):
        hits = reader.search(Every(), len(entries), order).hits
        ids = [stored.decode() for stored in reader.load([hit.ref for hit in hits])]
        numbers = [sign * dated[entry_id] for entry_id in ids if entry_id in dated]
        assert numbers == sorted(numbers)
        # what has no such number comes after what has
        assert all(entry_id in dated for entry_id in ids[: len(dated)])


@pytest.mark.parametrize("shards", [1, 3])
def test_a_cluster_finds_what_the_definition_finds(node: Node, find_ids: Find, shards: int) -> None:
    """Of one index, since making one takes a second; many trees, of all kinds."""
    location = node.fresh(shards=shards)
    engine = engines.open(location, create=True)
    live: list[Entry] = []

    @settings(max_examples=8, deadline=None, suppress_health_check=[*HealthCheck])
    @given(batches=corpora(), trees=st.lists(trees, min_size=4, max_size=12), data=st.data())
    def check_cluster(batches: list[list[Entry]], trees: list[Query], data: st.DataObject) -> None:
        entries = [entry for batch in batches for entry in batch]
        removed_ids = data.draw(
            st.lists(st.sampled_from([entry.id for entry in entries]), max_size=3)
        )
        with engine.writer() as writer:
            writer.remove(entry.id for entry in live)
            for batch in batches[:2]:
                writer.add(batch)
                writer.commit()
            for batch in batches[2:]:
                writer.add(batch)
            writer.remove(removed_ids)
        live[:] = [entry for entry in entries if entry.id not in removed_ids]
        _check(engine.reader(), find_ids, live, trees)

    try:
        check_cluster()
    finally:
        forget(location)


def _check(reader: Reader, found: Find, live: list[Entry], queries: list[Query]) -> None:
    assert reader.size() == len(live)
    for tree in queries:
        expected = [entry for entry in live if matches(entry, tree)]
        for order in get_args(Order):
            ids = found(reader, tree, order=order)
            assert sorted(ids) == sorted(entry.id for entry in expected)
            assert found(reader, tree, 2, order) == ids[:2]
        page = reader.page(PageRequest(tree, size=100))
        assert page.count == len({*values(expected, "group")})
        assert page.kinds == dict(Counter(values(expected, "kind")))
        numbers = Counter(values(expected, "group"))
        assert sorted(group.matches for group in page.groups) == sorted(numbers.values())
    held_terms = {term for entry in live for term in entry.terms["text"].split()}
    assert {word for word, _ in reader.words("text", "")} == held_terms
