"""Can a page, a crawl or an archive, however damaged, raise anything or never end?

Pages are mutated as disks and strangers do: bytes changed, pieces cut, repeated, swapped.
Whatever they become, a reader gives articles that make records, or sentences.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.article.model import Article
from indexer.canonical import conversion
from indexer.html.page import read_html
from indexer.html.text.captions import captions_above
from indexer.html.text.main_block import main_block, measure
from indexer.pipeline import sources
from indexer.reporting.report import Skipped
from indexer.times.capture import Capture
from indexer.times.markup import machine_time, shown_dates, when
from tests.indexer.samples import HTML
from tests.shared import SHARED

FIXTURES = SHARED / "fixtures"
CAPTURE = Capture(date(2024, 12, 4), guessed=True)
SENTENCE = "<p>Un paragraphe de l'article, assez long pour qu'on le garde comme il est.</p>"
OWN = [
    f"<html><article><h1>Sora</h1>{SENTENCE * 5}</article>".encode() + path.read_bytes()
    for path in sorted(HTML.glob("*.html"))
]
REAL = [path.read_bytes() for path in sorted((FIXTURES / "html").glob("*.html"))]
PIECES = [
    b"<",
    b">",
    b'"',
    b"</div>",
    b"<li",
    b"<!--",
    b"-->",
    b"\x00",
    b"\xff",
    b"&#x110000;",
    b"]]>",
]


@st.composite
def damaged(draw: st.DrawFn, sound: list[bytes]) -> bytes:
    data = draw(st.sampled_from(sound))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(data)))
        end = draw(st.integers(at, min(len(data), at + 2000)))
        kind = draw(st.sampled_from(("cut", "repeat", "byte", "piece", "truncate")))
        if kind == "cut":
            data = data[:at] + data[end:]
        elif kind == "repeat":
            data = data[:end] + data[at:end] * 3 + data[end:]
        elif kind == "byte":
            data = data[:at] + draw(st.binary(max_size=4)) + data[at + 1 :]
        elif kind == "piece":
            data = data[:at] + draw(st.sampled_from(PIECES)) * draw(st.integers(1, 50)) + data[at:]
        else:
            data = data[: max(at, 20)]
    return data


def check(data: bytes) -> None:
    page = read_html(data, CAPTURE)
    if page.article is None:
        assert page.report.reason
    else:
        records = conversion.records_of(page.article)
        assert len({record.id for record in records}) == len(records)
        assert all("@" not in (comment.author or "") for comment in page.article.comments)


@settings(max_examples=60)
@given(damaged(OWN))
def test_damaged_pages(data: bytes) -> None:
    check(data)


@pytest.mark.skipif(not REAL, reason=f"no real pages in {FIXTURES} ($GLOSE_SHARED)")
@settings(max_examples=25)
@given(st.data())
def test_damaged_real_pages(data: st.DataObject) -> None:
    check(data.draw(damaged(REAL)))


REAL_CRAWLS = [path.read_bytes() for path in sorted((FIXTURES / "warc").glob("*.*"))]


@pytest.mark.skipif(not REAL_CRAWLS, reason=f"no real crawls in {FIXTURES} ($GLOSE_SHARED)")
@settings(max_examples=40)
@given(st.data())
def test_damaged_crawls(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.warc")
        path.write_bytes(data.draw(damaged(REAL_CRAWLS)))
        for outcome in sources.read([path]):
            assert isinstance(outcome, Article) or outcome.sentence()


LONG = {
    "nested": "<div>" * 100_000,
    "attributes": "<a " + " ".join(f"b{n}" for n in range(50_000)) + ">",
    "attributes without end": "<a " + 'b="' * 50_000,
    "openings": "<" * 500_000,
    "comments": "<!--" * 500_000,
    "scripts": "<script>" * 200_000,
    "paragraphs": SENTENCE * 5_000,
    "lists": "<ul><li>" * 900,
    "answers": '<li id="comment-1"><b class="fn">Z</b><div class="comment-content">x' * 600,
    "numbers": '<p class="date">' + "1/" * 500_000,
    "text": "mot " * 250_000,
    "entities": "&eacute;" * 200_000,
    "json": '<script type="application/ld+json">' + '{"a":' * 100_000,
}


@pytest.mark.parametrize("name", LONG)
def test_long_pages(name: str) -> None:
    for before in ("<h1>Titre</h1>", f"<article><h1>Titre</h1>{SENTENCE * 5}"):
        check((before + LONG[name]).encode())


def test_answers_inside_answers_take_no_more_each(
    in_proportion: Callable[[Callable[[int], Callable[[], object]], int], None],
) -> None:
    """The date of a comment is looked for in it, and in none of those that answer it."""

    def prepare(count: int) -> Callable[[], object]:
        page = f"<h1>Titre</h1>{LONG['answers'][: len(LONG['answers']) // 600] * count}".encode()
        return lambda: read_html(page, CAPTURE)

    in_proportion(prepare, 40)


def test_each_caption_of_a_gallery_takes_the_same(
    in_proportion: Callable[[Callable[[int], Callable[[], object]], int], None],
) -> None:
    """Whether what is around a caption is another page's is asked once for all captions."""
    text = "<p>La ville a fermé mardi la passerelle, dont les câbles sont rongés.</p>" * 30
    figure = "<figure><img src=a><figcaption>Une légende numéro {}</figcaption></figure>"

    def prepare(count: int) -> Callable[[], object]:
        figures = "".join(map(figure.format, range(count)))
        html = f"<article><section><h1>Titre</h1>{figures}</section><div>{text}</div></article>"
        root = lxml.html.document_fromstring(html)
        measured = measure(root)
        block = main_block(root, measured)
        assert block is not None
        return lambda: captions_above(block, measured)

    in_proportion(prepare, 40)


def test_a_page_too_large_is_refused() -> None:
    page = read_html(b"<p>" + bytes(40_000_000), CAPTURE)
    assert "Mio" in (page.report.reason or "")


def test_the_rest_of_the_run_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<div>" * 100_000)
    (tmp_path / "b.html").write_bytes(OWN[0])
    outcomes = list(sources.read([tmp_path]))
    assert [type(outcome) for outcome in outcomes if isinstance(outcome, Article | Skipped)] == [
        Skipped,
        Article,
    ]


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=80))
def test_any_text_as_a_date(machine: str, date_text: str, edited: str) -> None:
    moment = when([machine], date_text, edited, CAPTURE)
    assert moment.published is None or machine_time(moment.published)


@given(st.text(alphabet="0123456789/-:. hàlejanvierdécembre", max_size=60))
def test_anything_like_a_date(text: str) -> None:
    for shown_date in shown_dates(text, CAPTURE):
        assert shown_date.start is None or shown_date.end is not None
    machine_time(text)
