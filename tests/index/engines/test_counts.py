"""How many, of what matches: by value, by article, and over how many articles a value is spread."""

from __future__ import annotations

from collections.abc import Callable

from whoosh.query import NullQuery, Term

from index.engines import Engine, Entry, Reader
from index.engines.in_process.facet_counts import Counts

Make = Callable[..., Entry]

SORA = Term("text", "sora")


def fill(engine: Engine, *batches: list[Entry]) -> Reader:
    for batch in batches:
        with engine.writer() as writer:
            writer.add(batch)
    return engine.reader()


def test_tally_counts_each_value_of_what_matched(local: Engine, entry: Make) -> None:
    large_number = 2**62 + 1
    reader = fill(
        local,
        [
            entry(
                "1",
                "sora",
                kind="lead",
                category_shown=["ia", "logiciel libre"],
                group=large_number,
            ),
            entry("2", "sora veo", category_shown=["ia"], group=large_number),
        ],
        [entry("3", "sora", category_shown=["l’été, d’abord"], group=3)],
        [entry("4", "veo", group=4)],
    )
    assert reader.tally(SORA, ["kind", "category_shown", "group", "minutes"]) == {
        "kind": {"lead": 1, "comment": 2},
        "category_shown": {"ia": 2, "logiciel libre": 1, "l’été, d’abord": 1},
        "group": {large_number: 2, 3: 1},
        "minutes": {},
    }
    assert reader.tally(SORA, []) == {}


def test_the_articles_and_the_kinds_of_what_matches_are_counted(local: Engine, entry: Make) -> None:
    reader = fill(
        local,
        [entry("1", "sora", group=5), entry("2", "sora veo", group=5), entry("3", "sora", group=9)],
        [entry("4", "sora", group=5), entry("5", "veo", group=7)],
    )
    for _ in range(2):
        assert reader.counts(SORA) == Counts(2, {"comment": 4})
        assert reader.counts(NullQuery) == Counts(0, {})
        assert reader.total(SORA) == 4


def test_spread_counts_the_articles_of_each_value(local: Engine, entry: Make) -> None:
    reader = fill(
        local,
        [entry("1", "sora", group=5, month=["m1"]), entry("2", "sora", group=5, month=["m1"])],
        [
            entry("3", "sora", group=9, month=["m1"], category_shown=["ia", "l’été"]),
            entry("4", "veo", group=7, month=["m2"]),
        ],
    )
    tallied = {("month", "m1"): 3, ("month", "m2"): 0, ("category_shown", "l’été"): 1}
    expected = {("month", "m1"): 2, ("month", "m2"): 0, ("category_shown", "l’été"): 1}
    assert reader.spread(SORA, tallied) == expected
    assert reader.spread(SORA, {}) == {}


def test_tally_of_more_articles_than_a_page_of_buckets(local: Engine, entry: Make) -> None:
    count = 3000
    reader = fill(local, [entry(str(n), "sora", group=2**61 + n) for n in range(count)])
    assert reader.tally(SORA, ["group"])["group"] == {2**61 + n: 1 for n in range(count)}


def test_tally_of_more_values_than_an_engine_gives_at_once(local: Engine, entry: Make) -> None:
    """Of a million comments, the names of those who wrote them."""
    names = ("commenter_shown", "category_shown", "author_shown")
    many = {name: [f"{name} {n}" for n in range(12_000)] for name in names}
    doubled = {name: values[:5] for name, values in many.items()}
    reader = fill(local, [entry("1", "sora", **many), entry("2", "sora", **doubled)])
    tallies = reader.tally(SORA, names)
    for name in names:
        assert len(tallies[name]) > 10_000
        assert {value for value, count in tallies[name].items() if count == 2} == {*doubled[name]}
