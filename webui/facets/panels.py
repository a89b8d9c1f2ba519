"""Which values narrow a question, which of them are chosen, and how does one see them all?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from index.answering import Values
from index.french import fold
from index.question.grammar import NAMED
from index.results import Bucket, Results
from webui.addresses import (
    FACETS,
    STATED,
    Choice,
    Face,
    Facet,
    Links,
    Narrowing,
    SearchParams,
    widened,
)
from webui.locale import Tongue

VALUES_ON_A_PAGE = 100
# an engine gives so many of the commonest: there may be more
_COMMONEST = 12
NOTHING_TYPED: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class FacetChoices:
    """A facet of the page of results; `every` leads to all its values, when there are more."""

    title: str
    choices: tuple[Choice, ...]
    every: Choice | None = None


@dataclass(frozen=True)
class FacetPanel:
    """The facets of an answer, the chosen values among the others."""

    results: Results
    params: SearchParams
    links: Links
    tongue: Tongue

    def facets(self) -> list[FacetChoices]:
        """Those that would narrow something, or that narrow already."""
        return [*self._states(), *(facet for name in FACETS for facet in self._facet(name))]

    def _states(self) -> Iterator[FacetChoices]:
        """Passages edited, that answer, that link or quote: where some do and others do not."""
        buckets = [
            bucket
            for bucket in self.results.facets.get("state", ())
            if bucket.passages < self.results.totals.passages
        ]
        if buckets:
            narrowing = Narrowing(self.params, self.links)
            choices = tuple(
                Choice(
                    self.tongue(f"state_{bucket.value}"),
                    narrowing.address("state", bucket.value),
                    count=bucket.passages,
                    articles=bucket.articles,
                )
                for bucket in buckets
            )
            yield FacetChoices(self.tongue("facet_state"), choices)

    def _facet(self, name: Facet) -> Iterator[FacetChoices]:
        buckets = self.results.facets.get(name, ())
        full = len(buckets) >= _COMMONEST
        values_typed = typed_values(self.results, self.params, self.links, name)
        counted_keys = {fold(bucket.value) for bucket in buckets}
        buckets = (
            *buckets,
            *(Bucket(value) for value in values_typed if value not in counted_keys),
        )
        if not getattr(self.params, name) and not values_typed:
            # a value that every passage has would narrow nothing
            most = self.results.totals.passages
            buckets = tuple(bucket for bucket in buckets if bucket.passages < most)
        if not buckets:
            return
        all_values = None
        if full:
            listing = replace(self.params, facet=name, page=1)
            all_values = Choice(self.tongue(f"facet_every_{name}"), self.links.values(listing))
        choices = value_choices(name, buckets, self.params, self.links, values_typed)
        yield FacetChoices(self.tongue(f"facet_{name}"), choices, all_values)


def value_choices(
    name: str,
    buckets: Sequence[Bucket],
    params: SearchParams,
    links: Links,
    typed: Mapping[str, str] = NOTHING_TYPED,
) -> tuple[Choice, ...]:
    """The values of a facet; one that is chosen leads to the question without it.

    typed: those that the question itself asks (see `typed_values`).

    >>> params = SearchParams(q="nda", category=("droit",))
    >>> [choice] = value_choices("category", [Bucket("Droit", 1, 2)], params, Links())
    >>> choice.current, choice.href
    (True, '/search?q=nda')
    """
    removed = {
        **typed,
        **{
            fold(value): links.search(widened(params, name, value))
            for value in getattr(params, name)
        },
    }
    narrowing = Narrowing(params, links)
    return tuple(
        Choice(
            bucket.value,
            removed.get(fold(bucket.value)) or narrowing.address(name, bucket.value),
            fold(bucket.value) in removed,
            bucket.passages,
            bucket.articles,
        )
        for bucket in buckets
    )


def typed_values(results: Results, params: SearchParams, links: Links, name: str) -> dict[str, str]:
    """The values of a facet that a question names in words (`rubrique:droit`, `@zoé`), folded.

    Each with the address of the question without it.
    """
    return {
        fold(value): links.search(params.but(q=piece.without))
        for piece in results.understood
        if piece.kind == "field" and _facet_of(piece.text) == name
        for value in piece.matches
    }


def _facet_of(text: str) -> str:
    """
    >>> _facet_of("Rubrique:droit"), _facet_of("@zoé"), _facet_of("titre:sora")
    ('category', 'commenter', '')
    """
    if text.startswith("@"):
        return "commenter"
    return _NAMES.get(fold(text.partition(":")[0]), "")


_NAMES = {
    fold(written): field.column
    for field in NAMED
    if field.column in FACETS
    for written in field.names
}


def removals(results: Results, params: SearchParams, links: Links) -> dict[tuple[str, str], str]:
    """Facet and folded value, of those that are chosen → the address of the question without it.

    >>> removals(Results("nda"), SearchParams(q="nda", author=("Zoé",)), Links())
    {('author', 'zoe'): '/search?q=nda'}
    """
    addresses: dict[tuple[str, str], str] = {
        (name, fold(value)): links.search(widened(params, name, value))
        for name in FACETS
        for value in getattr(params, name)
    }
    for name in FACETS:
        for value, href in typed_values(results, params, links, name).items():
            addresses.setdefault((name, value), href)
    for piece in results.understood:
        if piece.kind == "state" and piece.matches and piece.matches[0] in STATED:
            state = STATED[piece.matches[0]]
            addresses["state", fold(state)] = links.search(params.but(q=piece.without))
    return addresses


@dataclass(frozen=True)
class ValuesPage:
    """All the values of a facet, a page of them, with a box to look for one."""

    values: Values
    params: SearchParams
    links: Links

    @property
    def chosen(self) -> tuple[Choice, ...]:
        return value_choices(self.params.facet, self.values.chosen, self.params, self.links)

    @property
    def unchosen(self) -> tuple[Choice, ...]:
        choices = value_choices(self.params.facet, self.values.values, self.params, self.links)
        return tuple(choice for choice in choices if not choice.current)

    @property
    def other_parameters(self) -> list[tuple[str, str]]:
        """What a form sends besides the values."""
        return [pair for pair in self.params.pairs() if pair[0] not in (self.params.facet, "page")]

    @property
    def last_page(self) -> int:
        return max(1, -(-self.values.total // VALUES_ON_A_PAGE))

    @property
    def has_next(self) -> bool:
        return self.params.page < self.last_page

    def page(self, number: int, face: Face = "") -> str:
        return self.links.values(self.params.but(page=number), face)
