"""Do real pages, of engines and sites of several years, give exactly the comments they hold?

The expected lists were typed and checked by eye beside the pages, and are not in this
repository: the pages are their publishers'.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

import pytest

from indexer.article.model import Article, Comment
from indexer.html.page import read_html
from indexer.times.capture import Capture
from indexer.times.rfc3339 import instant
from tests.shared import SHARED

FIXTURES = SHARED / "fixtures"
EXPECTED = FIXTURES / "EXPECTED.json"
CAPTURE = Capture(date(2024, 12, 4), guessed=True)

pytestmark = pytest.mark.skipif(
    not EXPECTED.exists(), reason=f"the real pages are not in {FIXTURES} ($GLOSE_SHARED)"
)


def expected() -> dict[str, Any]:
    if not EXPECTED.exists():
        return {}
    expectations = json.loads(EXPECTED.read_text())
    return {name: value for name, value in expectations.items() if name.startswith("html/")}


NESTED = {("html/lefigaro2013.html", 9): 8, ("html/lefigaro2013.html", 12): 11}
"""Answers that the page nests (`ul#child-…`), though the expected list has no parents for it."""


def read_fixture(name: str) -> Article:
    article = read_html((FIXTURES / name).read_bytes(), CAPTURE).article
    assert article is not None
    return article


def words(comment: Comment) -> str:
    texts = [*(quote.text for quote in comment.citation), comment.text]
    return " ".join(" ".join(texts).split())


@pytest.mark.parametrize("name", expected())
def test_comments(name: str) -> None:
    expectation = expected()[name]
    article = read_fixture(name)
    assert len(article.comments) == expectation["count"] == len(expectation["comments"])
    ids = [comment.id for comment in article.comments]
    for place, (comment, expected_comment) in enumerate(
        zip(article.comments, expectation["comments"], strict=True)
    ):
        assert comment.author == expected_comment["author"]
        assert comment.headline == (expected_comment["title"] or None)
        assert (
            comment.id.rpartition("#comment-")[2] == expected_comment["id"]
            or expected_comment["id"] is None
        )
        parent = expected_comment["parent_position"] or NESTED.get((name, place + 1))
        assert comment.parent_id == (ids[parent - 1] if parent else None)
        if expected_comment["datetime"] is None:
            assert comment.date_published is None
        else:
            assert comment.date_published is not None
            assert instant(comment.date_published) == datetime.fromisoformat(
                expected_comment["datetime"]
            )
        assert (comment.kind is not None) == (expected_comment.get("kind") == "ping")
        if not comment.citation:
            start = "".join(expected_comment["body_first40"].split())
            assert "".join(words(comment).split()).startswith(start)
        # the lists count a line break as nothing, and here it ends a line
        breaks = comment.text.count("\n")
        assert 0 <= len(words(comment)) - expected_comment["body_chars_ws_collapsed"] <= breaks


def test_as_many_comments_as_expected_in_all() -> None:
    counts = {name: len(read_fixture(name).comments) for name in expected()}
    assert counts == {name: expectation["count"] for name, expectation in expected().items()}
    assert sum(counts.values()) == 163


@pytest.mark.parametrize("name", expected())
def test_no_comment_leaks_into_the_article(name: str) -> None:
    article = read_fixture(name)
    body = " ".join(section.text for section in article.sections)
    for comment in article.comments:
        lines = [line for line in comment.text.split("\n") if len(line) > 60]
        assert not any(line in body for line in lines)


def test_german_control() -> None:
    article = read_fixture("html/netzpolitik_wp_de.html")
    assert (article.comment_count, len(article.comments)) == (91, 74)
    assert sum(comment.parent_id is not None for comment in article.comments) == 38
    assert all(comment.date_published for comment in article.comments)


HEADS = {
    "lemonde2023_paywall": ("2023-08-30T14:52:08+02:00", ("Bertrand Bissuel",), 2),
    "lepoint2023": ("2023-11-02T15:57:00+01:00", ("Henri Frasque",), 4),
    "20minutes2023_no_server_comments": ("2023-11-02T16:33:38+01:00", ("Elsa Provenzano",), 4),
    "regards_spip3.1": ("2018-09-30", ("Loïc Le Clerc",), 17),
    "wp619_la-fin-du-travail": ("2016-02-21T16:16:06-01:00", ("admin",), 1),
    "lopinion_drupal7": ("2019-05-15T06:00:01+02:00", ("Emmanuelle Ducros",), 1),
    "sauvonsluniversite_spip": ("2019-09-11T12:30:39Z", (), 1),
}


@pytest.mark.parametrize("name", HEADS)
def test_heads(name: str) -> None:
    article = read_fixture(f"html/{name}.html")
    assert (article.date_published, article.author, len(article.sections)) == HEADS[name]
    assert article.url is not None
    assert "@" not in article.url


def test_page_of_the_wayback_machine() -> None:
    article = read_fixture("html/archive.org_altereco_mixed-encoding.html")
    assert article.url == "http://www.alternatives-economiques.fr/site/hs72_003_35heures.html"
    assert article.captured_at == "2007-02-28T22:30:01+01:00"
    assert article.headline == "Les Français travaillent-ils trop peu ?"
    assert "archive.org" not in " ".join(section.text for section in article.sections)
