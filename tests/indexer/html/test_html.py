"""Is the article of a page what its witnesses say, and is what is no article left aside?"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from indexer.article.model import Article
from indexer.canonical import conversion
from indexer.html.html_file import HtmlFormat
from indexer.html.page import read_html
from indexer.html.saved.source import read_saved
from indexer.pipeline import sources
from indexer.reporting.report import Skipped
from indexer.text.decoding import decode
from indexer.times.capture import Capture
from tests.indexer.html.html_pages import (
    BODY,
    GUESSED,
    NINE,
    SENTENCE,
    article,
    page,
    remarks,
    script,
)
from tests.indexer.samples import HTML


def test_sections_begin_at_headings() -> None:
    first, second = article().sections
    assert (first.headline, first.text) == (None, (SENTENCE * 4).strip())
    assert (second.headline, second.level, second.anchor) == ("La suite", 2, "suite")


def test_modified_before_published() -> None:
    html_page = page(script(datePublished="2024-12-02", dateModified="2024-11-02"))
    assert html_page.article is not None
    assert html_page.article.date_modified is None
    assert "dates" in remarks(html_page)


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        ('<meta property="article:published_time" content="2024-12-02T09:08+01:00">', "", NINE),
        ("", '<time datetime="2024-12-02T09:08">le 2</time>', NINE),
        ("", '<p class="info-publi">lundi 2 décembre 2024</p>', "2024-12-02"),
        ("", '<p class="date">Publié le 2 décembre 2024 à 9h08 par Zoé</p>', NINE),
        ("", '<span class="posted-on">Published December 2, 2024</span>', "2024-12-02"),
        ("", '<aside class="widget"><p class="date">3 mai 2023</p></aside>', None),
    ],
)  # fmt: skip
def test_dates(head: str, body: str, expected: str | None) -> None:
    assert article(head, body + BODY).date_published == expected


def test_comments_do_not_date_the_article() -> None:
    thread = (
        '<ol class="comment-list"><li id="comment-1"><b class="fn">Zoé</b><time class="date"'
        ' datetime="2024-12-09T10:00:00Z">x</time><div class="comment-content">Oui</div></li></ol>'
    )
    assert article("", BODY + thread).date_published is None


def test_titles_without_their_site() -> None:
    metas = (
        '<meta property="og:title" content="Sora : des tensions | Exemple">'
        '<meta property="og:site_name" content="Exemple">'
    )
    assert article(metas).headline == "Sora : des tensions"


def test_a_description_cut_from_the_text_is_no_standfirst() -> None:
    description = SENTENCE * 2
    assert article(f'<meta name="description" content="{description[:120]}…">').description is None
    assert article('<meta name="description" content="Un titre">').description is None


@pytest.mark.parametrize(
    "standfirst",
    ["Un chapô.", "… et la mer monte.", "(...) Et la mer monte.", "Un titre… et la mer qui monte."],
)
def test_a_description_that_says_more_is_a_standfirst(standfirst: str) -> None:
    assert article(f'<meta name="description" content="{standfirst}">').description == standfirst


def test_addresses_of_pages_of_comments() -> None:
    parsed = article('<link rel=canonical href="https://a.example/x/comment-page-2/?cpage=2">')
    assert parsed.url == "https://a.example/x/"
    assert parsed.id == article('<link rel=canonical href="https://a.example/x/">').id


SORA, SAVED = "https://a.example/sora", GUESSED.text
SINGLEFILE = """<!DOCTYPE html> <html lang=fr><!--
 Page saved with SingleFile
 url: https://a.example/sora
 saved date: Wed Dec 04 2024 10:30:12 GMT+0100 (heure normale d’Europe centrale)
-->"""


@pytest.mark.parametrize(
    ("before", "url", "captured"),
    [
        (SINGLEFILE, SORA, "2024-12-04T10:30:12+01:00"),
        ("<!-- saved from url=(0022)https://a.example/sora -->\n", SORA, SAVED),
        (
            '<script>__wm.wombat("https://a.example:80/sora","20241204093012","")</script>',
            SORA,
            "2024-12-04T10:30:12+01:00",
        ),
        (
            "<!-- Saved from https://a.example/sora at 2024-12-04T09:30:12Z"
            " using monolith v2.8.1 -->",
            SORA,
            "2024-12-04T10:30:12+01:00",
        ),
        (
            '<html data-scrapbook-source="https://a.example/sora"'
            ' data-scrapbook-create="20241204093012067">',
            SORA,
            "2024-12-04T10:30:12+01:00",
        ),
        (
            '<meta name="savepage-url" content="https://a.example/sora">'
            '<meta name="savepage-date" content="Wed Dec 04 2024 10:30:12 GMT+0100 (heure normale'
            ' d’Europe centrale)">',
            SORA,
            "2024-12-04T10:30:12+01:00",
        ),
        (
            "<!-- Mirrored from a.example/sora by HTTrack Website Copier/3.x [XR&CO'2014],"
            " Wed, 04 Dec 2024 09:30:12 GMT -->",
            SORA,
            "2024-12-04T10:30:12+01:00",
        ),
    ],
)  # fmt: skip
def test_where_and_when_it_was_saved(before: str, url: str, captured: str) -> None:
    parsed = article(before=before)
    assert (parsed.url, parsed.captured_at) == (url, captured)


def test_what_is_told_is_stronger_than_the_page() -> None:
    capture = Capture.at(datetime(2024, 12, 5, 8, 0))
    assert read_saved((SINGLEFILE + BODY).encode(), capture).capture == capture


def test_addresses_of_the_wayback_machine() -> None:
    parsed = article(
        '<script>__wm.wombat("http://a.example/x","20241204093012","")</script>'
        '<link rel=canonical href="https://web.archive.org/web/20241204093012/http://a.example/x">'
        "<!-- BEGIN WAYBACK TOOLBAR INSERT --><p>Wayback Machine</p>"
        "<!-- END WAYBACK TOOLBAR INSERT -->"
    )
    assert parsed.url == "http://a.example/x"
    assert all("Wayback" not in section.text for section in parsed.sections)


def test_relative_dates_rest_on_the_capture() -> None:
    thread = (
        '<ol class="comment-list"><li id="comment-1"><b class="fn">Zoé</b>'
        '<p class="comment-date">Hier à 08h46</p><div class="comment-content">Oui</div></li></ol>'
    )
    parsed = article("", BODY + thread, before=SINGLEFILE)
    assert parsed.comments[0].date_published == "2024-12-03T08:46:00+01:00"
    assert "capture" in remarks(page("", BODY + thread))


@pytest.mark.parametrize(
    ("data", "text", "mixed"),
    [
        ("été".encode(), "été", False),
        ("<meta charset=utf-8>été".encode("cp1252"), "été", True),
        ("<meta charset=iso-8859-1>été".encode("latin-1"), "été", False),
        ("<meta charset=iso-8859-1>été".encode(), "été", False),
        ("<meta charset=utf-8>été ".encode() + "été".encode("cp1252"), "été été", True),
        ("\ufeffété".encode(), "été", False),
        ("été".encode("utf-16"), "été", False),
        ("<meta charset=windows-1251>лето".encode("windows-1251"), "лето", False),
        ("<meta charset=base64>été".encode("cp1252"), "été", True),
        ("<meta charset=nulle>été".encode("cp1252"), "été", True),
    ],
)
def test_encodings(data: bytes, text: str, mixed: bool) -> None:
    decoded, _, is_faulty = decode(data)
    assert (decoded.rpartition(">")[2], is_faulty) == (text, mixed)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<title>Rien</title>", "corps"),
        ("<h1>Sora</h1><p>Court.", "11 caractères de corps"),
        ("<p>" + SENTENCE * 20, "titre"),
        ('<meta property="og:type" content="website"><title>Accueil</title>' + BODY, "liste"),
        ("", "HTML"),
        ("<div>" * 100_000, "emboîtés"),
    ],
)
def test_pages_without_article(html: str, text: str) -> None:
    html_page = read_html(html.encode(), GUESSED)
    assert html_page.article is None
    assert text in (html_page.report.reason or "")


def test_account_says_which_witness_told() -> None:
    report = page(script(datePublished="2024-12-02")).report
    assert {finding.member: finding.by for finding in report.findings}["date"] == "JSON-LD"
    assert "commentaires" in report.missing
    assert "accroche" in report.as_json()["missing"]


def test_posts_of_others_are_flagged() -> None:
    tweet = (
        '<blockquote class="twitter-tweet"><p>Bravo à toutes.</p>— A (@a) 2 mai 2024</blockquote>'
    )
    [section] = article("", f"<p>{SENTENCE * 4}</p>{tweet}<p>{SENTENCE * 3}</p>").sections
    [embed] = section.embeds
    assert section.text[embed.start : embed.end].startswith("Bravo à toutes.")
    assert embed.kind == "tweet"


def test_the_same_page_gives_the_same_records() -> None:
    thread = (HTML / "wordpress.html").read_text()
    first, second = article("", BODY + thread), article("", BODY + thread)
    assert conversion.records_of(first) == conversion.records_of(second)
    assert len({record.id for record in conversion.records_of(first)}) == len(
        conversion.records_of(first)
    )


@pytest.mark.parametrize(
    ("head", "fits"),
    [
        (b"<!DOCTYPE html><html>", True),
        (b"\xef\xbb\xbf\n<HTML>", True),
        (b"<?xml version='1.0'?><!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0'>", True),
        (SINGLEFILE.encode(), True),
        ("<html>".encode("utf-16"), True),
        (b"<?xml version='1.0'?><rss>", False),
        (b"<3 : trois raisons", False),
        (b"<!--" * 10_000, False),
        (b"Titre", False),
    ],
)
def test_which_files_are_pages(head: bytes, fits: bool) -> None:
    assert HtmlFormat().fits(head) is fits


def test_folders_saved_by_browsers(tmp_path: Path) -> None:
    (tmp_path / "Sora.html").write_text(f"<h1>Sora</h1><article>{BODY}</article>")
    (tmp_path / "Sora_fichiers").mkdir()
    (tmp_path / "Sora_fichiers" / "pub.html").write_text("<p>Publicité")
    [article] = [
        outcome for outcome in sources.read([tmp_path]) if isinstance(outcome, Article | Skipped)
    ]
    assert isinstance(article, Article)


def test_mhtml(tmp_path: Path) -> None:
    path = tmp_path / "sora.mhtml"
    html = f"<h1>Sora</h1><article>{BODY}</article>"
    path.write_text(
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://a.example/sora\n"
        "Date: Wed, 4 Dec 2024 09:30:12 -0000\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related; boundary="b"\n\n--b\n'
        f"Content-Type: text/html; charset=utf-8\n\n{html}\n--b--\n"
    )
    [article] = [
        outcome for outcome in sources.read([path]) if isinstance(outcome, Article | Skipped)
    ]
    assert isinstance(article, Article)
    assert (article.url, article.captured_at) == (
        "https://a.example/sora",
        "2024-12-04T10:30:12+01:00",
    )


DATED = {
    "<p class='date'>03.03.24</p>": "2024-03-03",
    "<p class='date'>Mars 2024</p>": "2024-03",
    "<p class='meta'>Publié en mars 2024</p>": "2024-03",
    "<p>Paru dans La Gazette, n° 12 du 3 mars 2024</p>": "2024-03-03",
    "<p>Article paru dans La Gazette n° 12, mars 2024.</p>": "2024-03",
    "<p>3 mars 2024</p>": "2024-03-03",
    "<p>La loi de mars 2024</p>": None,
    "<aside><p>Paru le 3 mars 2024</p></aside>": None,
}


@pytest.mark.parametrize("line", DATED)
def test_a_day_that_a_line_of_the_page_tells(line: str) -> None:
    kind = '<meta property="og:type" content="article">'
    assert article(kind, line + BODY).date_published == DATED[line]


def test_a_line_at_the_end_may_tell_where_it_appeared() -> None:
    kind = '<meta property="og:type" content="article">'
    parsed = article(kind, f"{BODY * 9}<p>Texte paru dans le n° 12 du 3 mars 2024</p>")
    assert parsed.date_published == "2024-03-03"
