"""What is read in pages of the same shape, each with one difficulty?

The pages in `samples/` were written for this. Unless a row says otherwise, each gives what
`complete.txt` gives.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import pytest

from indexer.article.model import Article
from indexer.pages.page import Page, PageError, read_page
from indexer.times.capture import Capture
from tests.indexer.samples import PAGES

CAPTURED = "2025-02-20T18:00"
H1, H2 = "Des relevés toutes les dix minutes", "Une réunion au printemps"
STANDFIRST = "Douze lampadaires bretons vont raconter leur nuit à la mairie."
AT = "2025-01-14T09:30:00+01:00"


def read_fixture(name: str, captured: str = CAPTURED) -> Page:
    capture = Capture.parse(captured)
    assert capture is not None
    return read_page((PAGES / f"{name}.txt").read_bytes(), capture)


def summary(article: Article) -> dict[str, Any]:
    """What the tables below compare."""
    return {
        "strapline": article.alternative_headline,
        "standfirst": article.description and article.description[: len(STANDFIRST)],
        "author": article.author,
        "published": article.date_published,
        "modified": article.date_modified,
        "time": article.time_required,
        "categories": article.article_section,
        "headlines": tuple(section.headline for section in article.sections),
        "declared": article.comment_count,
        "comments": tuple(comment.text for comment in article.comments),
    }


COMMENTS = (
    "Enfin un sujet lumineux.",
    "",
    "Et la facture, qui la lit ?\nPas les lampadaires, j'espère.",
)
COMPLETE = {
    "strapline": "Éclairage public, questions privées",
    "standfirst": STANDFIRST,
    "author": (),
    "published": AT,
    "modified": None,
    "time": "PT3M",
    "categories": ("Société numérique", "Réseaux"),
    "headlines": (None, H1, H2),
    "declared": 3,
    "comments": COMMENTS,
}

# page, what it gives that complete.txt does not, the kinds of its remarks
DIFFERENT: list[tuple[str, dict[str, Any], list[str]]] = [
    ("complete", {}, []),
    ("no_strapline", {"strapline": None}, []),
    ("no_standfirst", {"standfirst": None}, []),
    (
        "title_and_date_only",
        {"strapline": None, "standfirst": None, "time": None, "categories": ()},
        [],
    ),
    ("one_category", {"categories": ("Réseaux",)}, []),
    (
        "four_categories",
        {"categories": ("Société numérique", "Réseaux", "Droit", "Sciences et espace")},
        [],
    ),
    ("no_category", {"categories": ()}, []),
    ("no_contents", {"headlines": (None,)}, ["toc"]),
    ("no_headings", {"headlines": (None,)}, []),
    ("contents_without_headings", {"headlines": (None,)}, []),
    ("contents_entry_missing", {}, ["heading"]),
    ("heading_first", {"headlines": (H1, H2)}, []),
    ("heading_repeated", {"headlines": (None, H1, H1)}, []),
    ("no_comments", {"declared": 0, "comments": ()}, []),
    ("no_comment_part", {"declared": None, "comments": ()}, ["comments"]),
    ("one_empty_comment", {"declared": 1, "comments": ("",)}, []),
    ("count_differs", {"declared": 1204}, ["comment_count"]),
    ("comments_unannounced", {"declared": None}, ["comments"]),
    ("author_line", {"author": ("Maëlle Kervella", "Théo Lacaze")}, []),
    ("author_after_date", {"author": ("Camille Roussel",)}, []),
    ("author_with_date", {"author": ("Idriss Benali",)}, []),
    ("long_reading_time", {"time": "PT1H10M"}, []),
    ("updated", {"modified": "2025-01-15T18:05:00+01:00"}, []),
    ("numeric_date", {}, []),
    ("day_only", {"published": "2025-01-14"}, []),
    ("crlf", {}, []),
    ("bom", {}, []),
    ("blank_lines", {}, []),
    ("windows_1252", {}, ["encoding"]),
    ("curly_and_nbsp", {"headlines": (None, "Ce qu’on mesure : tout ?", H2)}, []),
    ("tweet_after", {}, []),
    ("tweet_around", {}, []),
    ("paywalled", {"headlines": (None,)}, ["partial"]),
    ("leftover_lines", {}, ["lines"]),
    ("same_header_twice", {"comments": ("", "", "Bis.")}, []),
    ("after_capture", {"declared": 1, "comments": ("Du futur.",)}, ["future"]),
    (
        "impossible_comment_date",
        {"declared": 2, "comments": ("Une date qui n'existe pas.", "Une autre qui existe.")},
        ["date"],
    ),
]


@pytest.mark.parametrize(
    ("name", "different", "kinds"), DIFFERENT, ids=[row[0] for row in DIFFERENT]
)
def test_pages(name: str, different: dict[str, Any], kinds: list[str]) -> None:
    page = read_fixture(name)
    assert summary(page.article) == COMPLETE | different
    assert [remark.kind for remark in page.report.remarks] == kinds


def test_nothing_of_the_body_is_lost_or_said_twice() -> None:
    with_contents = read_fixture("complete").article
    lines = (PAGES / "complete.txt").read_text().split("\n")
    body = [line for section in with_contents.sections for line in section.text.split("\n")]
    assert body == [lines[7], lines[9], lines[11]]
    without_contents = read_fixture("no_contents").article
    assert without_contents.sections[0].text.split("\n") == lines[7:12]


def test_decomposed_accents_are_read_the_same_and_kept_as_they_are() -> None:
    article = read_fixture("nfd").article
    composed = unicodedata.normalize("NFC", str(summary(article)))
    assert composed.startswith(unicodedata.normalize("NFC", str(COMPLETE))[:60])
    assert len(article.comments) == 3
    assert article.description is not None
    assert not unicodedata.is_normalized("NFC", article.description)
    assert article.id == read_fixture("complete").article.id


@pytest.mark.parametrize("name", ["crlf", "bom", "blank_lines", "windows_1252", "no_contents"])
def test_ids_depend_on_neither_bytes_nor_sections(name: str) -> None:
    complete, other_article = read_fixture("complete").article, read_fixture(name).article
    assert other_article.id == complete.id
    assert [comment.id for comment in other_article.comments] == [
        comment.id for comment in complete.comments
    ]


def test_a_date_without_year_is_the_latest_before_the_capture() -> None:
    article = read_fixture("new_year", "2025-01-03").article
    assert article.date_published == "2024-12-30T09:30:00+01:00"
    assert [comment.date_published for comment in article.comments] == [
        "2024-12-31T23:59:00+01:00",
        "2025-01-01T00:01:00+01:00",
    ]


def test_yesterday_over_the_end_of_a_month() -> None:
    article = read_fixture("yesterday_month", "2025-03-01").article
    assert [comment.date_published for comment in article.comments] == [
        "2025-02-28T23:50:00+01:00",
        "2025-03-01T00:10:00+01:00",
        "2025-03-01T00:11:00+01:00",
    ]


def test_offsets_follow_summer_time() -> None:
    article = read_fixture("dst", "2025-03-31").article
    assert [comment.date_published for comment in article.comments] == [
        "2025-03-29T23:30:00+01:00",
        "2025-03-30T03:30:00+02:00",
        "2025-03-30T12:00:00+02:00",
    ]


def test_relative_dates_are_intervals() -> None:
    hours, days, minutes, month, just_now = read_fixture("relative").article.comments
    assert (hours.date_published, hours.date_earliest, hours.date_latest) == (
        None,
        "2025-02-20T14:00:00+01:00",
        "2025-02-20T15:00:00+01:00",
    )
    assert (days.date_earliest, days.date_latest, days.date_precision) == (
        "2025-02-17T00:00:00+01:00",
        "2025-02-17T23:59:59+01:00",
        "day",
    )
    assert minutes.date_published == "2025-02-20T17:48:00+01:00"
    assert (month.date_earliest, month.date_precision) == ("2024-12-21T00:00:00+01:00", "month")
    assert just_now.date_published == "2025-02-20T18:00:00+01:00"
    assert days.date_shown == "Il y a 3 jours"


def test_a_header_is_a_whole_line() -> None:
    first, second = read_fixture("header_in_sentence").article.comments
    assert first.text.split("\n") == [
        "Le 02/12/2024 à 09h52 il disait pourtant le contraire.",
        "On peut lire : Le 02/12/2024 à 09h52",
        "hier à 08h46",
        "Hier à 08h46, déjà, tout était allumé.",
        "Modifié le 14/01/2025 à 11h15 par la rédaction, dit la page.",
        "Il y a 3 jours que j'attends.",
        "Le 14/01/2025",
    ]
    assert second.text == "D'accord."


def test_dashes_of_lists_are_no_table_of_contents() -> None:
    article = read_fixture("lists").article
    assert [section.headline for section in article.sections] == [None, H1, H2]
    assert article.sections[0].text.count("\n- ") == 3
    assert article.comments[0].text.split("\n")[1:] == ["- la première ;", "-", "- la seconde."]


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("tweet_after", "Douze lampadaires, zéro caméra. La lumière", "January 13, 2025"),
        ("tweet_around", "Douze lampadaires, zéro caméra.\n—", "pic.twitter.com/Ab12Cd34"),
    ],
)
def test_embedded_posts(name: str, first: str, last: str) -> None:
    section = read_fixture(name).article.sections[1]
    [embed] = section.embeds
    inside = section.text[embed.start : embed.end]
    assert inside.startswith(first)
    assert inside.endswith(last)


NOT_PAGES = [
    ("not_a_page_no_date", "aucune date", ["date", "corps"]),
    ("not_a_page_no_body", "aucun texte", ["corps"]),
    ("not_a_page_only_title", "aucune date", ["date", "corps"]),
    ("not_a_page_empty", "vide", []),
    ("not_a_page_bad_date", "n'existe pas", ["date"]),
    ("not_a_page_html", "HTML", []),
    ("not_a_page_binary", "binaire", []),
]


@pytest.mark.parametrize(
    ("name", "reason", "expected"), NOT_PAGES, ids=[row[0] for row in NOT_PAGES]
)
def test_what_is_no_page_says_why(name: str, reason: str, expected: list[str]) -> None:
    with pytest.raises(PageError, match=reason) as caught:
        read_fixture(name)
    report = caught.value.report
    assert report.reason == str(caught.value)
    assert set(expected) <= set(report.missing)
    if expected:
        assert report.findings[0].member == "titre"


def test_every_page_here_is_read_by_some_test() -> None:
    source = Path(__file__).read_text()
    for page in PAGES.glob("*.txt"):
        assert f'"{page.stem}"' in source
