"""Over how many articles, and over which values, a page says that its answers are spread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any

from whoosh.query import NullQuery, Term

from index.engines import Engine, Entry, FacetValue, PageRequest

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

    def named(*names: str) -> dict[str, Any]:
        return {"category_shown": [*names], "category": [name.lower() for name in names]}

    write(
        engine,
        [
            entry("1", "sora", **first, kind="lead", **named("IA", "Droit"), month=["m1"]),
            entry("2", "sora veo", **first, **named("IA"), month=["m1"]),
        ],
        [entry("3", "sora", **second, **named("ia", "l’été"), month=["m2"])],
        [entry("4", "veo", **second, **named("autre"))],
    )
    facets = ("category_shown", "month", "author_shown")
    page = engine.reader().page(PageRequest(SORA, facets=facets))
    assert (page.count, page.kinds, page.records) == (2, {"lead": 1, "comment": 2}, 3)
    assert [group.found for group in page.groups] in ([2, 1], [1, 2])
    assert page.facets["category_shown"] == [
        # written in two ways, it is one, as most write it
        FacetValue("IA", 2, 3),
        FacetValue("Droit", 1, 1),
        FacetValue("l’été", 1, 1),
    ]
    assert page.facets["month"] == [FacetValue("m1", 0, 2, 1), FacetValue("m2", 0, 1, 1)]
    assert page.facets["author_shown"] == []
    nothing = engine.reader().page(PageRequest(NullQuery, facets=facets))
    assert (nothing.count, nothing.kinds) == (0, {})
    assert not any(nothing.facets.values())


def test_the_commonest_of_many_values_are_those_of_the_whole_index(
    engine: Engine, entry: Make
) -> None:
    """Each shard of a cluster has its own commonest."""
    draw = Random(3)
    names = [f"nom {number:03}" for number in range(400)]
    weights = [1 / (1 + place) for place in range(len(names))]
    chosen = [draw.choices(names, weights)[0] for _ in range(2500)]
    write(
        engine,
        [
            entry(
                str(number), "sora", article=f"a{number % 90}", group=1 + number % 90,
                commenter_shown=[name], commenter=[name], stored=stored(f"a{number % 90}"),
            )
            for number, name in enumerate(chosen)
        ],
    )  # fmt: skip
    groups: dict[str, set[int]] = {one: set() for one in names}
    for number, name in enumerate(chosen):
        groups[name].add(number % 90)
    wanted = sorted(Counter(chosen).items(), key=lambda pair: (-pair[1], pair[0]))[:12]
    page = engine.reader().page(PageRequest(SORA, facets=["commenter_shown"]))
    assert page.facets["commenter_shown"] == [
        FacetValue(name, len(groups[name]), records) for name, records in wanted
    ]
    assert page.count == 90
