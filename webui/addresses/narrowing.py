"""At which address is a question narrowed to one value of a facet?

A page has two hundred of them, alike but for one value: each is pasted from what they share.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote_plus

from index.french import fold
from index.question.grammar import LIMITS, NAMED
from webui.addresses.days import Day
from webui.addresses.links import Links
from webui.addresses.parameters import SearchParams

# which parameters say a value of each facet
_PARAMETERS = {
    "category": ("category",),
    "author": ("author",),
    "commenter": ("commenter",),
    "month": ("from", "to"),
    "day": ("from", "to"),
    "year": ("from", "to"),
    "decade": ("from", "to"),
    "century": ("from", "to"),
}
_OF_YEARS = ("decade", "century")
PERIODS = ("day", "month", "year", *_OF_YEARS)
"""Facets whose values are periods."""
_quoted = lru_cache(maxsize=20_000)(quote_plus)


class Narrowing:
    """The addresses of one question, narrowed.

    >>> Narrowing(SearchParams(q="nda", size=20), Links()).address("month", "2024-12")
    '/search?q=nda&from=2024-12&to=2024-12&size=20'
    >>> Narrowing(SearchParams(q="nda"), Links()).address("decade", "1990-1999")
    '/search?q=nda&from=1990&to=1999'
    """

    def __init__(self, params: SearchParams, links: Links) -> None:
        self._params = params
        self._links = links
        self._around: dict[str, tuple[str, str]] = {}

    def address(self, facet: str, value: str) -> str:
        """That of the question within one value, as `narrowed` says."""
        if facet not in _PARAMETERS:
            return self._links.search(narrowed(self._params, facet, value))
        if facet not in self._around:
            self._around[facet] = self._shared(facet)
        before, after = self._around[facet]
        names = _PARAMETERS[facet]
        ends = _ends(value) if facet in _OF_YEARS else [value] * len(names)
        pairs = [f"{name}={_quoted(end)}" for name, end in zip(names, ends, strict=True)]
        return before + "&".join(pairs) + after

    def _shared(self, facet: str) -> tuple[str, str]:
        """What stands before and after the value, in the order of the parameters."""
        names = _PARAMETERS[facet]
        timed = facet in PERIODS
        params = self._params.but(since=None, until=None) if timed else self._params.but()
        before, after = params.around(names[-1])
        bare = self._links.search(SearchParams())
        return f"{bare}?{before}{'&' if before else ''}", f"{'&' if after else ''}{after}"


def narrowed(params: SearchParams, facet: str, value: str) -> SearchParams:
    """The question within one value of a facet, or within the article of an id.

    >>> narrowed(SearchParams(q="nda"), "month", "2024-12").pairs()
    [('q', 'nda'), ('from', '2024-12'), ('to', '2024-12')]
    """
    if facet in PERIODS:
        since, until = map(Day.read, _ends(value) if facet in _OF_YEARS else (value, value))
        return params.but(since=since, until=until)
    if facet == "state":
        return params.but(q=_with(params.q, STATES[value]))
    if facet == "article":
        return params.but(q=_with(params.q, f'article:"{value}"'), group="none")
    return params.but(**{facet: (*getattr(params, facet), value)})


def _ends(value: str) -> list[str]:
    """The first and the last year of a period, 1990-1999."""
    return value.split("-")


def widened(params: SearchParams, facet: str, value: str) -> SearchParams:
    """The question without one value of a facet, however it is written.

    >>> widened(SearchParams(q="nda", category=("Droit", "IA")), "category", "droit").category
    ('IA',)
    """
    values: tuple[str, ...] = getattr(params, facet)
    key = fold(value)
    return params.but(**{facet: tuple(chosen for chosen in values if fold(chosen) != key)})


STATES: dict[str, str] = {
    choice.value: f"{field.name}:{choice.names[0]}"
    for field in NAMED
    if field.column == "state"
    for choice in field.choices
}
"""What the index says of a passage beside its words → how a question asks for it."""

STATED: dict[str, str] = {
    choice.names[0]: choice.value
    for field in NAMED
    if field.column == "state"
    for choice in field.choices
}
"""How the engine names a state it understood → the state."""


_WANTING = re.compile(r"(?:^|\s)(?:[A-ZÈ]{2,5}(?:/\d*)?|\|+)\s*$")
# near the length at which questions are cut
_LONG = LIMITS.characters - 100


def _with(q: str, piece: str) -> str:
    """
    >>> _with("red team", "est:modifié"), _with('"red team', "est:modifié")
    ('red team est:modifié', 'est:modifié "red team')
    >>> _with("sora OU", "est:modifié")
    'est:modifié sora OU'
    """
    # an open phrase would swallow it, as would a word that wants another after it (OU, SAUF); a
    # long question would be cut before it
    before = q.count('"') % 2 or q.count("«") > q.count("»") or _WANTING.search(q) or len(q) > _LONG
    return f"{piece} {q}".strip() if before else f"{q} {piece}".strip()
