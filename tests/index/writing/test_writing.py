"""What comes into an index: what is new, what changed, what went, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from index import engines
from index.engines import Engine
from index.keeping.rewriting import everything
from index.record import Record
from index.writing import writing
from index.writing.writing import WriteReport, write
from tests.index.small_articles import article


@pytest.fixture(params=["{}/tantivy.index", "whoosh:{}/whoosh.index", ":memory:"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    return engines.open(str(request.param).format(tmp_path), create=True)


def stored(engine: Engine) -> dict[str, tuple[str, int]]:
    return {record.id: (record.text, record.seen) for record in everything(engine.reader())}


def test_what_a_run_did_is_counted(engine: Engine) -> None:
    first = write(engine, [article("a", "un", "deux")], seen=10)
    assert first == WriteReport(records=3, added=3)
    second_report = write(engine, [article("a", "un", "deux")], seen=20)
    assert second_report == WriteReport(records=3, unchanged=3)
    changed_article = article("a", "un", "DEUX", "trois")
    # the count of comments is in every passage of the article
    assert write(engine, [changed_article], seen=30) == WriteReport(records=4, added=1, updated=3)
    fewer = [record for record in changed_article if record.id != "a#comment-1"]
    assert write(engine, [fewer], seen=40) == WriteReport(records=3, unchanged=3, removed=1)
    assert stored(engine) == {
        "a#lead": ("Le chapô.", 10),
        "a#comment-2": ("DEUX", 10),
        "a#comment-3": ("trois", 30),
    }


def test_nothing_is_committed_when_nothing_changed(engine: Engine) -> None:
    write(engine, [article("a", "un")], seen=10)
    before = engine.reader().generation
    write(engine, [article("a", "un")], seen=20)
    assert engine.reader().generation == before


def test_an_article_given_twice_in_a_run_is_what_it_was_last(engine: Engine) -> None:
    report = write(engine, [article("a", "un"), article("b"), article("a", "un", "deux")], seen=10)
    assert report == WriteReport(records=6, added=4, updated=2)
    assert sorted(stored(engine)) == ["a#comment-1", "a#comment-2", "a#lead", "b#lead"]


def test_an_article_with_nothing_changes_nothing(engine: Engine) -> None:
    assert write(engine, [[]], seen=10) == WriteReport()


class Cut(Exception):
    """The run ends there."""


def cut_after(articles: Sequence[list[Record]], count: int) -> Iterator[list[Record]]:
    yield from articles[:count]
    raise Cut


@pytest.mark.parametrize(("limit", "value"), [("BATCH", 4), ("_BATCH_BYTES", 600)])
def test_a_run_cut_anywhere_goes_on_where_it_was(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, limit: str, value: int
) -> None:
    monkeypatch.setattr(writing, limit, value)
    articles = [article(f"a{number}", "un") for number in range(10)]
    with pytest.raises(Cut):
        write(engine, cut_after(articles, 7), seen=10)
    committed = len(stored(engine))
    assert 0 < committed < 14
    report = write(engine, articles, seen=20)
    assert report == WriteReport(records=20, added=20 - committed, unchanged=committed)
    assert {seen for _, seen in stored(engine).values()} == {10, 20}


def test_progress_is_told_in_records(engine: Engine) -> None:
    counts: list[int] = []
    write(engine, [article("a", "un"), article("b")], seen=10, progress=counts.append)
    assert counts == [2, 1]


def test_a_new_title_is_written_with_every_passage(engine: Engine) -> None:
    write(engine, [article("a", "un")], seen=10)
    renamed = [
        replace(record, about=replace(record.about, title="Nda")) for record in article("a", "un")
    ]
    assert write(engine, [renamed], seen=20) == WriteReport(records=2, updated=2)
    assert {record.about.title for record in everything(engine.reader())} == {"Nda"}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        # numbered anew
        ({"1": "un", "2": "deux"}, {"901": "un", "902": "deux"}, {"901": 10, "902": 10}),
        # put before the others, whose numbers go up
        ({"1": "un", "2": "deux"}, {"1": "NEUF", "2": "un", "3": "deux"},
         {"1": 20, "2": 10, "3": 10}),
        # taken from before the others
        ({"1": "un", "2": "deux", "3": "trois"}, {"1": "deux", "2": "trois"}, {"1": 10, "2": 10}),
        # edited, and another beside it
        ({"1": "un"}, {"1": "un !", "2": "deux"}, {"1": 10, "2": 20}),
        # the same words twice are one that was there and one that is new
        ({"1": "oui"}, {"1": "oui", "2": "oui"}, {"1": 10, "2": 20}),
        ({"1": "oui"}, {"8": "oui", "9": "oui"}, {"8": 10, "9": 20}),
        # of an empty one, nothing says which it is
        ({"1": ""}, {"2": ""}, {"2": 20}),
    ],
)  # fmt: skip
def test_what_has_another_name_now_was_seen_before(
    engine: Engine, before: dict[str, str], after: dict[str, str], expected: dict[str, int]
) -> None:
    def named(comments: dict[str, str]) -> list[Record]:
        [lead, *records] = article("a", *comments.values())
        return [lead] + [
            replace(record, id=f"a#comment-{name}")
            for record, name in zip(records, comments, strict=True)
        ]

    write(engine, [named(before)], seen=10)
    write(engine, [named(after)], seen=20)
    seen = {id.rpartition("-")[2]: when for id, (_, when) in stored(engine).items() if "-" in id}
    assert seen == expected
    assert {text for text, _ in stored(engine).values()} == {"Le chapô.", *after.values()}
    # and nothing moves the next night
    assert write(engine, [named(after)], seen=30).unchanged == len(after) + 1


def test_words_keep_the_name_under_which_they_were_first_seen(engine: Engine) -> None:
    """Feeds tell by it what is new: a name is neither changed nor used again."""

    def lasting(**comments: str) -> dict[str, str]:
        [lead, *records] = article("a", *comments.values())
        named = [
            replace(record, id=f"a#comment-{name.lstrip('n')}")
            for record, name in zip(records, comments, strict=True)
        ]
        write(engine, [[lead, *named]], seen=next(times))
        assert write(engine, [[lead, *named]], seen=next(times)).unchanged == len(named) + 1
        return {
            record.text: record.lasting_id.removeprefix("a#comment-")
            for record in everything(engine.reader())
            if record.kind == "comment"
        }

    times = iter(range(10, 100, 10))
    assert lasting(n1="un", n2="deux") == {"un": "1", "deux": "2"}
    anew = lasting(n901="un", n902="deux")
    assert anew == {"un": "1", "deux": "2"}
    assert lasting(n901="un", n902="deux", n1="neuf") == {**anew, "neuf": "1@50"}
    again = lasting(n1="avant", n901="neuf", n902="un", n903="deux")
    assert again == {"un": "1", "deux": "2", "neuf": "1@50", "avant": "1@70"}
