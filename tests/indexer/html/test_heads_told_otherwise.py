"""What do titles, dates and names say that a page tells in a place of its own?

A title in a picture or under a rubric's, a place and a day at the head of the text, who asked the
questions below it, a part of an article in several pages.
"""

from __future__ import annotations

from datetime import date

import pytest

from indexer.html.page import HtmlPage, read_html
from indexer.times.capture import Capture

ONE = (
    "La ville a fermé mardi la passerelle, dont les câbles sont rongés depuis l'hiver, après un"
    " rapport d'ingénieurs remis au conseil municipal vendredi soir."
)
TWO = (
    "Chaque matin, six cents personnes l'empruntaient pour rejoindre la gare, et les commerçants de"
    " la rive gauche redoutent une baisse de leur chiffre d'affaires."
)
TITLE = "La passerelle du moulin fermée"
PLAIN = f"<div><p>{ONE}</p><p>{TWO}</p></div>"


def page_of(body: str, *, title: str = TITLE, head: str = "", url: str | None = None) -> HtmlPage:
    page = (
        f"<!doctype html><html lang=fr><head><title>{title}</title><meta property=og:type"
        f" content=article>{head}</head><body><main><article>{body}</article></main></body></html>"
    )
    return read_html(page.encode(), Capture(date(2024, 3, 10)), url=url)


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        (f"<h1><img src=t.png alt='{TITLE}'></h1>", f"{TITLE} - Le Courrier"),
        (f"<h1>Actualités</h1><h2>{TITLE}</h2>", f"{TITLE} - Actualités - Le Courrier"),
        (f"<h1>Actualités</h1><h2>{TITLE}</h2>", f"{TITLE} - Actualités"),
    ],
)
def test_the_title(heading: str, title: str) -> None:
    article = page_of(heading + PLAIN, title=title).article
    assert article is not None
    assert article.headline == TITLE


@pytest.mark.parametrize("capital", ["L", "L'", "É"])
def test_the_first_letter_in_a_picture(capital: str) -> None:
    text = f'<p><img src=l.gif alt="{capital}">a ville a fermé mardi la passerelle. {TWO}</p>'
    article = page_of(f"<h1>{TITLE}</h1><div>{text}</div>").article
    assert article is not None
    assert article.sections[0].text.startswith(f"{capital}a ville a fermé")


@pytest.mark.parametrize(
    ("opening", "day"),
    [
        ("Angers, le 3 mars 2024 — ", "2024-03-03"),
        ("PARIS, 3 mars 2024 (AFP) - ", "2024-03-03"),
        ("Saint-Malo (Ille-et-Vilaine), 1er mars 2024 – ", "2024-03-01"),
        ("Fermée le 3 mars 2024, ", None),
        ("Angers, le 20 avril 1931, ", None),
    ],
)
def test_the_place_and_the_day_at_the_head_of_a_text(opening: str, day: str | None) -> None:
    text = f"<p>{opening}{ONE}</p><p>{TWO}</p>"
    article = page_of(f"<h1>{TITLE}</h1><div>{text}</div>").article
    assert article is not None
    assert article.date_published == day
    assert article.sections[0].text.startswith(opening)


@pytest.mark.parametrize(
    "below",
    [
        "<p><em>Propos recueillis par Alice Renard</em></p>",
        "<p>Entretien réalisé par Alice Renard</p>",
        "<div class=post-footer><span class='post-author vcard'>Publié par <span class=fn>Alice"
        " Renard</span></span> à 10:22</div>",
    ],
)
def test_who_signs_below_the_text(below: str) -> None:
    article = page_of(f"<h1>{TITLE}</h1>{PLAIN}{below}").article
    assert article is not None
    assert article.author == ("Alice Renard",)
    assert article.sections[0].text == f"{ONE}\n{TWO}"


URL = "https://courrier.example/passerelle"


@pytest.mark.parametrize(
    ("head", "below"),
    [
        ("", "<p>Page 1 sur 3</p>"),
        ("", "<p class=pages>Page 1/3 <a href='?page=2'>Page suivante</a></p>"),
        ("", "<div class=page-links>Pages : 1 <a href='/passerelle/2/'>2</a></div>"),
        (f"<link rel=next href='{URL}?page=2'>", ""),
        ("", "<a rel=next href='/passerelle/2/'>Suite</a>"),
    ],
)
def test_a_part_of_an_article_is_partial(head: str, below: str) -> None:
    page = page_of(f"<h1>{TITLE}</h1>{PLAIN}{below}", head=head, url=URL)
    assert page.article is not None
    assert page.article.extra["completeness"] == "partial"
    assert any("plusieurs pages" in remark.message for remark in page.report.remarks)


@pytest.mark.parametrize(
    "below",
    [
        "<a rel=next href='/le-bac'>Article suivant</a>",
        "<p>Page 3 du rapport, on lit ceci.</p>",
        "<div class=page-links></div>",
    ],
)
def test_what_follows_an_article_is_another(below: str) -> None:
    page = page_of(f"<h1>{TITLE}</h1>{PLAIN}{below}", url=URL)
    assert page.article is not None
    assert "completeness" not in page.article.extra
