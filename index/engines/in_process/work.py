"""How much work is a tree, and what is left of it when that is too much?

An engine of this process cannot be stopped inside one call, so the work is known before: from how
many records hold each word. Deterministic, unlike a clock: a question has one answer, which may
be kept. Measured in postings read, some 3 nanoseconds each (2 vCPU AMD EPYC, tantivy 0.27).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, Protocol

from whoosh import query as nodes

from index.engines.in_process import runs
from index.engines.in_process.facet_counts import MANY
from index.engines.in_process.lookups import ROWS, Frequency, looked_up, matching, ranked, words_of
from index.question.clauses import alternatives
from index.results import Stopped

# The positions of a word in a record, beside the mere knowledge that it is there.
_POSITIONS = 16
# Counting a record that matches: its kind, its article. The best are found at half of that.
_COUNTED = 30
# Finding where the records of a word are told, in each part of an index, and taking its turn among
# the others: two thousand words of eight prefixes take a tenth of a second beside their postings.
_OPENED = 25_000
# Facets ask a tree for their values, for its comments by month, and at least once for the articles
# of the values, which are then told apart.
_TALLIES = 3
_TOLD_APART = 500
# What is looked at of each record when a range, or everything, is asked.
_SCANNED = 1
# Rewriting a leaf of a tree that is too much work, and looking for it in what is shown.
_REWRITTEN = 60_000

MATCHED = 0.1
"""What part of counting a record it takes to know that it matches, and no more."""
EVALUATION = 40_000_000
"""What one evaluation of a question may read: a page of answers takes four."""
ALL = 250_000_000
"""What all that is asked for one page of answers may read."""
OFFERS = 50_000_000
"""What all the suggestions beside them may read."""


class Frequencies(Protocol):
    """An index that says how many records hold a word, and how many there are."""

    def freq(self, field: str, term: str) -> int: ...

    def size(self) -> int: ...


class WorkBudget:
    """The work that a question may still cost, and what was `stopped` for lack of it.

    >>> class Held:
    ...     def freq(self, field, term): return 900
    ...     def size(self): return 1000
    >>> effort = WorkBudget(Held(), 52_000)
    >>> word = nodes.Term("text", "le")
    >>> [effort.allows("counts", word) for _ in range(3)], effort.stopped
    ([True, True, False], ('counts',))
    """

    def __init__(self, index: Frequencies, most: int) -> None:
        self._index = index
        self._budget_left: float = most
        # a word stands in many trees, and a tree is looked at several times
        self._frequencies: dict[tuple[str, str], int] = {}
        self._works: dict[int, tuple[nodes.Query, nodes.Query, int]] = {}
        self._counted: dict[int, tuple[nodes.Query, int]] = {}
        self._stopped: dict[Stopped, None] = {}

    @property
    def stopped(self) -> tuple[Stopped, ...]:
        return tuple(self._stopped)

    def lighter(self, tree: nodes.Query) -> nodes.Query:
        """The tree as it can be asked at all (see `lightened`)."""
        shortened, needed = self._shortened(tree)
        if needed <= EVALUATION:
            return tree
        self._budget_left -= _REWRITTEN * sum(1 for _ in _leaves(shortened))
        light, lost = lightened(shortened, self._frequency, self._index.size(), EVALUATION)
        if lost:
            self._stopped["conditions"] = None
        return light

    def spend(
        self, tree: nodes.Query, times: int = 1, counted: float = 0.0, scored: int = 0
    ) -> None:
        """Count what has to be asked, so many `times`, what matches being `counted` so many, and
        its best found by their scores in so many of the times.
        """
        self._budget_left -= self._cost(tree, times, counted)
        if scored:
            shortened, _ = self._shortened(tree)
            self._budget_left -= scored * ranked(shortened, self._frequency, self._index.size())

    def costly(self, tree: nodes.Query) -> bool:
        """Whether to ask a tree once more costs much beside the rest of a page."""
        return self._shortened(tree)[1] > EVALUATION // 8

    def allows(
        self, work_name: Stopped, tree: nodes.Query, times: int = 1, counted: float = 0.0
    ) -> bool:
        """Whether a tree may be asked so many times for this; it is counted, or it is stopped."""
        return self._affords(work_name, self._cost(tree, times, counted))

    def allows_facets(self, tree: nodes.Query, fields: int) -> bool:
        """Return whether the values of so many facets may be counted.

        The articles of the commonest values, a third of all as a rule, are told apart a part of
        them at a time, and the tree is asked for each part.
        """
        records = self._matching(tree)
        parts = fields * records // (3 * 2 * MANY)
        articles = min(self._frequency("kind", "lead"), records)
        needed = self._cost(tree, _TALLIES + parts, 0.0) + _TOLD_APART * articles
        return self._affords("facets", needed)

    def _affords(self, work_name: Stopped, needed: float) -> bool:
        if needed > self._budget_left:
            self._stopped[work_name] = None
            return False
        self._budget_left -= needed
        return True

    def times_counted(self, tree: nodes.Query) -> int:
        """How many times a tree is read to count the articles of what matches it, at most."""
        several = min(self._frequency("kind", "lead"), self._matching(tree) // 2)
        return 1 + several // MANY

    def learn(self, tree: nodes.Query, records: int) -> None:
        """Take it that so many records match a tree, since they were counted."""
        self._counted[id(tree)] = tree, records

    def _cost(self, tree: nodes.Query, times: int, counted: float) -> float:
        _, needed = self._shortened(tree)
        return times * needed + counted * _COUNTED * self._matching(tree)

    def _matching(self, tree: nodes.Query) -> int:
        if id(tree) in self._counted:
            return self._counted[id(tree)][1]
        shortened, _ = self._shortened(tree)
        return matching(shortened, self._frequency, self._index.size())

    def _shortened(self, tree: nodes.Query) -> tuple[nodes.Query, int]:
        """The tree with the runs that an index looks up instead of phrases, and its work."""
        if id(tree) not in self._works:
            # an index that has no runs holds none of them, and keeps its phrases
            shortened = runs.shortened(tree, True, lambda run: self._frequency(runs.NAME, run))
            needed = work(shortened, self._frequency, self._index.size())
            # kept with the tree, so that no other is given its number
            self._works[id(tree)] = tree, shortened, needed
        _, shortened, needed = self._works[id(tree)]
        return shortened, needed

    def _frequency(self, field: str, term: str) -> int:
        key = field, term
        if key not in self._frequencies:
            self._frequencies[key] = self._index.freq(field, term)
        return self._frequencies[key]


def work(tree: nodes.Query, frequency: Frequency, size: int) -> int:
    """Postings read to find what matches a tree, at most; `size` is how many records there are.

    >>> held = {"le": 900, "la": 800, "sora": 3}
    >>> def frequency(field, word): return held.get(word, 0)
    >>> work(nodes.Term("text", "la"), frequency, 1000)
    25800
    >>> work(nodes.Phrase("text", ["le", "la"]), frequency, 1000)
    75600
    >>> work(nodes.Phrase("text", ["le", "sora"]), frequency, 1000)
    50096
    >>> work(nodes.And([nodes.Term("text", "le"), nodes.Not(nodes.Term("text", "la"))]),
    ...      frequency, 1000)
    53500
    """
    leaves = sum(_leaf(leaf, frequency, size) for leaf in _leaves(tree))
    return leaves + looked_up(tree, frequency, size)


def lightened(
    tree: nodes.Query, frequency: Frequency, size: int, most: int
) -> tuple[nodes.Query, bool]:
    """The tree in `most` postings at most, or as near as can be; and whether it lost a condition.

    The heaviest rows of words, and words near one another, are only required together: what
    matches is then more than what was asked. Those that only rank are left out, and so are those
    that exclude: these too, the heaviest first, when the rows are not enough.

    >>> held = {"le": 900, "la": 800, "sora": 3}
    >>> def frequency(field, word): return held.get(word, 0)
    >>> tree = nodes.And([nodes.Phrase("text", ["le", "la"]), nodes.Term("text", "sora")])
    >>> lightened(tree, frequency, 1000, 100_000)
    (And([And([Term('text', 'le'), Term('text', 'la')]), Term('text', 'sora')]), True)
    >>> lightened(tree, frequency, 1000, 110_000)[1]
    False
    """
    excess = work(tree, frequency, size) - most
    if excess <= 0:
        return tree, False
    # one node may stand in several places
    costs: Counter[int] = Counter()
    for leaf in _leaves(tree):
        if type(leaf) in ROWS:
            costs[id(leaf)] += _leaf(leaf, frequency, size)
    heavy: set[int] = set()
    excluded = Counter({id(node): work(node, frequency, size) for node in _excluded(tree)})
    rows = iter([*costs.most_common(), *excluded.most_common()])
    while True:
        row = None
        while excess > 0 and (row := next(rows, None)):
            heavy.add(row[0])
            excess -= row[1]
        lost = [False]
        lighter = _without(tree, heavy, lost)
        # the words of a row that are required together are read too
        excess = work(lighter, frequency, size) - most
        if excess <= 0 or row is None:
            return lighter, lost[0]


def _excluded(tree: Any) -> Iterator[nodes.Query]:
    """What a tree excludes, wherever that stands."""
    if type(tree) is nodes.Not:
        yield tree
    elif type(tree) not in ROWS:
        for child in tree.children():
            yield from _excluded(child)


def _leaves(tree: nodes.Query) -> Iterator[nodes.Query]:
    if type(tree) in ROWS:
        yield tree
        return
    inside = [*tree.children()]
    if not inside:
        yield tree
    for child in inside:
        yield from _leaves(child)


def _leaf(leaf: Any, frequency: Frequency, size: int) -> int:
    kind = type(leaf)
    if kind is nodes.Term:
        return _OPENED + frequency(leaf.fieldname, leaf.text)
    if kind in ROWS:
        words = words_of(leaf)
        rarest = min(frequency(*word) for word in words)
        if len(words) == 1:
            return _OPENED + rarest
        postings = len(words) * (_OPENED + _POSITIONS * rarest)
        if kind is nodes.Phrase:
            return postings
        # in both orders; a word beside itself, or in one order, at each distance
        return postings * (leaf.slop if len({*words}) == 1 or leaf.ordered else 2)
    return 0 if leaf == nodes.NullQuery else _SCANNED * size


def _without(tree: Any, heavy: set[int], lost: list[bool]) -> nodes.Query:
    kind = type(tree)
    if kind is nodes.Not and (
        id(tree) in heavy or any(id(leaf) in heavy for leaf in _leaves(tree))
    ):
        lost[0] = True
        return nodes.Every()
    if id(tree) in heavy:
        lost[0] = True
        # a node of two words near one another has a boost only when it was given one
        boost = getattr(tree, "boost", 1.0)
        return nodes.And([nodes.Term(*word, boost=boost) for word in dict.fromkeys(words_of(tree))])
    if kind is nodes.Or:
        return _either(tree, heavy, lost)
    if kind is nodes.And:
        return kind([_without(child, heavy, lost) for child in tree.subqueries])
    if kind is nodes.AndMaybe:
        ranks = _lighter_ranks(tree.b, heavy)
        required = _without(tree.a, heavy, lost)
        return required if ranks == nodes.NullQuery else nodes.AndMaybe(required, ranks)
    if kind is nodes.ConstantScoreQuery:
        return kind(_without(tree.child, heavy, lost), tree.score)
    return tree


def _either(tree: Any, heavy: set[int], lost: list[bool]) -> nodes.Query:
    """An Or without its heaviest rows. What those of a field share is required once: « "je co*" »
    is sixty rows, and the records of « je » would be read as often.
    """
    rows: dict[str, list[Any]] = {}
    for child in tree.subqueries:
        if id(child) in heavy and type(child) in ROWS:
            rows.setdefault(words_of(child)[0][0], []).append(child)
    lighter_rows: list[nodes.Query] = []
    for child in tree.subqueries:
        if id(child) not in heavy or type(child) not in ROWS:
            lighter = _without(child, heavy, lost)
            # whatever they excluded, those that lost it are the same
            if lighter is child or lighter not in lighter_rows:
                lighter_rows.append(lighter)
        elif word_rows := rows.pop(words_of(child)[0][0], None):
            lost[0] = True
            lighter_rows += _together(word_rows, heavy, lost)
    return lighter_rows[0] if len(lighter_rows) == 1 else nodes.Or(lighter_rows)


def _together(rows: list[Any], heavy: set[int], lost: list[bool]) -> list[nodes.Query]:
    """What these rows of one field become."""
    shared = set.intersection(*({*words_of(row)} for row in rows))
    if len(rows) == 1 or not shared:
        return [_without(row, heavy, lost) for row in rows]
    required = [nodes.Term(*word) for word in dict.fromkeys(words_of(rows[0])) if word in shared]
    own_words = [
        [word for word in dict.fromkeys(words_of(row)) if word not in shared] for row in rows
    ]
    if not all(own_words):
        # one of them asks for nothing else, and whatever has that answers
        return [nodes.And(required)]
    terms = [[nodes.Term(*word) for word in words] for words in own_words]
    alternatives = [
        row_terms[0] if len(row_terms) == 1 else nodes.And(row_terms) for row_terms in terms
    ]
    return [nodes.And([*required, nodes.Or(alternatives)])]


def _lighter_ranks(tree: Any, heavy: set[int]) -> nodes.Query:
    """What ranks, without the heaviest of it."""
    ranks = [
        clause
        for clause in alternatives(tree)
        if not any(id(leaf) in heavy for leaf in _leaves(clause))
    ]
    if not ranks:
        return nodes.NullQuery
    return ranks[0] if len(ranks) == 1 else nodes.Or(ranks)
