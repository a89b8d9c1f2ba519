"""Is what stands around a page of a past state counted in today's, and said when it is not?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from whoosh import query as nodes

from index import engines
from index.engines import Page, PageRequest, Reader, Span, past
from index.engines.in_process import work
from index.record import About, Record
from index.writing import writing

TREE = nodes.Term("text", "zibeline")
DAY = Span(1_714_550_400, 1_714_636_800)
ASKED = PageRequest(TREE, facets=["category_shown", "month"], spans=[DAY])


def articles() -> Iterator[list[Record]]:
    for n in range(3):
        moment = f"2024-05-01T1{n}:00:00+02:00"
        about = About(f"demo:{n}", f"Numéro {n}", published=moment, categories=("Rubrique",))
        when = {"start": moment, "end": moment, "precision": "minute"}
        yield [Record(about.id, "lead", about, 0, about.title, "La zibeline.", **when)]


@pytest.fixture
def states() -> tuple[Reader, Reader]:
    """A state of three articles, and the one after, of two."""
    engine = engines.open(":memory:")
    writing.write(engine, articles(), seen=1)
    before = engine.reader()
    with engine.writer() as writer:
        writer.remove(["demo:1"])
    return before, engine.reader()


def page_counts(page: Page) -> tuple[list[int], list[int], list[int]]:
    return (
        [value.records for value in page.facets.get("category_shown", ())],
        [value.records for value in page.facets.get("month", ())],
        [span.records for span in page.spans],
    )


def test_facets_and_days_are_those_of_today(states: tuple[Reader, Reader]) -> None:
    before, today = states
    page = past.page(before, today, ASKED)
    # the page is full as it was, but for what was taken away
    assert (page.count, len(page.groups)) == (3, 2)
    assert page_counts(page) == page_counts(today.page(ASKED)) == ([2], [2], [2])


def test_what_was_not_counted_today_is_said(
    states: tuple[Reader, Reader], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "ALL", 0)
    page = past.page(*states, ASKED)
    assert page_counts(page) == ([], [], [])
    assert page.stopped == ("facets",)
