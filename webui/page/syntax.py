"""How can a question be written, row by row?

Names, examples and French meanings are the grammar's own; the English ones are here, by
the grammar's codes.
"""

from __future__ import annotations

from typing import NamedTuple

from index.question.grammar import NAMED, OPERATORS
from index.question.reading_rules import READING
from webui.locale import Language, typeset

ENGLISH: dict[str, str] = {
    "all": "All the words, plural or singular: what happens when nothing is written. A word is "
    "looked for in the passage or in the title of its article. + makes a very common word "
    "required.",
    "either": "Either one, in capitals; “ou” in small letters stays a word. ET binds tighter "
    "than OU, and OU tighter than words side by side.",
    "without": "Without this word, in this exact form, in the passage (the title may have "
    "it): -wire keeps “rewire”.",
    "group": "A group, up to 8 levels.",
    "phrase": "These words in this order, small words included; neither accents nor capitals "
    "count.",
    "exact": "This word in this form: gratuit, not gratuite. After =, an accent typed counts: "
    "“mûr”, not “mur”.",
    "near": "These words at most five words apart, in any order.",
    "prefix": "Words that begin so, inside quotes too.",
    "letter": "Any one letter.",
    "fuzzy": "This word with one mistake at most (~2: two), the first letter being right.",
    "title": "In the title of the article.",
    "lead": "In the standfirst of the article.",
    "heading": "In the heading of a section or the title of a comment.",
    "text": "In the passage itself, the title of its article left out.",
    "category": "In this category.",
    "author": "Articles by this author; the whole name, or its beginning and *.",
    "commenter": "Comments by this person; @name is shorter.",
    "url": "The address of the article: its site, one of its words, or the whole of it.",
    "place": "In articles, in comments, or in titles only.",
    "article": "In this article and its comments.",
    "date": "This day, month or year, or from one date to another, both included.",
    "during": "Like date:, in words.",
    "around": "Around this date, the nearest first: “early May 2023”, “Christmas 2022”.",
    "before": "Before this date, which is excluded.",
    "since": "Since this date, which is included.",
    "after": "After this date, which is excluded.",
    "comments": "Number of comments of the article.",
    "minutes": "Reading time of the article, in minutes.",
    "is": "Passages edited since they came out, answers to a comment.",
    "has": "Passages that hold a link, that quote somebody.",
    "order": "The order of the results.",
}


class Row(NamedTuple):
    """`example` and `also` are questions one can ask; `names` are words of the language."""

    code: str
    meaning: str
    example: str
    also: tuple[str, ...]


def rows(language: Language) -> list[Row]:
    """The whole language, operators first.

    >>> rows("fr")[1].example
    'sora OU midjourney'
    """
    table = [
        Row(
            operator.code,
            _meaning(operator.code, operator.meaning, language),
            operator.example,
            operator.also,
        )
        for operator in OPERATORS
    ]
    for field in NAMED:
        examples = [f"{field.name}:{choice.names[0]}" for choice in field.choices]
        other_names = [f"{name}:" for name in field.names if name != field.names[0]]
        meaning = _meaning(field.code, field.meaning, language)
        also = tuple(
            dict.fromkeys(
                [example for example in examples if example != field.example] + other_names
            )
        )
        table.append(Row(field.code, meaning, field.example, also))
    return table


def _meaning(code: str, french: str, language: Language) -> str:
    return typeset(french) if language == "fr" else ENGLISH[code]


class ReadingRule(NamedTuple):
    """A rule by which texts and questions are read: `question` finds `text`, or both are ""."""

    sentence: str
    text: str
    question: str


def reading(language: Language) -> list[ReadingRule]:
    """Return the rules that read texts and questions, in the reader's language.

    >>> reading("en")[6].sentence
    'An acronym is found with its dots or without.'
    """
    return [
        ReadingRule(
            typeset(rule.french) if language == "fr" else rule.english, rule.text, rule.question
        )
        for rule in READING
    ]
