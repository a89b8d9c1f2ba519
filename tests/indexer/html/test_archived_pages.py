"""Are pages of archives read as the pages that they keep: archive.today's, and mailing lists'?"""

from __future__ import annotations

import pytest

from indexer.article import Article
from indexer.html.page import read_html
from tests.indexer.html.html_pages import BODY, GUESSED, SENTENCE


def article(html: str) -> Article:
    parsed = read_html(html.encode(), GUESSED).article
    assert parsed is not None
    return parsed


ITEMS = ((101, "Zoé", "02T10:22", "Déjà en 2019."), (102, "Yann", "03T11:05", "Six mois."))


@pytest.mark.parametrize("host", ["archive.ph", "archive.today", "archive.is"])
def test_a_page_kept_by_archive_today(host: str) -> None:
    """It writes style in each element, and no class; the number of a comment stays."""
    kept = f"https://{host}/2024.06.01-100000/https://a.example/digue"
    thread = "".join(
        f'<li id="comment-{number}" style="margin:0"><article style="display:block"><div><b style='
        f'"font-weight:bold">{who}</b> <span>dit :</span></div><div><a href="https://{host}/o/xY1/'
        f'https://a.example/digue#comment-{number}"><time datetime="2024-03-{when}:00+01:00">le'
        f"</time></a></div><div><p>{text}</p></div></article></li>"
        for number, who, when, text in ITEMS
    )
    parsed = article(
        f'<!DOCTYPE html><html><head><title>La digue</title><link rel="canonical" href="{kept}">'
        '<meta property="article:published_time" content="2024-03-01T08:00:00+01:00"></head><body>'
        f'<div id="CONTENT"><article><h1>La digue</h1>{BODY}</article><div><h2>2 réponses</h2><ol>'
        f"{thread}</ol></div></div></body></html>"
    )
    assert (parsed.url, parsed.captured_at) == (
        "https://a.example/digue",
        "2024-06-01T12:00:00+02:00",
    )
    assert [(comment.author, comment.text) for comment in parsed.comments] == [
        (who, text) for _, who, _, text in ITEMS
    ]


def test_a_day_that_no_archive_has_is_no_capture() -> None:
    kept = "https://archive.ph/2024.02.31-996161/https://a.example/digue"
    html = f'<html><head><link rel="canonical" href="{kept}"></head><article><h1>La digue</h1>'
    parsed = article(f"{html}<p>2 mars 2024</p>{BODY}</article></html>")
    assert parsed.url == "https://a.example/digue"
    assert parsed.captured_at == GUESSED.text


MAIL = "Sat, 2 Mar 2024 08:00:00 +0100"
LETTER = f"<p>{SENTENCE * 5}</p><p>{SENTENCE.upper() * 5}</p>"
HEADERS = {
    "Hypermail 2": (
        "<address><span id='from'><dfn>From</dfn>: Zoé Petit &lt;<a href='mailto:z@a"
        ".example'>z@a.example</a>&gt;</span><br><span id='date'><dfn>Date</dfn>: {date}</span><br>"
        "</address>{letter}<span id='received'>Received on Sat Mar 02 2024 - 08:00:00 CET</span>"
    ),
    "before": (
        "<strong>Zoé Petit</strong> (<a href='mailto:z@a.example'>z@a.example</a>)<br>"
        "<em>{date}</em>{letter}"
    ),
}


@pytest.mark.parametrize("name", HEADERS)
def test_a_letter_of_hypermail_without_meta(name: str) -> None:
    body = HEADERS[name].format(date=MAIL, letter=LETTER)
    html = "<html><head><title>liste: La digue</title></head><body><h1>La digue</h1><div>"
    parsed = article(f"{html}{body}</div></body></html>")
    assert parsed.date_published == "2024-03-02T08:00:00+01:00"
    assert "a.example" not in "".join(section.text for section in parsed.sections)


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("+0100", "2024-03-02T08:00:00+01:00"),
        ("-0500", "2024-03-02T14:00:00+01:00"),
        ("GMT", "2024-03-02T09:00:00+01:00"),
        ("CET", "2024-03-02T08:00:00+01:00"),
    ],
)
def test_the_hour_of_a_letter_is_that_of_its_zone(zone: str, expected: str) -> None:
    body = HEADERS["before"].format(date=MAIL.replace("+0100", zone), letter=LETTER)
    html = "<html><head><title>La digue</title></head><body><h1>La digue</h1><div>"
    assert article(f"{html}{body}</div></body></html>").date_published == expected
