"""Is what nobody sees in a page left out of its text, and what a click or a screen shows kept?"""

from __future__ import annotations

from datetime import date

import pytest

from indexer.html.page import read_html
from indexer.times.capture import Capture

CAPTURE = Capture(date(2026, 11, 28))
META = '<meta property="article:published_time" content="2024-03-01T08:00:00+01:00">'
TEXT = "<p>La commune ferme la piscine pendant deux ans, le temps de faire les travaux.</p>" * 3
WORDS = "Une phrase que voici."


def text(piece: str, sheet: str = "", thread: str = "") -> str:
    html = (
        f"<html lang=fr><head><title>Piscine fermée</title>{META}{sheet}</head><body><article>"
        f"<h1>Piscine fermée</h1><div>{TEXT}{piece}{TEXT}</div></article>{thread}</body></html>"
    )
    article = read_html(html.encode(), CAPTURE).article
    assert article is not None
    bodies = [section.text for section in article.sections]
    return "\n".join([*bodies, *(comment.text for comment in article.comments)])


UNSEEN = {
    "an attribute": f"<p hidden>{WORDS}</p>",
    "an attribute with a value": f'<div hidden="hidden"><p>{WORDS}</p></div>',
    "a style": f'<div style="color:red; DISPLAY : none !important"><p>{WORDS}</p></div>',
    "another style": f'<p style="visibility:hidden">{WORDS}</p>',
    "beside the screen": f'<span style="position:absolute;left:-9999px">{WORDS}</span>',
    "to machines too": f'<div aria-hidden="true"><p>{WORDS}</p></div>',
    "Tailwind's class": f'<p class="hidden">{WORDS}</p>',
    "Gitea's class": f'<div class="raw-content tw-hidden"><p>{WORDS}</p></div>',
    "Bootstrap's class": f'<div class="d-none"><p>{WORDS}</p></div>',
    "for those who listen": f'<span class="visually-hidden">{WORDS}</span>',
    "a template": f"<template><p>{WORDS}</p></template>",
    "without scripts": f"<noscript><p>{WORDS}</p></noscript>",
}


@pytest.mark.parametrize("name", UNSEEN)
def test_unseen(name: str) -> None:
    assert WORDS not in text(UNSEEN[name])


SEEN = {
    "on wide screens": f'<p class="hidden md:block">{WORDS}</p>',
    "on screens of Bootstrap": f'<div class="d-none d-lg-block"><p>{WORDS}</p></div>',
    "found by the browser": f'<p hidden="until-found">{WORDS}</p>',
    "unfolded": f"<details><summary>Plus</summary><p>{WORDS}</p></details>",
    "a drop cap": f'<p><span aria-hidden="true">Une</span>{WORDS[3:]}</p>',
}


@pytest.mark.parametrize("name", SEEN)
def test_seen(name: str) -> None:
    assert WORDS in text(SEEN[name])


SHEETS = [
    (".secret{display:none}", False),
    ("a{color:red}\n/* .x{} */ h1 , p.secret { margin:0; display: none }", False),
    (".secret{visibility:hidden!important}", False),
    ("@media print{.secret{display:none}} p{color:red}", True),
    (".autre .secret{display:none}", True),
    ("div.secret{display:none}", True),
    (".secret{display:none}.ouvert .secret{display:block}", True),
    (".secret{display:none} @media (min-width:600px){p{top:0}.secret{display:block}}", True),
    (".secret{display:none} @media print{.secret{display:block}}", False),
    (".secret{display:none} @media print, screen{.secret{display:block}}", True),
    ("@media (max-width:600px){p{top:0}.secret{display:none}}", True),
    ("@charset 'utf-8';.secret{display:none}", False),
    (".secretes{display:none}", True),
    ("p{display:none", True),
    ("}.a{}{}{", True),
]


@pytest.mark.parametrize(("sheet", "is_seen"), SHEETS)
def test_a_style_sheet(sheet: str, is_seen: bool) -> None:
    piece = f'<p class="secret">{WORDS}</p>'
    assert (WORDS in text(piece, f"<style>{sheet}</style>")) is is_seen


def test_a_sheet_for_paper_hides_nothing() -> None:
    sheet = '<style media="print">.secret{display:none}</style>'
    assert WORDS in text(f'<p class="secret">{WORDS}</p>', sheet)


def test_what_a_click_unfolds_is_kept() -> None:
    sheet = "<style>.accordion-panel{display:none}</style>"
    assert WORDS in text(f'<div class="accordion-panel"><p>{WORDS}</p></div>', sheet)


def test_the_text_itself_is_never_hidden() -> None:
    # a page saved while a window over it was open
    html = f"<title>Piscine</title>{META}<body><div aria-hidden=true><h1>Piscine</h1>{TEXT}</div>"
    article = read_html(html.encode(), CAPTURE).article
    assert article is not None
    assert article.sections[0].text.count("piscine") == 3


def test_what_nobody_sees_in_a_comment() -> None:
    thread = (
        '<ol class="comment-list"><li id="comment-7" class="comment"><b class="fn">Zoé</b>'
        '<div class="comment-content"><p>Bravo.<span style="display:none">zoe chez exemple</span>'
        '<span class="read-more" style="display:none"> Vraiment.</span></p>'
        '<div class="repli" style="display:none"><p>La fin.</p></div></div></li></ol>'
    )
    assert text("", thread=thread).endswith("Bravo. Vraiment.\nLa fin.")


def test_a_heading_that_a_click_unfolds_is_a_heading() -> None:
    question = "<h3><button aria-expanded=false>Qui paie ?</button></h3>"
    html = (
        f"<html lang=fr><head><title>Piscine fermée</title>{META}</head><body><article>"
        f"<h1>Piscine fermée</h1><div>{TEXT}{question}<p>{WORDS}</p>{TEXT}</div></article></body>"
    )
    article = read_html(html.encode(), CAPTURE).article
    assert article is not None
    assert [section.headline for section in article.sections] == [None, "Qui paie ?"]
