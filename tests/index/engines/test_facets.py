"""Over how many articles, and over which values, a page says that its answers are spread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any

from whoosh.query import Every, NullQuery, Term

from index import french
from index.engines import (
    Engine,
    Entry,
    FacetValue,
    ListAnswer,
    ListRequest,
    PageRequest,
    Reader,
    Span,
    SpanCount,
)

Make = Callable[..., Entry]

SORA = Term("text", "sora")


def stored(article: str) -> bytes:
    return b'{"about": {"id": "%s"}}' % article.encode()


def write(engine: Engine, *batches: list[Entry]) -> None:
    for batch in batches:
        with engine.writer() as writer:
            writer.add(batch)


def test_values_are_counted_in_groups_and_records(engine: Engine, entry: Make) -> None:
    first: dict[str, Any] = {"article": "a", "group": 5, "stored": stored("a")}
    second: dict[str, Any] = {"article": "b", "group": 9, "stored": stored("b")}

    def values_named(*names: str) -> dict[str, Any]:
        return {"category_shown": [*names], "category": [*map(french.fold, names)]}

    write(
        engine,
        [
            entry(
                "1", "sora", **first, kind="lead", **values_named("IA", "Droit"), month=["2024-11"]
            ),
            entry("2", "sora veo", **first, **values_named("IA"), month=["2024-11"]),
        ],
        [entry("3", "sora", **second, **values_named("ia", "l’été"), month=["2024-12"])],
        [entry("4", "veo", **second, **values_named("autre"))],
    )
    facets = ("category_shown", "month", "author_shown")
    page = engine.reader().page(PageRequest(SORA, facets=facets))
    assert (page.count, page.kinds, page.records) == (2, {"lead": 1, "comment": 2}, 3)
    assert [group.matches for group in page.groups] in ([2, 1], [1, 2])
    assert page.facets["category_shown"] == [
        # written in two ways, it is one, as most write it
        FacetValue("IA", 2, 3),
        FacetValue("Droit", 1, 1),
        FacetValue("l’été", 1, 1),
    ]
    assert page.facets["month"] == [FacetValue("2024-11", 0, 2, 1), FacetValue("2024-12", 0, 1, 1)]
    assert page.facets["author_shown"] == []
    empty_page = engine.reader().page(PageRequest(NullQuery, facets=facets))
    assert (empty_page.count, empty_page.kinds) == (0, {})
    assert not any(empty_page.facets.values())


def test_the_commonest_of_many_values_are_those_of_the_whole_index(
    engine: Engine, entry: Make
) -> None:
    """Each shard of a cluster has its own commonest."""
    draw = Random(3)
    names = [f"nom {number:03}" for number in range(400)]
    weights = [1 / (1 + place) for place in range(len(names))]
    chosen_names = [draw.choices(names, weights)[0] for _ in range(2500)]
    write(
        engine,
        [
            entry(
                str(number), "sora", article=f"a{number % 90}", group=1 + number % 90,
                commenter_shown=[name], commenter=[name], stored=stored(f"a{number % 90}"),
            )
            for number, name in enumerate(chosen_names)
        ],
    )  # fmt: skip
    groups: dict[str, set[int]] = {name: set() for name in names}
    for number, name in enumerate(chosen_names):
        groups[name].add(number % 90)
    expected = sorted(Counter(chosen_names).items(), key=lambda pair: (-pair[1], pair[0]))[:12]
    page = engine.reader().page(PageRequest(SORA, facets=["commenter_shown"]))
    assert page.facets["commenter_shown"] == [
        FacetValue(name, len(groups[name]), records) for name, records in expected
    ]
    assert page.count == 90


def commented(engine: Engine, entry: Make) -> Reader:
    """Forty pseudonyms, "nom 00" in one comment, "nom 01" in two…, and one written in two ways."""
    names = [f"nom {number:02}" for number in range(40) for _ in range(number + 1)]
    names += ["Zoé (a+b)", "ZOE (A+B)", "Zoé (a+b)"]
    write(
        engine,
        [
            entry(
                str(place), "sora" if place % 2 else "veo", article=f"a{place % 7}",
                group=1 + place % 7, commenter_shown=[name], stored=stored(f"a{place % 7}"),
                commenter=[name.lower().replace("é", "e")], start=place * 10,
                # the fifth is known less well: it goes on where the next span begins
                end=place * 10 + (50 if place == 5 else 0),
                kind="comment" if place % 3 else "section",
            )
            for place, name in enumerate(names)
        ],
    )  # fmt: skip
    return engine.reader()


def test_a_facet_may_be_counted_over_another_tree(engine: Engine, entry: Make) -> None:
    """And a value that is named is given though others are commoner."""
    reader = commented(engine, entry)
    field = "commenter_shown"
    request = PageRequest(
        SORA, facets=[field, "month"], most=3, beside={field: Every()},
        named={field: ["nom 01", "zoe (a+b)", "nom 39", "nobody"]},
    )  # fmt: skip
    facets = reader.page(request).facets
    assert list(facets) == [field, "month"]
    assert facets[field][:3] == [FacetValue(f"nom {n}", 7, n + 1) for n in (39, 38, 37)]
    assert [(value.value, value.records) for value in facets[field][3:]] == [
        ("Zoé (a+b)", 3),
        ("nom 01", 2),
    ]
    # nothing is counted that is no facet of the page
    request_alone = PageRequest(SORA, beside={field: Every()}, named={field: ["nom 01"]})
    assert reader.page(request_alone).facets == {}


def test_all_the_values_of_a_facet_are_listed_by_parts(engine: Engine, entry: Make) -> None:
    reader = commented(engine, entry)
    values: list[FacetValue] = []
    while True:
        listed = reader.values(ListRequest(Every(), "commenter_shown", start=len(values), size=15))
        assert (listed.total, listed.exact, listed.named) == (41, True, [])
        if not listed.values:
            break
        values += listed.values
    assert len(values) == len({value.value for value in values}) == 41
    counts = [value.records for value in values]
    assert counts == sorted(counts, reverse=True)
    assert sum(counts) == 823

    def holding(text: str, **options: Any) -> ListAnswer:
        return reader.values(ListRequest(Every(), "commenter_shown", text, **options))

    named_values = holding("m 0", named=["nom 30", "nobody"])
    assert {value.value for value in named_values.values} == {f"nom 0{n}" for n in range(10)}
    assert [value.value for value in named_values.named] == ["nom 30"]
    assert [value.value for value in holding("(a+b)").values] == ["Zoé (a+b)"]
    assert holding("n.m").values == []
    assert holding("nobody").total == 0
    values_within = reader.values(ListRequest(SORA, "commenter_shown", "zoe"))
    assert [value.records for value in values_within.values] == [1]


def test_what_lies_in_each_span_is_counted(engine: Engine, entry: Make) -> None:
    reader = commented(engine, entry)
    spans = [Span(0, 100), Span(100, 101), Span(101, 110), Span(5000, 10_000), Span(90_000, 90_001)]
    page = reader.page(PageRequest(Every(), spans=spans))
    assert page.spans == [
        SpanCount(9, 5),
        SpanCount(1, 1),
        SpanCount(0, 0),
        SpanCount(323, 215),
        SpanCount(0, 0),
    ]
    assert reader.page(PageRequest(NullQuery, spans=spans)).spans == [SpanCount()] * 5
    assert list(reader.page(PageRequest(Every())).spans) == []


def test_what_was_seen_at_once_comes_newest_first(
    engine: Engine, entry: Make, find_ids: Callable[..., list[str]]
) -> None:
    draw = Random(5)
    rows = [
        (draw.choice([None, 1, 2, 3]), draw.choice([None, 10, 20, 30, 40]), number)
        for number in range(60)
    ]
    write(
        engine,
        *(
            [
                entry(
                    str(number), "sora",
                    **{k: v for k, v in (("seen", seen), ("end", end)) if v is not None},
                )
                for seen, end, number in rows[at : at + 20]
            ]
            for at in (0, 20, 40)
        ),
    )  # fmt: skip
    expected = sorted([(-(seen or 0), -(end or 0)) for seen, end, _ in rows])
    reader = engine.reader()
    for count in (1, 7, 20, 33, 59, 60, 100):
        ids = find_ids(reader, SORA, count, "first_seen")
        assert len(set(ids)) == min(count, 60)
        dates = [rows[int(id)] for id in ids]
        assert [(-(seen or 0), -(end or 0)) for seen, end, _ in dates] == expected[:count]
