"""What could the reader be typing: a word, an expression, an article's title, somebody's name?

The last word is completed with what the index holds; what comes before it stays. Nothing
is ever put in place of what was typed, and nothing is offered that finds nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from whoosh import query as nodes

from index import french
from index.answering import Known, as_written, known, marks, name_as_written
from index.engines import Reader
from index.question import grammar, names, query
from index.question.clauses import all_of, any_of
from index.record import About, Record

_MOST = 8
_FEW = 4
_LETTERS = 2
# Words of which it is looked at whether the question would find something with them.
_TRIED = 2 * _MOST
# Passages read to see how an expression goes on, and words of it at most.
_READ = 20
_EXPRESSION = 4
# What stands after a word of an expression: no more than that of the text is read.
_FOLLOWING = 40
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


def complete(reader: Reader, typed: str) -> Completions:
    """Some of each kind, the commonest word and the latest article first."""
    valued = _VALUED.search(typed)
    field = valued and _field(valued["field"])
    if valued is not None and field is not None:
        before = typed[: valued.start("field")]
        found = tuple(_values(reader, before, field, valued["begun"]))
        if found or valued["quote"] or " " not in valued["begun"].strip():
            if field.column == "commenter":
                return Completions(typed, commenters=found)
            return Completions(typed, values=found)
    proposed = tuple(words(reader, typed)[: _MOST - _FEW])
    last = typed.rpartition(" ")[2]
    before = typed[: len(typed) - len(last)]
    commenters: tuple[tuple[str, str], ...] = ()
    if len(last) >= _LETTERS:
        # the names that begin so, and no other: it may well be a word
        begun = reader.words("commenter", french.fold(last), _FEW)
        asked = _asked(reader, before, grammar.FIELD_NAMES["pseudo"], (name for name, _ in begun))
        commenters = tuple(asked)
    return Completions(typed, proposed, _titles(reader, typed), commenters)


def _field(written: str) -> grammar.Named | None:
    """The field of names or of choices that is written so."""
    field = grammar.field_named("pseudo" if written == "@" else written.rstrip(": "))
    return field if field is not None and (field.kind == "key" or field.choices) else None


def _values(
    reader: Reader, before: str, field: grammar.Named, begun: str
) -> Iterator[tuple[str, str]]:
    """The values of a field that begin so, else those near: each with its question."""
    folded = french.fold(begun).strip()
    if field.choices:
        for choice in field.choices:
            name = next((one for one in choice.names if french.fold(one).startswith(folded)), None)
            if name is not None and _finds(reader, asked := f"{before}{field.name}:{name}"):
                yield name, asked
        return
    if field.column == "commenter":
        found = reader.words(field.column, folded, _FEW) if len(folded) >= _LETTERS else []
    else:
        # authors are asked for by their surname too
        held = reader.words(field.column, "")
        found = [pair for pair in held if any(word.startswith(folded) for word in _begins(pair[0]))]
    if not found and len(folded) >= _LETTERS:
        found = names.near(reader, field.column, begun, _FEW)
    yield from islice(_asked(reader, before, field, (name for name, _ in found)), _MOST)


def _begins(name: str) -> Iterator[str]:
    """A name from each of its words on."""
    return (name[match.start() :] for match in re.finditer(r"\w+", name))


def _asked(
    reader: Reader, before: str, field: grammar.Named, folded: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """Names as they are shown, each with the question that finds what it has."""
    held = known(reader)
    for one in folded:
        name = _shown(held, field.column, one)
        asked = before + names.asked(field.name, name)
        if _finds(reader, asked):
            yield name, asked


def _shown(held: Known, column: str, name: str) -> str:
    return held.settled(lambda: name_as_written(held, column, name))


def _finds(reader: Reader, asked: str) -> bool:
    tree = query.parse(asked, reader, now=datetime.now(UTC)).tree
    return reader.search(tree, 0).total > 0


def words(reader: Reader, typed: str) -> list[str]:
    """Up to eight questions that begin as `typed` does: expressions, then the commonest words.

    Words are whole, never stems, with the accents that the texts most often give them.
    """
    match = re.search(r"[^\W_]+$", typed)
    if match is None:
        return []
    prefix = french.fold(match[0])
    before = typed[: match.start()]
    found = list(dict.fromkeys(_expressions(reader, before, prefix)))
    if len(prefix) >= _LETTERS:
        # the commonest words of the language are no questions
        held = reader.words("text", prefix, 4 * _MOST)
        found += [
            word
            for word, _ in held
            if word != prefix and word not in french.COMMON and word not in found
        ]
    alone = not before.strip()
    tried, near = found[:_TRIED], known(reader)
    offered = near.settled(lambda: [before + as_written(near, word) for word in tried])
    # a word by itself finds the texts that it was taken from
    return list(islice((one for one in offered if alone or _finds(reader, one)), _MOST))


def _expressions(reader: Reader, before: str, prefix: str) -> list[str]:
    """The words that follow those just typed and begin so, in texts, the most frequent first."""
    row = [token.exact for token in french.tokens(before)[-_EXPRESSION:]]
    if not row or not before[-1:].isspace() or all(word in french.COMMON for word in row):
        return []
    asked = nodes.Term("text", row[0]) if len(row) == 1 else nodes.Phrase("text", row)
    following: Counter[str] = Counter()
    found = reader.search(asked, _READ)
    for stored in reader.load([hit.ref for hit in found.hits]):
        text = Record.load(stored).text
        for _, end in marks(text, asked, "text"):
            after = french.tokens(text[end : end + _FOLLOWING])
            # the last may be cut
            if len(after) > 1 or end + _FOLLOWING >= len(text):
                following.update(
                    token.exact for token in after[:1] if token.exact.startswith(prefix)
                )
    return [word for word, _ in following.most_common(_MOST) if word != prefix]


def _titles(reader: Reader, typed: str) -> tuple[About, ...]:
    """The latest articles whose title holds these words, the last perhaps only begun."""
    tokens = french.tokens(typed)
    if not tokens or len(tokens[-1].exact) < _LETTERS or not typed[-1:].strip():
        return ()
    begun = tokens.pop().exact
    asked: list[nodes.Query] = [nodes.Term("kind", "lead")]
    asked += [
        any_of([nodes.Term("title", one.exact), nodes.Term("title_stem", one.stem)])
        for one in tokens
    ]
    endings = reader.words("title", begun, _MOST)
    if not endings:
        return ()
    asked.append(any_of([nodes.Term("title", word) for word, _ in endings]))
    found = reader.search(all_of(asked), _FEW, "newest")
    return tuple(Record.load(one).about for one in reader.load([hit.ref for hit in found.hits]))
