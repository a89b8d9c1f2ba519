"""The bundled articles: enough of them, true to both of their shapes."""

import json
from pathlib import Path

import pytest

from indexer.demo import make
from indexer.pages.page import read_page
from indexer.times.capture import Capture

ARTICLES = [
    json.loads(line) for line in (make.FOLDER / "articles.jsonl").read_text("utf-8").splitlines()
]


def test_there_is_enough_to_search() -> None:
    assert len(ARTICLES) >= 15
    for article in ARTICLES:
        assert 3 <= len(article["sections"]) <= 6, article["id"]
        assert 8 <= len(article["comments"]) <= 40, article["id"]
        assert article["commentCount"] == len(article["comments"])


def test_the_pages_are_those_of_the_articles() -> None:
    page_texts = dict(make.pages())
    assert {path.name for path in page_texts} == {
        path.name for path in (make.FOLDER / "pages").iterdir()
    }
    for path, text in page_texts.items():
        assert path.read_text("utf-8") == text, "run `python -m indexer.demo.make`"


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article["id"])
def test_a_page_reads_back_as_its_article(article: dict) -> None:
    name = article["id"].rpartition(":")[2]
    data = Path(make.FOLDER / "pages" / f"{name}.txt").read_bytes()
    page = read_page(data, Capture.parse("2025-07-01")).article
    assert page.headline == article["headline"]
    assert [section.text for section in page.sections] == [
        section["text"] for section in article["sections"]
    ]
    assert len(page.comments) == len(article["comments"])
    # a page shows quotes among the words, so only comments without any are the same text
    for comment_read, comment_given in zip(page.comments, article["comments"], strict=True):
        if not comment_given.get("citation"):
            assert comment_read.text == comment_given["text"]
