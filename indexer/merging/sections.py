"""Which sections has an article that two sources give, one of them perhaps in part?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable
from typing import TypeVar

from indexer.article import Article, Section, plain
from indexer.reporting import provenance

_FREE = "isAccessibleForFree"
Name = TypeVar("Name", bound=Hashable)


def united(first: Article, second: Article, silent: bool) -> tuple[tuple[Section, ...], Article]:
    """Return the merged sections, and the article they come from.

    A partial first article removes nothing of the second: its sections replace those under the
    same headlines, and the others stay. A text that may have been cut does not replace a longer
    one. `silent`: return no sections when the first article has none.

    >>> cut = {"completeness": "partial"}
    >>> part = Article("a", "A", sections=(Section("Un", "Nou"),), extra=cut)
    >>> whole = Article("a", "A", sections=(Section("Un", "Ancien."), Section("Deux", "Reste.")))
    >>> [section.text for section in united(part, whole, False)[0]]
    ['Ancien.', 'Reste.']
    """
    if not first.sections and not silent:
        return second.sections, second
    if not second.sections or first.extra.get("completeness") != "partial":
        return first.sections, first
    second_sections = dict(zip(_names(second.sections), second.sections, strict=True))
    lacks_comments_only = _only_comments_are_missing(first)
    merged: dict[tuple[str, int], Section] = {}
    for name, section in zip(_names(first.sections), first.sections, strict=True):
        longer = second_sections.get(name)
        stands = lacks_comments_only and section.text
        cut = longer is not None and not stands and len(section.text) < len(longer.text)
        merged[name] = longer if longer is not None and cut else section
    order = [*merged, *(name for name in second_sections if name not in merged)]
    if [name for name in merged if name in second_sections] == [
        name for name in second_sections if name in merged
    ]:
        order = woven(list(merged), list(second_sections))
    sections = tuple(merged.get(name) or second_sections[name] for name in order)
    from_second = sections == second.sections and sections != first.sections
    return (second.sections, second) if from_second else (sections, first)


def _names(sections: tuple[Section, ...]) -> list[tuple[str, int]]:
    """Headlines, those that come twice being told apart by their order."""
    counts: Counter[str] = Counter()
    names = []
    for section in sections:
        name = plain(section.headline or "").casefold()
        counts[name] += 1
        names.append((name, counts[name]))
    return names


def _only_comments_are_missing(article: Article) -> bool:
    """Whether what makes an article partial is in its thread: a page shows all of its text,
    unless it says itself that one has to pay; so does the interface of a WordPress."""
    form = provenance.form_of(article, "sections")
    paying = article.extra.get(_FREE) is False and provenance.form_of(article, _FREE) == form
    return form in ("html", "wordpress-rest") and not paying


def woven(
    base: list[Name],
    names_before: list[Name],
    when: Callable[[Name], float] = lambda name: 0.0,
    *,
    before: bool = False,
) -> list[Name]:
    """The names of both, in the order of the first; what only the second has comes there before
    what it precedes here. What precedes nothing goes where its date says, else to the end, or,
    when nothing is in both, `before`. A date of 0 is not known.

    >>> woven([1, 2, 5], [1, 3, 5, 6]), woven([1], [7], before=True)
    ([1, 2, 3, 5, 6], [7, 1])
    >>> woven([1, 8, 9], [1, 5], float), woven([9, 8], [5], float), woven([9, 1], [5], float)
    ([1, 5, 8, 9], [9, 8, 5], [9, 5, 1])
    """
    in_base = set(base)
    ahead: dict[Name, list[Name]] = {}
    waiting: list[Name] = []
    last: Name | None = None
    for name in names_before:
        if name in in_base:
            ahead[name], waiting, last = waiting, [], name
        else:
            waiting.append(name)
    order: list[Name] = []
    start = 0
    for name in base:
        order += [*ahead.get(name, ()), name]
        if name == last:
            start = len(order)
    dated = list(filter(None, map(when, order)))
    if not dated or not any(map(when, waiting)):
        return [*waiting, *order] if before and last is None else [*order, *waiting]
    rising = dated[0] <= dated[-1]
    for run in _runs(waiting, when):
        moment = next(filter(None, map(when, run)))
        while start < len(order) and not _passes(when(order[start]), moment, rising):
            start += 1
        order[start:start] = run
        start += len(run)
    return order


def _passes(other_moment: float, moment: float, rising: bool) -> bool:
    return other_moment > 0 and (other_moment > moment if rising else other_moment < moment)


def _runs(names: list[Name], when: Callable[[Name], float]) -> list[list[Name]]:
    """Each name that has a date, with those after it that have none."""
    runs: list[list[Name]] = []
    for name in names:
        if not runs or (when(name) and any(map(when, runs[-1]))):
            runs.append([])
        runs[-1].append(name)
    return runs
