"""Does each adapter find the comments of its engine: who, when, what, and in answer to whom?

The pages are written for these tests, after the markup that each engine gives.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

import pytest

from indexer.article.model import Comment, Quote
from indexer.html.page import HtmlPage, read_html
from indexer.times.capture import Capture
from tests.indexer.samples import HTML

CAPTURE = Capture.at(datetime(2024, 12, 4, 10, 0))
BODY = "<p>" + "Un paragraphe de l'article, assez long pour qu'on le garde. " * 8 + "</p>"


class SampleComment(NamedTuple):
    """What is expected of a comment; `parent` is the native number of the one it answers."""

    id: str | None
    author: str | None
    date: str | None
    text: str
    parent: str | None = None
    title: str | None = None


def page(thread: str) -> HtmlPage:
    html = f"<html><body><article><h1>Un titre</h1>{BODY}</article>{thread}</body></html>"
    return read_html(html.encode(), CAPTURE)


def comments(thread: str) -> tuple[Comment, ...]:
    article = page(thread).article
    assert article is not None
    for comment in article.comments:
        words = comment.text.split("\n")[0]
        assert not words or all(words not in section.text for section in article.sections)
    return article.comments


def native(name: str | None) -> str | None:
    return name.rpartition("#comment-")[2] if name else None


def summary(comment: Comment) -> SampleComment:
    return SampleComment(
        native(comment.id),
        comment.author,
        comment.date_published,
        comment.text,
        native(comment.parent_id),
        comment.headline,
    )


WORDPRESS = (HTML / "wordpress.html").read_text()
OLD_WORDPRESS = (HTML / "old-wordpress.html").read_text()
BLOCKS = (HTML / "blocks.html").read_text()
SPIP = (HTML / "spip.html").read_text()
SPIP_COMMENTS = (HTML / "spip-comments.html").read_text()
DRUPAL_6 = (HTML / "drupal-6.html").read_text()
DRUPAL_7 = (HTML / "drupal-7.html").read_text()
FIGARO_2021 = (HTML / "figaro-2021.html").read_text()
FIGARO_2013 = (HTML / "figaro-2013.html").read_text()
LE_POINT = (HTML / "le-point.html").read_text()
NEXT = (HTML / "next.html").read_text()
LINUXFR = (HTML / "linuxfr.html").read_text()
MICRODATA = (HTML / "microdata.html").read_text()
JSON_LD = (HTML / "json-ld.html").read_text()
UNKNOWN = (HTML / "unknown.html").read_text()

A, B = "2024-12-02T09:52:00+01:00", "2024-12-02T10:01:00+01:00"

THREADS = {
    "wordpress": (
        WORDPRESS,
        [
            SampleComment("11", "Zoé", A, "Premier.\nSuite.\nSecond."),
            SampleComment("12", "Yann", "2024-12-02T10:00:00+01:00", "Non.", "11"),
            SampleComment("13", "Ailleurs", None, "Ping : Ailleurs"),
        ],
    ),
    "old wordpress": (
        OLD_WORDPRESS,
        [
            SampleComment("21", "Zoé", "2008-12-02T09:52:00+01:00", "Bravo.\nVraiment."),
            SampleComment("22", "Yann", "2008-12-03T15:00:00+01:00", "Merci."),
        ],
    ),
    "blocks": (
        BLOCKS,
        [
            SampleComment("31", "Zoé", A, "Bravo."),
            SampleComment("32", "Yann", "2024-12-02T09:59:00+01:00", "Merci.", "31"),
        ],
    ),
    "spip": (
        SPIP,
        [
            SampleComment("41", "Zoé", A, "Un mot.", None, "Bravo"),
            SampleComment("42", None, B, "Un autre.", "41"),
        ],
    ),
    "spip comments": (
        SPIP_COMMENTS,
        [SampleComment("45", "Zoé", "2024-12-02T08:52:10Z", "Un mot.")],
    ),
    "drupal 6": (
        DRUPAL_6,
        [
            SampleComment("51", "Zoé", A, "Un mot."),
            SampleComment("52", "Yann Le Gall", B, "Un autre.", "51", "Re"),
        ],
    ),
    "drupal 7": (DRUPAL_7, [SampleComment("55", "Zoé", A, "Un mot.", None, "Bravo")]),
    "lefigaro 2013": (
        FIGARO_2013,
        [
            SampleComment("16060957", "Zoé", A, "Un mot."),
            SampleComment("16060960", "Yann", B, "Un autre.", "16060957"),
        ],
    ),
    "lepoint": (LE_POINT, [SampleComment("61", "Zoé", A, "Un mot.")]),
    "next.ink": (
        NEXT,
        [
            SampleComment("71", "Zoé", A, "Un mot."),
            SampleComment("72", "Yann", "2024-12-03T08:46:00+01:00", "Un autre.", "71"),
        ],
    ),
    "linuxfr": (
        LINUXFR,
        [
            SampleComment("81", "Zoé", A, "Un mot.", None, "Bravo"),
            SampleComment("82", "Yann", B, "", "81", "Re: Bravo"),
        ],
    ),
    "microdata": (
        MICRODATA,
        [
            SampleComment("91", "Zoé", A, "Un mot."),
            SampleComment("92", "Yann", B, "Un autre.", "91"),
        ],
    ),
    "JSON-LD": (
        JSON_LD,
        [
            SampleComment("93", "Zoé", A, "Un mot."),
            SampleComment("94", "Yann", B, "Un autre.", "93"),
        ],
    ),
}


@pytest.mark.parametrize("name", THREADS)
def test_comments_of(name: str) -> None:
    thread, expected = THREADS[name]
    assert [summary(comment) for comment in comments(thread)] == expected


def test_without_numbers() -> None:
    [comment] = comments(FIGARO_2021)
    assert (comment.author, comment.date_published) == ("Zoé", A)
    assert comment.text == "Un mot.\nDeux."
    assert comments(FIGARO_2021)[0].id == comment.id


def test_engine_nobody_knows() -> None:
    [comment] = comments(UNKNOWN)
    assert summary(comment) == SampleComment("95", "Zoé", None, "Un mot.")
    assert comment.date_earliest == "2024-12-01T00:00:00+01:00"
    assert comment.date_shown == "il y a 3 jours"


def test_quotes_are_kept_apart() -> None:
    assert comments(WORDPRESS)[1].citation == (Quote("Second."),)
    assert comments(NEXT)[1].citation == (Quote("Un mot."),)


def test_roles_votes_edits_and_deleted() -> None:
    first, answer = comments(LINUXFR)
    assert (first.upvote_count, first.downvote_count) == (3, 1)
    assert first.edited
    assert first.date_modified == "2024-12-02T09:58:00+01:00"
    assert answer.deleted
    assert [comment.author_role for comment in comments(NEXT)] == ["Abonné", "Équipe"]
    assert comments(MICRODATA)[0].upvote_count == 4


def test_pings_are_no_comments() -> None:
    assert [comment.published for comment in comments(WORDPRESS)] == [True, True, False]


@pytest.mark.parametrize(
    ("thread", "declared", "count"),
    [(LE_POINT, 6, 1), (FIGARO_2013, 160, 2), (JSON_LD, 5, 2), (BLOCKS, 1, 2)],
)
def test_declared_beside_found(thread: str, declared: int, count: int) -> None:
    html_page = page(thread)
    assert html_page.article is not None
    assert (html_page.article.comment_count, len(html_page.article.comments)) == (declared, count)
    assert "comment_count" in [remark.kind for remark in html_page.report.remarks]


def test_same_count_is_not_remarked() -> None:
    assert "comment_count" not in [remark.kind for remark in page(WORDPRESS).report.remarks]


LIVE = "".join(
    f'<div class="live-match-comment" data-time="{minute}"><div class="live-match-comment-time">'
    f'<span>{minute}\'</span></div><div class="live-match-comment-body">But de Zoé !</div></div>'
    for minute in range(1, 40)
)


def test_a_live_report_has_no_comments() -> None:
    assert comments(LIVE) == ()


def test_the_same_words_twice_are_two_comments() -> None:
    doubled = FIGARO_2021.replace("</ul>", "") + FIGARO_2021.partition('list">')[2]
    first, second = comments(doubled)
    assert first.text == second.text
    assert first.id != second.id


def test_the_same_number_twice_is_one_comment_shown_twice() -> None:
    best = WORDPRESS.replace(
        "<ol class", WORDPRESS[WORDPRESS.index('<ol class="comment-list"') :], 1
    )
    assert [native(comment.id) for comment in comments(best)][:2] == ["11", "12"]
    assert len({comment.id for comment in comments(best)}) == len(comments(best)) == 3


def test_addresses_are_never_kept() -> None:
    thread = WORDPRESS.replace(">Zoé<", ">zoe@courriel.example<")
    assert comments(thread)[0].author is None
    assert "private" in [remark.kind for remark in page(thread).report.remarks]


def test_an_answer_to_an_absent_comment_keeps_its_parent() -> None:
    orphan = LINUXFR.replace("#comment-81", "#comment-7")
    assert native(comments(orphan)[1].parent_id) in ("7", "81")
