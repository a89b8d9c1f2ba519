"""What could the reader be typing: a word, an expression, an article's title, somebody's name?

The last word is completed with what the index holds; what comes before it stays. Nothing
is ever put in place of what was typed, and nothing is offered that finds nothing. The first
passages that answer what is typed so far are shown with them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import islice

from whoosh import query as nodes

from index import french
from index.answering import (
    KnownWords,
    first_passages,
    known_words,
    name_as_written,
    question_tree,
)
from index.engines import Reader
from index.question import grammar, query
from index.question.clauses import all_of, any_of
from index.question.synonyms import BUNDLED
from index.question.vocabulary import names
from index.record import About, Record
from index.results import Passage
from webui.completing.word_completions import LETTERS, MOST, word_completions

_FEW = 4
_PASSAGES = 3
# Letters of a word that says something.
_WORD = 3
# A field and its value, whole or begun, at the end: @zoé, pseudo:zo, -rubrique:"vie pr
_VALUED = re.compile(
    r"(?:^|(?<=[\s(]))[-+]?(?P<field>@|[^\W\d_]{1,20}:\s?)(?P<quote>[\"«“]?)(?P<begun>[^\"«»“”]*)$"
)


@dataclass(frozen=True, slots=True)
class Completions:
    """Questions that go on as `typed` begins, articles whose title does, names and values.

    `commenters` pairs a name with the question that finds its comments; `values`, the value of
    another field (an author, a rubric, a place) with the question that has it.
    """

    typed: str
    words: tuple[str, ...] = ()
    titles: tuple[About, ...] = ()
    commenters: tuple[tuple[str, str], ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    passages: tuple[Passage, ...] = ()


def complete(
    reader: Reader,
    typed: str,
    *,
    now: datetime,
    synonyms: Mapping[str, tuple[str, ...]] = BUNDLED,
) -> Completions:
    """Some of each kind, the commonest word and the latest article first.

    now: aware, what « hier » means. synonyms: as those of `index.answering.search`.
    """
    words = known_words(reader)
    value = words.settled(lambda: _completed_value(words, typed, now))
    if value is not None:
        return value

    def trees(completions: Completions) -> list[Callable[[], nodes.Query]]:
        if not any(len(word) >= _WORD for word in typed.split()):
            return []
        questions = [typed, *completions.words[:1]]
        if french.fold(typed.rpartition(" ")[2]) in french.COMMON:
            # a word that says little by itself is surely the beginning of another
            questions.reverse()
        return [partial(question_tree, words, text, now, synonyms) for text in questions]

    def reading() -> Completions:
        completions = _completed(words, typed, now)
        if reader.distant:
            # what the passages want comes on the same trips
            for tree in trees(completions):
                tree()
        return completions

    completions = words.settled(reading)
    passages = first_passages(reader, words, trees(completions), _PASSAGES)
    return replace(completions, passages=passages)


def _completed_value(words: KnownWords, typed: str, now: datetime) -> Completions | None:
    """The values of the field that is typed last; None where it is none, or words go on."""
    valued = _VALUED.search(typed)
    field = valued and _field(valued["field"])
    if valued is None or field is None:
        return None
    before = typed[: valued.start("field")]
    values = tuple(_values(words, before, field, valued["begun"], now))
    if not values and not valued["quote"] and " " in valued["begun"].strip():
        return None
    if field.column == "commenter":
        return Completions(typed, commenters=values)
    return Completions(typed, values=values)


def _completed(words: KnownWords, typed: str, now: datetime) -> Completions:
    proposed = tuple(word_completions(words, typed, now, _FEW))
    last = typed.rpartition(" ")[2]
    before = typed[: len(typed) - len(last)]
    commenters: tuple[tuple[str, str], ...] = ()
    if len(last) >= LETTERS:
        # the names that begin so, and no other: it may well be a word
        begun = words.words("commenter", french.fold(last), _FEW)
        pseudo = grammar.FIELD_NAMES["pseudo"]
        commenters = tuple(_name_questions(words, before, pseudo, (name for name, _ in begun), now))
    return Completions(typed, proposed, _titles(words, typed), commenters)


def _field(text: str) -> grammar.QueryField | None:
    """The field of names or of choices that is written so."""
    field = grammar.field_named("pseudo" if text == "@" else text.rstrip(": "))
    return field if field is not None and (field.kind == "key" or field.choices) else None


def _values(
    words: KnownWords, before: str, field: grammar.QueryField, begun: str, now: datetime
) -> Iterator[tuple[str, str]]:
    """The values of a field that begin so, else those near: each with its question."""
    folded = french.fold(begun).strip()
    if field.choices:
        for choice in field.choices:
            name = next(
                (spelling for spelling in choice.names if french.fold(spelling).startswith(folded)),
                None,
            )
            question = f"{before}{field.name}:{name}"
            if name is not None and _finds(words, question, now):
                yield name, question
        return
    if field.column == "commenter":
        counted = words.words(field.column, folded, _FEW) if len(folded) >= LETTERS else []
    else:
        # authors are asked for by their surname too
        counted_names = words.words(field.column, "")
        among = (pair for pair in counted_names if folded in pair[0])
        counted = [p for p in among if any(word.startswith(folded) for word in _begins(p[0]))]
    if not counted and len(folded) >= LETTERS:
        counted = names.near(words, field.column, begun, _FEW)
    value_names = (name for name, _ in counted)
    yield from islice(_name_questions(words, before, field, value_names, now), MOST)


def _begins(name: str) -> Iterator[str]:
    """A name from each of its words on."""
    return (name[match.start() :] for match in re.finditer(r"\w+", name))


def _name_questions(
    words: KnownWords, before: str, field: grammar.QueryField, folded: Iterable[str], now: datetime
) -> Iterator[tuple[str, str]]:
    """Yield names as they are shown, each with the question that finds its passages."""
    for key in folded:
        name = name_as_written(words, field.column, key)
        question = before + names.question_of(field.name, name)
        if _finds(words, question, now):
            yield name, question


def _finds(words: KnownWords, question: str, now: datetime) -> bool:
    return words.exactly(lambda: query.parse(question, words, now=now).tree) > 0


def _titles(words: KnownWords, typed: str) -> tuple[About, ...]:
    """Return the latest articles whose title has these words, the last perhaps only begun."""
    tokens = french.tokens(typed)
    if not tokens or len(tokens[-1].exact) < LETTERS or not typed[-1:].strip():
        return ()
    begun = tokens.pop().exact
    clauses: list[nodes.Query] = [nodes.Term("kind", "lead")]
    clauses += [
        any_of([nodes.Term("title", token.exact), nodes.Term("title_stem", token.stem)])
        for token in tokens
    ]
    endings = words.words("title", begun, MOST)
    if not endings:
        return ()
    clauses.append(any_of([nodes.Term("title", word) for word, _ in endings]))
    leads = words.latest(all_of(clauses), _FEW)
    return tuple(Record.load(stored).about for stored in leads)
