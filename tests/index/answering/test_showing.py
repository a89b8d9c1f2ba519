"""What is shown of the hits of a page, and is it worked out once?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from index.answering import matching, showing
from index.answering.searching import Filters, search
from index.engines import Reader, open
from index.engines.memo import Memo
from index.record import About, Quote, Record
from index.results import Results
from index.writing.writing import write

NOW = datetime(2025, 6, 1, tzinfo=UTC)
TITLE = "Le requin du port"
TEXTS = {
    "lead": "Un requin entre dans le port, et le gardien du port le voit.",
    "section": "Le port ferme. " + "La mer monte encore. " * 30 + "Un requin passe le port.",
    "comment": "Les requins, dans un port ? Des gardiens du port en ont vu.",
}


@pytest.fixture(scope="module")
def reader() -> Reader:
    about = About("a", TITLE, standfirst="Au port, un requin.", published="2024-05-01T00:00:00Z")
    engine = open(":memory:")
    write(
        engine,
        [
            [
                Record(
                    f"a#{kind}-{place}",
                    kind,
                    about,
                    place,
                    heading="Au port",
                    text=text,
                    quotes=(Quote("Un requin-marteau au port."),) if kind == "comment" else (),
                    end="2024-05-01T00:00:00Z",
                )
                for place, (kind, text) in enumerate(TEXTS.items())
            ]
        ],
        seen=1,
    )
    return engine.reader()


@pytest.fixture
def looked_through(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that are looked through, in order, by a process that was asked nothing yet."""
    monkeypatch.setattr(showing, "_pieces", Memo(100))
    monkeypatch.setattr(showing, "_marks", Memo(100))
    texts: list[str] = []
    matches = matching.matches

    def look_through(text: str, *more: Any) -> Any:
        texts.append(text)
        return matches(text, *more)

    monkeypatch.setattr(matching, "matches", look_through)
    return texts


def _ask(reader: Reader, question: str, **more: Any) -> Results:
    return search(reader, question, now=NOW, **more)


AGAIN: Mapping[str, dict[str, Any]] = {
    "the same": {},
    "in another order": {"order": "newest"},
    "within a facet": {"filters": Filters(where="comments")},
    "passage by passage": {"group": False},
    "with facets": {"facets": ("category", "month")},
}


@pytest.mark.parametrize("more", AGAIN.values(), ids=AGAIN)
def test_no_text_is_looked_through_again(
    reader: Reader, looked_through: list[str], more: dict[str, Any]
) -> None:
    first = _ask(reader, "requin port")
    assert first.groups[0].title_marks
    assert {TITLE, *TEXTS.values()} <= {*looked_through}
    looked_through.clear()
    again = _ask(reader, "requin port", **more)
    assert looked_through == []
    shown = {passage.record.id: passage for group in first.groups for passage in group.passages}
    for group in again.groups:
        assert group.title_marks == first.groups[0].title_marks
        for passage in group.passages:
            assert passage.snippets == shown[passage.record.id].snippets
            assert passage.heading_marks == shown[passage.record.id].heading_marks


# the same words each time: what differs is how they are asked
QUESTIONS = (
    "requin port",
    "requin OU port",
    "requin -navire",
    "requin -gardien",
    '"requin passe"',
    '"requin port"~2',
    '"requin port"~9',
    '"gardien du port"',
    "=requin port",
    "gardien",
)


@pytest.mark.parametrize("question", QUESTIONS)
def test_other_questions_about_the_same_texts_are_told_apart(
    reader: Reader, looked_through: list[str], monkeypatch: pytest.MonkeyPatch, question: str
) -> None:
    for other in QUESTIONS:
        if other != question:
            _ask(reader, other)
    looked_through.clear()
    after_others = _ask(reader, question)
    assert looked_through
    monkeypatch.setattr(showing, "_pieces", Memo(100))
    monkeypatch.setattr(showing, "_marks", Memo(100))
    assert _ask(reader, question).groups == after_others.groups


def test_an_endless_text_is_not_remembered(looked_through: list[str]) -> None:
    about = About("b", TITLE)
    text = "Un requin au port. " * 1_000
    engine = open(":memory:")
    write(engine, [[Record("b#lead", "lead", about, 0, text=text)]], seen=1)
    for _ in range(2):
        _ask(engine.reader(), "requin")
    assert looked_through.count(text) == 2


def test_an_export_leaves_what_pages_remember_as_it_is(
    reader: Reader, looked_through: list[str]
) -> None:
    _ask(reader, "requin port", uncut=True)
    assert not {**showing._pieces._values, **showing._marks._values}
    assert looked_through
