"""Which words were searched that the reader did not type, and which passages match only those?

A word that is nowhere is looked for as those that it may have been meant for, among partial
matches only. Each piece, notice and passage says so, with these words as the texts write them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from whoosh import query as nodes

from index import french
from index.answering import matching
from index.answering.written_words import Spellings
from index.french.patterns import late
from index.question.clauses import any_of
from index.question.notices import notice
from index.question.query import Question
from index.question.vocabulary.likeness import guess
from index.results import Group, Notice, Passage, Piece, Span

_QUOTED = late(r"(?<=« )[^«»]+(?= »)|(?<=“)[^“”]+(?=”)")
_COLUMNS = ("stem", "title_stem", "text", "title")


class Wording:
    """The pieces, notices and groups of one question, with words as texts write them."""

    def __init__(self, question: Question, spellings: Spellings) -> None:
        self._question = question
        self._spellings = spellings
        self.misspelt: list[dict[str, str]] = [
            {guess(word): word for word in piece.instead}
            for piece in question.pieces
            if piece.instead
        ]
        """Of each word that is nowhere, those looked for in its place, by their terms."""

    def pieces(self, pieces: Iterable[Piece]) -> tuple[Piece, ...]:
        """The pieces, with the words looked for instead as texts write them."""
        return tuple(
            piece._replace(instead=tuple(map(self._spellings, piece.instead)))
            if piece.instead
            else piece
            for piece in pieces
        )

    def notices(self, *, loosened: bool) -> tuple[Notice, ...]:
        """The notices, worded so too; `loosened` adds the one that quotes are not required."""
        notices = [self._notice(note) for note in self._question.notices]
        if loosened:
            notices.append(notice("quotes_loosened", 0, len(self._question.text)))
        return tuple(notices)

    def _notice(self, note: Notice) -> Notice:
        question_text, spellings = self._question.text, self._spellings
        if note.code == "misspelt_word":
            for piece in self._question.pieces:
                if piece.instead and piece.start <= note.start < piece.end:
                    near = ", ".join(
                        f"« {spellings(word_instead)} »" for word_instead in piece.instead
                    )
                    word = question_text[note.start : note.end]
                    return notice(note.code, note.start, note.end, word=word, near=near)
        if note.code in ("split_word", "split_or_misspelt_word"):
            return note._replace(
                message=_QUOTED.sub(self._quoted, note.message),
                message_en=_QUOTED.sub(self._quoted, note.message_en),
            )
        if note.code == "absent_value_near":
            for absent in self._question.absent:
                if absent.end == note.end:
                    near = ", ".join(spellings.name(absent.column, name) for name in absent.near)
                    _, _, value = question_text[absent.start : absent.end].rpartition(":")
                    values = {"value": value, "name": absent.field, "near": near}
                    return notice(note.code, note.start, note.end, **values)
        return note

    def _quoted(self, quoted: re.Match[str]) -> str:
        """Words of a message as texts write them."""
        return " ".join(map(self._spellings, quoted[0].split()))

    def groups(self, groups: Iterable[Group]) -> tuple[Group, ...]:
        """The groups, each passage with the words that it was found by and that nobody typed.

        Those that its snippets show; of a misspelt word that they show nothing of, its whole text
        is looked at.
        """
        if not self.misspelt:
            return tuple(groups)
        terms = [
            nodes.Term(name, term)
            for words_by_term in self.misspelt
            for term in words_by_term
            for name in _COLUMNS
        ]
        matcher = matching.matcher(any_of(terms))
        return tuple(
            group._replace(
                passages=tuple(
                    self._flagged(passage, _terms(group.about.title, group.title_marks), matcher)
                    for passage in group.passages
                ),
            )
            for group in groups
        )

    def _flagged(
        self,
        passage: Passage,
        title: set[str],
        matcher: matching.Matcher,
    ) -> Passage:
        if not passage.partial:
            return passage
        terms = title | _terms_shown(passage)
        if not all(terms & words_by_term.keys() for words_by_term in self.misspelt):
            terms |= _terms_of(passage, matcher)
        words = [
            word
            for words_by_term in self.misspelt
            for term, word in words_by_term.items()
            if term in terms
        ]
        return passage._replace(instead=tuple(map(self._spellings, words)))


def _terms(text: str, marks: Iterable[Span]) -> set[str]:
    """The terms of the marked words of a text."""
    return {term for start, end in marks for term in french.answered(text[start:end])}


def _terms_shown(passage: Passage) -> set[str]:
    terms = _terms(passage.record.heading, passage.heading_marks)
    return terms.union(*(_terms(extract.text, extract.marks) for extract in passage.snippets))


def _terms_of(passage: Passage, matcher: matching.Matcher) -> set[str]:
    record = passage.record
    texts = {"text": record.text, "heading": record.heading, "quoted": record.quoted}
    return set().union(
        *(_terms(text, matching.marks(text, matcher, field)) for field, text in texts.items())
    )
