"""Does the model page parse to exactly what its oracle says?"""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

import pytest

from indexer.article.model import Article
from indexer.canonical import conversion
from indexer.pages.page import Page, read_page
from indexer.pages.text import render
from indexer.times.capture import Capture
from tests.shared import SHARED

PAGE = SHARED / "seed" / "000_f8136d907dfa817c.txt"
ORACLE = SHARED / "seed" / "expected.json"

pytestmark = pytest.mark.skipif(
    not (PAGE.exists() and ORACLE.exists()),
    reason=f"the model page and its oracle are not in {SHARED / 'seed'} ($GLOSE_SHARED)",
)


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    oracle: dict[str, Any] = json.loads(ORACLE.read_text())
    assert hashlib.sha256(PAGE.read_bytes()).hexdigest() == oracle["source"]["sha256"]
    return oracle


@pytest.fixture(scope="module")
def page() -> Page:
    return read_page(PAGE.read_bytes(), Capture(date(2024, 12, 4)))


@pytest.fixture(scope="module")
def article(page: Page) -> Article:
    return page.article


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def lines_of(page: Page, member: str) -> list[int]:
    [finding] = [finding for finding in page.report.findings if finding.member == member]
    return [finding.first, finding.last]


def test_metadata(article: Article, expected: dict[str, Any]) -> None:
    metadata = expected["metadata"]
    assert article.headline == metadata["headline"]
    assert article.alternative_headline == metadata["alternativeHeadline"]
    assert article.description == metadata["description"]
    assert article.date_published == metadata["datePublished"]
    assert article.date_modified is metadata["dateModified"] is None
    assert article.time_required == metadata["timeRequired"]
    assert list(article.article_section) == metadata["articleSection"]
    assert article.comment_count == metadata["commentCount_declared"]
    assert len(article.comments) == metadata["commentCount_parsed"]
    assert article.in_language == metadata["inLanguage"]
    assert article.author == ()
    assert article.url is metadata["url"] is None
    assert article.captured_at == expected["capture"]["date"]


def test_lines_of_the_head(page: Page, expected: dict[str, Any]) -> None:
    lines = expected["metadata"]["lines"]
    assert lines_of(page, "titre") == [lines["headline"]] * 2
    assert lines_of(page, "accroche") == [lines["alternativeHeadline"]] * 2
    assert lines_of(page, "chapô") == [lines["description"]] * 2
    assert lines_of(page, "date") == [lines["date_line"]] * 2
    assert lines_of(page, "temps de lecture") == [lines["timeRequired"]] * 2
    assert lines_of(page, "rubriques") == lines["articleSection"]


def test_sections(page: Page, article: Article, expected: dict[str, Any]) -> None:
    assert len(article.sections) == len(expected["sections"]) == 4
    for section, expectation in zip(article.sections, expected["sections"], strict=True):
        assert section.headline == expectation["title"]
        assert len(section.text) == expectation["chars"]
        assert len(section.text.encode()) == expectation["utf8_bytes"]
        assert len(section.text.split()) == expectation["words"]
        assert section.text.count("\n") + 1 == expectation["paragraphs"]
        assert section.text[:40] == expectation["first40"]
        assert section.text[-40:] == expectation["last40"]
        assert sha256(section.text) == expectation["sha256"]
        first, last = lines_of(page, f"section {expectation['position']}")
        assert [first + (expectation["title"] is not None), last] == expectation["lines"]
    body = "\n".join(
        "\n".join(filter(None, (section.headline, section.text))) for section in article.sections
    )
    assert sha256(body) == expected["article_body"]["sha256_including_headings"]


def test_embedded_tweet(article: Article, expected: dict[str, Any]) -> None:
    embedded_quote = expected["embedded_quote"]
    lines = PAGE.read_text().split("\n")
    for position, section in enumerate(article.sections):
        if position != embedded_quote["section"]:
            assert section.embeds == ()
    section = article.sections[embedded_quote["section"]]
    [embed] = section.embeds
    assert embed.kind == embedded_quote["kind"]
    assert embed.attribution == embedded_quote["attribution"]
    first, last = embedded_quote["lines"]
    assert section.text[embed.start : embed.end] == "\n".join(lines[first - 1 : last])


def test_comments(article: Article, expected: dict[str, Any]) -> None:
    for comment, expectation in zip(article.comments, expected["comments"], strict=True):
        assert comment.date_shown == expectation["header"]
        assert comment.date_published == expectation["datePublished"]
        assert comment.date_modified == expectation["dateModified"]
        assert comment.edited is expectation["edited"]
        assert len(comment.text) == expectation["body_chars"]
        if expectation["empty"]:
            assert comment.text == ""
        else:
            assert sha256(comment.text) == expectation["body_sha256"]
            assert comment.text[:40] == expectation["body_first40"]
            assert comment.text.count("\n") + 1 == expectation["body_paragraphs"]
        assert comment.author is expectation["author"] is None
        assert comment.parent_id is expectation["parent"] is None


def test_totals(article: Article, expected: dict[str, Any]) -> None:
    totals = expected["comment_totals"]
    bodies = [comment.text for comment in article.comments]
    assert len(bodies) == totals["total"]
    assert bodies.count("") == totals["empty"]
    assert sum(map(len, bodies)) == totals["body_chars"]
    assert sum(comment.edited for comment in article.comments) == totals["edited"]
    assert len({comment.id for comment in article.comments}) == totals["total"]


def test_boilerplate_is_in_no_text(article: Article, expected: dict[str, Any]) -> None:
    texts = [section.text for section in article.sections] + [c.text for c in article.comments]
    for boilerplate_line in expected["boilerplate_lines"]:
        assert not any(boilerplate_line["text"] in text for text in texts)


def test_report_has_nothing_to_say_when_the_capture_is_told(page: Page) -> None:
    assert page.report.remarks == []
    assert page.report.missing == ["auteur"]


def test_records(article: Article) -> None:
    records = conversion.records_of(article)
    assert [record.kind for record in records] == ["lead"] + ["section"] * 4 + ["comment"] * 27
    assert [record.position for record in records] == list(range(32))
    title = "Questionnement sur l'usage des « red teams »"
    [section] = [record for record in records if record.heading == title]
    assert section.anchor == "section-3"
    edited = records[5 + 5]
    assert edited.shown == "Modifié le 02/12/2024 à 10h38"
    assert (edited.start, edited.end, edited.precision) == (
        "2024-12-02T09:08:00+01:00",
        "2024-12-02T10:38:00+01:00",
        "unknown",
    )
    assert conversion.article_of(records) == article


def test_same_page_later_keeps_its_ids(article: Article) -> None:
    text = PAGE.read_text()
    later = text.replace("Commentaires (27)", "Commentaires (28)")
    later = later.replace("Hier à 08h46", "Le 03/12/2024 à 08h46")
    later = later.replace("Aujourd'hui à 01h03", "Le 05/12/2024 à 11h00\nBref.\nHier à 01h03")
    second_reading = read_page(later.encode(), Capture(date(2024, 12, 5))).article
    assert second_reading.id == article.id
    assert {comment.id for comment in article.comments} < {
        comment.id for comment in second_reading.comments
    }


def test_written_again_it_is_the_same_text(article: Article) -> None:
    rendered = render(article, year=False).rstrip("\n")
    relative = {"Hier à 08h46": "Le 03/12/2024 à 08h46", "Aujourd'hui à": "Le 04/12/2024 à"}
    expected = PAGE.read_text()
    for relative_date, absolute in relative.items():
        expected = expected.replace(relative_date, absolute)
    assert rendered == expected
    second_reading = read_page(rendered.encode(), Capture(date(2024, 12, 4))).article
    assert second_reading.sections == article.sections
    assert [comment.id for comment in second_reading.comments] == [c.id for c in article.comments]
