"""How do the clauses of a question hold together, and which tree do they make?

All of them, one or the other, none of some; and the looser tree of partial matches.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from whoosh.query import Not, NullQuery, Phrase, Query

from index.question.clauses import VISIBLE, Clause, all_of, any_of, maybe, one_of, unscored


class Part(NamedTuple):
    """What a piece of the question comes to. Filters of one `group` are alternatives."""

    clause: Clause
    excluded: bool = False
    loose: bool = False
    """A plain word: passages without it still answer in part."""
    group: str | None = None
    meant: Clause | None = None
    """What a misspelt word may have been meant for: looked for in partial matches only."""
    plainly: tuple[Clause, ...] = ()
    """The words of a quote as plain words, for when nothing holds everything."""

    @property
    def forgiving(self) -> Part:
        """The same, met by what may have been meant too."""
        if self.meant is None:
            return self
        return self._replace(clause=one_of([self.clause, self.meant]), meant=None)

    def with_bonus(self, bonus: Sequence[Query]) -> Part:
        """The same, with more that makes a passage a better answer."""
        if not bonus:
            return self
        return self._replace(clause=self.clause._replace(bonus=(*self.clause.bonus, *bonus)))

    @property
    def is_text(self) -> bool:
        """Whether it asks something of a passage's own words."""
        return not self.excluded and self.clause.own is not None

    @property
    def inside(self) -> Query:
        """What it requires, as it stands inside another node."""
        if self.excluded:
            return all_of([Not(self.clause.required)])
        return self.clause.required


class Meaning(NamedTuple):
    """What a row of pieces requires, all of it."""

    texts: list[Part]
    filters: list[Query]
    excluded: list[Query]


def gathered(parts: Sequence[Part], *, apart: bool = False) -> Meaning:
    """The meaning of pieces that are all required.

    Two filters of one group are alternatives, unless they are to be kept `apart`.
    """
    texts: list[Part] = []
    excluded: list[Query] = []
    groups: dict[str, list[Query]] = {}
    for number, part in enumerate(parts):
        if part.excluded:
            excluded.append(Not(part.clause.required))
        elif part.is_text:
            texts.append(part)
        else:
            name = f"#{number}" if apart or part.group is None else part.group
            groups.setdefault(name, []).append(part.clause.scored)
    return Meaning(texts, [any_of(group) for group in groups.values()], excluded)


def every(meaning: Meaning) -> Part | None:
    """All of a row, as one part of what is around it."""
    if len(meaning.texts) == 1 and not meaning.filters and not meaning.excluded:
        return meaning.texts[0]
    united = _every(meaning)
    if united is None or all(part.meant is None for part in meaning.texts):
        return united
    texts = [part.forgiving for part in meaning.texts]
    forgiving = _every(meaning._replace(texts=texts))
    return united._replace(meant=forgiving.clause if forgiving else None)


def _every(meaning: Meaning) -> Part | None:
    required = [part.clause.required for part in meaning.texts]
    required += [*meaning.filters, *meaning.excluded]
    if not required:
        return None
    if not meaning.texts:
        return Part(Clause(all_of(required)))
    own = any_of([part.clause.own for part in meaning.texts])
    elsewhere = [part.clause.elsewhere for part in meaning.texts]
    queries = [query for query in elsewhere if query is not None]
    title = all_of(queries) if len(queries) == len(elsewhere) else None
    bonus = tuple(query for part in meaning.texts for query in part.clause.ranks)
    loose = len(required) == len(meaning.texts) and all(part.loose for part in meaning.texts)
    return Part(Clause(all_of(required), own, title, bonus, alone=False), loose=loose)


def either(parts: Sequence[Part]) -> Part | None:
    """One or another of some pieces."""
    united = _either(parts)
    if united is None or all(part.meant is None for part in parts):
        return united
    forgiving = _either([part.forgiving for part in parts])
    return united._replace(meant=forgiving.clause if forgiving else None)


def _either(parts: Sequence[Part]) -> Part | None:
    if not parts:
        return None
    texts = [part.clause for part in parts if part.is_text]
    required = any_of([part.inside for part in parts])
    if not texts:
        return Part(Clause(required))
    # an alternative that says nothing of the words is an answer by itself
    own = any_of([part.clause.own if part.is_text else part.inside for part in parts])
    all_known = all(clause.elsewhere is not None for clause in texts)
    title = any_of([clause.elsewhere for clause in texts]) if all_known else None
    bonus = tuple(query for clause in texts for query in clause.bonus)
    alone = len(texts) == len(parts) and all(clause.alone for clause in texts)
    simple = len(texts) == len(parts) and all(clause.simple for clause in texts)
    forms = tuple(query for clause in texts for query in clause.forms)
    loose = all(part.loose for part in parts)
    clause = Clause(required, own, title, bonus, alone, simple=simple, forms=forms)
    return Part(clause, loose=loose)


# Plain words from which a question is a sentence.
SENTENCE = 3


def trees(meaning: Meaning, *, browsing: bool) -> tuple[Query, Query | None, Query | None]:
    """The tree of a question; the looser one that does with some of the plain words; and one for
    when nothing holds everything, where quotes are plain words, and a compound any of its own.

    Without any word to look for, a question of filters is answered by every visible passage
    that passes; `browsing` is a question of nothing but an order.
    """
    required = [*meaning.filters, *meaning.excluded]
    if not meaning.texts:
        if not required and not browsing:
            return NullQuery, None, None
        return all_of([unscored(VISIBLE), *required]), None, None
    return _whole(meaning.texts, required), *_looser(meaning.texts, required)


def _whole(texts: Sequence[Part], required: Sequence[Query]) -> Query:
    """What holds all that is asked."""
    clauses = [part.clause for part in texts]
    if len(clauses) == 1 and clauses[0].alone and clauses[0].own is not None:
        return _ranked_by_title(clauses, [], required)
    own = any_of([clause.own for clause in clauses])
    subqueries = [*(clause.required for clause in clauses), *_not_by_title(clauses, own)]
    ranks = [extra for clause in clauses for extra in clause.ranks]
    return maybe(all_of([*subqueries, *required]), ranks)


def _looser(texts: Sequence[Part], required: Sequence[Query]) -> tuple[Query | None, Query | None]:
    """What holds some of the plain words; and that for when nothing holds everything."""
    misspelt = any(part.meant is not None for part in texts)
    texts = [part.forgiving for part in texts]
    plain = [part for part in texts if part.loose]
    strict = [part for part in texts if not part.loose]
    partial = _partial(plain, strict, required) if len(plain) > 1 or misspelt else None
    quotes = [part for part in strict if part.plainly]
    if quotes and plain:
        words = [Part(clause, loose=True) for part in quotes for clause in part.plainly]
        other_parts = [part for part in strict if not part.plainly]
        return partial, _partial([*plain, *quotes, *words], other_parts, required)
    if partial is None and plain and any(part.clause.parts for part in plain):
        return None, _partial(plain, strict, required)
    return partial, None


def _partial(loose: Sequence[Part], strict: Sequence[Part], required: Sequence[Query]) -> Query:
    """What holds some of the loose parts and all of the strict ones."""
    clauses = [part.clause for part in (*loose, *strict)]
    # a word more that makes no full match any fuller: it is among the passage's own
    words = [unscored(query) for part in loose for query in part.clause.parts]
    if not strict and all(clause.simple for clause in clauses):
        return _ranked_by_title(clauses, words, required)
    own = any_of([*(clause.own for clause in clauses), *words])
    any_loose = [any_of([*(part.clause.required for part in loose), *words])] if loose else []
    subqueries = [*any_loose, *(part.clause.required for part in strict), unscored(own), *required]
    return maybe(all_of(subqueries), [extra for clause in clauses for extra in clause.ranks])


def _ranked_by_title(
    clauses: Sequence[Clause], words: Sequence[Query], required: Sequence[Query]
) -> Query:
    """Any of what is asked, among a passage's own words: those of the title only add to it.

    The forms typed, which only add too, are of the same row: engines are fastest so.
    """
    forms = [form for clause in clauses for form in clause.forms]
    own = any_of([*(clause.own for clause in clauses), *forms, *words])
    bonus = [extra for clause in clauses for extra in clause.bonus]
    if len(clauses) == 2:
        # where one word alone is met, the two are not met in a row
        bonus = [extra for extra in bonus if type(extra) is not Phrase]
    titles = [clause.title for clause in clauses if clause.title is not None]
    return maybe(all_of([own, *required]), [*bonus, *titles])


def _not_by_title(clauses: Sequence[Clause], own: Query) -> list[Query]:
    """Of what holds all that is asked, what does not hold it by the article's title alone.

    Words of the title do not make an answer of every passage of an article. Said as an exclusion:
    engines walk through the few passages whose title holds everything, and not through all those
    that hold one of the words.
    """
    elsewhere = [clause.elsewhere for clause in clauses]
    queries = [query for query in elsewhere if query is not None]
    if own == NullQuery or len(queries) < len(elsewhere):
        return [unscored(own)]
    by_title = all_of(queries)
    return [] if by_title == NullQuery else [Not(all_of([by_title, Not(own)]))]
