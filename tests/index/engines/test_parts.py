"""Are the parts of a thread the same on every engine, and found where they are?"""

from __future__ import annotations

from datetime import UTC, datetime

from whoosh.query import And, Term

from index.answering import Ask, parts, thread
from index.engines import Engine
from index.record import About, Record
from index.writing.writing import write

NOW = datetime(2025, 6, 1, tzinfo=UTC)
COMMENTS = 150
HOLDING = (5, 6, 90, 149)


def write_thread(engine: Engine) -> None:
    about = About("a", "Un fil", comments=COMMENTS)
    records = [Record("a#lead", "lead", about, 0, about.title, "Un chapô.")]
    for n in range(1, COMMENTS + 1):
        day = f"2024-{1 + n % 12:02}-{1 + n % 28:02}T10:00:00+00:00"
        text = "du cuivre" if n in HOLDING else "rien"
        records.append(
            Record(f"a#c{n}", "comment", about, n, text=text, anchor=f"c{n}", author="Zoé",
                   start=day, end=day, precision="minute")
        )  # fmt: skip
    other_article = About("b", "Un autre fil", comments=1)
    comment = Record("b#c1", "comment", other_article, 50, text="du cuivre", anchor="c1")
    write(engine, [records, [comment]], seen=1)


def test_the_nearest_passages_that_answer(engine: Engine) -> None:
    write_thread(engine)
    reader = engine.reader()
    tree = And([Term("article", "a"), Term("stem", "cuivre")])
    assert [parts.nearest(reader, tree, at) for at in (0, 5, 6, 7, 149, 150)] == [
        5, 5, 6, 90, 149, None,
    ]  # fmt: skip
    assert [parts.furthest(reader, tree, at) for at in (5, 6, 7, 90, 91, 10_000)] == [
        None, 5, 6, 6, 90, 149,
    ]  # fmt: skip
    # what many passages meet is found by cutting
    whole_article = Term("article", "a")
    assert parts.nearest(reader, whole_article, 40) == 40
    assert parts.furthest(reader, whole_article, 140) == 139


def test_an_article_is_read_in_every_way(engine: Engine) -> None:
    write_thread(engine)
    reader = engine.reader()

    def anchors_shown(question: str, ask: Ask) -> list[str]:
        article_thread = thread(reader, "a", question, now=NOW, ask=ask)
        assert article_thread is not None
        return [
            passage.record.anchor for passage in article_thread.passages if passage.record.anchor
        ]

    anchors = [f"c{n}" for n in range(1, COMMENTS + 1)]
    holding = [f"c{n}" for n in HOLDING]
    assert anchors_shown("cuivre", Ask()) == anchors
    assert anchors_shown("cuivre", Ask(show="found")) == holding
    for order in ("oldest", "newest"):
        assert sorted(anchors_shown("cuivre", Ask(show="found", order=order))) == sorted(holding)
        assert sorted(anchors_shown("", Ask(order=order))) == sorted(anchors)
    assert anchors_shown("cuivre", Ask(after=91))[0] == "c149"
    assert anchors_shown("cuivre", Ask(show="found", start=7)) == ["c90", "c149"]
