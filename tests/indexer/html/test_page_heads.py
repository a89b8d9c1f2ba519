"""What do `meta`, microdata and the lines under a title say, and what of it is text?"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from indexer.article import Article
from indexer.html.page import read_html
from indexer.markup import html_text
from indexer.times.capture import Capture

ONE = (
    "Le conseil a voté lundi soir la fermeture du bac pendant l'hiver, par vingt voix contre sept,"
    " après trois heures de débat."
)
TWO = (
    "La mairie promet une navette gratuite entre les deux rives, toutes les heures, et les"
    " riverains doutent qu'elle suive les horaires du chantier."
)


def article(inside: str = "", *, head: str = "", above_text: str = "", after: str = "") -> Article:
    page = (
        f"<!doctype html><html lang=fr><head><title>Le bac fermé</title>{head}</head><body><main>"
        f"<article><h1>Le bac fermé</h1>{above_text}<p>{ONE}</p>{inside}<p>{TWO}</p></article>"
        f"{after}</main></body></html>"
    )
    article_read = read_html(page.encode(), Capture(date(2026, 11, 28))).article
    assert article_read is not None
    return article_read


METAS: list[tuple[str, dict[str, Any]]] = [
    (
        '<meta name="citation_author" content="Roux, Zoé"><meta name="citation_author"'
        ' content="Léo Blanc"><meta name="citation_publication_date" content="2024/03/02">',
        {"author": ("Zoé Roux", "Léo Blanc"), "date_published": "2024-03-02"},
    ),
    (
        '<meta name="DC.Creator" content="Roux, Zoé"><meta name="DC.Creator" content="Blanc, Léo">'
        '<meta name="DC.Publisher" content="Le quai"><meta name="DC.Subject"'
        ' content="bac, fleuve">',
        {
            "author": ("Zoé Roux", "Léo Blanc"),
            "publisher": "Le quai",
            "keywords": ("bac", "fleuve"),
        },
    ),
    (
        '<meta name="parsely-author" content="Zoé Roux"><meta name="parsely-section"'
        ' content="Ports">',
        {"author": ("Zoé Roux",), "article_section": ("Ports",)},
    ),
    (
        '<meta name="parsely-page" content=\'{"authors": ["Zoé Roux", "Léo Blanc"], "pub_date": '
        '"2024-03-02T08:00:00Z", "section": "Ports", "tags": ["bac", "fleuve"]}\'>',
        {
            "author": ("Zoé Roux", "Léo Blanc"),
            "date_published": "2024-03-02T08:00:00Z",
            "article_section": ("Ports",),
            "keywords": ("bac", "fleuve"),
        },
    ),
    ('<meta name="parsely-page" content="[1">', {"author": ()}),
    ('<meta name="sailthru.author" content="Zoé Roux">', {"author": ("Zoé Roux",)}),
    ('<meta property="og:article:author" content="Zoé Roux">', {"author": ("Zoé Roux",)}),
    ('<meta property="article:author" content="https://reseau.example/zoe">', {"author": ()}),
]


@pytest.mark.parametrize(("head", "members"), METAS)
def test_metas(head: str, members: dict[str, Any]) -> None:
    article_read = article(head=head)
    assert {name: getattr(article_read, name) for name in members} == members


def test_microdata_says_what_stands_under_the_title() -> None:
    above_text = (
        '<div itemscope itemtype="https://schema.org/NewsArticle"><h2'
        ' itemprop="alternativeHeadline">Le fleuve divisé</h2><p itemprop="description">La décision'
        ' divise les deux rives.</p><span itemprop="articleSection">Ports</span><meta'
        ' itemprop="datePublished" content="2024-03-02T08:00:00+01:00"><meta'
        ' itemprop="dateModified" content="2024-03-03T08:00:00+01:00"></div><div itemscope'
        ' itemtype="https://schema.org/Comment"><p itemprop="description">Non.</p></div>'
    )
    article_read = article(above_text=above_text)
    assert article_read.alternative_headline == "Le fleuve divisé"
    assert article_read.description == "La décision divise les deux rives."
    assert article_read.article_section == ("Ports",)
    assert article_read.date_modified == "2024-03-03T08:00:00+01:00"
    assert "divis" not in " ".join(f"{part.headline} {part.text}" for part in article_read.sections)


@pytest.mark.parametrize(
    "line",
    [
        "Publié le 2 mars 2024 à 8 h 02 - Mis à jour le 3 mars 2024 à 9 h 15",
        "Mis à jour le 03/03/2024 à 12:10 Publié le 02/03/2024 à 08:00",
        "Mis en ligne le samedi 2 mars 2024, par Zoé Roux",
        "Par Zoé Roux - Sam. 2 mars 2024, 08:00",
        "Zoé Roux · 2 mars 2024",
    ],
)
def test_a_line_of_dates_and_names_dates_the_article_and_is_no_text(line: str) -> None:
    article_read = article(above_text=f"<p>{line}</p>")
    assert (article_read.date_published or "")[:10] == "2024-03-02"
    assert [section.text for section in article_read.sections] == [f"{ONE}\n{TWO}"]


@pytest.mark.parametrize(
    ("line", "modified"),
    [
        ("<p>Modifié le 4 mars 2024 à 12h30</p>", "2024-03-04T12:30:00+01:00"),
        ("<p>Mis à jour : <time datetime='2024-03-04T12:30:00+01:00'>4 mars</time></p>", None),
        ("<p>Publié le 2 mars 2024 - Mis à jour le 4 mars 2024</p>", "2024-03-04"),
        ("<p>Mis à jour le 1er mars 2024</p>", ""),
        ("<p>La loi modifiée le 4 mars 2024 entre en vigueur.</p>", ""),
    ],
)
def test_when_the_article_was_edited_as_its_page_says(line: str, modified: str | None) -> None:
    published = '<meta property="article:published_time" content="2024-03-02T08:00:00+01:00">'
    article_read = article(above_text=line, head=published)
    expected = "2024-03-04T12:30:00+01:00" if modified is None else modified or None
    assert article_read.date_modified == expected


def test_letters_are_dated_in_cells() -> None:
    page = (
        "<title>La lettre</title><table><tr><td><h1>La lettre</h1><tr><td>Vendredi 1er mars 2024"
        f"<tr><td><p>{ONE}</p><p>{TWO}</p><tr><td>Vous recevez ce message car vous êtes abonné. "
        "<a href='/x'>Se désabonner</a></table>"
    )
    article_read = read_html(page.encode(), Capture(date(2026, 11, 28))).article
    assert article_read is not None
    assert (article_read.date_published, article_read.sections[-1].text) == (
        "2024-03-01",
        f"{ONE}\n{TWO}",
    )


def test_each_hour_of_a_live_is_above_what_it_dates() -> None:
    posts = "".join(
        f"<article><time>{hour}</time><h2>{title}</h2><p>{text}</p></article>"
        for hour, title, text in (("10:22", "Au quai", ONE), ("09h05", "Départ", TWO))
    )
    kind = '<meta property="og:type" content="article">'
    page = f"<title>Le bac</title>{kind}<h1>Le bac</h1>{posts}"
    last = f"<article><time>08:00</time><h2>Bonjour</h2><p>{ONE}</p>"
    article_read = read_html(f"{page}{last}".encode(), Capture(date(2026, 11, 28))).article
    assert article_read is not None
    assert [
        (section.headline, section.text.partition("\n")[0]) for section in article_read.sections
    ] == [
        ("Au quai", "10:22"),
        ("Départ", "09h05"),
        ("Bonjour", "08:00"),
    ]


def test_each_hour_of_a_programme_is_below_what_it_dates() -> None:
    films = "".join(f"<h2>Film {n}</h2><p>{ONE}</p><p>2{n}:15</p>" for n in range(3))
    article_read = article(inside=films)
    assert [section.text.rpartition("\n")[2] for section in article_read.sections[1:3]] == [
        "20:15",
        "21:15",
    ]


def test_the_signature_at_the_end_is_no_text() -> None:
    page = f"<article><h1>Le bac</h1><p>Par Zoé Roux</p><p>{ONE}</p><p>{TWO}</p><p>Zoé Roux</p>"
    article_read = read_html(
        f"<title>Le bac</title>{page}".encode(), Capture(date(2026, 11, 28))
    ).article
    assert article_read is not None
    assert (article_read.author, article_read.sections[-1].text) == (("Zoé Roux",), f"{ONE}\n{TWO}")


def test_the_day_just_above_the_title_and_not_that_of_a_list_far_below() -> None:
    cards = "".join(
        f'<div><i></i><span class="meta">{n} avril 2025</span><h3>Autre {n}</h3></div>'
        for n in range(2, 20)
    )
    page = (
        '<title>Le bac</title><span class="meta">2 mars 2024</span><h1>Le bac</h1>'
        f"<p>{ONE * 5}</p>{'<p>a<b>b</b></p>' * 30}{cards}"
    )
    article_read = read_html(page.encode(), Capture(date(2026, 11, 28)))
    assert article_read.article is not None
    assert article_read.article.date_published == "2024-03-02"


def test_who_signs_with_an_agency_is_no_text() -> None:
    article_read = article(above_text='<p class="signature">La rédaction avec AFP</p>')
    assert article_read.author == ("La rédaction",)
    assert [section.text for section in article_read.sections] == [f"{ONE}\n{TWO}"]


@pytest.mark.parametrize(
    "link",
    [
        '<p><strong>&gt;&gt; À LIRE AUSSI. <a href="/x">Les bateliers en grève</a></strong></p>',
        '<p>Lire notre enquête : <a href="/z">Qui paie le bac ?</a></p>',
        '<p>➡️ <a href="/w">Retrouvez toute l\'actualité du port</a></p>',
        '<p><a href="/k"><em>À relire : notre dossier sur les bacs</em></a></p>',
        '<p>[<a href="/v">Voir notre carte des bacs</a>]</p>',
        '<p>À lire aussi | <a href="/v">La cale s\'effondre</a></p>',
        '<blockquote class="wp-embedded-content"><p><a href="/e">Le chantier</a></p></blockquote>',
    ],
)
def test_links_to_other_articles_are_no_text(link: str) -> None:
    assert [section.text for section in article(link).sections] == [f"{ONE}\n{TWO}"]


@pytest.mark.parametrize(
    "line",
    [
        '<p>Lire la décision demande du temps, dit <a href="/z">le préfet</a>.</p>',
        '<p>Voir le bac partir, <a href="/z">chaque matin</a>, les console de la fermeture</p>',
    ],
)
def test_sentences_with_a_link_are_text(line: str) -> None:
    assert len(article(line).sections[0].text) > len(f"{ONE}\n{TWO}")


def test_the_article_shown_below_for_who_scrolls_on_is_another() -> None:
    other_article = f"<article><h1>Le pont attendra</h1><p>{TWO * 3}</p><p>{TWO * 3}</p></article>"
    article_read = article(head='<meta property="og:type" content="article">', after=other_article)
    assert [section.text for section in article_read.sections] == [f"{ONE}\n{TWO}"]


def test_a_capital_is_shown_once() -> None:
    initial = (
        '<p><span class="screen-reader-only">L</span><span aria-hidden="true">L</span>es bateliers'
        " attendent le printemps sur la rive droite.</p>"
    )
    assert "\nLes bateliers attendent" in article(initial).sections[0].text


def test_the_page_of_an_episode_is_an_article() -> None:
    script = (
        '<script type="application/ld+json">{"@type": "PodcastEpisode", "name": "Le bac fermé",'
        ' "datePublished": "2024-03-02", "author": {"@type": "Person", "name":'
        ' "Zoé Roux"}}</script>'
    )
    assert article(head=script).author == ("Zoé Roux",)


@pytest.mark.parametrize(
    "box", ["aside", 'div class="encadre"', 'section class="wp-block-group has-background"']
)
def test_what_follows_a_box_goes_on_under_the_heading_above(box: str) -> None:
    tag = box.split()[0]
    sections = html_text.sections(
        f"<h2>Un</h2><p>A</p><{box}><h3>Repères</h3><div>B</div></{tag}>"
        "<p>C</p><h2>Deux</h2><p>D</p>"
    )
    assert [(section.headline, section.text) for section in sections] == [
        ("Un", "A\nC"),
        ("Repères", "B"),
        ("Deux", "D"),
    ]


def test_boxes_that_are_never_closed_nor_opened() -> None:
    sections = html_text.sections(
        "<aside><p>A</p></div><p>B</p></section></aside></aside><h2>C</h2>D"
    )
    assert [(section.headline, section.text) for section in sections] == [
        (None, "A\nB"),
        ("C", "D"),
    ]


LINES_UNDER_THE_TITLE = (
    (
        # a day that a sentence speaks of is not the article's
        "<p class=date>2 mars 2024</p><p>Depuis le <time datetime=2020-01-01>1er janvier 2020"
        "</time>, la mairie ouvre le bac à tous les passants.</p>",
        "date_published",
        "2024-03-02",
    ),
    ("<p>Mars 2024</p>", "date_published", "2024-03"),
    # « par » is said: it is no rubric
    ("<p>2 mars 2024 · par Société Nautique</p>", "author", ("Société Nautique",)),
    # a table of contents is no standfirst
    (
        "<div class=summary><ul><li><a href=#a>Le contexte du bac et de la rive droite</a></ul>"
        "</div>",
        "description",
        None,
    ),
)


@pytest.mark.parametrize(("above_text", "member", "value"), LINES_UNDER_THE_TITLE)
def test_what_a_line_under_the_title_says(above_text: str, member: str, value: object) -> None:
    assert getattr(article(above_text=above_text), member) == value


def test_a_heading_that_could_announce_links_has_some() -> None:
    heading = "Vous aimerez ce village et ses ruelles"
    sections = article(f"<h3>{heading}</h3>").sections
    assert [section.headline for section in sections] == [None, heading]


@pytest.mark.parametrize("teaser", [ONE, ""])
def test_a_line_beside_teasers_makes_no_article(teaser: str) -> None:
    teasers = "".join(
        f"<article><h2><a href=/{title}>{title}</a></h2><p>{teaser or title}</p></article>"
        for title in ("Le bac", "Le pont")
    )
    page = f"<title>Le phare</title><h1>Le phare</h1>{teasers}<p>Le journal.</p>"
    html_page = read_html(page.encode(), Capture(date(2026, 11, 28)))
    assert html_page.article is None
    assert ("liste" in (html_page.report.reason or "")) == bool(teaser)


@pytest.mark.parametrize("title", ["Le bac", "Le bac, au phare", "Le bac (Le phare)"])
def test_the_article_that_the_title_names_is_no_teaser(title: str) -> None:
    """Its heading leads to its page, as those of the articles below, of an unknown address."""
    texts = {"Le bac": ONE * 6, "Le pont": "Il ferme.", "Le quai": "Il ouvre."}
    articles = "".join(
        f"<article><h2><a href=/{name}>{name}</a></h2><p>{text}</p></article>"
        for name, text in texts.items()
    )
    page = f"<title>{title}</title>{articles}"
    read = read_html(page.encode(), Capture(date(2026, 11, 28))).article
    assert read is not None
    assert ONE in read.sections[0].text
