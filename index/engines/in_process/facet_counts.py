"""Over which values of a facet are the answers spread, in an engine of this process?

Values that differ by case and accents only are one, named as most write it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from whoosh import query as nodes

from index import french
from index.engines.requests import FacetValue, ListAnswer, ListRequest, Span, SpanCount
from index.question.grammar import NAMED

# the column that a facet is searched by, where it is not itself
_FOLDED = {f"{name}_shown": name for name in ("category", "author", "commenter")}

# what the index says of a passage beside its words, where a question can ask for it
_STATES = frozenset(
    choice.value for named in NAMED if named.column == "state" for choice in named.choices
)

NOTHING_NAMED: Mapping[str, Sequence[str]] = MappingProxyType({})
MANY = 64_900
"""So many values of a field are told apart; an engine may leave out the least frequent of more."""


class Counts(NamedTuple):
    """Over how many groups the records that match are spread, and how many of each kind match.

    >>> Counts(3, {"lead": 3, "comment": 4}).records
    7
    """

    groups: int
    kinds: Mapping[str, int]

    @property
    def records(self) -> int:
        return sum(self.kinds.values())


class Counting(Protocol):
    """The counts that an engine of this process gives."""

    def counts(self, tree: nodes.Query) -> Counts:
        """Over how many groups the matching records are spread, exactly, however many."""

    def total(self, tree: nodes.Query) -> int:
        """Return how many records match."""

    def tally(self, tree: nodes.Query, fields: Sequence[str]) -> dict[str, dict[Any, int]]:
        """Exact number of matching records for each value of each `key` or `number` field.

        An engine may leave out the least frequent of more than 10,000 values, of one field of
        more than `MANY`.
        """

    def spread(
        self, tree: nodes.Query, counted: Mapping[tuple[str, str], int]
    ) -> dict[tuple[str, str], int]:
        """Over how many groups the matching records of each value of a field are spread.

        counted: the field, one that makes facets, and the value → what `tally` says of it.
        """


def facet_values(
    reader: Counting,
    tree: nodes.Query,
    fields: Sequence[str],
    most: int,
    named: Mapping[str, Sequence[str]] = NOTHING_NAMED,
) -> dict[str, list[FacetValue]]:
    """Exact counts, groups and records, of the values that the answers have.

    The `most` commonest of each field, and those that are named.
    """
    if not fields:
        return {}
    tally = reader.tally(tree, fields)
    if "state" in tally:
        tally["state"] = {state: n for state, n in tally["state"].items() if state in _STATES}
    values = {}
    for name in fields:
        if name != "month":
            all_values = _merged(tally[name])
            named_keys = frozenset(named.get(name, ()))
            values[name] = all_values[:most] + [
                value for value in all_values[most:] if value.key in named_keys
            ]
    months = _months(reader, tree, tally["month"]) if "month" in fields else []
    counts = _counted(reader, tree, values)
    return {name: counts.get(name, months) for name in fields}


def listed(reader: Counting, request: ListRequest) -> ListAnswer:
    """A part of the list of a facet's values."""
    tally = reader.tally(request.tree, [request.field])[request.field]
    all_values = _merged(tally)
    named_keys = frozenset(request.named)
    containing = [value for value in all_values if request.containing in value.key]
    values = {request.field: containing[request.start : request.start + request.size]}
    chosen = {request.field: [value for value in all_values if value.key in named_keys]}
    return ListAnswer(
        _counted(reader, request.tree, values)[request.field],
        _counted(reader, request.tree, chosen)[request.field],
        len(containing),
        len(tally) < MANY,
    )


def within(reader: Counting, tree: nodes.Query, spans: Sequence[Span]) -> list[SpanCount]:
    """Return how many records lie in each span, asked span by span."""
    comment = nodes.Term("kind", "comment")
    trees = [
        nodes.And(
            [tree, *[nodes.NumericRange(name, span.start, span.end - 1) for name in _ENDS]],
        )
        for span in spans
    ]
    return [
        SpanCount(reader.total(narrowed), reader.total(nodes.And([narrowed, comment])))
        for narrowed in trees
    ]


_ENDS = ("start", "end")


def _counted(
    reader: Counting, tree: nodes.Query, values: Mapping[str, Sequence[_Value]]
) -> dict[str, list[FacetValue]]:
    """The values of each field, with the groups that they are spread over."""
    alike = {
        (name, bucket.shown): bucket.records
        for name, buckets in values.items()
        for bucket in buckets
        if bucket.alike
    }
    groups = reader.spread(tree, alike)

    def value(name: str, bucket: _Value) -> FacetValue:
        group_count = groups.get((name, bucket.shown))
        if group_count is None:
            # written in several ways, it is searched as it is folded
            folded = nodes.Term(_FOLDED.get(name, name), bucket.key)
            group_count = reader.counts(nodes.And([tree, folded])).groups
        return FacetValue(bucket.shown, group_count, bucket.records)

    return {name: [value(name, bucket) for bucket in buckets] for name, buckets in values.items()}


@dataclass(slots=True)
class _Value:
    """One value of a facet: folded, and as most write it; `alike` when all do."""

    key: str
    shown: str
    records: int
    alike: bool = True


def _merged(counts: Mapping[str, int]) -> list[_Value]:
    """The values, those that differ by case and accents only as one; the commonest first."""
    merged: dict[str, _Value] = {}
    for spelling, records in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        key = french.fold(spelling)
        if (value := merged.get(key)) is None:
            merged[key] = _Value(key, spelling, records)
        else:
            value.records += records
            value.alike = False
    return sorted(merged.values(), key=lambda value: (-value.records, value.key))


def _months(reader: Counting, tree: nodes.Query, counts: Mapping[str, int]) -> list[FacetValue]:
    if not counts:
        return []
    comments = reader.tally(nodes.And([tree, nodes.Term("kind", "comment")]), ["month"])["month"]
    return [
        FacetValue(month, 0, records, comments.get(month, 0))
        for month, records in sorted(counts.items())
    ]
