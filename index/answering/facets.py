"""How are the answers spread over rubrics, authors, commenters, states and months?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from whoosh import query as nodes

from index import french
from index.engines import Reader
from index.question.grammar import NAMED
from index.results import Bucket

# facet name → (field counted, field of the question that filters it)
FACETS = {
    "category": "category_shown",
    "author": "author_shown",
    "commenter": "commenter_shown",
    "state": "state",
    "month": "month",
}
# what the index says of a passage beside its words, where a question can ask for it
_STATES = frozenset(
    choice.value for named in NAMED if named.column == "state" for choice in named.choices
)
_MOST = 12
"""Values of a facet shown, the commonest first; months are all shown, in order of time."""


def facets_of(
    reader: Reader, tree: nodes.Query, names: Sequence[str]
) -> dict[str, tuple[Bucket, ...]]:
    """Exact counts, articles and passages, of the values that the answers have."""
    if not names:
        return {}
    tally = reader.tally(tree, [FACETS[name] for name in names])
    values = {name: _most(name, tally[FACETS[name]]) for name in names if name != "month"}
    alike = {
        (FACETS[name], one.shown): one.passages
        for name, some in values.items()
        for one in some
        if one.alike
    }
    articles = reader.spread(tree, alike)

    def bucket(name: str, one: _Value) -> Bucket:
        held = articles.get((FACETS[name], one.shown))
        if held is None:
            # written in several ways, it is searched as it is folded
            folded = nodes.Term(FACETS[name].removesuffix("_shown"), one.key)
            held = reader.groups(nodes.And([tree, folded])).count
        return Bucket(one.shown, articles=held, passages=one.passages)

    return {
        name: tuple(bucket(name, one) for one in values[name])
        if name in values
        else _months(reader, tree, tally["month"])
        for name in names
    }


@dataclass(slots=True)
class _Value:
    """One value of a facet: folded, and as most write it; `alike` when all do."""

    key: str
    shown: str
    passages: int
    alike: bool = True


def _most(name: str, counted: Mapping[str, int]) -> list[_Value]:
    merged: dict[str, _Value] = {}
    for written, passages in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])):
        if name == "state" and written not in _STATES:
            continue
        key = french.fold(written)
        if (value := merged.get(key)) is None:
            merged[key] = _Value(key, written, passages)
        else:
            value.passages += passages
            value.alike = False
    return sorted(merged.values(), key=lambda value: (-value.passages, value.key))[:_MOST]


def _months(reader: Reader, tree: nodes.Query, counted: dict[str, int]) -> tuple[Bucket, ...]:
    if not counted:
        return ()
    comments = reader.tally(nodes.And([tree, nodes.Term("kind", "comment")]), ["month"])["month"]
    return tuple(
        Bucket(
            month,
            passages=passages,
            comments=comments.get(month, 0),
            sections=passages - comments.get(month, 0),
        )
        for month, passages in sorted(counted.items())
    )
