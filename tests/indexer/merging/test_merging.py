"""What does an article become, given by two sources?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from indexer.article.model import Quote, Section
from indexer.merging.articles import merge
from tests.indexer.merging.merging_articles import (
    ORDER,
    PART,
    URL,
    article_of_form,
    comment,
    numbers,
    texts,
)


@pytest.mark.parametrize(("worse", "better"), [*pairwise(ORDER)])
def test_the_better_source_wins_whichever_comes_first(worse: str, better: str) -> None:
    worse_article = article_of_form(
        worse, headline="Marées - Phare", description="Chapô.", author=("Zoé",)
    )
    better_article = article_of_form(better, author=("Zoé Martin",))
    for merged in (merge(worse_article, better_article), merge(better_article, worse_article)):
        assert (merged.headline, merged.author, merged.description) == (
            "Marées",
            ("Zoé Martin",),
            "Chapô.",
        )
        assert merged.extra["provenance"] == f"{better}:x"
        assert merged.extra["provenanceOf"] == {"description": worse}
    assert merge(worse_article, better_article).id == worse
    assert merge(worse_article, better_article).extra["otherIds"] == [better]


def test_a_later_capture_of_the_same_kind_replaces() -> None:
    first = article_of_form(
        "html", headline="Avant", description="Chapô.", captured_at="2025-02-01"
    )
    later = article_of_form("html", headline="Après", captured_at="2025-02-03")
    # read first or last: the capture tells
    assert merge(first, later).headline == merge(later, first).headline == "Après"
    assert merge(first, later).description is None
    assert merge(later, first).description is None


def test_a_capture_read_again_with_another_date_is_corrected() -> None:
    yesterday = comment(1, date_shown="Hier", date_published="2025-02-19")
    guessed = article_of_form("html", captured_at="2025-02-20", comments=(yesterday,))
    corrected = comment(1, date_shown="Hier", date_published="2025-02-09")
    later_article = article_of_form("html", captured_at="2025-02-10", comments=(corrected,))
    assert merge(guessed, later_article).comments[0].date_published == "2025-02-09"


def test_only_a_whole_article_takes_away() -> None:
    sections = (Section(None, "Un."), Section("Deux", "Deux."), Section("Trois", "Trois."))
    stored = article_of_form("html", sections=sections, comments=(comment(1), comment(2)), id="a")
    shorter_sections = (Section(None, "Un."), Section("Deux", "Deux, mis à jour."))
    incoming = article_of_form(
        "html", id="a", sections=shorter_sections, comments=(comment(2, "Non.", "a"),)
    )
    partial = merge(
        replace(
            stored,
            comments=tuple(
                replace(comment, id=comment.id.replace("wxr", "a")) for comment in stored.comments
            ),
        ),
        replace(incoming, extra={**incoming.extra, **PART}),
    )
    assert [section.text for section in partial.sections] == ["Un.", "Deux, mis à jour.", "Trois."]
    assert texts(partial) == ["Oui.", "Non."]
    assert "completeness" not in partial.extra
    merged_whole = merge(partial, incoming)
    assert [section.text for section in merged_whole.sections] == ["Un.", "Deux, mis à jour."]
    assert numbers(merged_whole) == ["2"]


def test_a_text_that_was_cut_does_not_replace_a_longer_one() -> None:
    stored = article_of_form("html", sections=(Section(None, "Tout le texte, jusqu'au bout."),))
    paying = {"isAccessibleForFree": False}
    cut_article = article_of_form(
        "html", part=True, sections=(Section(None, "Tout le"),), extra=paying
    )
    assert merge(stored, cut_article).sections == stored.sections
    # a page of which only comments are missing shows its text whole
    shorter = article_of_form(
        "html", part=True, sections=(Section(None, "Corrigé."),), comment_count=9
    )
    assert merge(stored, shorter).sections[0].text == "Corrigé."


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 1, 2), (2, 3, 1)])
def test_pages_of_comments_add_up_in_the_order_of_the_thread(order: Sequence[int]) -> None:
    pages = {
        page: article_of_form(
            "html",
            part=True,
            comment_count=9,
            comments=tuple(
                comment(n, f"n° {n}", "html", date_published=f"2025-01-0{n}T10:00:00+01:00")
                for n in range(3 * page - 2, 3 * page + 1)
            ),
        )
        for page in (1, 2, 3)
    }
    first, *other_pages = (pages[page] for page in order)
    for page_article in other_pages:
        first = merge(first, page_article)
    assert numbers(first) == list("123456789")
    for page in pages.values():
        assert merge(first, page) == first


def test_one_comment_in_every_source() -> None:
    wxr = article_of_form("wxr", comments=(comment(7, "Les mots.", parent_id="wxr#comment-3"),))
    html = article_of_form(
        "html",
        part=True,
        comments=(
            comment(
                7,
                "Les mots",
                "html",
                url=URL + "#comment-7",
                edited=True,
                date_shown="Hier",
                date_published="2025-02-19",
                upvote_count=3,
            ),
            comment(
                8,
                "Une réponse",
                "html",
                parent_id="html#comment-7",
                citation=(Quote("Les mots", None, "html#comment-7"),),
            ),
        ),
    )
    for merged in (
        merge(wxr, html),
        merge(
            replace(
                html,
                id="wxr",
                comments=tuple(
                    replace(
                        item,
                        id=item.id.replace("html#", "wxr#"),
                        parent_id=item.parent_id and item.parent_id.replace("html#", "wxr#"),
                        citation=tuple(replace(q, ref="wxr#comment-7") for q in item.citation),
                    )
                    for item in html.comments
                ),
            ),
            wxr,
        ),
    ):
        seven, eight = merged.comments
        assert (seven.text, seven.parent_id) == ("Les mots.", "wxr#comment-3")
        assert (seven.date_published, seven.edited, seven.upvote_count) == ("2025-02-19", True, 3)
        assert (eight.parent_id, eight.citation[0].ref) == ("wxr#comment-7", "wxr#comment-7")
        assert eight.extra == {"provenance": "html"}
        # and an export without it does not take it away: it never gave it
        assert merge(merged, wxr) == merged


def test_what_a_feed_brought_and_a_later_export_has_not() -> None:
    day = "2025-01-{:02}T10:00:00+01:00"
    feed = article_of_form(
        "feed",
        part=True,
        comments=tuple(
            comment(n, f"n° {n}", "feed", date_published=day.format(n)) for n in (3, 4, 9)
        ),
    )
    export = article_of_form(
        "wxr",
        comments=tuple(comment(n, f"n° {n}", date_published=day.format(n)) for n in (1, 3, 5)),
    )
    # the 4th was taken away since, the 9th is newer than the export
    assert numbers(merge(feed, export)) == ["1", "3", "5", "9"]


def test_a_deleted_comment_keeps_no_words() -> None:
    stored = article_of_form("wxr", comments=(comment(1, "Des insultes", author="Bob"),))
    page = article_of_form("html", part=True, comments=(comment(1, "", "html", status="deleted"),))
    merged = merge(stored, page)
    assert (merged.comments[0].text, merged.comments[0].deleted) == ("", True)


def test_words_that_a_source_no_longer_gives_go() -> None:
    stored = article_of_form(
        "jsonl", comments=(comment(1, "Oui.", "jsonl", author="Bob", headline="Moi"),)
    )
    anonymous = article_of_form("jsonl", comments=(comment(1, "Oui.", "jsonl"),))
    [comment_left] = merge(stored, anonymous).comments
    assert (comment_left.author, comment_left.headline) == (None, None)


def test_names_computed_under_another_id_are_the_same_comment() -> None:
    stored = article_of_form(
        "html",
        part=True,
        id="a",
        comments=(
            comment("0123456789ab", "Oui.", "a", author="Zoé", date_published="2025-02-01"),
            comment("112233445566", "Oui.", "a", author="Zoé", date_published="2025-02-01"),
        ),
    )
    recaptured = article_of_form(
        "html",
        part=True,
        id="b",
        comments=(
            comment("aaaaaaaaaaaa", "Oui.", "b", author="Zoé", date_published="2025-02-01"),
            comment("bbbbbbbbbbbb", "Oui.", "b", author="Zoé", date_published="2025-02-01"),
            comment("cccccccccccc", "Non.", "b", author="Zoé", parent_id="b#comment-bbbbbbbbbbbb"),
        ),
    )
    merged = merge(stored, recaptured)
    assert numbers(merged) == ["0123456789ab", "112233445566", "cccccccccccc"]
    assert merged.comments[2].parent_id == "a#comment-112233445566"


LONG = "Un mot de passe par site, et un gestionnaire pour les retenir tous"
MINUTE = {"date_published": "2025-02-01T10:12:00+01:00"}
SPAN = {
    "date_earliest": "2025-02-01T00:00:00+01:00",
    "date_latest": "2025-02-28T00:00:00+01:00",
    "date_shown": "il y a un mois",
}
MINUTE_LATER = {"date_published": "2025-02-01T10:13:00+01:00"}
OTHER = "Tout autre chose, dit au même moment"
LATER = SPAN | {"date_latest": "2025-02-27T00:00:00+01:00", "date_shown": "il y a 28 jours"}


@pytest.mark.parametrize(
    ("before", "after", "is_same"),
    [
        # a typo is corrected, a sentence added
        ({"text": LONG, **MINUTE}, {"text": LONG.replace("passe", "pase") + ".", **MINUTE}, True),
        ({"text": LONG, **SPAN}, {"text": LONG.replace("Un", "un"), **LATER}, True),
        ({"text": LONG}, {"text": LONG + " !"}, True),
        ({"text": "Merci", **MINUTE}, {"text": "Merci !", **MINUTE}, True),
        # capitals taken away; more added than there was, before or after
        ({"text": LONG.upper(), **MINUTE}, {"text": LONG, **MINUTE}, True),
        ({"text": LONG, **MINUTE}, {"text": f"{LONG}. EDIT : {OTHER}, et {OTHER}", **MINUTE}, True),
        ({"text": LONG, **SPAN}, {"text": f"{OTHER}, et {OTHER}. {LONG}", **LATER}, True),
        ({"text": "Merci", **MINUTE}, {"text": f"{LONG}. Merci", **MINUTE}, False),
        # others: another time, another author, other words, too short to tell
        ({"text": LONG, **MINUTE}, {"text": LONG + "!", **MINUTE_LATER}, False),
        ({"text": LONG, **MINUTE}, {"text": LONG + "!", **MINUTE, "author": "Léa"}, False),
        ({"text": LONG, **MINUTE}, {"text": OTHER, **MINUTE}, False),
        ({"text": "Merci", "date_published": "2025-02-01"},
         {"text": "Merci !", "date_published": "2025-02-01"}, False),
        # nobody in particular: two persons, unless of the same minute
        ({"text": LONG, "author": None}, {"text": LONG + " !", "author": None}, False),
        ({"text": LONG, "author": None, "date_published": "2025-02-01"},
         {"text": LONG + " !", "author": None, "date_published": "2025-02-01"}, False),
        ({"text": LONG, "author": None, **MINUTE},
         {"text": LONG + " !", "author": None, **MINUTE}, True),
    ],
)  # fmt: skip
def test_a_comment_without_a_name_that_was_corrected_is_the_same(
    before: dict[str, Any], after: dict[str, Any], is_same: bool
) -> None:
    """Wherever it stands in the thread, and others come before it."""
    first = comment("0123456789ab", id="a", **{"author": "Zoé", **before})
    unchanged = comment("222222222222", "Je reste.", "a", author="Max", **MINUTE)
    recaptured = comment("aaaaaaaaaaaa", id="a", **{"author": "Zoé", **after})
    answer = comment("bbbbbbbbbbbb", "Oui.", "a", author="Bob", parent_id=recaptured.id)
    stored = article_of_form("html", id="a", comments=(first, unchanged), captured_at="2025-03-01")
    incoming = article_of_form(
        "html", id="a", comments=(unchanged, answer, recaptured), captured_at="2025-03-02"
    )
    merged = merge(stored, incoming)
    names = {comment.text: comment.id for comment in merged.comments}
    assert names[after["text"]] == (first.id if is_same else recaptured.id)
    assert merged.comments[1].parent_id == names[after["text"]]
    assert before["text"] not in names
    # and of two that came from a program, each keeps its name
    numbered = comment(7, id="a", **{"author": "Zoé", **after})
    program = article_of_form(
        "html", id="a", comments=(unchanged, numbered), captured_at="2025-03-02"
    )
    assert numbered.id in {comment.id for comment in merge(stored, program).comments}


@pytest.mark.parametrize(
    "change",
    [
        {"captured_at": "2025-03-01"},
        {
            "comments": (
                comment(
                    1,
                    upvote_count=12,
                    downvote_count=1,
                    date_shown="il y a 2 mois",
                    date_earliest="2025-01-01",
                    date_latest="2025-02-10",
                ),
            )
        },
    ],
)
def test_the_capture_and_the_votes_alone_are_no_change(change: dict[str, Any]) -> None:
    stored = article_of_form(
        "html",
        id="wxr",
        captured_at="2025-02-20",
        comments=(
            comment(
                1,
                upvote_count=3,
                date_shown="il y a 1 mois",
                date_earliest="2025-01-15",
                date_latest="2025-01-31",
            ),
        ),
    )
    assert merge(stored, replace(stored, **change)) == stored


def test_threads_kept_elsewhere_outlive_a_new_export_of_the_article() -> None:
    stored = article_of_form("wxr", comments=(comment(1), comment("isso-1"), comment("isso-2")))
    assert numbers(merge(stored, article_of_form("wxr", comments=(comment(1),)))) == [
        "1",
        "isso-1",
        "isso-2",
    ]
    new_export = article_of_form("wxr", comments=(comment(1), comment("isso-2")))
    assert numbers(merge(stored, new_export)) == ["1", "isso-2"]
