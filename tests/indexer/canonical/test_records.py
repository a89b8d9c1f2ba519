"""Do an article and its records say the same, with nothing lost on the way?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from index.record import Quote
from indexer.article.ids import CommentNames, article_id, full_comment_id, slug
from indexer.article.model import Article, Comment, Section
from indexer.canonical import conversion
from indexer.threads.depth import thread_depths

AT = "2024-12-02T09:08:00+01:00"


def comment(number: int, parent: int | None = None, **members: Any) -> Comment:
    answered_id = None if parent is None else f"a#comment-{parent}"
    return replace(Comment(f"a#comment-{number}", answered_id), **members)


def article(*comments: Comment, **members: Any) -> Article:
    return replace(Article("a", "Titre", date_published=AT, comments=comments), **members)


def test_the_lead_holds_strapline_then_standfirst() -> None:
    [lead] = conversion.records_of(article(alternative_headline="Accroche", description="Chapô."))
    assert (lead.id, lead.heading, lead.text) == ("a#lead", "Titre", "Accroche\nChapô.")
    assert (lead.about.strapline, lead.about.standfirst) == ("Accroche", "Chapô.")
    assert (lead.start, lead.end, lead.precision) == (AT, AT, "minute")


def test_sections_are_numbered_from_the_one_without_headline() -> None:
    with_lead = article(sections=(Section(None, "Un."), Section("Deux", "Deux.")))
    assert [record.anchor for record in conversion.records_of(with_lead)[1:]] == [
        "section-0",
        "section-1",
    ]
    without_headline = article(sections=(Section("Un", "Un."), Section("Deux", "Deux.")))
    assert [record.anchor for record in conversion.records_of(without_headline)[1:]] == [
        "section-1",
        "section-2",
    ]


# comment, start, end, precision
DATED = [
    ({"date_published": AT}, AT, AT, "minute"),
    ({"date_published": "2024-12-02T09:08:07Z"}, *["2024-12-02T09:08:07Z"] * 2, "second"),
    (
        {"date_published": "2024-12-03"},
        "2024-12-03T00:00:00+01:00",
        "2024-12-03T23:59:59+01:00",
        "day",
    ),
    (
        {"date_modified": "2024-12-02T10:38:00+01:00", "edited": True},
        AT,
        "2024-12-02T10:38:00+01:00",
        "unknown",
    ),
    (
        {"date_modified": "2024-12-01T10:38:00+01:00", "edited": True},
        "2024-12-01T10:38:00+01:00",
        "2024-12-01T10:38:00+01:00",
        "unknown",
    ),
    (
        {
            "date_earliest": "2024-12-03T00:00:00+01:00",
            "date_latest": "2024-12-03T23:59:59+01:00",
            "date_precision": "day",
        },
        "2024-12-03T00:00:00+01:00",
        "2024-12-03T23:59:59+01:00",
        "day",
    ),
    ({}, AT, "2024-12-05T23:59:59+01:00", "unknown"),
]


@pytest.mark.parametrize(("members", "start", "end", "precision"), DATED)
def test_when_a_comment_can_have_been_written(
    members: dict[str, Any], start: str, end: str, precision: str
) -> None:
    comment_record = conversion.records_of(
        article(comment(1, **members), captured_at="2024-12-05")
    )[1]
    assert (comment_record.start, comment_record.end, comment_record.precision) == (
        start,
        end,
        precision,
    )


def test_nothing_is_invented_when_no_date_is_known() -> None:
    records = conversion.records_of(article(comment(1), date_published=None))
    assert [(record.start, record.end) for record in records] == [(None, None)] * 2


def test_unpublished_comments_make_no_record_and_deleted_ones_keep_neither_word_nor_name() -> None:
    hidden = [
        comment(number, status=status, text="caché")
        for number, status in enumerate(["pending", "spam", "trash"])
    ]
    deleted = comment(7, status="deleted", text="retiré", citation=(Quote("x"),), author="toto")
    ping = comment(8, kind="pingback", text="[…] un lien […]")
    records = conversion.records_of(article(*hidden, deleted, ping, comment(9, 7, text="Réponse.")))
    assert [record.id for record in records[1:]] == ["a#comment-7", "a#comment-9"]
    assert records[0].about.comments == 2
    assert (records[1].text, records[1].quotes, records[1].visible) == ("", (), False)
    assert records[1].author is None
    assert records[2].depth == 1


def test_depths_orphans_and_circles() -> None:
    records = conversion.records_of(
        article(comment(1), comment(2, 1), comment(3, 2), comment(4, 99), comment(5, 5))
    )[1:]
    assert [record.depth for record in records] == [0, 1, 2, 0, 0]
    assert records[3].parent == "a#comment-99"
    assert records[4].parent is None
    circle = thread_depths([comment(1, 3), comment(2, 1), comment(3, 2), comment(4, 3)])
    assert circle.depths == [0, 1, 2, 3]
    assert circle.opened == {"a#comment-1"}


def test_a_thread_ten_thousand_deep() -> None:
    deep = thread_depths([comment(n, n + 1) for n in range(10_000)])
    assert deep.depths[0] == 9_999
    assert deep.orphans == 1


def test_ids_do_not_move_when_a_comment_is_inserted() -> None:
    before, after = CommentNames("a"), CommentNames("a")
    old = [before.next(AT, None, "Un."), before.next(AT, None, "Deux.")]
    new = [after.next(AT, None, text) for text in ("Un.", "Entre.", "Deux.")]
    assert [new[0], new[2]] == old


@pytest.mark.parametrize("text", ["L’ŒUVRE", "💡", "", "C++ / C#", "a" * 200, "mot " * 50])
def test_slugs_fit_in_an_address(text: str) -> None:
    piece = slug(text)
    assert len(piece) <= 60
    assert set(piece) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert article_id(text)


def test_computed_ids_depend_on_what_stays() -> None:
    assert article_id("Été", AT) == article_id("E\u0301te\u0301", "2024-12-02T23:00:00+01:00")
    assert article_id("Été", AT) != article_id("Été", "2023-12-02T09:08:00+01:00")
    assert article_id("Été", AT, "https://a/1") == article_id("Été", None, "https://a/1")
    assert full_comment_id("a", "b#comment-3") == "a#comment-b-comment-3"


def test_a_count_that_no_json_can_say_is_not_kept() -> None:
    many = Comment("a#comment-1", text="Oui", upvote_count=10**30)
    records = conversion.records_of(Article("a", "Titre", comment_count=10**30, comments=(many,)))
    assert all(record.dump() for record in records)
    assert not any({"commentCount", "upvoteCount"} & record.extra.keys() for record in records)


# Numbers of comments and of what each answers, as a source gives them → as the thread has them.
THREADS = [
    ([(1, None), (2, 1), (3, 2), (4, 1), (5, None)], [1, 2, 3, 4, 5]),
    ([(1, None), (2, None), (3, 1), (4, 2), (5, 3)], [1, 3, 5, 2, 4]),
    ([(5, None), (4, None), (3, 4), (2, 5), (1, 4)], [5, 2, 4, 3, 1]),
    ([(3, 1), (2, 9), (1, None)], [2, 1, 3]),
    ([(1, 2), (3, None), (2, 1)], [1, 2, 3]),
    ([(1, 1), (2, None), (3, 1)], [1, 3, 2]),
]


@pytest.mark.parametrize(("given_order", "thread"), THREADS)
def test_a_reply_stands_under_what_it_answers(
    given_order: list[tuple[int, int | None]], thread: list[int]
) -> None:
    """By date, newest first, orphans, circles: no reply is under somebody else's comment."""
    exported = article(*(comment(*pair) for pair in given_order))
    records = conversion.records_of(exported)[1:]
    assert [record.id for record in records] == [f"a#comment-{number}" for number in thread]
    assert [record.position for record in records] == [*range(1, len(records) + 1)]
    above: list[str] = []
    for record in records:
        del above[record.depth :]
        assert record.depth == 0 or above[-1] == record.parent
        above.append(record.id)
