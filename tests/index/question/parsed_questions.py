"""What does a small index make of a question, in words that tests compare?"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from whoosh import query as nodes

from index.question import query
from index.question.trees import text_of

NOW = datetime(2024, 3, 15, 12, tzinfo=ZoneInfo("Europe/Paris"))


class SmallVocabulary(query.Vocabulary):
    """A small index's words: column → term → number of passages."""

    def __init__(self, **columns: str) -> None:
        self._columns = {
            name: {word: words.split().count(word) for word in words.split()}
            for name, words in columns.items()
        }

    def freq(self, field: str, term: str) -> int:
        return self._columns.get(field, {}).get(term, 0)

    def words(self, field: str, prefix: str, limit: int | None = None) -> list[tuple[str, int]]:
        terms = self._columns.get(field, {}).items()
        matching_terms = [pair for pair in terms if pair[0].startswith(prefix)]
        return sorted(matching_terms, key=lambda pair: (-pair[1], pair[0]))[:limit]


HELD = SmallVocabulary(
    text="red team redteam artiste artistes artistes artisan midjourney met mot mat peut etre tea"
    " team mot passe",
    title="artisane midjourneys",
    variants="redteam",
    stem="artist",
    category="droit droits logiciel",
    author="jeanne",
)


def parse(
    question: str, vocabulary: query.Vocabulary = query.EMPTY, **options: Any
) -> query.Question:
    return query.parse(question, vocabulary, now=NOW, **options)


def tree(question: str, vocabulary: query.Vocabulary = query.EMPTY, **options: Any) -> str:
    return text_of(parse(question, vocabulary, **options).tree)


def codes(question: str, vocabulary: query.Vocabulary = query.EMPTY) -> list[str]:
    return [notice.code for notice in parse(question, vocabulary).notices]


def kinds(question: str, vocabulary: query.Vocabulary = query.EMPTY) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for piece in parse(question, vocabulary).pieces]


def required(question: str, vocabulary: query.Vocabulary = query.EMPTY) -> str:
    """What must be met, without what only ranks."""
    question_tree = parse(question, vocabulary).tree
    return text_of(question_tree.a if type(question_tree) is nodes.AndMaybe else question_tree)
