"""What becomes of comments when their page is captured again, under the same program or not?"""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from indexer.merging.articles import merge
from tests.indexer.merging.merging_articles import article_of_form, comment, numbers, texts


def test_a_page_captured_again_under_another_engine_takes_no_comment_away() -> None:
    zoe, yann = (
        comment(number, words, author=who, date_published="2024-03-02T10:22:00+01:00", id="html")
        for number, who, words in ((1, "Zoé", "Oui."), (2, "Yann", "Non."))
    )
    stored = article_of_form("html", comments=(zoe, yann))
    recaptured = replace(zoe, id="html#comment-0123456789ab")
    merged = merge(stored, article_of_form("html", part=True, comments=(recaptured,)))
    assert numbers(merged) == ["1", "2"]
    later = merge(article_of_form("html", comments=(recaptured,)), stored)
    assert texts(later) == ["Oui.", "Non."]


ALICE = {"author": "Alice", "date_published": "2024-03-02T10:22:00+01:00"}
CHLOE = {"author": "Chloé", "date_published": "2024-03-03T09:00:00+01:00"}
NUMBERED = (comment(101, "Un.", **ALICE), comment(103, "Deux.", **CHLOE))
OTHER_PROGRAMS = {
    "without numbers": (comment("0123456789ab", "Un.", **ALICE),),
    "without numbers, corrected": (comment("0123456789ab", "Un autre.", **ALICE),),
    "numbered anew": (comment(1, "Un.", **ALICE),),
    "numbered anew, the other one": (comment(2, "Deux.", **CHLOE),),
    "numbered anew, none of the former ones": (
        comment(1, "Trois.", author="Émile", date_published="2024-05-02T10:22:00+02:00"),
    ),
    "greater numbers, none of the former ones, but elder ones": (
        comment(901, "Trois.", author="Émile", date_published="2024-03-01T10:22:00+01:00"),
    ),
    "none shown": (),
}


@pytest.mark.parametrize(
    ("name", "declared"),
    # where a page announces comments and shows none, its reader says that it is partial
    [pair for pair in product(OTHER_PROGRAMS, (1, None)) if pair != ("none shown", 1)],
)
def test_another_program_of_comments_takes_nothing_away(name: str, declared: int | None) -> None:
    later = OTHER_PROGRAMS[name]
    stored = article_of_form(
        "html", id="wxr", comments=NUMBERED, comment_count=2, captured_at="2024-04-01"
    )
    incoming = article_of_form(
        "html", id="wxr", comments=later, comment_count=declared, captured_at="2024-05-01"
    )
    merged = merge(stored, incoming)
    assert {"Un.", "Deux."} <= set(texts(merged))
    assert merged.extra["completeness"] == "partial"
    assert merge(merged, incoming) == merged
    assert len({comment.id for comment in merged.comments}) == len(merged.comments)


def test_another_program_that_shows_all_of_them_is_whole() -> None:
    stored = article_of_form("html", id="wxr", comments=NUMBERED)
    renumbered = (comment(7, "Deux.", **CHLOE), comment(8, "Un.", **ALICE))
    merged = merge(stored, article_of_form("html", id="wxr", comments=renumbered))
    assert [comment.id for comment in merged.comments] == ["wxr#comment-103", "wxr#comment-101"]
    assert "completeness" not in merged.extra


def test_the_same_hour_in_another_zone_is_the_same_comment() -> None:
    stored = article_of_form("html", id="wxr", comments=NUMBERED[:1])
    elsewhere = comment(7, "Un.", author="Alice", date_published="2024-03-02T09:22:00Z")
    merged = merge(stored, article_of_form("html", id="wxr", comments=(elsewhere,)))
    assert [comment.id for comment in merged.comments] == ["wxr#comment-101"]
    assert "completeness" not in merged.extra


def test_the_same_program_takes_away_what_it_no_longer_shows() -> None:
    stored = article_of_form("html", id="wxr", comments=NUMBERED)
    merged = merge(stored, article_of_form("html", id="wxr", comments=NUMBERED[:1]))
    assert texts(merged) == ["Un."]
    assert "completeness" not in merged.extra
    later = comment(104, "Trois.", author="Émile", date_published="2024-05-02T10:22:00+02:00")
    renewed = merge(stored, article_of_form("html", id="wxr", comments=(later,)))
    assert texts(renewed) == ["Trois."]
    emptied = merge(stored, article_of_form("html", id="wxr", comment_count=0))
    assert texts(emptied) == []
