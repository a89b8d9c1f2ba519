"""What could the reader be typing: a word, an article's title, a commenter's name?

The last word is completed with what the index holds; what comes before it stays. Nothing
is ever put in place of what was typed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from whoosh import query as nodes

from index import french
from index.answering import as_written, known
from index.engines import Reader
from index.question.clauses import all_of, any_of
from index.record import About, Record

_MOST = 8
_FEW = 4
_LETTERS = 2
# A name asked in the question, whole or begun: @zoé, pseudo:zo
_NAMED = re.compile(r"(?:^|\s)(?P<sign>@|pseudo:\s?|commenter:\s?)\"?(?P<name>[^\"\s]*)$")


@dataclass(frozen=True, slots=True)
class Completions:
    """Questions that go on as `typed` begins, articles whose title does, and commenters.

    `commenters` pairs a name with the question that finds its comments.
    """

    typed: str
    words: tuple[str, ...] = ()
    titles: tuple[About, ...] = ()
    commenters: tuple[tuple[str, str], ...] = ()


def complete(reader: Reader, typed: str) -> Completions:
    """Some of each kind, the commonest word and the latest article first."""
    named = _NAMED.search(typed)
    if named is not None:
        before = typed[: named.start("sign")]
        return Completions(typed, commenters=_commenters(reader, before, named["name"]))
    found = tuple(words(reader, typed)[: _MOST - _FEW])
    last = typed.rpartition(" ")[2]
    before = typed[: len(typed) - len(last)]
    return Completions(typed, found, _titles(reader, typed), _commenters(reader, before, last))


def words(reader: Reader, typed: str) -> list[str]:
    """Up to eight questions that begin as `typed` does, the commonest word first.

    Words are whole, never stems, with the accents that the texts most often give them.
    """
    match = re.search(r"[^\W_]+$", typed)
    if match is None or len(match[0]) < _LETTERS:
        return []
    prefix = french.fold(match[0])
    before = typed[: match.start()]
    # the commonest words of the language are no questions
    found = [
        word
        for word, _ in reader.words("text", prefix, 4 * _MOST)
        if word != prefix and word not in french.COMMON
    ]
    held = known(reader)
    return held.settled(lambda: [before + as_written(held, word) for word in found[:_MOST]])


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


def _commenters(reader: Reader, before: str, begun: str) -> tuple[tuple[str, str], ...]:
    """Those whose name begins so, who commented most first."""
    prefix = french.fold(begun)
    if len(prefix) < _LETTERS:
        return ()
    found = []
    for folded, _ in reader.words("commenter", prefix, _FEW):
        hits = reader.search(nodes.Term("commenter", folded), 1).hits
        for stored in reader.load([hit.ref for hit in hits]):
            name = Record.load(stored).author or folded
            found.append((name, f"{before}{_asked(name)}"))
    return tuple(found)


def _asked(name: str) -> str:
    """
    >>> _asked("Zoé"), _asked("Le petit Max")
    ('pseudo:Zoé', 'pseudo:"Le petit Max"')
    """
    plain = re.fullmatch(r"[\w-]+", name) is not None
    return f"pseudo:{name}" if plain else 'pseudo:"' + name.replace('"', " ") + '"'
