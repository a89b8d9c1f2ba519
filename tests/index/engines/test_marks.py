"""What an answer marks does not depend on what an engine need not be asked."""

from __future__ import annotations

from datetime import UTC, datetime

from index.answering import searching, thread
from index.engines import Engine
from index.record import About, Record
from index.writing.writing import write

NOW = datetime(2025, 6, 1, tzinfo=UTC)


def test_a_title_is_marked_when_only_leads_hold_it(engine: Engine) -> None:
    about = About("a", "Sora et la fibre")
    lead = Record("a#lead", "lead", about, 0, heading=about.title, text="Un chapô.")
    write(engine, [[lead]], seen=1)
    reader = engine.reader()
    [group] = searching.search(reader, "sora", now=NOW).groups
    assert group.title_marks == ((0, 4),)
    article_thread = thread(reader, "a", "(sora ET absent) OU fibre", now=NOW)
    assert article_thread is not None
    assert article_thread.title_marks == ((0, 4), (11, 16))


def test_a_word_that_nothing_holds_finds_nothing(engine: Engine) -> None:
    about = About("a", "Sora")
    write(engine, [[Record("a#comment-1", "comment", about, 1, text="la fibre")]], seen=1)
    for question, total in (
        ("absent", 0),
        ("fibre absent", 0),
        ("fibre SAUF absent", 1),
        ("fibre OU absent", 1),
        ('"la absent"', 0),
        ("sora fibre", 1),
    ):
        results = searching.search(engine.reader(), question, now=NOW)
        assert results.totals.passages == total, question


def test_a_partial_match_is_marked_by_what_makes_it_one(engine: Engine) -> None:
    about = About("a", "Sora")
    texts = ["des red teams", "une avocate", "red tape", "rien"]
    write(
        engine,
        [[Record(f"a#c{n}", "comment", about, n, text=text) for n, text in enumerate(texts)]],
        seen=1,
    )
    results = searching.search(engine.reader(), "red-team avocat", now=NOW, group=False)
    expected = {
        hit.record.text: [text.text[a:b] for text in hit.snippets for a, b in text.marks]
        for group in results.groups
        for hit in group.passages
    }
    assert expected == {
        "des red teams": ["red teams"],
        "une avocate": ["avocate"],
        "red tape": ["red"],
    }
