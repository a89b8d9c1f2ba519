"""How are the answers spread over rubrics, authors, commenters, states and months?"""

from __future__ import annotations

from collections.abc import Sequence

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
    fields = [FACETS[name] for name in names]
    tally = reader.tally(tree, fields)
    return {
        name: _months(reader, tree, tally[field])
        if name == "month"
        else _values(reader, tree, field, tally[field])
        for name, field in zip(names, fields, strict=True)
    }


def _values(
    reader: Reader, tree: nodes.Query, field: str, counted: dict[str, int]
) -> tuple[Bucket, ...]:
    folded = field.removesuffix("_shown")
    merged: dict[str, tuple[str, int]] = {}
    for value, passages in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])):
        if field == "state" and value not in _STATES:
            continue
        # one name written in two ways is one value, written as most do
        key = french.fold(value)
        shown, count = merged.get(key, (value, 0))
        merged[key] = shown, count + passages
    best = sorted(merged.items(), key=lambda item: (-item[1][1], item[0]))[:_MOST]
    return tuple(
        Bucket(
            shown,
            articles=reader.groups(nodes.And([tree, nodes.Term(folded, key)])).count,
            passages=passages,
        )
        for key, (shown, passages) in best
    )


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
