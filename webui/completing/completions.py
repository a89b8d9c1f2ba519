"""What could the reader be typing: a word, an expression, an article's title, somebody's name?

The last word is completed with what the index holds; what comes before it stays. Nothing
is ever put in place of what was typed, and nothing is offered that finds nothing. The first
passages that answer what is typed so far are shown with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from whoosh import query as nodes

from index import french
from index.answering import KnownWords, first_passages, known_words, name_as_written
from index.engines import Reader
from index.question import grammar, names, query
from index.question.clauses import all_of, any_of
from index.question.synonyms import BUNDLED
from index.record import About, Record
from index.results import Passage
from webui.completing.word_completions import LETTERS, MOST, complete_words

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
    valued = _VALUED.search(typed)
    field = valued and _field(valued["field"])
    if valued is not None and field is not None:
        before = typed[: valued.start("field")]
        values = tuple(_values(reader, before, field, valued["begun"]))
        if values or valued["quote"] or " " not in valued["begun"].strip():
            if field.column == "commenter":
                return Completions(typed, commenters=values)
            return Completions(typed, values=values)
    proposed = tuple(complete_words(reader, typed, _FEW))
    last = typed.rpartition(" ")[2]
    before = typed[: len(typed) - len(last)]
    commenters: tuple[tuple[str, str], ...] = ()
    if len(last) >= LETTERS:
        # the names that begin so, and no other: it may well be a word
        begun = reader.words("commenter", french.fold(last), _FEW)
        questions_of_names = _name_questions(
            reader, before, grammar.FIELD_NAMES["pseudo"], (name for name, _ in begun)
        )
        commenters = tuple(questions_of_names)
    passages: tuple[Passage, ...] = ()
    if any(len(word) >= _WORD for word in typed.split()):
        questions = [typed, *proposed[:1]]
        if french.fold(last) in french.COMMON:
            # a word that says little by itself is surely the beginning of another
            questions.reverse()
        passages = first_passages(reader, questions, _PASSAGES, now=now, synonyms=synonyms)
    return Completions(typed, proposed, _titles(reader, typed), commenters, passages=passages)


def _field(text: str) -> grammar.QueryField | None:
    """The field of names or of choices that is written so."""
    field = grammar.field_named("pseudo" if text == "@" else text.rstrip(": "))
    return field if field is not None and (field.kind == "key" or field.choices) else None


def _values(
    reader: Reader, before: str, field: grammar.QueryField, begun: str
) -> Iterator[tuple[str, str]]:
    """The values of a field that begin so, else those near: each with its question."""
    folded = french.fold(begun).strip()
    if field.choices:
        for choice in field.choices:
            name = next(
                (spelling for spelling in choice.names if french.fold(spelling).startswith(folded)),
                None,
            )
            if name is not None and _finds(reader, question := f"{before}{field.name}:{name}"):
                yield name, question
        return
    if field.column == "commenter":
        counted = reader.words(field.column, folded, _FEW) if len(folded) >= LETTERS else []
    else:
        # authors are asked for by their surname too
        counted_names = reader.words(field.column, "")
        among = (pair for pair in counted_names if folded in pair[0])
        counted = [p for p in among if any(word.startswith(folded) for word in _begins(p[0]))]
    if not counted and len(folded) >= LETTERS:
        counted = names.near(reader, field.column, begun, _FEW)
    yield from islice(_name_questions(reader, before, field, (name for name, _ in counted)), MOST)


def _begins(name: str) -> Iterator[str]:
    """A name from each of its words on."""
    return (name[match.start() :] for match in re.finditer(r"\w+", name))


def _name_questions(
    reader: Reader, before: str, field: grammar.QueryField, folded: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """Yield names as they are shown, each with the question that finds its passages."""
    vocabulary = known_words(reader)
    for key in folded:
        name = _spelled(vocabulary, field.column, key)
        question = before + names.question_of(field.name, name)
        if _finds(reader, question):
            yield name, question


def _spelled(vocabulary: KnownWords, column: str, name: str) -> str:
    return vocabulary.settled(lambda: name_as_written(vocabulary, column, name))


def _finds(reader: Reader, question: str) -> bool:
    tree = query.parse(question, reader, now=datetime.now(UTC)).tree
    return reader.search(tree, 0).total > 0


def _titles(reader: Reader, typed: str) -> tuple[About, ...]:
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
    endings = reader.words("title", begun, MOST)
    if not endings:
        return ()
    clauses.append(any_of([nodes.Term("title", word) for word, _ in endings]))
    result = reader.search(all_of(clauses), _FEW, "newest")
    return tuple(
        Record.load(stored).about for stored in reader.load([hit.ref for hit in result.hits])
    )
