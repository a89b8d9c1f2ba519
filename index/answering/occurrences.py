"""Which marks of a text are one place where a question is met, and does it answer all of it?

« mot de passe » is three words, two of which are marked, and one place where the expression stands.
Marks stand together when nothing but a few small words is between them, in one sentence. Those
that hold together all that the question asks are a whole occurrence; the others are stray words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

from whoosh import query

from index import french
from index.answering.sentences import Layout
from index.french.patterns import late
from index.question.clauses import all_of, any_of
from index.question.query import Question
from index.question.vocabulary.likeness import guess
from index.results import Occurrence

Leaf = tuple[str, ...]
"""What a place met: how (stem, exact, variant, phrase, near), then the terms."""


class Match(NamedTuple):
    """A place that matched; `form` is the same for two places that show the same words."""

    start: int
    end: int
    phrase: bool
    form: str
    leaves: frozenset[Leaf] = frozenset()


# Small words that may stand between two marks: mot de la passe. None is longer.
_SMALL = 3
_WIDEST = 32
_COMMA = 8
_APART = late(r"[\n:;…—–]")
_STOP = late(r"[.!?]")

# Field → column → how a term of that column is met there.
_OWN = {"stem": "stem", "variants": "variant"}
_COLUMNS: Mapping[str, Mapping[str, str]] = {
    "text": {"text": "exact", **_OWN},
    "heading": {"heading": "exact", "heading_stem": "stem", **_OWN},
    "quoted": {"quoted": "exact", **_OWN},
    "title": {"title": "exact", "title_stem": "stem", "title_variants": "variant"},
}


def occurrences(text: str, matches: Sequence[Match], whole: Whole) -> tuple[Occurrence, ...]:
    """The occurrences of a question in a text, in order: each match is in one of them.

    matches: in order and apart. whole: what the question asks of that field.

    >>> from whoosh.query import And, Term
    >>> mot, passe = frozenset({("stem", "mot")}), frozenset({("stem", "passe")})
    >>> occurrences("un mot de passe, un mot",
    ...             [Match(3, 6, False, "mot", mot), Match(10, 15, False, "passe", passe),
    ...              Match(20, 23, False, "mot", mot)],
    ...             Whole(And([Term("stem", "mot"), Term("stem", "passe")]), "text"))
    (Occurrence(start=3, end=15, whole=True), Occurrence(start=20, end=23, whole=False))
    """
    if all(whole(match.leaves) for match in matches):
        # of one word, each answers by itself, whatever stands beside it
        return tuple([Occurrence(match.start, match.end, True) for match in matches])
    return tuple(
        occurrence for run in _runs(text, matches) for occurrence in _cut(text, run, whole)
    )


def _runs(text: str, matches: Iterable[Match]) -> Iterator[list[Match]]:
    """Matches that stand together, each with the next."""
    run: list[Match] = []
    for match in matches:
        if run and not _together(text, run[-1], match):
            yield run
            run = []
        run.append(match)
    if run:
        yield run


def _cut(text: str, run: Sequence[Match], whole: Whole) -> Iterator[Occurrence]:
    """A run as the most whole occurrences that it makes, the closest ones, and what is left."""
    if len(run) == 1:
        yield Occurrence(run[0].start, run[0].end, whole(run[0].leaves))
        return
    # from each match on: how many whole ones, less the room in them, and where the first ends
    best: list[tuple[int, int, int]] = [(0, 0, 0)] * (len(run) + 1)
    for at in reversed(range(len(run))):
        wholes, room, _ = best[at + 1]
        best[at] = wholes, room, at
        end = _complete(run, at, whole)
        if end is not None:
            wholes, room, _ = best[end]
            candidate = (wholes + 1, room - _room(text, run[at:end]), end)
            best[at] = max(best[at], candidate)
    at = 0
    stray: list[Match] = []
    while at < len(run):
        end = best[at][2]
        if stray and (end > at or any(run[at].leaves & other.leaves for other in stray)):
            yield Occurrence(stray[0].start, stray[-1].end, False)
            stray = []
        if end > at:
            yield Occurrence(run[at].start, run[end - 1].end, True)
        else:
            stray.append(run[at])
        at = max(end, at + 1)
    if stray:
        yield Occurrence(stray[0].start, stray[-1].end, False)


def _complete(run: Sequence[Match], at: int, whole: Whole) -> int | None:
    """Where the shortest whole occurrence ends that begins with a match; None: there is none."""
    leaves: frozenset[Leaf] = frozenset()
    for end in range(at, len(run)):
        if end > at and run[end].leaves >= run[at].leaves:
            # the same again: what begins there is shorter
            return None
        leaves |= run[end].leaves
        if whole(leaves):
            return end + 1
    return None


def _room(text: str, group: Sequence[Match]) -> int:
    """Code points between the matches; a comma, which holds words apart, is worth a word."""
    between = [text[match.end : following.start] for match, following in pairwise(group)]
    return sum(len(gap) + _COMMA * gap.count(",") for gap in between)


def _together(text: str, first: Match, second: Match) -> bool:
    if _near_one_another(first, second):
        return True
    between = text[first.end : second.start]
    if len(between) > _WIDEST or not _small(between):
        return False
    if _STOP.search(between):
        # a point may be that of an abbreviation
        around = text[first.start : second.end]
        return len(Layout(around, len(around), len(around)).sentences) < 2
    return True


def _near_one_another(first: Match, second: Match) -> bool:
    """Whether they were asked to be, whatever stands between."""
    pairs = {leaf[:-1]: leaf[-1] for leaf in first.leaves if leaf[0] == "near"}
    return any(
        leaf[0] == "near" and pairs.get(leaf[:-1], leaf[-1]) != leaf[-1] for leaf in second.leaves
    )


@lru_cache(maxsize=4096)
def _small(between: str) -> bool:
    """Whether nothing but small words is there, or a comma, and no sign that ends a phrase.

    >>> _small(" de la "), _small(", "), _small(", un "), _small(" ; "), _small(" bon ")
    (True, True, False, False, False)
    """
    if _APART.search(between):
        return False
    words = [token.exact for token in french.tokens(between)]
    most = 0 if "," in between else _SMALL
    return len(words) <= most and french.COMMON.issuperset(words)


class Whole:
    """Whether what is met in a field is all that a tree asks of it; all is, where it asks nothing.

    Filters, exclusions and what is asked of other fields ask nothing. It is made once for many
    texts: a tree may have hundreds of leaves, and a text as many places.

    >>> from whoosh.query import And, Or, Term
    >>> tree = And([Or([Term("stem", "chat"), Term("stem", "chien")]), Term("title", "sora")])
    >>> whole = Whole(tree, "text")
    >>> [whole(frozenset({("stem", word)})) for word in ("chat", "veo")]
    [True, False]
    """

    def __init__(self, tree: query.Query, field: str) -> None:
        self._tree = tree
        self._field = field
        self._whole_by_leaves: dict[frozenset[Leaf], bool] = {}

    def __call__(self, leaves: frozenset[Leaf]) -> bool:
        whole = self._whole_by_leaves.get(leaves)
        if whole is None:
            condition = self._condition
            whole = self._whole_by_leaves[leaves] = condition is None or condition.met_by(leaves)
        return whole

    @cached_property
    def _condition(self) -> _Any | _All | None:
        return _condition(self._tree, _COLUMNS[self._field])


class _Any(NamedTuple):
    """One of these leaves, or of these conditions."""

    leaves: frozenset[Leaf]
    others: tuple[_All, ...] = ()

    def met_by(self, leaves: frozenset[Leaf]) -> bool:
        return not self.leaves.isdisjoint(leaves) or any(
            other.met_by(leaves) for other in self.others
        )


class _All(NamedTuple):
    """Each of these conditions."""

    parts: tuple[_Any | _All, ...]

    def met_by(self, leaves: frozenset[Leaf]) -> bool:
        return all(part.met_by(leaves) for part in self.parts)


def _condition(tree: query.Query, columns: Mapping[str, str]) -> _Any | _All | None:
    """Return the condition of a tree on the field that has these columns; None: none."""
    match tree:
        case query.Term(fieldname=name, text=term):
            column = columns.get(name)
            return None if column is None else _Any(frozenset({(column, term)}))
        case query.Phrase(fieldname=name, words=words):
            exact = columns.get(name) == "exact"
            return _Any(frozenset({("phrase", *words)})) if exact else None
        case query.SpanNear2(qs=[a, b], slop=slop):
            if columns.get(a.fieldname) != "exact":
                return None
            pair = near(a.text, b.text, slop, tree.ordered)
            return _All(tuple(_Any(frozenset({(*pair, word.text)})) for word in (a, b)))
        case query.And(subqueries=subs):
            parts = _parts(subs, columns)
            return _All(tuple(parts)) if parts else None
        case query.Or(subqueries=subs):
            parts = _parts(subs, columns)
            return _either(parts) if parts else None
        case query.AndMaybe(a=required, b=optional):
            # words of a title are optional, and are all that is asked of it
            return _condition(required, columns) or _condition(optional, columns)
        case query.ConstantScoreQuery(child=child):
            return _condition(child, columns)
        case _:
            return None


def _parts(subs: Iterable[query.Query], columns: Mapping[str, str]) -> list[_Any | _All]:
    return [part for sub in subs if (part := _condition(sub, columns)) is not None]


def _either(parts: Iterable[_Any | _All]) -> _Any:
    """One of some conditions, their leaves together: a prefix has hundreds."""
    leaves: set[Leaf] = set()
    conditions: list[_All] = []
    for part in parts:
        if isinstance(part, _All):
            conditions.append(part)
        else:
            leaves |= part.leaves
            conditions += part.others
    return _Any(frozenset(leaves), tuple(conditions))


def near(word: str, other: str, slop: int, ordered: bool) -> Leaf:
    """What the leaf of either of two words near each other begins with; the word is its end."""
    return ("near", word, other, f"{slop}{'>' if ordered else ''}")


def complete(question: Question) -> query.Query:
    """Return the tree that an occurrence matches when it answers a whole question.

    Of a misspelt word, it is what was looked for in its place.
    """
    if not any(piece.instead for piece in question.pieces):
        return question.tree
    required: list[query.Query] = []
    alternatives: list[query.Query] = []
    for piece, holding in zip(question.pieces, question.holding, strict=True):
        if piece.kind in ("common", "excluded"):
            continue
        terms = [guess(french.fold(word)) for word in piece.instead]
        words = [query.Term(name, term) for name in ("stem", "text") for term in terms]
        tree = any_of([holding, *words])
        (alternatives if piece.kind == "either" else required).append(tree)
    return all_of([*required, any_of(alternatives)] if alternatives else required)


def counted(by_text: Iterable[Iterable[Occurrence]]) -> tuple[int, int]:
    """Return how many whole occurrences there are, and how many stray words."""
    flags = [occurrence.whole for occurrences in by_text for occurrence in occurrences]
    return sum(flags), len(flags) - sum(flags)
