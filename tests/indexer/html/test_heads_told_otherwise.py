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


ABOVE, UNDER = "Une histoire d’eau et de sable", "Quarante ans après sa construction"
DESCRIPTION = '<meta name=description content="Les câbles sont rongés depuis l’hiver.">'


@pytest.mark.parametrize(
    ("above", "under", "head", "around", "standfirst"),
    [
        (f'<p class="surtitre">{ABOVE}</p>', "", "", ABOVE, None),
        (f'<p class="surtitre">{ABOVE}</p>', f"<h2 class=soustitre>{UNDER}</h2>", "", ABOVE, UNDER),
        (
            f'<div class="article__overline"><span>{ABOVE}</span></div>',
            f'<h2 class="sous-titre">{UNDER}</h2>',
            DESCRIPTION,
            f"{ABOVE} · {UNDER}",
            "Les câbles sont rongés depuis l’hiver.",
        ),
        # a rubric, the picture of what is above, who wrote when
        ('<p class="surtitre"><a href="/politique">Politique</a></p>', "", "", None, None),
        ('<p class="surtitre">Politique</p>', "", "", None, None),
        (
            "<nav><a href=/v>Vie locale</a></nav><p class=surtitre>Vie locale</p>",
            "",
            "",
            None,
            None,
        ),
        ('<p class="surtitre">Le 3 mars 2024</p>', "", "", None, None),
        ('<p class="surtitre">Par Zoé Roux</p>', "", "", None, None),
        (f'<p class="surtitre-image">{ABOVE}</p>', "", "", None, None),
        (
            "",
            '<div class="subtitle">Par <a href="/zoe">Zoé</a> le <time>2 mars</time> 2024</div>',
            DESCRIPTION,
            None,
            "Les câbles sont rongés depuis l’hiver.",
        ),
    ],
)
def test_lines_around_the_title(
    above: str, under: str, head: str, around: str | None, standfirst: str | None
) -> None:
    page = page_of(f"{above}<h1>{TITLE}</h1>{under}{PLAIN}", head=head)
    assert page.article is not None
    assert page.article.alternative_headline == around
    assert page.article.description == standfirst
    texts = "\n".join(section.text + str(section.headline) for section in page.article.sections)
    assert UNDER not in texts


CAPTION = "La passerelle en 1998. Zoé / AFP"


@pytest.mark.parametrize(
    "figure",
    [
        # hidden from those who listen: it says what the picture says
        f'<figure><img src=a.jpg><figcaption aria-hidden="true">{CAPTION}</figcaption></figure>',
        f"<div><figure><img src=a.jpg><figcaption><p>{CAPTION}</p></figcaption></figure></div>",
        f'<div class="wp-caption"><img src=a><p class="wp-caption-text">{CAPTION}</p></div>',
        f'<div><img src=a><span class="photo__legende">{CAPTION}</span></div>',
    ],
)
def test_captions_above_the_text(figure: str) -> None:
    page = page_of(f"<header><h1>{TITLE}</h1>{figure}</header>{PLAIN}")
    assert page.article is not None
    assert page.article.sections[0].text.startswith(f"{CAPTION}\n{ONE}")


@pytest.mark.parametrize(
    "other",
    [
        f"<a href=/autre><figure><img src=a><figcaption>{CAPTION}</figcaption></figure></a>",
        f"<aside><figure><img src=a><figcaption>{CAPTION}</figcaption></figure></aside>",
        "<figure><img src=a><figcaption>Zoé</figcaption></figure>",
        f'<p class="caption">{CAPTION}</p>',
        f"<ul><li><figure><img src=a><figcaption>{CAPTION}</figcaption></figure></li></ul>",
    ],
)
def test_what_is_no_caption_of_the_article(other: str) -> None:
    page = page_of(f"<h1>{TITLE}</h1>{other}{PLAIN}")
    assert page.article is not None
    assert page.article.sections[0].text.startswith(ONE)


def test_a_gallery_above_the_text_has_each_of_its_captions_once() -> None:
    figures = [
        f"<figure><img src={place}.jpg>"
        f"<figcaption>La passerelle, vue {place}.</figcaption></figure>"
        for place in range(6)
    ]
    page = page_of(
        f"<header><h1>{TITLE}</h1><div>{''.join(figures)}{figures[0]}</div></header>"
        f"<div>{PLAIN}{figures[5]}</div>"
    )
    assert page.article is not None
    lines = page.article.sections[0].text.split("\n")
    assert sorted(line for line in lines if "vue" in line) == [
        f"La passerelle, vue {place}." for place in range(6)
    ]
