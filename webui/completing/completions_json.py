"""How is what could be meant, while one types, written as JSON?"""

from __future__ import annotations

from typing import Any

from index.record import Record
from index.results import Passage, Snippet
from webui.addresses import Links
from webui.completing.completions import Completions
from webui.locale import Tongue

# What is shown of a text around its first mark, in code points before it and in all.
_BEFORE, _LONGEST = 50, 140


def completions_json(completions: Completions, links: Links, tongue: Tongue) -> dict[str, Any]:
    """What could be meant, each with the address it leads to."""
    return {
        "typed": completions.typed,
        "words": [{"text": word, "url": links.ask(word)} for word in completions.words],
        "titles": [
            {"text": about.title, "url": links.article(about.id)} for about in completions.titles
        ],
        "commenters": [
            {"text": name, "question": question, "url": links.ask(question)}
            for name, question in completions.commenters
        ],
        "values": [
            {"text": value, "question": question, "url": links.ask(question)}
            for value, question in completions.values
        ],
        "passages": [
            _passage(passage, completions.typed, links, tongue) for passage in completions.passages
        ],
    }


def _passage(passage: Passage, typed: str, links: Links, tongue: Tongue) -> dict[str, Any]:
    record = passage.record
    excerpt = next(iter(passage.snippets), Snippet(""))
    if not excerpt.text.strip() or (not excerpt.marks and passage.heading_marks):
        # found by its title
        excerpt = Snippet(record.heading, passage.heading_marks)
    snippet = line(excerpt)
    return {
        "text": snippet.text,
        "marks": [[start, end] for start, end in snippet.marks],
        "of": f"{_kind(record, tongue)} · {record.about.title}",
        "url": links.passage(record, typed),
    }


def _kind(record: Record, tongue: Tongue) -> str:
    if record.kind == "comment":
        return tongue.comment_by(record.author)
    return tongue("place_article")


def line(snippet: Snippet) -> Snippet:
    """A snippet as one line, cut between words so that its first mark is seen.

    >>> line(Snippet("bla " * 50 + "le mot de passe.", ((203, 214),))).text
    '… bla bla bla bla bla bla bla bla bla bla bla le mot de passe.'
    """
    text = snippet.text.replace("\n", " ")
    start = 0
    if snippet.marks and snippet.marks[0][0] > _BEFORE:
        start = text.find(" ", snippet.marks[0][0] - _BEFORE, snippet.marks[0][0]) + 1
    end = len(text)
    if end - start > _LONGEST:
        end = max(text.rfind(" ", start, start + _LONGEST), start + 1)
        end = max(end, min(snippet.marks[0][1], len(text)) if snippet.marks else end)
    opening, closing = "… " if start else "", " …" if end < len(text) else ""
    moved = len(opening) - start
    marks = tuple(
        (mark_start + moved, mark_end + moved)
        for mark_start, mark_end in snippet.marks
        if mark_start >= start and mark_end <= end
    )
    return Snippet(opening + text[start:end] + closing, marks)
