"""What must a passage hold for each piece of a question?

A plain word is met by its stem, in the passage's own words or in the title of its article;
quotes, exact words and exclusions by exact terms. Trees are made of the closed set of nodes
that every engine compiles: Term, Phrase, And, Or, Not, AndMaybe, ConstantScoreQuery,
NumericRange, SpanNear2 on two terms, Every and NullQuery.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from whoosh import query as nodes
from whoosh.query import Query
from whoosh.query.spans import SpanNear2

from index import french
from index.french.tokens import WORDED, either_way
from index.question.trees import text_of
from index.question.vocabulary.likeness import guess

VISIBLE = nodes.Term("state", "visible")
# A synonym is a guess at what was meant: it counts half of what was written.
_SYNONYM = 0.5
# Words in a row, written as one or following one another, are rarer than each of them: counted
# whole, they would be all that counts (`make relevance`; from 0.2 to 0.3 measures alike).
_JOINED = 0.3
_FOLLOWING = 0.2
# Nearly every passage holds them. From 0.35 to 0.6 measures alike (`make relevance`).
_COMMON = 0.45
# Accents typed are a preference.
_ACCENTS = 0.2
# What a misspelt word may have been meant for (`make relevance`).
_MEANT = 0.8


class Side(NamedTuple):
    """Columns of the index that are searched alike: stems, exact terms in order, bags of forms."""

    stems: tuple[str, ...]
    exact: tuple[str, ...]
    bags: tuple[str, ...]

    @property
    def forms(self) -> tuple[str, ...]:
        """Every column of unstemmed forms."""
        return self.exact + self.bags


OWN = Side(("stem",), ("text", "heading", "quoted"), ("variants",))
TITLE = Side(("title_stem",), ("title",), ("title_variants",))
LEAD_TITLE = Side(("heading_stem",), (), ())
LEAD = nodes.Term("kind", "lead")


class Scope(NamedTuple):
    """Where a piece is looked for. `only` narrows it; a `title` side helps, but see `Clause`."""

    own: Side
    title: Side | None = None
    only: Query | None = None
    of_article: bool = False
    """It says something of the article, not of the passage: it does not make an answer of it."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column of unstemmed forms."""
        return self.own.forms + (self.title.forms if self.title else ())


EVERYWHERE = Scope(OWN, TITLE)
IN_TEXT = Scope(OWN)
IN_TITLE = Scope(TITLE, of_article=True)
# asked of leads only, whose heading is the title
IN_TITLES = Scope(Side(("heading_stem",), TITLE.exact, TITLE.bags))
# the lead's heading is the title of the article, which is no heading to a reader
IN_HEADING = Scope(
    Side(("heading_stem",), ("heading",), ()),
    only=nodes.Or([nodes.Term("kind", "section"), nodes.Term("kind", "comment")]),
)
IN_LEAD = Scope(Side(("stem",), ("text",), ("variants",)), only=nodes.Term("kind", "lead"))
FIELD_SCOPES: Mapping[str, Scope] = {
    "title": IN_TITLE,
    "text": IN_TEXT,
    "heading": IN_HEADING,
    "lead": IN_LEAD,
}


class Clause(NamedTuple):
    """What a piece requires, and what makes a passage a better answer to it.

    `own` is the part of `required` that is about the passage's own words: words of the title
    alone do not make an answer, or every comment of the article would be one. None when the
    piece says nothing of the passage's words (a filter). `title` holds what else meets
    `required`, None when nothing does or that is not known.
    """

    required: Query
    own: Query | None = None
    title: Query | None = None
    bonus: tuple[Query, ...] = ()
    alone: bool = True
    """Whether `own` can stand for `required` when nothing else is asked."""
    parts: tuple[Query, ...] = ()
    """What a passage may hold of it in a partial match: the words of a compound."""
    simple: bool = False
    """Whether it is met by `own` or by `title`, and by nothing less."""
    forms: tuple[Query, ...] = ()
    """The words as they are typed, which rank higher: what holds one of them holds `own`."""

    @property
    def elsewhere(self) -> Query | None:
        """What holds every passage that meets it without its own words; None: not known."""
        if self.title is not None:
            return self.title
        return nodes.NullQuery if self.required == self.own else None

    @property
    def ranks(self) -> tuple[Query, ...]:
        """Everything that only makes a passage a better answer."""
        return self.bonus + self.forms

    @property
    def scored(self) -> Query:
        return maybe(self.required, self.ranks)


class Alternative(NamedTuple):
    """Another way to write a word: one stem, or several exact words in a row."""

    stem: str
    words: tuple[str, ...]
    boost: float = 1.0
    instead: bool = False
    """It is looked for instead of the word: the value of a number in words."""
    slop: int = 1  # of two words, in this order, that another may part: 10 petits euros


def joined(stem: str, form: str) -> Alternative:
    """Several words of the question written as one: rare, and its words are counted beside it."""
    return Alternative(stem, (form,), _JOINED)


def synonym(stem: str, words: Sequence[str]) -> Alternative:
    return Alternative(stem, tuple(words), _SYNONYM)


def inflected(words: Sequence[str]) -> Alternative:
    """A compound in the singular or the plural: it counts as the compound does."""
    return Alternative("", tuple(words), _FOLLOWING)


def alternatives(tree: Query) -> Sequence[Query]:
    """What an Or is made of; another tree alone.

    >>> alternatives(nodes.Term("text", "sora"))
    [Term('text', 'sora')]
    """
    return tree.subqueries if type(tree) is nodes.Or else [tree]


def any_of(queries: Iterable[Query | None]) -> Query:
    """Or, without what matches nothing and without repetition."""
    distinct: dict[str, Query] = {}
    for query in queries:
        if query is None or query == nodes.NullQuery:
            continue
        for subquery in alternatives(query):
            distinct.setdefault(text_of(subquery), subquery)
    if not distinct:
        return nodes.NullQuery
    return (
        next(iter(distinct.values())) if len(distinct) == 1 else nodes.Or(list(distinct.values()))
    )


def all_of(queries: Sequence[Query]) -> Query:
    """And; nothing when one of them matches nothing. A Not is never left alone."""
    queries = [
        subquery
        for query in queries
        for subquery in (query.subqueries if type(query) is nodes.And else [query])
    ]
    if any(query == nodes.NullQuery for query in queries):
        return nodes.NullQuery
    if all(isinstance(query, nodes.Not) for query in queries):
        queries = [VISIBLE, *queries]
    return queries[0] if len(queries) == 1 else nodes.And(list(queries))


def maybe(required: Query, bonus: Sequence[Query]) -> Query:
    extra = any_of(bonus)
    if required == nodes.NullQuery or extra == nodes.NullQuery:
        return required
    return nodes.AndMaybe(required, extra)


def unscored(query: Query) -> Query:
    return query if query == nodes.NullQuery else nodes.ConstantScoreQuery(query, 0.0)


def within(scope: Scope, own: Query, title: Query | None, bonus: Sequence[Query] = ()) -> Clause:
    """A clause of what was made for both sides of a scope."""
    if scope.only is not None and own != nodes.NullQuery:
        own = all_of([own, scope.only])
    if scope.of_article:
        return Clause(own, None, own, tuple(bonus))
    if scope.title is None or title is None or title == nodes.NullQuery:
        return Clause(own, own, None, tuple(bonus), simple=True)
    return Clause(any_of([own, title]), own, title, tuple(bonus), simple=True)


def plain(
    scope: Scope,
    exact: str,
    stems: Sequence[str],
    alternatives: Sequence[Alternative] = (),
    weight: float = 1.0,
) -> Clause:
    """A plain word: its stems, and the other ways to write it; `weight` multiplies its score."""
    alternatives = [
        alternative._replace(boost=alternative.boost * weight) for alternative in alternatives
    ]

    def meets(side: Side) -> Query:
        return any_of([*_by_stem(side, stems, weight), *_alternatives(side, alternatives)])

    own = meets(scope.own)
    if scope.of_article:
        # a lead's title is among its own words
        own = any_of([own, all_of([meets(LEAD_TITLE), LEAD])])
    # the exact form ranks higher; one column is enough (see `make relevance`), and each costs
    form = nodes.Term(scope.own.exact[0], exact, boost=weight)
    title = scope.title and meets(scope.title)
    if scope.own is not OWN:
        return within(scope, own, title, [form])
    return within(scope, own, title)._replace(forms=(form,))


def meant(scope: Scope, words: Mapping[str, float]) -> Clause:
    """The words, with their weights, that one which the index lacks may have been typed for."""
    clauses = []
    for word, weight in words.items():
        term, boost = guess(word), _MEANT * weight
        if term == french.stem(word):
            clauses.append(plain(scope, word, [term], (), boost))
        else:
            clauses.append(forms(scope, everywhere([term]), boost))
    return one_of(clauses)


def one_of(clauses: Sequence[Clause]) -> Clause:
    """A clause that any of these meets, all of the same scope and all `simple`."""
    titles = [clause.title for clause in clauses if clause.title is not None]
    return clauses[0]._replace(
        required=any_of([clause.required for clause in clauses]),
        own=any_of([clause.own for clause in clauses]),
        title=any_of(titles) if titles else None,
        bonus=tuple(more for clause in clauses for more in clause.bonus),
        parts=tuple(more for clause in clauses for more in clause.parts),
        forms=tuple(more for clause in clauses for more in clause.forms),
        simple=all(clause.simple for clause in clauses),
    )


def common(scope: Scope, word: str, weight: float) -> Query:
    """What a common word set aside still adds to a passage that answers.

    One column is enough, as of `following`, and these are the longest lists that there are.
    """
    return nodes.Term(scope.own.stems[0], word, boost=_COMMON * weight)


def accented(scope: Scope, forms: Sequence[str], weight: float) -> tuple[Query, ...]:
    """What a word adds that has the accents of the question's."""
    boost = _ACCENTS * weight
    return tuple(nodes.Term(name, form, boost=boost) for name in scope.own.bags for form in forms)


def following(scope: Scope, words: Sequence[str], weight: float) -> Query:
    """What words add that follow one another as they do in the question.

    One column is enough (see `make relevance`), and each costs.
    """
    return in_a_row(scope.own.exact[:1], words, _FOLLOWING * weight)


def compound(
    scope: Scope,
    words: Sequence[str],
    alternatives: Sequence[Alternative],
    parts: Sequence[Clause] = (),
) -> Clause:
    """A word that reads as several: them in a row, or written as one.

    `parts`: its words by themselves, for the score and for partial matches.
    """

    def meets(side: Side) -> Query:
        return any_of([in_a_row(side.exact, words, _FOLLOWING), *_alternatives(side, alternatives)])

    return with_parts(within(scope, meets(scope.own), scope.title and meets(scope.title)), parts)


def with_parts(clause: Clause, parts: Sequence[Clause]) -> Clause:
    """The clause of a word that reads as several, each of which counts by itself too."""
    bonus = [query for part in parts for query in (part.required, *part.ranks)]
    own = tuple(part.own for part in parts if part.own is not None)
    return clause._replace(bonus=(*clause.bonus, *bonus), parts=own)


def forms(scope: Scope, by_column: Mapping[str, Sequence[str]], boost: float = 1.0) -> Clause:
    """Any of these unstemmed forms, given by column."""

    def meets(side: Side) -> Query:
        return any_of(
            nodes.Term(name, form, boost=boost)
            for name in side.forms
            for form in by_column.get(name, ())
        )

    return within(scope, meets(scope.own), scope.title and meets(scope.title))


def mentions(name: str) -> list[Query]:
    """What a passage that calls out to somebody holds: @name.

    >>> mentions("Jean")
    [Term('variants', '@jean')]
    """
    forms = [form.form for token in french.tokens("@" + name) for form in token.variants]
    return [nodes.Term("variants", form) for form in forms if form.startswith("@")]


def everywhere(words: Sequence[str]) -> dict[str, Sequence[str]]:
    """The same forms for every column."""
    return dict.fromkeys(OWN.forms + TITLE.forms, words)


def phrase(
    scope: Scope,
    rows: Mapping[str, Sequence[Sequence[str]]],
    joined: Sequence[str] = (),
) -> Clause:
    """Any of these rows of words, given by column; or the whole written as one word."""

    def meets(side: Side) -> Query:
        in_rows = [in_a_row((name,), words) for name in side.exact for words in rows.get(name, ())]
        return any_of(
            [*in_rows, *(nodes.Term(name, form) for name in side.forms for form in joined)]
        )

    return within(scope, meets(scope.own), scope.title and meets(scope.title))


def near(scope: Scope, pairs: Sequence[tuple[Sequence[str], int]]) -> Clause:
    """Each two of some words at so many words of each other at most, in the same column."""

    def meets(side: Side) -> Query:
        return any_of([_near(name, pairs) for name in side.exact])

    return within(scope, meets(scope.own), scope.title and meets(scope.title))


def _near(name: str, pairs: Sequence[tuple[Sequence[str], int]]) -> Query:
    close = [
        SpanNear2([nodes.Term(name, left), nodes.Term(name, right)], slop=slop, ordered=False)
        for words, slop in pairs
        for left, right in combinations(dict.fromkeys(words), 2)
    ]
    return all_of(close)


def in_a_row(names: Iterable[str], words: Sequence[str], boost: float = 1.0) -> Query:
    """A phrase in any of these columns; one word is no phrase."""
    if len(words) == 1:
        return any_of([nodes.Term(name, words[0], boost=boost) for name in names])
    return any_of([nodes.Phrase(name, list(words), slop=1, boost=boost) for name in names])


def _by_stem(side: Side, stems: Iterable[str], boost: float) -> Iterable[Query]:
    """Stems, and what a number in words has in their place."""
    for form in dict.fromkeys(form for stem in stems for form in either_way(stem)):
        for name in side.bags if form.startswith(WORDED) else side.stems:
            yield nodes.Term(name, form, boost=boost)


def _alternatives(side: Side, alternatives: Iterable[Alternative]) -> Iterable[Query]:
    for alternative in alternatives:
        if len(alternative.words) == 1:
            yield from _by_stem(side, [alternative.stem], alternative.boost)
        elif alternative.slop > 1:
            for name in side.exact:
                pair = [nodes.Term(name, word) for word in alternative.words]
                yield unscored(SpanNear2(pair, slop=alternative.slop, ordered=True))
        else:
            yield in_a_row(side.exact, alternative.words, alternative.boost)
