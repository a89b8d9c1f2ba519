"""Do real exports, of other people's sites, give what they are known to hold?

They are beside the project and not in it: `$GLOSE_SHARED`, or `../shared`.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from indexer.article.model import Article
from indexer.pipeline.sources import open_file, read
from indexer.reporting.report import Remark, Skipped
from tests.shared import SHARED

FIXTURES = SHARED / "fixtures"
pytestmark = pytest.mark.skipif(
    not FIXTURES.is_dir(), reason="the shared fixtures are not on this machine"
)

_MODE = "feeds/bitcoinfrance/post_comments_bitcoin-mode-demploi"
_VOTES = "feeds/bitcoinfrance/post_comments_bitcoin-pour-des-votes-gratuits-et-verifiables"

# file, format, articles, comments, replies, deleted, skipped
TABLE = [
    ("wxr/alexandrerio_wp3.5.1.fr.xml", "wxr", 31, 32, 11, 0, 0),
    ("wxr/bitcoinfrance_wp4.4.2.fr.xml", "wxr", 88, 193, 107, 0, 0),
    ("wxr/bitcoinfrance_wp6.1.9_export.fr.xml", "wxr", 88, 193, 107, 0, 0),
    ("wxr/bitcoinfrance_wp6.1.9_statuses.fr.xml", "wxr", 87, 183, 104, 0, 0),
    ("wxr/isso_wordpress.xml", "wxr", 3, 8, 3, 0, 0),
    ("wxr/themeunittestdata.wordpress.xml", "wxr", 77, 25, 9, 0, 0),
    ("wxr/importer/cdata-edge.xml", "wxr", 1, 0, 0, 0, 0),
    ("wxr/importer/crazy-cdata.xml", "wxr", 0, 0, 0, 0, 1),
    ("wxr/importer/malformed.xml", "wxr", 0, 0, 0, 0, 1),
    ("wxr/importer/namespace-edge-cases.xml", "wxr", 6, 0, 0, 0, 0),
    ("wxr/importer/small-export.xml", "wxr", 9, 1, 0, 0, 0),
    ("wxr/importer/test-serialized-comment-meta.xml", "wxr", 0, 0, 0, 0, 0),
    ("wxr/importer/valid-wxr-1.0.xml", "wxr", 6, 1, 0, 0, 0),
    ("wxr/importer/wxr-utf-8-challenges.xml", "wxr", 1, 0, 0, 0, 0),
    ("disqus/tl3shi_disqus.xml", "disqus", 340, 2693, 439, 6, 0),
    ("disqus/isso_disqus.xml", "disqus", 2, 5, 2, 1, 1),
    ("disqus/remark42_deleted-post.xml", "disqus", 2, 4, 0, 1, 1),
    ("isso/bitcoinfrance.db", "isso", 48, 235, 107, 0, 0),
    ("isso/generic.json", "isso-json", 2, 2, 0, 0, 0),
    ("remark42/commento_export.json", "commento", 2, 3, 1, 0, 0),
    ("remark42/tree.json", "remark42", 1, 12, 8, 0, 0),
    ("discourse/topic_57.json", "discourse", 1, 3, 0, 0, 0),
    ("discourse/topic1288", "discourse", 1, 15, 9, 1, 0),
    ("feeds/bitcoinfrance/comments_atom.xml", "feed", 7, 20, 4, 0, 0),
    ("feeds/bitcoinfrance/comments_rss2.xml", "feed", 7, 20, 4, 0, 0),
    ("feeds/bitcoinfrance/feed_atom.xml", "feed", 20, 0, 0, 0, 0),
    ("feeds/bitcoinfrance/feed_rdf.xml", "feed", 20, 0, 0, 0, 0),
    ("feeds/bitcoinfrance/feed_rss2.xml", "feed", 20, 0, 0, 0, 0),
    (f"{_MODE}.atom.xml", "feed", 1, 20, 16, 0, 0),
    (f"{_MODE}.rss2.xml", "feed", 1, 20, 16, 0, 0),
    (f"{_VOTES}.atom.xml", "feed", 1, 20, 15, 0, 0),
    (f"{_VOTES}.rss2.xml", "feed", 1, 20, 15, 0, 0),
    ("feeds/cerclepsy_latin1_undeclared.fr.xml", "feed", 9, 0, 0, 0, 0),
    ("feeds/feedparser_atomthreading_entry.xml", "feed", 1, 1, 0, 0, 0),
    ("feeds/golem_iso-8859-1_slash.xml", "feed", 40, 0, 0, 0, 0),
    ("feeds/pelican_bloggerexport.xml", "blogger", 2, 1, 0, 0, 0),
    ("markdown/jekyll_alexandrerio", "markdown", 8, 0, 0, 0, 0),
    ("markdown/linuxfr_illwieckz", "markdown", 11, 0, 0, 0, 0),
]


@cache
def expected() -> dict[str, Any]:
    expectations: dict[str, Any] = json.loads((FIXTURES / "EXPECTED.json").read_text())
    return expectations


@pytest.mark.parametrize("row", TABLE, ids=[row[0] for row in TABLE])
def test_table(row: tuple[str, str, int, int, int, int, int]) -> None:
    name, form, *numbers = row
    path = FIXTURES / name
    outcomes = list(read([path]))
    articles = [outcome for outcome in outcomes if isinstance(outcome, Article)]
    comments = [comment for article in articles for comment in article.comments]
    file = open_file(path if path.is_file() else next(path.iterdir()))
    assert isinstance(file, tuple)
    assert file[1].name == form
    skipped = [outcome for outcome in outcomes if isinstance(outcome, Skipped)]
    assert [
        len(articles),
        len(comments),
        sum(comment.parent_id is not None for comment in comments),
        sum(comment.deleted for comment in comments),
        len(skipped),
    ] == numbers
    assert len({article.id for article in articles}) == len(articles)
    assert len({comment.id for comment in comments}) == len(comments)
    expectation = expected().get(name, {})
    if "error" in expectation and skipped and form == "wxr":
        assert f"line {skipped[0].line}" in expectation["error"]


def left_aside(name: str) -> dict[str, int]:
    """What a file's reader says it left, by kind."""
    return {
        remark.kind: int(remark.message.split()[0].replace("\u202f", ""))
        for remark in read([FIXTURES / name])
        if isinstance(remark, Remark)
    }


@pytest.mark.parametrize(
    "name", ["wxr/bitcoinfrance_wp4.4.2.fr.xml", "wxr/bitcoinfrance_wp6.1.9_export.fr.xml"]
)
def test_what_is_left_out_of_an_export_adds_up(name: str) -> None:
    expectation = expected()[name]
    counts = left_aside(name)
    assert counts["pings"] == expectation["types"]["pingback"]
    other_count = sum(expectation["item_types"].values()) - sum(
        expectation["item_types"].get(kind, 0) for kind in ("post", "page")
    )
    assert counts.get("other_kinds", 0) == other_count
    assert 88 + counts["unpublished_articles"] + other_count == expectation["items"]


def test_statuses() -> None:
    counts = left_aside("wxr/bitcoinfrance_wp6.1.9_statuses.fr.xml")
    assert counts["unpublished"] == 2  # one held, one in the trash; spam is not exported
    assert counts["protected"] == 1
    assert counts["orphan"] == 3


def test_the_two_exports_of_one_blog_say_the_same_words() -> None:
    """As WordPress 4.4 wrote them, and as 6.1 wrote them again."""

    def signed_texts(name: str) -> set[tuple[str | None, str | None, str]]:
        return {
            (comment.author, comment.date_published, comment.text)
            for article in read([FIXTURES / name])
            if isinstance(article, Article)
            for comment in article.comments
        }

    old = signed_texts("wxr/bitcoinfrance_wp4.4.2.fr.xml")
    new = signed_texts("wxr/bitcoinfrance_wp6.1.9_export.fr.xml")
    assert old == new
    assert len(old) > 180


def test_comments_of_isso_find_the_articles_of_wordpress() -> None:
    """Isso took them from this very export; it knows pages by their path."""
    from indexer.merging.joining import is_thread, join

    sources = [FIXTURES / "wxr/bitcoinfrance_wp4.4.2.fr.xml", FIXTURES / "isso/bitcoinfrance.db"]
    outcomes = list(join(read(sources, threads_first=True)))
    articles = [outcome for outcome in outcomes if isinstance(outcome, Article)]
    lone_threads = [article for article in articles if is_thread(article) and not article.url]
    assert len(lone_threads) <= 2
    assert sum(len(article.comments) for article in articles) == 193 + 235


def test_no_text_holds_what_is_not_text() -> None:
    for article in read([FIXTURES / "wxr/bitcoinfrance_wp6.1.9_export.fr.xml"]):
        if isinstance(article, Article):
            texts = [section.text for section in article.sections]
            texts += [comment.text for comment in article.comments]
            for text in texts:
                assert not any(mark in text for mark in ("<!--", "[caption", "[gallery", "<p>"))
                assert all(line.strip() for line in text.split("\n") if text)


def test_quotations_of_discourse() -> None:
    [article] = [
        outcome
        for outcome in read([FIXTURES / "discourse/topic1288"])
        if isinstance(outcome, Article)
    ]
    quotes = [quote for comment in article.comments for quote in comment.citation]
    names = {comment.id for comment in article.comments}
    assert len(quotes) == 25
    assert all(quote.author for quote in quotes)
    # to a comment of the topic; to the first post, or to another topic, there is none
    assert sum(quote.ref in names for quote in quotes) > 15


FEEDS = [row[0] for row in TABLE if row[1] == "feed"]


@pytest.mark.parametrize("name", FEEDS)
def test_feeds_give_all_they_are_known_to_hold(name: str) -> None:
    expectation = expected()[name]
    outcomes = list(read([FIXTURES / name]))
    articles = [outcome for outcome in outcomes if isinstance(outcome, Article)]
    comments = [comment for article in articles for comment in article.comments]
    remarks = {outcome.kind: outcome for outcome in outcomes if isinstance(outcome, Remark)}
    empty = int(remarks["empty_entries"].message.split()[0]) if "empty_entries" in remarks else 0
    threads = [article for article in articles if article.comments]
    assert len(articles) - len(threads) + len(comments) + empty == expectation["entries"]
    assert ("feed" in remarks) == expectation["bozo"]
    assert all(article.extra == {"completeness": "partial"} for article in articles)
    if not threads:
        declared = sum(article.comment_count or 0 for article in articles)
        # the Atom feed counts them elsewhere than in slash:comments
        assert declared == expectation["slash_comments"] or "atom" in expectation["version"]


def test_feeds_and_the_export_of_one_site_agree() -> None:
    """The feeds were served by the WordPress that wrote the export."""

    def comments_by_number(name: str) -> dict[str, tuple[str | None, str | None, str | None, str]]:
        return {
            comment.id.rpartition("#")[2]: (
                comment.parent_id and comment.parent_id.rpartition("#")[2],
                comment.author,
                comment.date_published,
                "".join(filter(str.isalnum, comment.text))[:25],
            )
            for article in read([FIXTURES / name])
            if isinstance(article, Article)
            for comment in article.comments
            if comment.published
        }

    export = comments_by_number("wxr/bitcoinfrance_wp6.1.9_export.fr.xml")
    comments_compared = 0
    for name in (f"{_MODE}.atom.xml", f"{_MODE}.rss2.xml", f"{_VOTES}.atom.xml"):
        for number, comment in comments_by_number(name).items():
            assert export[number] == comment
            comments_compared += 1
    assert comments_compared > 50


def test_latin_1_that_nobody_declared() -> None:
    outcomes = list(read([FIXTURES / "feeds/cerclepsy_latin1_undeclared.fr.xml"]))
    texts = " ".join(
        outcome.description or "" for outcome in outcomes if isinstance(outcome, Article)
    )
    assert "nombre d'études montrent que les perturbateurs" in texts
    assert "\ufffd" not in texts


def test_markdown_says_its_words_only() -> None:
    articles = [
        outcome for outcome in read([FIXTURES / "markdown"]) if isinstance(outcome, Article)
    ]
    assert all(article.date_published and article.sections for article in articles)
    archive = [article for article in articles if article.url]
    assert len(archive) == 11
    assert all(article.author and article.keywords for article in archive)
    texts = "\n".join(section.text for article in articles for section in article.sections)
    for mark in ("](http", "```", "{%", "<object", "[[", "URL:  "):
        assert mark not in texts
